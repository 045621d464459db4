"""The layout of the appraisal workbook and of the supplementary form, for writers and readers.

Both know a row by its hidden id: the unit's code and the row's stable id ("VP|TC-5f1c…"), so that
it moves with its row. A hidden sheet says what the file is, and the document's properties say it
once more; both in the words of the score workbook's layout, with `kind` and `round` besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from cchc_office.campaign.layout import CODE, MAX_SCORE, NAME
from cchc_office.model import Campaign, ReturnKind
from cchc_office.papers.form.layout import META, MORE_META, PROPERTIES, ROW_ID, filled
from cchc_office.rules import Input
from cchc_office.sheets.columns import Column, Holds
from cchc_office.sheets.look import TEXT
from cchc_office.text.vietnamese import upper

APPRAISAL_VERSION = "1"
SUPPLEMENT_VERSION = "1"

APPRAISAL_SHEET = "Thẩm định"
SUPPLEMENT_SHEET = "Giải trình"

REVIEWER_LABEL = "Người thẩm định:"
DAY_LABEL = "Ngày thẩm định:"
"""What stands before the two cells above the table that tell who appraised, and when."""

NOT_EXPLAINED = "(chưa giải trình)"
"""What stands beside a leaf of which the unit has explained nothing yet."""

_WHAT = (
    ROW_ID,
    replace(CODE, width=14, holds=Holds.MARK, required=False),
    replace(NAME, heading="Tiêu chí", aliases=NAME.headings, width=58),
)
_FIELD = Column("field", "Lĩnh vực", 37)
"""On each row, so that each page tells it: a row of its own would be sorted among the others."""

_MAX_SCORE = replace(MAX_SCORE, width=14, holds=Holds.SCORE, required=False)
_RETURNED = (
    Column("unit", "Mã đơn vị", 19, Holds.MARK),
    Column("unit_name", "Đơn vị", 28),
    _MAX_SCORE,
    Column("rule", "Cách chấm", 40),
    Column("declared", "Số liệu kê khai", 20, Holds.MARK),
    Column("self", "Điểm tự chấm", 16, Holds.SCORE),
    Column("result", "Kết quả, giải trình", 42),
    Column("evidence", "Tài liệu kiểm chứng", 38),
)
_EARLIER_ROUND = (
    Column("before", "Điểm thẩm định lần 1", 18, Holds.SCORE),
    Column("before_opinion", "Ý kiến lần 1", 34),
    Column("before_request", "Yêu cầu giải trình lần 1", 34),
    Column("explanation", "Giải trình của đơn vị", 40),
    Column("wanted", "Điểm đề nghị", 16, Holds.SCORE),
    Column("more_evidence", "Tài liệu bổ sung", 34),
)
_figure = partial(
    Column,
    width=20,
    holds=Holds.MARK,
    is_filled=True,
    help="Chỉ dùng ở dòng gộp số liệu, khi số liệu kê khai chưa đúng: ghi số liệu đúng (đủ cả "
    "tổng số nếu dòng có tổng số) và để trống ô điểm. Để trống: giữ nguyên.",
)
_FIGURES = (
    _figure("new_figure", "Số liệu thẩm định"),
    _figure("new_total", "Tổng số thẩm định"),
)
"""The columns in which reviewers correct the figures of rows that pool them."""

_INPUTS = (
    filled(
        "score",
        "Điểm thẩm định",
        17,
        Holds.SCORE,
        help="Một số từ 0 đến điểm tối đa của dòng, hoặc gõ “Không áp dụng”. Để trống: giữ nguyên "
        "điểm đang có.",
    ),
    filled(
        "opinion",
        "Ý kiến thẩm định",
        40,
        help="Ghi lý do khi điểm thẩm định khác điểm đơn vị tự chấm.",
    ),
    filled(
        "request",
        "Yêu cầu giải trình",
        36,
        help="Ghi điều đơn vị phải giải trình, hoặc gõ x. Để trống: không yêu cầu. Điểm bị giảm "
        "thì đơn vị luôn được hỏi, không cần ghi.",
    ),
)
_ONE_LINE = replace(TEXT, wrap=False)
_BEHIND = (Column("source", "Nguồn", 46, style=_ONE_LINE, is_printed=False, grows=False),)
"""What stands behind the inputs: to look it up, not to be printed."""

APPRAISAL_INPUTS = tuple(column.key for column in _INPUTS)
FIGURE_PLACES: Mapping[Input, str] = {Input.FIGURE: "new_figure", Input.TOTAL: "new_total"}
"""The key of the column in which each corrected figure stands."""

SUPPLEMENT_COLUMNS = (
    *_WHAT,
    _MAX_SCORE,
    Column("self", "Điểm tự chấm", 16, Holds.SCORE),
    Column("appraised", "Điểm thẩm định", 17, Holds.SCORE),
    Column("opinion", "Ý kiến thẩm định", 40),
    Column("request", "Yêu cầu giải trình", 40),
    filled(
        "wanted",
        "Điểm đề nghị",
        16,
        Holds.SCORE,
        help="Một số từ 0 đến điểm tối đa, hoặc “Không áp dụng”. Để trống nếu đồng ý với điểm thẩm "
        "định.",
    ),
    filled(
        "explanation",
        "Giải trình",
        50,
        help="Giải trình đúng nội dung được yêu cầu ở bên trái.",
    ),
    filled(
        "evidence",
        "Tài liệu kiểm chứng bổ sung",
        44,
        help="Ghi số, ký hiệu, ngày, trích yếu của văn bản bổ sung, hoặc đường dẫn.",
    ),
)


def appraisal_columns(
    number: int, *, rules: bool = True, declares: bool = True, pools: bool = True
) -> tuple[Column, ...]:
    """Return the columns of a round's workbook; from the second on, with what came before.

    That of rules is left out where the campaign has none in words, that of declared figures where
    units declare none, those in which they are corrected where none are pooled.
    """
    out = {key for key, is_in in (("rule", rules), ("declared", declares)) if not is_in}
    returned = tuple(column for column in _RETURNED if column.key not in out)
    earlier = _EARLIER_ROUND if number > 1 else ()
    figures = _FIGURES if pools else ()
    return (*_WHAT, _FIELD, *returned, *earlier, *figures, *_INPUTS, *_BEHIND)


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
    return f"{what} ĐIỂM {upper(info.index.name)} NĂM {info.year}{period} - LẦN {number}"
