"""What the clerk sees: findings, what was written, how each assignment was understood."""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import click

from cchc_office.catalogue.findings import Finding, FindingCode, Severity
from cchc_office.cli.saying import say as say
from cchc_office.errors import CchcError
from cchc_office.model import (
    Campaign,
    Consolidation,
    Criterion,
    Points,
    Role,
    UnitState,
    scored_rows,
)
from cchc_office.steps.scoring_outline import ScoringOutline, scoring_outline
from cchc_office.steps.tree_outline import TreeOutline
from cchc_office.text import figures
from cchc_office.text.cell_runs import cell_runs
from cchc_office.text.vietnamese import clean_line

if TYPE_CHECKING:
    from cchc_office.steps.brought_back import Checked, Made
    from cchc_office.steps.values import RoundProgress

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MOST_ALIKE_SHOWN = 4
_MOST_RULES_SHOWN = 15
_MOST_NOT_GIVEN_SHOWN = 3


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings, the gravest first, each with what to do.

    Of many alike in one file the first are printed whole, the others by their cells. What is
    advised alike for neighbours is said once, below them.
    """
    order = list(Severity)
    alike: dict[tuple[int, FindingCode, str], list[Finding]] = {}
    for finding in findings:
        key = (order.index(finding.severity), finding.code, finding.file)
        alike.setdefault(key, []).append(finding)
    for key in sorted(alike, key=lambda k: k[0]):
        _show_alike(alike[key])
    if alike:
        click.echo()


def show_news(findings: Sequence[Finding], before: Collection[Finding]) -> None:
    """Print the findings that the runs before did not tell, and count those that they did."""
    show_findings(finding for finding in findings if finding not in before)
    if not before:
        return
    told = [finding for finding in findings if finding in before]
    counts = {s: sum(f.severity is s for f in told) for s in Severity}
    counted = ", ".join(f"{n} {s.value.lower()}" for s, n in counts.items() if n)
    say(
        f"Lần trước đã nêu, nay vẫn còn: {counted}. Xem lại: kiem-tra; về phiếu gửi về thì trang "
        "Cần xem của tong-hop.xlsx."
    )
    click.echo()


def _show_alike(findings: list[Finding]) -> None:
    most = _MOST_ALIKE_SHOWN if len(findings) > _MOST_ALIKE_SHOWN + 1 else len(findings)
    for finding, following in zip(findings[:most], [*findings[1:most], None], strict=True):
        label = click.style(finding.severity.value, fg=_COLORS[finding.severity], bold=True)
        place = f"  {finding.place}" if finding.place else ""
        click.echo(f"{label}{place}")
        say(finding.sentence, "    ")
        if following is None or following.advice != finding.advice:
            say(f"→ {finding.advice}  [{finding.code.slug}]", "    ", "      ")
    rest = findings[most:]
    if rest:
        where = "; ".join(_places(rest, findings[0].sheet))
        say(f"… và {len(rest)} chỗ nữa như vậy: {where}.", "    ", "      ")


def _places(findings: Iterable[Finding], first_sheet: str) -> Iterator[str]:
    """Yield where findings are, sheet by sheet, cells below one another by the first and last."""
    by_sheet: dict[str, list[str]] = {}
    for finding in findings:
        name = "" if finding.sheet == first_sheet else f"{finding.sheet}: "
        where = finding.cell or finding.about or finding.found
        if finding.cell and finding.in_document:
            name, where = f"{finding.sheet}, dòng ", finding.cell.lstrip(ascii_uppercase)
        by_sheet.setdefault(name, []).append(where)
    for name, places in by_sheet.items():
        yield name + ", ".join(cell_runs(dict.fromkeys(places)))


def ask_secret(question: str) -> str:
    """Ask for what must not be shown; raises CchcError where nobody can type it unseen."""
    with warnings.catch_warnings():
        # What it would warn of: that the letters can be seen as they are typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return str(click.prompt(question, hide_input=True, err=True))
        except getpass.GetPassWarning:
            raise CchcError(
                f"Không có màn hình để gõ kín ({question}). Chạy lệnh trong cửa sổ lệnh, hoặc "
                "đặt sẵn mật khẩu: xem docs/gui-thu.md, docs/phieu-gui-ve.md."
            ) from None


def ask_mail_password(account: str) -> str:
    """Ask for the password of a mail account. Raises CchcError where nobody types one."""
    try:
        return ask_secret(f"Mật khẩu thư của {account}")
    except click.Abort:
        raise CchcError(
            "Chưa có mật khẩu thư, nên chưa làm gì. Gõ mật khẩu khi được hỏi, hoặc cất nó vào kho "
            "mật khẩu của máy: xem docs/gui-thu.md, docs/nhan-thu.md."
        ) from None


_ASK = "?"


def asked_for(passwords: Iterable[str]) -> tuple[str, ...]:
    """Return the passwords, asking for each that shall not stand in the shell's history."""
    return tuple(
        ask_secret("Mật khẩu của phiếu") if given == _ASK else given for given in passwords
    )


def show_campaign(campaign: Campaign) -> None:
    """Print what campaign was read."""
    info = campaign.info
    leaves = campaign.leaves
    words = f"điểm tối đa {figures.score(campaign.most_points(Points.NORMAL))}"
    for points in (Points.BONUS, Points.PENALTY):
        if any(leaf.points is points for leaf in leaves):
            most = figures.score(campaign.most_points(points))
            words += f"; {points.value.lower()} tối đa {most}"
    is_named = info.year and info.agency and info.abbreviation
    name = f"{campaign.id} ({info.agency})" if is_named else "(chưa đủ thông tin)"
    click.echo(
        f"Đợt chấm {name}: {len(campaign.criteria)} dòng, "
        f"{len(leaves)} dòng có điểm ({words}), "
        f"{len(campaign.units)} đơn vị."
    )
    click.echo()


def show_tree(tree: TreeOutline, *, in_full: bool = False) -> None:
    """Print the levels of the criteria as they were understood; with `in_full` each row."""
    levels = (
        f"{one.name}: {figures.count(one.rows)} dòng, như {', '.join(one.codes)}"
        for one in tree.levels
    )
    say(f"Cây bộ chỉ số: {'; '.join(levels)}.", "", "  ")
    for one in tree.inherited:
        units = ", ".join(one.units)
        say(f"Đơn vị ghi ở {one.row} ({units}) dùng cho {one.leaves} dòng dưới.", "  ", "    ")
    for cap in tree.caps:
        most = figures.given(cap.most)
        say(f"Mức trần điểm {cap.points.value.lower()} ở {cap.row}: {most}.", "  ", "    ")
    if tree.texts:
        say(f"Dòng diễn giải, không chấm: {tree.texts}.", "  ", "    ")
    if in_full:
        for line in tree.lines:
            indent = " " * (len(line) - len(line.lstrip()) + 2)
            say(line.strip(), indent, indent + "  ")
    else:
        say("Xem cả cây: thêm --cay.", "  ", "    ")
    click.echo()


def show_scoring(campaign: Campaign, *, in_full: bool = False) -> None:
    """Print how many leaves are scored in which way, and what is known of surveys.

    How words were understood is told of so many rows, with `in_full` of all.
    """
    outline = scoring_outline(campaign)
    click.echo("Cách chấm điểm:")
    for label, count in outline.ways.items():
        click.echo(f"  {label + ':':<44} {count}")
    who = "người thẩm định ghi" if campaign.info.penalties_by_reviewers else "trừ vào điểm"
    penalties = f"Điểm trừ, {who}"
    parts = {
        "Điểm thưởng, ngoài điểm tối đa": outline.bonus,
        penalties: outline.penalty,
        "Không áp dụng trong cả đợt": outline.not_applicable,
    }
    for label, count in parts.items():
        if count:
            click.echo(f"  {label + ':':<44} {count}")
    if outline.with_result + outline.pending:
        click.echo(
            f"  {'Kết quả ĐTXHH, SIPAS:':<44} {outline.with_result} dòng đã có, "
            f"{outline.pending} dòng chưa có"
        )
    if outline.closed:
        click.echo("Các dòng đơn vị không tự chấm:")
    for why, rows in outline.closed.items():
        say(f"{why}: {', '.join(rows)}", "  ", "    ")
    if outline.shared:
        click.echo("Các dòng nhiều đơn vị cùng chấm, theo cách tổng hợp:")
    for way, rows in outline.shared.items():
        say(f"{way}: {', '.join(rows)}", "  ", "    ")
    _show_rules(outline, in_full=in_full)
    click.echo()


def _show_rules(outline: ScoringOutline, *, in_full: bool) -> None:
    """Print how the words of rows were understood, alike ones together; self-scored ones first."""
    alike: dict[str, list[str]] = {}
    for row in sorted(outline.rows, key=lambda row: bool(row.computed)):
        alike.setdefault(row.words, []).append(row.row)
    if not alike:
        return
    computed = sum(bool(row.computed) for row in outline.rows)
    click.echo(
        f"Lời ở cột Cách chấm, Quy tắc ({len(outline.rows)} dòng: {computed} dòng được tính, "
        f"{len(outline.rows) - computed} dòng đơn vị tự chấm) được hiểu như sau:"
    )
    told = list(alike.items())
    most = len(told) if in_full else _MOST_RULES_SHOWN
    for words, rows in told[:most]:
        say(f"{', '.join(rows)}: {words}", "  ", "    ")
    if rest := [row for _, rows in told[most:] for row in rows]:
        say(f"… và {len(rest)} dòng nữa; xem hết: thêm --cach-cham.", "  ", "    ")


def show_templates(checked: Checked) -> None:
    """Print which templates are used, and which of them are the office's own."""
    if not any(is_own for _, is_own in checked.templates):
        click.echo(f"Mẫu công văn: {len(checked.templates)} mẫu có sẵn, không có mẫu riêng.")
        click.echo()
        return
    click.echo("Mẫu công văn được dùng:")
    for path, is_own in checked.templates:
        whose = "mẫu riêng của cơ quan" if is_own else "mẫu có sẵn"
        click.echo(f"  {path.name:<28} {whose}")
    click.echo()


def show_outcomes(made: Made, place: Path) -> None:
    """Print what was written where."""
    click.echo(f"Đã ghi vào {place}:")
    for folder, what, files in made.by_folder():
        click.echo(f"  {folder:<12} {what:<22} {files}")
    click.echo()


def show_consolidation(data: Consolidation, rounds: Iterable[RoundProgress]) -> None:
    """Print who returned, who did not, where the scores stand, and each round of appraisal."""
    units = [u for u in data.units if data.campaign.expects_return(u.unit)]
    by_state = {s: [u.unit.code for u in units if u.state is s] for s in UnitState}
    back = len(units) - len(by_state[UnitState.NOT_RETURNED])
    click.echo(f"Phiếu nhận về (tính đến {data.as_of:%d/%m/%Y}): {back}/{len(units)} đơn vị.")
    words = {
        UnitState.NOT_RETURNED: "Chưa nộp",
        UnitState.NEEDS_ATTENTION: "Cần bổ sung, sửa",
        UnitState.LATE: "Nộp muộn",
        UnitState.RETURNED: "Đã nộp, không nợ gì",
    }
    for state, label in words.items():
        if by_state[state]:
            click.echo(f"  {label + ':':<22} {', '.join(by_state[state])}")
    total = data.total
    without = "; chưa tính ĐTXHH, SIPAS" if total.survey_max or total.survey_pending else ""
    click.echo(
        f"Điểm tự chấm: {figures.score(total.score)}/{figures.score(total.applicable_max)} "
        f"({scored_rows(data.leaves).words}{without})."
    )
    for one in rounds:
        _show_round(one)
    if data.rounds:
        final, most = figures.score(total.final), figures.score(total.final_max)
        click.echo(f"Điểm sau thẩm định lần {data.rounds}: {final}/{most}.")
    click.echo()


def _show_round(one: RoundProgress) -> None:
    files = f"{len(one.files)} bảng ({', '.join(one.files)})"
    say(f"Thẩm định lần {one.number}: {files}, {one.scored} dòng được cho điểm.", "")
    if one.asked:
        waiting = f"chưa có phiếu giải trình của {', '.join(one.waiting)}"
        state = waiting if one.waiting else "đã có đủ phiếu giải trình"
        say(f"Phải giải trình: {', '.join(one.asked)}; {state}.", "  ")


def show_understanding(campaign: Campaign) -> None:
    """Print for each row how the words of its unit cell were understood.

    Neighbouring rows that are given to nobody are told together.
    """
    width = max((len(c.code) for c in campaign.criteria), default=3)
    shown_cell = ""
    click.echo("Phân công được hiểu như sau:")
    for is_given, run in groupby(campaign.criteria, partial(_is_given, campaign)):
        rows = list(run)
        if not is_given:
            _show_not_given(rows, width)
            continue
        for criterion in rows:
            text = clean_line(criterion.unit_text)
            if text and criterion.unit_cell == shown_cell:
                text = "〃"
            shown_cell = criterion.unit_cell
            understood = "; ".join(_understood(campaign, criterion)) or "—"
            quoted = text if text == "〃" else f"“{text}”"
            if not text:
                quoted = _without_cell(campaign, criterion)
            place = f"  {criterion.code or '–':<{width}}  "
            say(f"{quoted} → {understood}", place, " " * (len(place) + 4))
    click.echo()


def _is_given(campaign: Campaign, criterion: Criterion) -> bool:
    has_words = criterion.unit_text or criterion.units_from or criterion.is_text
    return bool(has_words or campaign.assignments_of(criterion))


def _show_not_given(rows: Sequence[Criterion], width: int) -> None:
    codes = [row.code or "–" for row in rows]
    if len(rows) <= _MOST_NOT_GIVEN_SHOWN:
        for code in codes:
            click.echo(f"  {code:<{width}}  (không giao) → —")
    else:
        click.echo(f"  {codes[0]} … {codes[-1]}: {len(rows)} dòng (không giao) → —")


def _without_cell(campaign: Campaign, criterion: Criterion) -> str:
    if criterion.is_text:
        return "(diễn giải)"
    if not criterion.units_from:
        return "(cột Chủ trì, Phối hợp)"
    return f"(theo {campaign.reference(campaign.criterion(criterion.units_from))})"


def _understood(campaign: Campaign, criterion: Criterion) -> Iterator[str]:
    parts: dict[tuple[Role, str, bool], list[str]] = {}
    for a in campaign.assignments_of(criterion):
        parts.setdefault((a.role, a.duty, a.each), []).append(a.unit)
    for (role, duty, each), units in parts.items():
        words = role.value.lower()
        if each:
            words = f"mỗi đơn vị {words}"
        if duty and duty.casefold() != words:
            words += f" ({duty})"
        yield f"{', '.join(units)} {words}"


class Bars:
    """Progress bars, one after the other, where somebody watches; called as a job tells it."""

    def __init__(self) -> None:
        self._label = ""
        self._bar: Any = None

    def __call__(self, label: str, done: int, total: int) -> None:
        """Move the bar of this label to where it is."""
        if total < 2 or not sys.stderr.isatty():
            return
        if label != self._label:
            self.close()
            self._label = label
            self._bar = click.progressbar(length=total, label=label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """End the line of the bar that is shown."""
        if self._bar:
            self._bar.__exit__(None, None, None)
        self._label, self._bar = "", None
