"""What is found of a returned file as a whole."""

from __future__ import annotations

from cchc_office.catalogue._code import NOTE, WARNING, FindingCode


class ReturnedFileCodes:
    NOT_A_WORKBOOK = FindingCode(
        "khong-phai-excel",
        WARNING,
        "Tệp này không phải là bảng tính: {found}.",
        "Xin đơn vị gửi lại phiếu bằng tệp Excel.",
    )

    PASSWORD_PROTECTED = FindingCode(
        "co-mat-khau",
        WARNING,
        "Tệp này bị khoá bằng mật khẩu nên chưa đọc được.",
        "Chạy lại với --mat-khau ? rồi gõ mật khẩu; hoặc mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
    )

    DAMAGED_FILE = FindingCode(
        "tep-hong",
        WARNING,
        "Tệp này hỏng hoặc chép chưa hết nên không đọc được ({found}).",
        "Thử mở bằng Excel; nếu không được, xin đơn vị gửi lại.",
    )

    TOO_LARGE = FindingCode(
        "tep-qua-lon",
        WARNING,
        "Tệp này lớn bất thường nên không được mở: {found}; mức cho phép: {expected}.",
        "Xin đơn vị gửi lại đúng phiếu đã phát; tài liệu kiểm chứng thì lưu tay vào "
        "minh-chung/MÃ/.",
    )

    NOT_A_FORM = FindingCode(
        "khong-phai-phieu",
        WARNING,
        "Không thấy dấu nhận biết của phiếu tự chấm điểm trong bảng tính này.",
        "Xin đơn vị điền vào đúng phiếu đã phát (trang ẩn của phiếu không được xoá).",
    )

    FORM_UNFILLED = FindingCode(
        "phieu-chua-dien",
        WARNING,
        "{found} này của {about} chưa điền gì, vẫn như khi phát ra, nên không được tính là đã nộp.",
        "Nếu đơn vị gửi nhầm tệp trắng, xin đơn vị gửi lại phiếu đã điền.",
    )

    EVIDENCE_UNLINKED = FindingCode(
        "minh-chung-khong-ro-dong",
        NOTE,
        "Tệp minh chứng này của {about} không thuộc dòng nào: tên tệp không bắt đầu bằng mã tiêu "
        "chí của đơn vị, phiếu cũng không nêu tên tệp.",
        "Thêm mã tiêu chí vào đầu tên tệp, ví dụ “1.2.1 Kế hoạch.pdf”.",
    )

    EVIDENCE_NOT_THERE = FindingCode(
        "minh-chung-thieu-tep",
        WARNING,
        "{about}: phiếu nêu tệp “{found}” ở cột Tài liệu kiểm chứng, nhưng trong thư mục minh "
        "chứng của đơn vị không có tệp đó.",
        "Xin đơn vị gửi tệp, để vào thư mục minh-chung/mã đơn vị; hoặc xem tên tệp có viết khác "
        "không.",
    )

    EVIDENCE_OF_NOBODY = FindingCode(
        "minh-chung-khong-ro-don-vi",
        NOTE,
        "Trong thư mục minh-chung, “{about}” không nằm trong thư mục của đơn vị nào ({found} tệp), "
        "nên không được gắn với tiêu chí.",
        "Chuyển các tệp vào thư mục mang đúng mã đơn vị, ví dụ minh-chung/VP.",
    )

    OTHER_CAMPAIGN = FindingCode(
        "phieu-dot-khac",
        WARNING,
        "Phiếu này thuộc đợt chấm {found}, không phải {expected}.",
        "Xin đơn vị gửi phiếu của đúng đợt này.",
    )

    OTHER_FORM_VERSION = FindingCode(
        "phieu-ban-khac",
        WARNING,
        "Phiếu này có phiên bản {found}; chương trình đọc phiên bản {expected}.",
        "Phát lại phiếu và xin đơn vị chép số liệu sang phiếu mới.",
    )

    UNIT_NOT_IN_CAMPAIGN = FindingCode(
        "don-vi-khong-con",
        WARNING,
        "Phiếu này của đơn vị có mã “{found}”, không có ở trang Đơn vị.",
        "Kiểm tra mã đơn vị; nếu đơn vị đã đổi mã, phát lại phiếu.",
    )

    OTHER_YEAR = FindingCode(
        "phieu-nam-khac",
        WARNING,
        "Phiếu này là phiếu năm {found}, không phải năm {expected}.",
        "Xin đơn vị gửi phiếu của đúng năm; có thể đơn vị gửi nhầm tệp cũ.",
    )

    KNOWN_BY_TITLE = FindingCode(
        "nhan-theo-tieu-de",
        WARNING,
        "Tệp không còn dấu nhận biết ẩn; theo dòng “Đơn vị: {found}” trên phiếu, đây là phiếu của "
        "{about}.",
        "Kiểm tra đúng đơn vị; nhắc đơn vị điền trên đúng tệp đã phát.",
    )

    SENDER_UNCLEAR = FindingCode(
        "khong-ro-don-vi",
        WARNING,
        "Phiếu ghi “Đơn vị: {found}” và không còn dấu nhận biết khác, nên không rõ là của đơn vị "
        "nào (có thể: {candidates}).",
        "Hỏi lại người gửi; thêm tên này vào cột Tên gọi khác ở trang Đơn vị nếu đúng, rồi chạy "
        "lại.",
    )

    FORM_OF_OTHER_UNIT = FindingCode(
        "phieu-cua-don-vi-khac",
        WARNING,
        "Đây là tệp phát cho {about}, nhưng trên phiếu ghi “Đơn vị: {found}”; đang được tính cho "
        "{about}.",
        "Hỏi lại đơn vị: có thể một đơn vị đã điền vào tệp của đơn vị khác.",
    )

    RETURNS_DIFFER = FindingCode(
        "hai-ban-khac-nhau",
        NOTE,
        "{about}: bản này ghi {found}; bản được tính ({candidates}) ghi {expected}.",
        "Đối chiếu khi hỏi đơn vị bản nào đúng.",
    )

    FILE_NAME_SAYS_NOTHING = FindingCode(
        "ten-tep-khac",
        NOTE,
        "Tên tệp không cho biết đơn vị; theo nội dung bên trong, đây là phiếu của {about}.",
        "Không cần làm gì; tên tệp khi phát là {expected}.",
    )

    SAME_RETURN_AGAIN = FindingCode(
        "gui-trung",
        NOTE,
        "Tệp này trùng hoàn toàn nội dung với {found}.",
        "Không cần làm gì; mỗi phiếu chỉ được tính một lần.",
    )

    SEVERAL_RETURNS = FindingCode(
        "gui-nhieu-ban",
        WARNING,
        "{about} gửi nhiều phiếu khác nhau; tệp này ({found}) không được tính, vì bản lưu sau cùng "
        "là {expected}.",
        "Hỏi lại đơn vị bản nào đúng; bỏ bản sai ra khỏi thư mục nhận về.",
    )

    RETURNED_LATE = FindingCode(
        "nop-muon",
        WARNING,
        "Phiếu được lưu lần cuối ngày {found}, sau hạn nộp {expected}.",
        "Xem có chấp nhận phiếu nộp muộn hay không; điểm vẫn được tổng hợp.",
    )

    SAVED_DATE_UNKNOWN = FindingCode(
        "khong-ro-ngay-luu",
        NOTE,
        "Tệp không ghi ngày lưu, nên không rõ phiếu nộp trước hay sau hạn {expected}.",
        "Xem ngày nhận ở thư điện tử hoặc sổ công văn nếu cần.",
    )

    NOT_RETURNED = FindingCode(
        "chua-nop",
        NOTE,
        "{about} chưa nộp phiếu tự chấm điểm; hạn nộp {expected}.",
        "Chờ, hoặc nhắc đơn vị.",
    )

    OVERDUE = FindingCode(
        "qua-han",
        WARNING,
        "{about} chưa nộp phiếu tự chấm điểm, quá hạn {expected} đã {found} ngày.",
        "Gửi công văn đôn đốc (lệnh don-doc).",
    )
