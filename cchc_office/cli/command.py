"""One call of a command: what was typed, the campaign it opens, and how its answer is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office.catalogue.findings import Finding
from cchc_office.cli import console, json_output, options
from cchc_office.cli.group import VietnameseCommand, cli
from cchc_office.errors import CampaignError

if TYPE_CHECKING:
    from cchc_office.steps.brought_back import JobResult
    from cchc_office.steps.campaign_folder import CampaignFolder

WHAT_CAMPAIGN = "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó."
DONE, NOT_DONE = 0, CampaignError.exit_status
_OF_CAMPAIGN = ("output", "returns", "appraisals", "day")


class Call:
    """A command as it was typed: its name, and its options by their names."""

    def __init__(self, name: str, given: Mapping[str, Any]) -> None:
        self.name = name
        self.given = given
        self.bars = console.Bars()
        self._opened: CampaignFolder | None = None

    def __getitem__(self, option: str) -> Any:
        return self.given[option]

    @property
    def as_json(self) -> bool:
        """Whether the answer is for a program."""
        return bool(self.given["as_json"])

    @property
    def opened(self) -> CampaignFolder:
        """The campaign that was opened."""
        return self._opened or self.open()

    def open(self, path: Path | None = None) -> CampaignFolder:
        """Open the campaign that was named, or that at `path`."""
        from cchc_office.steps.campaign_folder import open_campaign

        named = {key: self.given[key] for key in _OF_CAMPAIGN if self.given.get(key)}
        self._opened = open_campaign(
            path or self.given["campaign"],
            passwords=console.asked_for(self.given.get("passwords", ())),
            on_progress=self.bars,
            ask_password=console.ask_mail_password,
            **named,
        )
        return self._opened

    def answer(
        self, found: JobResult, parts: Callable[[], dict[str, Any]], show: Callable[[], object]
    ) -> int:
        """Give the answer as JSON or on the screen; return the exit status."""
        status = found.exit_status
        self.bars.close()
        if self.as_json:
            findings = json_output.findings_as_json(found.findings)
            json_output.print_json(self.name, status, **parts(), phat_hien=findings)
        else:
            show()
        return status

    def refuse(self, findings: tuple[Finding, ...]) -> int:
        """Show what is wrong with the campaign workbook, which nothing can be made of."""
        if self.as_json:
            parts: dict[str, Any] = {"phat_hien": json_output.findings_as_json(findings)}
            if self._opened:
                parts |= {"dot": self._opened.campaign.id, "tep_ghi": []}
                parts["tep_doc"] = json_output.files_as_json(self._opened.file)
            json_output.print_json(self.name, NOT_DONE, **parts)
            return NOT_DONE
        console.show_findings(findings)
        errors = sum(finding.is_error for finding in findings)
        click.echo(
            f"Chưa làm được gì: dot-cham.xlsx còn {errors} lỗi. Sửa các lỗi trên rồi chạy lại."
        )
        return NOT_DONE


def command(
    name: str,
    *own: options.Option,
    group: click.Group = cli,
    epilog: str = WHAT_CAMPAIGN,
    help: str | None = None,  # noqa: A002 - as click calls it
) -> Callable[[Callable[[Call], int]], click.Command]:
    """Declare a command with its options and those that every command has."""

    def declare(function: Callable[[Call], int]) -> click.Command:
        whole = name if group is cli else f"{group.name} {name}"

        def run(**given: Any) -> int:
            call = Call(whole, given)
            try:
                return function(call)
            except CampaignError as error:
                if not error.findings:
                    raise
                return call.refuse(error.findings)
            finally:
                call.bars.close()

        made = click.command(name, cls=VietnameseCommand, epilog=epilog, help=help)(run)
        for option in (*own, *options.ALL):
            made = option(made)
        group.add_command(made)
        return made

    return declare
