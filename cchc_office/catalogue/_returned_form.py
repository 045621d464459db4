"""What is found inside a returned form."""

from __future__ import annotations

from cchc_office.catalogue._rule import NOTE, WARNING, Rule

FORM_COLUMN_MISSING = Rule(
    "phieu-thieu-cot",
    WARNING,
    "Trên phiếu không còn cột “{expected}”; các cột có: {found}.",
    "Xin đơn vị gửi lại phiếu còn đủ cột.",
    "phiếu gửi về thiếu cột “{expected}”",
)

FORM_COLUMN_TWICE = Rule(
    "phieu-lap-cot",
    WARNING,
    "Trên phiếu có hai cột “{found}”; chỉ cột ở ô {expected} được đọc.",
    "Hỏi lại đơn vị cột nào đúng.",
)

FORM_ROW_MISSING = Rule(
    "phieu-thieu-dong",
    WARNING,
    "Phiếu gửi về không còn dòng {about}.",
    "Xin đơn vị bổ sung dòng này trên phiếu đã phát.",
    "phiếu gửi về thiếu dòng này",
)

FORM_ROW_TWICE = Rule(
    "phieu-lap-dong",
    WARNING,
    "Dòng {about} xuất hiện hai lần trên phiếu; dòng trước ở {expected} được tính.",
    "Hỏi lại đơn vị dòng nào đúng.",
    "phiếu có hai dòng cho tiêu chí này",
)

FORM_ROW_UNKNOWN = Rule(
    "phieu-dong-la",
    WARNING,
    "Dòng “{found}” không thuộc phiếu của đơn vị này; nội dung không được tính.",
    "Xem lại dòng này trên tệp gửi về.",
)

FORM_HEADING_FILLED = Rule(
    "dien-dong-muc",
    WARNING,
    "Đơn vị ghi “{found}” ở dòng {about}, là dòng cộng, không chấm điểm.",
    "Xem nội dung này thuộc dòng con nào, hỏi lại đơn vị nếu cần.",
)

FORM_SHEETS_SEVERAL = Rule(
    "nhieu-trang-phieu",
    WARNING,
    "Tệp có nhiều trang giống phiếu chấm; chỉ trang “{expected}” được đọc, không đọc: {found}.",
    "Hỏi lại đơn vị trang nào đúng.",
)

SUM_ABOVE_MAX = Rule(
    "tong-vuot-toi-da",
    WARNING,
    "{about}: điểm gộp của các đơn vị là {found}, vượt điểm tối đa {expected}.",
    "Sửa “Cách tổng hợp” hoặc điểm tối đa trong bộ chỉ số; điểm này chưa được tính vào tổng.",
)

MAX_SCORE_CHANGED = Rule(
    "doi-diem-toi-da",
    WARNING,
    "Điểm tối đa của {about} trên phiếu là {found}, trong bộ chỉ số là {expected}.",
    "Điểm được tính theo bộ chỉ số của đợt chấm; báo đơn vị không sửa cột này.",
)

SCORE_MISSING = Rule(
    "thieu-diem",
    WARNING,
    "{about} chưa có điểm tự chấm.",
    "Nhắc đơn vị bổ sung; ô trống không được tính là 0.",
    "chưa có điểm tự chấm",
)

SCORE_FORMULA_WITHOUT_VALUE = Rule(
    "diem-chua-tinh",
    WARNING,
    "Ô điểm của {about} là công thức {found} chưa có kết quả.",
    "Xin đơn vị mở phiếu bằng Excel, bấm Lưu rồi gửi lại, hoặc gõ thẳng điểm.",
    "ô điểm là công thức chưa có kết quả",
)

SCORE_ERROR_CELL = Rule(
    "o-diem-loi",
    WARNING,
    "Ô điểm của {about} đang báo lỗi {found}.",
    "Xin đơn vị gõ lại điểm.",
    "ô điểm đang báo lỗi {found}",
)

SCORE_READ_FROM_TEXT = Rule(
    "diem-go-chu",
    NOTE,
    "Điểm của {about} được gõ dạng chữ “{found}”, đã đọc là {expected}.",
    "Không cần làm gì nếu đọc đúng.",
)

SCORE_UNREADABLE = Rule(
    "diem-khong-ro",
    WARNING,
    "Không rõ “{found}” ở ô điểm của {about} là bao nhiêu điểm.",
    "Hỏi lại đơn vị; ô này chưa được tính điểm. {expected}",
    "điểm ghi “{found}”, không rõ là bao nhiêu",
)

SCORE_ABOVE_MAX = Rule(
    "vuot-diem-toi-da",
    WARNING,
    "Điểm {found} của {about} vượt điểm tối đa {expected}.",
    "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
    "điểm tự chấm {found} vượt điểm tối đa {expected}",
)

SCORE_NEGATIVE = Rule(
    "diem-am",
    WARNING,
    "Điểm {found} của {about} là số âm.",
    "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
    "điểm tự chấm {found} là số âm",
)

SCORE_TOO_FINE = Rule(
    "diem-qua-le",
    WARNING,
    "Điểm {found} của {about} có quá {expected} chữ số thập phân.",
    "Điểm vẫn được tính nguyên như vậy; hỏi lại đơn vị nếu là gõ nhầm.",
)

NOT_APPLICABLE = Rule(
    "khong-ap-dung",
    NOTE,
    "{about} được đơn vị ghi “không áp dụng”: điểm tối đa {found} không tính vào mẫu số.",
    "Xem lý do ở cột Kết quả, giải trình.",
)

NOT_APPLICABLE_WITH_SCORE = Rule(
    "khong-ap-dung-ma-co-diem",
    WARNING,
    "{about} vừa ghi “không áp dụng”, vừa có điểm {found}.",
    "Hỏi lại đơn vị; ô này chưa được tính điểm.",
    "vừa ghi “không áp dụng”, vừa có điểm {found}",
)

APPLICABILITY_UNREADABLE = Rule(
    "o-ap-dung-khong-ro",
    WARNING,
    "Không hiểu “{found}” ở cột Áp dụng của {about}.",
    "Cột này để trống, hoặc ghi “{expected}”.",
    "cột Áp dụng ghi “{found}”, không rõ nghĩa",
)

EVIDENCE_MISSING = Rule(
    "thieu-tai-lieu",
    WARNING,
    "{about} có điểm {found} nhưng chưa ghi tài liệu kiểm chứng.",
    "Nhắc đơn vị bổ sung tài liệu kiểm chứng.",
    "có điểm {found} nhưng chưa ghi tài liệu kiểm chứng",
)

SURVEY_CELL_FILLED = Rule(
    "dien-o-dieu-tra",
    WARNING,
    "{about} chấm bằng điều tra xã hội học, nhưng đơn vị ghi “{found}”; nội dung này "
    "không được tính.",
    "Báo đơn vị để trống các ô này.",
)

SUPPORT_SCORE_FILLED = Rule(
    "phoi-hop-tu-cham",
    WARNING,
    "{about} do {expected} chủ trì chấm; điểm “{found}” của đơn vị phối hợp không được tính.",
    "Báo đơn vị chỉ ghi kết quả, tài liệu ở các dòng phối hợp.",
)
