"""What is said of text that is not what it seems: crossed out, or typed in an old font."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class MisleadingTextCodes:
    STRUCK_OUT = warning(
        "gach-ngang",
        "{about}: “{found}” đã bị gạch ngang, coi như ô để trống.",
        "Hỏi lại người ghi: nội dung này vẫn đúng thì bỏ gạch ngang (Ctrl+5); đã thay bằng nội "
        "dung khác thì ghi nội dung đó vào ô.",
    )

    HALF_STRUCK = warning(
        "gach-ngang-mot-phan",
        "{about}: “{found}” đã bị gạch ngang, chỉ phần còn lại “{expected}” được đọc.",
        "Xem đã đọc đúng ý người ghi chưa; nếu không chắc, hỏi lại.",
    )

    STRUCK_ROW = warning(
        "dong-gach-ngang",
        "Dòng {about} bị gạch ngang ở {found}; dòng vẫn được đọc, trừ những ô điền bị gạch ngang.",
        "Hỏi lại đơn vị: bỏ một dòng thì ghi “Không áp dụng” ở cột Áp dụng và nêu lý do.",
    )

    STRUCK_TABLE_ROW = error(
        "dong-bang-gach-ngang",
        "Dòng {about} bị gạch ngang ở {found}: không rõ là bỏ dòng này hay vẫn giữ.",
        "Bỏ thì xoá hẳn dòng; giữ thì chọn cả dòng, bỏ gạch ngang (Ctrl+5).",
    )

    LEGACY_CELL = note(
        "o-phong-chu-cu",
        "Ô này gõ bằng phông chữ cũ {candidates}: “{found}”, đọc là “{expected}”.",
        "Văn bản ghi theo cách đọc này. Xem đã đọc đúng chưa; gõ lại ô bằng Unicode thì không báo "
        "nữa.",
    )

    LEGACY_CELL_LIKELY = warning(
        "o-phong-chu-cu-theo-o-ben",
        "Như các ô bên cạnh, ô này được coi là gõ bằng phông chữ cũ {candidates}: “{found}”, đọc "
        "là “{expected}”.",
        "Văn bản ghi theo cách đọc này. Xem đã đọc đúng chưa; gõ lại ô bằng Unicode thì không báo "
        "nữa.",
    )

    LEGACY_ASKED = error(
        "o-phong-chu-khong-ro",
        "Không rõ ô này là “{found}” hay “{expected}”: chữ có thể gõ bằng phông chữ cũ "
        "{candidates}.",
        "Gõ lại cả ô bằng Unicode (phông Times New Roman).",
    )
