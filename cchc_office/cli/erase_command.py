"""`cchc xoa-du-lieu`: what of a campaign is personal, and erasing it when somebody says so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console, options
from cchc_office.cli.command import DONE, WHAT_CAMPAIGN, Call, command

if TYPE_CHECKING:
    from cchc_office.steps.erasing import Erased, PersonalData

_WORD = "xoa"
_MOST_NAMED = 10


@command(
    "xoa-du-lieu",
    options.CAMPAIGN,
    options.OUTPUT,
    options.flag("--xoa", "for_real", text="Xoá thật, không hỏi; không có thì chỉ kể ra."),
    options.flag(
        "--tat-ca",
        "everything",
        text="Cả những gì mặc định được giữ: dot-cham.xlsx, mẫu riêng, bảng tổng hợp, báo cáo.",
    ),
    epilog=f"{WHAT_CAMPAIGN} Chỉ những gì trong thư mục ấy bị xoá, không lấy lại được.",
)
def erase(call: Call) -> int:
    """Show what is personal, then erase what was shown when told to."""
    folder = call.open()
    data = folder.personal_data(everything=call["everything"])
    if not call.as_json:
        _show(data)
    if not (call["for_real"] or _is_typed(call, data)):
        return _not_erased(call, data)
    found = folder.erase_personal_data(data)
    from cchc_office.web.places import forget

    forget(folder.folder)
    return call.answer(found, lambda: _as_json(data, found), lambda: _show_erased(found))


def _is_typed(call: Call, data: PersonalData) -> bool:
    if call.as_json or not data.to_erase or not sys.stdin.isatty():
        return False
    question = f"Xoá {len(data.to_erase)} tệp, không lấy lại được. Gõ “{_WORD}” để xoá"
    answer = click.prompt(question, default="", show_default=False, err=True)
    return str(answer).strip().lower() in (_WORD, "xoá", "xóa")


def _not_erased(call: Call, data: PersonalData) -> int:
    from cchc_office.cli.json_output import findings_as_json, print_json

    if call.as_json:
        print_json(call.name, DONE, **_as_json(data), phat_hien=findings_as_json(data.findings))
    else:
        console.show_findings(data.findings)
        click.echo("Chưa xoá gì. Muốn xoá thật: thêm --xoa.")
    return DONE


def _show(data: PersonalData) -> None:
    from cchc_office.steps.erasing import BEYOND  # loads the library

    for goes, title in ((True, "Sẽ xoá:"), (False, "Giữ lại (xoá cả: thêm --tat-ca):")):
        places = [place for place in data.places if place.is_erased is goes]
        if places:
            click.secho(title, bold=True)
        for place in places:
            why = "" if goes else f" Giữ: {place.kept_for}."
            console.say(f"{place.name}: {len(place.files)} tệp; {place.what}.{why}", "  ", " " * 6)
    if data.others:
        click.secho("Giữ lại, vì không phải của chương trình:", bold=True)
        for name in data.others[:_MOST_NAMED]:
            click.echo(f"  {name}")
        rest = len(data.others) - _MOST_NAMED
        if rest > 0:
            click.echo(f"  … và {rest} tệp nữa")
    console.say(f"Không xoá được từ đây: {BEYOND}.", "", "  ")
    click.echo()


def _show_erased(found: Erased) -> None:
    console.show_findings(found.findings)
    click.echo(f"{found.words[:1].upper()}{found.words[1:]}.")


def _as_json(data: PersonalData, found: Erased | None = None) -> dict[str, Any]:
    return {
        "thu_muc": data.folder.as_posix(),
        "xoa_that": found is not None,
        "noi": [
            {
                "noi": place.name,
                "co_gi": place.what,
                "so_tep": len(place.files),
                "xoa": place.is_erased,
            }
            for place in data.places
        ],
        "giu_lai": list(data.others),
        "da_xoa": [file.relative_to(data.folder).as_posix() for file in found.erased]
        if found
        else [],
    }
