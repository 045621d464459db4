"""What is found in the sheet with the results of surveys."""

from __future__ import annotations

from cchc_office.catalogue._code import error, warning


class SurveySheetCodes:
    SURVEY_COLUMN_UNKNOWN = error(
        "dtxhh-cot-la",
        "Cột “{found}” có số, nhưng tiêu đề không cho biết câu trả lời được tính bao nhiêu phần "
        "trăm.",
        "Ghi trọng số vào tiêu đề, ví dụ “Hài lòng (60%)”; bốn cột Mức 1, Mức 2, Mức 3, Mức 4 thì "
        "được hiểu là 100%, 60%, 20%, 0%. Cột không dùng thì xoá.",
    )

    SURVEY_ROW_UNKNOWN = error(
        "dtxhh-dong-la",
        "Không rõ dòng “{found}” là tiêu chí nào của trang Bộ chỉ số. Có thể là: {candidates}.",
        "Ghi STT (dạng Text) và tên đúng như ở trang Bộ chỉ số.",
    )

    SURVEY_ROW_NOT_SURVEY = error(
        "dtxhh-dong-khong-dieu-tra",
        "{about} không phải là dòng chấm bằng điều tra, nên kết quả ở đây không được dùng.",
        "Xoá kết quả này; hoặc ghi “ĐTXHH” vào cột Ghi chú của dòng đó ở trang Bộ chỉ số.",
    )

    SURVEY_ROW_TWICE = error(
        "dtxhh-trung-dong",
        "Kết quả của {about} đã có ở {expected}.",
        "Chỉ giữ một dòng cho mỗi tiêu chí (và mỗi đơn vị, nếu có cột Đơn vị).",
    )

    SURVEY_UNIT_UNKNOWN = error(
        "dtxhh-don-vi-la",
        "Không rõ “{found}” là đơn vị nào. Gần giống: {candidates}.",
        "Ghi mã, tên hoặc tên gọi khác của một đơn vị; để trống nếu là kết quả chung.",
    )

    SURVEY_UNIT_WITHOUT_PART = warning(
        "dtxhh-don-vi-khong-lien-quan",
        "Đơn vị {found} không được giao {about}; kết quả này không vào tổng điểm của đơn vị.",
        "Sửa cột Đơn vị, hoặc thêm đơn vị này vào cột Đơn vị thực hiện ở trang Bộ chỉ số.",
    )

    SURVEY_SCORE_UNREADABLE = error(
        "dtxhh-diem-khong-doc-duoc",
        "Kết quả “{found}” của {about} không phải là một số điểm.",
        "Ghi số điểm theo thang điểm tối đa của dòng, ví dụ 0,85; không ghi tỷ lệ % hay chữ.",
    )

    SURVEY_SCORE_NEGATIVE = error(
        "dtxhh-diem-am",
        "Kết quả {found} của {about} là số âm.",
        "Sửa lại điểm; nếu chưa có kết quả thì để trống.",
    )

    SURVEY_SCORE_ABOVE_MAX = error(
        "dtxhh-diem-vuot",
        "Kết quả {found} của {about} lớn hơn điểm tối đa ({expected}).",
        "Sửa lại điểm, hoặc điểm tối đa ở trang Bộ chỉ số.",
    )

    SURVEY_COUNT_UNREADABLE = error(
        "dtxhh-so-phieu-sai",
        "“{found}” ({about}) không phải là một số phiếu.",
        "Ghi một số nguyên không âm, không có dấu chấm phân cách hàng nghìn.",
    )

    SURVEY_NO_ANSWERS = error(
        "dtxhh-khong-co-phieu",
        "{about} có số phiếu bằng 0 ở mọi mức, nên không tính được điểm.",
        "Sửa số phiếu; nếu chưa có kết quả thì để trống cả dòng.",
    )

    SURVEY_COUNT_BLANK = error(
        "dtxhh-muc-de-trong",
        "{about} có số phiếu ở mức khác, nhưng “{found}” để trống; ô trống không được hiểu là 0.",
        "Điền số phiếu của các mức để trống. Nếu đúng là không có phiếu nào thì ghi 0, hoặc ghi "
        "cột Tổng số phiếu.",
    )

    SURVEY_TOTAL_DIFFERS = error(
        "dtxhh-tong-phieu-khac",
        "Tổng số phiếu của {about} là {found}, nhưng các mức cộng lại được {expected}.",
        "Sửa số phiếu của từng mức, hoặc tổng số.",
    )

    SURVEY_SCORE_DIFFERS = error(
        "dtxhh-diem-khac-so-phieu",
        "Điểm {found} của {about} khác điểm tính từ số phiếu ({expected}).",
        "Kiểm tra số phiếu và trọng số, hoặc xoá điểm để chương trình tính từ số phiếu.",
    )
