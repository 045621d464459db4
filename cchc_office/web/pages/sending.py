"""Letters going out: drafts made, who gets what looked through, and only then sent for real.

Three pages for letters of any kind: the list, the second page that lists once more what would leave
and is the only one that sends, and what became of it. Nothing is kept here: what a list shows is
what the last drafting brought back, and what leaves is held against what was shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from anyio import to_thread

from cchc_office.catalogue.findings import Code
from cchc_office.errors import CchcError
from cchc_office.steps.opening import can_be_seen, folder_can_be_seen
from cchc_office.steps.values import (
    DISPATCH,
    EXPLANATION,
    REMINDER,
    SUPPLEMENT,
    ExplanationState,
)
from cchc_office.web import forms
from cchc_office.web.campaign_view import (
    SCREENS,
    back_to,
    campaign_of,
    campaign_page,
    desk_of,
    start_run,
)
from cchc_office.web.forms import posted
from cchc_office.web.pages.preview import letter_of, step_of
from cchc_office.web.pages.uploads import MOST_FILES, files_in
from cchc_office.web.runs import RunFate

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.catalogue.findings import Finding
    from cchc_office.model import Unit
    from cchc_office.steps.campaign_folder import CampaignFolder
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.mail_access import MailAccess
    from cchc_office.steps.mailing import Mailed, Outbox
    from cchc_office.steps.opened import OnProgress
    from cchc_office.steps.signing import SignedTaken
    from cchc_office.steps.values import PaperKind, UnitStatus
    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route
    from cchc_office.web.runs import Run

MOST_WITHOUT_A_NUMBER = 10
"""How many letters leave without their number being typed."""

_PLACE = "gui"
_TOUCHED = (Code.MAIL_PAPER_EDITED, Code.MAIL_SIGNED_COPY)

_Made = tuple["Mailed", tuple[tuple[int, int], ...]]
_made_of: WeakKeyDictionary[OpenCampaign, dict[str, _Made]] = WeakKeyDictionary()
"""By campaign and kind, the drafts that were made last, and what they were made of.

What the page knows no longer, as after erasing, is kept here no longer either.
"""


# --- the list ---


def show(request: Request) -> Response:
    """Show the drafts that were made last, or what became of them; or how drafts are made."""
    campaign, kind = campaign_of(request), letter_of(request)
    mailed = _last(request)
    access = campaign.opened().mail_access()
    chosen, number = _named(request), _earlier_round(request)
    not_given = _not_given(campaign.state(), kind, number) or chosen
    return campaign_page(
        *(request, "sending.html"),
        step=step_of(kind),
        kind=kind,
        heading=_title(kind, number),
        of_round=of_round(number),
        mailed=mailed,
        drafts=_draft_ids(request, mailed),
        told=_told(campaign, mailed),
        is_old=mailed is not None and _is_old(request, mailed),
        access=access,
        not_given=not_given,
        by_hand=bool(not_given) and not any(unit.emails for unit in (*chosen, *not_given)),
        workbook_id=workbook_id(request),
        papers_id=_papers_id(request),
        unsigned=_unsigned(mailed),
        screen=SCREENS[step_of(kind) - 1],
        chosen=chosen,
        deadline=usual_deadline(campaign.state()) if kind is EXPLANATION else None,
    )


def again_of(units: Iterable[str]) -> str:
    """Return what behind a list's address chooses the units that get one more letter."""
    named = urlencode([("don-vi", code) for code in units])
    return f"?{named}" if named else ""


def of_round(number: int | None) -> str:
    """Return what behind a list's address chooses the letters of an earlier round."""
    return f"?lan={number}" if number else ""


def _earlier_round(request: Request) -> int | None:
    """Return the round before the last whose letters the address chooses, None for the last."""
    number = forms.whole_number(request.query_params.get("lan", ""))
    is_earlier = number in range(1, len(campaign_of(request).state().rounds))
    return number if is_earlier and letter_of(request) is EXPLANATION else None


def _title(kind: PaperKind, number: int | None) -> str:
    return f"{kind.title} lần {number}" if number else kind.title


def _named(request: Request) -> tuple[Unit, ...]:
    """Return the units that the address chooses to get one more letter."""
    named = request.query_params.getlist("don-vi")
    return tuple(u for u in campaign_of(request).state().campaign.units if u.code in named)


def usual_deadline(state: CampaignState) -> dt.date | None:
    """Return the day to ask explanations by, unless the clerk says another: what was told before.

    None where that is over.
    """
    units = state.standing.units() if state.standing else ()
    told = [one.explanation.due for one in units if one.explanation and one.explanation.due]
    usual = max(told, default=state.campaign.info.explanation_deadline)
    return usual if usual and usual >= state.day else None


def draft(request: Request, form: FormData) -> Response:
    """Make the drafts anew; nothing leaves."""
    campaign, kind, number = campaign_of(request), letter_of(request), _earlier_round(request)
    units, deadline = forms.texts(form, "don-vi"), forms.day(form, "han")
    asked: dict[str, Any] = {
        "round": number,
        "only": units,
        "again": bool(units) and forms.text(form, "gui-lai") == "1",
        "accepts_old": forms.text(form, "ban-sua") == "1",
        "accepts_scans": forms.text(form, "ban-quet") == "1",
    }

    def work(tell: OnProgress) -> Mailed:
        saved = _saved(campaign)
        if number:
            to_make = _to_make(campaign, units, deadline, number)
        else:
            to_make = _with_another_day(campaign, units, deadline) if deadline else ()
        if to_make:
            campaign.opened(tell).explain(number, deadline=deadline, only=to_make)
        mailed = campaign.opened(tell).send(kind, **asked)
        _made_of.setdefault(campaign, {})[kind.folder] = mailed, saved
        return mailed

    title = f"Soạn thư: {_title(kind, number)}"
    to = f"{_PLACE}/{kind.folder}{of_round(number)}"
    return start_run(request, title, to, work, leads_on=True)


def _to_make(
    campaign: OpenCampaign, units: Sequence[str], deadline: dt.date | None, number: int
) -> tuple[str, ...]:
    """Return the units whose letters of an earlier round are to be made: none is there, or by when.

    The register tells by which day the last round's letters want their answers, and no others.
    """
    state = campaign.state()
    named = units or [unit.code for unit in _not_given(state, EXPLANATION, number)]
    files = {
        code: EXPLANATION.file_of(state.campaign, state.campaign.unit(code), number)
        for code in named
    }
    return tuple(c for c in named if deadline or not can_be_seen(campaign.output / files[c]))


def _with_another_day(
    campaign: OpenCampaign, units: Sequence[str], deadline: dt.date
) -> tuple[str, ...]:
    """Return the units whose letters are about to go out and ask for an answer by another day.

    Letters about rows that a person chose have no form along, and stay as they are.
    """
    state = campaign.state()

    def is_meant(one: UnitStatus) -> bool:
        asks = one.explanation
        if asks is None or asks.due == deadline:
            return False
        is_next = one.unit.code in units if units else asks.state is ExplanationState.TO_SEND
        form = campaign.output / SUPPLEMENT.file_of(state.campaign, one.unit, asks.round)
        return is_next and can_be_seen(form)

    return tuple(
        one.unit.code for one in (state.standing.units() if state.standing else ()) if is_meant(one)
    )


# --- the second page ---


def _papers_id(request: Request) -> str:
    """Return the id of the folder of the letters, "" where there is none."""
    papers = campaign_of(request).output / letter_of(request).folder
    return desk_of(request).file_id(papers) if folder_can_be_seen(papers) else ""


def _unsigned(mailed: Mailed | None) -> int:
    """Return how many messages hold the letter as the program made it, that no person touched."""
    if mailed is None:
        return 0
    touched = {PurePosixPath(f.file).name for f in mailed.findings if f.code in _TOUCHED}
    return sum(touched.isdisjoint(message.attachments) for message in mailed.outbox.messages)


def confirm(request: Request) -> Response:
    """List once more who gets what, with what is still asked for: a number, a password."""
    return _confirm(request)


def _confirm(request: Request, problem: str = "") -> Response:
    campaign, kind, number = campaign_of(request), letter_of(request), _earlier_round(request)
    mailed = _to_send(request)
    if mailed is None:
        return back_to(campaign, _PLACE, f"{kind.folder}{of_round(number)}")
    return campaign_page(
        *(request, "confirm_sending.html"),
        status=422 if problem else 200,
        step=step_of(kind),
        kind=kind,
        heading=_title(kind, number),
        of_round=of_round(number),
        mailed=mailed,
        access=campaign.opened().mail_access(),
        seal=_seal(mailed.outbox),
        papers_id=_papers_id(request),
        unsigned=_unsigned(mailed),
        asks_number=len(mailed.outbox.messages) > MOST_WITHOUT_A_NUMBER,
        problem=problem,
    )


def send(request: Request, form: FormData) -> Response:
    """Send what the second page listed, and nothing else."""
    campaign, kind, number = campaign_of(request), letter_of(request), _earlier_round(request)
    mailed = _to_send(request)
    if mailed is None:
        return back_to(campaign, _PLACE, f"{kind.folder}{of_round(number)}")
    access = campaign.opened().mail_access()
    password = forms.text(form, "mat-khau")
    if problem := _in_the_way(form, mailed, access, password):
        return _confirm(request, problem)
    batch, seal = mailed.batch, _seal(mailed.outbox)

    def is_as_shown(outbox: Outbox, _server: str) -> bool:
        if _seal(outbox) != seal:
            _made_of.get(campaign, {}).pop(kind.folder, None)
            raise CchcError(
                "Chưa thư nào được gửi: danh sách thư đã đổi từ lúc xem (văn bản, địa chỉ hay sổ "
                "theo dõi vừa đổi). Soạn lại, xem lại danh sách rồi gửi."
            )
        return True

    def work(tell: OnProgress) -> Mailed:
        return with_password(campaign, tell, password).send(
            kind,
            for_real=True,
            round=batch.round,
            only=batch.only,
            again=batch.again,
            accepts_old=batch.accepts_old,
            accepts_scans=batch.accepts_scans,
            confirm=is_as_shown,
        )

    title = f"Gửi {len(mailed.outbox.messages)} thư: {_title(kind, number)}"
    to = f"{_PLACE}/{kind.folder}{of_round(number)}"
    return start_run(request, title, to, work, leads_on=True)


def _in_the_way(form: FormData, mailed: Mailed, access: MailAccess, password: str) -> str:
    """Return why what was sent in does not send anything, "" where it does."""
    count = len(mailed.outbox.messages)
    if not access.is_set:
        return "Chưa điền đủ máy chủ thư để gửi."
    if forms.text(form, "dau") != _seal(mailed.outbox):
        return "Danh sách dưới đây khác danh sách vừa xem. Xem lại rồi gửi."
    if count > MOST_WITHOUT_A_NUMBER and forms.number(form, "so-thu") != count:
        return f"Số thư chưa đúng: danh sách có {count} thư. Chưa thư nào được gửi."
    if access.asks_password and not password:
        return f"Cần mật khẩu thư của {access.account}. Chưa thư nào được gửi."
    return ""


def _seal(outbox: Outbox) -> str:
    """Return what stands for all that was shown: each message with its papers, and to whom."""
    shown = [(m.message_id, m.to, m.copy_to, m.subject) for m in outbox.messages]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


# --- beside the list ---


def try_out(request: Request, form: FormData) -> Response:
    """Send one letter to the clerk alone."""
    campaign, kind, number = campaign_of(request), letter_of(request), _earlier_round(request)
    address, password = forms.text(form, "dia-chi"), forms.text(form, "mat-khau")
    only = tuple(filter(None, (forms.text(form, "cua"),)))
    return start_run(
        *(request, "Gửi thử cho tôi", f"{_PLACE}/{kind.folder}{of_round(number)}"),
        lambda tell: with_password(campaign, tell, password).send_to_oneself(
            kind, address, only=only, round=number
        ),
    )


def hand_over(request: Request, form: FormData) -> Response:
    """Record that units have the letter by another way."""
    campaign, kind, number = campaign_of(request), letter_of(request), _earlier_round(request)
    state = campaign.state()
    units = forms.texts(form, "don-vi")
    if forms.text(form, "tat-ca") == "1" and state.standing:
        units = forms.texts(form, "neu") or tuple(u.code for u in _not_given(state, kind, number))
    if not units:
        raise CchcError("Chưa ghi gì: chưa chọn đơn vị nào. Đánh dấu các đơn vị trong bảng.")
    way = forms.text(form, "cach")
    on = forms.day(form, "ngay")
    campaign.opened().record_handover(units, way, kind=kind, number=number, day=on)
    return back_to(campaign, SCREENS[step_of(kind) - 1])


def unasked(state: CampaignState, number: int) -> tuple[Unit, ...]:
    """Return which of the units that have yet to answer a round were never told of it."""
    waiting = {code for one in state.rounds if one.number == number for code in one.waiting}

    def was_asked(one: UnitStatus) -> bool:
        letters = (d for d in one.deliveries if d.kind is EXPLANATION)
        return any(d.number == number and d.state.is_live for d in letters)

    units = state.standing.units() if state.standing else ()
    return tuple(one.unit for one in units if one.unit.code in waiting and not was_asked(one))


def _not_given(state: CampaignState, kind: PaperKind, number: int | None) -> tuple[Unit, ...]:
    """Return the units that are to have letters of a kind now, and do not have them yet.

    `number` is an earlier round, whose letters are meant.
    """
    if number:
        return unasked(state, number)
    if state.standing is None:
        return ()
    last_round = state.rounds[-1] if state.rounds else None

    def lacks(one: UnitStatus) -> bool:
        last = one.last(kind)
        if kind is DISPATCH:
            return bool(state.campaign.assigned_to(one.unit)) and not is_given(last)
        if kind is REMINDER:
            return one.unit.code in state.remind
        if last_round is None or one.unit.code not in last_round.waiting:
            return False
        return not (is_given(last) and last is not None and last.number >= last_round.number)

    return tuple(one.unit for one in state.standing.units() if lacks(one))


def workbook_id(request: Request) -> str:
    """Return the id of the campaign's workbook, where the addresses of units stand."""
    return desk_of(request).file_id(campaign_of(request).folder / "dot-cham.xlsx")


def is_given(delivery: Any) -> bool:
    """Tell whether a unit has a letter, or may have it, as far as anybody knows."""
    return delivery is not None and delivery.state.is_live


def with_password(campaign: OpenCampaign, tell: OnProgress, password: str) -> CampaignFolder:
    """Open a campaign for a job that logs in to a mail server; the password is kept nowhere."""
    opened = campaign.opened(tell)
    return replace(opened, ask_password=lambda _account: password) if password else opened


# --- what was made last ---


def _last(request: Request) -> Mailed | None:
    """Return what the last drafting or sending of this kind brought back."""
    kind, number = letter_of(request), _earlier_round(request)
    for run in desk_of(request).runs.of(campaign_of(request).id):
        mailed = _mailed(run)
        if mailed and (mailed.word, mailed.batch.round) == (kind.folder, number):
            return mailed
    return None


def _mailed(run: Run) -> Mailed | None:
    result: Any = run.result
    is_mailed = run.fate is RunFate.DONE and hasattr(result, "outbox")
    return result if is_mailed else None


def _to_send(request: Request) -> Mailed | None:
    """Return the drafts that may be sent: made, and not yet used."""
    mailed = _last(request)
    if mailed is None or mailed.for_real or not mailed.outbox.messages:
        return None
    return None if _is_old(request, mailed) else mailed


def _is_old(request: Request, mailed: Mailed) -> bool:
    """Tell whether drafts that were not sent yet are to be made anew: what they are of changed."""
    campaign = campaign_of(request)
    known = _made_of.get(campaign, {}).get(mailed.word)
    is_current = known is not None and known[0] is mailed and known[1] == _saved(campaign)
    return not (mailed.for_real or is_current)


def _saved(campaign: OpenCampaign) -> tuple[tuple[int, int], ...]:
    """Return what changes when the workbook or the settings are saved."""
    files = (campaign.folder / "dot-cham.xlsx", campaign.folder / "thu.toml")
    there = (path.stat() for path in files if can_be_seen(path))
    return tuple((status.st_mtime_ns, status.st_size) for status in there)


def _draft_ids(request: Request, mailed: Mailed | None) -> dict[str, str]:
    """Return the ids of the drafts that lie there, by Message-ID."""
    if mailed is None:
        return {}
    files = {m.message_id: mailed.drafts / f"{m.name}.eml" for m in mailed.outbox.messages}
    return {id_: desk_of(request).file_id(path) for id_, path in files.items() if can_be_seen(path)}


def _told(campaign: OpenCampaign, mailed: Mailed | None) -> tuple[Finding, ...]:
    """Return what there is to know of the drafts, beside what the workbook's own page tells."""
    return tuple(_new(campaign, mailed)) if mailed else ()


def _new(campaign: OpenCampaign, mailed: Mailed) -> Iterator[Finding]:
    known = set(campaign.state().campaign.findings)
    yield from dict.fromkeys(f for f in mailed.findings if f not in known)


async def take_signed(request: Request) -> Response:
    """Lay signed copies beside their letters."""
    async with request.form(max_files=MOST_FILES) as uploaded:
        given = await files_in(uploaded)
    campaign, kind = campaign_of(request), letter_of(request)
    back = f"{_PLACE}/{kind.folder}{of_round(_earlier_round(request))}"

    def work(tell: OnProgress) -> SignedTaken:
        return campaign.opened(tell).take_signed(kind, given)

    return await to_thread.run_sync(start_run, request, f"Nhận {len(given)} bản đã ký", back, work)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/gui/{kind}", show),
    ("POST", "/d/{campaign}/gui/{kind}", posted(draft)),
    ("GET", "/d/{campaign}/gui/{kind}/that", confirm),
    ("POST", "/d/{campaign}/gui/{kind}/that", posted(send)),
    ("POST", "/d/{campaign}/gui/{kind}/thu-toi", posted(try_out)),
    ("POST", "/d/{campaign}/gui/{kind}/cach-khac", posted(hand_over)),
    ("POST", "/d/{campaign}/gui/{kind}/ban-ky", take_signed),
)
