"""`cchc the-thuc --sua`: mended copies of documents beside the originals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console
from cchc_office.cli.command import Call

if TYPE_CHECKING:
    from cchc_office.steps.decree_fixing import FixedDocument


def fix_format(call: Call) -> int:
    """Write mended copies, and tell each change."""
    from cchc_office.steps.decree_fixing import fix_documents

    made = fix_documents(call["paths"], call["kinds"], tracked=not call["is_plain"])

    def parts() -> dict[str, Any]:
        return {
            "doi_chieu_voi": made.held_against,
            "tep_doc": [_as_json(one) for one in made.documents],
        }

    def show() -> None:
        for one in made.documents:
            click.secho(f"{one.checked.name}: {one.verdict}", bold=True)
            for change in one.fixed.changes if one.fixed else ():
                click.echo(f"  {change.words}  [{change.kind.slug}]")
            console.show_findings(one.findings)
        click.echo(made.words)
        click.echo(f"Đối chiếu với {made.held_against}.")

    return call.answer(made, parts, show)


def _as_json(one: FixedDocument) -> dict[str, Any]:
    copy = one.fixed.copy if one.fixed else None
    return {
        "tep": one.checked.path.as_posix(),
        "loai": "van-ban",
        "ket_luan": one.verdict,
        "ban_da_sua": copy.as_posix() if copy else None,
        "thay_doi": [
            {
                "loai": change.kind.slug,
                "cho": change.about,
                "doan": list(change.passages),
                "phan": list(change.sections),
                "tu": change.before,
                "thanh": change.after,
            }
            for change in (one.fixed.changes if one.fixed else ())
        ],
    }
