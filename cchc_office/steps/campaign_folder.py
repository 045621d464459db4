"""The campaign folder with the year's jobs as methods: what scripts and the command line call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cchc_office.campaign as campaigns
from cchc_office.campaign import CAMPAIGN_FILE as CAMPAIGN_FILE
from cchc_office.errors import CchcError, UsageError
from cchc_office.model import Question
from cchc_office.papers.kinds import PaperKind, letter_in
from cchc_office.steps import guards
from cchc_office.steps.arguments import checked
from cchc_office.steps.mail_jobs import MailJobs
from cchc_office.steps.opened import OnProgress, Where, as_read, path_of, require_folder
from cchc_office.steps.register_jobs import RegisterJobs
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.steps.brought_back import Checked, HowFar, Made
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.erasing import Erased, PersonalData
    from cchc_office.steps.marking import Marked
    from cchc_office.steps.preview import Preview

_job, _writing_job = guards.job, guards.writing_job


class CampaignFolder(MailJobs, RegisterJobs):
    """Thư mục của một đợt chấm, với mọi việc trong năm.

    The folder of a campaign, with all jobs of the year; `open_campaign` makes it. Each job takes
    the campaign as it was when the folder was opened. A job raises CampaignError where the
    workbook has errors or has changed since (`reload` opens it again), UsageError for a folder that
    is not there or what makes no sense, BusyError for a job that writes while another one does,
    StoppedError where `on_progress` does, CchcError where the output folder is another campaign's
    or nothing can be written; everything else is among the `findings` of what it brings back.
    """

    def __repr__(self) -> str:
        units = len(self.campaign.units)
        return f"<CampaignFolder {self.campaign.id}, {units} đơn vị, {self.folder}>"

    # --- the campaign workbook ---

    def reload(self) -> CampaignFolder:
        """Mở lại đợt chấm này sau khi sửa dot-cham.xlsx, với cùng thư mục, ngày và mật khẩu.

        Return the folder as its files are now; this one stays what it is.
        """
        return replace(self, **as_read(self.file))

    def check(self) -> Checked:
        """Kiểm tra dot-cham.xlsx và các mẫu văn bản (lệnh kiem-tra).

        Check the workbook, the-thuc.toml and the templates; errors are findings, nothing is raised.
        """
        from cchc_office.papers import templates
        from cchc_office.steps.brought_back import Checked

        guards.require_as_opened(self)
        used = templates.templates_in_use(self.own_templates)
        found = templates.check_templates(used)
        return Checked(
            campaign=self.campaign,
            findings=(*self.findings, *found, *templates.stray_templates(self.own_templates)),
            templates=tuple((template.path, template.is_own) for template in used),
        )

    def mark(self) -> Marked:
        """Ghi cạnh dot-cham.xlsx một bản có đánh dấu mọi điều tìm thấy (kiem-tra --danh-dau).

        Check, and write a copy of the workbook in which each finding is a comment and a colour at
        its cell, with a list that leads there; the workbook itself stays. Raises CchcError where it
        cannot be copied or nothing can be written, BusyError where another job is at work.
        """
        from cchc_office.steps import marking

        with guards.alone(self):
            return marking.mark(self, self.check())

    def state(self) -> CampaignState:
        """Xem đợt chấm đang ở đâu: sáu bước của năm, và việc tiếp theo (lệnh dang-dau).

        Tell how the year stands and what is next, from everything that is there, read once; errors
        of the workbook are findings. Nothing is written, and a folder read only is enough.
        """
        from cchc_office.steps import campaign_state

        guards.require_as_opened(self)
        return campaign_state.state_of(self)

    def who_works(self) -> str:
        """Xem ai đang làm việc với đợt chấm này: máy, người dùng, từ lúc nào; "" nếu không ai.

        Tell who is at work at the campaign now: another job would be refused. Nothing is written.
        """
        return guards.who_works(self)

    # --- papers ---

    @_writing_job
    def make_papers(self, *, as_pdf: bool = False) -> Made:
        """Làm bảng phân công, công văn giao việc và phiếu chấm.

        Make the assignment table, the dispatches and the score workbooks. Like all papers they are
        written to the output folder, where a file that a person changed is not overwritten.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.table, papers.dispatches, papers.forms, as_pdf=as_pdf)

    @_writing_job
    def make_table(self, *, as_pdf: bool = False) -> Made:
        """Làm bảng phân công: phu-luc.xlsx, phu-luc.docx (lệnh phu-luc).

        Make the assignment table, the appendix of the dispatch.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.table, as_pdf=as_pdf)

    @_writing_job
    def make_dispatches(self, *, as_pdf: bool = False) -> Made:
        """Làm công văn giao việc cho từng đơn vị (lệnh cong-van).

        Make a task dispatch for each unit that has a part in any row.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.dispatches, as_pdf=as_pdf)

    @_writing_job
    def make_letters(self, kind: str, *, as_pdf: bool = False) -> Made:
        """Làm mọi công văn của một loại, ví dụ "cong-van" (lệnh cùng tên).

        Make all letters of a kind, called by its folder. Raises UsageError where there is none.
        """
        from cchc_office.steps import making, papers

        letter = letter_in(kind)
        stage = papers.all_of(letter, letter.title.capitalize())
        return making.made(self, stage, as_pdf=as_pdf)

    @_writing_job
    def make_forms(self) -> Made:
        """Làm phiếu tự chấm điểm cho từng đơn vị (lệnh phieu-cham).

        Make a score workbook for each unit that has a part in any row with points.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.forms)

    @_writing_job
    def consolidate(self, *, earlier: Where | None = None, as_pdf: bool = False) -> Made:
        """Đọc các phiếu gửi về và tổng hợp: tong-hop.xlsx, bao-cao.docx (lệnh tong-hop).

        Read what came back and make the report, held against the tong-hop.xlsx of an `earlier`
        period; the scores are in `results` of what it brings back.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.report(path_of(earlier)), as_pdf=as_pdf)

    @_job
    def progress(self, *, earlier: Where | None = None) -> HowFar:
        """Xem tiến độ đến ngày `day`: đã chấm bao nhiêu, việc nào quá hạn (lệnh tien-do).

        Tell how far the campaign is; nothing is written.
        """
        from cchc_office.steps import making

        return making.how_far(self, path_of(earlier))

    @_writing_job
    def remind(
        self,
        *,
        number: int | None = None,
        days_left: int | None = None,
        days_over: int | None = None,
        due_only: bool = False,
        in_short: bool = False,
        as_pdf: bool = False,
    ) -> Made:
        """Làm công văn đôn đốc cho từng đơn vị còn nợ (lệnh don-doc).

        Make a reminder for each unit that owes something; the `number` of each is what the register
        tells, unless it is given. With `days_left` only for those that returned nothing and have at
        most so many days, with `days_over` only once the deadline is over for so many; `due_only`
        for none that returned nothing yet and still has time. `in_short` puts a few words for a
        telephone beside each.
        """
        from cchc_office.steps import making, papers
        from cchc_office.steps.owing import Due

        if days_left is not None and days_over is not None:
            raise UsageError("Chỉ dùng một trong hai: số ngày trước hạn hoặc số ngày quá hạn.")
        due = Due(not due_only, days_left, days_over)
        return making.made(self, papers.reminders(due, number, in_short=in_short), as_pdf=as_pdf)

    @_writing_job
    def appraise(self, round: int = 1, *, every_leaf: bool = False) -> Made:  # noqa: A002
        """Làm bảng thẩm định của một lần, cho người thẩm định điền (lệnh tham-dinh).

        Make the reviewers' workbook of a round: the second holds what the first cut or questioned,
        or `every_leaf`.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.appraisal_workbook(round, every_leaf=every_leaf))

    @_writing_job
    def explain(
        self,
        round: int | None = None,  # noqa: A002
        *,
        deadline: dt.date | None = None,
        only: Iterable[str] = (),
        as_pdf: bool = False,
    ) -> Made:
        """Làm công văn yêu cầu giải trình và phiếu giải trình (lệnh giai-trinh).

        Ask each unit to explain what a round (the last) cut or questioned, by `deadline`; `only`
        are codes of units, the letters to others stay.
        """
        from cchc_office.steps import making, papers

        self._require_to_come(deadline or self.campaign.info.explanation_deadline)
        codes = tuple(self.unit(code).code for code in only)
        stage = papers.explanations(round, deadline, only=codes)
        return making.made(self, stage, as_pdf=as_pdf)

    @_writing_job
    def ask_to_explain(
        self,
        questions: Mapping[str, Sequence[Question]],
        *,
        deadline: dt.date | None = None,
        as_pdf: bool = False,
    ) -> Made:
        """Làm công văn yêu cầu giải trình những dòng tự chọn, theo mã đơn vị.

        Ask units, by code, to explain the rows that are named, by id or code, beside what the last
        round asks (before any: as the first round). The questions are kept in tham-dinh/; letters
        and forms are made as by `explain`, and sent so. Raises UsageError for what is no row that
        a unit scores.
        """
        from cchc_office.steps import asking, making

        self._require_to_come(deadline or self.campaign.info.explanation_deadline)
        return making.made(self, asking.questions(questions, deadline), as_pdf=as_pdf)

    def _require_to_come(self, deadline: dt.date | None) -> None:
        if deadline and deadline < self.day:
            raise UsageError(
                f"Hạn giải trình {deadline:%d/%m/%Y} đã qua, tính đến ngày {self.day:%d/%m/%Y}. "
                "Chọn một ngày sau đó."
            )

    @_writing_job
    def do_all(
        self,
        *,
        earlier: Where | None = None,
        deadline: dt.date | None = None,
        as_pdf: bool = False,
    ) -> Made:
        """Làm một lượt mọi văn bản của ngày hôm nay; không gửi, không nhận thư (lệnh chay).

        Make all that can be made now: papers, report, reminders of what is overdue, requests to
        explain (by `deadline`) where an appraisal came back.
        """
        from cchc_office.steps import making, papers
        from cchc_office.steps.owing import ONCE_OVERDUE

        return making.made(
            self,
            papers.table,
            papers.dispatches,
            papers.forms,
            papers.report(path_of(earlier)),
            papers.reminders(ONCE_OVERDUE),
            papers.explanations(deadline=deadline, if_appraised=True),
            as_pdf=as_pdf,
        )

    @_writing_job
    def take_back(self) -> Made:
        """Lấy lại các tệp mà lần chạy trước đã thay (lệnh lay-lai); làm lần nữa thì như cũ.

        Put back what the last run replaced or moved away, but for what a person changed since.
        Raises UsageError where there is nothing.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.take_back)

    @_writing_job
    def choose_versions(self, files: Collection[str] = (), *, take_new: bool = False) -> Made:
        """Giữ bản đã sửa tay của các văn bản, hay lấy bản mới bên cạnh (lệnh chon-ban).

        Keep what a person made of the `files`, named by their places below the output folder or by
        their names, or `take_new` the versions beside them; the others go to the archive. Without
        files it tells which have two versions. Raises UsageError for a file that has not.
        """
        from cchc_office.steps import making, papers

        return making.made(self, papers.chosen_versions(files, take_new=take_new))

    def personal_data(self, *, everything: bool = False) -> PersonalData:
        """Xem dữ liệu cá nhân của đợt chấm nằm ở đâu (lệnh xoa-du-lieu); không xoá gì.

        Return what lies where in the campaign folder, and what of it would be erased: with
        `everything` the workbook, own templates and results too. Errors of the workbook matter not.
        """
        from cchc_office.steps import erasing

        return erasing.personal_data(self, everything=everything)

    def erase_personal_data(self, seen: PersonalData) -> Erased:
        """Xoá dữ liệu cá nhân đã xem (lệnh xoa-du-lieu --xoa); không lấy lại được.

        Erase the files that `personal_data` told of, and nothing that came since; what cannot be
        erased is among the findings. Raises BusyError while another job is at work.
        """
        from cchc_office.steps import erasing

        with guards.alone(self):
            return erasing.erase(self, seen)

    @_job
    def preview_letter(
        self,
        kind: str | PaperKind,
        unit: str,
        *,
        as_pdf: bool = False,
        round: int | None = None,  # noqa: A002
        deadline: dt.date | None = None,
        seen: CampaignState | None = None,
    ) -> Preview:
        """Xem trước công văn của một đơn vị, với thể thức của nó; không ghi gì (--xem).

        Build the letter of a kind to the unit of this code as it would be made now, and hold it
        against Decree 30; nothing is written. With `as_pdf` LibreOffice makes a PDF of it. What was
        `seen` of returns a moment ago, with `state`, is not read again.
        """
        from cchc_office.steps import preview

        self._require_to_come(deadline)
        shown = preview.preview(
            self, letter_in(kind), self.unit(unit), round_=round, deadline=deadline, seen=seen
        )
        return shown.with_pdf() if as_pdf else shown


@checked
def open_campaign(
    path: Where = ".",
    *,
    output: Where | None = None,
    returns: Where | None = None,
    appraisals: Where | None = None,
    day: dt.date | None = None,
    passwords: Sequence[str] = (),
    on_progress: OnProgress | None = None,
    ask_password: Callable[[str], str] | None = None,
) -> CampaignFolder:
    """Mở thư mục của một đợt chấm (hoặc tệp dot-cham.xlsx trong đó) để làm các việc trong năm.

    Open a campaign: read its workbook and the office's the-thuc.toml, once. Papers go to `output`,
    by itself that of the campaign, or of where we are if the campaign has none; `returns` and
    `appraisals` name other folders than nhan-ve/ and tham-dinh/ beside the workbook; jobs are
    done as of `day` (today). `passwords` are tried on locked returns. `on_progress` is called with
    what is being done, how much is done, and of how much; `ask_password` with the name of a mail
    account. Raises CampaignError where there is no workbook that can be read, UsageError where a
    folder was named that is not there.
    """
    file = campaigns.find_campaign_file(Path(path))
    for named in (returns, appraisals):
        if named is not None:
            require_folder(Path(named))
    given = as_read(file) | ({"on_progress": on_progress} if on_progress else {})
    return CampaignFolder(
        output=path_of(output) or campaigns.usual_output(file),
        returns=path_of(returns) or file.parent / campaigns.RETURNS_FOLDER,
        appraisals=path_of(appraisals) or file.parent / campaigns.APPRAISALS_FOLDER,
        day=day or dt.datetime.now(tz=VIETNAM).date(),
        passwords=tuple(passwords),
        ask_password=ask_password,
        **given,
    )


def is_campaign(path: Path) -> bool:
    """Tell whether a campaign can be opened at `path`."""
    try:
        return bool(campaigns.find_campaign_file(path))
    except CchcError:
        return False
