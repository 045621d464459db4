"""What the clerk sees of a table that is brought in: which one, its columns, rows, what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console
from cchc_office.text import figures
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import clean_line

if TYPE_CHECKING:
    from cchc_office.steps.starting import ImportPreview

_ROWS_SHOWN = 12
_LEFT_SHOWN = 4
_LONGEST = 56
_UNITS_SHOWN = 30


def show_import(found: ImportPreview, *, briefly: bool = False) -> None:
    """Print what a table was understood as: tables, columns, rows, units, what is left out."""
    click.echo(f"{found.file} ({found.kind})")
    click.echo()
    console.show_findings(found.apart)
    _show_tables(found)
    _show_columns(found)
    if not briefly:
        _show_rows(found)
        _show_settings(found)
    _show_units(found)
    _show_left_out(found, briefly=briefly)
    console.show_findings(f for f in found.findings if f not in found.apart)


def _show_tables(found: ImportPreview) -> None:
    click.echo("Các bảng nhận ra (chọn bằng --bang):")
    for offer in found.offers:
        sign = "→" if found.chosen.includes(offer) else " "
        pages = f", trang {_run(offer.pages)}" if offer.pages else ""
        console.say(
            f"{sign} {offer.number}. {_runs(offer.name)}: {offer.rows} dòng{pages}", "", "     "
        )
    if len(found.offers) > 1:
        console.say(f"Đã lấy: {found.chosen.why}.", "  ")
    click.echo()


def _runs(names: str) -> str:
    """Return "Bảng 1, Bảng 2, Bảng 3" as "Bảng 1–3"."""
    numbers = [int(n) for n in re.findall(r"(?:^|, )Bảng (\d+)", names)]
    is_run = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    is_all = names == ", ".join(f"Bảng {n}" for n in numbers)
    return f"Bảng {numbers[0]}–{numbers[-1]}" if len(numbers) > 1 and is_run and is_all else names


def _run(pages: tuple[int, ...]) -> str:
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"


def _show_columns(found: ImportPreview) -> None:
    click.echo('Các cột (sửa bằng --cot "cột trong tệp=cột đúng", hoặc "…=bỏ"):')
    for column in found.columns:
        if column.key:
            told = f"{column.ours}"
            is_told = column.how.name == "HEADING" or column.how.value in told
            how = "" if is_told else f"  ({column.told})"
        else:
            told, how = "không lấy", f"  ({column.why})" if column.why else ""
        console.say(f"{column.name} → {told}{how}", "  ", "      ")
    click.echo()


def _show_rows(found: ImportPreview) -> None:
    rows = found.draft.rows
    click.echo(f"Các dòng như đã hiểu ({min(_ROWS_SHOWN, len(rows))} dòng đầu của {len(rows)}):")
    for row, where in list(zip(rows, found.rows, strict=True))[:_ROWS_SHOWN]:
        code = where.code or "(chưa có mã)"
        points = "" if row.max_score is None else f"  [{figures.as_typed(row.max_score)} điểm]"
        points = points or (f"  [{row.text('max_score')}]" if row.text("max_score") else "")
        units = clean_line("; ".join(filter(None, map(row.text, ("units", "leads", "supports")))))
        units = f"  – {shortened(units, _LONGEST)}" if units else ""
        indent = "  " * where.level
        console.say(
            f"{code} {shortened(row.name, _LONGEST)}{points}{units}", indent, f"{indent}    "
        )
    click.echo()


def _show_settings(found: ImportPreview) -> None:
    if not found.draft.settings:
        return
    click.echo("Lấy từ quanh bảng vào trang Thông tin:")
    for label, value in found.settings:
        console.say(f"{label}: {clean_line(value)}", "  ", "      ")
    click.echo()


def _show_units(found: ImportPreview) -> None:
    units = found.draft.units
    if not units:
        return
    groups_among = len(found.without_units)
    also = f", và {groups_among} tên nhóm" if groups_among else ""
    click.echo(f"Đơn vị gom được, để đề nghị ({len(units) - groups_among}{also}):")
    for unit in units[:_UNITS_SHOWN]:
        also = f" = {'; '.join(unit.aliases)}" if unit.aliases else ""
        console.say(f"{unit.code}: {unit.name}{also}", "  ", "      ")
    if len(units) > _UNITS_SHOWN:
        click.echo(f"  … và {len(units) - _UNITS_SHOWN} dòng nữa")
    groups = dict.fromkeys(group for unit in units for group in unit.groups)
    if groups:
        console.say(f"Nhóm: {'; '.join(groups)}", "  ", "      ")
    click.echo()


def _show_left_out(found: ImportPreview, *, briefly: bool) -> None:
    console.say(found.words.told, "", "  ")
    if not briefly:
        _show_left_places(found)
    click.echo()


def _show_left_places(found: ImportPreview) -> None:
    """Print what is left out, the first few places for each reason."""
    by_reason: dict[str, list[str]] = {}
    for place, text, why in _left(found):
        by_reason.setdefault(why, []).append(f"{place}: “{shortened(text, _LONGEST)}” ({why})")
    more = 0
    for places in by_reason.values():
        for line in places[:_LEFT_SHOWN]:
            console.say(line, "  ", "      ")
        more += len(places[_LEFT_SHOWN:])
    if more:
        click.echo(f"  … và {more} chỗ nữa, ghi ở trang “Nhập từ tệp” của dot-cham.xlsx")


def _left(found: ImportPreview) -> Iterator[tuple[str, str, str]]:
    for one in found.left_out:
        yield one.place, clean_line(one.text), one.reason.value


def import_as_json(found: ImportPreview) -> dict[str, Any]:
    """Return all that is known of a table that is brought in."""
    return {
        "tep": found.file,
        "loai": found.kind,
        "bang": [
            {
                "so": offer.number,
                "ten": offer.name,
                "so_dong": offer.rows,
                "trang": list(offer.pages),
                "lay": found.chosen.includes(offer),
            }
            for offer in found.offers
        ],
        "vi_sao": found.chosen.why,
        "cot": [
            {
                "trong_tep": column.name,
                "la": column.ours,
                "cach_biet": column.how.value,
                "vi_sao": column.why,
            }
            for column in found.columns
        ],
        "dong": [
            {
                "noi": where.place.words,
                "cap": where.level,
                "ma": where.code,
                "ten": row.name,
                "diem_toi_da": str(row.max_score)
                if row.max_score is not None
                else row.text("max_score"),
                "don_vi": row.unit_text,
                "chu_tri": row.text("leads"),
                "phoi_hop": row.text("supports"),
                "can_xem": [remark.whole for remark in row.remarks],
            }
            for row, where in zip(found.draft.rows, found.rows, strict=True)
        ],
        "thong_tin": dict(found.settings),
        "don_vi": [
            {
                "ma": unit.code,
                "ten": unit.name,
                "ten_khac": list(unit.aliases),
                "nhom": list(unit.groups),
            }
            for unit in found.draft.units
        ],
        "de_lai": [
            {"noi": place, "noi_dung": text, "vi_sao": why} for place, text, why in _left(found)
        ],
        "chu": {
            "tat_ca": found.words.total,
            "vao_bang": found.words.taken,
            "de_lai": {reason.value: count for reason, count in found.words.left_out.items()},
            "khong_ro": list(found.words.missing),
        },
    }
