"""What a person says of forms that came back: taken, sent back and why, which of two counts."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office import CampaignFolder, UsageError, open_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.model import Decision
from cchc_office.register import JOURNAL_FILE, REGISTER_FILE, open_register, read_register

from .appraised import say_when_saved
from .calls import cchc
from .messages import UNITS, campaign_in, filled_form
from .sheets import campaign_file

DAY = dt.date(2024, 11, 28)
EARLIER, LATER = dt.datetime(2024, 11, 20), dt.datetime(2024, 11, 25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


def put(
    folder: Path, name: str, unit: str = "TTra", score: float = 0.5, saved: Any = LATER
) -> Path:
    (folder / "nhan-ve").mkdir(exist_ok=True)
    path = folder / "nhan-ve" / name
    path.write_bytes(filled_form(campaign_in(folder), unit, folder.parent / "phieu", score=score))
    say_when_saved(path, saved)
    return path


def opened(folder: Path) -> CampaignFolder:
    return open_campaign(folder, output=folder / "ra", day=DAY)


def owed(folder: Path, unit: str = "TTra") -> list[str]:
    results = opened(folder).consolidate().results
    assert results
    return [debt.what for u in results.units if u.unit.code == unit for debt in u.debts]


def counted(folder: Path, unit: str = "TTra") -> str:
    returns = opened(folder).consolidate().returns
    assert returns
    return next((form.file for form in returns.returns if form.unit == unit), "")


def verdict(folder: Path, unit: str = "TTra") -> Decision | None:
    status = {u.unit.code: u for u in opened(folder).standings().standing.units()}[unit]
    return status.verdict.decision if status.verdict else None


def test_a_form_that_is_sent_back_is_owed_with_its_reason(folder: Path) -> None:
    put(folder, "a.xlsx")
    assert owed(folder) == []
    done = opened(folder).send_back_returns(["TTra"], "chưa ký,\n thiếu mục 1.2")
    assert done.words == "Thanh tra Sở, a.xlsx: trả lại: chưa ký, thiếu mục 1.2"
    today = dt.datetime.now(dt.UTC).astimezone().strftime("%Y")
    (debt,) = owed(folder)
    assert debt.startswith("phiếu gửi về đã được trả lại ngày ")
    assert today in debt
    assert debt.endswith(": chưa ký, thiếu mục 1.2")
    assert verdict(folder) is Decision.SENT_BACK


def test_the_reminder_says_why_a_form_was_sent_back(folder: Path) -> None:
    put(folder, "a.xlsx")
    opened(folder).send_back_returns(["TTra"], "thiếu chữ ký của thủ trưởng")
    made = opened(folder).remind()
    letter = next(w.path for w in made.written if w.path.stem.endswith("TTra"))
    text = "\n".join(p.text for p in docx.Document(str(letter)).paragraphs)
    assert "thiếu chữ ký của thủ trưởng" in text


def test_the_reminder_says_each_thing_once(folder: Path) -> None:
    put(folder, "a.xlsx", score=9)
    standing = opened(folder).standings().standing
    (unit,) = [u for u in standing.units() if u.unit.code == "TTra"]
    assert len(unit.owes) > 0
    listed = owed(folder)
    opened(folder).send_back_returns(["TTra"], "; ".join(unit.owes))
    assert owed(folder) == listed
    assert verdict(folder) is Decision.SENT_BACK
    opened(folder).send_back_returns(["TTra"], "; ".join([*unit.owes, "thiếu chữ ký"]))
    own, *rows = owed(folder)
    assert own.endswith(": thiếu chữ ký")
    assert rows == listed


def test_a_new_form_of_the_unit_is_open_again(folder: Path) -> None:
    put(folder, "a.xlsx", saved=EARLIER)
    opened(folder).send_back_returns(["TTra"], "thiếu")
    put(folder, "b.xlsx", score=0.25, saved=LATER)
    assert owed(folder) == []
    assert verdict(folder) is None


def test_what_is_saved_anew_is_another_form(folder: Path) -> None:
    path = put(folder, "a.xlsx")
    opened(folder).accept_returns(["TTra"])
    assert verdict(folder) is Decision.TAKEN
    say_when_saved(path, LATER + dt.timedelta(hours=1))
    assert verdict(folder) is None


def test_a_form_that_is_renamed_keeps_its_verdict(folder: Path) -> None:
    path = put(folder, "a.xlsx")
    opened(folder).accept_returns(["a.xlsx"])
    path.rename(path.with_name("bản của  Thanh tra.xlsx"))
    assert verdict(folder) is Decision.TAKEN


def test_a_form_in_an_archive_has_its_own_verdict(folder: Path) -> None:
    forms = [put(folder, "a.xlsx", "TTra"), put(folder, "b.xlsx", "P1", score=2)]
    with zipfile.ZipFile(folder / "nhan-ve" / "goi.zip", "w") as zipped:
        for form in forms:
            zipped.write(form, form.name)
            form.unlink()
    opened(folder).send_back_returns(["goi.zip › a.xlsx"], "thiếu")
    assert verdict(folder, "TTra") is Decision.SENT_BACK
    assert verdict(folder, "P1") is None


def test_the_last_word_counts_and_each_can_be_struck_out(folder: Path) -> None:
    put(folder, "a.xlsx")
    opened(folder).send_back_returns(["TTra"], "thiếu")
    opened(folder).accept_returns(["TTra"])
    assert (verdict(folder), owed(folder)) == (Decision.TAKEN, [])
    assert [entry.name for entry in opened(folder).strike().left] == ["P1", "P2"]
    opened(folder).strike(["P2"])
    assert verdict(folder) is Decision.SENT_BACK
    opened(folder).strike(["P1"])
    assert (verdict(folder), owed(folder)) == (None, [])


def test_the_chosen_one_of_two_counts_though_saved_before(folder: Path) -> None:
    put(folder, "a.xlsx", score=0.5, saved=EARLIER)
    put(folder, "b.xlsx", score=0.25, saved=LATER)
    assert counted(folder) == "b.xlsx"
    (copies,) = opened(folder).differing_copies().copies
    assert [form.file for form in copies.forms] == ["b.xlsx", "a.xlsx"]
    (row,) = copies.rows
    assert (row.criterion.code, row.texts) == ("1.2", ("0,25", "0,5"))
    assert row.difference is not None
    assert str(row.difference) == "0.25"
    opened(folder).choose_return("a.xlsx")
    assert counted(folder) == "a.xlsx"
    found = opened(folder).consolidate().findings
    assert Code.RETURN_SET_ASIDE in {f.code for f in found}
    assert Code.RETURNS_DIFFER not in {f.code for f in found}
    assert sorted(p.name for p in (folder / "nhan-ve").iterdir()) == ["a.xlsx", "b.xlsx"]


def test_choosing_again_takes_the_first_choice_back(folder: Path) -> None:
    put(folder, "a.xlsx", score=0.5, saved=EARLIER)
    put(folder, "b.xlsx", score=0.25, saved=LATER)
    opened(folder).choose_return("a.xlsx")
    done = opened(folder).choose_return("b.xlsx")
    assert [v.file for v in done.taken_back] == ["b.xlsx"]
    assert counted(folder) == "b.xlsx"
    opened(folder).choose_return("a.xlsx")
    assert counted(folder) == "a.xlsx"


def test_one_that_comes_after_the_choice_is_open_again(folder: Path) -> None:
    put(folder, "a.xlsx", score=0.5, saved=EARLIER)
    put(folder, "b.xlsx", score=0.25, saved=LATER)
    opened(folder).choose_return("a.xlsx")
    put(folder, "c.xlsx", score=0.4, saved=LATER + dt.timedelta(days=1))
    assert counted(folder) == "c.xlsx"
    assert len(opened(folder).differing_copies().copies) == 1


def test_where_the_chosen_one_is_gone_the_other_does_not_come_back_by_itself(folder: Path) -> None:
    chosen = put(folder, "a.xlsx", score=0.5, saved=EARLIER)
    put(folder, "b.xlsx", score=0.25, saved=LATER)
    opened(folder).choose_return("a.xlsx")
    chosen.unlink()
    assert counted(folder) == ""
    assert owed(folder) == ["chưa gửi phiếu tự chấm điểm", "chưa có điểm tự chấm"]
    opened(folder).strike(["P1"])
    assert counted(folder) == "b.xlsx"


@pytest.mark.parametrize(
    ("named", "reason", "why"),
    [
        (["TTra"], " ", "Chưa nói trả lại vì sao"),
        ([], "thiếu", "Chưa nói phiếu nào"),
        (["XX"], "thiếu", "không phải là mã đơn vị"),
        (["VP"], "thiếu", "chưa có phiếu nào được tính"),
        (["../../a.xlsx"], "thiếu", "Chưa nói"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folder: Path, named: list[str], reason: str, why: str
) -> None:
    put(folder, "a.xlsx")
    if named == ["../../a.xlsx"]:  # only the last part of a name is looked at
        assert opened(folder).send_back_returns(named, reason).verdicts
        return
    with pytest.raises(UsageError, match=why):
        opened(folder).send_back_returns(named, reason)
    assert not (folder / REGISTER_FILE).exists()


def test_the_only_form_needs_no_choice(folder: Path) -> None:
    put(folder, "a.xlsx")
    with pytest.raises(UsageError, match="chỉ có một bản"):
        opened(folder).choose_return("a.xlsx")


def test_a_lost_register_knows_the_verdicts_again(folder: Path) -> None:
    put(folder, "a  b.xlsx", saved=EARLIER)
    put(folder, "c.xlsx", score=0.25, saved=LATER)
    opened(folder).choose_return("a  b.xlsx")
    opened(folder).send_back_returns(["TTra"], "thiếu\tmục 1")
    opened(folder).accept_returns(["TTra"])
    opened(folder).strike(["P3"])
    before = opened(folder)
    with open_register(folder, before.campaign.id) as register:
        known = [(v.identity, v.struck is None) for v in register.verdicts(struck=True)]
    for path in folder.glob(f"{REGISTER_FILE}*"):
        path.unlink()
    assert counted(folder) == "a  b.xlsx"
    assert verdict(folder) is Decision.SENT_BACK
    with open_register(folder, before.campaign.id) as register:
        again = [(v.identity, v.struck is None) for v in register.verdicts(struck=True)]
        assert sorted(again) == sorted(known)
        register.complete_journals()
    lines = (folder / JOURNAL_FILE).read_text("utf-8").splitlines()
    assert sum("phiếu gửi về" in line for line in lines) == 4


def test_an_older_register_gets_its_table(folder: Path) -> None:
    import sqlite3

    from cchc_office.register import database

    put(folder, "a.xlsx")
    campaign = opened(folder).campaign.id
    connection = sqlite3.connect(folder / REGISTER_FILE, isolation_level=None)
    for statement in database.UPGRADES[0]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    connection.execute("INSERT INTO campaign VALUES (?)", (campaign,))
    connection.close()
    register = read_register(folder, campaign)
    assert register
    with register:
        assert register.verdicts() == ()
    opened(folder).accept_returns(["TTra"])
    assert verdict(folder) is Decision.TAKEN


def test_the_commands_do_all_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.xlsx", saved=EARLIER)
    put(folder, "b.xlsx", score=0.25, saved=LATER)

    def run(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        cchc("so", words[0], folder, *words[1:], "--json")
        whole: dict[str, Any] = json.loads(capsys.readouterr().out)
        return whole

    (shown,) = run("chon")["ban_khac_nhau"]
    assert shown["tep"] == ["b.xlsx", "a.xlsx"]
    assert [row["ghi"] for row in shown["dong"]] == [["0,25", "0,5"]]
    assert run("chon", "a.xlsx")["da_ghi"][0]["quyet_dinh"] == "không tính"
    (sent,) = run("tra-lai", "TTra", "--vi-sao", "thiếu chữ ký")["da_ghi"]
    assert sent == {
        "don_vi": "TTra",
        "tep": "a.xlsx",
        "quyet_dinh": "trả lại",
        "ly_do": "thiếu chữ ký",
    }
    assert run("nhan", "a.xlsx")["da_ghi"][0]["quyet_dinh"] == "nhận"
    assert [entry["so"] for entry in run("xoa")["con_lai"]] == ["P1", "P2", "P3"]
    capsys.readouterr()
    cchc("so", "chon", folder, "b.xlsx")
    assert "Đã gạch bỏ: b.xlsx không tính." in capsys.readouterr().out
