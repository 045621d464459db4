"""What is found of a returned file as a whole."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class ReturnedFileCodes:
    NOT_A_WORKBOOK = warning(
        "khong-phai-excel",
        "Tệp này không phải là bảng tính: {found}.",
        "Xin đơn vị gửi lại phiếu bằng tệp Excel.",
    )

    PASSWORD_PROTECTED = warning(
        "co-mat-khau",
        "Tệp này bị khoá bằng mật khẩu nên chưa đọc được.",
        "Chạy lại với --mat-khau ? rồi gõ mật khẩu; hoặc mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
    )

    DAMAGED_FILE = warning(
        "tep-hong",
        "Tệp này hỏng hoặc chép chưa hết nên không đọc được ({found}).",
        "Thử mở bằng Excel; nếu không được, xin đơn vị gửi lại.",
    )

    TOO_LARGE = warning(
        "tep-qua-lon",
        "Tệp này lớn bất thường nên không được mở: {found}; mức cho phép: {expected}.",
        "Xin đơn vị gửi lại đúng phiếu đã phát; tài liệu kiểm chứng thì lưu tay vào "
        "minh-chung/MÃ/.",
    )

    NOT_A_FORM = warning(
        "khong-phai-phieu",
        "Không thấy dấu nhận biết của phiếu tự chấm điểm trong bảng tính này.",
        "Xin đơn vị điền vào đúng phiếu đã phát (trang ẩn của phiếu không được xoá). Không phải "
        "phiếu thì để tệp này sang bên (lệnh so de-sang-ben).",
    )

    FORM_UNFILLED = warning(
        "phieu-chua-dien",
        "{found} này của {about} chưa điền gì, vẫn như khi phát ra, nên không được tính là đã nộp.",
        "Nếu đơn vị gửi nhầm tệp trắng, xin đơn vị gửi lại phiếu đã điền.",
    )

    RETURN_SET_ASIDE = note(
        "phieu-khong-tinh",
        "Phiếu này của {about} không được tính: người dùng đã nói vậy ngày {found}.",
        "Nay muốn tính thì chọn lại: {cchc} so chon, tên tệp này; hoặc gạch bỏ: {cchc} so xoa.",
    )

    FILE_SET_ASIDE = note(
        "tep-de-sang-ben",
        "Tệp này đã được để sang bên ngày {found}, không phải xem nữa: {expected}.",
        "Không cần làm gì; muốn xem lại thì gạch bỏ lời ấy: {cchc} so xoa.",
    )

    EVIDENCE_UNLINKED = note(
        "minh-chung-khong-ro-dong",
        "Tệp minh chứng này của {about} không thuộc dòng nào: tên tệp không bắt đầu bằng mã tiêu "
        "chí của đơn vị, phiếu cũng không nêu tên tệp.",
        "Thêm mã tiêu chí vào đầu tên tệp, ví dụ “1.2.1 Kế hoạch.pdf”.",
    )

    EVIDENCE_NOT_THERE = warning(
        "minh-chung-thieu-tep",
        "{about}: phiếu nêu tệp “{found}” ở cột Tài liệu kiểm chứng, nhưng trong thư mục minh "
        "chứng của đơn vị không có tệp đó.",
        "Xin đơn vị gửi tệp, để vào thư mục minh-chung/mã đơn vị; hoặc xem tên tệp có viết khác "
        "không.",
    )

    EVIDENCE_OF_NOBODY = note(
        "minh-chung-khong-ro-don-vi",
        "Trong thư mục minh-chung, “{about}” không nằm trong thư mục của đơn vị nào ({found} tệp), "
        "nên không được gắn với tiêu chí.",
        "Chuyển các tệp vào thư mục mang đúng mã đơn vị, ví dụ minh-chung/VP.",
    )

    OTHER_CAMPAIGN = warning(
        "phieu-dot-khac",
        "Phiếu này thuộc đợt chấm {found}, không phải {expected}.",
        "Xin đơn vị gửi phiếu của đúng đợt này.",
    )

    OTHER_FORM_VERSION = warning(
        "phieu-ban-khac",
        "Phiếu này có phiên bản {found}; chương trình đọc phiên bản {expected}.",
        "Phát lại phiếu và xin đơn vị chép số liệu sang phiếu mới.",
    )

    UNIT_NOT_IN_CAMPAIGN = warning(
        "don-vi-khong-con",
        "Phiếu này của đơn vị có mã “{found}”, không có ở trang Đơn vị.",
        "Kiểm tra mã đơn vị; nếu đơn vị đã đổi mã, phát lại phiếu.",
    )

    OTHER_YEAR = warning(
        "phieu-nam-khac",
        "Phiếu này là phiếu năm {found}, không phải năm {expected}.",
        "Xin đơn vị gửi phiếu của đúng năm; có thể đơn vị gửi nhầm tệp cũ.",
    )

    KNOWN_BY_TITLE = warning(
        "nhan-theo-tieu-de",
        "Tệp không còn dấu nhận biết ẩn; theo dòng “Đơn vị: {found}” trên phiếu, đây là phiếu của "
        "{about}.",
        "Kiểm tra đúng đơn vị; nhắc đơn vị điền trên đúng tệp đã phát.",
    )

    SENDER_UNCLEAR = warning(
        "khong-ro-don-vi",
        "Phiếu ghi “Đơn vị: {found}” và không còn dấu nhận biết khác, nên không rõ là của đơn vị "
        "nào (có thể: {candidates}).",
        "Hỏi lại người gửi; thêm tên này vào cột Tên gọi khác ở trang Đơn vị nếu đúng, rồi chạy "
        "lại.",
    )

    FORM_OF_OTHER_UNIT = warning(
        "phieu-cua-don-vi-khac",
        "Đây là tệp phát cho {about}, nhưng trên phiếu ghi “Đơn vị: {found}”; đang được tính cho "
        "{about}.",
        "Hỏi lại đơn vị: có thể một đơn vị đã điền vào tệp của đơn vị khác.",
    )

    RETURNS_DIFFER = note(
        "hai-ban-khac-nhau",
        "{about}: bản này ghi {found}; bản được tính ({candidates}) ghi {expected}.",
        "Đối chiếu khi hỏi đơn vị bản nào đúng.",
    )

    FILE_NAME_SAYS_NOTHING = note(
        "ten-tep-khac",
        "Tên tệp không cho biết đơn vị; theo nội dung bên trong, đây là phiếu của {about}.",
        "Không cần làm gì; tên tệp khi phát là {expected}.",
    )

    SAME_RETURN_AGAIN = note(
        "gui-trung",
        "Tệp này trùng hoàn toàn nội dung với {found}.",
        "Không cần làm gì; mỗi phiếu chỉ được tính một lần.",
    )

    SEVERAL_RETURNS = warning(
        "gui-nhieu-ban",
        "{about} gửi nhiều phiếu khác nhau; tệp này ({found}) không được tính, vì bản lưu sau cùng "
        "là {expected}.",
        "Hỏi lại đơn vị bản nào đúng; bỏ bản sai ra khỏi thư mục nhận về.",
    )

    RETURNS_SAVED_TOGETHER = warning(
        "gui-nhieu-ban-cung-luc",
        "{about} gửi nhiều phiếu khác nhau; tệp này và {expected} cùng ghi là {found}, nên không "
        "rõ bản nào sau. Đang tính {expected}, chưa tính tệp này.",
        "Hỏi đơn vị bản nào đúng, rồi chọn bản được tính: {cchc} so chon, tên tệp đúng.",
    )

    RETURN_REPLACED = note(
        "gui-ban-thay",
        "{about} gửi nhiều phiếu khác nhau: tệp này {found}; đang tính {expected}.",
        "Không cần làm gì; muốn tính tệp này thì chọn: {cchc} so chon, tên tệp này.",
    )

    RETURNED_LATE = warning(
        "nop-muon",
        "Nộp muộn: phiếu {found}, sau hạn nộp {expected}.",
        "Xem có chấp nhận phiếu nộp muộn hay không; điểm vẫn được tổng hợp. Chưa có ngày nhận, mà "
        "phiếu đã nhận trước đó, thì ghi ngày nhận: {cchc} nhan-tep, thêm --ngay.",
    )

    RETURNED_AGAIN_LATE = note(
        "nop-lai-sau-han",
        "Bản sửa sau khi trả lại: phiếu {found}, sau hạn nộp {expected}; bản trước đã nộp đúng "
        "hạn.",
        "Không cần làm gì; đơn vị không bị tính là nộp muộn.",
    )

    RETURNED_FOR_CHANGED_SET = note(
        "nop-lai-vi-bo-chi-so-doi",
        "Bản nộp lại sau khi bộ chỉ số đổi: phiếu {found}, sau hạn nộp {expected}; bản trước, theo "
        "bộ chỉ số cũ, đã nộp đúng hạn.",
        "Không cần làm gì; đơn vị không bị tính là nộp muộn.",
    )

    LATE_RETURN_TAKEN = note(
        "nop-muon-da-nhan",
        "Nộp muộn: phiếu {found}, sau hạn nộp {expected}; đã xem và nhận.",
        "Không cần làm gì; ghi nhận nhầm thì gạch bỏ: {cchc} so xoa.",
    )

    SAVED_DATE_UNKNOWN = note(
        "khong-ro-ngay-luu",
        "{found}, và chưa có ngày nhận, nên không rõ phiếu nộp trước hay sau hạn {expected}.",
        "Xem ngày nhận ở thư điện tử hoặc sổ công văn; ghi ngày ấy: {cchc} nhan-tep, thêm --ngay.",
    )

    SAVED_DAY_TO_COME = note(
        "ngay-luu-chua-den",
        "Trong tệp ghi lưu ngày {found}, sau {expected}: đồng hồ của máy làm phiếu sai.",
        "Không cần làm gì; báo đơn vị chỉnh lại đồng hồ máy nếu tiện. Nộp muộn hay không tính theo "
        "ngày nhận.",
    )

    NOT_RETURNED = note(
        "chua-nop",
        "{about} chưa nộp phiếu tự chấm điểm; hạn nộp {expected}.",
        "Chờ, hoặc nhắc đơn vị.",
    )

    OVERDUE = warning(
        "qua-han",
        "{about} chưa nộp phiếu tự chấm điểm, hạn nộp {expected}: {found}.",
        "Gửi công văn đôn đốc (lệnh don-doc).",
    )
