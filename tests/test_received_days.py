"""The days on which forms were handed to the program: kept whatever is lost, mended when wrong."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from cchc_office import load_campaign, open_campaign
from cchc_office.model import UnitState
from cchc_office.register import JOURNAL_FILE, REGISTER_FILE, database, open_register, read_register

from .calls import cchc
from .messages import UNITS
from .sheets import campaign_file
from .test_lateness import AFTER, BEFORE, SAVED_AFTER, SAVED_BEFORE, form, told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


def days(folder: Path) -> list[dt.date]:
    register = read_register(folder, load_campaign(folder).id)
    assert register
    with register:
        return [handed.received.date() for handed in register.received()]


def lose(folder: Path) -> None:
    for path in folder.glob(f"{REGISTER_FILE}*"):
        path.unlink()


def test_a_lost_register_knows_the_received_days_again(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, SAVED_AFTER)])
    before = told(folder, AFTER)
    lose(folder)
    assert told(folder, AFTER) == before
    open_campaign(folder, output=folder / "output", day=AFTER).rebuild_register()
    assert told(folder, AFTER) == before
    assert before[0] is UnitState.RETURNED


def test_a_lost_journal_tells_the_received_days_again(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, SAVED_AFTER)])
    (folder / JOURNAL_FILE).unlink()
    open_register(folder, load_campaign(folder).id).close()
    lose(folder)
    assert days(folder) == [BEFORE]


def test_a_day_is_told_once(folder: Path) -> None:
    path = form(folder, SAVED_AFTER)
    for day in (BEFORE, AFTER, BEFORE):
        open_campaign(folder, day=day).receive([path])
    text = (folder / JOURNAL_FILE).read_text("utf-8")
    assert text.count("nhận tệp") == 1
    assert days(folder) == [BEFORE]


def test_a_wrong_day_is_mended_by_naming_the_right_one(folder: Path) -> None:
    path = form(folder, SAVED_BEFORE)
    cchc("nhan-tep", folder, path, "--ngay", "20/11/2024")
    cchc("nhan-tep", folder, path, "--ngay", "05/12/2024")
    assert days(folder) == [AFTER]
    assert told(folder, AFTER)[0] is UnitState.LATE
    cchc("nhan-tep", folder, path)
    lose(folder)
    assert days(folder) == [AFTER]


def test_a_day_that_a_person_names_goes_before_the_day_of_the_first_reading(folder: Path) -> None:
    """A clock that ran wrong had the form read before it came: that day could not be mended."""
    path = form(folder, SAVED_BEFORE)
    open_campaign(folder, day=BEFORE).receive([path])
    open_campaign(folder, output=folder / "output", day=BEFORE).standings()
    open_campaign(folder, day=AFTER).receive([path], is_day_named=True)
    assert days(folder) == [AFTER]
    assert told(folder, AFTER)[0] is UnitState.LATE


def test_a_form_that_is_locked_as_yet_came_on_the_day_it_was_received(folder: Path) -> None:
    locked = folder.parent / "phiếu có mật khẩu.xlsx"
    with form(folder, SAVED_AFTER).open("rb") as content, locked.open("wb") as file:
        OOXMLFile(content).encrypt("bi mat", file)
    open_campaign(folder, day=BEFORE).receive([locked])
    assert days(folder) == [BEFORE]
    results = open_campaign(folder, day=AFTER, passwords=["bi mat"]).state().results
    assert results is not None
    unit = next(one for one in results.units if one.unit.code == "TTra")
    assert unit.state is UnitState.RETURNED


@pytest.mark.parametrize("day", ["20/11/2004", "05/12/2094"])
def test_a_day_that_cannot_be_is_refused(
    folder: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("nhan-tep", folder, form(folder, SAVED_BEFORE), "--ngay", day) == 2
    assert f"Ngày nhận {day}" in capsys.readouterr().err
    assert not (folder / REGISTER_FILE).exists()


def test_days_that_cannot_be_read_make_a_register_damaged(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, SAVED_AFTER)])
    with sqlite3.connect(folder / REGISTER_FILE) as connection:
        connection.execute("UPDATE received_file SET received = 'hôm qua'")
    open_campaign(folder, output=folder / "output", day=AFTER).rebuild_register()
    assert list(folder.glob(f"{REGISTER_FILE}.hong-*"))
    assert days(folder) == [BEFORE]


def test_a_register_without_the_time_of_recording_is_brought_up(folder: Path) -> None:
    campaign = load_campaign(folder).id
    connection = sqlite3.connect(folder / REGISTER_FILE, isolation_level=None)
    for statements in database.UPGRADES[:5]:
        for statement in statements:
            connection.execute(statement)
    connection.execute("PRAGMA user_version = 5")
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    connection.execute("INSERT INTO campaign VALUES (?)", (campaign,))
    connection.execute("INSERT INTO received_file VALUES ('ab', '2024-11-20T05:00:00Z')")
    connection.close()
    assert days(folder) == [BEFORE]
    open_register(folder, campaign).close()
    lose(folder)
    assert days(folder) == [BEFORE]
