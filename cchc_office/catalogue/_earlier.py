"""What is found in an earlier report that a campaign is held against."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class EarlierReportCodes:
    EARLIER_UNREADABLE = warning(
        "ky-truoc-khong-doc-duoc",
        "Tệp kỳ trước không đọc được nên báo cáo không được so với kỳ trước ({found}).",
        "Mở thử tệp này bằng Excel; nếu không mở được thì chép lại từ nơi lưu. Chọn đúng tệp "
        "tong-hop.xlsx của kỳ trước rồi chạy lại.",
    )

    EARLIER_WITHOUT_TABLE = warning(
        "ky-truoc-khong-co-bang",
        "Báo cáo không được so với kỳ trước: trong tệp không có bảng điểm nào; bảng cần có các cột "
        "{expected}.",
        "Chọn tệp tong-hop.xlsx của kỳ trước, hoặc một bảng điểm có các cột này.",
    )

    EARLIER_SEVERAL_FILES = warning(
        "ky-truoc-nhieu-tep",
        "Có nhiều tệp trong đó; chỉ “{found}” được dùng để so sánh.",
        "Nếu không đúng tệp, chọn thẳng tệp tong-hop.xlsx của kỳ trước.",
    )

    EARLIER_NUMBER_UNREADABLE = warning(
        "ky-truoc-so-khong-doc-duoc",
        "“{found}” ở cột {expected} của {about} không phải là một số, nên không được so sánh.",
        "Sửa ô này thành một số trong tệp của kỳ trước; công thức chưa tính thì mở bằng Excel rồi "
        "lưu.",
    )

    EARLIER_IS_THIS_CAMPAIGN = warning(
        "ky-truoc-la-dot-nay",
        "Tệp này là bảng tổng hợp của chính đợt chấm {found}, không phải của kỳ trước.",
        "Chọn tệp tong-hop.xlsx của kỳ trước, năm trước. Nếu muốn so với lần tổng hợp trước của "
        "cùng đợt thì để nguyên: báo cáo Excel có trang So với kỳ trước, bao-cao.docx không nhắc "
        "tới.",
    )

    EARLIER_NOTHING_ALIKE = warning(
        "ky-truoc-khong-khop",
        "Báo cáo không được so với kỳ trước: {found} dòng của bảng trong tệp này không dòng nào "
        "giống một dòng của bộ chỉ số, theo STT hay theo tên.",
        "Chọn tệp tong-hop.xlsx của kỳ trước, hoặc bảng điểm của cùng một loại bộ chỉ số.",
    )

    EARLIER_IS_ANOTHER_PAPER = warning(
        "ky-truoc-la-tep-khac",
        "Tệp này là {found}, không phải báo cáo tổng hợp, nên báo cáo không được so với kỳ trước.",
        "Chọn tệp tong-hop.xlsx của kỳ trước (trong thư mục output/tong-hop/ của kỳ đó).",
    )

    EARLIER_TAKEN_AS = note(
        "ky-truoc-duoc-hieu",
        "Tệp này không ghi là báo cáo do cchc lập; được đọc như một bảng điểm: cột {found}.",
        "Nếu không đúng trang hay đúng cột, sửa tên trang, tên cột trong một bản sao của tệp, hoặc "
        "chọn tệp tong-hop.xlsx của kỳ trước.",
    )

    EARLIER_SCORE_ABOVE_MAX = warning(
        "ky-truoc-diem-vuot",
        "Điểm {found} của {about} ở kỳ trước lớn hơn điểm tối đa {expected}; dòng này không được "
        "so sánh.",
        "Xem lại ô này trong tệp của kỳ trước: có thể cột được đọc không phải là điểm đạt.",
    )
