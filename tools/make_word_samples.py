"""Makes the documents of tests/data/the-thuc/ that look as if they were typed in Word.

    uv run python tools/make_word_samples.py [NAME ...]

They are built with python-docx on its own template, whose styles and theme Word saved (theme
letters, 11 points, 10 points after each paragraph), so everything that the decree asks for has
to be said against the template, as in an office. The samples are made up.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from lxml import etree

OUTPUT = Path(__file__).parent.parent / "tests" / "data" / "the-thuc"
FONT = "Times New Roman"
NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NEEDLESS = ("customXml/", "docProps/thumbnail", "word/stylesWithEffects")
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
XMLNS = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())

# Widths in letter sizes of the lines that have a rule beneath, all bold, and of "Kính gửi"
WIDTHS = {
    MOTTO: 12.24,
    "Độc lập-Tự do-Hạnh phúc": 11.24,
    "Kính gửi": 3.57,
    "SỞ CÔNG THƯƠNG": 9.35,
    "TỈNH SƠN LA": 6.50,
    "ỦY BAN NHÂN DÂN": 9.42,
    "XÃ ĐÔNG SANG": 7.72,
    "TRUNG TÂM KHUYẾN CÔNG": 14.08,
    "VÀ XÚC TIẾN THƯƠNG MẠI": 13.63,
    "Về việc ban hành Quy chế công tác văn thư": 18.46,
    "của Sở Công Thương (số liệu minh họa)": 16.96,
    "Kết quả cải cách hành chính 6 tháng đầu năm": 19.59,
    "(số liệu minh họa của Trung tâm)": 14.28,
    "Về việc công khai dự toán năm 2024 (số liệu minh họa)": 23.30,
    "Lịch tiếp công dân quý IV (số liệu minh họa)": 19.03,
    "Kiểm tra công tác văn thư (số liệu minh họa)": 19.07,
    "Tập huấn công tác văn thư (số liệu minh họa)": 19.35,
}


Words = str | list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class ParagraphLook:
    """What a paragraph looks like: lengths in points, indents in millimetres."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    line: tuple[str, float] = ("auto", 1)
    style: str | None = None
    more: str = ""
    letters: str = ""
    keep: bool = False


@dataclass(frozen=True)
class Kind:
    """How a document is made: whose letters, which rules, which page number."""

    fonts: str = "normal"
    rules: str = "drawing"
    number: str | None = "gallery"
    number_size: float = 14
    margins: tuple[float, float, float, float] = (20, 20, 30, 20)
    head: str = "rows"
    left_mm: float = 62
    number_below: bool = False


@dataclass(frozen=True)
class Head:
    """The words of a letterhead and their sizes."""

    number: str
    date: str
    agency: tuple[str, ...] = ("SỞ CÔNG THƯƠNG",)
    parent: str | None = "UBND TỈNH SƠN LA"
    subject: tuple[str, ...] = ()
    parent_size: float = 12
    agency_size: float = 13
    name_size: float = 12
    motto_size: float = 13
    date_size: float = 13
    subject_size: float = 12
    name_letters: str = ""
    motto: str = MOTTO


def twips(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, kind: Kind, body: ParagraphLook) -> None:
        self.kind, self.body = kind, body
        self.doc = docx.Document()
        self.root = self.doc.element.body
        self.ids = 0
        self.sections = 0
        self.make_current()
        if kind.fonts == "normal":
            self.change_normal(body.size)
        if kind.fonts == "style":
            self.add_styles(body)

    def make_current(self) -> None:
        """Say that the document is Word 2013's or newer: the template says Word 2010's."""
        for setting in self.doc.settings.element.xpath("w:compat/w:compatSetting"):
            if setting.get(f"{{{SPACES['w']}}}name") == "compatibilityMode":
                setting.set(f"{{{SPACES['w']}}}val", "15")

    def change_normal(self, size: float) -> None:
        """Change the Normal style as with "Modify" in Word."""
        style = self.doc.styles["Normal"].element
        style.append(
            self.xml('<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>')
        )
        style.append(self.xml(f"<w:rPr>{self.fonts()}{sizes(size)}</w:rPr>"))

    def add_styles(self, body: ParagraphLook) -> None:
        """Add styles of the office's own: letters by a base, the look of the text on top."""
        self.doc.styles.element.append(
            self.xml(
                '<w:style w:type="paragraph" w:customStyle="1" w:styleId="VnBn">'
                '<w:name w:val="Văn bản"/><w:qFormat/><w:pPr><w:spacing w:after="0" '
                'w:line="240" w:lineRule="auto"/></w:pPr>'
                f"<w:rPr>{self.fonts()}{sizes(13)}</w:rPr></w:style>"
            )
        )
        self.doc.styles.element.append(
            self.xml(
                '<w:style w:type="paragraph" w:customStyle="1" w:styleId="LiVn">'
                '<w:name w:val="Lời văn"/><w:basedOn w:val="VnBn"/><w:qFormat/>'
                f"<w:pPr>{spacing(body)}{indent(body)}"
                f'<w:jc w:val="both"/></w:pPr><w:rPr>{sizes(body.size)}</w:rPr></w:style>'
            )
        )

    def fonts(self) -> str:
        """Return the letters' font element, with an unused theme font left in it."""
        return (
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" '
            'w:eastAsiaTheme="minorEastAsia"/>'
        )

    @staticmethod
    def xml(words: str) -> Any:
        """Return an element; the prefixes of the file are declared on it."""
        at = min(x for x in (words.find(" "), words.find(">"), words.find("/>")) if x > 0)
        return parse_xml(f"{words[:at]} {XMLNS}{words[at:]}")

    def letters(self, look: ParagraphLook, **change: Any) -> str:
        """Return the properties of a run."""
        look = replace(look, **change)
        if look.style == "LiVn":
            plain = "<w:b/>" if look.bold else ""
            return f"<w:rPr>{look.letters}{plain}{'<w:i/>' if look.italic else ''}</w:rPr>"
        font = self.fonts() if self.kind.fonts == "direct" and "rFonts" not in look.letters else ""
        bold = "<w:b/><w:bCs/>" if look.bold else ""
        italic = "<w:i/><w:iCs/>" if look.italic else ""
        return f"<w:rPr>{look.letters}{font}{bold}{italic}{sizes(look.size)}</w:rPr>"

    def add(self, words: Words, look: ParagraphLook, into: Any = None) -> Any:
        """Add a paragraph; a line feed in its words is a line break."""
        runs = [(words, {})] if isinstance(words, str) else words
        made = "".join(self.runs(text, self.letters(look, **change)) for text, change in runs)
        return self.paragraph(made, look, into)

    def paragraph(self, runs: str, look: ParagraphLook, into: Any = None) -> Any:
        """Add a paragraph of runs that are XML already."""
        base = "VnBn" if self.kind.fonts == "style" else None
        style = look.style or base
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        own = look.style == "LiVn"
        keep = "<w:keepNext/>" if look.keep else ""
        plain = "" if own else f"{spacing(look)}{indent(look)}"
        align = "" if own else f'<w:jc w:val="{look.align}"/>'
        found = self.xml(
            f"<w:p><w:pPr>{named}{keep}{look.more}{plain}{align}{self.letters(look)}"
            f"</w:pPr>{runs}</w:p>"
        )
        if into is None:
            self.root.insert(len(self.root) - 1, found)
        else:
            into.append(found)
        return found

    def runs(self, words: str, letters: str) -> str:
        """Return runs, split within a word as Word does, with marks of its spelling check."""
        if len(words) < 12 or "\n" in words:
            return run(words, letters)
        at = len(words) // 2 + 1
        marks = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
        one, two, three = words[:4], words[4:at], words[at:]
        return run(one, letters) + marks[0] + run(two, letters) + marks[1] + run(three, letters)

    def rule(self, millimetres: float, into: Any, width: float, way: str = "") -> None:
        """Draw a centred rule in a paragraph of its own."""
        points = millimetres * 72 / 25.4
        thin = ParagraphLook(size=6)
        way = way or self.kind.rules
        if way == "border":
            more = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
            side = (width - millimetres) / 2
            self.paragraph("", replace(thin, more=more, left=side, right=side, before=2), into)
        elif way == "underscore":
            count = round(points / 5)
            size = round(points / count * 4) / 2
            self.add("_" * count, ParagraphLook(size=size, line=("exact", 6)), into)
        elif way == "underline":
            count = round(points / 1.5)
            letters = self.letters(thin).replace("</w:rPr>", '<w:u w:val="single"/></w:rPr>')
            self.paragraph(run("\u00a0" * count, letters), thin, into)
        else:
            self.paragraph(self.drawn(way, points), thin, into)

    def drawn(self, way: str, points: float) -> str:
        """Return a run with a line shape, centred over its column."""
        self.ids += 1
        vml = (
            f'<w:pict><v:line id="Line{self.ids}" o:spid="_x0000_s{1026 + self.ids}" '
            'style="position:absolute;z-index:251659264;mso-position-horizontal:center;'
            "mso-position-horizontal-relative:text;mso-position-vertical:absolute;"
            f'mso-position-vertical-relative:text" from="0,3pt" to="{points:.1f}pt,3pt" '
            'strokeweight=".75pt"/></w:pict>'
        )
        if way == "vml":
            return f"<w:r>{vml}</w:r>"
        wide = round(points * 12700)
        anchor = (
            '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" '
            f'simplePos="0" relativeHeight="25165926{self.ids}" behindDoc="0" locked="0" '
            'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>38100</wp:posOffset>'
            f'</wp:positionV><wp:extent cx="{wide}" cy="0"/>'
            '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{self.ids}" name="Straight Connector {self.ids}"/>'
            '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="'
            f'{SPACES["wps"]}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{wide}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/>'
            '</a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
            "</a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing>"
        )
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{anchor}</mc:Choice>'
            f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r>"
        )

    def table(self, rows: int, widths: list[float], lines: bool = False) -> list[list[Any]]:
        """Add a table of these widths in millimetres; return its cells, all empty."""
        side = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        names = ("top", "left", "bottom", "right", "insideH", "insideV")
        borders = "".join(side.format(name) for name in names) if lines else ""
        grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(w)}" w:type="dxa"/></w:tcPr></w:tc>' for w in widths
        )
        row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
        total = twips(sum(widths))
        made = self.xml(
            f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/>'
            f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{row * rows}</w:tbl>"
        )
        self.root.insert(len(self.root) - 1, made)
        tag = f"{{{SPACES['w']}}}"
        return [list(line.iter(f"{tag}tc")) for line in made.iter(f"{tag}tr")]

    @property
    def width(self) -> float:
        """Return the width between the margins of the portrait page."""
        return 210 - self.kind.margins[2] - self.kind.margins[3]

    def end_section(self, landscape: bool = False, start: bool = False, last: bool = False) -> None:
        """End a section: its page, its page number, hidden on the first page."""
        top, bottom, left, right = self.kind.margins
        wide, high = (16838, 11906) if landscape else (11906, 16838)
        orient = ' w:orient="landscape"' if landscape else ""
        self.sections += 1
        parts = self.number_part()
        begin = '<w:pgNumType w:start="1"/>' if start else ""
        found = self.xml(
            f'<w:sectPr>{parts}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"'
            f'{orient}/><w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" '
            f'w:bottom="{twips(bottom)}" w:left="{twips(left)}" w:header="567" w:footer="567" '
            f'w:gutter="0"/>{begin}<w:cols w:space="720"/><w:titlePg/></w:sectPr>'
        )
        if last:
            self.root.replace(self.root[-1], found)
            return
        holder = self.add("", ParagraphLook(size=2))
        holder.pPr.append(found)

    def number_part(self) -> str:
        """Make the header with the page number; return its reference."""
        if self.kind.number is None or self.sections > 1:
            return ""
        section = self.doc.sections[0]
        part = section.footer if self.kind.number_below else section.header
        part.is_linked_to_previous = False
        where = part._element
        for old in list(where):
            where.remove(old)
        where.append(self.page_number())
        if self.kind.number == "frame":
            where.append(self.xml('<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'))
        kind = "footer" if self.kind.number_below else "header"
        found = self.doc.element.body.sectPr.xpath(f"w:{kind}Reference")[0]
        key = found.get(f"{{{SPACES['r']}}}id")
        return f'<w:{kind}Reference w:type="default" r:id="{key}"/>'

    def page_number(self) -> Any:
        """Return the paragraph with the page number, made in one of Word's ways."""
        look = ParagraphLook(size=self.kind.number_size)
        letters = self.letters(look)
        if self.kind.fonts == "normal":
            letters = f"<w:rPr>{sizes(look.size)}</w:rPr>"
        style = '<w:pStyle w:val="Header"/>' if self.kind.fonts != "style" else ""
        style = style or '<w:pStyle w:val="VnBn"/>'
        field = (
            f'<w:r>{letters}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{letters}'
            f'<w:instrText xml:space="preserve"> PAGE   \\* MERGEFORMAT </w:instrText></w:r>'
            f'<w:r>{letters}<w:fldChar w:fldCharType="separate"/></w:r>{run("2", letters)}'
            f'<w:r>{letters}<w:fldChar w:fldCharType="end"/></w:r>'
        )
        if self.kind.number == "simple":
            field = f'<w:fldSimple w:instr=" PAGE ">{run("2", letters)}</w:fldSimple>'
        frame = ""
        if self.kind.number == "frame":
            frame = (
                '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" '
                'w:xAlign="center" w:y="1"/>'
            )
        align = "" if frame else '<w:jc w:val="center"/>'
        words = f"<w:p><w:pPr>{style}{frame}{align}</w:pPr>{field}</w:p>"
        if self.kind.number == "gallery":
            words = (
                '<w:sdt><w:sdtPr><w:id w:val="-1318336367"/><w:docPartObj>'
                '<w:docPartGallery w:val="Page Numbers (Top of Page)"/><w:docPartUnique/>'
                f"</w:docPartObj></w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"
            )
        return self.xml(words)

    def save(self, name: str) -> None:
        """End the document and store it without the parts of the template that it does not need."""
        if not self.sections:
            self.end_section(last=True)
        self.doc.core_properties.author = ""
        self.doc.core_properties.comments = ""
        target = OUTPUT / f"{name}.docx"
        self.doc.save(str(target))
        repack(target)


def sizes(size: float) -> str:
    """Return the letters' size in half points."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


def spacing(look: ParagraphLook) -> str:
    """Return the spacing of a paragraph."""
    rule, value = look.line
    line = round(value * (240 if rule == "auto" else 20))
    return (
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{line}" w:lineRule="{rule}"/>'
    )


def indent(look: ParagraphLook) -> str:
    """Return the indents of a paragraph."""
    if not (look.left or look.right or look.first):
        return ""
    return (
        f'<w:ind w:left="{twips(look.left)}" w:right="{twips(look.right)}" '
        f'w:firstLine="{twips(look.first)}"/>'
    )


def run(words: str, letters: str) -> str:
    """Return a run; a line feed in its words is a line break, a tab a tab."""
    text = '<w:t xml:space="preserve">' + escape(words) + "</w:t>"
    text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r>{letters}{text}</w:r>"


def repack(path: Path) -> None:
    """Take the parts out of a DOCX file that nothing needs, and pack it tighter."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    kept = {name: data for name, data in parts.items() if not name.startswith(NEEDLESS)}
    for name in [name for name in kept if name.endswith(".rels") or "[Content" in name]:
        kept[name] = without_needless(kept[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in kept.items():
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)


def without_needless(data: bytes) -> bytes:
    """Take the mentions of parts that are left out from a list of parts."""
    root = parse_xml(data)
    for child in list(root):
        where = str(child.get("Target") or child.get("PartName") or "")
        if any(word in where for word in ("customXml", "thumbnail", "stylesWithEffects")):
            root.remove(child)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def rule_length(words: str, size: float, share: float) -> float:
    """Return in millimetres this share of the length of a bold line."""
    return WIDTHS[words] * size * 25.4 / 72 * share


def rule_under(lines: tuple[str, ...], size: float) -> float:
    """Return a length from 1/3 to 1/2 both of the last line and of the longest one."""
    longest = max(lines, key=WIDTHS.__getitem__)
    return max(rule_length(lines[-1], size, 0.42), rule_length(longest, size, 0.34))


def letterhead(paper: Paper, head: Head) -> None:
    """Write the two columns at the top in the way that the document has."""
    way = paper.kind.head
    left_mm, right_mm = paper.kind.left_mm, paper.width - paper.kind.left_mm
    cells = paper.table({"rows": 3, "one": 1, "breaks": 2}[way], [left_mm, right_mm])
    left, right = cells[0]
    agency(paper, head, left, left_mm)
    name = ParagraphLook(size=head.name_size, bold=True, letters=head.name_letters)
    motto = ParagraphLook(size=head.motto_size, bold=True)
    if way == "breaks":
        runs = [(f"{NATIONAL_NAME}\n", {}), (head.motto, {"size": head.motto_size})]
        paper.add(runs, name, right)
    else:
        paper.add(NATIONAL_NAME, name, right)
        paper.add(head.motto, motto, right)
    paper.rule(rule_length(head.motto, head.motto_size, 1), right, right_mm - 1)
    left, right = cells[1] if len(cells) > 1 else (left, right)
    paper.add(head.number, ParagraphLook(size=13, before=6), left)
    paper.add(head.date, ParagraphLook(size=head.date_size, italic=True, before=6), right)
    left, right = cells[2] if len(cells) > 2 else (left, right)
    if head.subject:
        words = "\n".join(head.subject)
        paper.add(words, ParagraphLook(size=head.subject_size, before=6), left)
    fill_cells(paper, cells)


def fill_cells(paper: Paper, cells: list[list[Any]]) -> None:
    """Give cells without a paragraph an empty one: Word asks for it."""
    for cell in (cell for row in cells for cell in row):
        if not cell.p_lst:
            paper.add("", ParagraphLook(size=2), cell)


def agency(paper: Paper, head: Head, cell: Any, width: float) -> None:
    """Write the names of the agency and of its parent."""
    look = ParagraphLook(size=head.agency_size, bold=True)
    plain = {"bold": False, "size": head.parent_size}
    if paper.kind.head == "breaks" and head.parent:
        runs = [(f"{head.parent}\n", plain), ("\n".join(head.agency), {})]
        paper.add(runs, look, cell)
    else:
        if head.parent:
            paper.add(head.parent, ParagraphLook(size=head.parent_size), cell)
        for words in head.agency:
            paper.add(words, look, cell)
    paper.rule(rule_under(head.agency, head.agency_size), cell, width - 1)


def title(paper: Paper, kind: str, subject: tuple[str, ...], size: float) -> None:
    """Write the kind of the document, its subject and the rule beneath."""
    paper.add(kind, ParagraphLook(size=size, bold=True, before=14))
    for words in subject:
        paper.add(words, ParagraphLook(size=size, bold=True))
    paper.rule(rule_under(subject, size), None, paper.width)
    paper.add("", ParagraphLook(size=6))


def addressees(paper: Paper, names: list[str], size: float) -> None:
    """Write "Kính gửi" with one name or, with several, dashes under the colon."""
    look = ParagraphLook(size=size, before=12, after=6)
    if len(names) == 1:
        paper.add(f"Kính gửi: {names[0]}", look)
        return
    paper.add("Kính gửi:", replace(look, align="left", left=30, after=0))
    under = 30 + WIDTHS["Kính gửi"] * size * 25.4 / 72
    for at, name in enumerate(names):
        end = "." if at == len(names) - 1 else ";"
        paper.add(f"- {name}{end}", ParagraphLook(size=size, align="left", left=under))
    paper.add("", ParagraphLook(size=6))


def body(paper: Paper, lines: list[tuple[str, str]]) -> None:
    """Write the text; each line says what it is: p, c, h, k, d or a centred heading."""
    look = paper.body
    if paper.kind.fonts == "style":
        look = replace(look, style="LiVn")
    middle = ParagraphLook(size=look.size, bold=True, before=6, after=6, keep=True)
    looks = {
        "p": look,
        "c": replace(look, italic=True),
        "h": replace(look, bold=True, keep=True),
        "k": replace(look, bold=True, keep=True),
        "part": replace(middle, after=0),
        "power": middle,
    }
    for kind, words in lines:
        if kind == "d":
            number, rest = words.split(". ", 1)
            paper.add([(f"{number}. ", {"bold": True}), (rest, {})], look)
        else:
            paper.add(words, looks[kind])


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
    cells = paper.table(1, [75, paper.width - 75])
    left, right = cells[0]
    paper.add("Nơi nhận:", ParagraphLook(size=12, bold=True, italic=True, align="left"), left)
    for receiver in receivers:
        paper.add(receiver, ParagraphLook(size=list_size, align="left"), left)
    for power in powers:
        paper.add(power, ParagraphLook(size=size, bold=True), right)
    for _ in range(4):
        paper.add("", ParagraphLook(size=size), right)
    paper.add(signer, ParagraphLook(size=size, bold=True), right)


def grid(paper: Paper, rows: list[list[str]], widths: list[float], size: float = 13) -> None:
    """Write a table with lines; the first row is its head."""
    cells = paper.table(len(rows), widths, lines=True)
    for at, words in enumerate(rows):
        for cell, value in zip(cells[at], words, strict=True):
            middle = at == 0 or value.rstrip("%").isdigit()
            align = "center" if middle else "left"
            paper.add(
                value, ParagraphLook(size=size, bold=at == 0, align=align, before=2, after=2), cell
            )


def appendix(paper: Paper, number: str, name: str, note: str) -> None:
    """Write the head of an appendix."""
    if number:
        paper.add(number, ParagraphLook(size=14, bold=True))
    paper.add(name, ParagraphLook(size=13, bold=True))
    paper.add(note, ParagraphLook(size=13, italic=True))
    paper.rule(40, None, paper.width, way="drawing")
    paper.add("", ParagraphLook(size=6))


WORK = [
    (
        "Triển khai Kế hoạch số 25/KH-SCT ngày 20 tháng 02 năm 2024 của Sở Công Thương về cải cách "
        "hành chính năm 2024 (số liệu minh họa), các phòng, đơn vị đã hoàn thành 38/40 nhiệm vụ "
        "được giao, đạt 95%; 02 nhiệm vụ còn lại đang trong thời hạn thực hiện."
    ),
    (
        "Trong 6 tháng đầu năm, bộ phận tiếp nhận và trả kết quả đã tiếp nhận 3.420 hồ sơ, trong "
        "đó 2.905 hồ sơ nộp trực tuyến, đạt 84,9%; số hồ sơ giải quyết trước hạn và đúng hạn là "
        "3.398."
    ),
    (
        "Công tác số hóa kết quả giải quyết thủ tục hành chính được thực hiện đồng thời với việc "
        "trả kết quả; tỷ lệ hồ sơ được số hóa đầy đủ thành phần đạt 91,3%."
    ),
    (
        "Bên cạnh kết quả đạt được, việc cập nhật tài liệu kiểm chứng của một số tiêu chí còn "
        "chậm; một số văn bản gửi trên hệ thống quản lý văn bản chưa được ký số đầy đủ."
    ),
    (
        "Các phòng, đơn vị khẩn trương khắc phục các tồn tại, hạn chế nêu trên; hoàn thành việc "
        "cập nhật tài liệu kiểm chứng trước ngày 15 tháng 10 năm 2024 và báo cáo kết quả về Văn "
        "phòng Sở để tổng hợp."
    ),
]
BODY = ParagraphLook(size=14, align="both", first=12.7, before=6)


def paragraphs(*words: str) -> list[tuple[str, str]]:
    """Return plain paragraphs of the text."""
    return [("p", text) for text in words]


def one_addressee(name: str) -> None:
    """Make a letter to one addressee, Normal changed, page number from the gallery."""
    paper = Paper(Kind(fonts="normal", rules="drawing", head="one"), BODY)
    subject = ("V/v báo cáo kết quả cải cách", "hành chính (số liệu minh họa)")
    letterhead(paper, Head("Số: 12/SCT-VP", "Sơn La, ngày 05 tháng 9 năm 2024", subject=subject))
    addressees(paper, ["Ủy ban nhân dân tỉnh Sơn La"], 14)
    end = "Sở Công Thương trân trọng báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
    body(paper, paragraphs(*WORK, *WORK[1:], *WORK[1:3], end))
    mark_last_place(paper)
    receivers = ["- Như trên;", "- Sở Nội vụ;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Trần Thị B")
    paper.save(name)


def mark_last_place(paper: Paper) -> None:
    """Put the bookmark of the last change around nothing in the last paragraph."""
    last = paper.root[-2]
    last.append(paper.xml('<w:bookmarkStart w:id="0" w:name="_GoBack"/>'))
    last.append(paper.xml('<w:bookmarkEnd w:id="0"/>'))


def several_addressees(name: str) -> None:
    """Make a letter to several addressees, all formatted directly, lines in old VML."""
    kind = Kind("direct", "vml", "simple", 13, (25, 25, 35, 20), "rows", 58)
    look = ParagraphLook(size=13, align="both", first=10, after=6, line=("auto", 1.15))
    paper = Paper(kind, look)
    subject = ("V/v đôn đốc thực hiện", "nhiệm vụ cải cách hành chính", "(số liệu minh họa)")
    date = "Sơn La, ngày 18 tháng 9 năm 2024"
    head = Head("Số: 1234/SCT-VP", date, subject=subject, subject_size=13, agency_size=12)
    letterhead(paper, head)
    names = ["Các phòng chuyên môn thuộc Sở", "Trung tâm Khuyến công", "Văn phòng Sở"]
    addressees(paper, names, 13)
    body(paper, paragraphs(*WORK, *WORK[1:], "Đề nghị các phòng, đơn vị nghiêm túc thực hiện./."))
    receivers = ["- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"], "Nguyễn Văn A", 13)
    paper.save(name)


def blanks(name: str) -> None:
    """Make a letter whose number and date are dots, its head broken by line breaks."""
    kind = Kind("normal", "underline", "frame", 14, (20, 20, 30, 15), "breaks", 64)
    paper = Paper(kind, replace(BODY, before=0, after=6, line=("auto", 1.5)))
    subject = ("V/v cung cấp tài liệu", "kiểm chứng (số liệu minh họa)")
    date = "Sơn La, ngày …… tháng …… năm 2024"
    head = Head("Số: ……/SCT-VP", date, subject=subject, agency_size=12, date_size=14)
    letterhead(paper, head)
    addressees(paper, ["Trung tâm Khuyến công và Xúc tiến thương mại"], 14)
    end = "Sở Công Thương đề nghị Trung tâm phối hợp thực hiện./."
    body(paper, paragraphs(*WORK, *WORK[1:], *WORK[1:3], end))
    receivers = ["- Như trên;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"], "Nguyễn Văn A")
    paper.save(name)


def proposal(name: str) -> None:
    """Make a proposal: exact spacing of 18 points, rules as paragraph borders, office styles."""
    kind = Kind("style", "border", "gallery", 13, (20, 20, 30, 15), "rows", 64)
    paper = Paper(kind, replace(BODY, line=("exact", 18)))
    head = Head("Số: 07/TTr-SCT", "Sơn La, ngày 09 tháng 9 năm 2024", parent_size=13)
    letterhead(paper, head)
    subject = ("Về việc ban hành Quy chế công tác văn thư", "của Sở Công Thương (số liệu minh họa)")
    title(paper, "TỜ TRÌNH", subject, 14)
    addressees(paper, ["Ủy ban nhân dân tỉnh Sơn La"], 14)
    reason = (
        "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác "
        "văn thư, Sở Công Thương kính trình Ủy ban nhân dân tỉnh ban hành Quy chế như sau:"
    )
    lines = [("p", reason), ("h", "I. SỰ CẦN THIẾT BAN HÀNH"), *paragraphs(WORK[3], WORK[4])]
    lines += [("h", "II. NỘI DUNG CHỦ YẾU"), ("k", "1. Phạm vi và đối tượng áp dụng")]
    lines += [
        ("p", "a) " + WORK[1]),
        ("p", "b) " + WORK[2]),
        ("k", "2. Bố cục"),
        *paragraphs(*WORK),
    ]
    end = "Sở Công Thương kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./."
    body(paper, [*lines, ("p", end)])
    receivers = ["- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], "Nguyễn Văn A")
    paper.save(name)


def report(name: str) -> None:
    """Make a report of three pages by an agency whose name takes two lines."""
    kind = Kind("direct", "underscore", "gallery", 14, (20, 20, 35, 15), "rows", 65)
    paper = Paper(kind, replace(BODY, line=("atLeast", 18)))
    agency_name = ("TRUNG TÂM KHUYẾN CÔNG", "VÀ XÚC TIẾN THƯƠNG MẠI")
    date = "Sơn La, ngày 30 tháng 6 năm 2024"
    head = Head("Số: 88/BC-TTKC", date, agency_name, "SỞ CÔNG THƯƠNG", agency_size=12)
    letterhead(paper, head)
    subject = ("Kết quả cải cách hành chính 6 tháng đầu năm", "(số liệu minh họa của Trung tâm)")
    title(paper, "BÁO CÁO", subject, 14)
    addressees(paper, ["Sở Công Thương tỉnh Sơn La"], 14)
    lines = paragraphs(WORK[0])
    lines += [("part", "Phần I"), ("power", "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ")]
    lines += [("h", "I. NHỮNG KẾT QUẢ ĐẠT ĐƯỢC"), ("k", "1. Cải cách thủ tục hành chính")]
    lines += [*paragraphs(*WORK[1:]), ("k", "2. Số hóa"), *paragraphs(*WORK[1:], *WORK[1:])]
    lines += [("h", "II. TỒN TẠI, HẠN CHẾ"), *paragraphs(*WORK[2:])]
    lines += [("part", "Phần II"), ("power", "NHIỆM VỤ 6 THÁNG CUỐI NĂM")]
    lines += paragraphs("1. " + WORK[4], "2. " + WORK[3], "a) " + WORK[2], "b) " + WORK[1])
    end = "Trên đây là báo cáo kết quả cải cách hành chính 6 tháng đầu năm 2024 của Trung tâm./."
    body(paper, [*lines, ("p", end)])
    receivers = ["- Như trên;", "- Lãnh đạo Trung tâm;", "- Lưu: VT, HCTH."]
    signature(paper, receivers, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Trần Thị B")
    paper.save(name)


def decision(name: str) -> None:
    """Make a decision with tracked changes, signed for the committee."""
    kind = Kind("normal", "drawing", "simple", 13, (25, 20, 30, 15), "rows", 66)
    paper = Paper(
        kind, ParagraphLook(size=13, align="both", first=10, before=6, line=("auto", 1.2))
    )
    head = Head(
        "Số: 01/QĐ-UBND",
        "Đông Sang, ngày 02 tháng 01 năm 2024",
        ("ỦY BAN NHÂN DÂN", "XÃ ĐÔNG SANG"),
        "UBND HUYỆN MỘC CHÂU",
        agency_size=12,
    )
    letterhead(paper, head)
    title(paper, "QUYẾT ĐỊNH", ("Về việc công khai dự toán năm 2024 (số liệu minh họa)",), 13)
    law = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
    lines = [("power", "ỦY BAN NHÂN DÂN XÃ ĐÔNG SANG"), ("c", law)]
    lines += [("c", "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;")]
    lines += [("c", "Theo đề nghị của công chức Tài chính - Kế toán."), ("power", "QUYẾT ĐỊNH:")]
    body(paper, [*lines, ("d", "Điều 1. Công khai dự toán ngân sách năm 2024 của xã.")])
    tracked_article(paper)
    last = "Điều 3. Văn phòng Ủy ban nhân dân xã và các cá nhân có liên quan thi hành Quyết định"
    body(paper, [("d", f"{last} này./.")])
    receivers = ["- Như Điều 3;", "- UBND huyện (b/c);", "- Lưu: VT, KT."]
    powers = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    signature(paper, receivers, powers, "Nguyễn Văn A")
    paper.save(name)


def tracked_article(paper: Paper) -> None:
    """Write an article with words put in and words taken out under "Track Changes"."""
    look = paper.body
    plain, bold = paper.letters(look), paper.letters(look, bold=True)
    who = 'w:author="Người soạn thảo" w:date="2024-01-02T08:00:00Z"'
    gone = f'<w:r>{plain}<w:delText xml:space="preserve"> kể từ ngày  ký </w:delText></w:r>'
    runs = (
        run("Điều 2. ", bold)
        + run("Quyết định này có hiệu lực thi hành", plain)
        + f'<w:del w:id="901" {who}>{gone}</w:del>'
        + f'<w:ins w:id="902" {who}>{run(" kể từ ngày 02 tháng 01 năm 2024", plain)}</w:ins>'
        + run(".", plain)
    )
    paper.paragraph(runs, look)


def notice(name: str) -> None:
    """Make a notice on one page, without page number, by an agency that has no parent."""
    kind = Kind("direct", "border", None, 14, (20, 20, 35, 20), "rows", 60)
    paper = Paper(kind, ParagraphLook(size=14, align="both", first=10, after=6, line=("auto", 1.5)))
    date = "Sơn La, ngày 11 tháng 10 năm 2024"
    names = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA")
    letterhead(paper, Head("Số: 230/TB-UBND", date, names, None, motto_size=13))
    title(paper, "THÔNG BÁO", ("Lịch tiếp công dân quý IV (số liệu minh họa)",), 14)
    body(paper, paragraphs("Ủy ban nhân dân tỉnh thông báo lịch tiếp công dân quý IV năm 2024:"))
    rows = [["STT", "Ngày tiếp", "Địa điểm"]]
    rows += [[str(n), f"Ngày 15 tháng {9 + n}", "Trụ sở Tiếp công dân"] for n in (1, 2, 3)]
    grid(paper, rows, [15, 60, 80])
    paper.add("", ParagraphLook(size=6))
    body(paper, paragraphs("Ủy ban nhân dân tỉnh thông báo để các tổ chức, cá nhân biết./."))
    receivers = ["- Các sở, ban, ngành;", "- Lưu: VT, TCD."]
    signature(paper, receivers, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "Lê Văn C")
    paper.save(name)


def plan(name: str) -> None:
    """Make a plan with appendices in sections, one landscape, each numbered from 1."""
    plan_with(name, ("Phụ lục I", "Phụ lục II"))


def plan_with(name: str, numbers: tuple[str, str]) -> None:
    """Make a plan whose two appendices have these numbers."""
    kind = Kind("normal", "drawing", "gallery", 14, (20, 20, 30, 20), "rows", 62)
    paper = Paper(kind, replace(BODY, size=13, line=("auto", 1.15)))
    letterhead(paper, Head("Số:        /KH-SCT", "Sơn La, ngày      tháng 02 năm 2024"))
    title(paper, "KẾ HOẠCH", ("Kiểm tra công tác văn thư (số liệu minh họa)",), 14)
    first, second = numbers
    tasks = f"Nội dung kiểm tra tại {first}; lịch kiểm tra tại {second} kèm theo Kế hoạch này."
    lines = [("h", "I. MỤC ĐÍCH, YÊU CẦU"), *paragraphs(*WORK[1:4]), ("h", "II. NỘI DUNG")]
    lines += [("p", tasks), ("h", "III. TỔ CHỨC THỰC HIỆN"), ("p", WORK[4][:-1] + "./.")]
    body(paper, lines)
    receivers = ["- UBND tỉnh (b/c);", "- Các phòng, đơn vị;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], "Nguyễn Văn A", 13)
    paper.end_section()
    note = "(Kèm theo Kế hoạch số      /KH-SCT ngày      tháng 02 năm 2024\ncủa Sở Công Thương)"
    appendix(paper, first, "NỘI DUNG KIỂM TRA", note)
    items = [f"{n}. Nội dung minh họa: {WORK[1 + n % 4]}" for n in range(1, 13)]
    body(paper, paragraphs(*items))
    paper.end_section(start=True)
    appendix(paper, second, "LỊCH KIỂM TRA", note)
    rows = [["STT", "Phòng, đơn vị", "Tháng 3", "Tháng 6", "Tháng 9", "Ghi chú"]]
    rows += [[str(n), f"Đơn vị minh họa {n}", "1", "1", "1", ""] for n in range(1, 24)]
    grid(paper, rows, [15, 90, 30, 30, 30, 45])
    paper.add("", ParagraphLook(size=2))
    paper.end_section(landscape=True, start=True, last=True)
    paper.save(name)


def invitation(name: str) -> None:
    """Make an invitation whose lines begin with a tab of 1.27 cm."""
    kind = Kind("direct", "drawing", None, 14, (20, 20, 30, 15), "rows", 64)
    paper = Paper(kind, replace(BODY, first=0, line=("auto", 1.3)))
    letterhead(paper, Head("Số: 21/GM-SCT", "Sơn La, ngày 03 tháng 5 năm 2024", date_size=14))
    title(paper, "GIẤY MỜI", ("Tập huấn công tác văn thư (số liệu minh họa)",), 14)
    lines = [
        "\tSở Công Thương trân trọng kính mời: Công chức văn thư các phòng, đơn vị.",
        "\tTới dự lớp tập huấn về thể thức, kỹ thuật trình bày văn bản hành chính.",
        "\tChủ trì: Chánh Văn phòng Sở.",
        "\tThời gian: 14 giờ 00 phút, ngày 10 tháng 5 năm 2024.",
        "\tĐịa điểm: Hội trường Sở Công Thương./.",
    ]
    body(paper, paragraphs(*lines))
    receivers = ["- Như thành phần mời;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Trần Thị B")
    paper.save(name)


def one_appendix(name: str) -> None:
    """Make a letter with a single appendix, which has no number."""
    paper = Paper(Kind("style", "drawing", "frame", 14, (25, 25, 30, 20)), BODY)
    subject = ("V/v gửi danh mục hồ sơ", "năm 2024 (số liệu minh họa)")
    date = "Sơn La, ngày 26 tháng 12 năm 2023"
    letterhead(paper, Head("Số: 99/SCT-VP", date, subject=subject))
    addressees(paper, ["Sở Nội vụ tỉnh Sơn La"], 14)
    end = "Sở Công Thương gửi Danh mục hồ sơ năm 2024 tại Phụ lục kèm theo Công văn này./."
    body(paper, paragraphs(WORK[3], end))
    signature(paper, ["- Như trên;", "- Lưu: VT, VP."], ["GIÁM ĐỐC"], "Nguyễn Văn A")
    paper.end_section()
    note = "(Kèm theo Công văn số 99/SCT-VP ngày 26 tháng 12 năm 2023\ncủa Sở Công Thương)"
    appendix(paper, "Phụ lục", "DANH MỤC HỒ SƠ NĂM 2024", note)
    rows = [["STT", "Tên hồ sơ", "Thời hạn bảo quản"]]
    rows += [[str(n), f"Hồ sơ minh họa số {n}", "10 năm"] for n in range(1, 36)]
    grid(paper, rows, [15, 100, 45])
    paper.end_section(start=True, last=True)
    paper.save(name)


def letter(name: str, kind: Kind, look: ParagraphLook = BODY, **change: Any) -> None:
    """Make a letter that breaks what the caller has it break."""
    paper = Paper(kind, look)
    subject = ("V/v báo cáo kết quả cải cách", "hành chính (số liệu minh họa)")
    words = {"number": "Số: 45/SCT-VP", "date": "Sơn La, ngày 16 tháng 9 năm 2024"}
    letterhead(paper, Head(**{**words, "subject": subject, **change}))
    addressees(paper, ["Ủy ban nhân dân tỉnh Sơn La"], 14)
    end = "Sở Công Thương trân trọng báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
    body(paper, paragraphs(*WORK, *WORK[1:], *WORK[1:3], end))
    receivers = ["- Như trên;", "- Sở Nội vụ;", "- Lưu: VT, VP."]
    signature(paper, receivers, ["GIÁM ĐỐC"], "Nguyễn Văn A")
    paper.save(name)


def wrong_theme(name: str) -> None:
    """Make a letter whose body is in the theme's letters, Arial."""
    look = replace(BODY, letters='<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    letter(name, Kind("normal"), look)
    path = OUTPUT / f"{name}.docx"
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    theme = "word/theme/theme1.xml"
    parts[theme] = parts[theme].replace(b'latin typeface="Cambria"', b'latin typeface="Arial"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in parts.items():
            new.writestr(part, data)


def wrong_name(name: str) -> None:
    """Make a letter with a national name made not bold by two styles and a motto without spaces."""
    off = '<w:rStyle w:val="Strong"/>'
    paper_look = Head(
        "Số: 45/SCT-VP",
        "Sơn La, ngày 16 tháng 9 năm 2024",
        subject=("V/v báo cáo kết quả cải cách", "hành chính (số liệu minh họa)"),
        motto="Độc lập-Tự do-Hạnh phúc",
    )
    paper = Paper(Kind("normal"), BODY)
    letterhead(paper, replace(paper_look, name_letters=off))
    soften_name(paper)
    addressees(paper, ["Ủy ban nhân dân tỉnh Sơn La"], 14)
    end = "Sở Công Thương trân trọng báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
    body(paper, paragraphs(*WORK, end))
    signature(paper, ["- Như trên;", "- Lưu: VT, VP."], ["GIÁM ĐỐC"], "Nguyễn Văn A")
    paper.save(name)


def soften_name(paper: Paper) -> None:
    """Let a bold paragraph style and a bold character style cancel each other out."""
    paper.doc.styles.element.append(
        paper.xml(
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="QucHiu">'
            '<w:name w:val="Quốc hiệu"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr>'
            "</w:style>"
        )
    )
    tag = f"{{{SPACES['w']}}}"
    for cell in paper.root.iter(f"{tag}p"):
        styled = list(cell.iter(f"{tag}rStyle"))
        if not styled:
            continue
        cell.pPr.insert(0, paper.xml('<w:pStyle w:val="QucHiu"/>'))
        for letters in list(cell.iter(f"{tag}rPr")):
            for bold in letters.findall(f"{tag}b") + letters.findall(f"{tag}bCs"):
                letters.remove(bold)


def wrong_number(name: str) -> None:
    """Make a letter with a number below 10 without 0 and its page number in the footer."""
    kind = Kind("direct", "vml", "simple", 14, number_below=True)
    letter(name, kind, number="Số: 5/SCT-VP")


def wrong_appendices(name: str) -> None:
    """Make a plan whose appendices have Arabic numerals."""
    plan_with(name, ("Phụ lục 1", "Phụ lục 2"))


def wrong_spacing(name: str) -> None:
    """Make a letter with 3 points between paragraphs and lines of exactly 14 points."""
    letter(name, Kind("style", "border"), replace(BODY, before=3, line=("exact", 14)))


SAMPLES: dict[str, Callable[[str], None]] = {
    "word-cong-van-mot-noi": one_addressee,
    "word-cong-van-nhieu-noi": several_addressees,
    "word-cong-van-de-trong": blanks,
    "word-to-trinh": proposal,
    "word-bao-cao": report,
    "word-quyet-dinh": decision,
    "word-thong-bao": notice,
    "word-ke-hoach-phu-luc": plan,
    "word-giay-moi": invitation,
    "word-cong-van-mot-phu-luc": one_appendix,
    "sai-word-phong-chu": wrong_theme,
    "sai-word-quoc-hieu": wrong_name,
    "sai-word-so-trang": wrong_number,
    "sai-word-phu-luc": wrong_appendices,
    "sai-word-gian-dong": wrong_spacing,
}


def main(names: list[str]) -> None:
    """Make all samples, or those named."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, make in SAMPLES.items():
        if not names or name in names:
            make(name)
            print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
