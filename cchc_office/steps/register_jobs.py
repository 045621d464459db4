"""The jobs of the register: where each unit stands, and what persons say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from cchc_office.model import Decision
from cchc_office.papers.kinds import DISPATCH, PaperKind, letter_in
from cchc_office.steps import guards
from cchc_office.steps.opened import Opened

if TYPE_CHECKING:
    from cchc_office.steps.record_keeping import Rebuilt, Recorded, Struck, Unsettled
    from cchc_office.steps.standings import Standings
    from cchc_office.steps.verdicts import DifferingCopies, Judged

_job, _writing_job = guards.job, guards.writing_job


class RegisterJobs(Opened):
    """What a `CampaignFolder` does with the register."""

    @_job
    def standings(self, *, as_sheet: bool = False) -> Standings:
        """Xem sổ theo dõi: đơn vị nào đã được giao gì, gửi về gì, còn nợ gì (lệnh so).

        Tell where each unit stands; `as_sheet` also writes so-theo-doi.xlsx.
        """
        from cchc_office.steps import standings

        with guards.alone(self) if as_sheet else nullcontext():
            return standings.standings(self, as_sheet=as_sheet)

    @_job
    def unsettled(self, named: Sequence[str] = ()) -> Unsettled:
        """Xem thư không rõ đã đến chưa và phiếu chưa rõ ai gửi (lệnh so xu-ly).

        Tell what waits for a person's word; of messages only those named, by unit or Message-ID.
        """
        from cchc_office.steps import record_keeping

        return record_keeping.unsettled(self, named)

    @_writing_job
    def settle(self, named: Sequence[str], *, arrived: bool) -> Unsettled:
        """Ghi lại rằng các thư không rõ đã đến, hay không đến.

        Record what was found out of messages, named by unit or Message-ID.
        """
        from cchc_office.steps import record_keeping

        return record_keeping.settle(self, named, arrived=arrived)

    @_writing_job
    def confirm_senders(self, files: Sequence[str]) -> Unsettled:
        """Ghi lại rằng các tệp trong nhan-ve đúng là của đơn vị gửi.

        Record that files from unknown addresses are the units' own.
        """
        from cchc_office.steps import record_keeping

        return record_keeping.confirm_senders(self, files)

    @_writing_job
    def accept_returns(self, named: Sequence[str]) -> Judged:
        """Ghi rằng phiếu gửi về đã xem và nhận, theo mã đơn vị hoặc tên tệp (lệnh so nhan).

        Record that forms were looked at and are taken; a form that comes later is open again.
        """
        from cchc_office.steps import verdicts

        return verdicts.judge(self, named, Decision.TAKEN)

    @_writing_job
    def send_back_returns(self, named: Sequence[str], reason: str) -> Judged:
        """Ghi rằng phiếu bị trả lại, và vì sao; đơn vị còn nợ phiếu sửa (lệnh so tra-lai).

        Record that forms, by unit or file, go back and why: it stands in the reminder until another
        form comes. Their scores count until then. Raises UsageError without a reason.
        """
        from cchc_office.steps import verdicts

        return verdicts.judge(self, named, Decision.SENT_BACK, reason)

    @_job
    def differing_copies(self) -> DifferingCopies:
        """Xem đơn vị nào gửi nhiều bản khác nhau, khác ở đâu (lệnh so chon, không nêu tệp).

        Tell where several forms of one unit say different things, cell by cell.
        """
        from cchc_office.steps import verdicts

        return verdicts.copies(self)

    @_writing_job
    def choose_return(self, file: str) -> Judged:
        """Chọn bản phiếu được tính khi đơn vị gửi nhiều bản khác nhau (lệnh so chon).

        Record that the form in a file counts for its unit and those that differ do not, though
        saved later. Nothing is moved; what comes later is told of as any other form.
        """
        from cchc_office.steps import verdicts

        return verdicts.choose(self, file)

    @_writing_job
    def set_files_aside(self, files: Sequence[str], reason: str = "") -> Judged:
        """Để sang bên tệp gửi về không dùng được, không phải xem nữa (lệnh so de-sang-ben).

        Record that files which are nobody's forms are of no use. Nothing is moved or deleted; a
        file that is changed is looked at again. Raises UsageError for a form.
        """
        from cchc_office.steps import verdicts

        return verdicts.set_aside(self, files, reason)

    @_writing_job
    def record_handover(
        self,
        units: Sequence[str],
        way: str,
        *,
        kind: str | PaperKind = DISPATCH,
        number: int | None = None,
        day: dt.date | None = None,
    ) -> Recorded:
        """Ghi rằng các đơn vị đã được giao văn bản bằng cách khác: Zalo, giấy… (lệnh so ghi).

        Record that units, by code, have papers of a kind by another `way`, on a `day` (today).
        """
        from cchc_office.steps import record_keeping

        return record_keeping.record_handover(
            self, units, way, kind=letter_in(kind), number=number, day=day
        )

    @_job
    def strike(self, names: Sequence[str] = ()) -> Struck:
        """Gạch bỏ điều đã ghi nhầm, theo số như G1; không nêu số thì chỉ xem (lệnh so xoa).

        Strike out what a person recorded by mistake; the register keeps a trace of it.
        """
        from cchc_office.steps import record_keeping

        with guards.alone(self) if names else nullcontext():
            return record_keeping.strike(self, names)

    @_writing_job
    def rebuild_register(self) -> Rebuilt:
        """Dựng lại sổ bị hỏng hay mất từ nhật ký gửi và bản sao các thư (lệnh so dung-lai).

        Make the register again; what was damaged is put aside.
        """
        from cchc_office.steps import record_keeping

        return record_keeping.rebuild(self)
