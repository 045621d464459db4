"""Progress on the console and as JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from cchc_office.model import Change, Comparison, Criterion, EarlierShare, Figures
from cchc_office.text import figures as shown
from cchc_office.text.shortening import shortened, some_of
from cchc_office.text.vietnamese import time_left

if TYPE_CHECKING:
    from cchc_office.steps.values import Completion, DueLeaf, Progress

_BAR = 20
_MOST_UNITS, _MOST_DUE, _MOST_CHANGED = 40, 12, 21
_SHORTEST_NAME, _LONGEST_NAME = 14, 60
_BESIDE_NAMES = 46


def show_progress(found: Progress, comparison: Comparison | None = None) -> None:
    """Print what is done by field and unit, and what is overdue or due next.

    With a comparison, what was done and achieved in the earlier period stands beside it.
    """
    total = found.total
    then = _Then(comparison)
    click.echo(
        f"Tiến độ đến ngày {found.as_of:%d/%m/%Y}: đã chấm {_count(total)} "
        f"lượt tiêu chí ({_percent(total)}), còn {shown.count(total.total - total.done)}."
    )
    click.echo()
    fields = [(f.code, f.name, share) for f, share in found.fields]
    _show_shares("Lĩnh vực", fields, {f.code: then.field(f) for f, _ in found.fields})
    units = [(unit.code, unit.name, share) for unit, share in found.units if share.total]
    first = units
    if len(units) > _MOST_UNITS:
        first = sorted(units, key=lambda u: u[2].done / u[2].total)[:_MOST_UNITS]
    _show_shares("Đơn vị", first, {code: then.unit(code) for code, _, _ in first})
    if len(first) < len(units):
        others = len(units) - len(first)
        click.echo(f"  … và {others} đơn vị đã chấm được nhiều hơn: xem trang Tiến độ của báo cáo.")
        click.echo()
    if comparison:
        _show_comparison(comparison, then)
    _show_due("Quá hạn", found.missed, found.missed_count)
    _show_due("Chưa đến hạn", found.ahead, found.ahead_count)


class _Then:
    """How far the earlier period was, by field and unit."""

    def __init__(self, comparison: Comparison | None) -> None:
        earlier = comparison.earlier if comparison else None
        fields = comparison.fields if comparison else ()
        self._rows = {row.now.id: row.then for row in fields if row.now}
        self._fields = {share.code: share for share in earlier.fields} if earlier else {}
        self._units = {share.code: share for share in earlier.units} if earlier else {}

    @property
    def total(self) -> EarlierShare | None:
        return self._fields.get("")

    def field(self, field: Criterion) -> EarlierShare | None:
        """Return the share of the row that the field was then; it may have had another number."""
        row = self._rows.get(field.id)
        return self._fields.get(row.code) if row and row.code else None

    def unit(self, code: str) -> EarlierShare | None:
        return self._units.get(code)


def _show_comparison(comparison: Comparison, then: _Then) -> None:
    earlier = comparison.earlier
    click.echo(f"So với kỳ trước: {earlier.title or earlier.file} (tệp {earlier.file})")
    if then.total:
        click.echo(
            f"  Kỳ trước đã chấm {_count(then.total)} lượt tiêu chí ({_percent(then.total)})."
        )
    click.echo("  Tỷ lệ điểm, trên các tiêu chí có điểm ở cả hai kỳ:")
    names = [(row.now.label, row) for row in comparison.fields if row.now]
    rows = [(name, row.before, row.after, row.rate_change) for name, row in names]
    rows.append(("Tổng cộng", comparison.before, comparison.after, comparison.rate_change))
    width = min(_name_width(), max(len(name) for name, *_ in rows))
    for name, before, after, change in rows:
        rates = f"{_rate(before):>10} → {_rate(after):>10}"
        click.echo(f"    {shortened(name, width):<{width}}  {rates}  {_rise(change):>8}".rstrip())
    for kind, labels in _changed(comparison).items():
        named = some_of(labels, _MOST_CHANGED, "dòng")
        click.echo(f"  {kind.value} ({len(labels)}): {named}")
    click.echo()


def _changed(comparison: Comparison) -> dict[Change, list[str]]:
    """Return the rows that changed since, by how, by their numbers or names."""
    found: dict[Change, list[str]] = {}
    for row in comparison.rows:
        own = row.now or row.then
        for change in row.changes if own else ():
            if own and change is not Change.SAME:
                found.setdefault(change, []).append(own.code or own.name)
    return found


def _rate(figures: Figures) -> str:
    """Return a rate; of bonus and penalty, which have none, the points."""
    if figures.score is None:
        return "–"
    if figures.rate is None:
        return f"{shown.score(figures.score)} điểm"
    return shown.rate(figures.rate)


def _rise(change: Decimal | None) -> str:
    if change is None:
        return ""
    sign = "+" if shown.rounded(change) > 0 else ""
    return sign + shown.score(change)


def _show_shares(
    title: str,
    shares: Iterable[tuple[str, str, Completion]],
    then: Mapping[str, EarlierShare | None],
) -> None:
    rows = list(shares)
    codes = max((len(code) for code, _, _ in rows), default=0)
    names = min(_name_width() - codes, max((len(name) for _, name, _ in rows), default=0))
    counts = max((len(_count(share)) for _, _, share in rows), default=0)
    click.echo(f"{title}:")
    for code, name, share in rows:
        filled = _BAR * share.done // share.total if share.total else 0
        bar = "#" * filled + "." * (_BAR - filled) if share.total else ""
        line = f"  {code:<{codes}}  {shortened(name, names):<{names}}  {_count(share):>{counts}}"
        if any(then.values()):
            before = then.get(code)
            bar = f"trước {_count(before)} {_percent(before)}" if before else ""
        click.echo(f"{line}  {_percent(share):>7}  {bar}".rstrip())
    click.echo()


def _show_due(title: str, leaves: tuple[DueLeaf, ...], count: int) -> None:
    if not count:
        return
    click.echo(f"{title} ({shown.count(count)}):")
    first = leaves[:_MOST_DUE]
    units = max(len(leaf.unit.code) for leaf in first)
    for leaf in first:
        days = time_left(leaf.days)
        name = shortened(leaf.criterion.label, _name_width())
        click.echo(f"  {leaf.day:%d/%m/%Y}  {days:<20}  {leaf.unit.code:<{units}}  {name}")
    if count > len(first):
        click.echo(f"  … và {shown.count(count - len(first))} việc nữa: xem trang Việc chưa xong.")
    click.echo()


def _name_width() -> int:
    """Return how long names may be: what the window leaves them, where somebody watches."""
    if not sys.stdout.isatty():
        return _LONGEST_NAME
    left = shutil.get_terminal_size().columns - _BESIDE_NAMES
    return max(_SHORTEST_NAME, min(_LONGEST_NAME, left))


def _count(share: Completion | EarlierShare) -> str:
    return f"{shown.count(share.done)}/{shown.count(share.total)}" if share.total else "–"


def _percent(share: Completion | EarlierShare) -> str:
    return shown.rate_of(share.done, share.total) if share.total else ""


def progress_as_json(found: Progress, comparison: Comparison | None = None) -> dict[str, Any]:
    """Return the progress: all units and fields, and all that is open with its day.

    With a comparison also the figures of the earlier period, and how the set has changed.
    """
    compared = {"so_voi": _comparison_as_json(found, comparison)} if comparison else {}
    return compared | {
        "tinh_den": found.as_of.isoformat(),
        "da_cham": found.total.done,
        "phai_cham": found.total.total,
        "linh_vuc": [_share_as_json(f.code, f.name, share) for f, share in found.fields],
        "don_vi": [_share_as_json(unit.code, unit.name, share) for unit, share in found.units],
        "qua_han": [_due_as_json(leaf) for leaf in found.missed],
        "chua_den_han": [_due_as_json(leaf) for leaf in found.ahead],
    }


def _comparison_as_json(found: Progress, comparison: Comparison) -> dict[str, Any]:
    then, earlier = _Then(comparison), comparison.earlier
    return {
        "tep": earlier.file,
        "tieu_de": earlier.title,
        **_done_then(then.total),
        **_rates(comparison.before, comparison.after),
        "linh_vuc": [
            {"ma": row.now.code, **_done_then(then.field(row.now)), **_rates(row.before, row.after)}
            for row in comparison.fields
            if row.now
        ],
        "don_vi": [
            {"ma": unit.code, **_done_then(then.unit(unit.code))} for unit, _ in found.units
        ],
        "thay_doi": [
            {
                "ma": row.now.code if row.now else "",
                "ten": row.now.name if row.now else "",
                "ma_truoc": row.then.code if row.then else "",
                "ten_truoc": row.then.name if row.then else "",
                "thay_doi": [change.value for change in row.changes],
            }
            for row in comparison.rows
            if row.changes != (Change.SAME,)
        ],
    }


def _done_then(share: EarlierShare | None) -> dict[str, int | None]:
    return {
        "da_cham_truoc": share.done if share else None,
        "phai_cham_truoc": share.total if share else None,
    }


def _rates(before: Figures, after: Figures) -> dict[str, str | None]:
    """Return the figures of both over the same leaves, as text so that no digit is lost."""
    figures = {
        "diem_truoc": before.score,
        "toi_da_truoc": before.applicable,
        "diem": after.score,
        "toi_da": after.applicable,
    }
    return {name: None if x is None else str(x) for name, x in figures.items()}


def _share_as_json(code: str, name: str, share: Completion) -> dict[str, Any]:
    return {"ma": code, "ten": name, "da_cham": share.done, "phai_cham": share.total}


def _due_as_json(leaf: DueLeaf) -> dict[str, Any]:
    return {
        "don_vi": leaf.unit.code,
        "ma": leaf.criterion.code,
        "ten": leaf.criterion.name,
        "han": leaf.day.isoformat(),
        "con_ngay": leaf.days,
    }
