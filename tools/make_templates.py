"""Makes the DOCX templates in templates/, with the figures of the Decree 30 profile.

    uv run python tools/make_templates.py

An office opens them in Word and changes them there; this only gives them their first form.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cchc_office.decree30.figures import DEFAULT_PROFILE as PROFILE
from cchc_office.decree30.figures import MOTTO, NATIONAL_NAME, Part
from cchc_office.files.whole_writing import write_whole
from cchc_office.papers.styles import RULE, TABLE_TEXT, document_styles, page_of, style_of
from cchc_office.word.document_writer import (
    ParagraphLook,
    cell_element,
    empty_paragraph,
    new_document,
    number_pages,
    row_element,
    save_document,
    setup_page,
    styled_paragraph,
    table_element,
)

TEMPLATES = Path(__file__).parent.parent / "templates"
CAPTION = TABLE_TEXT
SECTION_END = "[hết phần]"
NONE_RETURNED = '{% if so_don_vi_da_nop == "0" %}'
NO_FORM = "Chưa có phiếu tự chấm điểm nào gửi về."
LEFT, RIGHT = PROFILE.agency_column, PROFILE.text_width - PROFILE.agency_column


def line(part: Part, text: str) -> Any:
    """Return a paragraph of a part, in the part's style."""
    return styled_paragraph(text, style_of(part))


def body(text: str, *, last: bool = False) -> Any:
    """Return a paragraph of the text; the `last` ones stay on one page with what follows."""
    return styled_paragraph(text, style_of(Part.BODY), keep_next=last)


def space(points: float, *, keep_next: bool = False) -> Any:
    """Return an empty paragraph of this height of letters."""
    return empty_paragraph(ParagraphLook(points, keep_next=keep_next))


def letterhead(subject: str = "") -> Any:
    """Return the two-column head: agency and number left, national name, place and date right.

    A dispatch has its `subject` there; a document with a type's name has it beneath.
    """
    left = [
        line(Part.PARENT_AGENCY, "{{ co_quan_chu_quan }}"),
        line(Part.AGENCY, "{{ CO_QUAN }}"),
        styled_paragraph("{{ gach_duoi_co_quan }}", RULE),
    ]
    right = [
        line(Part.NATIONAL_NAME, NATIONAL_NAME),
        line(Part.MOTTO, MOTTO),
        styled_paragraph("{{ gach_duoi_tieu_ngu }}", RULE),
    ]
    number = line(Part.NUMBER, "Số: {{ so }}{{ ky_hieu }}")
    date = line(Part.PLACE_DATE, "{{ dia_danh_ngay_thang }}")
    rows = [(left, right), ([number], [date])]
    if subject:
        # The year does not stand alone in the last line, and no symbol is broken ("57-NQ/TW").
        whole = subject.replace("năm {{ nam }}", "năm\u00a0{{ nam }}")
        whole = re.sub(r"\{\{ (ten_(?:bo_)?chi_so) \}\}", r"{{ \1|khong_ngat }}", whole)
        about = line(Part.DISPATCH_SUBJECT, whole)
        rows.append(([about], [line(Part.DISPATCH_SUBJECT, "")]))
    return two_columns(rows)


def two_columns(rows: list[tuple[list[Any], list[Any]]], *, flush: bool = False) -> Any:
    """Return a table without borders with the two columns of the letterhead.

    `flush` begins the left column at the page's margin (II.9.d).
    """
    made = [
        row_element(
            [cell_element(a, LEFT, middle=False, flush=flush), cell_element(b, RIGHT, middle=False)]
        )
        for a, b in rows
    ]
    return table_element([LEFT, RIGHT], made, borders=False)


def addressee() -> Any:
    """Return the "Kính gửi" line for one addressee."""
    return line(Part.ADDRESSEE, "Kính gửi: {{ don_vi.kinh_gui }}")


def legal_bases() -> list[Any]:
    """Return the loop over the legal bases."""
    return [
        body("{%p for dong in can_cu %}"),
        line(Part.LEGAL_BASIS, "{{ dong }}"),
        body("{%p endfor %}"),
    ]


def rows_of(
    columns: list[tuple[str, float]],
    loop: str,
    cells: list[str],
    bold_if: str,
    plain: frozenset[int] = frozenset(),
    *,
    last: bool = False,
) -> Any:
    """Return a table: headings repeated on every page, a row for each value of `loop`.

    Where `bold_if` holds, a row is bold but for the columns that are always `plain`, and the last
    row, which may be a sum, does not stand on a page alone. The last row of a table that is `last`
    stays on one page with what follows.
    """
    widths = [width for _, width in columns]
    heading = [
        cell_element([styled_paragraph(text, TABLE_TEXT, bold=True, align="center")], width)
        for text, width in columns
    ]
    rows = [row_element(heading, header=True), tag_row(loop, widths)]
    if bold_if:
        rows += [
            tag_row(f"{{%tr if {bold_if} %}}", widths),
            value_row(cells, widths, bold=True, plain=plain),
            tag_row("{%tr elif loop.revindex == 2 %}", widths),
            value_row(cells, widths, bold=False, keep_next=True),
            tag_row("{%tr else %}", widths),
            value_row(cells, widths, bold=False),
            tag_row("{%tr endif %}", widths),
        ]
    elif last:
        rows += [
            tag_row("{%tr if loop.last %}", widths),
            value_row(cells, widths, bold=False, keep_next=True),
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
        cell_element([styled_paragraph(text, TABLE_TEXT)], width)
        for text, width in zip(texts, widths, strict=True)
    ]
    return row_element(cells)


_WORDS = 25.0  # no column of figures is as wide
_FIGURES = re.compile(r"\.(?:toi_da|tu_cham|tham_dinh|dtxhh|dat|ty_le|diem)(?:_\w+)? ")
"""Values that are shown with as many decimals in each row: set right, their commas line up."""


def value_row(
    values: list[str],
    widths: list[float],
    *,
    bold: bool,
    plain: frozenset[int] = frozenset(),
    keep_next: bool = False,
) -> Any:
    """Return the row that is repeated; wide columns of words are set left, figures right."""
    widest = max(widths)
    cells = []
    for at, (text, width) in enumerate(zip(values, widths, strict=True)):
        align = "" if width >= max(widest / 2, _WORDS) else "center"
        align = "right" if _FIGURES.search(text) else align
        is_bold = bold and at not in plain
        keeps = keep_next or bold
        paragraph = styled_paragraph(text, TABLE_TEXT, bold=is_bold, align=align, keep_next=keeps)
        cells.append(cell_element([paragraph], width))
    return row_element(cells)


def signature() -> Any:
    """Return recipients on the left and the signer's block on the right, kept on one page."""
    left = [
        line(Part.RECIPIENTS_LABEL, "Nơi nhận:"),
        line(Part.RECIPIENTS, "{%p for noi in noi_nhan %}"),
        line(Part.RECIPIENTS, "{{ noi }}"),
        line(Part.RECIPIENTS, "{%p endfor %}"),
    ]
    right = [
        line(Part.AUTHORITY, "{%p if quyen_han_ky %}"),
        line(Part.AUTHORITY, "{{ quyen_han_ky }}"),
        line(Part.AUTHORITY, "{%p endif %}"),
        line(Part.AUTHORITY, "{{ chuc_vu_nguoi_ky }}"),
        *(line(Part.SIGNER, "") for _ in range(5)),
        line(Part.SIGNER, "{{ nguoi_ky }}"),
    ]
    return two_columns([(left, right)], flush=True)


def write(name: str, title: str, elements: list[Any], appendix: list[Any] | None = None) -> None:
    """Write one template with `elements` as its body, and an `appendix` on landscape pages."""
    styles = document_styles(PROFILE)
    document = new_document(PROFILE.font, PROFILE.body_size, page_of(PROFILE), title, styles)
    number_pages(document.sections[0])
    put(document, elements)
    end_sections(document)
    if appendix:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        make_small(document.element.body[-2])
        setup_page(section, page_of(PROFILE, landscape=True))
        number_pages(section)
        put(document, appendix)
    write_whole(TEMPLATES / name, save_document(document))


def end_sections(document: Any) -> None:
    """Let a section end where an element says so, with the looks of the document's last one."""
    content = document.element.body
    for paragraph in [p for p in content.findall(qn("w:p")) if p.text == SECTION_END]:
        end = empty_paragraph(ParagraphLook(1))
        make_small(end)
        end.pPr.append(deepcopy(content.sectPr))
        content.replace(paragraph, end)


def put(document: Any, elements: list[Any]) -> None:
    """Add elements at the end of the document, before what tells of its last section."""
    content = document.element.body
    for element in elements:
        content.insert(len(content) - 1, element)


def make_small(paragraph: Any) -> None:
    """Make a blank paragraph, such as one that ends a section, next to no height."""
    properties = paragraph.get_or_add_pPr()
    properties.spacing_before = properties.spacing_after = Pt(0)
    properties.spacing_line = Pt(1)
    properties.spacing_lineRule = WD_LINE_SPACING.EXACTLY


_ROLE_AND_DAY = frozenset((2, 4))


def task_table() -> Any:
    """Return the table of a unit's tasks."""
    columns = [("STT", 15.0), ("Tiêu chí", 78.0), ("Vai trò", 25.0), ("Điểm tối đa", 20.0)]
    columns.append(("Hạn", 27.0))
    cells = [
        "{{ viec.ma }}",
        "{{ viec.ten }}",
        "{{ viec.vai_tro }}",
        "{{ viec.diem_toi_da }}",
        "{{ viec.han }}",
    ]
    loop = "{%tr for viec in nhiem_vu %}"
    return rows_of(columns, loop, cells, "viec.la_muc", plain=_ROLE_AND_DAY)


def task_dispatch() -> list[Any]:
    """Return the body of the task dispatch: tasks in its text, or in an appendix behind it."""
    return [
        letterhead("V/v thực hiện {{ ten_bo_chi_so }} năm {{ nam }}{{ ky_trong_ngoac }}"),
        addressee(),
        *legal_bases(),
        body(
            "Để thực hiện {{ ten_bo_chi_so }} năm {{ nam }}{{ ky_trong_ngoac }}, "
            "{{ co_quan }} giao {{ don_vi.ten }} thực hiện các nội dung {% if phu_luc_nhiem_vu %}"
            "tại {{ phu_luc_nhiem_vu }} kèm theo Công văn này{% else %}sau{% endif %}"
            "{% if phu_luc %} (phân công chung tại {{ phu_luc }} kèm theo {{ van_ban_giao }})"
            "{% endif %}{% if phu_luc_nhiem_vu %}.{% else %}:{% endif %}"
        ),
        *only_if("not phu_luc_nhiem_vu", space(4), task_table(), space(4)),
        body(
            "{% if co_chu_tri %}Với các tiêu chí được giao chủ trì, {{ don_vi.ten }} tổ chức thực "
            "hiện, tự chấm điểm và chuẩn bị tài liệu kiểm chứng{% if co_phoi_hop %}; với các tiêu "
            "chí được giao phối hợp, cung cấp kết quả và tài liệu kiểm chứng cho đơn vị chủ trì"
            "{% endif %}.{% elif co_phoi_hop %}{{ don_vi.ten }} cung cấp kết quả và tài liệu kiểm "
            "chứng cho đơn vị chủ trì.{% endif %}"
            "{% if tong_dong_tu_cham %} Điểm tối đa ở dòng in đậm là tổng của các tiêu chí đơn vị "
            "tự chấm, như ở Phiếu tự chấm điểm.{% endif %}"
            "{% if co_thuong_tru %} Điểm thưởng (ghi dấu +) được cộng thêm, điểm trừ (ghi dấu −) "
            "bị trừ đi; cả hai không tính trong điểm tối đa.{% endif %}"
            "{% if diem_tru_tham_dinh %} Tiêu chí ghi Thẩm định ở cột Hạn là điểm trừ do người "
            "thẩm định ghi.{% endif %}"
            "{% if co_dtxhh %} Tiêu chí ghi ĐTXHH, SIPAS ở cột Hạn được chấm qua điều tra xã hội "
            "học, đơn vị không tự chấm.{% endif %}"
            "{% if co_khong_ap_dung %} Tiêu chí ghi Không áp dụng không được chấm trong đợt này."
            "{% endif %}"
        ),
        body(
            "Kết quả được điền vào Phiếu tự chấm điểm gửi kèm (tệp {{ ten_phieu }}) và gửi về "
            "{{ dau_moi }}{% if han_nop %} chậm nhất {{ han_nop }}{% endif %}.",
            last=True,
        ),
        body(
            "Đề nghị {{ don_vi.ten }} triển khai thực hiện; trong quá trình thực hiện nếu có "
            "vướng mắc, phản ánh về {{ co_quan }} để được hướng dẫn./.",
            last=True,
        ),
        space(6, keep_next=True),
        signature(),
        space(1),
        *only_if(
            "phu_luc_nhiem_vu",
            body(SECTION_END),
            line(Part.APPENDIX_LABEL, "{{ phu_luc_nhiem_vu }}"),
            line(Part.APPENDIX_TITLE, "CÁC TIÊU CHÍ GIAO {{ don_vi.ten|chu_hoa }}"),
            line(
                Part.APPENDIX_REFERENCE,
                "(Kèm theo Công văn số {{ so }}{{ ky_hieu }} {{ ngay_cong_van }} của "
                "{{ co_quan }})",
            ),
            task_table(),
            space(1),
        ),
    ]


def reminder() -> list[Any]:
    """Return the body of the reminder; from the second on it is firmer."""
    columns = [("TT", 12.0), ("Mã", 16.0), ("Tiêu chí", 80.0), ("Nội dung cần bổ sung", 57.0)]
    cells = ["{{ viec.stt }}", "{{ viec.ma }}", "{{ viec.ten }}", "{{ viec.noi_dung }}"]
    return [
        letterhead(
            "V/v đôn đốc{% if don_doc_lai %} lần {{ lan_don_doc }}{% endif %} tự chấm điểm "
            "{{ ten_chi_so }} năm {{ nam }}{{ ky_trong_ngoac }}"
        ),
        addressee(),
        body(
            "{{ co_quan }} đã giao {{ don_vi.ten }} thực hiện {{ ten_bo_chi_so }} năm "
            "{{ nam }}{{ ky_trong_ngoac }} và tự chấm điểm theo Phiếu tự chấm điểm"
            "{% if han_da_bao %}, gửi về chậm nhất {{ han_da_bao }}"
            "{% if han_nop %}; hạn nộp nay đổi thành {{ han_nop }}{% endif %}"
            "{% elif han_nop %}, gửi về chậm nhất {{ han_nop }}{% endif %}."
            "{% if don_doc_lai %} Đây là lần đôn đốc thứ {{ lan_don_doc }}.{% endif %}"
        ),
        body("{%p if chua_nop %}"),
        body(
            "Đến {{ ngay_tong_hop }}"
            "{% if qua_han %}, quá hạn {{ so_ngay_qua_han }} ngày{% endif %}, {{ co_quan }} chưa "
            "nhận được Phiếu tự chấm điểm của {{ don_vi.ten }} (tệp {{ ten_phieu }})"
            "{% if con_no %}; các tiêu chí đơn vị chủ trì chưa có điểm gồm:{% else %}.{% endif %}"
        ),
        body("{%p else %}"),
        body(
            "{{ co_quan }} đã nhận Phiếu tự chấm điểm của {{ don_vi.ten }}"
            "{% if ngay_nhan_phieu %} {{ ngay_nhan_phieu }}{% endif %}. Đến "
            "{{ ngay_tong_hop }}, phiếu còn những nội dung sau cần bổ sung, chỉnh sửa:"
        ),
        body("{%p for dong in no_chung %}"),
        body("- {{ dong }}{% if loop.last %}.{% else %};{% endif %}"),
        body("{%p endfor %}"),
        body("{%p endif %}"),
        body("{%p if con_no %}"),
        space(4),
        rows_of(columns, "{%tr for viec in con_no %}", cells, "", last=True),
        space(4, keep_next=True),
        body("{%p endif %}"),
        body("{%p if diem_da_sua %}"),
        body(
            "Sau khi phát phiếu, {{ co_quan }} đã sửa điểm tối đa của các tiêu chí sau; đề nghị "
            "{{ don_vi.ten }} chấm theo điểm tối đa mới:"
        ),
        body("{%p for muc in diem_da_sua %}"),
        body(
            "- {{ muc.ma }} {{ muc.ten }}: từ {{ muc.diem_cu }} thành {{ muc.diem_moi }} điểm"
            "{% if loop.last %}.{% else %};{% endif %}"
        ),
        body("{%p endfor %}"),
        body("{%p endif %}"),
        body("{%p if don_doc_lai %}"),
        body(
            "Việc chậm hoàn thành làm ảnh hưởng đến tiến độ tổng hợp kết quả chung. Yêu cầu "
            "{{ don_vi.ten }} nghiêm túc thực hiện ngay những nội dung trên, gửi Phiếu tự chấm "
            "điểm về {{ dau_moi }}{% if han_bo_sung %} chậm nhất {{ han_bo_sung }}{% endif %}; "
            "trường hợp không thực hiện được, báo cáo rõ lý do bằng văn bản. {{ co_quan }} tổng "
            "hợp các đơn vị chưa hoàn thành để xem xét khi đánh giá kết quả "
            "{{ noi_dung_chi_so }}./.",
            last=True,
        ),
        body("{%p else %}"),
        body(
            "Đề nghị {{ don_vi.ten }} khẩn trương hoàn thành và gửi Phiếu tự chấm điểm về "
            "{{ dau_moi }}{% if han_bo_sung %} chậm nhất {{ han_bo_sung }}{% endif %} để tổng "
            "hợp./.",
            last=True,
        ),
        body("{%p endif %}"),
        space(6, keep_next=True),
        signature(),
        space(1),
    ]


def explanation_request() -> list[Any]:
    """Return the body of the explanation request."""
    columns = [("TT", 10.0), ("Mã", 16.0), ("Tiêu chí", 46.0), ("Điểm tối đa", 15.0)]
    columns += [("Điểm tự chấm", 15.0), ("Điểm thẩm định", 15.0), ("Nội dung cần giải trình", 48.0)]
    names = ["stt", "ma", "ten", "diem_toi_da", "diem_tu_cham", "diem_tham_dinh", "noi_dung"]
    cells = [f"{{{{ muc.{name} }}}}" for name in names]
    again = [(text, 40.0 if text == "Tiêu chí" else width) for text, width in columns]
    again[5] = ("Điểm lần {{ lan_giai_trinh }}", 14.0)
    again.insert(5, ("Điểm lần {{ lan_truoc }}", 14.0))
    again[3], again[4] = ("Điểm tối đa", 14.0), ("Điểm tự chấm", 14.0)
    cells_again = [*cells[:5], "{{ muc.diem_lan_truoc }}", *cells[5:]]
    cells_again[-1] += "{% if muc.giai_trinh_truoc %} ({{ muc.giai_trinh_truoc }}){% endif %}"
    each = "{%tr for muc in can_giai_trinh %}"
    return [
        letterhead(
            "V/v giải trình{% if giai_trinh_lai %} lần {{ lan_giai_trinh }}{% endif %} kết quả tự "
            "chấm điểm {{ ten_chi_so }} năm {{ nam }}{{ ky_trong_ngoac }}"
        ),
        addressee(),
        body(
            "Qua thẩm định{% if giai_trinh_lai %} lần {{ lan_giai_trinh }}{% endif %} Phiếu tự "
            "chấm điểm {{ ten_chi_so }} năm {{ nam }}{{ ky_trong_ngoac }} của {{ don_vi.ten }}, "
            "{{ co_quan }} đề nghị đơn vị giải trình, "
            "bổ sung tài liệu kiểm chứng đối với các nội dung sau:"
        ),
        space(4),
        *first_of(
            ("giai_trinh_lai", rows_of(again, each, cells_again, "")),
            ("", rows_of(columns, each, cells, "")),
        ),
        space(4),
        body(
            "{% if phieu_giai_trinh %}Nội dung giải trình ghi vào Phiếu giải trình gửi kèm (tệp "
            "{{ phieu_giai_trinh }}). {% endif %}"
            "Văn bản giải trình và tài liệu kiểm chứng gửi về {{ dau_moi }}"
            "{% if han_giai_trinh %} chậm nhất {{ han_giai_trinh }}. Sau thời hạn này, nếu không "
            "nhận được giải trình, {{ co_quan }} lấy điểm thẩm định làm kết quả{% endif %}.",
            last=True,
        ),
        body(
            "Đề nghị {{ don_vi.ten }} thực hiện; nếu có vướng mắc, phản ánh về {{ co_quan }} để "
            "được hướng dẫn./.",
            last=True,
        ),
        space(6, keep_next=True),
        signature(),
        space(1),
    ]


def heading(text: str) -> Any:
    """Return a heading of the text, on one page with what follows."""
    return styled_paragraph(text, style_of(Part.BODY), bold=True, keep_next=True)


def only_if(condition: str, *elements: Any) -> list[Any]:
    """Return elements that are there under a condition only."""
    return [body(f"{{%p if {condition} %}}"), *elements, body("{%p endif %}")]


def first_of(*cases: tuple[str, Any]) -> list[Any]:
    """Return the elements, of which the first is there whose condition holds, else the last."""
    *others, (_, last) = cases
    words = ["if", *["elif"] * (len(others) - 1)]
    choices = [
        [body(f"{{%p {word} {condition} %}}"), element]
        for word, (condition, element) in zip(words, others, strict=True)
    ]
    return [*chain(*choices), body("{%p else %}"), last, body("{%p endif %}")]


def picture(name: str, caption: str) -> Any:
    """Return a picture under its caption, in one paragraph: two may be parted."""
    # LibreOffice did so where the first ended a page, though it was to keep with the next.
    whole = styled_paragraph(caption, CAPTION, bold=True, align="center")
    whole.pPr.pStyle.addnext(OxmlElement("w:keepLines"))
    whole.extend(styled_paragraph(f"\n{{{{ {name} }}}}", CAPTION).findall(qn("w:r")))
    return whole


# Figures in bold letters of 13 points, between the edges of a cell: "100,00", and "1000,00" for the
# maxima of an index that has 1.000 points.
_FIGURE, _MAXIMUM = 16.5, 18.9


def field_table(*, appraised: bool, surveyed: bool) -> Any:
    """Return the table of sums by field, with columns for an appraisal and for surveys or not."""
    columns = [
        ("TT", 10.0),
        ("Lĩnh vực", 45.0),
        ("Điểm tối đa", _MAXIMUM),
        ("Tối đa áp dụng", _MAXIMUM),
    ]
    columns.append(("Điểm tự chấm", _FIGURE))
    cells = ["{{ muc.stt }}", "{{ muc.ten }}", "{{ muc.toi_da }}", "{{ muc.toi_da_ap_dung }}"]
    cells.append("{{ muc.tu_cham }}")
    if appraised:
        columns.append(("Điểm thẩm định", _FIGURE))
        cells.append("{{ muc.tham_dinh }}")
    if surveyed:
        columns.append(("Điểm ĐTXHH", 20.0))
        cells.append("{{ muc.dtxhh }}")
    columns += [("Điểm đạt", _FIGURE), ("Tỷ lệ", 21.5)]
    cells += ["{{ muc.dat }}", "{{ muc.ty_le }}"]
    widths = fitted(columns, LEFT + RIGHT)
    return rows_of(widths, "{%tr for muc in linh_vuc %}", cells, "muc.la_tong")


def fitted(columns: list[tuple[str, float]], width: float) -> list[tuple[str, float]]:
    """Return the columns with the widest one as wide as makes the table `width` wide."""
    widest = max(columns, key=lambda column: column[1])
    spare = width - sum(column[1] for column in columns)
    return [(text, w + spare) if (text, w) == widest else (text, w) for text, w in columns]


def score_table(rounds: int, *, surveyed: bool) -> Any:
    """Return the table of all scores, with a column for each of `rounds` rounds of appraisal.

    There is one for surveys where the index is `surveyed`.
    """
    columns = [("STT", 18.0), ("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 90.0)]
    cells = ["{{ dong.ma }}", "{{ dong.ten }}"]
    shown = [("Đơn vị chấm", "don_vi", 38.0), ("Điểm tối đa", "toi_da", _MAXIMUM)]
    shown.append(("Tối đa áp dụng", "toi_da_ap_dung", _MAXIMUM))
    shown.append(("Điểm tự chấm", "tu_cham", 19.0))
    for number in range(1, rounds + 1):
        words = "Thẩm định" if rounds == 1 else f"Thẩm định lần {number}"
        shown.append((words, f"lan_{number}", 19.0))
    if surveyed:
        shown.append(("Điểm ĐTXHH", "dtxhh", 20.0))
    shown += [("Điểm đạt", "dat", _MAXIMUM), ("Tỷ lệ", "ty_le", 22.0)]
    columns += [(text, width) for text, _, width in shown]
    cells += [f"{{{{ dong.{name} }}}}" for _, name, _ in shown]
    page = page_of(PROFILE, landscape=True)
    widths = fitted(columns, page.text_width)
    return rows_of(widths, "{%tr for dong in bang_diem %}", cells, "dong.la_muc")


def report_head() -> list[Any]:
    """Return everything above the text of the report upward."""
    return [
        letterhead(),
        space(PROFILE.body_size),
        line(Part.TYPE_NAME, "BÁO CÁO"),
        line(Part.SUBJECT, "{{ trich_yeu }}"),
        styled_paragraph("{{ gach_duoi_trich_yeu }}", RULE),
        line(Part.ADDRESSEE, "Kính gửi: {{ kinh_gui }}"),
        *legal_bases(),
    ]


def report_results() -> list[Any]:
    """Return part I of the report upward: what was scored."""
    year = "năm {{ nam }}{{ ky_trong_ngoac }}"
    return [
        body(
            f"{{{{ co_quan }}}} báo cáo kết quả tự đánh giá, chấm điểm {{{{ ten_chi_so }}}} "
            f"{year} như sau:"
        ),
        heading("I. KẾT QUẢ TỰ ĐÁNH GIÁ, CHẤM ĐIỂM"),
        body(
            "1. {{ loai_bo }} có {{ so_dong_diem }} tiêu chí, tiêu chí thành phần có điểm, tổng "
            "điểm tối đa {{ tong_diem }} điểm{% if co_thuong_tru %} (không kể điểm thưởng, điểm "
            "trừ){% endif %}"
            "{% if co_dtxhh %}; trong đó {{ so_dtxhh }} tiêu chí chấm qua điều tra xã hội học "
            "(ĐTXHH, SIPAS){% endif %}. Đến {{ ngay_tong_hop }}, {{ so_don_vi_da_nop }}/"
            "{{ so_don_vi }} đơn vị đã gửi phiếu tự chấm điểm; {{ da_cham }}/{{ phai_cham }} tiêu "
            "chí tự chấm đã có đủ kết quả{% if thuong_tru_de_trong %} (không kể "
            "{{ thuong_tru_de_trong }} tiêu chí điểm thưởng, điểm trừ để trống, tính 0 điểm)"
            "{% endif %}."
        ),
        *only_if("cham_rieng", *unit_results()),
        *only_if("not cham_rieng", *office_results(), *report_comparison(), *report_places()),
    ]


def unit_results() -> list[Any]:
    """Return what was scored where each unit scores the whole table: their points, and places."""
    return [
        body(
            "2. Mỗi đơn vị tự chấm cả bảng: điểm, thứ hạng dưới đây là của từng đơn vị"
            "{% if co_tham_dinh %}, sau thẩm định {{ so_lan_tham_dinh }} lần{% endif %}."
            "{% if co_thuong_tru %} Điểm thưởng, điểm trừ đã tính vào điểm, không vào điểm tối đa, "
            "nên tỷ lệ có thể quá 100%.{% endif %}"
        ),
        *report_places(),
        body(
            "Điểm từng lĩnh vực của từng đơn vị như sau{% if co_bang_don_vi %}; điểm từng tiêu chí "
            "tại Phụ lục kèm theo{% endif %}:",
            last=True,
        ),
        space(4, keep_next=True),
        unit_table(),
        space(6),
    ]


def unit_table() -> Any:
    """Return the table of units' points by field."""
    columns = [("Lĩnh vực, đơn vị", 90.0), ("Điểm", 22.0), ("Điểm tối đa", 22.0), ("Tỷ lệ", 22.0)]
    cells = [f"{{{{ muc.{name} }}}}" for name in ("ten", "diem", "toi_da", "ty_le")]
    loop = "{%tr for muc in linh_vuc_don_vi %}"
    return rows_of(fitted(columns, LEFT + RIGHT), loop, cells, "muc.la_muc")


def unit_score_table() -> Any:
    """Return the table of all rows with each unit's points."""
    columns = [("STT", 18.0), ("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 110.0)]
    columns += [("Điểm tối đa", _MAXIMUM), ("Điểm của từng đơn vị", 100.0)]
    cells = [f"{{{{ dong.{name} }}}}" for name in ("ma", "ten", "toi_da", "diem_don_vi")]
    widths = fitted(columns, page_of(PROFILE, landscape=True).text_width)
    return rows_of(widths, "{%tr for dong in bang_diem_don_vi %}", cells, "dong.la_muc")


def office_results() -> list[Any]:
    """Return what was scored where all units' scores make one result."""
    return [
        body(
            f"2. Điểm tự chấm: {NONE_RETURNED}chưa có, trên {{{{ toi_da_tu_cham }}}} điểm"
            "{% else %}{{ diem_tu_cham }}/{{ toi_da_tu_cham }} điểm{% if ty_le_tu_cham %}, đạt "
            "{{ ty_le_tu_cham }}{% endif %}{% endif %} ({% if co_dtxhh %}chưa tính điểm "
            "ĐTXHH; {% endif %}tiêu chí không áp dụng không tính vào điểm tối đa)."
        ),
        *only_if(
            "co_tham_dinh",
            body(
                "3. Điểm sau thẩm định ({{ so_lan_tham_dinh }} lần): {{ diem_tham_dinh }}/"
                "{{ toi_da_tham_dinh }} điểm"
                "{% if ty_le_tham_dinh %}, đạt {{ ty_le_tham_dinh }}{% endif %}."
            ),
        ),
        *only_if(
            "co_dtxhh",
            body(
                "{% if co_tham_dinh %}4{% else %}3{% endif %}. Điểm ĐTXHH: "
                "{% if co_ket_qua_dtxhh %}{{ diem_dtxhh }}/{{ toi_da_dtxhh }} điểm"
                "{% if thieu_dtxhh %}; {{ so_dtxhh_chua_co }} tiêu chí ({{ diem_dtxhh_chua_co }} "
                "điểm) chưa có kết quả{% endif %}{% if dtxhh_mot_phan %}; {{ dtxhh_mot_phan }} có "
                "kết quả, điểm là trung bình của các đơn vị đó{% endif %}{% else %}chưa có kết quả "
                "({{ diem_dtxhh_chua_co }} điểm, không nằm trong tổng dưới đây){% endif %}."
            ),
        ),
        *only_if(
            'so_don_vi_da_nop != "0" or co_ket_qua_dtxhh or co_tham_dinh',
            body(
                "Tổng điểm đạt{% if co_ket_qua_dtxhh %}, gồm cả điểm ĐTXHH{% endif %}: "
                "{{ diem_dat }}/{{ toi_da_dat }} điểm"
                "{% if ty_le_dat %}, tỷ lệ {{ ty_le_dat }}{% endif %}."
                "{% if cach_tinh_diem_thuong %} {{ cach_tinh_diem_thuong }}{% endif %}"
            ),
        ),
        body(
            "Kết quả theo lĩnh vực như sau (tỷ lệ tính trên điểm tối đa áp dụng: không kể tiêu "
            "chí không áp dụng{% if thieu_dtxhh %} và ĐTXHH chưa có kết quả"
            "{% endif %}); điểm từng tiêu chí tại Phụ lục kèm theo:"
        ),
        space(4),
        *first_of(
            ("co_tham_dinh and co_dtxhh", field_table(appraised=True, surveyed=True)),
            ("co_tham_dinh", field_table(appraised=True, surveyed=False)),
            ("co_dtxhh", field_table(appraised=False, surveyed=True)),
            ("", field_table(appraised=False, surveyed=False)),
        ),
        space(6),
        picture("bieu_do_linh_vuc", "Điểm đạt của từng lĩnh vực so với điểm tối đa"),
        *only_if(
            "co_tham_dinh",
            picture("bieu_do_tham_dinh", "Điểm tự chấm và điểm thẩm định của từng lĩnh vực"),
        ),
    ]


def report_comparison() -> list[Any]:
    """Return the paragraphs that hold the result against that of an earlier period."""
    name = "{% if muc.stt %}{{ muc.stt }}. {% endif %}{{ muc.ten }}"
    between = "{% if not loop.last %}; {% endif %}"
    rise = f"{name} (từ {{{{ muc.ty_le_truoc }}}} lên {{{{ muc.ty_le }}}}){between}"
    fall = rise.replace(" lên ", " xuống ")
    total = (
        "So với kỳ trước (theo “{{ ky_truoc }}”){% if tang_giam_dat %}, trên các "
        "tiêu chí có điểm ở cả hai kỳ: kỳ trước đạt "
        "{{ diem_dat_truoc }}/{{ toi_da_dat_truoc }} điểm, tỷ lệ {{ ty_le_dat_truoc }}; kỳ này đạt "
        "{{ diem_dat_so_sanh }}/{{ toi_da_dat_so_sanh }} điểm, tỷ lệ {{ ty_le_dat_so_sanh }}, "
        "{{ tang_giam_dat }}.{% else %}: chưa đủ số liệu để so tổng điểm.{% endif %}"
    )
    lists = (
        ("linh_vuc_tang", "Lĩnh vực có tỷ lệ tăng: ", rise),
        ("linh_vuc_giam", "Lĩnh vực có tỷ lệ giảm: ", fall),
        ("linh_vuc_giu", "Lĩnh vực giữ nguyên tỷ lệ: ", f"{name}{between}"),
    )
    told = [
        only_if(name, body(f"{words}{{% for muc in {name} %}}{each}{{% endfor %}}."))
        for name, words, each in lists
    ]
    return [
        body("{%p if co_so_sanh %}"),
        body(total),
        *(element for elements in told for element in elements),
        *only_if(
            "thay_doi_bo_chi_so",
            body("{{ loai_bo }} kỳ này có thay đổi so với kỳ trước ({{ thay_doi_bo_chi_so }})."),
        ),
        body("{%p endif %}"),
    ]


def report_places() -> list[Any]:
    """Return the table of the units' places, with their classes where the campaign has some."""
    return [
        body("{%p if co_xep_hang %}"),
        body("Xếp hạng các đơn vị theo {{ xep_hang_theo }}:", last=True),
        space(4, keep_next=True),
        *first_of(("co_xep_loai", place_table(classed=True)), ("", place_table(classed=False))),
        *only_if(
            "xep_hang_con_cho_dtxhh",
            body(
                "(*) Đơn vị chưa có đủ kết quả ĐTXHH, SIPAS; phần đó không nằm trong điểm tối đa. "
                "Có kết quả thì hạng có thể thay đổi."
            ),
        ),
        space(4),
        body("{%p endif %}"),
    ]


def place_table(*, classed: bool) -> Any:
    """Return the table of places."""
    columns = [("Hạng", 15.0), ("Đơn vị", 60.0), ("Điểm", 19.0), ("Điểm tối đa", 19.0)]
    columns.append(("Tỷ lệ", 22.0))
    names = ["hang", "don_vi", "diem", "toi_da", "ty_le"]
    if classed:
        columns.append(("Xếp loại", 28.0))
        names.append("xep_loai")
    cells = [f"{{{{ muc.{name} }}}}" for name in names]
    return rows_of(fitted(columns, LEFT + RIGHT), "{%tr for muc in xep_hang %}", cells, "")


def report_explanations() -> list[Any]:
    """Return part II of the report upward: what lacks evidence, and why."""
    columns = [("TT", 11.0), ("Tiêu chí", 50.0), ("Đơn vị", 32.0), ("Nội dung còn thiếu", 32.0)]
    columns.append(("Giải trình", 40.0))
    cells = ["{{ muc.stt }}", "{% if muc.ma %}{{ muc.ma }} {% endif %}{{ muc.ten }}"]
    cells += ["{{ muc.don_vi }}", "{{ muc.noi_dung }}", "{{ muc.giai_trinh }}"]
    return [
        heading("II. GIẢI TRÌNH ĐỐI VỚI CÁC TIÊU CHÍ CHƯA CÓ HOẶC CÒN THIẾU TÀI LIỆU KIỂM CHỨNG"),
        body("{%p if giai_trinh %}"),
        space(4),
        rows_of(fitted(columns, LEFT + RIGHT), "{%tr for muc in giai_trinh %}", cells, ""),
        space(4),
        body("{%p else %}"),
        body(
            f"{NONE_RETURNED}{NO_FORM}{{% else %}}Các tiêu chí đã chấm điểm đều có tài liệu kiểm "
            "chứng.{% endif %}"
        ),
        body("{%p endif %}"),
    ]


def report_remarks() -> list[Any]:
    """Return part III of the report upward: what units find difficult, and what they ask for."""
    elements = [heading("III. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ, ĐỀ XUẤT")]
    parts = (
        ("1. Khó khăn, vướng mắc", "kho_khan", "khó khăn, vướng mắc"),
        ("2. Kiến nghị, đề xuất", "kien_nghi", "kiến nghị, đề xuất"),
    )
    units = "Các đơn vị{% if don_vi_chua_nop %} đã gửi phiếu{% endif %}"
    for title, name, what in parts:
        none = f"{NONE_RETURNED}{NO_FORM}{{% else %}}{units} không nêu {what}.{{% endif %}}"
        elements += [
            heading(title),
            body(f"{{%p for y in {name} %}}"),
            body(
                "- {{ y.noi_dung }} ({{ y.don_vi }}"
                "{% if y.ma %}, tiêu chí {{ y.ma }}{% else %}, {{ y.ten }}{% endif %})"
                "{% if loop.last %}.{% else %};{% endif %}"
            ),
            body("{%p endfor %}"),
            *only_if(f"not {name}", body(none)),
        ]
    return elements


def report_open() -> list[Any]:
    """Return part IV of the report upward: what is still open, and the closing sentence.

    The page of the signature has some text of its own.
    """
    columns = [("TT", 11.0), ("Mã", 18.0), ("Tiêu chí", 74.0), ("Đơn vị chấm", 36.0)]
    columns.append(("Tình trạng", 26.0))
    names = ("stt", "ma", "ten", "don_vi", "tinh_trang")
    cells = [f"{{{{ muc.{name} }}}}" for name in names]
    widths = fitted(columns, LEFT + RIGHT)
    return [
        heading("IV. NỘI DUNG CHƯA CÓ KẾT QUẢ"),
        body(
            "{% if don_vi_chua_nop %}Đơn vị chưa gửi phiếu tự chấm điểm: "
            "{{ don_vi_chua_nop|join('; ') }}.{% else %}Các đơn vị đều đã gửi phiếu tự chấm "
            "điểm.{% endif %}"
            "{% if not chua_co_diem %} Không còn tiêu chí tự chấm nào chưa có điểm.{% endif %}",
            last=True,
        ),
        *only_if(
            "chua_co_diem",
            body("Tiêu chí chưa có đủ điểm tự chấm:", last=True),
            space(4, keep_next=True),
            rows_of(widths, "{%tr for muc in chua_co_diem %}", cells, "", last=True),
            space(4, keep_next=True),
        ),
        *only_if(
            "dtxhh_chua_du",
            body(
                "Tiêu chí chấm qua ĐTXHH, SIPAS chưa có đủ kết quả: "
                "{{ dtxhh_chua_du|join('; ') }}.",
                last=True,
            ),
        ),
        body(
            "Trên đây là báo cáo kết quả tự đánh giá, chấm điểm {{ ten_chi_so }} năm "
            "{{ nam }}{{ ky_trong_ngoac }} của {{ co_quan }}./.",
            last=True,
        ),
        space(6, keep_next=True),
        signature(),
    ]


def report_appendix() -> list[Any]:
    """Return the report's appendix: the table of all scores."""
    return [
        line(Part.APPENDIX_LABEL, "Phụ lục"),
        line(
            Part.APPENDIX_TITLE,
            "BẢNG ĐIỂM {{ ten_chi_so|chu_hoa }} NĂM {{ nam }}{{ ky_trong_ngoac|chu_hoa }}",
        ),
        line(
            Part.APPENDIX_REFERENCE,
            "(Kèm theo Báo cáo số {{ so }}{{ ky_hieu }} {{ ngay_bao_cao }} của {{ co_quan }})",
        ),
        *only_if("co_bang_don_vi", body("Ký hiệu: {{ ky_hieu_don_vi }}.")),
        *only_if(
            "cham_rieng and not co_bang_don_vi",
            body(
                "Điểm mỗi dòng là trung bình của các đơn vị; điểm của từng đơn vị ở tệp tổng hợp "
                "kèm theo."
            ),
        ),
        *first_of(
            ("co_bang_don_vi", unit_score_table()),
            ("co_lan_2 and co_dtxhh", score_table(2, surveyed=True)),
            ("co_lan_2", score_table(2, surveyed=False)),
            ("co_tham_dinh and co_dtxhh", score_table(1, surveyed=True)),
            ("co_tham_dinh", score_table(1, surveyed=False)),
            ("co_dtxhh", score_table(0, surveyed=True)),
            ("", score_table(0, surveyed=False)),
        ),
        space(1),
    ]


def write_all() -> None:
    """Write every template of a Word document."""
    write("cong-van-giao-viec.docx", "Công văn giao việc, tự chấm điểm", task_dispatch())
    write("cong-van-don-doc.docx", "Công văn đôn đốc tự chấm điểm", reminder())
    write(
        "cong-van-giai-trinh.docx",
        "Công văn yêu cầu giải trình kết quả tự chấm điểm",
        explanation_request(),
    )
    write(
        "bao-cao.docx",
        "Báo cáo kết quả tự đánh giá, chấm điểm",
        [
            *report_head(),
            *report_results(),
            *report_explanations(),
            *report_remarks(),
            *report_open(),
        ],
        report_appendix(),
    )


if __name__ == "__main__":
    write_all()
