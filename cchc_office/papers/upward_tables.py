"""The tables of the report upward: fields, all scores, and leaves without one.

Every figure is one of the consolidation's, the same that the score table shows; here they only
get their words: a comma, two decimals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from cchc_office.model import (
    Consolidation,
    Criterion,
    LeafResult,
    LeafState,
    Subtotal,
    Unit,
)
from cchc_office.papers.report.score_words import lead_names
from cchc_office.papers.signs import signed_max
from cchc_office.text import figures
from cchc_office.text.shortening import some_of
from cchc_office.word.templates import ListOf, Names, record_of

_MOST_NAMED = 5
_PENDING, _NOTHING = "chưa có", "0,00"
_NOT_APPLICABLE = "không áp dụng"
_WITHOUT_SCORE = {
    LeafState.MISSING: "Chưa có điểm",
    LeafState.PARTLY: "Còn đơn vị chưa chấm",
    LeafState.UNUSABLE: "Điểm ghi chưa rõ",
}


@dataclass(frozen=True, kw_only=True)
class _Cells:
    """What every row of scores has."""

    toi_da: str
    toi_da_ap_dung: str
    tu_cham: str
    dtxhh: str
    dat: str
    ty_le: str


@dataclass(frozen=True, kw_only=True)
class TemplateField(_Cells):
    """A field's sums as templates see them; `la_tong` tells that the row is the sum over all."""

    stt: str
    ten: str
    tham_dinh: str
    la_tong: bool


@dataclass(frozen=True, kw_only=True)
class TemplateScore(_Cells):
    """A row of the score table as templates see it; `la_muc` rows are set in bold."""

    ma: str
    ten: str
    don_vi: str
    lan_1: str
    lan_2: str
    la_muc: bool


@dataclass(frozen=True)
class TemplateOpenLeaf:
    """A leaf without a score as templates see it."""

    stt: str
    ma: str
    ten: str
    don_vi: str
    tinh_trang: str


TABLE_NAMES: Names = {
    "linh_vuc": ListOf(record_of(TemplateField)),
    "bang_diem": ListOf(record_of(TemplateScore)),
    "chua_co_diem": ListOf(record_of(TemplateOpenLeaf)),
}


def table_values(data: Consolidation) -> dict[str, Any]:
    """Return what templates are offered of scores, row by row."""
    return {
        "linh_vuc": [*_fields(data), _field_of_sums(data, None, data.total)],
        "bang_diem": [*(_score(data, row) for row in data.campaign.criteria), _score(data, None)],
        "chua_co_diem": _open_leaves(data),
    }


def _fields(data: Consolidation) -> Iterator[TemplateField]:
    for field in data.campaign.children(None):
        sums, leaf = data.subtotals.get(field.id), data.leaf(field)
        if sums:
            yield _field_of_sums(data, field, sums)
        elif leaf:
            # A field that carries a score itself.
            final = field.signed((leaf.rounds or (None,))[-1])
            yield TemplateField(
                stt=field.code,
                ten=field.name,
                tham_dinh=figures.optional_score(final),
                la_tong=False,
                **_leaf_cells(leaf),
            )


def _field_of_sums(data: Consolidation, field: Criterion | None, sums: Subtotal) -> TemplateField:
    shown = _ShownSums(data, field, sums)
    return TemplateField(
        stt=field.code if field else "",
        ten=field.name if field else "Tổng cộng",
        tham_dinh=shown.at(data.rounds, sums.final),
        la_tong=field is None,
        **shown.cells(),
    )


def _score(data: Consolidation, row: Criterion | None) -> TemplateScore:
    """Return a row of the score table; None stands for the sum over all."""
    leaf = data.leaf(row) if row else None
    if leaf:
        criterion = leaf.criterion
        rounds = [figures.optional_score(criterion.signed(score)) for score in leaf.rounds]
        return TemplateScore(
            ma=criterion.code,
            ten=criterion.printed_name,
            don_vi=lead_names(data.campaign, criterion, most=2),
            lan_1=rounds[0] if rounds else "",
            lan_2=rounds[1] if len(rounds) > 1 else "",
            la_muc=data.campaign.is_bold(criterion),
            **_leaf_cells(leaf),
        )
    if row and row.is_text:
        return _text_row(row)
    sums = data.subtotals[row.id] if row else data.total
    shown = _ShownSums(data, row, sums)
    return TemplateScore(
        ma=row.code if row else "",
        ten=row.printed_name if row else "TỔNG CỘNG",
        don_vi="",
        lan_1=shown.at(1, sums.round_1) if data.rounds else "",
        lan_2=shown.at(2, sums.round_2) if data.rounds > 1 else "",
        la_muc=row is None or data.campaign.is_bold(row),
        **shown.cells(),
    )


def _text_row(row: Criterion) -> TemplateScore:
    """Return a row that only explains the one above it: nothing in it is scored."""
    blank = dict.fromkeys((field.name for field in fields(_Cells)), "")
    return TemplateScore(
        ma=row.code, ten=row.name, don_vi="", lan_1="", lan_2="", la_muc=False, **blank
    )


class _ShownSums:
    """The sums under a row (None: over all) in words: what nobody scored is not 0."""

    def __init__(self, data: Consolidation, row: Criterion | None, sums: Subtotal) -> None:
        below = data.campaign.leaves_under(row) if row else data.campaign.leaves
        leaves = [leaf for leaf in map(data.leaf, below) if leaf]
        scores = [(leaf.score, *leaf.rounds) for leaf in leaves]
        self._row = row
        self._sums = sums
        self._known = [
            any(at < len(own) and own[at] is not None for own in scores)
            for at in range(data.rounds + 1)
        ]
        self._has_surveys = any(leaf.survey is not None for leaf in leaves)

    def at(self, stage: int, score: Decimal) -> str:
        """Return the score after so many rounds, or what stands in its place."""
        if not self._sums.expected:
            return ""
        if self._known[stage]:
            return figures.score(score)
        maximum = self._sums.final_max if stage else self._sums.applicable_max
        is_out = self._sums.max_score > 0 and not maximum
        return _NOT_APPLICABLE if is_out else _PENDING

    def cells(self) -> dict[str, str]:
        """Return what every row of scores has; "" where nothing is known or applies."""
        sums, is_achieved = self._sums, self._known[-1] or self._has_surveys
        survey = _PENDING if sums.survey_pending else ""
        return {
            "toi_da": self._maximum(),
            "toi_da_ap_dung": figures.score(sums.achieved_max) if sums.max_score else "",
            "tu_cham": self.at(0, sums.score),
            "dtxhh": figures.score(sums.survey_score) if sums.survey_max else survey,
            "dat": figures.score(sums.achieved) if is_achieved else "",
            "ty_le": figures.optional_rate(sums.achieved_rate) if is_achieved else "",
        }

    def _maximum(self) -> str:
        """Return what the rows come to at most; of bonus and penalty it is their cap."""
        if self._row and self._row.is_optional:
            return signed_max(self._row)
        return figures.score(self._sums.max_score) if self._sums.max_score else ""


def _leaf_cells(leaf: LeafResult) -> dict[str, str]:
    criterion, applicable = leaf.criterion, leaf.achieved_max
    is_nothing = leaf.state is LeafState.WAIVED
    return {
        "toi_da": signed_max(criterion),
        "toi_da_ap_dung": "" if applicable is None else figures.given(applicable),
        "tu_cham": _own_score(leaf),
        "dtxhh": _survey_score(leaf),
        "dat": _NOTHING if is_nothing else figures.optional_score(criterion.signed(leaf.achieved)),
        "ty_le": figures.optional_rate(leaf.achieved_rate),
    }


def _own_score(leaf: LeafResult) -> str:
    if leaf.score is not None or leaf.state is LeafState.SURVEY:
        return figures.optional_score(leaf.criterion.signed(leaf.score))
    if leaf.applicable_max is None:
        return _NOT_APPLICABLE
    is_blank = leaf.criterion.is_optional and leaf.state in (LeafState.WAIVED, LeafState.SCORED)
    return _NOTHING if is_blank else _PENDING


def _survey_score(leaf: LeafResult) -> str:
    if leaf.state is not LeafState.SURVEY:
        return ""
    if leaf.survey is None:
        return _PENDING
    of_units = f" ({leaf.done}/{leaf.expected} đơn vị)" if leaf.is_partly_surveyed else ""
    return figures.score(leaf.survey) + of_units


def _open_leaves(data: Consolidation) -> list[TemplateOpenLeaf]:
    leaves = [leaf for leaf in data.leaves if leaf.state in _WITHOUT_SCORE and not _is_waived(leaf)]
    return [
        TemplateOpenLeaf(
            stt=str(number),
            ma=data.campaign.listed_code(leaf.criterion),
            ten=leaf.criterion.name,
            don_vi=some_names(
                [data.campaign.unit(code) for code in leaf.lacking],
                among=leaf.expected - leaf.done,
            ),
            tinh_trang=_open_words(leaf),
        )
        for number, leaf in enumerate(leaves, start=1)
    ]


def _is_waived(leaf: LeafResult) -> bool:
    """Tell whether it is a bonus or penalty that nobody has said anything of yet."""
    return leaf.criterion.is_optional and leaf.state is LeafState.MISSING


def _open_words(leaf: LeafResult) -> str:
    if leaf.state is LeafState.PARTLY and leaf.criterion.is_counted:
        return "Chưa tính các đơn vị này"
    if leaf.state is LeafState.UNUSABLE and leaf.expected - leaf.done > 1:
        return "Chưa chấm, hoặc điểm ghi chưa rõ"
    return _WITHOUT_SCORE[leaf.state]


def some_names(units: Sequence[Unit], most: int = _MOST_NAMED, among: int = 0) -> str:
    """Return the units' names; of more than `most` the first, and how many there are besides.

    `units` may be the first of so many (`among`).
    """
    return some_of([unit.name for unit in units], most, "đơn vị", between="; ", among=among)
