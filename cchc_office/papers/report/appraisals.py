"""The report's sheet "Thẩm định": every score that a leaf was given, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Answer,
    AppraisedLeaf,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    Source,
    Unit,
)
from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.score_cells import (
    max_style,
    stage_heading,
    stage_key,
)
from cchc_office.papers.signs import given_style
from cchc_office.results.appraisal_rows import says_something
from cchc_office.sheets.columns import Column, Holds, Link, Value
from cchc_office.sheets.look import A3
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text import figures
from cchc_office.text.vietnamese import official

APPRAISALS_SHEET = "Thẩm định"

_FIRST = (
    Column("unit", "Mã đơn vị", 20, Holds.MARK_LINK),
    Column("code", "STT", 14, Holds.MARK),
    Column("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 60),
    Column("maximum", "Điểm tối đa", 16, Holds.SCORE),
    Column("self", "Điểm tự chấm", 17, Holds.SCORE),
)
_EXPLANATION = (
    Column("explanation", "Đơn vị giải trình", 48),
    Column("more_evidence", "Tài liệu bổ sung", 34),
    Column("wanted", "Điểm đề nghị", 18, Holds.SCORE),
)


def _of_round(number: int) -> tuple[Column, ...]:
    key = stage_key(number)
    return (
        Column(key, stage_heading(number), 18, Holds.SCORE),
        Column(f"{key}_opinion", f"Ý kiến thẩm định lần {number}", 44),
        Column(f"{key}_request", f"Yêu cầu giải trình lần {number}", 34),
        Column(f"{key}_by", f"Người thẩm định lần {number}, ngày", 30, Holds.MARK),
        *(_EXPLANATION if number == 1 else ()),
    )


def _columns(inputs: Inputs) -> tuple[Column, ...]:
    data = inputs.data
    maximum = given_style(leaf.max_score for leaf in data.campaign.leaves)
    rounds = range(1, data.rounds + 1)
    sources = {"self": "tự chấm"} | {stage_key(n): f"thẩm định lần {n}" for n in rounds}
    # Without a way to the files there is nothing behind a source to look like a link.
    holds = Holds.LINK if inputs.returns_path else Holds.TEXT
    return (
        *(replace(c, style=maximum) if c.key == "maximum" else c for c in _FIRST),
        *(column for number in rounds for column in _of_round(number)),
        *(
            Column(f"{key}_source", f"Nguồn {name}", 44, holds, is_printed=False)
            for key, name in (sources | {"explanation": "giải trình"}).items()
        ),
    )


def appraisals_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet: a row for each leaf of a unit that the appraisal or an answer speaks of."""
    data = inputs.data
    if not data.rounds and not data.explained:
        return
    remark = (
        f"{inputs.as_of}. Mọi điểm đã có của từng tiêu chí, cạnh nhau; bấm nguồn để mở tệp. "
        "▼: thấp hơn điểm trước; ▲: cao hơn."
    )
    yield TableSheet(
        APPRAISALS_SHEET,
        "ĐIỂM TỰ CHẤM, THẨM ĐỊNH VÀ GIẢI TRÌNH",
        (remark,),
        with_room_for_codes(_columns(inputs), data.campaign),
        _rows(inputs),
        count=len(data.appraised) + len(data.explained),
        frozen=3,
        compared=tuple((stage_key(n), stage_key(n + 1)) for n in range(data.rounds)),
        paper=A3,
    )


def _rows(inputs: Inputs) -> Iterator[SheetRow]:
    data = inputs.data
    of_unit: dict[str, set[str]] = {}
    spoken = (key for key, said in data.appraised.items() if any(map(says_something, said)))
    for unit, criterion in (*spoken, *data.explained):
        of_unit.setdefault(unit, set()).add(criterion)
    for result in data.units:
        own = of_unit.get(result.unit.code, set())
        answers = result.answers if own else {}
        for leaf in data.campaign.leaves if own else ():
            if leaf.id in own:
                styles = {"maximum": max_style(leaf)} if leaf.is_optional else {}
                yield SheetRow(_values(inputs, result.unit, leaf, answers.get(leaf.id)), styles)


def _values(
    inputs: Inputs, unit: Unit, leaf: Criterion, answer: LeafReturn | None
) -> dict[str, Value]:
    data, key = inputs.data, (unit.code, leaf.id)
    values: dict[str, Value] = {
        "unit": inputs.unit_link(unit, leaf.id),
        "code": data.campaign.listed_code(leaf),
        "name": leaf.name,
        "maximum": leaf.max_score,
        "self": _score(leaf, answer),
        "self_source": _source(inputs, answer.source if answer else None),
    }
    for number in range(1, data.rounds + 1):
        said = [x for x in data.appraised.get(key, ()) if x.round == number and says_something(x)]
        values |= _of_round_said(inputs, leaf, stage_key(number), said)
    if explained := data.explained.get(key):
        values |= {
            "explanation": explained.explanation,
            "more_evidence": explained.evidence,
            "wanted": _score(leaf, explained),
            "explanation_source": _source(inputs, explained.source),
        }
    return values


def _of_round_said(
    inputs: Inputs, leaf: Criterion, key: str, said: list[AppraisedLeaf]
) -> dict[str, Value]:
    """Return what counts of a round, and in its words what else was said in it."""
    if not said:
        return {}
    # What counts is the last that says anything of the score.
    last = ([x for x in said if x.answer is not Answer.BLANK] or said)[-1]
    others = [_other_words(leaf, x, last) for x in said if x is not last]
    return {
        key: _score(leaf, last),
        f"{key}_opinion": "\n".join([*others, last.opinion] if last.opinion else others),
        f"{key}_request": "\n".join(dict.fromkeys(x.request for x in said if x.request)),
        f"{key}_by": "\n".join(dict.fromkeys(filter(None, map(_who, said)))),
        f"{key}_source": _source(inputs, last.source),
    }


def _score(leaf: Criterion, said: LeafReturn | AppraisedLeaf | ExplainedLeaf | None) -> Value:
    """Return a score as it counts, or in words what stands in its place."""
    if said is None:
        return ""
    if said.score is not None:
        return leaf.signed(said.score)
    return "" if said.answer is Answer.BLANK else said.answer.value


def _source(inputs: Inputs, source: Source | None) -> Value:
    if source is None:
        return ""
    return Link(f"{source.file} › {source.cell}", inputs.source_link(source))


def _who(said: AppraisedLeaf) -> str:
    day = official(said.on).short if said.on else ""
    return ", ".join(filter(None, (said.by, day)))


def _other_words(leaf: Criterion, said: AppraisedLeaf, last: AppraisedLeaf) -> str:
    """Return what was said in the same round besides what counts."""
    score = _score(leaf, said)
    if isinstance(score, Decimal):
        told = f" cho {figures.given(score)}"
    else:
        not_counted = f" ghi “{said.typed}”, không tính được" if said.typed else ""
        told = f" cho “{score}”" if said.answer is Answer.NOT_APPLICABLE else not_counted
    words = said.opinion if said.opinion != last.opinion else ""
    return f"(Cùng lần này, {_who(said) or said.source.file}{told}{words and f': {words}'})"
