"""A job that is stopped between two items: whole files, a true register, and the rest done later."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cchc_office import CampaignFolder, StoppedError, open_campaign, read_register
from cchc_office.files import libreoffice
from cchc_office.mail.sending import MessageFate

from .messages import UNITS, campaign_in, filled_form, letter
from .outbox_office import (  # noqa: F401 - fixtures
    CODES,
    Office,
    behaviour,
    box,
    made,
    office,
    own,
    to_units,
)
from .sheets import campaign_file
from .smtp_servers import Mailbox as ServerMailbox
from .test_cli import snapshot
from .test_pdf import Fake, fake  # noqa: F401 - a fixture

# ruff: noqa: F811

DAY = dt.date(2024, 12, 5)


class Stop:
    """Progress that stops the job when `what` has come so far."""

    def __init__(self, what: str, at: int) -> None:
        self._what, self._at = what, at

    def __call__(self, what: str, done: int, total: int) -> None:
        if what == self._what and done == self._at:
            raise StoppedError(f"Đã dừng theo yêu cầu: {what}, {done}/{total}.")


Opens = Callable[..., CampaignFolder]


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    """Return what opens a campaign of four units, of which two returned their forms."""
    folder = campaign_file(tmp_path / "dot", units=UNITS).parent
    (folder / "nhan-ve").mkdir()
    for unit in ("TTra", "P1"):
        form = filled_form(campaign_in(folder), unit, tmp_path / "phieu", score=0.5)
        (folder / "nhan-ve" / f"{unit}.xlsx").write_bytes(form)

    def open_it(output: str, stop: Stop | None = None) -> CampaignFolder:
        return open_campaign(folder, output=tmp_path / output, day=DAY, on_progress=stop)

    return open_it


def papers_recorded(campaign: CampaignFolder) -> Counter[str]:
    register = read_register(campaign.folder, campaign.campaign.id)
    if register is None:
        return Counter()
    with register:
        return Counter(paper.kind.folder for paper in register.papers())


STOPS = [
    ("Công văn", 2, {"phu-luc": 2}),
    ("Phiếu chấm", 1, {"phu-luc": 2, "cong-van": 4}),
    ("Đọc phiếu gửi về", 1, {"phu-luc": 2, "cong-van": 4, "phieu-cham": 4}),
    (
        "Công văn đôn đốc",
        1,
        {"phu-luc": 2, "cong-van": 4, "phieu-cham": 4, "tong-hop": 2},
    ),
]


@pytest.mark.parametrize(("what", "at", "written"), STOPS)
def test_what_was_made_is_whole_and_recorded_and_the_rest_is_made_later(
    opens: Opens, what: str, at: int, written: dict[str, int]
) -> None:
    stopped = opens("ra", Stop(what, at))
    files = sum(written.values())
    with pytest.raises(StoppedError, match=f"Đã dừng theo yêu cầu: {what}.*{files} tệp đã ghi"):
        stopped.do_all()
    there = [name for name in snapshot(stopped.output) if not name.startswith(".")]
    assert Counter(name.split("/")[0] for name in there) == written
    for name in there:
        if name.endswith(".xlsx"):
            openpyxl.load_workbook(stopped.output / name)
    recorded = papers_recorded(stopped)
    assert recorded == {k: n for k, n in written.items() if k in ("cong-van", "phieu-cham")}
    assert not list(stopped.folder.glob(".cchc-dang-lam*"))

    opens("ra").do_all()
    opens("het").do_all()
    assert snapshot(stopped.output) == snapshot(opens("het").output)


def test_a_stop_before_anything_is_written_says_so(opens: Opens) -> None:
    stopped = opens("ra", Stop("Đọc phiếu gửi về", 1))
    with pytest.raises(StoppedError, match="Chưa ghi tệp nào"):
        stopped.consolidate()
    assert snapshot(stopped.output) == {}
    assert opens("ra").consolidate().came_out


@pytest.mark.parametrize("job", ["state", "progress", "standings"])
def test_looking_stops_as_well(opens: Opens, job: str) -> None:
    with pytest.raises(StoppedError):
        getattr(opens("ra", Stop("Đọc phiếu gửi về", 1)), job)()


@pytest.mark.skipif(os.name == "nt", reason="programs are scripts as POSIX has it")
def test_making_pdfs_stops_and_leaves_none(
    opens: Opens, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(
        "import os\n"
        f"pathlib.Path({str(tmp_path / 'so')!r}).write_text(str(os.getpid()))\n"
        "time.sleep(600)"
    )
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    stopped = opens("ra", Stop("Bản PDF", 0))
    with pytest.raises(StoppedError, match="4 tệp đã ghi xong"):
        stopped.make_dispatches(as_pdf=True)
    names = snapshot(stopped.output)
    assert sum(name.endswith(".docx") for name in names) == 4
    assert not any(name.endswith(".pdf") for name in names)
    assert papers_recorded(stopped) == {"cong-van": 4}
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "so").read_text()), 0)


def test_sending_stops_between_two_letters(made: Office, box: ServerMailbox) -> None:
    sending = open_campaign(made.folder, output=made.output, on_progress=Stop("Gửi thư", 2))
    mailed = sending.send("cong-van", for_real=True)
    assert [one.fate for one in mailed.results] == [
        *[MessageFate.SENT] * 2,
        *[MessageFate.LEFT] * 2,
    ]
    assert len(box.messages) == 2
    assert [s.state.value for s in made.sendings()] == ["đã gửi"] * 2
    again = open_campaign(made.folder, output=made.output).send("cong-van", for_real=True)
    assert len(again.results) == 2
    assert to_units(box) == sorted(code.lower() for code in CODES)


def test_fetching_stops_and_goes_on_with_the_rest(opens: Opens, tmp_path: Path) -> None:
    messages = tmp_path / "thu"
    messages.mkdir()
    campaign = opens("ra").campaign
    for number, unit in enumerate(("VP", "P2"), start=1):
        form = filled_form(campaign, unit, tmp_path / "phieu", score=0.5)
        sender = f"{unit.lower()}@a.example"
        message = letter(sender, (f"{unit}.xlsx", form), key=f"<{number}@a.example>")
        (messages / f"{number}.eml").write_bytes(message.as_bytes())
    fetched = opens("ra", Stop("Đọc thư", 1)).fetch(messages=messages)
    assert fetched.broken_off.startswith("Đã dừng theo yêu cầu.")
    assert [file.unit for file in fetched.saved] == ["VP"]
    rest = opens("ra").fetch(messages=messages)
    assert (rest.known, [file.unit for file in rest.saved]) == (1, ["P2"])
