"""`cchc so ghi` and `so xoa`: what a person records by hand, and takes back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cchc_office import UsageError, open_campaign
from cchc_office.model import Campaign
from cchc_office.papers.kinds import REMINDER
from cchc_office.register import Sending, SendState, open_register, read_register

from .calls import cchc
from .messages import campaign_in

NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)
DAY = ("--ngay", "05/12/2024")
REMINDED = ("--loai", "don-doc", "--ngay", "05/12/2024")
Shown = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    campaign_in(tmp_path / "dot")
    return tmp_path / "dot"


@pytest.fixture
def campaign(folder: Path) -> Campaign:
    return campaign_in(folder)


def reminded_by_mail(folder: Path, campaign: Campaign) -> None:
    address = ("vp@a.example",)
    sending = Sending("<1@so.example>", "VP", REMINDER, "d" * 64, address, NOON, reminder=1)
    with open_register(folder, campaign.id) as register:
        assert register.intend(sending)
        register.settle(sending.message_id, SendState.SENT, NOON)


def units_shown(folder: Path, capsys: Shown) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    cchc("so", folder, *DAY, "--json")
    return {u["ma"]: u for u in json.loads(capsys.readouterr().out)["don_vi"]}


def ways(folder: Path, capsys: Shown) -> list[tuple[str, int, str]]:
    given = units_shown(folder, capsys)["VP"]["da_giao"]
    return [(one["loai"], one["lan"], one["cach"]) for one in given]


def test_what_was_handed_over_is_recorded(folder: Path, campaign: Campaign, capsys: Shown) -> None:
    assert cchc("so", "ghi", folder, "VP", "P1", "--cach", "Zalo", "--ngay", "1/12/2024") == 0
    assert "Văn phòng Sở, giao việc, ngày 01/12/2024: Zalo." in capsys.readouterr().out
    units = units_shown(folder, capsys)
    assert units["P1"]["da_giao"] == [
        {
            "loai": "giao việc",
            "lan": 0,
            "ngay": "2024-12-01",
            "cach": "Zalo",
            "ket_qua": "đã gửi",
            "message_id": "",
        }
    ]
    assert units["P2"]["da_giao"] == []


def test_reminders_handed_over_are_counted_on(
    folder: Path, campaign: Campaign, capsys: Shown
) -> None:
    reminded_by_mail(folder, campaign)
    for unit, number, day in (("VP", 2, "10/12"), ("VP", 3, "15/12"), ("TTra", 1, "10/12")):
        words = ("--cach", "giấy", "--loai", "don-doc", "--ngay", f"{day}/2024")
        assert cchc("so", "ghi", folder, unit, *words) == 0
        assert f"đôn đốc lần {number}," in capsys.readouterr().out


def test_inside_the_campaign_s_folder_its_name_may_be_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.chdir(folder)
    assert cchc("so", "ghi", "TTra", "--cach", "hệ thống văn bản") == 0
    assert "Thanh tra Sở" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ZZ", "--cach", "Zalo"), "Không có đơn vị nào mang mã “ZZ”"),
        (("VP", "--cach", " "), "Cách giao (--cach) cần nói rõ"),
        (("--cach", "Zalo"), "Thiếu mã đơn vị"),
        (("VP", "--cach", "Zalo", "--ngay", "05/12/2099"), "chưa đến"),
        (("VP", "--cach", "Zalo", "--ngay", "01/01/1900"), "quá xa đợt chấm năm 2024"),
        (("VP", "ZZ", "--cach", "Zalo"), "ZZ"),
        (("VP", "P1", "VP", "--cach", "Zalo"), "VP được nêu hai lần"),
        (("VP", "--cach", "Zalo", "--lan", "3"), "(--lan) chỉ dùng với loại “don-doc”"),
        (("VP", "--cach", "Zalo", "--lan", "3", "--loai", "giai-trinh"), "lần 1 đến lần 2"),
    ],
)
def test_what_cannot_be_recorded_is_not(
    folder: Path, campaign: Campaign, capsys: Shown, words: tuple[str, ...], said: str
) -> None:
    assert cchc("so", "ghi", folder, *words) == 2
    assert said in capsys.readouterr().err
    assert read_register(folder, campaign.id) is None


def test_the_same_is_not_recorded_twice(folder: Path, capsys: Shown) -> None:
    same = ("so", "ghi", folder, "VP", "--cach", "Zalo", *DAY)
    assert cchc(*same) == 0
    assert cchc(*same) == 2
    assert "Sổ đã có: VP, giao việc, ngày 05/12/2024: Zalo" in capsys.readouterr().err
    assert cchc("so", "ghi", folder, "VP", "--cach", "bản giấy", *DAY) == 0
    # What is refused for one unit is recorded for none.
    assert cchc("so", "ghi", folder, "P1", "VP", "--cach", "zalo", *DAY) == 2
    assert units_shown(folder, capsys)["P1"]["da_giao"] == []
    assert [way for _, _, way in ways(folder, capsys)] == ["Zalo", "bản giấy"]


@pytest.mark.parametrize("day", ["05/12/2024", "04/12/2024"])
@pytest.mark.parametrize("by_mail", [True, False])
def test_a_second_reminder_of_one_day_is_asked_about(
    folder: Path, campaign: Campaign, capsys: Shown, day: str, by_mail: bool
) -> None:
    if by_mail:
        reminded_by_mail(folder, campaign)
    else:
        assert cchc("so", "ghi", folder, "VP", "--cach", "Zalo", *REMINDED) == 0
    again = ("so", "ghi", folder, "VP", "--cach", "giấy", "--loai", "don-doc", "--ngay", day)
    assert cchc(*again) == 2
    assert "đôn đốc lần 1 ngày 05/12/2024" in capsys.readouterr().err
    assert units_shown(folder, capsys)["VP"]["so_lan_don_doc"] == 1
    assert cchc(*again, "--lan", "1") == 0
    assert units_shown(folder, capsys)["VP"]["so_lan_don_doc"] == 1
    assert cchc(*again, "--lan", "2") == 0
    assert units_shown(folder, capsys)["VP"]["so_lan_don_doc"] == 2


# --- striking out ---


def test_what_was_recorded_by_mistake_is_struck_out_and_kept(
    folder: Path, tmp_path: Path, capsys: Shown
) -> None:
    for unit, way in (("VP", "Zalo"), ("P1", "giấy")):
        assert cchc("so", "ghi", folder, unit, "--cach", way, *REMINDED) == 0
    capsys.readouterr()
    assert cchc("so", "xoa", folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "  G1  Văn phòng Sở, đôn đốc lần 1, ngày 05/12/2024: Zalo"
    assert cchc("so", "xoa", folder, "g1") == 0
    assert "Đã gạch bỏ G1: Văn phòng Sở" in capsys.readouterr().out
    units = units_shown(folder, capsys)
    assert (units["VP"]["da_giao"], units["VP"]["so_lan_don_doc"]) == ([], 0)
    assert units["P1"]["so_lan_don_doc"] == 1
    cchc("so", folder, "--xlsx", "-o", tmp_path / "ra", *DAY)
    book = CalamineWorkbook.from_path(tmp_path / "ra" / "so" / "so-theo-doi.xlsx")
    log = [row for row in book.get_sheet_by_name("Nhật ký").to_python() if row[1] == "VP"]
    assert [str(row[4]).split(" lúc ")[0] for row in log] == ["Zalo; đã gạch bỏ"]
    # The next reminder is the first again, also where don-doc counts.
    assert cchc("so", "ghi", folder, "VP", "--cach", "Zalo", *REMINDED) == 0
    assert "đôn đốc lần 1," in capsys.readouterr().out


@pytest.mark.parametrize("words", [("G1",), ("G7",), ("VP",), ("G2", "G9")])
def test_only_what_is_there_is_struck_out(
    folder: Path, campaign: Campaign, capsys: Shown, words: tuple[str, ...]
) -> None:
    for unit in ("VP", "P1"):
        cchc("so", "ghi", folder, unit, "--cach", "Zalo", *DAY)
    cchc("so", "xoa", folder, "G1")
    assert cchc("so", "xoa", folder, *words) == 2
    assert "Các số: G2" in capsys.readouterr().err
    register = read_register(folder, campaign.id)
    assert register
    with register:
        assert [(h.unit, h.struck is None) for h in register.handovers(struck=True)] == [
            ("VP", False),
            ("P1", True),
        ]


def test_without_a_register_there_is_nothing_to_strike_out(folder: Path, capsys: Shown) -> None:
    assert cchc("so", "xoa", folder) == 0
    assert "không có gì do người ghi tay" in capsys.readouterr().out
    assert not (folder / "cchc.sqlite").exists()


def test_who_works_as_of_a_day_may_record_what_was_given_on_it(folder: Path) -> None:
    """The page filled that day in, and refused it as one that was to come."""
    as_of = dt.date(2094, 12, 5)
    opened = open_campaign(folder, output=folder / "ra", day=as_of)
    (handed,) = opened.record_handover(["VP"], "Zalo").handovers
    assert handed.day == as_of
    with pytest.raises(UsageError, match="chưa đến"):
        opened.record_handover(["P1"], "Zalo", day=as_of + dt.timedelta(days=1))
