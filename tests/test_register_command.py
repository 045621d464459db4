"""`cchc so`: who has what, and what only a person can record."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cchc_office import open_campaign
from cchc_office.files.output_folder import digest_of
from cchc_office.model import Campaign
from cchc_office.papers.kinds import DISPATCH, REMINDER, PaperKind
from cchc_office.register import (
    FetchedFile,
    FetchedMessage,
    FileFate,
    Sending,
    SendState,
    open_register,
    read_register,
)

from .calls import cchc, example_in
from .messages import UNITS, campaign_in, filled_form
from .sheets import campaign_file

NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)
DAY = ("--ngay", "05/12/2024")
Shown = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    campaign_in(tmp_path / "dot")
    return tmp_path / "dot"


@pytest.fixture
def campaign(folder: Path) -> Campaign:
    return campaign_in(folder)


def a_sending(unit: str, number: int = 0, kind: PaperKind = DISPATCH) -> Sending:
    key = f"<{unit}.{kind.key}.{number}@so.example>"
    address = (f"{unit.lower()}@a.example",)
    return Sending(key, unit, kind, "d" * 64, address, NOON, reminder=number)


def recorded(folder: Path, campaign: Campaign, *sendings: tuple[Sending, SendState]) -> None:
    with open_register(folder, campaign.id) as register:
        for sending, state in sendings:
            assert register.intend(sending)
            if state is not SendState.INTENDED:
                register.settle(sending.message_id, state, NOON, "250 đã nhận")


def table(text: str) -> dict[str, list[str]]:
    """Return the rows of the table by their codes, cut where two blanks stand."""
    lines = [line for line in text.splitlines() if line[:4].strip() in ("VP", "TTra", "P1", "P2")]
    return {line.split()[0]: [c for c in line.split("  ") if c.strip()] for line in lines}


def as_json(capsys: Shown, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = cchc("so", *arguments, "--json")
    return status, json.loads(capsys.readouterr().out)


def by_code(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {unit["ma"]: unit for unit in whole["don_vi"]}


# --- showing ---


def test_a_campaign_without_a_register_is_shown_and_none_is_made(
    folder: Path, capsys: Shown
) -> None:
    assert cchc("so", folder, *DAY) == 0
    shown = capsys.readouterr().out
    assert [cell.strip() for cell in table(shown)["VP"][2:]] == ["–"] * 3 + ["0/2", "2 việc"]
    assert "Đã giao việc 0/4 đơn vị; phiếu về 0/4; còn nợ 4" in shown
    # Before the deadline nobody owes what nobody asked for.
    assert cchc("so", folder, "--ngay", "28/11/2024") == 0
    shown = capsys.readouterr().out
    assert [cell.strip() for cell in table(shown)["VP"][2:]] == ["–"] * 3 + ["0/2", "–"]
    assert "phiếu về 0/4; còn nợ 0" in shown
    assert not (folder / "cchc.sqlite").exists()


def test_each_unit_stands_where_it_does(
    folder: Path, campaign: Campaign, tmp_path: Path, capsys: Shown
) -> None:
    form = filled_form(campaign, "VP", tmp_path)
    (folder / "nhan-ve").mkdir(exist_ok=True)
    (folder / "nhan-ve" / "VP.xlsx").write_bytes(form)
    message = FetchedMessage(
        "<back@a.example>",
        "vp@a.example",
        NOON,
        dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC),
        files=(FetchedFile("phiếu.xlsx", FileFate.SAVED, digest_of(form), "VP", "VP.xlsx"),),
    )
    recorded(
        folder,
        campaign,
        (a_sending("VP"), SendState.SENT),
        (a_sending("TTra"), SendState.INTENDED),
        (a_sending("P1"), SendState.REFUSED),
        (a_sending("TTra", 1, REMINDER), SendState.SENT),
        (a_sending("TTra", 2, REMINDER), SendState.SENT),
    )
    with open_register(folder, campaign.id) as register:
        register.record_message(message)
    assert cchc("so", folder, *DAY) == 1
    shown = capsys.readouterr().out
    rows = {code: " ".join(cells) for code, cells in table(shown).items()}
    assert "05/12 thư" in rows["VP"]
    assert "25/11 thư" in rows["VP"]
    assert "1/2" in rows["VP"]
    assert "không rõ" in rows["TTra"]
    assert "lần 2, 05/12" in rows["TTra"]
    assert "bị từ chối" in rows["P1"]
    assert "<TTra.TASKS.0@so.example>" in shown
    status, whole = as_json(capsys, folder, *DAY)
    units = by_code(whole)
    assert status == 1
    assert units["TTra"]["so_lan_don_doc"] == 2
    assert units["VP"]["phieu_ve"] == {
        "tep": "VP.xlsx",
        "ngay": "2024-11-25",
        "la_ngay_nhan": True,
        "nguoi_gui": "vp@a.example",
        "chua_xac_nhan": False,
    }
    assert (units["VP"]["da_cham"], units["VP"]["phai_cham"]) == (1, 2)
    assert whole["khong_ro"] == ["<TTra.TASKS.0@so.example>"]
    assert [e["viec"] for e in whole["nhat_ky"] if e["don_vi"] == "VP"] == [
        "Nhận thư",
        "Gửi thư",
        "Đọc phiếu",
    ]


def test_the_table_fits_a_window_of_80_columns(
    folder: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    recorded(folder, campaign, (a_sending("VP", 12, REMINDER), SendState.SENT))
    cchc("so", "ghi", folder, "VP", "--cach", "giao tận tay tại phòng họp tầng 3")
    capsys.readouterr()
    cchc("so", folder, *DAY)
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines()[:8]) <= 80
    assert "lần 12, 05/12" in shown
    assert "giao tận" in shown


def test_names_that_begin_alike_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    long = "Uỷ ban nhân dân xã miền núi, biên giới, hải đảo"
    monkeypatch.setenv("COLUMNS", "80")
    units = UNITS.replace("Phòng Một", f"{long} Một").replace("Phòng Hai", f"{long} Hai")
    campaign_file(tmp_path, units=units)
    cchc("so", tmp_path, *DAY)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("P")]
    assert max(map(len, rows)) <= 80
    names = [line[2:].strip().split("  ")[0] for line in rows]
    assert [(name[:6], name.split()[-1]) for name in names] == [
        ("Uỷ ban", "Một"),
        ("Uỷ ban", "Hai"),
    ]


def test_papers_that_were_only_made_are_not_shown_as_sent(folder: Path, capsys: Shown) -> None:
    cchc("phieu-cham", folder, "-o", folder / "ra")
    capsys.readouterr()
    cchc("so", folder, *DAY)
    shown = capsys.readouterr().out
    assert "mới làm" in " ".join(table(shown)["VP"])
    assert "Đã giao việc 0/4" in shown


def test_the_sheet_holds_the_units_and_the_log(
    folder: Path, campaign: Campaign, tmp_path: Path
) -> None:
    recorded(folder, campaign, (a_sending("VP"), SendState.SENT))
    cchc("so", "ghi", folder, "P1", "--cach", "=Zalo", "--ngay", "04/12/2024")
    assert cchc("so", folder, "--xlsx", "-o", tmp_path / "ra", *DAY) == 0
    book = CalamineWorkbook.from_path(tmp_path / "ra" / "so" / "so-theo-doi.xlsx")
    rows = book.get_sheet_by_name("Theo dõi").to_python()
    owed = next(row.index("Còn nợ") for row in rows if "Còn nợ" in row)
    units = {row[0]: row for row in rows}
    assert units["VP"][2] == "05/12/2024, thư"
    assert units["P1"][2] == "04/12/2024, =Zalo"
    assert str(units["VP"][owed]).splitlines()[1] == "1.1.1, 1.1.2: chưa có điểm tự chấm"
    log = book.get_sheet_by_name("Nhật ký").to_python()[3:]
    assert [(row[1], row[2], row[7]) for row in log] == [
        ("P1", "Giao cách khác", ""),
        ("VP", "Gửi thư", "<VP.TASKS.0@so.example>"),
    ]


@pytest.mark.parametrize("words", [(), ("xem",), ("xem", "."), ("--json",), ("xem", *DAY)])
def test_inside_the_campaign_s_folder_it_need_not_be_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    assert cchc("so", *words) == 0
    shown = capsys.readouterr().out
    assert "CCHC-2024-STN" in shown
    assert "TTra" in shown


def test_elsewhere_it_says_how_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cchc("so") == 0
    assert "Cách dùng: cchc so" in capsys.readouterr().out
    assert cchc("so", "xem") == 3
    assert "không có tệp dot-cham.xlsx" in capsys.readouterr().err


# --- settling ---


def test_who_settles_sees_the_message_id_and_how_to_go_on(
    folder: Path, campaign: Campaign, capsys: Shown
) -> None:
    recorded(folder, campaign, (a_sending("VP"), SendState.UNKNOWN))
    assert cchc("so", "xu-ly", folder) == 1
    shown = capsys.readouterr().out
    for words in ("<VP.TASKS.0@so.example>", "vp@a.example", "12:00 ngày 05/12/2024", "--chua-gui"):
        assert words in shown


@pytest.mark.parametrize(
    ("flag", "state"), [("--da-gui", SendState.SENT), ("--chua-gui", SendState.NOT_SENT)]
)
@pytest.mark.parametrize("name", ["VP", "<VP.TASKS.0@so.example>", "VP.TASKS.0@so.example"])
def test_a_person_settles(
    folder: Path, campaign: Campaign, capsys: Shown, flag: str, state: SendState, name: str
) -> None:
    both = (a_sending("VP"), SendState.INTENDED), (a_sending("P1"), SendState.UNKNOWN)
    recorded(folder, campaign, *both)
    assert cchc("so", "xu-ly", folder, name, flag) == 1  # that of P1 is left
    assert "Còn 1 thư không rõ" in capsys.readouterr().out
    register = read_register(folder, campaign.id)
    assert register
    with register:
        vp, p1 = register.sendings()
    assert (vp.state, vp.by_person) == (state, True)
    assert p1.is_unclear
    assert cchc("so", "xu-ly", folder, "P1", flag) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--da-gui",), "Chưa nói thư nào"),
        (("VP", "--da-gui"), "nhiều thư không rõ"),
        (("P1", "--da-gui"), "Không có thư nào không rõ của “P1”"),
        (("ZZ", "--da-gui"), "Không có đơn vị nào mang mã “ZZ”"),
        (("VP", "--da-gui", "--chua-gui"), "Chọn một"),
    ],
)
def test_nothing_is_settled_that_was_not_named(
    folder: Path, campaign: Campaign, capsys: Shown, words: tuple[str, ...], said: str
) -> None:
    reminder = a_sending("VP", 1, REMINDER)
    recorded(folder, campaign, (a_sending("VP"), SendState.UNKNOWN), (reminder, SendState.UNKNOWN))
    assert cchc("so", "xu-ly", folder, *words) == 2
    assert said in capsys.readouterr().err
    register = read_register(folder, campaign.id)
    assert register
    with register:
        assert all(s.is_unclear for s in register.sendings())


def test_the_count_of_given_tasks_is_that_of_the_steps(tmp_path: Path, capsys: Shown) -> None:
    sample = example_in(tmp_path / "dot")
    steps = open_campaign(sample, day=dt.date(2024, 12, 5)).state().steps
    told = next(step.words for step in steps if step.number == 2)
    assert told.startswith("7/8 đã giao")
    cchc("so", sample, "--ngay", "05/12/2024")
    assert "Đã giao việc 7/8 đơn vị" in capsys.readouterr().out
