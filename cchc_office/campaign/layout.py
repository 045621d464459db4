"""The sheets of the campaign workbook, declared once: names, columns, usual widths.

Reading, writing, importing and the pages in docs/ follow what stands here; the settings are in
`setting_rows`.
"""

from __future__ import annotations

from dataclasses import replace

from cchc_office.model import Aggregation, Points
from cchc_office.sheets.columns import Column
from cchc_office.sheets.long_texts import LONG_TEXTS_SHEET
from cchc_office.text.vietnamese import clean_line, parse_official_date

SETTINGS_SHEET = "Thông tin"
UNITS_SHEET = "Đơn vị"
CRITERIA_SHEET = "Bộ chỉ số"
SURVEY_SHEET = "Kết quả ĐTXHH"
SURVEY_SHEETS = (SURVEY_SHEET, "Kết quả điều tra XHH", "Kết quả SIPAS")
MERGED_UNITS_SHEET = "Ghép đơn vị"
CHOICES_SHEET = "Danh sách chọn"
"""What the lists in cells offer: hidden, nothing of it is read."""

IMPORT_SHEET = "Nhập từ tệp"
"""What a table that was brought in is made of; only its doubtful rows are read, until settled."""
MARKS_SHEET = "Danh sách đánh dấu"
"""What was found, in a copy that `kiem-tra --danh-dau` marked."""

UNDERSTOOD_SHEET = "Chương trình hiểu là"
"""How assignments and rules were understood, in the same copy."""

READ_SHEETS = (SETTINGS_SHEET, UNITS_SHEET, CRITERIA_SHEET, *SURVEY_SHEETS, MERGED_UNITS_SHEET)
SHEETS_OF_OURS = (
    *(IMPORT_SHEET, CHOICES_SHEET, MARKS_SHEET, UNDERSTOOD_SHEET),
    LONG_TEXTS_SHEET,
)
"""What the program wrote for people, and reads no criteria, units or settings from."""

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


USUAL_RULES = (
    "Có/Không",
    "Đạt/Không đạt",
    "Tỷ lệ",
    "Tỷ lệ, dưới 80% được 0",
    "≥90%: điểm tối đa; ≥80%: 50% điểm tối đa; còn lại: 0",
    "Mỗi văn bản 0,5",
    "Mỗi báo cáo gửi muộn trừ 0,25 điểm",
    "Tự chấm",
    "Không áp dụng",
)
"""What "Cách chấm" and "Quy tắc" offer to begin with; each is understood for any maximum."""


SETTINGS_COLUMNS = (
    Column(
        "key",
        "Mục",
        45,
        required=True,
        help="Tên mục, không sửa. Mục in đậm là bắt buộc. Ví dụ: Cơ quan ban hành.",
    ),
    Column(
        "value",
        "Nội dung",
        120,
        required=True,
        help="Điền ở cột này. Ô trống màu cam là bắt buộc, màu vàng nhạt là có thì điền; điền xong "
        "thì hết màu. Mục có danh sách thì chọn, hoặc gõ chữ khác. Nhiều dòng: Alt+Enter. "
        "Ví dụ: Sở Công Thương.",
    ),
    Column(
        "help",
        "Hướng dẫn",
        85,
        help="Cách điền từng mục, chỉ để xem. Ví dụ: 30/11/2024 ở mục Hạn nộp.",
    ),
)


UNIT_COLUMNS = (
    Column(
        "code",
        "Mã",
        22,
        aliases=("Mã đơn vị",),
        required=True,
        asks=("mã",),
        help="Ngắn, không dấu, không dấu cách: thành tên tệp gửi đơn vị. Mỗi dòng một đơn vị. "
        "Ví dụ: KHTC.",
    ),
    Column(
        "name",
        "Tên đơn vị",
        60,
        aliases=("Đơn vị",),
        required=True,
        asks=("tên", "đơn vị"),
        help="Tên đầy đủ, in trong công văn, phiếu. Ví dụ: Phòng Kế hoạch - Tài chính.",
    ),
    Column(
        "aliases",
        "Tên gọi khác",
        60,
        aliases=("Tên khác", "Tên viết tắt"),
        asks=("gọi", "viết tắt"),
        help="Những cách viết khác của tên trong bảng phân công, cách nhau bằng dấu chấm phẩy. "
        "Ví dụ: Phòng KH-TC; KHTC.",
    ),
    Column(
        "groups",
        "Nhóm",
        50,
        aliases=("Nhóm đơn vị",),
        asks=("nhóm", "khối", "loại"),
        help="Tên nhóm như viết trong bảng phân công; nhiều nhóm cách nhau bằng dấu chấm phẩy. "
        "Chọn trong danh sách hoặc gõ nhóm mới. Ví dụ: các phòng chuyên môn; các phòng, đơn vị.",
    ),
    Column(
        "head",
        "Thủ trưởng",
        40,
        help="Chức vụ, hoặc họ tên, của người đứng đầu; có thì điền. Ví dụ: Trưởng phòng.",
    ),
    Column(
        "email",
        "Email",
        50,
        aliases=("E-mail", "Thư điện tử", "Địa chỉ email", "Địa chỉ thư điện tử"),
        help="Nơi nhận công văn, phiếu; nhiều địa chỉ cách nhau bằng dấu chấm phẩy. Không gửi thư "
        "thì để trống. Ví dụ: khtc@so.example.",
    ),
    Column(
        "copy_email",
        "Email đồng gửi",
        40,
        aliases=("E-mail đồng gửi",),
        help="Ai cùng nhận (cc); có thì điền. Ví dụ: lanh-dao@so.example.",
    ),
)

MERGED_UNIT_COLUMNS = (
    Column(
        "old",
        "Đơn vị cũ",
        60,
        aliases=("Đơn vị năm trước", "Tên cũ"),
        required=True,
        help="Tên đơn vị trong đợt năm trước. Ví dụ: Phòng Quản lý thương mại.",
    ),
    Column(
        "new",
        "Đơn vị mới",
        60,
        aliases=("Đơn vị năm nay", "Tên mới"),
        required=True,
        help="Đơn vị năm nay, tên hoặc mã; không còn thì để trống. Ví dụ: QLTM.",
    ),
    Column(
        "way",
        "Cách tính năm trước",
        40,
        aliases=("Cách tính",),
        asks=("cách",),
        choices=("Trung bình", "Tổng"),
        only_these=True,
        help="Nhiều đơn vị nhập thành một thì số năm trước lấy thế nào; để trống là trung bình. "
        "Ví dụ: Tổng.",
    ),
)
"""Which unit of last year is which of this one; several old ones may be one new unit."""

CODE = Column(
    "code",
    "STT",
    16,
    aliases=("TT", "Mã", "Số TT", "Mã số", "Mã tiêu chí", "Số thứ tự", "Thứ tự", "#"),
    required=True,
    help="Ghi đúng như trong quyết định, bao nhiêu cấp cũng được. Cột là Text, vì Excel đổi 1.10 "
    "thành 1.1. Ví dụ: 1.1.2, hoặc I, a), -.",
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
    help="Tên của dòng, mỗi dòng một tiêu chí. Dòng không có dòng con là dòng được chấm. "
    "Ví dụ: Ban hành kế hoạch CCHC năm.",
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
    help="Cần ở mọi dòng được chấm; ô còn thiếu có màu cam. Dòng cha để trống, hoặc ghi tổng các "
    "dòng con. Ví dụ: 1,5.",
)
"""The columns that every table of the criteria has, whoever made it: each heading known once."""

CRITERIA_COLUMNS = (
    CODE,
    Column(
        "level",
        "Cấp",
        14,
        aliases=("Cấp dòng", "Cấp tiêu chí"),
        choices=("1", "2", "3", "4", "5", "Diễn giải"),
        only_these=True,
        help="Chỉ ghi khi STT không nói rõ cấp: 1 là lĩnh vực. Diễn giải: dòng chỉ giải thích "
        "dòng trên, không chấm. Ví dụ: 2.",
    ),
    NAME,
    MAX_SCORE,
    Column(
        "bonus",
        "Thưởng",
        18,
        aliases=("Điểm thưởng", "Điểm thưởng tối đa", "Điểm cộng", "Điểm cộng tối đa"),
        help="Điểm thưởng nhiều nhất của dòng, thay cho Điểm tối đa. Ví dụ: 2.",
    ),
    Column(
        "deduction",
        "Trừ",
        18,
        aliases=("Phạt", "Điểm trừ", "Điểm trừ tối đa", "Điểm phạt", "Điểm phạt tối đa"),
        help="Điểm trừ nhiều nhất của dòng, ghi là số dương. Ví dụ: 5.",
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
        help="Chọn một đơn vị, một nhóm; nhiều đơn vị thì gõ như trong bảng của cơ quan. Để trống: "
        "theo dòng cha. Ví dụ: Văn phòng chủ trì; các phòng, đơn vị phối hợp.",
    ),
    Column(
        "note",
        "Ghi chú",
        25,
        choices=("ĐTXHH", "SIPAS", "Không áp dụng"),
        help="Ghi chú của cơ quan. Riêng ba chữ trong danh sách nói đơn vị không tự chấm dòng này. "
        "Ví dụ: ĐTXHH.",
    ),
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
        help="Đơn vị làm chính, khi cột Đơn vị thực hiện chưa nói rõ; nhiều đơn vị cách nhau bằng "
        "dấu chấm phẩy. Ví dụ: Văn phòng Sở.",
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
        help="Đơn vị cùng làm; nhiều đơn vị cách nhau bằng dấu chấm phẩy. "
        "Ví dụ: Thanh tra Sở; các phòng chuyên môn.",
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
        choices=("Tự chấm", "ĐTXHH", "SIPAS", "Không áp dụng"),
        help="Ai cho điểm; để trống thì theo Cách chấm, rồi Ghi chú. Ví dụ: ĐTXHH.",
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
        choices=USUAL_RULES,
        help="Lời của cơ quan về cách cho điểm, ghi nguyên, nhiều dòng cũng được. Hiểu được thì "
        "điểm tính từ số liệu, không thì đơn vị tự chấm bên cạnh lời đó. Ví dụ: Có/Không.",
    ),
    Column(
        "own_rule",
        "Quy tắc",
        50,
        aliases=("Quy tắc chấm", "Quy tắc chấm điểm", "Quy tắc tính điểm"),
        asks=("quy tắc",),
        choices=USUAL_RULES,
        help="Cách tính theo mẫu, dùng thay cho lời ở Cách chấm; không cần thì để trống. Chọn một "
        "mẫu rồi sửa con số. Ví dụ: Tỷ lệ, dưới 80% được 0.",
    ),
    Column(
        "points",
        "Loại điểm",
        maybe=("Loại", "Phân loại", "Thưởng/Phạt", "Thưởng/Trừ", "Thưởng, phạt", "Thưởng, trừ"),
        fits=is_kind_of_points,
        asks=("loại", "thưởng", "phạt", "trừ"),
        choices=(Points.BONUS.value, Points.PENALTY.value, "Thường"),
        only_these=True,
        help="Để trống là điểm thường. Dòng cha ghi thì dùng cho mọi dòng dưới. Thường: dòng tên "
        "là điểm thưởng mà nằm trong thang điểm. Ví dụ: Thưởng.",
    ),
    Column(
        "aggregation",
        "Cách tổng hợp",
        aliases=("Cách tổng hợp điểm", "Phương pháp tổng hợp"),
        asks=("tổng hợp", "gộp"),
        choices=tuple(way.value.capitalize() for way in Aggregation),
        only_these=True,
        help="Khi nhiều đơn vị cùng chấm một dòng: điểm của cơ quan lấy thế nào; để trống là trung "
        "bình. Ví dụ: Thấp nhất.",
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
        help="Tài liệu mà đơn vị phải nộp để được điểm. Ví dụ: Kế hoạch số, ngày; báo cáo quý.",
    ),
    Column(
        "deadline",
        "Hạn",
        25,
        aliases=("Thời hạn", "Hạn hoàn thành", "Thời hạn hoàn thành", "Thời gian hoàn thành"),
        maybe=("Thời gian", "Thời gian thực hiện", "Ngày hoàn thành"),
        fits=lambda text: parse_official_date(text) is not None,
        asks=("hạn", "thời hạn", "thời gian"),
        help="Hạn riêng của dòng; để trống là hạn nộp chung. Ví dụ: 15/12/2024, hoặc Quý I.",
    ),
)

SURVEY_COLUMNS = (
    replace(CODE, unless="name"),
    replace(NAME, heading="Tiêu chí", aliases=NAME.headings, required=False),
    replace(
        MAX_SCORE,
        required=False,
        asks=(),
        help="Điểm tối đa như ở trang Bộ chỉ số, để đối chiếu. Ví dụ: 1,5.",
    ),
    Column(
        "unit",
        "Đơn vị",
        aliases=("Tên đơn vị", "Mã đơn vị"),
        asks=("đơn vị", "phòng", "ban", "cơ quan", "nơi"),
        help="Kết quả của riêng đơn vị nào; để trống là của cả cơ quan. Ví dụ: VP.",
    ),
    Column(
        "score",
        "Điểm",
        18,
        aliases=("Điểm ĐTXHH", "Điểm SIPAS", "Kết quả", "Điểm đạt"),
        asks=("điểm", "kết quả"),
        help="Điểm của dòng theo kết quả điều tra; chưa có thì để trống. Ví dụ: 1,25.",
    ),
    Column(
        "total",
        "Tổng số phiếu",
        aliases=("Tổng phiếu", "Số phiếu"),
        asks=("phiếu",),
        help="Số phiếu thu về, để đối chiếu với số phiếu ở các mức. Ví dụ: 250.",
    ),
    Column("note", "Ghi chú", help="Không được dùng để tính. Ví dụ: Sở Nội vụ công bố ngày 10/12."),
)
ANSWER_COLUMNS = tuple(
    Column(
        heading,
        heading,
        26,
        help="Số phiếu chọn mức này, thay cho cột Điểm; trọng số trong ngoặc sửa được. Ví dụ: 120.",
    )
    for heading in ("Mức 1 (100%)", "Mức 2 (60%)", "Mức 3 (20%)", "Mức 4 (0%)")
)
"""Columns for counts of answers, with the weights that are usual."""
