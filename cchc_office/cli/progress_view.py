"""Progress on the console and as JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cchc_office.scoring.progress import DueLeaf, Progress, Share

_BAR = 20
_MOST_UNITS, _MOST_DUE = 40, 12
_SHORTEST_NAME, _LONGEST_NAME = 14, 60
_BESIDE_NAMES = 46


def show_progress(found: Progress) -> None:
    """Print what is done by field and unit, and what is overdue or due next."""
    total = found.total
    click.echo(
        f"Tiến độ đến ngày {found.as_of:%d/%m/%Y}: đã chấm {total.done}/{total.total} "
        f"lượt tiêu chí ({_percent(total)}), còn {total.total - total.done}."
    )
    click.echo()
    _show_shares("Lĩnh vực", [(f.code, f.name, share) for f, share in found.fields])
    units = [(unit.code, unit.name, share) for unit, share in found.units if share.total]
    shown = units
    if len(units) > _MOST_UNITS:
        shown = sorted(units, key=lambda u: u[2].done / u[2].total)[:_MOST_UNITS]
    _show_shares("Đơn vị", shown)
    if len(shown) < len(units):
        others = len(units) - len(shown)
        click.echo(f"  … và {others} đơn vị đã chấm được nhiều hơn: xem trang Tiến độ của báo cáo.")
        click.echo()
    _show_due("Quá hạn", found.missed, found.missed_count)
    _show_due("Chưa đến hạn", found.ahead, found.ahead_count)


def _show_shares(title: str, shares: Iterable[tuple[str, str, Share]]) -> None:
    rows = list(shares)
    codes = max((len(code) for code, _, _ in rows), default=0)
    names = min(_name_width() - codes, max((len(name) for _, name, _ in rows), default=0))
    counts = max((len(_count(share)) for _, _, share in rows), default=0)
    click.echo(f"{title}:")
    for code, name, share in rows:
        filled = _BAR * share.done // share.total if share.total else 0
        bar = "#" * filled + "." * (_BAR - filled) if share.total else ""
        line = f"  {code:<{codes}}  {_cut(name, names):<{names}}  {_count(share):>{counts}}"
        click.echo(f"{line}  {_percent(share):>4}  {bar}".rstrip())
    click.echo()


def _show_due(title: str, leaves: tuple[DueLeaf, ...], count: int) -> None:
    if not count:
        return
    click.echo(f"{title} ({count}):")
    shown = leaves[:_MOST_DUE]
    units = max(len(leaf.unit.code) for leaf in shown)
    for leaf in shown:
        days = f"quá {-leaf.days} ngày" if leaf.days < 0 else f"còn {leaf.days} ngày"
        name = _cut(leaf.criterion.label, _name_width())
        click.echo(f"  {leaf.day:%d/%m/%Y}  {days:<12}  {leaf.unit.code:<{units}}  {name}")
    if count > len(shown):
        click.echo(f"  … và {count - len(shown)} việc nữa: xem trang Việc chưa xong.")
    click.echo()


def _name_width() -> int:
    """Return how long names may be: what the window leaves them, where somebody watches."""
    if not sys.stdout.isatty():
        return _LONGEST_NAME
    left = shutil.get_terminal_size().columns - _BESIDE_NAMES
    return max(_SHORTEST_NAME, min(_LONGEST_NAME, left))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(1, width - 1)]}…"


def _count(share: Share) -> str:
    return f"{share.done}/{share.total}" if share.total else "–"


def _percent(share: Share) -> str:
    return f"{100 * share.done // share.total}%" if share.total else ""


def progress_as_json(found: Progress) -> dict[str, Any]:
    """Return the progress: all units and fields, and all that is open with its day."""
    return {
        "tinh_den": found.as_of.isoformat(),
        "da_cham": found.total.done,
        "phai_cham": found.total.total,
        "linh_vuc": [_share_as_json(f.code, f.name, share) for f, share in found.fields],
        "don_vi": [_share_as_json(unit.code, unit.name, share) for unit, share in found.units],
        "qua_han": [_due_as_json(leaf) for leaf in found.missed],
        "chua_den_han": [_due_as_json(leaf) for leaf in found.ahead],
    }


def _share_as_json(code: str, name: str, share: Share) -> dict[str, Any]:
    return {"ma": code, "ten": name, "da_cham": share.done, "phai_cham": share.total}


def _due_as_json(leaf: DueLeaf) -> dict[str, Any]:
    return {
        "don_vi": leaf.unit.code,
        "ma": leaf.criterion.code,
        "ten": leaf.criterion.name,
        "han": leaf.day.isoformat(),
        "con_ngay": leaf.days,
    }
