"""The words of the second sheet of a score workbook: how it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.model import Aggregation, Campaign
from cchc_office.papers.form.layout import (
    NOT_APPLICABLE,
    REVIEWED_MARK,
    FormRow,
    RowKind,
    sums_leave_out_rows,
)
from cchc_office.rules import Input
from cchc_office.text.vietnamese import official


def help_lines(campaign: Campaign, rows: tuple[FormRow, ...]) -> Iterator[str]:
    """Yield the instructions: only what concerns the rows of this form."""
    info = campaign.info
    yield "Chỉ điền vào các ô nền vàng. Các ô khác được bảo vệ; không cần mở khoá."
    yield (
        "Điểm tự chấm: điền một số từ 0 đến điểm tối đa, ví dụ 0,5. Để trống là chưa chấm; "
        "ô trống không được tính là 0 điểm."
    )
    if sums_leave_out_rows(rows):
        yield (
            "Điểm tối đa ở dòng mục là tổng của các tiêu chí đơn vị tự chấm ở dưới nó, không quá "
            "mức tối đa của mục điểm thưởng, điểm trừ."
        )
    if any(row.inputs for row in rows):
        yield (
            "Dòng có ô nền vàng ở cột Số liệu kê khai: điền số liệu theo cột Cách chấm, điểm được "
            "tính ngay; không gõ vào ô điểm. Số liệu gồm hai phần thì điền cả cột Trên tổng số; "
            "không phát sinh thì ghi tổng số là 0."
        )
    if any(Input.SECOND in row.inputs for row in rows):
        yield (
            "Dòng hỏi nhiều số liệu: cột Cách chấm nói số nào điền ở cột Số liệu thứ hai, Số liệu "
            "thứ ba; không có thì ghi 0."
        )
    scored = (row.criterion for row in rows if row.kind is RowKind.SCORED)
    pooled = [leaf for leaf in scored if campaign.way_of(leaf) is Aggregation.POOLED]
    if pooled:
        which = ", ".join(map(campaign.reference, pooled))
        yield (
            f"Dòng gộp số liệu ({which}): điểm ở phiếu là của riêng đơn vị; điểm chung của cơ quan "
            "tính từ số liệu của mọi đơn vị cộng lại, nên phải kê khai đủ, kể cả số 0."
        )
    own = (row.criterion for row in rows if row.kind is not RowKind.REVIEWED)
    if any(criterion.is_optional for criterion in own):
        yield (
            "Điểm thưởng, điểm trừ (ghi ở cột Vai trò): điền số dương; điểm thưởng được cộng "
            "thêm, điểm trừ được trừ đi, không tính vào điểm tối đa. Không có thì để trống, tính 0."
        )
    if any(row.kind is RowKind.REVIEWED for row in rows):
        yield (
            f"Các dòng nền xám ghi “{REVIEWED_MARK}” là điểm trừ do người thẩm định ghi: đơn vị "
            "không điền; dòng cộng ở phiếu chưa trừ các điểm này."
        )
    yield (
        f"Nếu tiêu chí không áp dụng cho đơn vị: để trống ô điểm, chọn “{NOT_APPLICABLE}” ở "
        "cột Áp dụng và ghi lý do ở cột Kết quả, giải trình."
    )
    yield (
        "Mỗi điểm cần có tài liệu kiểm chứng: ghi số, ký hiệu, ngày, trích yếu của văn bản, "
        "hoặc đường dẫn."
    )
    yield (
        "Các dòng có vai trò Phối hợp: đơn vị chủ trì chấm điểm; đơn vị phối hợp chỉ ghi kết "
        "quả, tài liệu kiểm chứng của mình."
    )
    yield "Các dòng nền xám (ĐTXHH, SIPAS) được chấm bằng điều tra xã hội học: đơn vị không điền."
    if any(row.kind is RowKind.NOT_APPLICABLE for row in rows):
        yield f"Các dòng nền xám ghi “{NOT_APPLICABLE}” không áp dụng trong cả đợt: không điền."
    yield (
        "Không thêm, xoá, đổi tên cột, trang tính; được phép kéo rộng cột, dòng. Có thể đổi "
        "tên tệp."
    )
    yield (
        "Khó khăn, kiến nghị: ghi ở cột Ghi chú của tiêu chí liên quan, bắt đầu bằng “Khó khăn:”, "
        "“Vướng mắc:”, “Kiến nghị:” hoặc “Đề xuất:”; nội dung này được đưa vào báo cáo."
    )
    deadline = f" {official(info.deadline).as_deadline}" if info.deadline else ""
    contact = f" về {info.contact}" if info.contact else ""
    yield f"Lưu tệp dạng Excel (.xlsx) và gửi lại{contact}{deadline}."
