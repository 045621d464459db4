"""The rows of the sheet "Thông tin", declared once: keys, labels, help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """A row of the sheet: its key in `CampaignInfo`, label, help, and whether papers need it.

    `choices` is what its cell offers in a list; `only_these` tells that other words are hardly
    meant, so that typing one asks.
    """

    key: str
    label: str
    help: str
    required: bool = False
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    only_these: bool = False


SETTINGS = (
    Setting("year", "Năm", "Năm của bộ chỉ số, ví dụ 2024", required=True),
    Setting(
        "period",
        "Kỳ",
        "Để trống nếu mỗi năm một đợt; nếu không, viết ngắn: 6T, Q1",
        choices=("6T", "Q1", "Q2", "Q3", "Q4"),
    ),
    Setting(
        "index_name",
        "Tên bộ chỉ số",
        "Tên như ghi trong văn bản, ví dụ Chỉ số chuyển đổi số (DTI), Bộ tiêu chí thi đua; để "
        "trống: Chỉ số cải cách hành chính",
        others=("Tên chỉ số", "Tên bộ tiêu chí", "Tên bộ tiêu chí, chỉ số"),
        choices=(
            "Chỉ số cải cách hành chính",
            "Chỉ số chuyển đổi số (DTI)",
            "Bộ tiêu chí thi đua",
        ),
    ),
    Setting(
        "index_abbreviation",
        "Tên gọi tắt",
        "Chữ không dấu ở đầu tên tệp, ví dụ CCHC, DTI, KPI, THIDUA",
        others=("Tên gọi tắt của bộ chỉ số", "Tên tắt"),
        choices=("CCHC", "DTI", "KPI", "THIDUA"),
    ),
    Setting(
        "scale",
        "Thang điểm",
        "Tổng điểm theo văn bản giao, ví dụ 100, 1.000; để đối chiếu với tổng điểm tối đa",
        others=("Thang điểm của bộ chỉ số",),
        choices=("100", "1.000"),
    ),
    Setting("parent_agency", "Cơ quan chủ quản", "Dòng trên của tên cơ quan, ví dụ UBND tỉnh …"),
    Setting("agency", "Cơ quan ban hành", "Ví dụ Sở Công Thương", required=True),
    Setting("abbreviation", "Tên viết tắt", "Ví dụ SCT; dùng trong mã của phiếu", required=True),
    Setting("place", "Địa danh", "Đứng trước ngày tháng của văn bản"),
    Setting(
        "symbol",
        "Số và ký hiệu văn bản",
        "Để trống phần số cho văn thư: /SCT-VP",
        required=True,
        others=("Số, ký hiệu văn bản", "Ký hiệu văn bản", "Số và ký hiệu"),
    ),
    Setting(
        "document_date",
        "Ngày văn bản",
        "Đủ ngày, hoặc để trống phần chưa biết:   /5/2024",
    ),
    Setting(
        "signing_authority",
        "Quyền hạn ký",
        "Ví dụ KT. GIÁM ĐỐC; để trống nếu cấp trưởng ký",
        choices=("KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC", "KT. CHỦ TỊCH", "TL. CHỦ TỊCH"),
    ),
    Setting(
        "signer_title",
        "Chức vụ người ký",
        "Ví dụ PHÓ GIÁM ĐỐC, GIÁM ĐỐC",
        others=("Chức vụ",),
        choices=("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    Setting("signer", "Người ký", "Họ và tên, không ghi học hàm, học vị", others=("Họ tên",)),
    Setting("deadline", "Hạn nộp", "Hạn các đơn vị gửi lại phiếu, ví dụ 30/11/2024"),
    Setting("supplement_deadline", "Hạn bổ sung", "Hạn mới ghi trong công văn đôn đốc, nếu có"),
    Setting(
        "explanation_deadline",
        "Hạn giải trình",
        "Hạn ghi trong công văn, phiếu giải trình sau khi thẩm định, nếu có",
    ),
    Setting("contact", "Đầu mối", "Đơn vị, người, điện thoại, thư điện tử nhận phiếu"),
    Setting("recipients", "Nơi nhận", "Mỗi nơi một dòng, hoặc cách nhau bằng dấu chấm phẩy"),
    Setting("legal_bases", "Căn cứ", "Mỗi căn cứ một dòng, ví dụ Căn cứ Kế hoạch số …"),
    Setting("table_title", "Tiêu đề bảng", "Tiêu đề của bảng phân công", required=True),
    Setting(
        "appendix_label",
        "Phụ lục",
        "Dòng trên tiêu đề bảng: để trống nếu không cần, “có” nếu chỉ có một phụ lục, "
        "số thứ tự (I, II…) nếu có nhiều",
        choices=("có", "I", "II", "III"),
    ),
    Setting(
        "enclosed_in",
        "Kèm theo",
        "Văn bản mà bảng phân công kèm theo: Công văn (để trống), Quyết định, Kế hoạch, Thông "
        "báo; văn bản đã có thì ghi đủ, ví dụ Quyết định số 15/QĐ-UBND ngày 05/01/2025 của "
        "UBND tỉnh …",
        others=("Bảng kèm theo", "Kèm theo văn bản"),
        choices=("Công văn", "Quyết định", "Kế hoạch", "Thông báo"),
    ),
    Setting(
        "table_columns",
        "Cột bảng phân công",
        "Để trống: STT; Lĩnh vực/Tiêu chí/Tiêu chí thành phần; Đơn vị thực hiện; Ghi chú. "
        "Có thể chọn thêm: Điểm tối đa; Cách chấm; Chủ trì; Phối hợp; Tài liệu kiểm chứng; Hạn",
        choices=("Điểm tối đa; Đơn vị thực hiện; Hạn", "Điểm tối đa; Chủ trì; Phối hợp; Hạn"),
        others=("Các cột của bảng phân công", "Cột của bảng phân công"),
    ),
    Setting(
        "tasks_in_appendix",
        "Bảng nhiệm vụ",
        "Bảng các tiêu chí giao từng đơn vị: “trong công văn” (để trống) hoặc “phụ lục” của công "
        "văn giao việc",
        others=("Bảng nhiệm vụ ghi ở", "Bảng nhiệm vụ ở"),
        choices=("trong công văn", "phụ lục"),
        only_these=True,
    ),
    Setting(
        "penalties_by_reviewers",
        "Điểm trừ do",
        "Ai ghi điểm trừ: “đơn vị” (để trống) hoặc “người thẩm định”",
        others=("Người ghi điểm trừ", "Điểm phạt do"),
        choices=("đơn vị", "người thẩm định"),
        only_these=True,
    ),
    Setting(
        "ranking",
        "Xếp hạng",
        "“có”, “không”, “theo điểm” hoặc “theo tỷ lệ”; để trống: xếp hạng khi mọi đơn vị chấm cùng "
        "các dòng, hoặc có mục Xếp loại; tối đa áp dụng của các đơn vị khác nhau thì theo tỷ lệ",
        others=("Xếp hạng đơn vị",),
        choices=("có", "không", "theo điểm", "theo tỷ lệ"),
        only_these=True,
    ),
    Setting(
        "ranking_stage",
        "Xếp hạng theo",
        "Điểm tự chấm; Điểm thẩm định lần 1; Điểm thẩm định lần 2; Điểm cuối cùng (để trống)",
        choices=(
            "Điểm tự chấm",
            "Điểm thẩm định lần 1",
            "Điểm thẩm định lần 2",
            "Điểm cuối cùng",
        ),
        only_these=True,
    ),
    Setting(
        "ties",
        "Khi bằng điểm",
        "Thứ hạng “1, 2, 2, 3” (để trống) hoặc “1, 2, 2, 4”",
        choices=("1, 2, 2, 3", "1, 2, 2, 4"),
        only_these=True,
    ),
    Setting(
        "classes",
        "Xếp loại",
        "Theo tỷ lệ đạt, ví dụ ≥90%: Xuất sắc; ≥80%: Tốt; ≥65%: Khá; còn lại: Trung bình; hoặc "
        "theo điểm: ≥90 điểm: Xuất sắc; ≥80 điểm: Tốt; còn lại: Khá. "
        "Để trống nếu không xếp loại",
        choices=(
            "≥90%: Xuất sắc; ≥80%: Tốt; ≥65%: Khá; còn lại: Trung bình",
            "≥90 điểm: Xuất sắc; ≥80 điểm: Tốt; còn lại: Khá",
        ),
    ),
    Setting(
        "abbreviations",
        "Chữ viết tắt",
        "Mỗi dòng một chữ của riêng cơ quan, ví dụ KQXL = kết quả xử lý; để hai tên dòng viết tắt "
        "và viết đủ được hiểu là một",
    ),
)
