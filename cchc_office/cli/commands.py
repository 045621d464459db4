"""The commands. Each is thin: read, take the steps, show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office import campaign as campaigns
from cchc_office.catalogue.findings import Code, Finding, Severity, has_errors, need_a_person
from cchc_office.cli import console, json_output
from cchc_office.cli.group import cli
from cchc_office.cli.options import options_of
from cchc_office.cli.run import (
    DONE,
    NEEDS_A_PERSON,
    NOT_DONE,
    Run,
    appraisals_folder,
    consolidate_into,
    evidence_folder,
    evidence_of,
    mail_folder,
    register_gone,
    register_not_read,
    returns_folder,
    run_of,
)
from cchc_office.cli.vietnamese_click import PATH, VietnameseCommand
from cchc_office.errors import NotSeenError, UsageError
from cchc_office.files.folders import is_file_there
from cchc_office.model import (
    Campaign,
    Comparison,
    Consolidation,
    EarlierReport,
    UnitResult,
)

if TYPE_CHECKING:
    from cchc_office.mail.reminding import ReminderPlan
    from cchc_office.register.history import History
    from cchc_office.results.progress import RoundProgress
    from cchc_office.steps.papers import Due

_WHAT_CAMPAIGN = "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó."


def campaign_command(name: str, *, writes: bool = True) -> Callable[..., Any]:
    """Declare a command over a campaign with the options that all of them have."""

    def declare(function: Callable[[Run], int]) -> click.Command:
        def call(**given: Any) -> int:
            return function(run_of(name, given))

        command = click.command(name, cls=VietnameseCommand, epilog=_WHAT_CAMPAIGN)(call)
        for option in reversed(options_of(name, writes=writes)):
            command = option(command)
        cli.add_command(command)
        return command

    return declare


@cli.command(
    "khoi-tao",
    cls=VietnameseCommand,
)
@click.argument("folder", metavar="THƯ_MỤC", type=PATH)
@click.option(
    "--tu",
    "table",
    metavar="TỆP",
    type=PATH,
    help="Bảng phân công có sẵn (.xlsx, .xlsm, .xlsb, .xls, .ods, .docx).",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def start(folder: Path, table: Path | None, as_json: bool) -> int:
    """Start a campaign folder."""
    started = campaigns.start_campaign(folder, table)
    workbook = started.workbook
    campaign = campaigns.load_campaign(workbook)
    findings = (*started.findings, *campaign.findings)
    status = NEEDS_A_PERSON if need_a_person(findings) else DONE
    if as_json:
        json_output.print_json(
            "khoi-tao",
            status,
            tep_doc=[{"tep": table.as_posix(), "loai": "bang-phan-cong"}] if table else [],
            tep_ghi=[{"tep": workbook.as_posix(), "trang_thai": "mới"}],
            phat_hien=json_output.findings_as_json(findings),
        )
        return status
    console.show_findings(started.findings)
    click.echo(f"Đã tạo {workbook} và thư mục {campaigns.RETURNS_FOLDER}/ để nhận phiếu gửi về.")
    click.echo("Mở tệp này bằng Excel, sửa các trang tính, rồi kiểm tra bằng lệnh:")
    click.echo(f"    cchc kiem-tra {folder}")
    if campaign.findings:
        click.echo(f"Hiện còn {len(campaign.findings)} điều cần điền hoặc sửa.")
    return status


@campaign_command("kiem-tra", writes=False)
def check(run: Run) -> int:
    """Check the campaign workbook and the templates."""
    from cchc_office.papers.templates import (
        check_templates,
        stray_templates,
        templates_in_use,
    )

    campaign = run.load()
    templates = templates_in_use(run.own_templates)
    run.findings += [*check_templates(templates), *stray_templates(run.own_templates)]
    status = NOT_DONE if not campaign.criteria else run.status()
    if run.as_json:
        json_output.print_json(
            run.command,
            status,
            tep_doc=json_output.files_as_json(run.file, None),
            phat_hien=json_output.findings_as_json(tuple(run.findings)),
            mau=json_output.templates_as_json(templates),
            **json_output.campaign_as_json(campaign),
        )
        return status
    console.show_campaign(campaign)
    console.show_understanding(campaign)
    console.show_scoring(campaign)
    console.show_templates(templates)
    console.show_findings(run.findings)
    click.echo(_count_line(tuple(run.findings)))
    return status


@campaign_command("phu-luc")
def table(run: Run) -> int:
    """Write the assignment table."""
    return _papers(run, (_make_table,))


@campaign_command("cong-van")
def dispatches(run: Run) -> int:
    """Write the dispatches."""
    return _papers(run, (_make_dispatches,))


@campaign_command("phieu-cham")
def forms(run: Run) -> int:
    """Write the score workbooks."""
    return _papers(run, (_make_forms,))


@campaign_command("tong-hop")
def report(run: Run) -> int:
    """Read the returns and write the report."""
    return _papers(run, (consolidate_into, _make_report))


@campaign_command("tien-do", writes=False)
def show_progress(run: Run) -> int:
    """Show how far the campaign is on a day."""
    from cchc_office.cli import progress_view
    from cchc_office.results.progress import progress

    campaign = run.load()
    if has_errors(campaign.findings):
        return refuse(run, campaign)
    _check_earlier_file(run)
    try:
        data = consolidate_into(run, campaign)
    except NotSeenError:
        return _show_unseen(run, campaign)
    found, (comparison, about) = progress(data), _compared_progress(run, data)
    status = run.status()
    if run.as_json:
        shown = progress_view.progress_as_json(found, comparison)
        parts = _json_parts(run, campaign) | {"tien_do": shown}
        json_output.print_json(run.command, status, **parts)
        return status
    console.show_campaign(campaign)
    console.show_findings(about)
    progress_view.show_progress(found, comparison)
    click.echo(_count_line(tuple(run.findings)))
    click.echo(f"Báo cáo đầy đủ: cchc tong-hop {run.source}")
    return status


def _show_unseen(run: Run, campaign: Campaign) -> int:
    """Show what was found in what could be looked at, where nothing can be made of it."""
    if run.as_json:
        json_output.print_json(run.command, NOT_DONE, **_json_parts(run, campaign))
        return NOT_DONE
    console.show_campaign(campaign)
    console.show_findings(run.findings)
    _show_why_stopped(run)
    return NOT_DONE


@campaign_command("don-doc")
def reminders(run: Run) -> int:
    """Write the reminders."""
    return _papers(run, (consolidate_into, _make_reminders))


@campaign_command("tham-dinh")
def appraisal(run: Run) -> int:
    """Write the workbook of the reviewers."""
    return _papers(run, (consolidate_into, _make_appraisal))


@campaign_command("giai-trinh")
def explanations(run: Run) -> int:
    """Write the requests to explain and the supplementary forms."""
    _check_explanation_deadline(run)
    return _papers(run, (consolidate_into, _make_explanations))


@campaign_command("chay")
def everything(run: Run) -> int:
    """Do everything that can be done now; of appraisals, follow up those that came back."""
    steps = (_make_table, _make_dispatches, _make_forms)
    follow_up = (_make_report, _make_reminders, _follow_up_appraisals)
    return _papers(run, (*steps, consolidate_into, *follow_up))


_Step = Callable[[Run, Campaign], object]


def _papers(run: Run, steps: tuple[_Step, ...]) -> int:
    """Take the steps, unless errors in the campaign workbook forbid it; show the result."""
    campaign = run.load()
    if has_errors(campaign.findings):
        return refuse(run, campaign)
    run.output.claim(campaign.id)
    if consolidate_into in steps:
        returns_folder(run)
        appraisals_folder(run)
    _check_earlier_file(run)
    try:
        for step in steps:
            step(run, campaign)
    except NotSeenError:
        if not run.stopped:
            raise
    if run.as_pdf:
        _make_pdfs(run)
    _record(run, campaign)
    status = run.status()
    if run.as_json:
        json_output.print_json(run.command, status, **_json_parts(run, campaign))
        return status
    console.show_campaign(campaign)
    console.show_findings(run.findings)
    if run.outcomes:
        console.show_outcomes(run.outcomes, str(run.output.path))
    if run.data:
        console.show_consolidation(run.data, _rounds(run))
    _show_evidence(run)
    click.echo(_count_line(tuple(run.findings)))
    _show_why_stopped(run)
    return status


def _show_evidence(run: Run) -> None:
    from cchc_office.papers.report.evidence import counts_of

    if run.evidence and (run.evidence.files or run.evidence.missing):
        click.echo(f"Minh chứng: {counts_of(run.evidence)}")


def _show_why_stopped(run: Run) -> None:
    if run.stopped:
        console.say(run.stopped, err=True)


def _rounds(run: Run) -> Iterator[RoundProgress]:
    from cchc_office.results.progress import progress_of_rounds

    if run.data and run.returns:
        yield from progress_of_rounds(run.data, run.returns)


def refuse(run: Run, campaign: Campaign) -> int:
    """Show what is wrong with the campaign workbook, which no papers can be made of."""
    if run.as_json:
        json_output.print_json(run.command, NOT_DONE, **_json_parts(run, campaign))
        return NOT_DONE
    console.show_findings(campaign.findings)
    errors = sum(f.severity is Severity.ERROR for f in campaign.findings)
    click.echo(
        f"Chưa tạo tài liệu nào: {run.file.name} còn {errors} lỗi. Sửa các lỗi trên rồi chạy lại."
    )
    return NOT_DONE


def _check_explanation_deadline(run: Run) -> None:
    deadline = run.explanation_deadline
    if deadline and deadline < run.day:
        raise UsageError(
            f"Hạn giải trình {deadline:%d/%m/%Y} đã qua, tính đến ngày {run.day:%d/%m/%Y}. Chọn "
            "một ngày sau đó."
        )


def _check_earlier_file(run: Run) -> None:
    if run.earlier_file and not is_file_there(run.earlier_file):
        raise UsageError(f"Không có tệp {run.earlier_file}.")


def _compared_progress(
    run: Run, data: Consolidation
) -> tuple[Comparison | None, tuple[Finding, ...]]:
    """Return the comparison with the earlier report that was named, and what to know of it.

    Here that may well be an earlier one of the same campaign.
    """
    from cchc_office.steps import papers as steps

    earlier = _earlier(run)
    comparison, findings = steps.compared_with(data, earlier)
    told = tuple(f for f in findings if f.code is not Code.EARLIER_IS_THIS_CAMPAIGN)
    run.findings += told
    return comparison, (*(earlier.findings if earlier else ()), *told)


def _earlier(run: Run) -> EarlierReport | None:
    """Read the earlier report that was named, and take what there is to know of it."""
    if run.earlier_file is None:
        return None
    from cchc_office.returns.earlier import read_earlier

    earlier = read_earlier(run.earlier_file)
    run.findings += earlier.findings
    return earlier


def _json_parts(run: Run, campaign: Campaign) -> dict[str, Any]:
    parts: dict[str, Any] = {"loi": run.stopped} if run.stopped else {}
    parts |= {
        "dot": campaign.id,
        "tep_doc": json_output.files_as_json(run.file, run.returns, run.earlier_file),
        "tep_ghi": json_output.written_as_json(run.outcomes),
        "phat_hien": json_output.findings_as_json(tuple(run.findings)),
    }
    if run.evidence:
        parts["minh_chung"] = json_output.evidence_as_json(run.evidence)
    if run.data:
        parts["tong_hop"] = json_output.consolidation_as_json(run.data, _rounds(run))
    return parts


def _count_line(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "Không có gì cần xem."
    counts = {s: sum(f.severity is s for f in findings) for s in Severity}
    parts = [f"{count} {severity.value.lower()}" for severity, count in counts.items() if count]
    return f"Tất cả: {', '.join(parts)}."


def _make_table(run: Run, campaign: Campaign) -> None:
    from cchc_office.steps import papers as steps

    run.take(steps.write_assignment_table(campaign, run.output, run.profile))


def _make_dispatches(run: Run, campaign: Campaign) -> None:
    from cchc_office.steps import papers as steps

    with console.progress("Công văn", len(campaign.units)) as bar:
        run.take(
            steps.write_dispatches(
                campaign, run.output, run.own_templates, run.profile, on_item=bar
            )
        )


def _make_forms(run: Run, campaign: Campaign) -> None:
    from cchc_office.steps import papers as steps

    with console.progress("Phiếu chấm", len(campaign.units)) as bar:
        run.take(steps.write_forms(campaign, run.output, run.profile, on_item=bar))


def _make_pdfs(run: Run) -> None:
    from cchc_office.steps import papers as steps

    run.take(steps.write_pdfs(run.outcomes, run.output))


def _make_report(run: Run, campaign: Campaign) -> None:  # noqa: ARG001 - a step's signature
    from cchc_office.steps import papers as steps

    if run.data:
        folder, own, earlier = returns_folder(run), run.own_templates, _earlier(run)
        outcome = steps.write_report(
            *(run.data, run.output, folder, run.profile, own, earlier),
            appraisals_folder=appraisals_folder(run),
            evidence=evidence_of(run, run.data),
            evidence_folder=evidence_folder(run),
        )
        run.take(outcome)


def _make_reminders(run: Run, campaign: Campaign) -> None:
    from cchc_office.steps import papers as steps

    if run.data is None:
        return
    # Whoever asks for reminders gets them; "chay" leaves those alone who still have time.
    due = steps.ONCE_OVERDUE if run.command == "chay" else _due(run, campaign)
    units = steps.owing(run.data, due)
    plan = _plan_reminders(run, campaign, units)
    with console.progress("Công văn đôn đốc", len(units)) as bar:
        run.take(
            steps.write_reminders(
                run.data,
                run.output,
                run.own_templates,
                run.profile,
                on_item=bar,
                due=due,
                time=run.reminder_time or plan.numbers,
                leaving_out=() if run.reminder_time else plan.waiting,
                in_short=run.in_short,
            )
        )


def _due(run: Run, campaign: Campaign) -> Due:
    from cchc_office.steps import papers as steps

    wants_days = run.days_left is not None or run.days_over is not None
    if wants_days and campaign.info.deadline is None:
        raise UsageError("Trang Thông tin chưa có mục Hạn nộp, nên chưa tính được số ngày.")
    if run.days_left is not None and run.days_over is not None:
        raise UsageError("Chỉ dùng một trong hai: --truoc-han hoặc --qua-han.")
    return steps.Due(days_left=run.days_left, days_over=run.days_over)


def _make_appraisal(run: Run, campaign: Campaign) -> None:  # noqa: ARG001
    from cchc_office.steps import appraisal as appraisal_steps

    if run.data:
        number, every = run.round or 1, run.every_leaf
        run.take(
            appraisal_steps.write_appraisal(
                run.data,
                run.output,
                number,
                run.profile,
                everything=every,
                evidence=evidence_of(run, run.data),
                evidence_folder=evidence_folder(run),
            )
        )


def _follow_up_appraisals(run: Run, campaign: Campaign) -> None:
    if run.data and run.data.rounds:
        _make_explanations(run, campaign)


def _make_explanations(run: Run, campaign: Campaign) -> None:
    from cchc_office.steps import appraisal as appraisal_steps

    if run.data is None:
        return
    deadline = run.explanation_deadline or campaign.info.explanation_deadline
    with console.progress("Yêu cầu giải trình", len(campaign.units)) as bar:
        run.take(
            appraisal_steps.write_explanations(
                run.data,
                run.output,
                run.round,
                run.own_templates,
                run.profile,
                on_item=bar,
                deadline=deadline,
            )
        )


def _plan_reminders(run: Run, campaign: Campaign, units: Sequence[UnitResult]) -> ReminderPlan:
    """Ask the register how often each unit was reminded; a number that was given goes before it."""
    from cchc_office.mail.reminding import plan_reminders
    from cchc_office.mail.settings import read_mail_settings
    from cchc_office.register.undelivered import undelivered

    settings, _ = read_mail_settings(run.file.parent)
    history = _history(run, campaign)
    reminded = {} if run.reminder_time else history.reminded()
    plan = plan_reminders(units, reminded, run.day, settings.days_between)
    owing = {result.unit.code for result in units}
    run.findings += plan.findings
    run.findings += [f for f in undelivered(campaign, history) if f.unit in owing]
    return plan


def _history(run: Run, campaign: Campaign) -> History:
    """Return what went out so far; a register that cannot be read stops no papers."""
    from cchc_office.register import RegisterError, read_register
    from cchc_office.register.history import History

    try:
        opened = read_register(run.file.parent, campaign.id, mail_folder(run))
        with opened or nullcontext() as register:
            return History.of(register)
    except RegisterError as error:
        register_not_read(run, error)
        return History()


def _record(run: Run, campaign: Campaign) -> None:
    """Record in the register what was made and read, where the campaign folder can be written."""
    from cchc_office.register.recording import record_work

    returns = (run.returns, returns_folder(run)) if run.returns else None
    folder, output = run.file.parent, run.output.path
    gone = register_gone(run, campaign)
    findings = record_work(folder, campaign, run.outcomes, returns, output, run.now)
    told = {finding.code for finding in findings}
    # One that cannot be written, or has learned from the journal what it forgot, is told of.
    if told.isdisjoint((Code.REGISTER_NOT_WRITTEN, Code.REGISTER_LACKS_MAIL)):
        run.findings += gone
    run.findings += findings
