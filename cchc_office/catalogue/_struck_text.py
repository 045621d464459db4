"""What is said of text that someone crossed out: it is no content of its cell."""

from __future__ import annotations

from cchc_office.catalogue._rule import WARNING, Rule

STRUCK_OUT = Rule(
    "gach-ngang",
    WARNING,
    "{about}: “{found}” đã bị gạch ngang, coi như ô để trống.",
    "Hỏi lại người ghi: nội dung này vẫn đúng thì bỏ gạch ngang (Ctrl+5); đã thay bằng nội dung "
    "khác thì ghi nội dung đó vào ô.",
)

HALF_STRUCK = Rule(
    "gach-ngang-mot-phan",
    WARNING,
    "{about}: “{found}” đã bị gạch ngang, chỉ phần còn lại “{expected}” được đọc.",
    "Xem đã đọc đúng ý người ghi chưa; nếu không chắc, hỏi lại.",
)

STRUCK_ROW = Rule(
    "dong-gach-ngang",
    WARNING,
    "Dòng {about} bị gạch ngang ở {found}; dòng vẫn được đọc, trừ những ô điền bị gạch ngang.",
    "Hỏi lại đơn vị: bỏ một dòng thì ghi “Không áp dụng” ở cột Áp dụng và nêu lý do.",
)
