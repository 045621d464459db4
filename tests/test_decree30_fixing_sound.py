"""What is mended repeats no fault that a program left in the properties of letters."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from cchc_office.decree30.fixing.kinds import FixKind

from .changed_papers import (
    LETTER,
    MOTTO,
    SAMPLES,
    paragraph,
    saved,
    typed,
    with_pages,
    without_page_numbers,
)
from .test_decree30_fixing import fixed, part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_letters_said_twice() -> bytes:
    """Type the motto with wrong dashes; its font stands last once more, its weight twice."""
    document: Any = docx.Document(str(SAMPLES / LETTER))
    typed(MOTTO, MOTTO.replace(" - ", " – "))(document)
    properties = paragraph(document, "Độc lập").runs[0]._r.get_or_add_rPr()
    again: Any = OxmlElement("w:rFonts")
    again.set(qn("w:eastAsia"), "Times New Roman")
    properties.extend([OxmlElement("w:b"), again])
    return saved(document)


def orders_of(content: bytes) -> list[list[str]]:
    """Return the names of the properties of each run that has a part of the motto."""
    found = []
    for run in part(content).iter(f"{W}r"):
        text = "".join(e.text or "" for e in run.iter(f"{W}t", f"{W}delText"))
        if text.strip() and text.strip() in MOTTO.replace(" - ", " – ") + MOTTO:
            found.append([etree.QName(child).localname for child in run.find(f"{W}rPr")])
    return found


def test_what_is_divided_has_each_property_once_and_in_order() -> None:
    made = fixed(with_letters_said_twice(), FixKind.MOTTO_HYPHENS).content or b""
    before, after = orders_of(with_letters_said_twice()), orders_of(made)
    assert before == [after[0]]
    assert len(after) == 7
    for names in after[1:]:
        assert len(names) == len(set(names))
        assert names.index("rFonts") < names.index("b") < names.index("sz")
    fonts = [e for e in part(made).iter(f"{W}rFonts") if e.get(f"{W}eastAsia")]
    assert len(fonts) >= 7


def test_a_footer_copied_for_the_first_page_has_each_property_once() -> None:
    document: Any = docx.Document(str(SAMPLES / LETTER))
    with_pages(without_page_numbers(document), 3)
    section = document.sections[0]
    section.different_first_page_header_footer = False
    (line, *_) = section.footer.paragraphs
    line.text = "Địa chỉ minh họa"
    mark: Any = OxmlElement("w:rPr")
    mark.extend([OxmlElement("w:b"), OxmlElement("w:b")])
    line._p.get_or_add_pPr().append(mark)
    made = fixed(saved(document)).content or b""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        footers = [n for n in archive.namelist() if n.startswith("word/footer")]
    doubled = [len(list(part(made, n).iter(f"{W}b"))) for n in footers]
    assert sorted(doubled) == [1, 2]
