"""`the-thuc --sua` of documents of any looks: whatever is mended, nothing else is."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from cchc_office.decree30.checker import check_content
from cchc_office.decree30.fixing.kinds import NAMED_FIXES, FixKind

from .breaches import BREACHES
from .changed_papers import DECISION, LETTER, PLAN, SAMPLES
from .test_decree30_fixing import W, fixed, part, slugs, words

SIZES = st.sampled_from([8, 11, 12, 13, 14, 15, 20])
FONTS = st.sampled_from(["Arial", "Calibri", "Times New Roman", ".VnTime", "VNI-Times", "Symbol"])
LOOKS = st.fixed_dictionaries(
    {},
    optional={
        "size": SIZES.map(Pt),
        "bold": st.sampled_from([True, False, None]),
        "italic": st.sampled_from([True, False, None]),
        "name": FONTS,
        "all_caps": st.booleans(),
        "color": st.sampled_from([RGBColor(255, 0, 0), RGBColor(0, 0, 0), RGBColor(255, 255, 255)]),
    },
)
LAYOUTS = st.fixed_dictionaries(
    {},
    optional={
        "alignment": st.sampled_from(list(WD_ALIGN_PARAGRAPH)[:4]),
        "first_line_indent": st.sampled_from([0, -10, 10, 12.7, 30]).map(Mm),
        "left_indent": st.sampled_from([0, 10]).map(Mm),
        "space_before": st.sampled_from([0, 3, 6, 12]).map(Pt),
        "line_spacing": st.sampled_from([0.8, 1.0, 1.5, 2.0]),
    },
)
PLACES = st.integers(0, 200)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Give an office's document with some breaches, and some runs and paragraphs of any look."""
    name = draw(st.sampled_from([LETTER, DECISION, PLAN]))
    document = docx.Document(str(SAMPLES / name))
    breaches = [breach for breach in BREACHES if breach.document == name]
    for breach in draw(st.lists(st.sampled_from(breaches), max_size=3, unique_by=id)):
        try:
            breach.change(document)
        except (LookupError, AssertionError, AttributeError, ValueError):
            continue  # another breach took away what this one breaks
    paragraphs = [Paragraph(p, document._body) for p in document.element.body.iter(f"{W}p")]
    for place, look in draw(st.lists(st.tuples(PLACES, LOOKS), max_size=4)):
        dress(paragraphs[place % len(paragraphs)], look)
    for place, layout in draw(st.lists(st.tuples(PLACES, LAYOUTS), max_size=4)):
        for key, value in layout.items():
            setattr(paragraphs[place % len(paragraphs)].paragraph_format, key, value)
    for side in draw(st.lists(st.sampled_from(["left_margin", "top_margin"]), max_size=2)):
        setattr(document.sections[0], side, Mm(draw(st.integers(0, 60))))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def dress(paragraph: Any, look: dict[str, Any]) -> None:
    """Give the runs of a paragraph a look."""
    for run in paragraph.runs:
        for name, value in look.items():
            if name == "color":
                run.font.color.rgb = value
            else:
                setattr(run.font, name, value)


def kinds_found(content: bytes) -> Counter[tuple[str, str]]:
    """Return what is found, by kind and by what it is about, each as often as it has places."""
    found: Counter[tuple[str, str]] = Counter()
    for finding in check_content(content, "a.docx"):
        # What is told of several parts at once names the part of each place there.
        for about in [place.about or finding.about for place in finding.places] or [finding.about]:
            found[finding.code.slug, about.partition(" (phần ")[0]] += 1
    return found


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(documents(), st.sets(st.sampled_from(NAMED_FIXES)), st.booleans())
def test_mending_any_document_changes_looks_only(
    content: bytes, asked: set[FixKind], tracked: bool
) -> None:
    made = fixed(content, *asked, tracked=tracked)
    told = {finding.code.slug for finding in made.findings}
    assert "sua-lam-doi-chu" not in told
    if made.content is None:
        assert made.changes == () or "sua-sinh-loi-moi" in told
        return
    assert made.changes
    assert kinds_found(made.content) <= kinds_found(content)
    assert "".join(words(made.content)) == "".join(words(content))
    assert fixed(made.content, *asked, tracked=tracked).changes == ()
    docx.Document(io.BytesIO(made.content))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def rejected(content: bytes) -> Any:
    """Return a document's body as it is where a person rejects every tracked change of format."""
    root = part(content)
    for name in ("rPr", "pPr", "sectPr"):
        for change in list(root.iter(f"{W}{name}Change")):
            now, before = change.getparent(), change.find(f"{W}{name}")
            kept = ("rPr", "sectPr", "headerReference", "footerReference")
            rest = [c for c in now if name != "rPr" and c.tag in {f"{W}{k}" for k in kept}]
            for child in list(now):
                now.remove(child)
            references = [c for c in rest if c.tag.endswith("Reference")]
            now.extend([*references, *before, *(c for c in rest if c not in references)])
    return root


@pytest.mark.parametrize("name", ["body in Arial", "left margin", "subject on the left"])
def test_rejecting_each_change_gives_the_original_back(name: str) -> None:
    breach = next(b for b in BREACHES if b.name == name)
    document = docx.Document(str(SAMPLES / breach.document))
    breach.change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    made = fixed(buffer.getvalue())
    assert made.content is not None
    assert slugs(made.content) != slugs(buffer.getvalue())
    before, after = (
        etree.tostring(r, method="c14n") for r in (part(buffer.getvalue()), rejected(made.content))
    )
    assert after == before
