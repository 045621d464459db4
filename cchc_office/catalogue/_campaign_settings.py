"""What is found in the settings of the campaign workbook: the sheet Thông tin."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class CampaignSettingsCodes:
    UNKNOWN_SETTING = warning(
        "muc-la",
        "Không có mục nào tên “{found}”; nội dung của dòng này không được dùng.",
        "Sửa tên mục. Gần giống nhất: {candidates}.",
    )

    DUPLICATE_SETTING = error(
        "trung-muc",
        "Mục “{found}” được điền hai lần, nội dung khác nhau.",
        "Chỉ giữ một dòng cho mục này.",
    )

    SETTING_WITHOUT_LABEL = warning(
        "muc-khong-ten",
        "Dòng này có nội dung “{found}” nhưng không có tên mục, nên không được dùng.",
        "Ghi tên mục ở cột Mục; nội dung nhiều dòng thì viết trong cùng một ô.",
    )

    MISSING_SETTING = error(
        "thieu-muc",
        "Chưa điền mục “{expected}”.",
        "Điền nội dung của mục này ở trang Thông tin.",
    )

    NO_SIGNER = note(
        "thieu-nguoi-ky",
        "Chưa điền Chức vụ người ký, Người ký: công văn, báo cáo được làm ra không có phần ký.",
        "Điền ở trang Thông tin, hoặc tự thêm phần ký vào từng văn bản.",
    )

    ABBREVIATION_MADE = note(
        "ten-goi-tat-dat-san",
        "Mục Tên gọi tắt để trống; tên tệp, mã đợt của “{found}” bắt đầu bằng “{expected}”.",
        "Muốn tên khác thì ghi vào mục Tên gọi tắt trước khi phát phiếu.",
    )

    BAD_SCALE = warning(
        "thang-diem-la",
        "Nội dung “{found}” của mục Thang điểm không phải là một số.",
        "Ghi một số, ví dụ 100 hoặc 1.000; để trống thì không đối chiếu.",
    )

    SCALE_NOT_SUM = warning(
        "thang-diem-khac-tong",
        "Thang điểm là {expected}, tổng điểm tối đa của các dòng là {found} (không kể điểm "
        "thưởng, điểm trừ). Chỗ có thể sai: {about}.",
        "Sửa điểm tối đa của các dòng; đúng là khác nhau thì để trống mục Thang điểm.",
    )

    BONUS_WITHIN_SCALE = warning(
        "diem-thuong-trong-thang-diem",
        "Thang điểm {expected} là tổng tối đa {found} cộng điểm thưởng {about}, mà điểm thưởng "
        "được cộng ngoài tổng tối đa: tỷ lệ đạt tính trên {found} và có thể quá 100%.",
        "Nếu điểm thưởng nằm trong thang {expected}, để tỷ lệ tính trên {expected}, thì ghi Thường "
        "ở cột Loại điểm của các dòng đó (dòng cha ghi thì dùng cho mọi dòng dưới); nếu được cộng "
        "thêm thì ghi Thang điểm là {found}.",
    )

    BAD_YEAR = error(
        "nam-sai",
        "Năm “{found}” không phải là một năm.",
        "Điền năm bằng bốn chữ số, ví dụ 2024.",
    )

    BAD_DATE = error(
        "ngay-sai",
        "“{found}” ở {about} không phải là một ngày.",
        "Viết ngày/tháng/năm, ví dụ 05/12/2024.",
    )

    DEADLINE_IN_WORDS = note(
        "han-bang-chu",
        "“{found}” ở {about} không phải là một ngày: được in như vậy; khi nhắc và tính chậm thì "
        "theo hạn nộp chung.",
        "Nếu dòng có hạn riêng, viết ngày/tháng/năm, ví dụ 05/12/2024.",
    )

    BAD_SYMBOL = warning(
        "ky-hieu-sai",
        "Ký hiệu văn bản “{found}” không có dạng số/cơ quan-đơn vị soạn thảo.",
        "Viết như “/SCT-VP”: để trống phần số cho văn thư, không có khoảng trắng quanh “/”, “-”.",
    )

    BAD_PLACE_OF_TASKS = error(
        "bang-nhiem-vu-o",
        "Nội dung “{found}” của mục Bảng nhiệm vụ không phải là “trong công văn” hay “phụ lục”.",
        "Ghi “trong công văn” hoặc “phụ lục”; để trống là trong công văn.",
    )

    BAD_APPENDIX_LABEL = warning(
        "dong-phu-luc-sai",
        "Nội dung “{found}” của mục Phụ lục không phải là “có” hay một số; bảng không có dòng Phụ "
        "lục.",
        "Điền “có” nếu chỉ có một phụ lục, số thứ tự (1, 2 hoặc I, II) nếu có nhiều, hoặc để trống "
        "nếu không cần dòng này.",
    )

    BAD_ENCLOSING = error(
        "kem-theo-la",
        "Không hiểu “{found}” ở mục Kèm theo.",
        "Ghi loại văn bản ({expected}); hoặc đủ như trên văn bản: “Quyết định số 15/QĐ-UBND ngày "
        "05/01/2025 của UBND tỉnh …”.",
    )

    UNKNOWN_TABLE_COLUMN = warning(
        "cot-bang-la",
        "Bảng phân công không có cột nào tên “{found}”; cột này bị bỏ qua.",
        "Sửa tên cột. Gần giống nhất: {candidates}. Các cột có thể chọn: {expected}.",
    )
