"""Makes the DOCX templates in templates/, with the figures of the Decree 30 profile.

    uv run python tools/make_templates.py

An office opens them in Word and changes them there; this only gives them their first form.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cchc_office.documents.decree30 import DEFAULT_PROFILE as PROFILE
from cchc_office.documents.decree30 import MOTTO, NATIONAL_NAME
from cchc_office.documents.letterhead import RULE_SIZE
from cchc_office.documents.table_docx import page_setup
from cchc_office.files import write_whole
from cchc_office.office.document_writer import (
    Look,
    cell_element,
    new_document,
    number_pages,
    paragraph_element,
    row_element,
    run_element,
    save_document,
    table_element,
)
from cchc_office.office.text_width import text_width

TEMPLATES = Path(__file__).parent.parent / "templates"
LEFT, RIGHT = 66.0, 99.0
CELL_MARGINS = 3.0
MM_PER_POINT = 25.4 / 72

BODY = Look(
    PROFILE.body_size,
    align="both",
    first_line=PROFILE.first_line_indent,
    before=PROFILE.paragraph_distance,
    line=PROFILE.line_spacing,
)
TAG = Look(PROFILE.body_size)


def letterhead(subject: str) -> Any:
    """Return the two-column head: agency and number left, national name, place and date right."""
    rule = run_element("{{ gach_duoi_co_quan }}", Look(RULE_SIZE))
    underline = OxmlElement("w:u")
    underline.set(qn("w:val"), "single")
    rule.rPr.append(underline)
    rule_line = paragraph_element("", Look(RULE_SIZE, align="center"))
    rule_line.append(rule)
    left = [
        paragraph_element(
            "{{ co_quan_chu_quan }}", Look(PROFILE.parent_agency_size, align="center")
        ),
        paragraph_element("{{ CO_QUAN }}", Look(PROFILE.agency_size, bold=True, align="center")),
        rule_line,
    ]
    motto_width = text_width(MOTTO, PROFILE.motto_size, bold=True) * MM_PER_POINT
    side = (RIGHT - CELL_MARGINS - motto_width) / 2 - 0.8  # a little room, or the line breaks
    right = [
        paragraph_element(
            NATIONAL_NAME, Look(PROFILE.national_name_size, bold=True, align="center")
        ),
        paragraph_element(
            MOTTO,
            Look(
                PROFILE.motto_size,
                bold=True,
                left=side,
                right=side,
                rule_below=True,
                align="center",
            ),
        ),
    ]
    number = paragraph_element(
        "Số: {{ so }}{{ ky_hieu }}", Look(PROFILE.number_size, before=6, align="center")
    )
    date = paragraph_element(
        "{{ dia_danh_ngay_thang }}",
        Look(PROFILE.place_date_size, italic=True, before=6, align="center"),
    )
    about = paragraph_element(
        subject, Look(PROFILE.subject_size, before=PROFILE.subject_distance, align="center")
    )
    rows = [
        (left, right),
        ([number], [date]),
        ([about], [paragraph_element("", Look(PROFILE.subject_size))]),
    ]
    return two_columns(rows)


def two_columns(rows: list[tuple[list[Any], list[Any]]]) -> Any:
    """Return a table without borders with the two columns of the letterhead."""
    made = [
        row_element([cell_element(a, LEFT, middle=False), cell_element(b, RIGHT, middle=False)])
        for a, b in rows
    ]
    return table_element([LEFT, RIGHT], made, borders=False)


def addressee() -> Any:
    """Return the "Kính gửi" line for one addressee."""
    look = Look(PROFILE.body_size, align="center", before=18, after=12)
    return paragraph_element("Kính gửi: {{ don_vi.ten }}", look)


def legal_bases() -> list[Any]:
    """Return the loop over the legal bases, in italics."""
    look = Look(
        PROFILE.body_size,
        italic=True,
        align="both",
        first_line=PROFILE.first_line_indent,
        before=PROFILE.paragraph_distance,
        line=PROFILE.line_spacing,
    )
    return [
        paragraph_element("{%p for dong in can_cu %}", TAG),
        paragraph_element("{{ dong }}", look),
        paragraph_element("{%p endfor %}", TAG),
    ]


def rows_of(columns: list[tuple[str, float]], loop: str, cells: list[str], bold_if: str) -> Any:
    """Return a table: headings repeated on every page, a row for each value of `loop`."""
    widths = [width for _, width in columns]
    heading = [
        cell_element(
            [
                paragraph_element(
                    text, Look(PROFILE.table_size, bold=True, align="center", before=2, after=2)
                )
            ],
            width,
        )
        for text, width in columns
    ]
    rows = [row_element(heading, header=True), tag_row(loop, widths)]
    if bold_if:
        rows += [
            tag_row(f"{{%tr if {bold_if} %}}", widths),
            value_row(cells, widths, bold=True),
            tag_row("{%tr else %}", widths),
            value_row(cells, widths, bold=False),
            tag_row("{%tr endif %}", widths),
        ]
    else:
        rows.append(value_row(cells, widths, bold=False))
    rows.append(tag_row("{%tr endfor %}", widths))
    return table_element(widths, rows)


def tag_row(tag: str, widths: list[float]) -> Any:
    """Return a row that holds a loop's or condition's tag; it is gone when filled in."""
    texts = [tag] + [""] * (len(widths) - 1)
    cells = [
        cell_element([paragraph_element(text, Look(PROFILE.table_size))], width)
        for text, width in zip(texts, widths, strict=True)
    ]
    return row_element(cells)


def value_row(values: list[str], widths: list[float], *, bold: bool) -> Any:
    """Return the row that is repeated; the widest column is set left, the others centred."""
    widest = max(widths)
    cells = [
        cell_element(
            [
                paragraph_element(
                    text,
                    Look(
                        PROFILE.table_size,
                        bold=bold,
                        align="left" if width >= widest / 2 else "center",
                        before=2,
                        after=2,
                        keep_next=bold,
                    ),
                )
            ],
            width,
        )
        for text, width in zip(values, widths, strict=True)
    ]
    return row_element(cells)


def signature() -> Any:
    """Return recipients on the left and the signer's block on the right, kept on one page."""
    bold = Look(PROFILE.signature_size, bold=True, align="center", keep_next=True)
    label = Look(PROFILE.recipients_label_size, bold=True, italic=True)
    left = [
        paragraph_element("Nơi nhận:", label),
        paragraph_element("{%p for noi in noi_nhan %}", Look(PROFILE.recipients_size)),
        paragraph_element("{{ noi }}", Look(PROFILE.recipients_size)),
        paragraph_element("{%p endfor %}", Look(PROFILE.recipients_size)),
    ]
    right = [
        paragraph_element("{%p if quyen_han_ky %}", bold),
        paragraph_element("{{ quyen_han_ky }}", bold),
        paragraph_element("{%p endif %}", bold),
        paragraph_element("{{ chuc_vu_nguoi_ky }}", bold),
        *(paragraph_element("", bold) for _ in range(5)),
        paragraph_element("{{ nguoi_ky }}", bold),
    ]
    return two_columns([(left, right)])


def write(name: str, title: str, elements: list[Any]) -> None:
    """Write one template with `elements` as its body."""
    document = new_document(PROFILE.font, PROFILE.body_size, page_setup(PROFILE), title)
    number_pages(document.sections[0], PROFILE.page_number_size)
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, element)
    write_whole(TEMPLATES / name, save_document(document))


def task_dispatch() -> list[Any]:
    """Return the body of the task dispatch."""
    columns = [("STT", 15.0), ("Tiêu chí", 78.0), ("Vai trò", 25.0), ("Điểm tối đa", 20.0)]
    columns.append(("Hạn", 27.0))
    cells = [
        "{{ viec.ma }}",
        "{{ viec.ten }}",
        "{{ viec.vai_tro }}",
        "{{ viec.diem_toi_da }}",
        "{{ viec.han }}",
    ]
    return [
        letterhead("V/v thực hiện Bộ chỉ số cải cách hành chính năm {{ nam }}{{ ky_trong_ngoac }}"),
        addressee(),
        *legal_bases(),
        paragraph_element(
            "Để thực hiện Bộ chỉ số cải cách hành chính năm {{ nam }}{{ ky_trong_ngoac }}, "
            "{{ co_quan }} giao "
            "{{ don_vi.ten }} thực hiện các nội dung sau:",
            BODY,
        ),
        paragraph_element("", Look(4)),
        rows_of(columns, "{%tr for viec in nhiem_vu %}", cells, "viec.la_muc"),
        paragraph_element(
            "Với các tiêu chí được giao chủ trì, {{ don_vi.ten }} tổ chức thực hiện, tự chấm điểm "
            "và chuẩn bị tài liệu kiểm chứng; với các tiêu chí được giao phối hợp, cung cấp kết "
            "quả và tài liệu kiểm chứng cho đơn vị chủ trì. Các tiêu chí ghi ĐTXHH, SIPAS ở cột "
            "Hạn được chấm qua điều tra xã hội học, đơn vị không tự chấm.",
            BODY,
        ),
        paragraph_element(
            "Kết quả được điền vào Phiếu tự chấm điểm gửi kèm (tệp {{ ten_phieu }}) và gửi về "
            "{{ dau_moi }}{% if han_nop %} chậm nhất {{ han_nop }}{% endif %}.",
            BODY,
        ),
        paragraph_element(
            "Đề nghị {{ don_vi.ten }} triển khai thực hiện; trong quá trình thực hiện nếu có "
            "vướng mắc, phản ánh về {{ co_quan }} để được hướng dẫn./.",
            BODY,
        ),
        paragraph_element("", Look(6)),
        signature(),
        paragraph_element("", Look(1)),
    ]


def reminder() -> list[Any]:
    """Return the body of the reminder."""
    columns = [("TT", 12.0), ("Mã", 16.0), ("Tiêu chí", 80.0), ("Nội dung cần bổ sung", 57.0)]
    cells = ["{{ viec.stt }}", "{{ viec.ma }}", "{{ viec.ten }}", "{{ viec.noi_dung }}"]
    return [
        letterhead(
            "V/v đôn đốc tự chấm điểm Chỉ số cải cách hành chính năm {{ nam }}{{ ky_trong_ngoac }}"
        ),
        addressee(),
        paragraph_element(
            "{{ co_quan }} đã giao {{ don_vi.ten }} thực hiện Bộ chỉ số cải cách hành chính năm "
            "{{ nam }}{{ ky_trong_ngoac }} và tự chấm điểm theo Phiếu tự chấm điểm"
            "{% if han_nop %}, hạn gửi về là {{ han_nop }}{% endif %}.",
            BODY,
        ),
        paragraph_element("{%p if chua_nop %}", TAG),
        paragraph_element(
            "Đến {{ ngay_tong_hop }}, {{ co_quan }} chưa nhận được Phiếu tự chấm điểm của "
            "{{ don_vi.ten }} (tệp {{ ten_phieu }})"
            "{% if con_no %}; các tiêu chí đơn vị chủ trì chưa có điểm gồm:{% else %}.{% endif %}",
            BODY,
        ),
        paragraph_element("{%p else %}", TAG),
        paragraph_element(
            "{{ co_quan }} đã nhận Phiếu tự chấm điểm của {{ don_vi.ten }}. Đến "
            "{{ ngay_tong_hop }}, phiếu còn những nội dung sau cần bổ sung, chỉnh sửa:",
            BODY,
        ),
        paragraph_element("{%p for dong in no_chung %}", TAG),
        paragraph_element("- {{ dong }};", BODY),
        paragraph_element("{%p endfor %}", TAG),
        paragraph_element("{%p endif %}", TAG),
        paragraph_element("{%p if con_no %}", TAG),
        paragraph_element("", Look(4)),
        rows_of(columns, "{%tr for viec in con_no %}", cells, ""),
        paragraph_element("{%p endif %}", TAG),
        paragraph_element(
            "Đề nghị {{ don_vi.ten }} khẩn trương hoàn thành và gửi Phiếu tự chấm điểm về "
            "{{ dau_moi }}{% if han_bo_sung %} chậm nhất {{ han_bo_sung }}{% endif %} để tổng "
            "hợp./.",
            BODY,
        ),
        paragraph_element("", Look(6)),
        signature(),
        paragraph_element("", Look(1)),
    ]


if __name__ == "__main__":
    write("cong-van-giao-viec.docx", "Công văn giao thực hiện Bộ chỉ số CCHC", task_dispatch())
    write("cong-van-don-doc.docx", "Công văn đôn đốc tự chấm điểm Chỉ số CCHC", reminder())
