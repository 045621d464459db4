"""The report upward: what was scored, what is missing and why, what units ask for, all scores.

Every figure is one of the consolidation's, the same that the score table shows; here they only
get their words: a comma, two decimals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_office.decree30.figures import Part, Profile
from cchc_office.model import (
    Campaign,
    Comparison,
    Consolidation,
    Criterion,
    LeafResult,
    LeafState,
    Level,
    Method,
    Place,
    Points,
    Role,
    Subtotal,
    Unit,
    UnitState,
)
from cchc_office.papers.basis import Basis
from cchc_office.papers.kinds import UPWARD_REPORT
from cchc_office.papers.letter_values import LETTERHEAD_NAMES, letterhead_values, rule_under
from cchc_office.papers.planning import LetterTemplate, PlannedPaper
from cchc_office.papers.styles import part_size
from cchc_office.papers.unit_remarks import Remark, RemarkKind, gather_remarks
from cchc_office.papers.upward_charts import appraisal_chart, fields_chart
from cchc_office.papers.upward_explanations import Explanation, gather_explanations
from cchc_office.papers.upward_standing import STANDING_NAMES, comparison_values, place_values
from cchc_office.text import figures
from cchc_office.text.vietnamese import OfficialDate, official, upper
from cchc_office.word.templates import (
    FLAG,
    PICTURE,
    TEXT,
    ListOf,
    Names,
    record_of,
)

_MOST_NAMED = 5
_PENDING = "chưa có"
_NOT_APPLICABLE = "không áp dụng"
_WITHOUT_SCORE = {
    LeafState.MISSING: "Chưa có điểm",
    LeafState.PARTLY: "Còn đơn vị chưa chấm",
    LeafState.UNUSABLE: "Điểm ghi chưa rõ",
}


@dataclass(frozen=True)
class TemplateField:
    """A field's sums as templates see them; `la_tong` tells that the row is the sum over all."""

    stt: str
    ten: str
    toi_da: str
    toi_da_ap_dung: str
    tu_cham: str
    tham_dinh: str
    dtxhh: str
    dat: str
    ty_le: str
    la_tong: bool


@dataclass(frozen=True)
class TemplateScore:
    """A row of the score table as templates see it; `la_muc` rows are set in bold."""

    ma: str
    ten: str
    don_vi: str
    toi_da: str
    toi_da_ap_dung: str
    tu_cham: str
    lan_1: str
    lan_2: str
    dtxhh: str
    dat: str
    ty_le: str
    la_muc: bool


@dataclass(frozen=True)
class TemplateExplanation:
    """What is lacking at a leaf, and the units' explanation, as templates see it."""

    stt: str
    ma: str
    ten: str
    don_vi: str
    noi_dung: str
    giai_trinh: str


@dataclass(frozen=True)
class TemplateRemark:
    """A difficulty or proposal as templates see it: its words, who wrote it, at which row."""

    noi_dung: str
    don_vi: str
    ma: str
    ten: str


@dataclass(frozen=True)
class TemplateOpenLeaf:
    """A leaf without a score as templates see it."""

    stt: str
    ma: str
    ten: str
    don_vi: str
    tinh_trang: str


_FIGURES = (
    *("kinh_gui", "trich_yeu", "gach_duoi_trich_yeu", "ngay_bao_cao", "ngay_tong_hop"),
    *("so_dong_diem", "so_dtxhh", "so_dtxhh_chua_co", "da_cham", "phai_cham"),
    *("so_don_vi", "so_don_vi_da_nop", "tong_diem", "so_lan_tham_dinh"),
    *("diem_tu_cham", "toi_da_tu_cham", "ty_le_tu_cham"),
    *("diem_tham_dinh", "toi_da_tham_dinh", "ty_le_tham_dinh"),
    *("diem_dtxhh", "toi_da_dtxhh", "diem_dtxhh_chua_co", "dtxhh_mot_phan"),
    *("diem_dat", "toi_da_dat", "ty_le_dat"),
)
_FLAGS = (
    *("co_tham_dinh", "co_lan_2", "co_dtxhh", "thieu_dtxhh", "co_ket_qua_dtxhh", "co_thuong_phat"),
)
OFFERS: Names = {
    **LETTERHEAD_NAMES,
    **dict.fromkeys(_FIGURES, TEXT),
    **dict.fromkeys(_FLAGS, FLAG),
    **dict.fromkeys(("bieu_do_linh_vuc", "bieu_do_tham_dinh"), PICTURE),
    "linh_vuc": ListOf(record_of(TemplateField)),
    "bang_diem": ListOf(record_of(TemplateScore)),
    "giai_trinh": ListOf(record_of(TemplateExplanation)),
    "kho_khan": ListOf(record_of(TemplateRemark)),
    "kien_nghi": ListOf(record_of(TemplateRemark)),
    "chua_co_diem": ListOf(record_of(TemplateOpenLeaf)),
    "don_vi_chua_nop": ListOf(TEXT),
    "dtxhh_chua_du": ListOf(TEXT),
    **STANDING_NAMES,
}
"""What its template is offered."""


def plan_upward_report(
    basis: Basis, places: Sequence[Place] = (), comparison: Comparison | None = None
) -> Iterator[PlannedPaper]:
    """Yield the report.

    `places` are the units', where they are ranked; `comparison` is that with an earlier period.
    """
    values = upward_values(basis.consolidation, basis.profile, places=places, comparison=comparison)
    yield LetterTemplate(basis, UPWARD_REPORT).plan(None, values)


def upward_values(
    data: Consolidation,
    profile: Profile,
    *,
    places: Sequence[Place] = (),
    comparison: Comparison | None = None,
) -> dict[str, Any]:
    """Return the values that the report's template is offered."""
    info = data.campaign.info
    date = OfficialDate(None, data.as_of.month, data.as_of.year)
    head = letterhead_values(info, profile, number="", date=date)
    period = head["ky_trong_ngoac"]
    subject = f"Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {info.year}{period}"
    size = part_size(Part.SUBJECT, profile)
    own = {
        "ky_hieu": f"/BC-{info.abbreviation}",
        "kinh_gui": info.parent_agency or "………………",
        "trich_yeu": subject,
        "gach_duoi_trich_yeu": rule_under(subject, profile.text_width, size, profile),
        "ngay_bao_cao": date.in_words,
        "ngay_tong_hop": official(data.as_of).in_words,
    }
    standing = place_values(data, places) | comparison_values(comparison)
    figures = _counts(data) | _sums(data) | standing
    return head | own | figures | _lists(data) | _pictures(data, profile)


# --- figures in the text ---


def _counts(data: Consolidation) -> dict[str, Any]:
    campaign = data.campaign
    expected = [unit for unit in data.units if campaign.expects_return(unit.unit)]
    missing = [unit.unit.name for unit in expected if unit.state is UnitState.NOT_RETURNED]
    surveys = [leaf for leaf in data.leaves if leaf.state is LeafState.SURVEY]
    pending = [leaf for leaf in surveys if leaf.survey is None]
    partly = [leaf for leaf in surveys if leaf.is_partly_surveyed]
    return {
        "so_dong_diem": str(len(data.leaves)),
        "so_dtxhh": str(len(surveys)),
        "so_dtxhh_chua_co": str(len(pending)),
        "co_dtxhh": bool(surveys),
        "thieu_dtxhh": bool(pending),
        "dtxhh_mot_phan": "; ".join(map(_partly_surveyed, partly)),
        "dtxhh_chua_du": [_name_of(leaf) for leaf in pending] + [*map(_partly_surveyed, partly)],
        "da_cham": str(data.total.answered),
        "phai_cham": str(data.total.expected),
        "so_don_vi": str(len(expected)),
        "so_don_vi_da_nop": str(len(expected) - len(missing)),
        "don_vi_chua_nop": missing,
    }


def _name_of(leaf: LeafResult) -> str:
    return leaf.criterion.code or leaf.criterion.name


def _partly_surveyed(leaf: LeafResult) -> str:
    return f"{_name_of(leaf)} mới có {leaf.done}/{leaf.expected} đơn vị"


def _sums(data: Consolidation) -> dict[str, Any]:
    total = data.total
    return {
        "tong_diem": figures.score(total.max_score),
        "co_thuong_phat": any(x.criterion.points is not Points.NORMAL for x in data.leaves),
        "diem_tu_cham": figures.score(total.score),
        "toi_da_tu_cham": figures.score(total.applicable_max),
        "ty_le_tu_cham": figures.optional_rate(total.rate),
        "co_tham_dinh": data.rounds > 0,
        "co_lan_2": data.rounds > 1,
        "so_lan_tham_dinh": str(data.rounds),
        "diem_tham_dinh": figures.score(total.final),
        "toi_da_tham_dinh": figures.score(total.final_max),
        "ty_le_tham_dinh": figures.optional_rate(total.final_rate),
        "co_ket_qua_dtxhh": total.survey_max > 0,
        "diem_dtxhh": figures.score(total.survey_score),
        "toi_da_dtxhh": figures.score(total.survey_max),
        "diem_dtxhh_chua_co": figures.score(total.survey_pending),
        "diem_dat": figures.score(total.achieved),
        "toi_da_dat": figures.score(total.achieved_max),
        "ty_le_dat": figures.optional_rate(total.achieved_rate),
    }


def _pictures(data: Consolidation, profile: Profile) -> dict[str, Any]:
    fields = data.campaign.children(None)
    # Bonus and penalty are parts of no maximum: the table has them, a chart of shares cannot.
    headings = tuple(
        field
        for field in fields
        if field.id in data.subtotals and data.subtotals[field.id].max_score
    )
    width = profile.text_width
    return {
        "bieu_do_linh_vuc": fields_chart(data, headings, width),
        "bieu_do_tham_dinh": appraisal_chart(data, headings, width),
    }


# --- lists and tables ---


def _lists(data: Consolidation) -> dict[str, Any]:
    remarks = gather_remarks(data)
    explanations = gather_explanations(data)
    return {
        "linh_vuc": [*_fields(data), _field_row(data, None, data.total)],
        "giai_trinh": [_explanation(e, n) for n, e in enumerate(explanations, start=1)],
        "kho_khan": [_remark(r) for r in remarks if r.kind is RemarkKind.DIFFICULTY],
        "kien_nghi": [_remark(r) for r in remarks if r.kind is RemarkKind.PROPOSAL],
        "chua_co_diem": _open_leaves(data),
        "bang_diem": [*_score_rows(data), _total_row(data)],
    }


def _fields(data: Consolidation) -> list[TemplateField]:
    rows = []
    for field in data.campaign.children(None):
        sums, leaf = data.subtotals.get(field.id), data.leaf(field)
        if sums:
            rows.append(_field_row(data, field, sums))
        elif leaf:
            rows.append(_field_leaf(leaf))
    return rows


def _field_leaf(leaf: LeafResult) -> TemplateField:
    """Return the row of a field that carries a score itself."""
    criterion = leaf.criterion
    return TemplateField(
        stt=criterion.code,
        ten=criterion.name,
        toi_da=_optional_max(criterion),
        toi_da_ap_dung=_applicable(leaf),
        tu_cham=_own_score(leaf),
        tham_dinh=figures.optional_score(criterion.signed((leaf.rounds or (None,))[-1])),
        dtxhh=_survey_score(leaf),
        dat=figures.optional_score(criterion.signed(leaf.achieved)),
        ty_le=figures.optional_rate(leaf.achieved_rate),
        la_tong=False,
    )


def _field_row(data: Consolidation, field: Criterion | None, sums: Subtotal) -> TemplateField:
    shown = _ShownSums(data, field, sums)
    return TemplateField(
        stt=field.code if field else "",
        ten=field.name if field else "Tổng cộng",
        toi_da=figures.score(sums.max_score) if sums.max_score else "",
        toi_da_ap_dung=shown.applicable,
        tu_cham=shown.at(0, sums.score),
        tham_dinh=shown.at(data.rounds, sums.final),
        dtxhh=_survey_sum(sums),
        dat=shown.achieved,
        ty_le=shown.rate,
        la_tong=field is None,
    )


def _survey_sum(sums: Subtotal) -> str:
    if sums.survey_max:
        return figures.score(sums.survey_score)
    return _PENDING if sums.survey_pending else ""


class _ShownSums:
    """The sums under a row (None: over all) in words: what nobody scored is not 0."""

    def __init__(self, data: Consolidation, row: Criterion | None, sums: Subtotal) -> None:
        below = data.campaign.leaves_under(row) if row else data.campaign.leaves
        leaves = [leaf for leaf in map(data.leaf, below) if leaf]
        scores = [(leaf.score, *leaf.rounds) for leaf in leaves]
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

    @property
    def _is_achieved(self) -> bool:
        return self._known[-1] or self._has_surveys

    @property
    def applicable(self) -> str:
        """What the achieved score is a part of; "" of bonus and penalty."""
        return figures.score(self._sums.achieved_max) if self._sums.max_score else ""

    @property
    def achieved(self) -> str:
        """What was achieved, "" where nothing is known."""
        return figures.score(self._sums.achieved) if self._is_achieved else ""

    @property
    def rate(self) -> str:
        """Its rate, "" where nothing is known or applies."""
        return figures.optional_rate(self._sums.achieved_rate) if self._is_achieved else ""


def _score_rows(data: Consolidation) -> list[TemplateScore]:
    rows = []
    for criterion in data.campaign.criteria:
        leaf = data.leaf(criterion)
        rows.append(_leaf_row(data.campaign, leaf) if leaf else _heading_row(data, criterion))
    return rows


def _heading_row(data: Consolidation, criterion: Criterion) -> TemplateScore:
    name = upper(criterion.name) if criterion.level is Level.FIELD else criterion.name
    return _sums_row(data, criterion, name, data.subtotals[criterion.id])


def _total_row(data: Consolidation) -> TemplateScore:
    return _sums_row(data, None, "TỔNG CỘNG", data.total)


def _sums_row(
    data: Consolidation, row: Criterion | None, name: str, sums: Subtotal
) -> TemplateScore:
    shown, rounds = _ShownSums(data, row, sums), data.rounds
    return TemplateScore(
        ma=row.code if row else "",
        ten=name,
        don_vi="",
        toi_da=figures.score(sums.max_score) if sums.max_score else "",
        toi_da_ap_dung=shown.applicable,
        tu_cham=shown.at(0, sums.score),
        lan_1=shown.at(1, sums.round_1) if rounds else "",
        lan_2=shown.at(2, sums.round_2) if rounds > 1 else "",
        dtxhh=_survey_sum(sums),
        dat=shown.achieved,
        ty_le=shown.rate,
        la_muc=True,
    )


def _leaf_row(campaign: Campaign, leaf: LeafResult) -> TemplateScore:
    criterion = leaf.criterion
    rounds = [figures.optional_score(criterion.signed(score)) for score in leaf.rounds]
    return TemplateScore(
        ma=criterion.code,
        ten=criterion.name,
        don_vi=_some_names(_leads(campaign, criterion), most=2),
        toi_da=_optional_max(criterion),
        toi_da_ap_dung=_applicable(leaf),
        tu_cham=_own_score(leaf),
        lan_1=rounds[0] if rounds else "",
        lan_2=rounds[1] if len(rounds) > 1 else "",
        dtxhh=_survey_score(leaf),
        dat=figures.optional_score(criterion.signed(leaf.achieved)),
        ty_le=figures.optional_rate(leaf.achieved_rate),
        la_muc=criterion.is_bold,
    )


def _optional_max(criterion: Criterion) -> str:
    if criterion.max_score is None:
        return ""
    sign = {Points.BONUS: "+", Points.PENALTY: "-"}.get(criterion.points, "")
    return sign + figures.given(criterion.max_score)


def _own_score(leaf: LeafResult) -> str:
    if leaf.score is not None or leaf.state is LeafState.SURVEY:
        return figures.optional_score(leaf.criterion.signed(leaf.score))
    return _NOT_APPLICABLE if leaf.applicable_max is None else _PENDING


def _survey_score(leaf: LeafResult) -> str:
    if leaf.state is not LeafState.SURVEY:
        return ""
    if leaf.survey is None:
        return _PENDING
    of_units = f" ({leaf.done}/{leaf.expected} đơn vị)" if leaf.is_partly_surveyed else ""
    return figures.score(leaf.survey) + of_units


def _applicable(leaf: LeafResult) -> str:
    maximum = leaf.achieved_max
    return "" if maximum is None else figures.given(maximum)


def _open_leaves(data: Consolidation) -> list[TemplateOpenLeaf]:
    leaves = [leaf for leaf in data.leaves if leaf.state in _WITHOUT_SCORE]
    return [
        TemplateOpenLeaf(
            stt=str(number),
            ma=leaf.criterion.code,
            ten=leaf.criterion.name,
            don_vi=_some_names(
                [data.campaign.unit(code) for code in leaf.lacking],
                among=leaf.expected - leaf.done,
            ),
            tinh_trang=_open_words(leaf),
        )
        for number, leaf in enumerate(leaves, start=1)
    ]


def _open_words(leaf: LeafResult) -> str:
    if leaf.state is LeafState.PARTLY and leaf.criterion.is_counted:
        return "Chưa tính các đơn vị này"
    if leaf.state is LeafState.UNUSABLE and leaf.expected - leaf.done > 1:
        return "Chưa chấm, hoặc điểm ghi chưa rõ"
    return _WITHOUT_SCORE[leaf.state]


def _leads(campaign: Campaign, criterion: Criterion) -> list[Unit]:
    if criterion.method is not Method.SELF:
        return []
    assignments = campaign.assignments_of(criterion)
    return [campaign.unit(a.unit) for a in assignments if a.role is Role.LEAD]


def _explanation(explanation: Explanation, number: int) -> TemplateExplanation:
    criterion = explanation.leaf.criterion
    return TemplateExplanation(
        stt=str(number),
        ma=criterion.code,
        ten=criterion.name,
        don_vi=_some_names(explanation.units),
        noi_dung=explanation.what,
        giai_trinh=explanation.explained or "Đơn vị chưa giải trình",
    )


def _remark(remark: Remark) -> TemplateRemark:
    return TemplateRemark(
        noi_dung=remark.text.rstrip(".; "),
        don_vi=_some_names(remark.units),
        ma=remark.criterion.code,
        ten=remark.criterion.name,
    )


def _some_names(units: Sequence[Unit], most: int = _MOST_NAMED, among: int = 0) -> str:
    """Return the units' names; of more than `most` the first, and how many there are besides.

    `units` may be the first of so many (`among`).
    """
    names, count = [unit.name for unit in units], max(among, len(units))
    if count <= most:
        return "; ".join(names)
    return f"{'; '.join(names[: most - 1])} và {count - most + 1} đơn vị khác"
