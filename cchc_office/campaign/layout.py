"""The sheets of the campaign workbook, declared once: names, columns, usual widths.

Reading, writing, importing and the pages in docs/ follow what stands here; the settings are in
`setting_rows`.
"""

from __future__ import annotations

from dataclasses import replace

from cchc_office.model import Points
from cchc_office.sheets.columns import Column
from cchc_office.text.vietnamese import clean_line, parse_official_date

SETTINGS_SHEET = "Thông tin"
UNITS_SHEET = "Đơn vị"
CRITERIA_SHEET = "Bộ chỉ số"
SURVEY_SHEET = "Kết quả ĐTXHH"
SURVEY_SHEETS = (SURVEY_SHEET, "Kết quả điều tra XHH", "Kết quả SIPAS")
MERGED_UNITS_SHEET = "Ghép đơn vị"
IMPORT_SHEET = "Nhập từ tệp"
"""What a table that was brought in is made of: for people, nothing of it is read."""
MARKS_SHEET = "Danh sách đánh dấu"
"""What was found, in a copy that `kiem-tra --danh-dau` marked."""

READ_SHEETS = (SETTINGS_SHEET, UNITS_SHEET, CRITERIA_SHEET, *SURVEY_SHEETS, MERGED_UNITS_SHEET)
SHEETS_OF_OURS = (IMPORT_SHEET, MARKS_SHEET)
"""What the program wrote for people to read, and does not read itself."""

TO_CONFIRM = "Xem lại:"
"""Stands before a unit that is only proposed: papers wait until somebody takes it away."""

NAMING = frozenset(("key", "code", "name", "old"))
"""The columns that name the rows of a sheet."""

# As written: without its marks "Thưởng" (bonus) is "Thường" (usual).
POINTS = {
    "thường": Points.NORMAL,
    "điểm thường": Points.NORMAL,
    "thưởng": Points.BONUS,
    "điểm thưởng": Points.BONUS,
    "phạt": Points.PENALTY,
    "điểm phạt": Points.PENALTY,
    "trừ": Points.PENALTY,
    "điểm trừ": Points.PENALTY,
}
"""The words for kinds of points, in lower case."""


def is_kind_of_points(text: str) -> bool:
    """Tell whether a text is a word for normal points, bonus or penalty."""
    return clean_line(text).casefold() in POINTS


SETTINGS_COLUMNS = (
    Column("key", "Mục", 45, required=True),
    Column("value", "Nội dung", 120, required=True),
    Column("help", "Hướng dẫn", 85),
)


UNIT_COLUMNS = (
    Column("code", "Mã", 22, aliases=("Mã đơn vị",), required=True, asks=("mã",)),
    Column("name", "Tên đơn vị", 60, aliases=("Đơn vị",), required=True, asks=("tên", "đơn vị")),
    Column(
        "aliases",
        "Tên gọi khác",
        60,
        aliases=("Tên khác", "Tên viết tắt"),
        asks=("gọi", "viết tắt"),
    ),
    Column("groups", "Nhóm", 50, aliases=("Nhóm đơn vị",), asks=("nhóm", "khối", "loại")),
    Column("head", "Thủ trưởng", 40),
    Column(
        "email",
        "Email",
        50,
        aliases=("E-mail", "Thư điện tử", "Địa chỉ email", "Địa chỉ thư điện tử"),
    ),
    Column("copy_email", "Email đồng gửi", 40, aliases=("E-mail đồng gửi",)),
)

MERGED_UNIT_COLUMNS = (
    Column("old", "Đơn vị cũ", 60, aliases=("Đơn vị năm trước", "Tên cũ"), required=True),
    Column("new", "Đơn vị mới", 60, aliases=("Đơn vị năm nay", "Tên mới"), required=True),
    Column("way", "Cách tính năm trước", 40, aliases=("Cách tính",), asks=("cách",)),
)
"""Which unit of last year is which of this one; several old ones may be one new unit."""

CODE = Column(
    "code",
    "STT",
    16,
    aliases=("TT", "Mã", "Số TT", "Mã số", "Mã tiêu chí", "Số thứ tự", "Thứ tự", "#"),
    required=True,
)
NAME = Column(
    "name",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    115,
    aliases=(
        "Lĩnh vực/Tiêu chí/TCTP",
        "Lĩnh vực, tiêu chí, tiêu chí thành phần",
        "Lĩnh vực, tiêu chí",
        "Tiêu chí, tiêu chí thành phần",
        "Tên tiêu chí",
        "Tên TC/TCTP",
        "Tiêu chí",
        "Nội dung",
        "Nội dung tiêu chí",
        "Nội dung, tiêu chí",
        "Nội dung và tiêu chí",
        "Nội dung đánh giá",
        "Tiêu chí đánh giá",
        "Tiêu chí chấm điểm",
        "Nội dung chấm điểm",
        "Nội dung mục tiêu",
        "Tiêu chí/Tiêu chí thành phần",
        "Nhiệm vụ",
        "Nội dung nhiệm vụ",
        "Tên nhiệm vụ",
        "Nhiệm vụ, giải pháp",
        "Nội dung công việc",
        "Hạng mục công việc",
        "Công việc",
        "Tiêu chuẩn",
        "Tiêu chuẩn thi đua",
        "Nội dung thi đua",
        "Chỉ tiêu",
        "Tên chỉ tiêu",
    ),
    required=True,
)
MAX_SCORE = Column(
    "max_score",
    "Điểm tối đa",
    18,
    aliases=(
        "Điểm chuẩn",
        "Thang điểm",
        "Thang điểm chuẩn",
        "Chuẩn",
        "Số điểm tối đa",
        "Mức điểm tối đa",
    ),
    required=True,
    asks=("điểm", "trọng số", "hệ số", "tỷ trọng"),
)
"""The columns that every table of the criteria has, whoever made it: each heading known once."""

CRITERIA_COLUMNS = (
    CODE,
    Column("level", "Cấp", 14, aliases=("Cấp dòng", "Cấp tiêu chí")),
    NAME,
    MAX_SCORE,
    Column(
        "bonus",
        "Thưởng",
        18,
        aliases=("Điểm thưởng", "Điểm thưởng tối đa", "Điểm cộng", "Điểm cộng tối đa"),
    ),
    Column(
        "deduction",
        "Trừ",
        18,
        aliases=("Phạt", "Điểm trừ", "Điểm trừ tối đa", "Điểm phạt", "Điểm phạt tối đa"),
    ),
    Column(
        "units",
        "Đơn vị thực hiện",
        42,
        aliases=(
            "Đơn vị",
            "Đơn vị phụ trách",
            "Đơn vị, cá nhân phụ trách",
            "Đơn vị/cá nhân phụ trách",
            "Cơ quan thực hiện",
            "Cơ quan, đơn vị thực hiện",
            "Phòng, ban phụ trách",
            "Phòng, ban thực hiện",
            "Phòng, đơn vị thực hiện",
            "Phòng, đơn vị phụ trách",
            "Phân công",
            "Phân công thực hiện",
            "Trách nhiệm thực hiện",
        ),
        required=True,
        unless="leads",
        asks=("đơn vị", "phòng", "ban", "cơ quan", "bộ phận", "phụ trách", "phân công", "cán bộ"),
    ),
    Column("note", "Ghi chú", 25),
    Column(
        "leads",
        "Chủ trì",
        aliases=(
            "Đơn vị chủ trì",
            "Cơ quan chủ trì",
            "Cơ quan, đơn vị chủ trì",
            "Phòng chủ trì",
            "Phòng, ban chủ trì",
            "Bộ phận chủ trì",
        ),
        asks=("chủ trì", "đầu mối"),
    ),
    Column(
        "supports",
        "Phối hợp",
        aliases=(
            "Đơn vị phối hợp",
            "Cơ quan phối hợp",
            "Cơ quan, đơn vị phối hợp",
            "Phòng phối hợp",
            "Phòng, ban phối hợp",
            "Bộ phận phối hợp",
        ),
        asks=("phối hợp", "tham gia", "hỗ trợ"),
    ),
    Column(
        "method",
        "Phương pháp",
        aliases=(
            "Cách đánh giá",
            "Phương pháp đánh giá",
            "Phương thức đánh giá",
            "Hình thức đánh giá",
            "Hình thức chấm",
            "Hình thức chấm điểm",
        ),
        asks=("phương pháp", "phương thức", "hình thức"),
    ),
    Column(
        "rule",
        "Cách chấm",
        60,
        aliases=(
            "Cách chấm điểm",
            "Cách tính điểm",
            "Cách cho điểm",
            "Phương pháp tính điểm",
            "Phương pháp chấm điểm",
            "Hướng dẫn chấm điểm",
            "Hướng dẫn tính điểm",
            "Cách tính",
            "Mức trừ",
            "Tiêu chí, mức trừ",
            "Phương pháp đo",
        ),
        asks=("cách", "chấm", "hướng dẫn", "công thức"),
    ),
    Column(
        "own_rule",
        "Quy tắc",
        50,
        aliases=("Quy tắc chấm", "Quy tắc chấm điểm", "Quy tắc tính điểm"),
        asks=("quy tắc",),
    ),
    Column(
        "points",
        "Loại điểm",
        maybe=("Loại", "Phân loại", "Thưởng/Phạt", "Thưởng/Trừ", "Thưởng, phạt", "Thưởng, trừ"),
        fits=is_kind_of_points,
        asks=("loại", "thưởng", "phạt", "trừ"),
    ),
    Column(
        "aggregation",
        "Cách tổng hợp",
        aliases=("Cách tổng hợp điểm", "Phương pháp tổng hợp"),
        asks=("tổng hợp", "gộp"),
    ),
    Column(
        "evidence",
        "Tài liệu kiểm chứng",
        60,
        aliases=(
            "Tài liệu minh chứng",
            "Tài liệu chứng minh",
            "Minh chứng",
            "Hồ sơ minh chứng",
            "Hồ sơ kiểm chứng",
            "Hồ sơ, tài liệu minh chứng",
            "Hồ sơ, tài liệu kiểm chứng",
            "Sản phẩm",
            "Kết quả, sản phẩm",
            "Sản phẩm, kết quả",
        ),
    ),
    Column(
        "deadline",
        "Hạn",
        25,
        aliases=("Thời hạn", "Hạn hoàn thành", "Thời hạn hoàn thành", "Thời gian hoàn thành"),
        maybe=("Thời gian", "Thời gian thực hiện", "Ngày hoàn thành"),
        fits=lambda text: parse_official_date(text) is not None,
        asks=("hạn", "thời hạn", "thời gian"),
    ),
)

SURVEY_COLUMNS = (
    replace(CODE, unless="name"),
    replace(NAME, heading="Tiêu chí", aliases=NAME.headings, required=False),
    replace(MAX_SCORE, required=False, asks=()),
    Column(
        "unit",
        "Đơn vị",
        aliases=("Tên đơn vị", "Mã đơn vị"),
        asks=("đơn vị", "phòng", "ban", "cơ quan", "nơi"),
    ),
    Column(
        "score",
        "Điểm",
        18,
        aliases=("Điểm ĐTXHH", "Điểm SIPAS", "Kết quả", "Điểm đạt"),
        asks=("điểm", "kết quả"),
    ),
    Column("total", "Tổng số phiếu", aliases=("Tổng phiếu", "Số phiếu"), asks=("phiếu",)),
    Column("note", "Ghi chú"),
)
ANSWER_COLUMNS = tuple(
    Column(heading, heading, 26)
    for heading in ("Mức 1 (100%)", "Mức 2 (60%)", "Mức 3 (20%)", "Mức 4 (0%)")
)
"""Columns for counts of answers, with the weights that are usual."""
