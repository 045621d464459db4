"""`cchc so-sanh`: one criteria set against another."""

from __future__ import annotations

from typing import Any

import click

from cchc_office.cli import console, json_output, options
from cchc_office.cli.command import Call, command
from cchc_office.model import Change, ChangedCriterion, CriteriaChanges

_WHAT = (
    "CŨ, MỚI: thư mục của một đợt chấm, tệp dot-cham.xlsx, hoặc tệp có bảng bộ chỉ số (Excel, "
    "Word…). Các tệp chỉ được đọc."
)


@command(
    "so-sanh", options.place("old", "CŨ"), options.place("new", "MỚI"), options.OUTPUT, epilog=_WHAT
)
def compare(call: Call) -> int:
    """Hold a criteria set against an older one."""
    from cchc_office.steps.criteria_comparison import compare_criteria, usual_output

    compared = compare_criteria(
        call["old"], call["new"], output=call["output"] or usual_output(call["new"])
    )

    def parts() -> dict[str, Any]:
        return {
            "tep_doc": [
                {"tep": call[side].as_posix(), "loai": kind}
                for side, kind in (("old", "bo-cu"), ("new", "bo-moi"))
            ],
            "tep_ghi": json_output.written_as_json(compared.written),
            "dong": [_as_json(row) for row in compared.changes.rows],
        }

    def show() -> None:
        console.show_findings(compared.findings)
        _show(compared.changes)
        for written in compared.written:
            click.echo(f"Từng dòng, cũ và mới cạnh nhau: {written.path} ({written.fate.value})")

    return call.answer(compared, parts, show)


def _show(changes: CriteriaChanges) -> None:
    click.echo(f"Bộ cũ: {changes.old}")
    click.echo(f"Bộ mới: {changes.new}")
    for change in Change:
        rows = changes.with_change(change)
        if not rows:
            continue
        label = change.value or "Giữ nguyên"
        first = f"{label + ':':<24}{len(rows):>5} dòng"
        if change is not Change.SAME:
            first += f"; đầu tiên: {_first(rows[0], change)}"
        console.say(first, "  ", " " * 12)
    click.echo()


def _first(row: ChangedCriterion, change: Change) -> str:
    if change is Change.RENAMED and row.old and row.new:
        return f"{row.old.label} → {row.new.label}"
    if change in (Change.RENUMBERED, Change.MOVED) and row.old:
        return f"{row.label} (trước: {row.old.code or 'không có số'})"
    return row.label


def _as_json(row: ChangedCriterion) -> dict[str, Any]:
    return {
        "thay_doi": [change.value for change in row.changes if change.value],
        "cu": row.old and {"ma": row.old.code, "ten": row.old.name, "don_vi": row.old_units},
        "moi": row.new and {"ma": row.new.code, "ten": row.new.name, "don_vi": row.new_units},
        "vi_sao": row.why,
        "cung_co_the": list(row.others),
    }
