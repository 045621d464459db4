"""The layout of the appraisal workbook and of the supplementary form, for writers and readers.

Both know a row by its hidden id: the unit's code and the row's stable id ("VP|TC-1.1.1"), so that
it moves with its row. A hidden sheet says what the file is, and the document's properties say it
once more; both in the words of the score workbook's layout, with `kind` and `round` besides.
"""

from __future__ import annotations

from collections.abc import Mapping

from cchc_office.model import Campaign, ReturnKind
from cchc_office.papers.form.layout import META, MORE_META, PROPERTIES, FormColumn
from cchc_office.rules import Input

APPRAISAL_VERSION = "1"
SUPPLEMENT_VERSION = "1"

APPRAISAL_SHEET = "Thẩm định"
SUPPLEMENT_SHEET = "Giải trình"

REVIEWER_LABEL = "Người thẩm định:"
DAY_LABEL = "Ngày thẩm định:"
"""What stands before the two cells above the table that tell who appraised, and when."""

NOT_EXPLAINED = "(chưa giải trình)"
"""What stands beside a leaf of which the unit has explained nothing yet."""

_ID = FormColumn("id", "Mã dòng", 10)
_WHAT = (
    FormColumn("code", "STT", 14),
    FormColumn("name", "Tiêu chí", 58),
)
_RETURNED = (
    FormColumn("unit", "Mã đơn vị", 19),
    FormColumn("unit_name", "Đơn vị", 28),
    FormColumn("max_score", "Điểm tối đa", 14),
    FormColumn("declared", "Số liệu kê khai", 20),
    FormColumn("self", "Điểm tự chấm", 16),
    FormColumn("result", "Kết quả, giải trình", 44),
    FormColumn("evidence", "Tài liệu kiểm chứng", 40),
)
_EARLIER_ROUND = (
    FormColumn("before", "Điểm thẩm định lần 1", 18),
    FormColumn("before_opinion", "Ý kiến lần 1", 34),
    FormColumn("before_request", "Yêu cầu giải trình lần 1", 34),
    FormColumn("explanation", "Giải trình của đơn vị", 40),
    FormColumn("wanted", "Điểm đề nghị", 16),
    FormColumn("more_evidence", "Tài liệu bổ sung", 34),
)
_FIGURES = (
    FormColumn("new_figure", "Số liệu thẩm định", 20),
    FormColumn("new_total", "Tổng số thẩm định", 20),
)
"""The columns in which reviewers correct the figures of rows that pool them."""

_INPUTS = (
    FormColumn("score", "Điểm thẩm định", 17),
    FormColumn("opinion", "Ý kiến thẩm định", 44),
    FormColumn("request", "Yêu cầu giải trình", 40),
)
_BEHIND = (
    FormColumn("field", "Lĩnh vực", 40),
    FormColumn("source", "Nguồn", 46),
)
"""What stands behind the inputs: to filter by and to look it up, not to be printed."""

APPRAISAL_INPUTS = tuple(column.key for column in _INPUTS)
FIGURE_PLACES: Mapping[Input, str] = {Input.FIGURE: "new_figure", Input.TOTAL: "new_total"}
"""The key of the column in which each corrected figure stands."""

SUPPLEMENT_COLUMNS = (
    _ID,
    *_WHAT,
    FormColumn("max_score", "Điểm tối đa", 14),
    FormColumn("self", "Điểm tự chấm", 16),
    FormColumn("appraised", "Điểm thẩm định", 17),
    FormColumn("opinion", "Ý kiến thẩm định", 40),
    FormColumn("request", "Yêu cầu giải trình", 40),
    FormColumn("wanted", "Điểm đề nghị", 16),
    FormColumn("explanation", "Giải trình", 50),
    FormColumn("evidence", "Tài liệu kiểm chứng bổ sung", 44),
)
SUPPLEMENT_INPUTS = ("wanted", "explanation", "evidence")


def appraisal_columns(
    number: int, *, declares: bool = True, pools: bool = True
) -> tuple[FormColumn, ...]:
    """Return the columns of a round's workbook; from the second on, with what came before.

    That of declared figures is left out where units declare none, those in which they are
    corrected where none are pooled.
    """
    returned = tuple(column for column in _RETURNED if declares or column.key != "declared")
    earlier = _EARLIER_ROUND if number > 1 else ()
    figures = _FIGURES if pools else ()
    return (_ID, *_WHAT, *returned, *earlier, *figures, *_INPUTS, *_BEHIND)


def places_of(columns: tuple[FormColumn, ...]) -> dict[str, int]:
    """Return the place of each column by its key, counted from 0."""
    return {column.key: place for place, column in enumerate(columns)}


def row_id(unit: str, criterion: str) -> str:
    """Return the hidden id of a unit's leaf."""
    return f"{unit}|{criterion}"


def marks(campaign: Campaign, kind: ReturnKind, number: int, unit: str = "") -> dict[str, str]:
    """Return what a file says of itself, by the keys of the hidden sheet."""
    version = APPRAISAL_VERSION if kind is ReturnKind.APPRAISAL else SUPPLEMENT_VERSION
    values = (campaign.id, unit, version, kind.value, str(number))
    return dict(zip((*META, *MORE_META), values, strict=True))


def properties(said: dict[str, str]) -> dict[str, str]:
    """Return the document's properties that say the same; blank ones are left out."""
    return {PROPERTIES[key]: value for key, value in said.items() if value}


def title_of(campaign: Campaign, kind: ReturnKind, number: int) -> str:
    """Return the title above the table, by which a file without marks is known."""
    what = "THẨM ĐỊNH" if kind is ReturnKind.APPRAISAL else "PHIẾU GIẢI TRÌNH"
    info = campaign.info
    period = f" - KỲ {info.period}" if info.period else ""
    return f"{what} ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM {info.year}{period} - LẦN {number}"
