"""The catalogue: everything a clerk may be told, by code, with its one Vietnamese sentence.

The sentences stand here and nowhere else; `docs/thong-bao.md` has a section for each code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding asks of the clerk."""

    ERROR = "LỖI"
    """Something could not be used; papers that depend on it are not made."""
    WARNING = "CẦN XEM"
    """Work went on, but a person has to look."""
    NOTE = "LƯU Ý"
    """Something was understood in a way that is good to know; nothing need be done."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The words of one finding; `{about}`, `{found}`, `{expected}`, `{candidates}` are filled in.

    `demand` is what a reminder asks of the unit that caused it; empty where the unit owes nothing.
    """

    slug: str
    severity: Severity
    sentence: str
    advice: str
    demand: str = ""


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """The catalogue: one member for each thing that a clerk may be told."""

    # The campaign workbook
    MISSING_SHEET = Rule(
        "thieu-trang-tinh",
        _E,
        "Không có trang tính “{expected}”; tệp có các trang: {found}.",
        "Đặt lại tên trang tính cho đúng, hoặc chép trang này từ tệp mẫu (lệnh khoi-tao).",
    )
    MISSING_HEADINGS = Rule(
        "thieu-dong-tieu-de",
        _E,
        "Không thấy dòng tiêu đề gồm các cột: {expected}.",
        "Thêm một dòng tiêu đề với đúng tên các cột này ở phía trên bảng.",
    )
    MISSING_COLUMN = Rule(
        "thieu-cot",
        _E,
        "Thiếu cột “{expected}”; dòng tiêu đề có: {found}.",
        "Thêm cột còn thiếu, hoặc sửa lại tên cột.",
    )
    DUPLICATE_COLUMN = Rule(
        "trung-cot",
        _W,
        "Có hai cột cùng tên “{found}”; chỉ cột đứng trước được đọc.",
        "Xoá hoặc đổi tên một trong hai cột.",
    )
    EMPTY_TABLE = Rule(
        "bang-trong",
        _E,
        "Dưới dòng tiêu đề không có dòng nào.",
        "Điền {expected} vào bảng.",
    )
    UNKNOWN_SETTING = Rule(
        "muc-la",
        _W,
        "Không có mục nào tên “{found}”; nội dung của dòng này không được dùng.",
        "Sửa tên mục. Gần giống nhất: {candidates}.",
    )
    DUPLICATE_SETTING = Rule(
        "trung-muc",
        _E,
        "Mục “{found}” được điền hai lần, nội dung khác nhau.",
        "Chỉ giữ một dòng cho mục này.",
    )
    MISSING_SETTING = Rule(
        "thieu-muc",
        _E,
        "Chưa điền mục “{expected}”.",
        "Điền nội dung của mục này ở trang Thông tin.",
    )
    BAD_YEAR = Rule(
        "nam-sai",
        _E,
        "Năm “{found}” không phải là một năm.",
        "Điền năm bằng bốn chữ số, ví dụ 2024.",
    )
    BAD_DATE = Rule(
        "ngay-sai",
        _E,
        "“{found}” ở {about} không phải là một ngày.",
        "Viết ngày/tháng/năm, ví dụ 05/12/2024.",
    )
    BAD_SYMBOL = Rule(
        "ky-hieu-sai",
        _W,
        "Ký hiệu văn bản “{found}” không có dạng số/cơ quan-đơn vị soạn thảo.",
        "Viết như “/SCT-VP”: để trống phần số cho văn thư, không có khoảng trắng quanh “/”, “-”.",
    )
    MISSING_UNIT_CODE = Rule(
        "thieu-ma-don-vi",
        _E,
        "Đơn vị “{about}” chưa có mã.",
        "Điền mã ngắn, ví dụ VP, TTra.",
    )
    BAD_UNIT_CODE = Rule(
        "ma-don-vi-sai",
        _E,
        "Mã đơn vị “{found}” không dùng làm tên tệp được.",
        "Chỉ dùng chữ không dấu, số, dấu gạch nối; tối đa 30 ký tự; không dùng CON, PRN, AUX, NUL…",
    )
    DUPLICATE_UNIT = Rule(
        "trung-ma-don-vi",
        _E,
        "Mã đơn vị “{found}” đã có ở {expected}.",
        "Mỗi đơn vị một mã; chữ hoa, chữ thường không phân biệt.",
    )
    MISSING_UNIT_NAME = Rule(
        "thieu-ten-don-vi",
        _E,
        "Đơn vị có mã “{about}” chưa có tên.",
        "Điền tên đầy đủ của đơn vị.",
    )
    SHARED_ALIAS = Rule(
        "ten-goi-trung",
        _E,
        "Tên gọi “{found}” vừa là của {about}, vừa là của {expected}.",
        "Bỏ tên gọi này ở một bên, để mỗi tên gọi chỉ một đơn vị hoặc một nhóm.",
    )
    ALIAS_IS_DUTY = Rule(
        "ten-goi-la-viec",
        _W,
        "Tên gọi “{found}” của {about} cũng là từ chỉ việc, nên không được dùng để nhận đơn vị.",
        "Đổi tên gọi, ví dụ thêm chữ “Phòng” ở trước.",
    )
    MISSING_EMAIL = Rule(
        "thieu-email",
        _W,
        "Đơn vị {about} chưa có email.",
        "Điền email nếu muốn gửi tài liệu qua thư điện tử.",
    )
    BAD_EMAIL = Rule(
        "email-sai",
        _W,
        "“{found}” không phải là địa chỉ email.",
        "Viết dạng ten@mien.gov.vn; nhiều địa chỉ cách nhau bằng dấu chấm phẩy.",
    )
    DUPLICATE_CODE = Rule(
        "trung-ma",
        _E,
        "Mã “{found}” ({about}) đã có ở ô {expected}.",
        "Sửa một trong hai mã. Excel có thể đã đổi 1.10 thành 1.1.",
    )
    MISSING_PARENT = Rule(
        "thieu-ma-cha",
        _E,
        "Mã “{found}” ({about}) không có dòng cha “{expected}”.",
        "Thêm dòng cha, hoặc sửa lại mã.",
    )
    CODE_IS_NUMBER = Rule(
        "ma-thanh-so",
        _W,
        "Mã là số {found}, không phải chữ; được đọc là “{expected}”. Có thể là: {candidates}.",
        "Định dạng cột STT là Text rồi gõ lại mã, vì Excel không phân biệt 1.1 với 1.10.",
    )
    CODE_IS_DATE = Rule(
        "ma-thanh-ngay",
        _E,
        "Mã đã bị Excel đổi thành ngày {found}. Có thể là: {candidates}.",
        "Định dạng cột STT là Text rồi gõ lại mã.",
    )
    BAD_CODE = Rule(
        "ma-sai",
        _E,
        "“{found}” không phải là mã của bộ chỉ số. Gần giống: {candidates}.",
        "Mã gồm các số cách nhau bằng dấu chấm, nhiều nhất ba cấp: 1, 1.2, 1.2.3.",
    )
    ROW_WITHOUT_CODE = Rule(
        "dong-khong-ma",
        _N,
        "Dòng “{about}” không có STT, được hiểu là thuộc mục {expected}.",
        "Nếu đây là phần tiếp của dòng trên, hãy gộp vào một ô; nếu không, điền STT.",
    )
    MISSING_NAME = Rule(
        "thieu-ten",
        _E,
        "Mã “{about}” chưa có tên.",
        "Điền tên lĩnh vực, tiêu chí hoặc tiêu chí thành phần.",
    )
    MISSING_MAX_SCORE = Rule(
        "thieu-diem-toi-da",
        _E,
        "{about} chưa có điểm tối đa.",
        "Điền điểm tối đa; mọi dòng không có dòng con đều cần.",
    )
    BAD_MAX_SCORE = Rule(
        "diem-toi-da-sai",
        _E,
        "Điểm tối đa “{found}” của {about} không đọc được là một số không âm.",
        "Điền một số, ví dụ 0,5 hoặc 1,25.",
    )
    MAX_SCORE_NOT_SUM = Rule(
        "diem-toi-da-khong-khop",
        _W,
        "Điểm tối đa {found} của {about} khác tổng các dòng con ({expected}).",
        "Sửa điểm của dòng này hoặc các dòng con; khi tính, chương trình dùng tổng các dòng con.",
    )
    MISSING_UNIT = Rule(
        "thieu-don-vi",
        _E,
        "{about} chưa có đơn vị thực hiện.",
        "Điền đơn vị, hoặc gộp ô đơn vị cho đủ các dòng.",
    )
    UNKNOWN_UNIT = Rule(
        "don-vi-la",
        _E,
        "Không rõ “{found}” trong ô đơn vị “{about}” là đơn vị nào. Gần giống: {candidates}.",
        "Sửa ô này, hoặc thêm “{found}” vào cột “Tên gọi khác” của đơn vị ở trang Đơn vị.",
    )
    NO_LEAD = Rule(
        "khong-ro-chu-tri",
        _E,
        "Ô đơn vị “{about}” không cho biết đơn vị nào chủ trì.",
        "Ghi mã đơn vị vào cột “Chủ trì” và “Phối hợp” của các dòng này.",
    )
    EMPTY_GROUP = Rule(
        "nhom-trong",
        _E,
        "Ô đơn vị “{about}” giao cho “{found}”, nhưng không còn đơn vị nào thuộc nhóm đó.",
        "Điền nhóm này vào cột “Nhóm” của các đơn vị, ở trang Đơn vị.",
    )
    UNKNOWN_AGGREGATION = Rule(
        "cach-tong-hop-la",
        _E,
        "Không hiểu cách tổng hợp “{found}”.",
        "Viết một trong: {expected}.",
    )
    FORMULA_WITHOUT_VALUE = Rule(
        "cong-thuc-chua-tinh",
        _E,
        "Ô có công thức {found} nhưng chưa có kết quả lưu trong tệp.",
        "Mở tệp bằng Excel, bấm Lưu, rồi thử lại; hoặc gõ thẳng giá trị.",
    )
    ERROR_CELL = Rule(
        "o-loi",
        _E,
        "Ô đang báo lỗi {found}.",
        "Sửa công thức hoặc gõ thẳng giá trị.",
    )
    ILLUSTRATIVE = Rule(
        "so-lieu-minh-hoa",
        _N,
        "Đợt chấm này còn số liệu minh họa của tệp mẫu: {found}.",
        "Thay bằng số liệu thật trước khi phát hành văn bản.",
    )
    BAD_NAME_FOR_FILE = Rule(
        "ten-viet-tat-sai",
        _E,
        "Tên viết tắt “{found}” không dùng làm tên đợt chấm được.",
        "Chỉ dùng chữ không dấu, số và dấu gạch nối, ví dụ SCT.",
    )

    # The office's own figures, templates and files
    PROFILE_UNREADABLE = Rule(
        "the-thuc-khong-doc-duoc",
        _W,
        "Không đọc được tệp này ({found}), nên các số đo mặc định được dùng.",
        "Mỗi dòng một số đo, ví dụ: le_trai = 30",
    )
    PROFILE_UNKNOWN = Rule(
        "the-thuc-muc-la",
        _W,
        "Không có số đo nào tên “{found}”. Gần giống: {candidates}.",
        "Sửa tên số đo; danh sách ở docs/mau-van-ban.md.",
    )
    PROFILE_NO_NUMBER = Rule(
        "the-thuc-khong-phai-so",
        _W,
        "Giá trị “{found}” của {about} không phải là một số dùng được.",
        "Viết một số, phần thập phân sau dấu chấm, ví dụ: co_chu_bang = 13.5",
    )
    PROFILE_OUT_OF_RANGE = Rule(
        "the-thuc-ngoai-khung",
        _W,
        "{about} = {found} nằm ngoài khung của Nghị định 30: {expected}.",
        "Văn bản vẫn được làm theo số này; sửa lại nếu không cố ý.",
    )
    TEMPLATE_UNREADABLE = Rule(
        "mau-khong-doc-duoc",
        _E,
        "Không dùng được mẫu văn bản này: {found}.",
        "Mở mẫu bằng Word để sửa, hoặc xoá đi để dùng mẫu có sẵn.",
    )
    FILE_KEPT = Rule(
        "tep-da-sua",
        _W,
        "Tệp này đã được sửa sau khi chương trình tạo ra, nên được giữ nguyên.",
        "Bản mới nằm ở “{found}”; so hai bản rồi giữ một.",
    )
    FILE_IN_USE = Rule(
        "tep-dang-mo",
        _W,
        "Không ghi đè được tệp này, có lẽ đang mở trong Word hoặc Excel.",
        "Bản mới nằm ở “{found}”; đóng tệp đang mở rồi chạy lại nếu muốn thay.",
    )
    FILE_OUTDATED = Rule(
        "tep-cu",
        _N,
        "Lần chạy này không còn cần tệp này, nên nó được chuyển vào “{found}”.",
        "Xoá nếu không cần lưu.",
    )
    FILE_OUTDATED_KEPT = Rule(
        "tep-cu-da-sua",
        _W,
        "Lần chạy này không còn cần tệp này, nhưng nó đã được sửa nên được để nguyên chỗ cũ.",
        "Xem lại, và xoá nếu không cần.",
    )

    NO_LIBREOFFICE = Rule(
        "khong-co-libreoffice",
        _W,
        "Máy này không có LibreOffice nên chưa tạo được PDF.",
        "Cài LibreOffice (miễn phí) rồi chạy lại, hoặc lưu từng tệp thành PDF bằng Word.",
    )
    PDF_NOT_MADE = Rule(
        "khong-tao-duoc-pdf",
        _W,
        "LibreOffice chưa tạo được PDF của tệp này ({found}).",
        "Đóng các cửa sổ LibreOffice rồi chạy lại, hoặc lưu tệp thành PDF bằng Word.",
    )

    # A returned file as a whole
    NOT_A_WORKBOOK = Rule(
        "khong-phai-excel",
        _W,
        "Tệp này không phải là bảng tính: {found}.",
        "Xin đơn vị gửi lại phiếu bằng tệp Excel.",
    )
    PASSWORD_PROTECTED = Rule(
        "co-mat-khau",
        _W,
        "Tệp này bị khoá bằng mật khẩu nên chưa đọc được.",
        "Mở bằng mật khẩu, bỏ khoá rồi lưu lại; hoặc xin đơn vị gửi lại bản không khoá.",
    )
    DAMAGED_FILE = Rule(
        "tep-hong",
        _W,
        "Tệp này hỏng hoặc chép chưa hết nên không đọc được ({found}).",
        "Thử mở bằng Excel; nếu không được, xin đơn vị gửi lại.",
    )
    TOO_LARGE = Rule(
        "tep-qua-lon",
        _W,
        "Tệp này lớn bất thường nên không được mở: {found}; mức cho phép: {expected}.",
        "Xin đơn vị gửi lại đúng phiếu đã phát.",
    )
    NOT_A_FORM = Rule(
        "khong-phai-phieu",
        _W,
        "Không thấy dấu nhận biết của phiếu tự chấm điểm trong bảng tính này.",
        "Xin đơn vị điền vào đúng phiếu đã phát (trang ẩn của phiếu không được xoá).",
    )
    OTHER_CAMPAIGN = Rule(
        "phieu-dot-khac",
        _W,
        "Phiếu này thuộc đợt chấm {found}, không phải {expected}.",
        "Xin đơn vị gửi phiếu của đúng đợt này.",
    )
    OTHER_FORM_VERSION = Rule(
        "phieu-ban-khac",
        _W,
        "Phiếu này có phiên bản {found}; chương trình đọc phiên bản {expected}.",
        "Phát lại phiếu và xin đơn vị chép số liệu sang phiếu mới.",
    )
    UNIT_NOT_IN_CAMPAIGN = Rule(
        "don-vi-khong-con",
        _W,
        "Phiếu này của đơn vị có mã “{found}”, không có ở trang Đơn vị.",
        "Kiểm tra mã đơn vị; nếu đơn vị đã đổi mã, phát lại phiếu.",
    )
    FILE_NAME_SAYS_NOTHING = Rule(
        "ten-tep-khac",
        _N,
        "Tên tệp không cho biết đơn vị; theo nội dung bên trong, đây là phiếu của {about}.",
        "Không cần làm gì; tên tệp khi phát là {expected}.",
    )
    SAME_RETURN_AGAIN = Rule(
        "gui-trung",
        _N,
        "Tệp này trùng hoàn toàn nội dung với {found}.",
        "Không cần làm gì; mỗi phiếu chỉ được tính một lần.",
    )
    SEVERAL_RETURNS = Rule(
        "gui-nhieu-ban",
        _W,
        "{about} gửi nhiều phiếu khác nhau; tệp này ({found}) không được tính, vì bản lưu sau "
        "cùng là {expected}.",
        "Hỏi lại đơn vị bản nào đúng; bỏ bản sai ra khỏi thư mục nhận về.",
    )
    RETURNED_LATE = Rule(
        "nop-muon",
        _W,
        "Phiếu được lưu lần cuối ngày {found}, sau hạn nộp {expected}.",
        "Xem có chấp nhận phiếu nộp muộn hay không; điểm vẫn được tổng hợp.",
    )
    SAVED_DATE_UNKNOWN = Rule(
        "khong-ro-ngay-luu",
        _N,
        "Tệp không ghi ngày lưu, nên không rõ phiếu nộp trước hay sau hạn {expected}.",
        "Xem ngày nhận ở thư điện tử hoặc sổ công văn nếu cần.",
    )
    NOT_RETURNED = Rule(
        "chua-nop",
        _N,
        "{about} chưa nộp phiếu tự chấm điểm; hạn nộp {expected}.",
        "Chờ, hoặc nhắc đơn vị.",
    )
    OVERDUE = Rule(
        "qua-han",
        _W,
        "{about} chưa nộp phiếu tự chấm điểm, quá hạn {expected} đã {found} ngày.",
        "Gửi công văn đôn đốc (lệnh don-doc).",
    )

    # Inside a returned form
    FORM_COLUMN_MISSING = Rule(
        "phieu-thieu-cot",
        _W,
        "Trên phiếu không còn cột “{expected}”; các cột có: {found}.",
        "Xin đơn vị gửi lại phiếu còn đủ cột.",
        "phiếu gửi về thiếu cột “{expected}”",
    )
    FORM_COLUMN_TWICE = Rule(
        "phieu-lap-cot",
        _W,
        "Trên phiếu có hai cột “{found}”; chỉ cột ở ô {expected} được đọc.",
        "Hỏi lại đơn vị cột nào đúng.",
    )
    FORM_ROW_MISSING = Rule(
        "phieu-thieu-dong",
        _W,
        "Phiếu gửi về không còn dòng {about}.",
        "Xin đơn vị bổ sung dòng này trên phiếu đã phát.",
        "phiếu gửi về thiếu dòng này",
    )
    FORM_ROW_TWICE = Rule(
        "phieu-lap-dong",
        _W,
        "Dòng {about} xuất hiện hai lần trên phiếu; dòng trước ở {expected} được tính.",
        "Hỏi lại đơn vị dòng nào đúng.",
        "phiếu có hai dòng cho tiêu chí này",
    )
    FORM_ROW_UNKNOWN = Rule(
        "phieu-dong-la",
        _W,
        "Dòng “{found}” không thuộc phiếu của đơn vị này; nội dung không được tính.",
        "Xem lại dòng này trên tệp gửi về.",
    )
    FORM_HEADING_FILLED = Rule(
        "dien-dong-muc",
        _W,
        "Đơn vị ghi “{found}” ở dòng {about}, là dòng cộng, không chấm điểm.",
        "Xem nội dung này thuộc dòng con nào, hỏi lại đơn vị nếu cần.",
    )
    FORM_SHEETS_SEVERAL = Rule(
        "nhieu-trang-phieu",
        _W,
        "Tệp có nhiều trang giống phiếu chấm; chỉ trang “{expected}” được đọc, không đọc: {found}.",
        "Hỏi lại đơn vị trang nào đúng.",
    )
    SUM_ABOVE_MAX = Rule(
        "tong-vuot-toi-da",
        _W,
        "{about}: điểm gộp của các đơn vị là {found}, vượt điểm tối đa {expected}.",
        "Sửa “Cách tổng hợp” hoặc điểm tối đa trong bộ chỉ số; điểm này chưa được tính vào tổng.",
    )
    MAX_SCORE_CHANGED = Rule(
        "doi-diem-toi-da",
        _W,
        "Điểm tối đa của {about} trên phiếu là {found}, trong bộ chỉ số là {expected}.",
        "Điểm được tính theo bộ chỉ số của đợt chấm; báo đơn vị không sửa cột này.",
    )
    SCORE_MISSING = Rule(
        "thieu-diem",
        _W,
        "{about} chưa có điểm tự chấm.",
        "Nhắc đơn vị bổ sung; ô trống không được tính là 0.",
        "chưa có điểm tự chấm",
    )
    SCORE_FORMULA_WITHOUT_VALUE = Rule(
        "diem-chua-tinh",
        _W,
        "Ô điểm của {about} là công thức {found} chưa có kết quả.",
        "Xin đơn vị mở phiếu bằng Excel, bấm Lưu rồi gửi lại, hoặc gõ thẳng điểm.",
        "ô điểm là công thức chưa có kết quả",
    )
    SCORE_ERROR_CELL = Rule(
        "o-diem-loi",
        _W,
        "Ô điểm của {about} đang báo lỗi {found}.",
        "Xin đơn vị gõ lại điểm.",
        "ô điểm đang báo lỗi {found}",
    )
    SCORE_READ_FROM_TEXT = Rule(
        "diem-go-chu",
        _N,
        "Điểm của {about} được gõ dạng chữ “{found}”, đã đọc là {expected}.",
        "Không cần làm gì nếu đọc đúng.",
    )
    SCORE_UNREADABLE = Rule(
        "diem-khong-ro",
        _W,
        "Không rõ “{found}” ở ô điểm của {about} là bao nhiêu điểm.",
        "Hỏi lại đơn vị; ô này chưa được tính điểm. {expected}",
        "điểm ghi “{found}”, không rõ là bao nhiêu",
    )
    SCORE_ABOVE_MAX = Rule(
        "vuot-diem-toi-da",
        _W,
        "Điểm {found} của {about} vượt điểm tối đa {expected}.",
        "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
        "điểm tự chấm {found} vượt điểm tối đa {expected}",
    )
    SCORE_NEGATIVE = Rule(
        "diem-am",
        _W,
        "Điểm {found} của {about} là số âm.",
        "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
        "điểm tự chấm {found} là số âm",
    )
    SCORE_TOO_FINE = Rule(
        "diem-qua-le",
        _W,
        "Điểm {found} của {about} có quá {expected} chữ số thập phân.",
        "Điểm vẫn được tính nguyên như vậy; hỏi lại đơn vị nếu là gõ nhầm.",
    )
    NOT_APPLICABLE = Rule(
        "khong-ap-dung",
        _N,
        "{about} được đơn vị ghi “không áp dụng”: điểm tối đa {found} không tính vào mẫu số.",
        "Xem lý do ở cột Kết quả, giải trình.",
    )
    NOT_APPLICABLE_WITH_SCORE = Rule(
        "khong-ap-dung-ma-co-diem",
        _W,
        "{about} vừa ghi “không áp dụng”, vừa có điểm {found}.",
        "Hỏi lại đơn vị; ô này chưa được tính điểm.",
        "vừa ghi “không áp dụng”, vừa có điểm {found}",
    )
    APPLICABILITY_UNREADABLE = Rule(
        "o-ap-dung-khong-ro",
        _W,
        "Không hiểu “{found}” ở cột Áp dụng của {about}.",
        "Cột này để trống, hoặc ghi “{expected}”.",
        "cột Áp dụng ghi “{found}”, không rõ nghĩa",
    )
    EVIDENCE_MISSING = Rule(
        "thieu-tai-lieu",
        _W,
        "{about} có điểm {found} nhưng chưa ghi tài liệu kiểm chứng.",
        "Nhắc đơn vị bổ sung tài liệu kiểm chứng.",
        "có điểm {found} nhưng chưa ghi tài liệu kiểm chứng",
    )
    SURVEY_CELL_FILLED = Rule(
        "dien-o-dieu-tra",
        _W,
        "{about} chấm bằng điều tra xã hội học, nhưng đơn vị ghi “{found}”; nội dung này "
        "không được tính.",
        "Báo đơn vị để trống các ô này.",
    )
    SUPPORT_SCORE_FILLED = Rule(
        "phoi-hop-tu-cham",
        _W,
        "{about} do {expected} chủ trì chấm; điểm “{found}” của đơn vị phối hợp không được tính.",
        "Báo đơn vị chỉ ghi kết quả, tài liệu ở các dòng phối hợp.",
    )

    @property
    def slug(self) -> str:
        """The code as a clerk sees it, and as the documentation lists it."""
        return self.value.slug

    @property
    def severity(self) -> Severity:
        """How much findings of this code ask of the clerk."""
        return self.value.severity
