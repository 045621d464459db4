"""Makes the documents of tests/data/the-thuc/ that LibreOffice Writer itself writes.

    python3 tools/make_writer_samples.py [NAME ...]

The Python has to have LibreOffice's `uno` module (Debian: python3-uno, run by /usr/bin/python3);
the project's own environment does not need it. Writer is started without a window and with an
empty profile, told through UNO what a clerk would do by hand, and left to write the DOCX file.
The samples are made up: no text or figure of theirs is from a real document.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

uno: Any = importlib.import_module("uno")

OUTPUT = Path(__file__).parent.parent / "tests" / "data" / "the-thuc"
FONT = "Times New Roman"
WORD_2007 = "MS Word 2007 XML"
OPEN_XML = "Office Open XML Text"
MM_PER_POINT = 25.4 / 72
NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
UNDERSCORE_EM, SPACE_EM = 0.5, 0.25

# Widths of bold lines that have a rule beneath, and of "Kính gửi", in letter sizes
WIDTHS = {
    MOTTO: 12.24,
    "Kính gửi": 3.57,
    "SỞ CÔNG THƯƠNG": 9.35,
    "Về việc phê duyệt Kế hoạch kiểm tra": 15.69,
    "công tác văn thư (số liệu minh họa)": 14.96,
    "Kết quả công tác cải cách hành chính": 15.92,
    "năm 2024 (số liệu minh họa)": 12.03,
    "TỈNH SƠN LA": 6.50,
    "ỦY BAN NHÂN DÂN": 9.42,
    "Cải cách hành chính năm 2024 (số liệu minh họa)": 21.03,
    "Họp giao ban tháng 01 năm 2024 (số liệu minh họa)": 21.95,
    "Kết quả giải quyết thủ tục hành chính quý III (số liệu minh họa)": 27.37,
}

ALIGN = {"both": 2, "left": 0, "right": 1, "center": 3}
Content = str | list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class ParagraphLook:
    """What a paragraph looks like; lengths in points, indents in millimetres."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    line: tuple[str, float] = ("times", 1)
    border: bool = False
    font: str = FONT


@dataclass(frozen=True)
class Page:
    """A page: its size and margins in millimetres, and how its number is shown."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 20
    number_size: float | None = 14
    number_on_first: bool = False
    number_below: bool = False
    landscape: bool = False


@dataclass(frozen=True)
class Head:
    """The words of a letterhead and how its rules are drawn."""

    number: str
    date: str
    agency: tuple[str, ...] = ("SỞ CÔNG THƯƠNG",)
    parent: str | None = "UBND TỈNH SƠN LA"
    subject: tuple[str, ...] = ()
    rules: str = "border"
    rows: int = 2
    left_mm: float = 62
    parent_size: float = 12
    agency_size: float = 12
    name_size: float = 12
    motto_size: float = 13
    date_size: float = 13
    subject_size: float = 12
    name_look: tuple[tuple[str, bool], ...] = ()
    motto: str = MOTTO


def hundredths(millimetres: float) -> int:
    """Return a length in the unit of UNO, hundredths of a millimetre."""
    return round(millimetres * 100)


def prop(name: str, value: Any) -> Any:
    """Return a UNO property value."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def spacing(line: tuple[str, float]) -> Any:
    """Return UNO's line spacing: so many times a line, at least or exactly so many points."""
    made = uno.createUnoStruct("com.sun.star.style.LineSpacing")
    kind, value = line
    made.Mode = {"times": 0, "least": 1, "exact": 3}[kind]
    made.Height = round(value * 100) if kind == "times" else hundredths(value * MM_PER_POINT)
    return made


def letters(size: float, bold: bool, italic: bool, font: str = FONT) -> dict[str, Any]:
    """Return the character properties, for Latin, Asian and complex letters alike."""
    slant = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if italic else "NONE")
    plain = {
        "CharFontName": font,
        "CharHeight": float(size),
        "CharWeight": 150.0 if bold else 100.0,
        "CharPosture": slant,
    }
    return {f"{name}{way}": v for name, v in plain.items() for way in ("", "Asian", "Complex")}


def paragraph_properties(look: ParagraphLook) -> dict[str, Any]:
    """Return the UNO properties of a paragraph that looks so."""
    found: dict[str, Any] = {
        "ParaAdjust": ALIGN[look.align],
        "ParaTopMargin": hundredths(look.before * MM_PER_POINT),
        "ParaBottomMargin": hundredths(look.after * MM_PER_POINT),
        "ParaFirstLineIndent": hundredths(look.first),
        "ParaLeftMargin": hundredths(look.left),
        "ParaRightMargin": hundredths(look.right),
        "ParaLineSpacing": spacing(look.line),
    }
    if look.border:
        found["TopBorder"] = border_line(26)
    return found


def border_line(width: int) -> Any:
    """Return a black line of this width, 0 for none."""
    made = uno.createUnoStruct("com.sun.star.table.BorderLine2")
    made.Color, made.OuterLineWidth, made.LineWidth = 0, width, width
    return made


def put(target: Any, properties: dict[str, Any]) -> None:
    """Set UNO properties, one by one."""
    for name, value in properties.items():
        target.setPropertyValue(name, value)


class Paper:
    """A document open in Writer, written from top to bottom."""

    def __init__(self, desktop: Any, page: Page, body: ParagraphLook, styled: bool) -> None:
        self.doc = desktop.loadComponentFromURL(
            "private:factory/swriter", "_blank", 0, (prop("Hidden", True),)
        )
        self.page, self.body, self.styled = page, body, styled
        self.flow = Flow(self.doc.getText())
        self.column = 0.0
        families = self.doc.getStyleFamilies()
        self.styles = families.getByName("ParagraphStyles")
        self.pages = families.getByName("PageStyles")
        self.set_default(body)
        self.set_page("Standard", page)

    def set_default(self, body: ParagraphLook) -> None:
        """Give the default paragraph style the letters of the body."""
        standard = self.styles.getByName("Standard")
        put(standard, letters(body.size, bold=False, italic=False))
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "vi", "VN"
        standard.CharLocale = locale

    def set_page(self, name: str, page: Page) -> Any:
        """Give a page style its size, margins and page number."""
        if not self.pages.hasByName(name):
            made = self.doc.createInstance("com.sun.star.style.PageStyle")
            self.pages.insertByName(name, made)
        style = self.pages.getByName(name)
        style.IsLandscape = page.landscape
        style.Width, style.Height = (29700, 21000) if page.landscape else (21000, 29700)
        style.LeftMargin, style.RightMargin = hundredths(page.left), hundredths(page.right)
        style.TopMargin, style.BottomMargin = hundredths(page.top), hundredths(page.bottom)
        if page.number_size:
            self.number_pages(style, page)
        return style

    def number_pages(self, style: Any, page: Page) -> None:
        """Put a centred page number in the header, or where a wrong paper has it."""
        place = "Footer" if page.number_below else "Header"
        side = "BottomMargin" if page.number_below else "TopMargin"
        put(style, {f"{place}IsOn": True, f"{place}IsDynamicHeight": True})
        margin = page.bottom if page.number_below else page.top
        put(style, {side: 1000, f"{place}BodyDistance": 100})
        put(style, {f"{place}Height": hundredths(margin) - 1000})
        style.FirstIsShared = page.number_on_first
        text = style.getPropertyValue(f"{place}Text")
        field = self.doc.createInstance("com.sun.star.text.TextField.PageNumber")
        field.NumberingType = 4
        cursor = text.createTextCursor()
        text.insertTextContent(cursor, field, False)
        cursor.gotoStart(False)
        cursor.gotoEnd(True)
        put(cursor, letters(page.number_size or 14, bold=False, italic=False))
        cursor.ParaAdjust = ALIGN["center"]

    def style_for(self, name: str, look: ParagraphLook) -> str:
        """Return the name of the paragraph style, made when it is not there yet."""
        if not self.styles.hasByName(name):
            made = self.doc.createInstance("com.sun.star.style.ParagraphStyle")
            self.styles.insertByName(name, made)
            made.ParentStyle = "Standard"
            put(made, letters(look.size, look.bold, look.italic, look.font))
            put(made, paragraph_properties(look))
        return name

    def add(
        self, content: Content, look: ParagraphLook, name: str = "", flow: Flow | None = None
    ) -> Any:
        """Add a paragraph at the end of the document or of a cell; return a cursor in it."""
        into = flow or self.flow
        cursor = into.start_paragraph()
        if self.styled and name:
            cursor.ParaStyleName = self.style_for(name, look)
        else:
            put(cursor, paragraph_properties(look))
            put(cursor, letters(look.size, look.bold, look.italic, look.font))
        if isinstance(content, str):
            into.text.insertString(cursor, content, False)
        else:
            for words, change in content:
                into.add_run(words, look, change)
        return into.end()

    def rule(self, millimetres: float, way: str, flow: Flow | None, before: float = 2) -> None:
        """Draw a centred rule in a paragraph of its own."""
        points = millimetres / MM_PER_POINT
        thin = ParagraphLook(size=4, before=before)
        width = self.column if flow else self.width
        if way == "border":
            side = (width - millimetres) / 2
            self.add("", replace(thin, border=True, left=side, right=side), "", flow)
        elif way == "underscore":
            count = round(points / (UNDERSCORE_EM * 10))
            size = round(points / count / UNDERSCORE_EM * 2) / 2
            self.add("_" * count, ParagraphLook(size=size, line=("exact", 6)), "", flow)
        elif way == "underline":
            count = round(points / (SPACE_EM * 6))
            run = ("\u00a0" * count, {"CharUnderline": 1})
            self.add([run], ParagraphLook(size=6), "", flow)
        else:
            cursor = self.add("", thin, "", flow)
            self.draw_line(cursor, (flow or self.flow).text, millimetres)

    def draw_line(self, cursor: Any, text: Any, millimetres: float) -> None:
        """Draw a line shape that stands as a letter in its paragraph."""
        shape = self.doc.createInstance("com.sun.star.drawing.LineShape")
        size = uno.createUnoStruct("com.sun.star.awt.Size")
        size.Width, size.Height = hundredths(millimetres), 0
        shape.setSize(size)
        shape.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
        put(shape, {"LineColor": 0, "LineWidth": 26})
        text.insertTextContent(cursor, shape, False)

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return 210 - self.page.left - self.page.right

    def table(
        self, rows: int, shares: list[float], lines: bool = False, split: bool = True
    ) -> list[list[Flow]]:
        """Add a table as wide as the text, its columns in these shares; return its cells."""
        cursor = self.flow.start_paragraph()
        made = self.doc.createInstance("com.sun.star.text.TextTable")
        made.initialize(rows, len(shares))
        self.flow.text.insertTextContent(cursor, made, False)
        self.flow.fresh = True
        for row in range(0 if split else rows):
            made.getRows().getByIndex(row).IsSplitAllowed = False
        separators, at = list(made.TableColumnSeparators), 0.0
        for separator, share in zip(separators, shares, strict=False):
            at += share
            separator.Position = round(at / sum(shares) * made.TableColumnRelativeSum)
        made.TableColumnSeparators = tuple(separators)
        return [
            [self.cell(made, column, row, lines) for column in range(len(shares))]
            for row in range(rows)
        ]

    def cell(self, table: Any, column: int, row: int, lines: bool) -> Flow:
        """Return a cell of a table, with lines around it or none."""
        found = table.getCellByPosition(column, row)
        for side in ("Left", "Right", "Top", "Bottom"):
            found.setPropertyValue(f"{side}Border", border_line(18 if lines else 0))
            distance = 100 if lines else 0
            found.setPropertyValue(f"{side}BorderDistance", distance)
        return Flow(found)

    def save(self, name: str, kind: str = WORD_2007) -> None:
        """Let Writer store the document as DOCX."""
        target = OUTPUT / f"{name}.docx"
        self.doc.storeToURL(target.resolve().as_uri(), (prop("FilterName", kind),))
        self.doc.close(True)


class Flow:
    """A text that paragraphs are added to: the document's or a cell's."""

    def __init__(self, text: Any) -> None:
        self.text, self.fresh = text, True

    def end(self) -> Any:
        """Return a cursor at the end."""
        return self.text.createTextCursorByRange(self.text.getEnd())

    def start_paragraph(self) -> Any:
        """Begin a paragraph that has nothing of the one before; return a cursor in it."""
        if not self.fresh:
            self.text.insertControlCharacter(self.text.getEnd(), 0, False)
        self.fresh = False
        cursor = self.end()
        cursor.setAllPropertiesToDefault()
        cursor.ParaStyleName = "Standard"
        return cursor

    def add_run(self, words: str, look: ParagraphLook, change: dict[str, Any]) -> None:
        """Add letters that differ from those of their paragraph."""
        cursor = self.end()
        self.text.insertString(cursor, words, False)
        cursor.goLeft(len(words), True)
        bold = change.get("bold", look.bold)
        italic = change.get("italic", look.italic)
        put(cursor, letters(look.size, bold, italic, look.font))
        put(cursor, {k: v for k, v in change.items() if k.startswith("Char")})


def rule_length(words: str, size: float, share: float) -> float:
    """Return the length in millimetres of a rule that is this share of a bold line."""
    return WIDTHS[words] * size * MM_PER_POINT * share


def rule_under(lines: tuple[str, ...], size: float) -> float:
    """Return a length from 1/3 to 1/2 both of the last line and of the longest one."""
    longest = max(lines, key=WIDTHS.__getitem__)
    last, least = rule_length(lines[-1], size, 0.42), rule_length(longest, size, 0.34)
    return max(last, least)


def letterhead(paper: Paper, head: Head) -> None:
    """Write the two columns at the top: agency, number and subject; national name and date."""
    cells = paper.table(head.rows, [head.left_mm, paper.width - head.left_mm])
    left, right = cells[0]
    paper.column = head.left_mm
    agency(paper, head, left)
    paper.column = paper.width - head.left_mm
    name = ParagraphLook(size=head.name_size, bold=dict(head.name_look).get("bold", True))
    paper.add(NATIONAL_NAME, name, "Quốc hiệu", right)
    paper.add(head.motto, ParagraphLook(size=head.motto_size, bold=True), "Tiêu ngữ", right)
    paper.rule(rule_length(MOTTO, head.motto_size, 1), head.rules, right)
    if head.rows > 1:
        left, right = cells[1]
    numbered = ParagraphLook(size=13, before=6)
    paper.add(head.number, numbered, "Số ký hiệu", left)
    dated = ParagraphLook(size=head.date_size, italic=True, before=6)
    paper.add(head.date, dated, "Địa danh", right)
    if head.rows > 2:
        left = cells[2][0]
    for at, words in enumerate(head.subject):
        look = ParagraphLook(size=head.subject_size, before=0 if at else 6)
        paper.add(words, look, "" if at else "Trích yếu công văn", left)


def agency(paper: Paper, head: Head, flow: Flow) -> None:
    """Write the names of the agency and its parent, with the rule beneath."""
    if head.parent:
        paper.add(head.parent, ParagraphLook(size=head.parent_size), "Cơ quan chủ quản", flow)
    for words in head.agency:
        paper.add(words, ParagraphLook(size=head.agency_size, bold=True), "Cơ quan ban hành", flow)
    paper.rule(rule_under(head.agency, head.agency_size), head.rules, flow)


def title(paper: Paper, kind: str, subject: tuple[str, ...], size: float, rules: str) -> None:
    """Write the kind of the document, its subject and the rule beneath."""
    paper.add(kind, ParagraphLook(size=size, bold=True, before=14), "Tên loại", None)
    for words in subject:
        paper.add(words, ParagraphLook(size=size, bold=True), "Trích yếu", None)
    paper.rule(rule_under(subject, size), rules, None)
    paper.add("", ParagraphLook(size=6))


def addressees(paper: Paper, names: list[str], size: float, indent: float = 30) -> None:
    """Write "Kính gửi" with one name beside it or with several beneath, dashes under the colon."""
    look = ParagraphLook(size=size, align="left", before=12, after=6, left=indent)
    if len(names) == 1:
        paper.add(f"Kính gửi: {names[0]}", replace(look, align="center", left=0), "Kính gửi")
        return
    paper.add("Kính gửi:", replace(look, after=0), "Kính gửi")
    under = indent + WIDTHS["Kính gửi"] * size * MM_PER_POINT
    for at, name in enumerate(names):
        last = at == len(names) - 1
        end, after = (".", 8) if last else (";", 0)
        row = replace(look, left=under, before=0, after=after)
        paper.add(f"- {name}{end}", row, "Nơi gửi cuối" if last else "Nơi gửi")


def body(paper: Paper, lines: list[tuple[str, str]]) -> None:
    """Write the text; each line says what it is: p, c, h, k, d or another heading."""
    look = paper.body
    looks = {
        "p": (look, "Lời văn"),
        "c": (replace(look, italic=True), "Căn cứ"),
        "h": (replace(look, bold=True), "Tiêu đề mục"),
        "k": (replace(look, bold=True), "Tiêu đề khoản"),
        "part": (ParagraphLook(size=look.size, bold=True, before=12), "Phần"),
        "part-title": (ParagraphLook(size=look.size, bold=True, after=6), "Tiêu đề phần"),
        "power": (ParagraphLook(size=look.size, bold=True, before=6, after=6), "Thẩm quyền"),
    }
    for kind, words in lines:
        if kind == "d":
            number, rest = words.split(". ", 1)
            runs: Content = [(f"{number}. ", {"bold": True}), (rest, {"bold": False})]
            paper.add(runs, look, "Điều")
        else:
            cursor = paper.add(words, *looks[kind])
            cursor.ParaKeepTogether = kind in ("h", "k", "part", "part-title")


def signature(
    paper: Paper,
    receivers: list[str],
    powers: list[str],
    signer: str,
    size: float = 14,
    list_size: float = 11,
) -> None:
    """Write "Nơi nhận" and the signer's block side by side."""
    paper.add("", ParagraphLook(size=8))
    left, right = paper.table(1, [75, paper.width - 75], split=False)[0]
    heading = ParagraphLook(size=12, bold=True, italic=True, align="left")
    paper.add("Nơi nhận:", heading, "Nơi nhận", left)
    for receiver in receivers:
        paper.add(receiver, ParagraphLook(size=list_size, align="left"), "Danh sách nơi nhận", left)
    for power in powers:
        paper.add(power, ParagraphLook(size=size, bold=True), "Chức vụ", right)
    for _ in range(4):
        paper.add("", ParagraphLook(size=size), "", right)
    paper.add(signer, ParagraphLook(size=size, bold=True), "Họ tên", right)


def grid(paper: Paper, rows: list[list[str]], shares: list[float], size: float = 13) -> None:
    """Write a table with lines; the first row is its head, the first column a number."""
    cells = paper.table(len(rows), shares, lines=True)
    for row, words in enumerate(rows):
        for column, value in enumerate(words):
            figure = value.rstrip("%").isdigit()
            align = "center" if row == 0 or figure else "left"
            look = ParagraphLook(size=size, bold=row == 0, align=align, before=2, after=2)
            style = "Đầu bảng" if row == 0 else f"Ô bảng {align}"
            paper.add(value, look, style, cells[row][column])


def appendix(
    paper: Paper, page: str, number: str, name: str, note: str, rules: str, size: float = 14
) -> None:
    """Begin an appendix on a page style of its own, numbered from 1."""
    look = ParagraphLook(size=14, bold=True)
    cursor = paper.add(number, look, "Phụ lục")
    cursor.PageDescName = page
    cursor.PageNumberOffset = 1
    paper.add(name, ParagraphLook(size=size, bold=True), "Tên phụ lục")
    paper.add(note, ParagraphLook(size=size, italic=True), "Kèm theo")
    paper.rule(35, rules, None)
    paper.add("", ParagraphLook(size=6))


@contextmanager
def writer() -> Iterator[Any]:
    """Start LibreOffice with an empty profile; give its desktop; end it."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"samples-{time.time_ns()}"
        process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
                f"-env:UserInstallation={Path(folder).as_uri()}",
            ]
        )
        desktop = None
        try:
            desktop = connect(pipe)
            yield desktop
        finally:
            if desktop is not None:
                desktop.terminate()
            process.wait(timeout=60)


def connect(pipe: str) -> Any:
    """Return LibreOffice's desktop as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
    raise RuntimeError("LibreOffice does not answer")


PAR = [
    (
        "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác "
        "văn thư, Sở Công Thương đã rà soát thể thức văn bản hành chính do các phòng, đơn vị trực "
        "thuộc soạn thảo trong năm 2023 (số liệu minh họa)."
    ),
    (
        "Qua rà soát 1.250 văn bản, có 1.187 văn bản trình bày đúng thể thức, đạt 94,96%; 63 văn "
        "bản còn sai sót về cỡ chữ, khoảng cách giữa các đoạn văn và cách ghi nơi nhận."
    ),
    (
        "Các sai sót chủ yếu xảy ra ở văn bản do công chức mới được tuyển dụng soạn thảo; việc "
        "kiểm tra thể thức trước khi trình ký ở một số phòng chưa được thực hiện thường xuyên."
    ),
    (
        "Trong thời gian tới, các phòng, đơn vị tiếp tục sử dụng thống nhất tệp mẫu đã được Văn "
        "phòng Sở ban hành; phân công một công chức chịu trách nhiệm kiểm tra thể thức trước khi "
        "chuyển Văn thư cơ quan cấp số."
    ),
    (
        "Văn phòng Sở chủ trì, phối hợp với các phòng, đơn vị hướng dẫn nghiệp vụ, tổng hợp khó "
        "khăn, vướng mắc và báo cáo Giám đốc Sở trước ngày 20 hằng tháng."
    ),
]


def one_addressee(desktop: Any, name: str) -> None:
    """Make a letter to one addressee: styles, single page, no page number."""
    look = ParagraphLook(size=14, align="both", first=12.7, before=6)
    paper = Paper(desktop, Page(20, 20, 30, 15, number_size=None), look, styled=True)
    subject = ("V/v rà soát thể thức văn bản", "năm 2023 (số liệu minh họa)")
    head = Head(
        "Số: 05/SCT-VP",
        "Sơn La, ngày 05 tháng 02 năm 2024",
        subject=subject,
        rows=1,
        agency_size=13,
        left_mm=64,
    )
    letterhead(paper, head)
    addressees(paper, ["Sở Nội vụ tỉnh Sơn La"], 14)
    body(paper, [("p", words) for words in PAR[:3]])
    body(paper, [("p", "Sở Công Thương trân trọng đề nghị Sở Nội vụ xem xét, tổng hợp./.")])
    receivers = ["- Như trên;", "- Giám đốc Sở (b/c);", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], "Nguyễn Văn A")
    paper.save(name)


def several_addressees(desktop: Any, name: str) -> None:
    """Make a letter to several addressees, number and date left blank, two pages."""
    look = ParagraphLook(size=13, align="both", first=10, after=6, line=("times", 1.15))
    paper = Paper(desktop, Page(25, 25, 35, 20, number_size=13), look, styled=False)
    head = Head(
        "Số:        /SCT-VP",
        "Sơn La, ngày      tháng 11 năm 2024",
        subject=("V/v tự chấm điểm chỉ số", "cải cách hành chính năm 2024", "(số liệu minh họa)"),
        rules="shape",
        rows=3,
        left_mm=57,
        parent_size=13,
        agency_size=13,
        name_size=13,
        motto_size=14,
        date_size=14,
        subject_size=13,
    )
    letterhead(paper, head)
    names = ["Văn phòng Sở", "Các phòng chuyên môn thuộc Sở", "Các đơn vị sự nghiệp trực thuộc Sở"]
    addressees(paper, names, 13)
    body(paper, [("p", words) for words in PAR + PAR[1:]])
    tasks = [
        (
            "1. Các phòng, đơn vị tự chấm điểm các tiêu chí được phân công theo dõi; gửi kèm tài "
            "liệu kiểm chứng của từng tiêu chí."
        ),
        (
            "2. Thời hạn gửi kết quả về Văn phòng Sở được ghi trong phiếu giao nhiệm vụ của từng "
            "phòng, đơn vị:"
        ),
        "a) Đợt một: trước ngày 15 tháng 11 năm 2024;",
        "b) Đợt hai: trước ngày 05 tháng 12 năm 2024.",
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các phòng, đơn vị phản ánh về "
            "Văn phòng Sở để được hướng dẫn./."
        ),
    ]
    body(paper, [("p", words) for words in tasks])
    receivers = ["- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, VP."]
    powers = ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]
    signature(paper, receivers, powers, "Trần Thị B", size=13)
    paper.save(name)


def report(desktop: Any, name: str) -> None:
    """Make a report of three pages with parts, sections and clauses, exact line spacing."""
    look = ParagraphLook(size=14, align="both", first=12.7, before=6, line=("exact", 18))
    paper = Paper(desktop, Page(20, 20, 30, 20, number_size=14), look, styled=True)
    head = Head(
        "Số: 126/BC-SCT",
        "Sơn La, ngày 12 tháng 12 năm 2024",
        rules="underscore",
        left_mm=62,
        parent_size=13,
        agency_size=13,
        name_size=12,
        date_size=14,
    )
    letterhead(paper, head)
    subject = ("Kết quả công tác cải cách hành chính", "năm 2024 (số liệu minh họa)")
    title(paper, "BÁO CÁO", subject, 14, "underscore")
    addressees(paper, ["Ủy ban nhân dân tỉnh Sơn La"], 14)
    lines = [("p", PAR[0])]
    lines += [("part", "Phần I"), ("part-title", "TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN")]
    lines += [("h", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"), ("k", "1. Ban hành văn bản")]
    lines += [("p", PAR[1]), ("p", PAR[2]), ("k", "2. Công tác kiểm tra"), ("p", PAR[3])]
    lines += [("h", "II. KẾT QUẢ TRÊN CÁC LĨNH VỰC"), ("k", "1. Cải cách thủ tục hành chính")]
    lines += [("p", "a) Kết quả giải quyết hồ sơ:"), ("p", PAR[1]), ("p", PAR[4])]
    lines += [("p", "b) Số hóa hồ sơ:"), ("p", PAR[3]), ("p", PAR[2])]
    lines += [("k", "2. Xây dựng chính quyền số"), ("p", PAR[1]), ("p", PAR[4]), ("p", PAR[3])]
    lines += [("part", "Phần II"), ("part-title", "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025")]
    lines += [("h", "I. PHƯƠNG HƯỚNG")] + [("p", words) for words in PAR[1:]]
    lines += [("h", "II. NHIỆM VỤ"), ("p", "1. " + PAR[4]), ("p", "2. " + PAR[3])]
    last = "Trên đây là kết quả công tác cải cách hành chính năm 2024 của Sở Công Thương./."
    body(paper, [*lines, ("p", last)])
    receivers = ["- Như trên;", "- Sở Nội vụ;", "- Lãnh đạo Sở;", "- Lưu: VT, VP."]
    powers = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    signature(paper, receivers, powers, "Trần Thị B")
    paper.save(name)


def decision(desktop: Any, name: str) -> None:
    """Make a decision with articles, paragraphs formatted one by one."""
    look = ParagraphLook(size=14, align="both", first=10, before=6, line=("times", 1.1))
    page = Page(20, 20, 30, 15, number_size=13)
    paper = Paper(desktop, page, look, styled=False)
    head = Head(
        "Số: 09/QĐ-UBND",
        "Sơn La, ngày 08 tháng 01 năm 2024",
        agency=("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"),
        parent=None,
        rules="border",
        rows=3,
        left_mm=65,
        agency_size=13,
        name_size=13,
        motto_size=14,
    )
    letterhead(paper, head)
    subject = ("Về việc phê duyệt Kế hoạch kiểm tra", "công tác văn thư (số liệu minh họa)")
    title(paper, "QUYẾT ĐỊNH", subject, 14, "border")
    reasons = [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        (
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác "
            "văn thư;"
        ),
        (
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV ngày 05 tháng 01 năm "
            "2024 về việc phê duyệt Kế hoạch kiểm tra công tác văn thư."
        ),
    ]
    articles = [
        (
            "Điều 1. Phê duyệt Kế hoạch kiểm tra công tác văn thư năm 2024 đối với 12 sở, ban, "
            "ngành và 12 huyện, thành phố trên địa bàn tỉnh Sơn La."
        ),
        (
            "Điều 2. Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị có liên quan thành "
            "lập đoàn kiểm tra, tổ chức thực hiện Kế hoạch và báo cáo kết quả trước ngày 30 tháng "
            "11 năm 2024."
        ),
        (
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Thủ trưởng các sở, "
            "ban, ngành, Chủ tịch Ủy ban nhân dân các huyện, thành phố chịu trách nhiệm thi hành "
            "Quyết định này./."
        ),
    ]
    lines = [("power", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA")]
    lines += [("c", words) for words in reasons]
    lines += [("power", "QUYẾT ĐỊNH:")]
    body(paper, lines + [("d", words) for words in articles])
    receivers = ["- Như Điều 3;", "- Bộ Nội vụ (b/c);", "- Lưu: VT, NC."]
    powers = ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    signature(paper, receivers, powers, "Nguyễn Văn A")
    paper.save(name)


def plan(desktop: Any, name: str) -> None:
    """Make a plan with two appendices in sections of their own, the second one landscape."""
    look = ParagraphLook(size=13, align="both", first=12.7, before=6, line=("least", 18))
    page = Page(25, 20, 35, 15, number_size=14)
    paper = Paper(desktop, page, look, styled=True)
    head = Head("Số: 25/KH-SCT", "Sơn La, ngày 20 tháng 02 năm 2024", rules="shape", left_mm=62)
    letterhead(paper, head)
    subject = ("Cải cách hành chính năm 2024 (số liệu minh họa)",)
    title(paper, "KẾ HOẠCH", subject, 13, "shape")
    intro = (
        "Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương "
        "trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030, Sở Công Thương ban "
        "hành Kế hoạch cải cách hành chính năm 2024 như sau:"
    )
    lines = [("p", intro), ("h", "I. MỤC ĐÍCH, YÊU CẦU"), ("k", "1. Mục đích"), ("p", PAR[3])]
    lines += [("k", "2. Yêu cầu"), ("p", PAR[4]), ("h", "II. NHIỆM VỤ")]
    tasks = (
        "Nhiệm vụ, thời hạn và phòng, đơn vị chủ trì được nêu tại Phụ lục I; chỉ tiêu giao cho "
        "từng phòng, đơn vị được nêu tại Phụ lục II kèm theo Kế hoạch này."
    )
    lines += [("p", tasks), ("h", "III. TỔ CHỨC THỰC HIỆN"), ("p", PAR[4][:-1] + "./.")]
    body(paper, lines)
    receivers = ["- UBND tỉnh (b/c);", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], "Nguyễn Văn A", size=13)
    note = "(Kèm theo Kế hoạch số 25/KH-SCT ngày 20 tháng 02 năm 2024 của Sở Công Thương)"
    paper.set_page("Trang phụ lục I", page)
    title_one = "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024"
    appendix(paper, "Trang phụ lục I", "Phụ lục I", title_one, note, "shape", 13)
    rows = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]]
    rows += [[str(n), f"Nhiệm vụ minh họa số {n}", "Văn phòng Sở", "Quý II"] for n in range(1, 36)]
    grid(paper, rows, [12, 78, 40, 30])
    paper.page = replace(page, landscape=True, top=20, bottom=20, left=30, right=20)
    paper.set_page("Trang phụ lục II", paper.page)
    title_two = "CHỈ TIÊU GIAO CHO CÁC PHÒNG, ĐƠN VỊ"
    appendix(paper, "Trang phụ lục II", "Phụ lục II", title_two, note, "shape", 13)
    rows = [["STT", "Phòng, đơn vị", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"]]
    rows += [[str(n), f"Phòng minh họa {n}", "25", "25", "25", "25", "100"] for n in range(1, 20)]
    grid(paper, rows, [12, 80, 25, 25, 25, 25, 25])
    paper.save(name)


def invitation(desktop: Any, name: str) -> None:
    """Make an invitation; stored as Office Open XML Text."""
    look = ParagraphLook(size=14, align="both", first=12.7, after=6, line=("times", 1.5))
    paper = Paper(desktop, Page(22, 22, 32, 17, number_size=None), look, styled=False)
    head = Head("Số: 03/GM-SCT", "Sơn La, ngày 02 tháng 01 năm 2024", rules="underline", left_mm=64)
    letterhead(paper, head)
    title(paper, "GIẤY MỜI", ("Họp giao ban tháng 01 năm 2024 (số liệu minh họa)",), 14, "shape")
    lines = [
        "Sở Công Thương trân trọng kính mời: Trưởng các phòng, đơn vị thuộc Sở.",
        "Tới dự họp giao ban công tác tháng 01 năm 2024.",
        "Chủ trì: Giám đốc Sở.",
        "Thời gian: 08 giờ 00 phút, ngày 05 tháng 01 năm 2024.",
        "Địa điểm: Phòng họp tầng 2, trụ sở Sở Công Thương.",
        "Đề nghị các đại biểu có mặt đúng giờ./.",
    ]
    body(paper, [("p", words) for words in lines])
    receivers = ["- Như thành phần mời;", "- Lãnh đạo Sở;", "- Lưu: VT, VP."]
    powers = ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]
    signature(paper, receivers, powers, "Trần Thị B")
    paper.save(name, OPEN_XML)


def notice(desktop: Any, name: str) -> None:
    """Make a notice with a table in the body; stored as Office Open XML Text."""
    look = ParagraphLook(size=14, align="both", first=10, before=6, line=("times", 1.15))
    paper = Paper(desktop, Page(20, 25, 35, 20, number_size=13), look, styled=True)
    head = Head(
        "Số: 15/TB-UBND",
        "Sơn La, ngày 22 tháng 10 năm 2024",
        agency=("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"),
        parent=None,
        rules="border",
        left_mm=66,
        agency_size=12,
        name_size=12,
        motto_size=13,
    )
    letterhead(paper, head)
    subject = ("Kết quả giải quyết thủ tục hành chính quý III (số liệu minh họa)",)
    title(paper, "THÔNG BÁO", subject, 13, "border")
    intro = "Ủy ban nhân dân tỉnh thông báo kết quả giải quyết thủ tục hành chính quý III năm 2024:"
    body(paper, [("p", intro)])
    rows = [["STT", "Cơ quan", "Hồ sơ tiếp nhận", "Đúng hạn", "Tỷ lệ"]]
    agencies = ["Sở Công Thương", "Sở Tài chính", "Sở Nội vụ", "Sở Y tế"]
    rows += [[str(n), x, f"{n}50", f"{n}45", "98%"] for n, x in enumerate(agencies, 1)]
    grid(paper, rows, [14, 55, 32, 27, 27], size=13)
    lines = [PAR[3].replace("Văn phòng Sở", "Văn phòng Ủy ban nhân dân tỉnh")] * 2
    end = "Ủy ban nhân dân tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./."
    body(paper, [("p", words) for words in [*lines, end]])
    receivers = ["- Các sở, ban, ngành;", "- UBND các huyện, thành phố;", "- Lưu: VT, KSTTHC."]
    powers = ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    signature(paper, receivers, powers, "Lê Văn C")
    paper.save(name, OPEN_XML)


def short_letter(desktop: Any, name: str, page: Page, look: ParagraphLook, **change: Any) -> None:
    """Make a letter of two pages that breaks what the caller has it break."""
    paper = Paper(desktop, page, look, styled=True)
    subject = ("V/v rà soát thể thức văn bản", "năm 2023 (số liệu minh họa)")
    words = {"number": "Số: 45/SCT-VP", "date": "Sơn La, ngày 15 tháng 3 năm 2024"}
    signer = change.pop("signer", "Nguyễn Văn A")
    list_size = change.pop("list_size", 11)
    head = Head(**{**words, "subject": subject, "left_mm": 62, **change})
    letterhead(paper, head)
    addressees(paper, ["Sở Nội vụ tỉnh Sơn La"], look.size)
    body(paper, [("p", words) for words in PAR + PAR[1:] * 2])
    body(paper, [("p", "Sở Công Thương trân trọng đề nghị Sở Nội vụ xem xét, tổng hợp./.")])
    receivers = ["- Như trên;", "- Giám đốc Sở (b/c);", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], signer, list_size=list_size)
    paper.save(name)


BODY = ParagraphLook(size=14, align="both", first=12.7, before=6)


def wrong_margins(desktop: Any, name: str) -> None:
    """Make a letter with a right margin of 10 mm and its page number in the footer."""
    short_letter(desktop, name, Page(20, 20, 30, 10, number_below=True), BODY)


def wrong_date(desktop: Any, name: str) -> None:
    """Make a letter with a wrong date line and a list of recipients of size 13."""
    date = "Sơn La ngày 5 tháng 2 năm 2024"
    short_letter(desktop, name, Page(20, 20, 30, 20), BODY, date=date, list_size=13)


def wrong_body(desktop: Any, name: str) -> None:
    """Make a letter with a body flush left, and a title before the signer's name."""
    look = replace(BODY, align="left")
    short_letter(desktop, name, Page(20, 20, 30, 20), look, signer="TS. Nguyễn Văn A")


SAMPLES: dict[str, Callable[[Any, str], None]] = {
    "writer-cong-van-mot-noi": one_addressee,
    "writer-cong-van-nhieu-noi": several_addressees,
    "writer-bao-cao": report,
    "writer-quyet-dinh": decision,
    "writer-ke-hoach-phu-luc": plan,
    "writer-giay-moi": invitation,
    "writer-thong-bao": notice,
    "sai-writer-le-trang": wrong_margins,
    "sai-writer-dia-danh": wrong_date,
    "sai-writer-can-trai": wrong_body,
}


def main(names: list[str]) -> None:
    """Make all samples, or those named."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with writer() as desktop:
        for name, make in SAMPLES.items():
            if not names or name in names:
                make(desktop, name)
                print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
