"""Letters going out from the page: drafts, a second page, and only then a server (aiosmtpd)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient

from cchc_office.register import SendState, read_register
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import Run, RunFate

from .page_client import clerk, desk, done, door, own_folder, post, stranger
from .pdf_files import pdf_file
from .sheets import UNITS, campaign_file
from .smtp_servers import PASSWORD, USER, Behaviour, Mailbox, certificates, smtp_server

__all__ = ("clerk", "desk", "door", "own_folder", "stranger")

GUI, REALLY = "gui/cong-van", "gui/cong-van/that"
MANY = "".join(
    f"N{n} | Phòng Nhánh {n} | | các phòng, đơn vị | | n{n}@a.example\n" for n in range(8)
)


@dataclass
class Office:
    """A campaign on the page, and the server that it sends to."""

    clerk: TestClient
    desk: Desk
    campaign: OpenCampaign
    box: Mailbox
    behaviour: Behaviour

    def post(self, path: str, **fields: Any) -> Any:
        return post(self.clerk, self.campaign, path, data=fields)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.clerk.get(f"/d/{self.campaign.id}/{path}")
        assert answer.status_code == status, answer.text
        text: str = answer.text
        return text

    def run(self, path: str, **fields: Any) -> Run:
        return done(self.desk, self.post(path, **fields))

    def drafted(self, **fields: Any) -> str:
        """Make drafts; return the seal that the second page shows."""
        assert self.run(GUI, **fields).fate is RunFate.DONE
        found = re.search(r'name="dau" value="(\w+)"', self.get(REALLY))
        assert found
        return found[1]

    def send(self, seal: str, **fields: Any) -> Run:
        return self.run(REALLY, dau=seal, **({"mat-khau": PASSWORD} | fields))

    @property
    def states(self) -> dict[str, SendState]:
        register = read_register(self.campaign.folder, self.campaign.state().campaign.id)
        assert register
        with register:
            return {sending.unit: sending.state for sending in register.sendings()}


MakeOffice = Callable[..., Office]


@pytest.fixture
def make_office(
    clerk: TestClient, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeOffice]:
    monkeypatch.delenv("CCHC_MAT_KHAU_THU", raising=False)
    with ExitStack() as servers:

        def make(units: str = UNITS, a_minute: int = 100_000) -> Office:
            folder = tmp_path / "dot"
            campaign_file(folder, units=units)
            own = Behaviour()
            server, box = servers.enter_context(smtp_server(certificates(folder), own))
            (folder / "thu.toml").write_text(
                'nguoi_gui = "Văn phòng Sở <van-phong@so-cong-thuong.example>"\n[gui]\n'
                f'may_chu = "{server.host}"\ncong = {server.port}\nnguoi_dung = "{USER}"\n'
                f'nhip_moi_phut = {a_minute}\ntep_chung_chi = "chung-chi.pem"\n',
                encoding="utf-8",
            )
            office = Office(clerk, desk, desk.open(folder), box, own)
            assert office.run("giao-viec/lam").fate is RunFate.DONE
            return office

        yield make


def test_only_the_second_page_sends(make_office: MakeOffice) -> None:
    office = make_office()
    assert "Soạn thư" in office.get(GUI)
    seal = office.drafted()
    shown = office.get(GUI)
    for address in ("vp@a.example", "tt@a.example", "p1@a.example", "p2@a.example"):
        assert address in shown
    assert "CCHC-2024-VP.docx<br>CCHC-2024-VP.xlsx" in shown
    assert office.box.messages == []
    assert office.send(seal).fate is RunFate.DONE
    assert sorted(office.box.addresses) == [
        ("p1@a.example",), ("p2@a.example",), ("tt@a.example",), ("vp@a.example",),
    ]  # fmt: skip
    assert "Đã gửi xong: 4 đã gửi" in office.get(GUI)
    assert set(office.states.values()) == {SendState.SENT}


def test_both_pages_tell_that_letters_go_without_number_and_signature(
    make_office: MakeOffice,
) -> None:
    office = make_office()
    office.drafted()
    words = "là bản do chương trình làm: chưa có số, chưa ký, chưa đóng dấu"
    assert f"Công văn gửi kèm {words}" in office.get(GUI)
    assert f"Công văn gửi kèm {words}" in office.get(REALLY)
    assert "mở thư mục công văn" in office.get(REALLY)
    letters = sorted((office.campaign.folder / "output" / "cong-van").glob("*.docx"))
    for number, path in enumerate(letters, 1):
        letter = docx.Document(str(path))
        letter.paragraphs[0].add_run(f" Số {number}")
        letter.save(str(path))
        office.drafted()
        rest = f"Công văn gửi kèm {len(letters) - number}/{len(letters)} thư {words}"
        assert (rest if number < len(letters) else "Gửi thật") in office.get(REALLY)
    assert words not in office.get(REALLY)


def test_a_signed_scan_is_given_on_the_page_and_goes_once_a_person_says_so(
    make_office: MakeOffice, tmp_path: Path
) -> None:
    office = make_office()
    office.drafted()
    assert "Bản PDF đã ký, đóng dấu thì đưa vào ở đây" in office.get(GUI)
    scan = pdf_file(tmp_path / "scan.pdf", "0 0 m 10 10 l S").read_bytes()
    answer = post(
        *(office.clerk, office.campaign, f"{GUI}/ban-ky"),
        files=[("tep", ("CCHC-2024-VP.pdf", scan)), ("tep", ("scan0001.pdf", scan))],
    )
    run = done(office.desk, answer)
    shown = office.get(f"viec/{run.id}")
    assert "1 bản đã ký đặt cạnh công văn" in shown
    assert "đặt tên như bản Word" in shown
    assert "Soạn lại" in office.get(GUI)  # what was drafted is no longer what would go out
    office.drafted()
    assert "đánh dấu “Gửi cả bản quét đã ký”" in office.get(GUI)
    office.drafted(**{"ban-quet": "1"})
    assert "CCHC-2024-VP.pdf<br>CCHC-2024-VP.xlsx" in office.get(REALLY)
    assert "Công văn gửi kèm 3/4 thư là bản do chương trình làm" in office.get(REALLY)


def test_all_units_that_a_form_lists_are_recorded_by_one_tick(make_office: MakeOffice) -> None:
    """Those who get one more letter have one already, and were nobody's “tất cả”."""
    office = make_office()
    office.send(office.drafted())
    again = office.get(f"{GUI}?don-vi=VP&don-vi=TTra")
    listed = re.findall(r'type="hidden" name="neu" value="(\w+)"', again)
    assert listed == ["VP", "TTra"]
    told = {"tat-ca": "1", "neu": listed, "cach": "Zalo", "ngay": "2024-12-02"}
    assert office.post(f"{GUI}/cach-khac", **told).status_code == 303
    register = read_register(office.campaign.folder, office.campaign.state().campaign.id)
    assert register
    with register:
        assert sorted(one.unit for one in register.handovers()) == ["TTra", "VP"]


def test_a_unit_without_an_address_is_no_error_as_it_is_none_in_step_1(
    make_office: MakeOffice,
) -> None:
    office = make_office(UNITS.replace("p2@a.example", ""))
    office.drafted()
    html = office.get(GUI)
    assert "Phòng Hai chưa có địa chỉ thư điện tử" in html
    assert "LỖI" not in html
    assert office.send(office.drafted()).fate is RunFate.DONE
    assert "Đã gửi xong: 3 đã gửi, 1 đơn vị chưa có địa chỉ thư" in office.get(GUI)


def test_a_mailing_of_which_nothing_went_is_not_called_done(make_office: MakeOffice) -> None:
    office = make_office()
    settings = office.campaign.folder / "thu.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("cong = [0-9]+", "cong = 1", text), encoding="utf-8")
    office.send(office.drafted())
    page = office.get(GUI)
    assert "▲ Chưa gửi được: không thư nào đi được, 4 còn lại" in page
    assert "Đã gửi xong" not in page
    assert "Đã ghi vào" not in page
    assert set(office.states.values()) <= {SendState.NOT_SENT}
    tried = office.run(f"{GUI}/thu-toi", **{"dia-chi": "toi@a.example", "mat-khau": PASSWORD})
    assert tried.outcome == "chưa làm được"


def test_a_second_send_sends_nothing_twice(make_office: MakeOffice) -> None:
    office = make_office()
    seal = office.drafted()
    office.send(seal)
    # The same page sent in again leads back to what became of it.
    again = office.post(REALLY, dau=seal, **{"mat-khau": PASSWORD})
    assert again.headers["location"].endswith(GUI)
    office.run(GUI)
    assert "Đã gửi từ trước, không gửi lại" in office.get(GUI)
    assert office.post(REALLY, dau=seal).headers["location"].endswith(GUI)
    assert len(office.box.messages) == 4


def test_more_than_ten_letters_ask_for_their_number(make_office: MakeOffice) -> None:
    office = make_office(units=UNITS + MANY)
    seal = office.drafted()
    assert "Gõ số thư sẽ gửi (12)" in office.get(REALLY)
    for typed in ("", "11", "mười hai"):
        answer = office.post(REALLY, dau=seal, **{"mat-khau": PASSWORD, "so-thu": typed})
        assert answer.status_code == 422
        assert "Số thư chưa đúng: danh sách có 12 thư" in answer.text
    assert office.box.messages == []
    office.send(seal, **{"so-thu": "12"})
    assert len(office.box.messages) == 12


def test_what_was_not_shown_is_not_sent(make_office: MakeOffice) -> None:
    office = make_office()
    seal = office.drafted()
    answer = office.post(REALLY, dau="khác", **{"mat-khau": PASSWORD})
    assert answer.status_code == 422
    assert "khác danh sách vừa xem" in answer.text
    # A letter that a person edited since the list was looked at.
    letter = office.campaign.output / "cong-van" / "CCHC-2024-P2.docx"
    document = docx.Document(str(letter))
    document.paragraphs[0].add_run(" sửa")
    document.save(str(letter))
    run = office.send(seal)
    assert run.fate is RunFate.FAILED
    assert "danh sách thư đã đổi từ lúc xem" in run.error
    assert "đã đổi sau khi soạn thư" in office.get(GUI)
    assert office.box.messages == []


def test_drafts_of_an_older_workbook_are_made_anew(make_office: MakeOffice) -> None:
    office = make_office()
    seal = office.drafted()
    campaign_file(office.campaign.folder, units=UNITS.replace("p2@a.example", "la@b.example"))
    answer = office.post(REALLY, dau=seal, **{"mat-khau": PASSWORD})
    assert answer.headers["location"].endswith(GUI)
    assert "đã đổi sau khi soạn thư" in office.get(GUI)
    assert office.box.messages == []
    office.send(office.drafted())
    assert ("la@b.example",) in office.box.addresses


def test_settings_that_change_nothing_of_the_letters_ask_once_more(
    make_office: MakeOffice,
) -> None:
    office = make_office()
    office.drafted()
    settings = office.campaign.folder / "thu.toml"
    settings.write_text(settings.read_text("utf-8") + "cho_giay = 9\n", encoding="utf-8")
    assert "đã đổi sau khi soạn thư" in office.get(GUI)
    office.send(office.drafted())
    assert len(office.box.messages) == 4


def test_a_password_is_asked_for_used_once_and_shown_nowhere(make_office: MakeOffice) -> None:
    office = make_office()
    seal = office.drafted()
    assert f"Mật khẩu thư của {USER}" in office.get(REALLY)
    answer = office.post(REALLY, dau=seal)
    assert answer.status_code == 422
    assert "Cần mật khẩu thư" in answer.text
    run = office.send(seal)
    assert PASSWORD not in office.get(GUI) + office.get(REALLY, 303) + repr(run)
    told = (p for p in office.campaign.folder.rglob("*") if p.is_file())
    assert not [p for p in told if PASSWORD.encode() in p.read_bytes()]


def test_a_wrong_password_is_a_sentence_and_sends_nothing(make_office: MakeOffice) -> None:
    office = make_office()
    office.send(office.drafted(), **{"mat-khau": "sai"})
    shown = office.get(GUI)
    assert "mật khẩu" in shown
    assert "Soạn lại những thư chưa đi" in shown
    assert office.box.messages == []
    office.send(office.drafted())
    assert len(office.box.messages) == 4


def test_a_password_that_the_computer_knows_is_not_asked_for(
    make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office()
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
    seal = office.drafted()
    assert 'type="password"' not in office.get(REALLY)
    office.send(seal, **{"mat-khau": ""})
    assert len(office.box.messages) == 4


def test_a_stop_between_letters_leaves_a_true_register(make_office: MakeOffice) -> None:
    office = make_office()
    seal = office.drafted()

    def stop_after_two(taken: int) -> None:
        if taken == 2:
            run = office.desk.runs.running(office.campaign.id)
            assert run
            run.stop_wanted.set()

    office.behaviour.after = stop_after_two
    assert office.send(seal).fate is RunFate.DONE
    office.behaviour.after = lambda taken: None
    shown = office.get(GUI)
    assert "2 đã gửi, 2 còn lại" in shown
    assert "đã dừng theo yêu cầu" in shown
    assert sorted(office.states.values(), key=str) == [SendState.SENT] * 2
    office.send(office.drafted())
    assert len(office.box.messages) == len(set(office.box.ids)) == 4


def test_a_stop_is_heard_while_the_server_is_given_its_time(make_office: MakeOffice) -> None:
    office = make_office(a_minute=1)
    seal = office.drafted()

    def stop_while_it_waits(taken: int) -> None:
        run = office.desk.runs.running(office.campaign.id)
        assert run
        Timer(1, run.stop_wanted.set).start()

    office.behaviour.after = stop_while_it_waits
    assert office.send(seal).fate is RunFate.DONE
    assert "1 đã gửi, 3 còn lại" in office.get(GUI)


def test_missing_settings_are_told_with_what_to_write(make_office: MakeOffice) -> None:
    office = make_office()
    (office.campaign.folder / "thu.toml").unlink()
    assert office.run(GUI).fate is RunFate.DONE
    shown = office.get(GUI)
    assert "Chưa gửi được thư từ máy này" in shown
    assert "Điền máy chủ thư…" in shown
    assert REALLY not in shown
    seal = re.search(r'name="dau" value="(\w+)"', office.get(REALLY))
    assert seal
    answer = office.post(REALLY, dau=seal[1])
    assert (answer.status_code, office.box.messages) == (422, [])


def test_one_letter_goes_to_the_clerk_alone(make_office: MakeOffice) -> None:
    office = make_office()
    office.drafted()
    run = office.run(
        "gui/cong-van/thu-toi", cua="P1", **{"dia-chi": "toi@a.example", "mat-khau": PASSWORD}
    )
    assert office.box.addresses == [("toi@a.example",)]
    assert "Đã gửi thử thư của Phòng Một đến toi@a.example" in office.get(f"viec/{run.id}")
    assert office.states == {}


def test_chosen_units_alone_are_written_to(make_office: MakeOffice) -> None:
    office = make_office()
    office.send(office.drafted(**{"don-vi": ["P1", "P2"]}))
    assert sorted(office.box.addresses) == [("p1@a.example",), ("p2@a.example",)]
    office.send(office.drafted(**{"don-vi": ["P1"], "gui-lai": "1"}))
    assert office.box.addresses.count(("p1@a.example",)) == 2


def test_a_unit_without_an_address_is_told_of(make_office: MakeOffice) -> None:
    office = make_office(units=UNITS.replace("p2@a.example", ""))
    office.drafted()
    assert "Phòng Hai" in office.get(GUI).split("Điều cần biết về các thư")[1]


def test_a_kind_that_is_no_letter_has_no_page(make_office: MakeOffice) -> None:
    office = make_office()
    for path in ("gui/khac", "gui/khac/that", "xem/khac"):
        assert office.clerk.get(f"/d/{office.campaign.id}/{path}").status_code == 404
