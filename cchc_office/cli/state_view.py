"""Where a campaign stands, on the console and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console
from cchc_office.steps.values import StepState
from cchc_office.text.vietnamese import time_left

if TYPE_CHECKING:
    from cchc_office.steps.campaign_state import CampaignState

_SIGNS = {
    StepState.NOT_BEGUN: " ",
    StepState.WAITING: "…",
    StepState.LOOK: "!",
    StepState.DONE: "✓",
}


def show_state(state: CampaignState) -> None:
    """Print the campaign, its six steps, and what is next with the command for it."""
    info = state.campaign.info
    of_agency = f" ({info.agency})" if info.agency else ""
    when = f"ngày {state.day:%d/%m/%Y}{_deadline(state)}"
    console.say(f"Đợt chấm {state.campaign.id}{of_agency}, {when}.", "")
    click.echo()
    width = max(len(step.title) for step in state.steps)
    longest = max(len(one.value) for one in StepState)
    for step in state.steps:
        # What has not begun has no more words than that.
        words = step.words if step.words != step.state.value else ""
        line = (
            f"  {_SIGNS[step.state]} {step.number} {step.title:<{width}}  "
            f"{step.state.value:<{longest}}  {words}"
        )
        click.echo(line.rstrip())
    click.echo()
    if state.busy:
        console.say(f"Đang có việc làm dở: {state.busy}.", "", "  ")
    console.say(f"Việc tiếp theo: {state.next_step.words}", "", "  ")
    click.echo(f"    {state.next_step.command}")


def _deadline(state: CampaignState) -> str:
    deadline, left = state.campaign.info.deadline, state.days_to_tell
    if deadline is None:
        return ""
    days = "" if left is None else f" ({time_left(left)})"
    sample = f"; {state.sample}" if state.sample else ""
    return f", hạn nộp {deadline:%d/%m/%Y}{days}{sample}"


def state_as_json(state: CampaignState) -> dict[str, Any]:
    """Return the six steps, and what is next."""
    deadline = state.campaign.info.deadline
    return {
        "ngay": state.day.isoformat(),
        "han_nop": deadline.isoformat() if deadline else None,
        "con_ngay": state.days_left,
        "dang_lam": state.busy,
        "buoc": [
            {
                "so": step.number,
                "ten": step.title,
                "tinh_trang": step.state.value,
                "can_xem": step.to_look,
                "noi_dung": step.words,
            }
            for step in state.steps
        ],
        "van_ban": [
            {
                "loai": papers.kind.title,
                "can_co": papers.wanted,
                "da_co": papers.there,
                "dung_ban": papers.current,
            }
            for papers in state.papers
        ],
        "tiep_theo": {
            "buoc": state.next_step.step,
            "viec": state.next_step.words,
            "lenh": state.next_step.command,
        },
    }
