"""What is found inside a returned form."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class ReturnedFormCodes:
    FORM_COLUMN_MISSING = warning(
        "phieu-thieu-cot",
        "Trên phiếu không còn cột “{expected}”; các cột có: {found}.",
        "Xin đơn vị gửi lại phiếu còn đủ cột.",
        "phiếu gửi về thiếu cột “{expected}”",
    )

    RETURN_COLUMN_RENAMED = warning(
        "tep-doi-ten-cot",
        "Tệp gửi về không còn cột “{expected}”; có lẽ đã đổi tên thành “{found}”, nên không được "
        "đọc.",
        "Đúng là cột ấy thì sửa tiêu đề ở ô này lại thành “{expected}” rồi chạy lại; không thì hỏi "
        "lại người gửi.",
        "phiếu gửi về đổi tên cột “{expected}” thành “{found}”",
    )

    FORM_COLUMN_TWICE = warning(
        "phieu-lap-cot",
        "Trên phiếu có hai cột “{found}”; chỉ cột ở ô {expected} được đọc.",
        "Hỏi lại đơn vị cột nào đúng.",
    )

    FORM_ROW_MISSING = warning(
        "phieu-thieu-dong",
        "Phiếu gửi về không còn dòng {about}.",
        "Xin đơn vị bổ sung dòng này trên phiếu đã phát.",
        "phiếu gửi về thiếu dòng này",
    )

    FORM_ROW_TWICE = warning(
        "phieu-lap-dong",
        "Dòng {about} xuất hiện hai lần trên phiếu; dòng trước ở {expected} được tính.",
        "Hỏi lại đơn vị dòng nào đúng.",
        "phiếu có hai dòng cho tiêu chí này",
    )

    FORM_ROW_UNKNOWN = warning(
        "phieu-dong-la",
        "Dòng “{found}” không thuộc phiếu của đơn vị này; nội dung không được tính.",
        "Xem lại dòng này trên tệp gửi về.",
    )

    FORM_HEADING_FILLED = warning(
        "dien-dong-muc",
        "Đơn vị ghi “{found}” ở dòng {about}, là dòng cộng, không chấm điểm.",
        "Xem nội dung này thuộc dòng con nào, hỏi lại đơn vị nếu cần.",
    )

    FORM_VALUES_ONLY = warning(
        "ban-chi-con-gia-tri",
        "Phiếu này là bản chép không còn công thức; các dòng cộng ở ô {found} khác tổng của các "
        "dòng dưới nó.",
        "Điểm từng dòng vẫn được tính, dòng cộng thì không. Xem ở các ô đó có điểm nào đơn vị ghi "
        "nhầm chỗ, hỏi lại đơn vị nếu cần.",
    )

    FORM_ALL_TEXT = note(
        "phieu-toan-chu",
        "Phiếu này là bản chép mà mọi điểm đều thành chữ; chữ nào là số thì đã đọc như số.",
        "Không cần làm gì.",
    )

    FORM_SHEETS_SEVERAL = warning(
        "nhieu-trang-phieu",
        "Tệp có nhiều trang giống phiếu chấm; chỉ trang “{expected}” được đọc, không đọc: {found}.",
        "Hỏi lại đơn vị trang nào đúng.",
    )

    SUM_ABOVE_MAX = warning(
        "tong-vuot-toi-da",
        "{about}: điểm các đơn vị cộng lại là {found}, vượt điểm tối đa {expected}; chỉ tính "
        "{expected}.",
        "Xem lại điểm của từng đơn vị, cột “Cách tổng hợp” và điểm tối đa trong bộ chỉ số; nếu đều "
        "đúng thì không cần làm gì.",
    )

    MAX_SCORE_CHANGED = warning(
        "doi-diem-toi-da",
        "Điểm tối đa của {about} trên phiếu là {found}, trong bộ chỉ số là {expected}.",
        "Điểm được tính theo bộ chỉ số của đợt chấm; báo đơn vị không sửa cột này.",
    )

    SCORE_MISSING = warning(
        "thieu-diem",
        "{about} chưa có điểm tự chấm.",
        "Nhắc đơn vị bổ sung; ô trống không được tính là 0.",
        "chưa có điểm tự chấm",
    )

    SCORE_STRUCK = warning(
        "diem-gach-ngang",
        "Điểm “{found}” của {about} đã bị gạch ngang, không có điểm khác thay.",
        "Hỏi lại đơn vị: điểm vẫn đúng thì bỏ gạch ngang (Ctrl+5), không thì ghi điểm mới; ô gạch "
        "ngang được coi là để trống.",
        "điểm đã ghi “{found}” bị gạch ngang, chưa có điểm thay",
    )

    OPTIONAL_SCORE_MISSING = warning(
        "thuong-tru-de-trong",
        "{about} có tài liệu kiểm chứng nhưng để trống điểm; điểm thưởng, điểm trừ để trống được "
        "tính là 0.",
        "Hỏi lại đơn vị nếu có lẽ quên ghi điểm.",
    )

    PENALTY_NOT_ASKED = warning(
        "dien-diem-tru",
        "Đơn vị ghi “{found}” ở dòng {about}, là điểm trừ do người thẩm định ghi; nội dung này "
        "không được tính.",
        "Xem nội dung đơn vị ghi, chuyển người thẩm định nếu cần.",
    )

    SCORE_FORMULA_WITHOUT_VALUE = warning(
        "diem-chua-tinh",
        "Ô điểm của {about} là công thức {found} chưa có kết quả.",
        "Xin đơn vị mở phiếu bằng Excel, bấm Lưu rồi gửi lại, hoặc gõ thẳng điểm.",
        "ô điểm là công thức chưa có kết quả",
    )

    SCORE_ERROR_CELL = warning(
        "o-diem-loi",
        "Ô điểm của {about} đang báo lỗi {found}.",
        "Xin đơn vị gõ lại điểm.",
        "ô điểm đang báo lỗi {found}",
    )

    SCORE_READ_FROM_TEXT = note(
        "diem-go-chu",
        "Điểm của {about} được gõ dạng chữ “{found}”, đã đọc là {expected}.",
        "Không cần làm gì nếu đọc đúng.",
    )

    SCORE_UNREADABLE = warning(
        "diem-khong-ro",
        "Không rõ “{found}” ở ô điểm của {about} là bao nhiêu điểm.",
        "Hỏi lại đơn vị; ô này chưa được tính điểm. {expected}",
        "điểm ghi “{found}”, không rõ là bao nhiêu",
    )

    SCORE_ABOVE_MAX = warning(
        "vuot-diem-toi-da",
        "Điểm {found} của {about} vượt điểm tối đa {expected}.",
        "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
        "điểm tự chấm {found} vượt điểm tối đa {expected}",
    )

    SCORE_ABOVE_MAX_SINCE = warning(
        "vuot-diem-toi-da-da-sua",
        "Điểm {found} của {about} không vượt điểm tối đa khi phát phiếu, nhưng vượt điểm tối đa "
        "nay là {expected}.",
        "Báo đơn vị chấm lại theo điểm tối đa mới; điểm này chưa được tính vào tổng.",
        "sau khi phát phiếu, điểm tối đa đã sửa thành {expected}; cần chấm lại (phiếu ghi {found})",
    )

    SCORE_NEGATIVE = warning(
        "diem-am",
        "Điểm {found} của {about} là số âm.",
        "Hỏi lại đơn vị; điểm này chưa được tính vào tổng.",
        "điểm tự chấm {found} là số âm",
    )

    PENALTY_WITH_SIGN = note(
        "diem-tru-co-dau",
        "Điểm trừ của {about} được gõ có dấu trừ ({found}), đã đọc là trừ {expected} điểm.",
        "Không cần làm gì nếu đọc đúng.",
    )

    SCORE_TOO_FINE = warning(
        "diem-qua-le",
        "Điểm {found} của {about} có quá {expected} chữ số thập phân.",
        "Điểm vẫn được tính nguyên như vậy; hỏi lại người điền nếu là gõ nhầm.",
    )

    NOT_APPLICABLE = note(
        "khong-ap-dung",
        "{about} được đơn vị ghi “không áp dụng”: điểm tối đa {found} không tính vào mẫu số.",
        "Xem lý do ở cột Kết quả, giải trình.",
    )

    OPTIONAL_NOT_APPLICABLE = note(
        "thuong-tru-khong-ap-dung",
        "{about} là dòng {found}, được đơn vị ghi “không áp dụng”: không tính điểm cho dòng này; "
        "mẫu số không đổi.",
        "Xem lý do ở cột Kết quả, giải trình; không có điểm thì chỉ cần để trống.",
    )

    NOT_APPLICABLE_WITH_SCORE = warning(
        "khong-ap-dung-ma-co-diem",
        "{about} vừa ghi “không áp dụng”, vừa có điểm {found}.",
        "Hỏi lại đơn vị; ô này chưa được tính điểm.",
        "vừa ghi “không áp dụng”, vừa có điểm {found}",
    )

    APPLICABILITY_UNREADABLE = warning(
        "o-ap-dung-khong-ro",
        "Không hiểu “{found}” ở cột Áp dụng của {about}.",
        "Cột này để trống, hoặc ghi “{expected}”.",
        "cột Áp dụng ghi “{found}”, không rõ nghĩa",
    )

    EVIDENCE_MISSING = warning(
        "thieu-tai-lieu",
        "{about} có điểm {found} nhưng chưa ghi tài liệu kiểm chứng.",
        "Nhắc đơn vị bổ sung tài liệu kiểm chứng.",
        "có điểm {found} nhưng chưa ghi tài liệu kiểm chứng",
    )

    SURVEY_CELL_FILLED = warning(
        "dien-o-dieu-tra",
        "{about} chấm bằng điều tra xã hội học, nhưng đơn vị ghi “{found}”; nội dung này không "
        "được tính.",
        "Báo đơn vị để trống các ô này.",
    )

    SUPPORT_SCORE_FILLED = warning(
        "phoi-hop-tu-cham",
        "{about} do {expected} chủ trì chấm; điểm “{found}” của đơn vị phối hợp không được tính.",
        "Báo đơn vị chỉ ghi kết quả, tài liệu ở các dòng phối hợp.",
    )

    FORM_SHEET_ADDED = note(
        "phieu-them-trang",
        "Tệp có thêm trang “{found}” ngoài phiếu đã phát; nội dung trang này không được đọc.",
        "Xem trang này nếu cần; đơn vị chỉ điền trên phiếu.",
    )

    FORM_SHEET_UNREADABLE = warning(
        "trang-khong-doc-duoc",
        "Trang “{about}” không đọc được ({found}).",
        "Nếu phiếu nằm ở trang này, xin đơn vị gửi lại đúng phiếu đã phát.",
    )

    FORM_HEADINGS_MISSING = warning(
        "phieu-mat-tieu-de-cot",
        "Phiếu của {about} không còn dòng tiêu đề cột (STT, Lĩnh vực/Tiêu chí, Điểm tự chấm…), nên "
        "không biết cột nào là điểm.",
        "Xin đơn vị chép số liệu vào đúng phiếu đã phát rồi gửi lại.",
    )

    CELLS_BEYOND_CAPS = warning(
        "o-qua-xa",
        "Có nội dung ở ô này, ngoài phần đọc được của một trang tính; nội dung từ đó trở đi không "
        "được đọc.",
        "Xem ô này trong tệp: nội dung thừa thì xoá; là một phần của bảng thì bỏ bớt dòng, cột "
        "trống hoặc chia bảng ra nhiều tệp.",
    )

    FORM_COLUMN_ADDED = note(
        "phieu-them-cot",
        "Phiếu có thêm cột “{found}”; nội dung cột này không được đọc.",
        "Xem cột này nếu cần; đơn vị nên ghi vào cột Ghi chú.",
    )

    FORM_IDS_MIXED_UP = warning(
        "phieu-xao-dong",
        "Ở {found} dòng, mã dòng ẩn không khớp với STT và tên: bảng đã bị sắp xếp lại mà thiếu cột "
        "ẩn. Điểm được đọc theo STT và tên.",
        "Đối chiếu vài dòng với tệp gửi về; nếu không chắc, hỏi lại đơn vị.",
    )

    FORM_NAME_CHANGED = warning(
        "doi-ten-dong",
        "Dòng {about} trên phiếu đã bị sửa thành “{found}”; vẫn được đọc theo mã dòng ẩn.",
        "Hỏi lại đơn vị nếu nội dung đã khác; tên trong bộ chỉ số được giữ nguyên.",
    )

    FORM_ROW_CHANGED_SINCE = note(
        "doi-ten-sau-khi-phat",
        "Khi phát phiếu, dòng {about} có tên “{found}”; bộ chỉ số đã sửa từ đó.",
        "Nếu chỉ sửa câu chữ thì không cần làm gì; nếu sửa nội dung, phát lại phiếu.",
    )

    MAX_SCORE_CHANGED_SINCE = warning(
        "doi-diem-toi-da-sau-khi-phat",
        "Khi phát phiếu, {about} có điểm tối đa {found}; nay bộ chỉ số ghi {expected}.",
        "Điểm được tính theo bộ chỉ số; báo đơn vị biết hoặc phát lại phiếu.",
    )

    FORM_ROW_NOT_YET = warning(
        "dong-them-sau-khi-phat",
        "Dòng {about} được thêm hoặc giao cho đơn vị sau khi phát phiếu này, nên phiếu không có.",
        "Phát lại phiếu cho đơn vị và xin bổ sung dòng này.",
        "phiếu đã phát chưa có dòng này; xin nhận phiếu mới và bổ sung",
    )

    FORM_ROW_NO_LONGER = warning(
        "dong-khong-con",
        "Dòng “{found}” có trên phiếu đã phát nhưng nay không còn trong phần việc của đơn vị; nội "
        "dung không được tính.",
        "Xem lại bảng phân công; nếu đúng là đã bỏ thì không cần làm gì.",
    )

    SCORE_MISSING_WITH_EVIDENCE = warning(
        "thieu-diem-co-tai-lieu",
        "{about} đã ghi tài liệu kiểm chứng nhưng chưa có điểm tự chấm.",
        "Hỏi đơn vị điểm là bao nhiêu; ô trống không được tính là 0.",
        "đã ghi tài liệu kiểm chứng nhưng chưa có điểm tự chấm",
    )

    CELL_WITHOUT_VALUE = warning(
        "o-khong-co-ket-qua",
        "Ô này ({about}) là công thức hoặc lỗi {found}, không có kết quả để đọc.",
        "Xin đơn vị gõ thẳng nội dung vào ô này rồi gửi lại.",
        "ô nội dung là công thức hoặc báo lỗi {found}",
    )

    LEGACY_FONT = note(
        "phong-chu-cu",
        "{about}: ô này gõ bằng phông chữ cũ {candidates}: “{found}”, đọc là “{expected}”.",
        "Xem đã đọc đúng chưa; báo cáo ghi cả hai cách viết.",
    )
