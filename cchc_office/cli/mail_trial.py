"""`--thu-noi` of the commands of mail: connecting to the server, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console, options

if TYPE_CHECKING:
    from cchc_office.cli.command import Call

OPTION = options.flag(
    "--thu-noi",
    "only_connect",
    text="Chỉ nối, đăng nhập thử vào máy chủ của thu.toml; không gửi, không lấy thư nào.",
)


def connect(call: Call, *, incoming: bool) -> int:
    """Try the server that messages go out through, or come in from."""
    tried = call.open().try_mail(incoming=incoming)

    def parts() -> dict[str, Any]:
        return {"dot": tried.campaign.id, "may_chu": tried.server}

    def show() -> None:
        console.show_findings(tried.findings)
        click.echo(f"{tried.words[:1].upper()}{tried.words[1:]}.")

    return call.answer(tried, parts, show)
