"""The commands. Each is thin: read, take the steps, show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from cchc_office import campaign as campaigns
from cchc_office.cli import console, json_output
from cchc_office.cli.options import options_of
from cchc_office.cli.vietnamese_click import VietnameseCommand, VietnameseGroup
from cchc_office.documents.decree30 import DEFAULT_PROFILE, Profile
from cchc_office.documents.profile_file import read_profile
from cchc_office.errors import UsageError
from cchc_office.files import Outcome, OutputFolder
from cchc_office.findings import Finding, Severity, has_errors, need_a_person
from cchc_office.model import Campaign, Consolidation, Returns
from cchc_office.resources import templates_folder

_DONE, _NEEDS_A_PERSON, _NOT_DONE = 0, 1, 3
_OWN_TEMPLATES = "templates"
_WHAT_CAMPAIGN = "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó."


@dataclass
class _Run:
    """One call of a command: where it reads and writes, and what came of it so far."""

    command: str
    source: Path
    output: OutputFolder
    as_json: bool
    as_pdf: bool
    day: dt.date
    returns_folder: Path | None = None
    reminder_time: int = 1
    appraisals_folder: Path | None = None
    round: int | None = None
    every_leaf: bool = False
    explanation_deadline: dt.date | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    outcomes: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    returns: Returns | None = None
    data: Consolidation | None = None
    profile: Profile = DEFAULT_PROFILE

    @property
    def file(self) -> Path:
        return campaigns.find_campaign_file(self.source)

    @property
    def own_templates(self) -> Path:
        return self.file.parent / _OWN_TEMPLATES

    def load(self) -> Campaign:
        campaign = campaigns.load_campaign(self.source)
        self.findings += campaign.findings
        self.profile, findings = read_profile(self.file.parent)
        self.findings += findings
        return campaign

    def take(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.findings += outcome.findings

    def status(self) -> int:
        findings = tuple(self.findings)
        nothing_written = not any(outcome.written for outcome in self.outcomes)
        if has_errors(findings) and (nothing_written and self.outcomes):
            return _NOT_DONE
        return _NEEDS_A_PERSON if need_a_person(findings) else _DONE


def _campaign_command(name: str, help_text: str, *, writes: bool = True) -> Callable[..., Any]:
    """Declare a command over a campaign with the options that all of them have."""

    def declare(function: Callable[[_Run], int]) -> click.Command:
        def call(**given: Any) -> int:
            run = _Run(
                name,
                given["campaign"],
                OutputFolder(given.get("output") or Path("output")),
                given["as_json"],
                given.get("as_pdf", False),
                given.get("day") or dt.datetime.now(tz=_local_zone()).date(),
                given.get("returns_folder"),
                given.get("reminder_time", 1),
                given.get("appraisals_folder"),
                given.get("round"),
                given.get("every_leaf", False),
                given.get("explanation_deadline"),
                _asked_for(given.get("passwords", ())),
            )
            return function(run)

        command = click.command(name, cls=VietnameseCommand, help=help_text, epilog=_WHAT_CAMPAIGN)(
            call
        )
        for option in reversed(options_of(name, writes=writes)):
            command = option(command)
        cli.add_command(command)
        return command

    return declare


_ASK = "?"


def _asked_for(passwords: tuple[str, ...]) -> tuple[str, ...]:
    """Return the passwords, asking for each that shall not stand in the shell's history."""
    return tuple(
        click.prompt("Mật khẩu của phiếu", hide_input=True, err=True) if given == _ASK else given
        for given in passwords
    )


def _local_zone() -> dt.tzinfo | None:
    return dt.datetime.now(dt.UTC).astimezone().tzinfo


@click.group(
    cls=VietnameseGroup,
    help="Chỉ số cải cách hành chính: từ một tệp Excel ra mọi văn bản, đọc lại mọi phiếu gửi về.",
)
@click.version_option(package_name="cchc-office", message="cchc %(version)s", help="Phiên bản.")
def cli() -> None:
    """Hold the commands together."""


@cli.command(
    "khoi-tao",
    cls=VietnameseCommand,
    help="Tạo thư mục cho một đợt chấm, từ tệp mẫu hoặc từ bảng phân công có sẵn.",
)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--tu",
    "table",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Bảng phân công có sẵn (.xlsx, .docx).",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def start(folder: Path, table: Path | None, as_json: bool) -> int:
    """Start a campaign folder."""
    workbook = campaigns.start_campaign(folder, table)
    campaign = campaigns.load_campaign(workbook)
    status = _NEEDS_A_PERSON if need_a_person(campaign.findings) else _DONE
    if as_json:
        json_output.print_json(
            "khoi-tao",
            status,
            tep_doc=[{"tep": table.as_posix(), "loai": "bang-phan-cong"}] if table else [],
            tep_ghi=[{"tep": workbook.as_posix(), "trang_thai": "mới"}],
            phat_hien=json_output.findings_as_json(campaign.findings),
        )
        return status
    click.echo(f"Đã tạo {workbook} và thư mục {campaigns.RETURNS_FOLDER}/ để nhận phiếu gửi về.")
    click.echo("Mở tệp này bằng Excel, sửa ba trang tính, rồi kiểm tra bằng lệnh:")
    click.echo(f"    cchc kiem-tra {folder}")
    if campaign.findings:
        click.echo(f"Hiện còn {len(campaign.findings)} điều cần điền hoặc sửa.")
    return status


@_campaign_command(
    "kiem-tra",
    "Kiểm tra dot-cham.xlsx và các mẫu công văn, cho xem phân công và cách chấm được hiểu thế nào.",
    writes=False,
)
def check(run: _Run) -> int:
    """Check the campaign workbook and the templates."""
    from cchc_office.documents.templates_in_use import (
        check_templates,
        stray_templates,
        templates_in_use,
    )

    campaign = run.load()
    templates = templates_in_use(run.own_templates, templates_folder())
    run.findings += [*check_templates(templates), *stray_templates(run.own_templates)]
    status = _NOT_DONE if not campaign.criteria else run.status()
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


@_campaign_command("phu-luc", "Bảng phân công: phu-luc.xlsx và phu-luc.docx.")
def table(run: _Run) -> int:
    """Write the assignment table."""
    return _papers(run, (_make_table,))


@_campaign_command("cong-van", "Công văn giao việc cho từng đơn vị.")
def dispatches(run: _Run) -> int:
    """Write the dispatches."""
    return _papers(run, (_make_dispatches,))


@_campaign_command("phieu-cham", "Phiếu tự chấm điểm cho từng đơn vị.")
def forms(run: _Run) -> int:
    """Write the score workbooks."""
    return _papers(run, (_make_forms,))


@_campaign_command("tong-hop", "Đọc các phiếu gửi về và tổng hợp: tong-hop.xlsx, bao-cao.docx.")
def report(run: _Run) -> int:
    """Read the returns and write the report."""
    return _papers(run, (_consolidate, _make_report))


@_campaign_command("don-doc", "Công văn đôn đốc cho từng đơn vị còn nợ, nêu rõ còn nợ gì.")
def reminders(run: _Run) -> int:
    """Write the reminders."""
    return _papers(run, (_consolidate, _make_reminders))


@_campaign_command("tham-dinh", "Bảng thẩm định điểm các đơn vị tự chấm: tham-dinh-lan-1.xlsx.")
def appraisal(run: _Run) -> int:
    """Write the workbook of the reviewers."""
    return _papers(run, (_consolidate, _make_appraisal))


@_campaign_command(
    "giai-trinh",
    "Công văn yêu cầu giải trình và phiếu giải trình cho từng đơn vị bị giảm điểm hoặc bị hỏi.",
)
def explanations(run: _Run) -> int:
    """Write the requests to explain and the supplementary forms."""
    return _papers(run, (_consolidate, _make_explanations))


@_campaign_command("chay", "Làm tất cả các việc trên; thẩm định thì chỉ làm tiếp phần giải trình.")
def everything(run: _Run) -> int:
    """Do everything that can be done now; of appraisals, follow up those that came back."""
    steps = (_make_table, _make_dispatches, _make_forms)
    follow_up = (_make_report, _make_reminders, _follow_up_appraisals)
    return _papers(run, (*steps, _consolidate, *follow_up))


_Step = Callable[[_Run, Campaign], None]


def _papers(run: _Run, steps: tuple[_Step, ...]) -> int:
    """Take the steps, unless errors in the campaign workbook forbid it; show the result."""
    campaign = run.load()
    if has_errors(campaign.findings):
        return _refuse(run, campaign)
    run.output.claim(campaign.id)
    if _consolidate in steps:
        _returns_folder(run)
        _appraisals_folder(run)
    for step in steps:
        step(run, campaign)
    if run.as_pdf:
        _make_pdfs(run)
    status = run.status()
    if run.as_json:
        json_output.print_json(run.command, status, **_json_parts(run, campaign))
        return status
    console.show_campaign(campaign)
    console.show_findings(run.findings)
    console.show_outcomes(run.outcomes, str(run.output.path))
    if run.data:
        console.show_consolidation(run.data)
    click.echo(_count_line(tuple(run.findings)))
    return status


def _refuse(run: _Run, campaign: Campaign) -> int:
    if run.as_json:
        json_output.print_json(run.command, _NOT_DONE, **_json_parts(run, campaign))
        return _NOT_DONE
    console.show_findings(campaign.findings)
    errors = sum(f.severity is Severity.ERROR for f in campaign.findings)
    click.echo(
        f"Chưa tạo tài liệu nào: {run.file.name} còn {errors} lỗi. Sửa các lỗi trên rồi chạy lại."
    )
    return _NOT_DONE


def _json_parts(run: _Run, campaign: Campaign) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "dot": campaign.id,
        "tep_doc": json_output.files_as_json(run.file, run.returns),
        "tep_ghi": json_output.written_as_json(run.outcomes),
        "phat_hien": json_output.findings_as_json(tuple(run.findings)),
    }
    if run.data:
        parts["tong_hop"] = json_output.consolidation_as_json(run.data)
    return parts


def _count_line(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "Không có gì cần xem."
    counts = {s: sum(f.severity is s for f in findings) for s in Severity}
    parts = [f"{count} {severity.value.lower()}" for severity, count in counts.items() if count]
    return f"Tất cả: {', '.join(parts)}."


def _make_table(run: _Run, campaign: Campaign) -> None:
    from cchc_office import steps

    run.take(steps.write_assignment_table(campaign, run.output, run.profile))


def _make_dispatches(run: _Run, campaign: Campaign) -> None:
    from cchc_office import steps

    with console.progress("Công văn", len(campaign.units)) as bar:
        run.take(
            steps.write_dispatches(
                campaign, run.output, run.own_templates, run.profile, on_item=bar
            )
        )


def _make_forms(run: _Run, campaign: Campaign) -> None:
    from cchc_office import steps

    with console.progress("Phiếu chấm", len(campaign.units)) as bar:
        run.take(steps.write_forms(campaign, run.output, run.profile, on_item=bar))


def _make_pdfs(run: _Run) -> None:
    from cchc_office import steps

    run.take(steps.write_pdfs(run.outcomes, run.output))


def _returns_folder(run: _Run) -> Path:
    """Return where the returns are; the usual place may be missing, one that was named may not."""
    return _folder(run.returns_folder, run.file.parent / campaigns.RETURNS_FOLDER)


def _appraisals_folder(run: _Run) -> Path:
    """Return where the reviewers' workbooks are; the usual place may be missing."""
    return _folder(run.appraisals_folder, run.file.parent / campaigns.APPRAISALS_FOLDER)


def _folder(named: Path | None, usual: Path) -> Path:
    folder = named or usual
    if folder.is_dir() or (named is None and not folder.exists()):
        return folder
    raise UsageError(f"Không có thư mục {folder}.")


def _consolidate(run: _Run, campaign: Campaign) -> None:
    from cchc_office.scoring import consolidate, gather_returns, read_returns, return_files

    folders = [_returns_folder(run), _appraisals_folder(run)]
    if folders[0].resolve() == folders[1].resolve():
        folders.pop()
    with console.progress("Đọc phiếu gửi về", sum(len(return_files(f)) for f in folders)) as bar:
        results = []
        for folder in folders:
            for result in read_returns(folder, campaign, passwords=run.passwords):
                results.append(result)
                bar(result)
    run.returns = gather_returns(results, campaign)
    run.data = consolidate(campaign, run.returns, as_of=run.day)
    run.findings += [f for f in run.data.findings if f not in campaign.findings]


def _make_report(run: _Run, campaign: Campaign) -> None:  # noqa: ARG001 - a step's signature
    from cchc_office import steps

    if run.data:
        folder = _returns_folder(run)
        run.take(steps.write_report(run.data, run.output, folder, run.profile, run.own_templates))


def _make_reminders(run: _Run, campaign: Campaign) -> None:  # noqa: ARG001
    from cchc_office import steps

    if run.data is None:
        return
    # Whoever asks for reminders gets them; "chay" leaves those alone who still have time.
    early = run.command != "chay"
    units = steps.owing(run.data, before_deadline=early)
    with console.progress("Công văn đôn đốc", len(units)) as bar:
        run.take(
            steps.write_reminders(
                run.data,
                run.output,
                run.own_templates,
                run.profile,
                on_item=bar,
                before_deadline=early,
                time=run.reminder_time,
            )
        )


def _make_appraisal(run: _Run, campaign: Campaign) -> None:  # noqa: ARG001
    from cchc_office import appraisal_steps

    if run.data:
        number, every = run.round or 1, run.every_leaf
        run.take(
            appraisal_steps.write_appraisal(
                run.data, run.output, number, run.profile, everything=every
            )
        )


def _follow_up_appraisals(run: _Run, campaign: Campaign) -> None:
    if run.data and run.data.rounds:
        _make_explanations(run, campaign)


def _make_explanations(run: _Run, campaign: Campaign) -> None:
    from cchc_office import appraisal_steps

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
