"""The jobs of what goes out to units and what comes back, by mail and by other ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cchc_office.errors import UsageError
from cchc_office.papers.kinds import PaperKind, letter_in
from cchc_office.steps import guards
from cchc_office.steps.opened import Opened, Where, path_of

if TYPE_CHECKING:
    from cchc_office.steps.fetching import Fetched
    from cchc_office.steps.given_file import GivenFile
    from cchc_office.steps.mail_access import MailAccess
    from cchc_office.steps.mail_setup import MailSetup
    from cchc_office.steps.mail_trial import MailTried
    from cchc_office.steps.mailing import Confirm, Mailed, Tried
    from cchc_office.steps.receiving import Received
    from cchc_office.steps.signing import SignedTaken

_job, _writing_job = guards.job, guards.writing_job


class MailJobs(Opened):
    """What a `CampaignFolder` does with letters and returns."""

    def mail_access(self, *, incoming: bool = False) -> MailAccess:
        """Xem thu.toml đã đủ để gửi, hay nhận (`incoming`), và có phải hỏi mật khẩu không.

        Tell how mail goes out, or where it comes in, and what is missing for that; no server is
        asked.
        """
        from cchc_office.steps import mail_access

        return mail_access.mail_access(self, incoming=incoming)

    def mail_setup(self) -> MailSetup:
        """Xem thu.toml đang ghi gì, từng mục, để sửa; mật khẩu không bao giờ được đưa ra.

        Tell what the file says of mail, setting by setting, and what is wrong in it. Raises
        CchcError where it cannot be opened.
        """
        from cchc_office.steps import mail_setup

        return mail_setup.mail_setup(self)

    @_writing_job
    def set_up_mail(
        self, settings: Mapping[str, str], *, instead_of: str | None = None
    ) -> MailAccess:
        """Ghi các mục ("gui.may_chu", …) vào thu.toml, tạo tệp nếu chưa có; "" là bỏ mục ấy.

        Write settings by their names in the file, "" to leave one out; other lines stay, comments
        too. Passwords are kept nowhere. Raises UsageError, with nothing written, for what cannot
        stand there, or where the file is no longer the one whose `seal` is `instead_of`.
        """
        from cchc_office.steps import mail_setup

        return mail_setup.set_up_mail(self, settings, instead_of=instead_of)

    def try_mail(self, *, incoming: bool = False) -> MailTried:
        """Nối thử với máy chủ gửi, hay nhận (`incoming`), của thu.toml; không gửi, không lấy gì.

        Connect and log in as for sending, or for fetching, and no more (gui --thu-noi, nhan
        --thu-noi).
        """
        from cchc_office.steps import mail_trial

        return mail_trial.try_mail(self, incoming=incoming)

    @_job
    def send(
        self,
        kind: str | PaperKind,
        *,
        for_real: bool = False,
        only: Iterable[str] = (),
        again: bool = False,
        accepts_old: bool = False,
        accepts_scans: bool = False,
        round: int | None = None,  # noqa: A002
        deadline: dt.date | None = None,
        confirm: Confirm | None = None,
    ) -> Mailed:
        """Soạn thư gửi từng đơn vị; chỉ gửi khi `for_real`, không gửi hai lần (lệnh gui).

        Make the messages of a kind ("cong-van", "don-doc", "giai-trinh") as drafts in the output
        folder and, `for_real`, send each once: intent and a copy are on the disk first. `only` are
        codes of units, which get one more with `again`; `accepts_old` lets papers out that were
        edited in an old version, `accepts_scans` signed copies that no machine can read. `confirm`
        is shown the messages before any goes out.
        """
        from cchc_office.steps import mailing

        units = tuple(only)
        if again and not units:
            raise UsageError(
                "Chưa nói gửi lại cho đơn vị nào: gửi lại (--gui-lai) cần nêu các đơn vị (--chi)."
            )
        batch = mailing.Batch(
            kind=letter_in(kind),
            only=units,
            again=again,
            accepts_old=accepts_old,
            accepts_scans=accepts_scans,
            round=round,
            deadline=deadline,
        )
        with guards.alone(self) as lock:
            return mailing.send(self, batch, lock, for_real=for_real, confirm=confirm)

    @_writing_job
    def take_signed(
        self, kind: str | PaperKind, signed: Sequence[Where | GivenFile]
    ) -> SignedTaken:
        """Đặt các bản PDF đã ký cạnh công văn của từng đơn vị, để gửi thay bản Word.

        Lay each signed copy of a letter of a kind beside it, under its name: whose it is is told by
        what it says, else by its own name. What is neither is told of. Raises UsageError where
        there is no file, or no letter.
        """
        from cchc_office.steps import signing

        return signing.take_signed(self, letter_in(kind), signed)

    @_job
    def send_to_oneself(
        self,
        kind: str | PaperKind,
        address: str,
        *,
        only: Iterable[str] = (),
        accepts_old: bool = False,
        accepts_scans: bool = False,
        round: int | None = None,  # noqa: A002
        deadline: dt.date | None = None,
    ) -> Tried:
        """Gửi thử một thư đến địa chỉ của chính mình; sổ không ghi gì (lệnh gui --thu-toi).

        Send the first message, or that of the unit in `only`, to `address` for a look.
        """
        from cchc_office.steps import mailing

        batch = mailing.Batch(
            kind=letter_in(kind),
            only=tuple(only),
            accepts_old=accepts_old,
            accepts_scans=accepts_scans,
            round=round,
            deadline=deadline,
        )
        return mailing.send_to_oneself(self, batch, address)

    @_job
    def mail_text(self, unit: str, kind: str | PaperKind, attachments: Sequence[str] = ()) -> str:
        """Trả về nội dung thư gửi một đơn vị, với tên các tệp gửi kèm.

        Return the text of a message of this kind to the unit of this code.
        """
        from cchc_office.steps import mailing

        return mailing.text_of(self, self.unit(unit), letter_in(kind), attachments)

    @_writing_job
    def fetch(
        self,
        *,
        messages: Where | None = None,
        since: dt.date | None = None,
        again: bool = False,
        into: Where | None = None,
    ) -> Fetched:
        """Lấy các phiếu gửi về qua thư, lưu vào nhan-ve; mỗi thư một lần (lệnh nhan).

        Fetch what units sent back: from the mailbox that thu.toml names, or from the saved
        `messages` in a folder, `since` a day. The mailbox is only read. Returns go `into` a folder.
        With `again` messages are looked at again whose files could not all be taken.
        """
        from cchc_office.steps import fetching

        return fetching.fetch(
            self, messages=path_of(messages), since=since, again=again, into=path_of(into)
        )

    @guards.saving_job
    def receive(
        self, received: Sequence[Where | GivenFile], *, is_day_named: bool = False
    ) -> Received:
        """Nhận các phiếu đến bằng cách khác (Zalo, USB), lưu vào nhan-ve (lệnh nhan-tep).

        Save returns that did not come by mail, whole, over nothing: forms into the folder of
        returns, the reviewers' workbooks into theirs; and read them. A folder stands for the files
        in it, a GivenFile for one whose content is at hand. Files are taken while other jobs are
        at work, too: they go over nothing; and where the workbook has errors, though they cannot
        be read then. They came on the day of the job, if no earlier one is known of them; where
        a person named that day (`is_day_named`) it goes before any other that was recorded so.
        Raises UsageError for what is not there.
        """
        from cchc_office.steps import receiving

        return receiving.receive(self, received, is_day_named=is_day_named)
