"""What is to be done next in a campaign's year, and the command that does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cchc_office.papers.kinds import DISPATCH, EXPLANATION, REMINDER, PaperKind
from cchc_office.register.tracking import UnitStatus
from cchc_office.steps.year_steps import (
    APPRAISING,
    CRITERIA_SET,
    REMINDING,
    RESULTS,
    RETURNED,
    TASKS,
    YearFacts,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, in one sentence, and the command that does it.

    `step` is the number of the step that it is of.
    """

    step: int
    words: str
    command: str


_Told = tuple[int, str, tuple[str, ...]]
"""The step, what is to be done, and the command with its own options."""


def what_is_next(facts: YearFacts) -> _Told:
    """Return what is to be done next: the step, one sentence, and the words of the command."""
    ways = (_close, _mend, _settle, _give_out, _see_returns, _remind, _wait, _appraise)
    told = (way(facts) for way in ways)
    return next(filter(None, told), (RESULTS, _last_words(facts), ("tong-hop",)))


def _close(facts: YearFacts) -> _Told | None:
    if not facts.erased_on:
        return None
    words = (
        f"Dữ liệu cá nhân của đợt này đã xoá ngày {facts.erased_on}: chỉ còn xem kết quả đã giữ. "
        "Đợt mới thì tạo thư mục mới."
    )
    return RESULTS, words, ("xoa-du-lieu",)


def _mend(facts: YearFacts) -> _Told | None:
    if facts.errors:
        words = f"Sửa {facts.errors} lỗi trong {facts.campaign.file} rồi lưu lại."
        return CRITERIA_SET, words, ("kiem-tra",)
    if facts.stopped:
        words = "Mở quyền xem thư mục, tệp gửi về chưa xem được, rồi tổng hợp."
        return RETURNED, words, ("tong-hop",)
    return None


def _settle(facts: YearFacts) -> _Told | None:
    if facts.unclear:
        words = f"Hỏi xem {facts.unclear} thư không rõ đã đến đơn vị chưa, rồi ghi vào sổ."
        return TASKS, words, ("so xu-ly",)
    if doubted := facts.to_look_at.doubted:
        words = f"Hỏi xem {len(doubted)} tệp gửi về có đúng của đơn vị không, rồi ghi vào sổ."
        return RETURNED, words, ("so xu-ly",)
    return None


def _give_out(facts: YearFacts) -> _Told | None:
    if facts.to_make:
        kinds = ", ".join(papers.kind.title for papers in facts.to_make)
        is_again = any(papers.there for papers in facts.to_make)
        return TASKS, f"Làm {'lại ' if is_again else ''}{kinds}.", ("chay",)
    if facts.to_choose:
        words = (
            f"Chọn bản của {facts.to_choose} văn bản đã sửa tay nay có bản mới: giữ bản của mình, "
            "hay lấy bản mới."
        )
        return TASKS, words, ("chon-ban",)
    if facts.untold:
        if not _by_mail(facts.untold):
            return TASKS, *_by_hand("công văn, phiếu", facts.untold, DISPATCH)
        words = (
            f"Gửi công văn, phiếu cho {_units(facts.untold)}; giao bằng cách khác rồi thì ghi sổ."
        )
        return TASKS, words, ("gui", "--loai", DISPATCH.folder)
    if facts.with_old:
        words = (
            f"{len(facts.with_old)} đơn vị đang giữ công văn, phiếu bản cũ, đã làm lại sau khi "
            "giao: gửi lại, hay báo bằng cách khác rồi ghi sổ."
        )
        return TASKS, words, ("gui", "--loai", DISPATCH.folder, *_again(facts.with_old))
    return None


def _see_returns(facts: YearFacts) -> _Told | None:
    if unusable := facts.to_look_at.unusable:
        words = f"Xem {len(unusable)} tệp gửi về chưa dùng được."
        return RETURNED, words, ("tong-hop",)
    return None


def _remind(facts: YearFacts) -> _Told | None:
    if not facts.remind:
        return None
    whom = f"công văn đôn đốc cho {len(facts.remind)} đơn vị còn nợ"
    if facts.reminders_made:
        due = [unit for unit in facts.units if unit.unit.code in facts.remind]
        if not _by_mail(due):
            return REMINDING, *_by_hand("công văn đôn đốc", due, REMINDER)
        return REMINDING, f"Gửi {whom}.", ("gui", "--loai", "don-doc")
    return REMINDING, f"Làm {whom}.", ("don-doc",)


def _wait(facts: YearFacts) -> _Told | None:
    # Once the reviewers have judged what came, the year goes on without what did not.
    if not facts.missing or facts.rounds:
        return None
    deadline = facts.campaign.info.deadline
    until = f" (hạn nộp {deadline:%d/%m/%Y})" if deadline else ""
    words = f"Đợi phiếu của {_units(facts.missing)}{until}; {_comes('phiếu', RETURNED)}."
    return RETURNED, words, ("tong-hop",)


def _comes(what: str, step: int) -> str:
    """Return where what comes back is put, on the page and in the folder."""
    screen, folder = {
        RETURNED: ("Nhận phiếu", "nhan-ve"),
        APPRAISING: ("Thẩm định", "tham-dinh"),
    }[step]
    return f"{what} về thì thả vào trang {screen}, hay để vào thư mục {folder}"


def _appraise(facts: YearFacts) -> _Told | None:
    if not facts.rounds:
        if facts.appraisal_made:
            words = f"Đợi người thẩm định điền bảng thẩm định; {_comes('bảng', APPRAISING)}."
            return APPRAISING, words, ("tong-hop",)
        return APPRAISING, f"Làm bảng thẩm định lần 1{_though_owed(facts)}.", ("tham-dinh",)
    last = facts.rounds[-1]
    if facts.unasked:
        whom = f"{len(facts.unasked)} đơn vị giải trình thẩm định lần {last.number}"
        return APPRAISING, f"Yêu cầu {whom}{_though_missing(facts)}.", ("giai-trinh",)
    if facts.unsent:
        unsent = [unit for unit in facts.units if unit.unit.code in facts.unsent]
        if not _by_mail(unsent):
            return APPRAISING, *_by_hand("yêu cầu giải trình", unsent, EXPLANATION)
        whom = f"{len(facts.unsent)} đơn vị"
        words = f"Gửi yêu cầu giải trình cho {whom}{_though_missing(facts)}."
        return APPRAISING, words, ("gui", "--loai", EXPLANATION.folder)
    if late := facts.late_to_explain:
        words = f"Nhắc {len(late)} đơn vị quá hạn giải trình{_though_missing(facts)}."
        return APPRAISING, words, ("gui", "--loai", EXPLANATION.folder, *_again(late))
    if last.waiting:
        whose = f"{len(last.waiting)} đơn vị"
        words = f"Đợi phiếu giải trình của {whose}; {_comes('phiếu', RETURNED)}."
        return APPRAISING, words, ("tong-hop",)
    if facts.wants_another_round:
        if facts.appraisal_made > last.number:
            words = f"Đợi bảng thẩm định lần 2; {_comes('bảng', APPRAISING)}."
            return APPRAISING, words, ("tong-hop",)
        return APPRAISING, "Làm bảng thẩm định lần 2.", ("tham-dinh", "--lan", "2")
    return None


def _by_mail(units: Iterable[UnitStatus]) -> bool:
    """Tell whether a letter can go to any of them."""
    return any(unit.unit.emails for unit in units)


def _by_hand(
    what: str, units: Sequence[UnitStatus], kind: PaperKind
) -> tuple[str, tuple[str, ...]]:
    """Return what is to be done where no letter can go out, and the command that records it."""
    words = f"Giao {what} cho {_units(units)} bằng giấy, Zalo… rồi ghi sổ: chưa có địa chỉ thư nào."
    codes = (unit.unit.code for unit in units)
    return words, ("so ghi", *codes, "--loai", kind.folder, "--cach", "bản giấy")


def _though_missing(facts: YearFacts) -> str:
    """Return whose forms are still waited for while the year goes on without them."""
    return f"; còn đợi phiếu của {_units(facts.missing)}" if facts.missing else ""


def _though_owed(facts: YearFacts) -> str:
    """Return that units whose forms are all there still owe something in them."""
    return f"; {len(facts.owing)} đơn vị còn nợ, đã đôn đốc" if facts.owing else ""


def _last_words(facts: YearFacts) -> str:
    if facts.report_is_old:
        return "Tổng hợp lại: số liệu đã đổi sau khi làm báo cáo."
    if facts.report_made:
        return "Xem tổng hợp, báo cáo; có gì đổi thì tổng hợp lại."
    return "Làm tổng hợp, báo cáo gửi cấp trên."


def _again(units: Iterable[str]) -> Iterator[str]:
    """Yield the options by which units get one more letter."""
    yield "--gui-lai"
    for code in units:
        yield from ("--chi", code)


_MOST_NAMED = 3


def _units(units: Sequence[UnitStatus]) -> str:
    """Return units by name where they are few, else how many there are."""
    if len(units) > _MOST_NAMED:
        return f"{len(units)} đơn vị"
    return ", ".join(unit.unit.name for unit in units)
