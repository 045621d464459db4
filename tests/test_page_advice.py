"""What findings advise by a command stands on the page as a way to the screen that does it."""

from __future__ import annotations

import re

import pytest

from cchc_office.catalogue import Code, FindingCode, every_code
from cchc_office.catalogue.findings import Finding
from cchc_office.cli.group import _COMMANDS
from cchc_office.text.command_line import program
from cchc_office.web.advised_screens import (
    _SCREENS,
    CONFIRM_SENDER,
    advised_screens,
    on_the_page,
)


@pytest.mark.parametrize(
    ("advice", "parts"),
    [
        ("Gửi công văn đôn đốc (lệnh don-doc).", ["don-doc"]),
        ("Làm lại bảng bằng lệnh tham-dinh; rồi chạy cchc nhan.", ["tham-dinh", "nhan-phieu"]),
        ("Đúng thì ghi lại: uv run cchc so xu-ly, tên tệp này.", ["so-theo-doi"]),
        ("Chép tệp vào thư mục nhan-ve, hay tham-dinh/.", []),
        ("Sửa ô này.", []),
    ],
)
def test_the_screen_of_a_command_that_is_advised(advice: str, parts: list[str]) -> None:
    assert [part for part, _ in advised_screens(advice)] == parts


def test_screens_are_of_commands_that_there_are() -> None:
    assert {name.partition(" ")[0] for name in _SCREENS} <= set(_COMMANDS)


def test_findings_lead_to_a_screen() -> None:
    assert advised_screens(Code.OVERDUE.advice) == [("don-doc", "Bước 4: Đôn đốc")]


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        ("Ghi lại bằng {} so ghi.", "Ghi lại ở “Bước 2: Giao việc”."),
        ("Chạy {} nhan để ghi vào sổ.", "Vào “Bước 3: Nhận phiếu” để ghi vào sổ."),
        ("Chọn lại: {} so chon, tên tệp này.", "Chọn lại: “Bước 3: Nhận phiếu”, tên tệp này."),
        ("Chạy {} so dung-lai.", "Vào “Sổ theo dõi”."),
        ("Sửa cột này, rồi chạy lại; hoặc hỏi lại.", "Sửa cột này; hoặc hỏi lại."),
    ],
)
def test_an_advice_on_the_page_names_screens_and_no_commands(advice: str, words: str) -> None:
    assert on_the_page(advice.format(program())) == words.format(program())


@pytest.mark.parametrize("code", [c for c in every_code() if c.advice], ids=lambda c: c.slug)
def test_no_finding_names_what_only_a_command_line_has(code: FindingCode) -> None:
    finding = Finding(code, about="Phòng A", found="x", expected=f"{program()} cong-van")
    shown = on_the_page(finding.advice)
    assert not re.search(r"--[a-z]|dung-lai|\(-o\)|" + re.escape(program()) + " ", shown), shown


def test_an_option_is_what_the_page_has_for_it() -> None:
    advice = Finding(Code.UNCONFIRMED_APPRAISAL).advice
    assert on_the_page(advice) == (
        "Hỏi lại người thẩm định. Đúng thì ghi lại bằng nút “Đã hỏi, đúng người gửi” cạnh tên tệp, "
        "ở “Bước 3: Nhận phiếu”; không đúng thì để tệp sang bên (nút “Để sang bên” ở “Bước 3: "
        "Nhận phiếu”)."
    )


@pytest.mark.parametrize(
    "code", [Code.UNCONFIRMED_RETURN, Code.UNCONFIRMED_NOT_COUNTED, Code.SENDER_NOT_AUTHENTIC]
)
def test_a_sender_is_confirmed_where_files_come_back_and_nowhere_else(code: FindingCode) -> None:
    advice = Finding(code).advice
    assert f"bằng nút “{CONFIRM_SENDER}” cạnh tên tệp" in on_the_page(advice)
    assert advised_screens(advice) == [("nhan-phieu", "Bước 3: Nhận phiếu")]


def test_a_place_on_the_page_itself_is_nearer_than_a_screen() -> None:
    nearer = {"so ghi": ("#cach-khac", "Đã gửi bằng cách khác")}
    advice = f"Ghi lại bằng {program()} so ghi."
    assert on_the_page(advice, nearer) == "Ghi lại ở “Đã gửi bằng cách khác”."
    assert advised_screens(advice, nearer) == [nearer["so ghi"]]
