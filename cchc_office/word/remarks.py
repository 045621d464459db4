"""A copy of somebody's Word document with remarks as comments; all else stays byte for byte.

python-docx can add comments too, but writes every part of the package anew, and knows no places
within text boxes and hyperlinks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cchc_office.catalogue.text_place import TextPlace
from cchc_office.files.archive import BROKEN_ARCHIVE, PreparedArchive
from cchc_office.word.edited_package import (
    CONTENT_TYPES,
    OVERRIDE,
    RELATIONSHIPS,
    add_link,
    declare,
    is_signature,
    links_of,
    parsed,
    xml_of,
)
from cchc_office.word.reading.measures import RELATIONSHIP

AUTHOR = "cchc"
_MARK = "cchc the-thuc danh-dau"
_UNTOUCHED = re.compile(rf"<!-- {_MARK} ([0-9a-f]{{64}}) -->")
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE_DOCUMENT, _COMMENTS = "/officeDocument", "comments"
_SIGNATURE_KIND = "/digital-signature/"
_ROOT_LINKS = "_rels/.rels"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIZE = "18"  # half points


@dataclass(frozen=True)
class Remark:
    """Something to say at a place, or of the whole document where that is None; `title` is bold."""

    place: TextPlace | None
    title: str
    lines: tuple[str, ...]


def is_signed(content: bytes) -> bool:
    """Tell whether a document has digital signatures."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(is_signature(name) for name in archive.namelist())


def without_remarks(content: bytes) -> bytes:
    """Return a document without the remarks of an earlier time; one that has none as it is."""
    package = _Package(content)
    if not package.has_ours():
        return content
    package.remove_ours()
    return package.saved()


def with_remarks(content: bytes, remarks: Sequence[Remark], day: dt.date) -> bytes:
    """Return a copy of a document with a comment of `day` for each remark, those of others kept.

    Remarks on the same words share a comment; one of a place where Word takes no comments, or of
    no place, stands at the paragraph nearest to it. The document must have no remarks of ours;
    digital signatures, which no changed document can keep, are not in the copy.
    """
    package = _Package(content)
    at: dict[tuple[int, int, int], list[Remark]] = {}
    anchors: dict[tuple[int, int, int], _Anchor] = {}
    for remark in remarks:
        anchor = package.anchor(remark.place)
        if anchor is not None:
            anchors.setdefault(anchor.key, anchor)
            at.setdefault(anchor.key, []).append(remark)
    for key in sorted(at):
        package.comment(anchors[key], at[key], day)
    package.remove_signatures()
    return package.saved()


def is_untouched(content: bytes) -> bool:
    """Tell whether a file is a copy with remarks that nobody saved since it was written."""
    try:
        package = _Package(content)
        marks = _UNTOUCHED.findall(
            package.text_of(package.comments_name).decode("utf-8", "replace")
        )
        return marks == [package.digest(package.text_of(package.main_name))]
    except (KeyError, etree.XMLSyntaxError, *BROKEN_ARCHIVE):
        return False


@dataclass(frozen=True)
class _Anchor:
    """Where a comment goes: the children of a paragraph from `first` to `last`, None for all."""

    paragraph: Any
    first: Any
    last: Any
    key: tuple[int, int, int]


@dataclass
class _Package:
    """The parts of a document that comments concern, of any of the two kinds of Open XML."""

    content: bytes
    _roots: dict[str, Any] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)
    _known: tuple[Any, Any] = (None, None)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(self.content))
        self._names = set(self._archive.namelist())
        links = self._root(_ROOT_LINKS).iterfind(RELATIONSHIP)
        mains = [one for one in links if str(one.get("Type")).endswith(_OFFICE_DOCUMENT)]
        if not mains:
            raise KeyError(_OFFICE_DOCUMENT)
        main = mains[0]
        self._kind = str(main.get("Type")).removesuffix(_OFFICE_DOCUMENT)
        self.main_name = _absolute("", main)
        self._main = self._root(self.main_name)
        self._w = f"{{{etree.QName(self._main).namespace}}}"
        self._links_name = links_of(self.main_name)
        self.comments_name = self._name_of_comments(posixpath.dirname(self.main_name))
        self._next_id: int | None = None
        self._paragraphs = [*self._main.iter(f"{self._w}p")]
        self._numbers = {element: number for number, element in enumerate(self._paragraphs)}

    # --- parts ---

    def text_of(self, name: str) -> bytes:
        return self._archive.read(name)

    def _root(self, name: str) -> Any:
        if name not in self._roots:
            self._roots[name] = parsed(self.text_of(name))
        return self._roots[name]

    def _name_of_comments(self, folder: str) -> str:
        """Return the name of the part with the comments, which may have to be made."""
        links = self._root(self._links_name) if self._links_name in self._names else ()
        for link in links:
            if link.get("Type") == f"{self._kind}/{_COMMENTS}":
                return _absolute(folder, link)
        name, number = posixpath.join(folder, "comments.xml"), 1
        while name in self._names:
            name, number = posixpath.join(folder, f"comments{number}.xml"), number + 1
        return name

    def _comments(self) -> Any:
        """Return the root of the comments; where there were none their part is made."""
        self._changed.add(self.comments_name)
        if self.comments_name not in self._names and self.comments_name not in self._roots:
            self._roots[self.comments_name] = etree.Element(
                f"{self._w}comments", nsmap={"w": self._w.strip("{}")}
            )
            self._link_comments()
        return self._root(self.comments_name)

    def _link_comments(self) -> None:
        if self._links_name not in self._names:
            self._roots[self._links_name] = etree.Element(RELATIONSHIPS)
        links, target = self._root(self._links_name), posixpath.basename(self.comments_name)
        add_link(links, self._main, self._kind, _COMMENTS, target)
        declare(self._root(CONTENT_TYPES), self.comments_name, _COMMENTS_TYPE)
        self._changed |= {self._links_name, CONTENT_TYPES}

    @staticmethod
    def digest(main: bytes) -> str:
        return hashlib.sha256(main).hexdigest()

    def saved(self) -> bytes:
        """Return the package with what was changed."""
        written = {name: xml_of(self._roots[name]) for name in self._changed}
        if self.comments_name in written and self.has_ours():
            main = written.get(self.main_name) or self.text_of(self.main_name)
            comments = self._root(self.comments_name)
            comments.insert(0, etree.Comment(f" {_MARK} {self.digest(main)} "))
            written[self.comments_name] = xml_of(comments)
        added = {name: written.pop(name) for name in written.keys() - self._names}
        return PreparedArchive(self.content).with_files(written, added, self._gone)

    # --- what is ours ---

    def has_ours(self) -> bool:
        if self.comments_name not in self._names and self.comments_name not in self._roots:
            return False
        return any(True for _ in self._ours())

    def _ours(self) -> Iterable[Any]:
        comments = self._root(self.comments_name).iterfind(f"{self._w}comment")
        return (one for one in comments if one.get(f"{self._w}author") == AUTHOR)

    def remove_ours(self) -> None:
        comments = self._comments()
        ids = {one.get(f"{self._w}id") for one in self._ours()}
        for one in [*self._ours(), *comments.iterchildren(etree.Comment)]:
            comments.remove(one)
        tags = (f"{self._w}comment{kind}" for kind in ("RangeStart", "RangeEnd", "Reference"))
        for mark in [*self._main.iter(*tags)]:
            if mark.get(f"{self._w}id") not in ids:
                continue
            run = mark.getparent()
            run.remove(mark)
            if run.tag == f"{self._w}r" and all(c.tag == f"{self._w}rPr" for c in run):
                run.getparent().remove(run)
        self._changed.add(self.main_name)

    # --- places ---

    def anchor(self, place: TextPlace | None) -> _Anchor | None:
        """Return where the comment for a place goes; None in a document without a paragraph."""
        if place is None or place.paragraph is None:
            return self._start_of(0)
        if place.part != self.main_name:
            return self._start_of(place.section)
        paragraph = self._paragraphs[place.paragraph]
        outer = self._outermost(paragraph)
        runs, children, shown = self._laid_out(outer)
        meant = [runs[number] for number in place.runs] if outer is paragraph else [paragraph]
        if not meant:
            return self._whole(outer)
        at = [children[_child_with(outer, element)] for element in meant]
        first, last = min(at), max(at)
        if (first, last) == shown:
            return self._whole(outer)
        return _Anchor(outer, outer[first], outer[last], (self._numbers[outer], first, last))

    def _laid_out(self, paragraph: Any) -> tuple[list[Any], dict[Any, int], tuple[int, int]]:
        """Return a paragraph's runs, the place of each child, and those of the ones shown."""
        if paragraph is not self._known[0]:
            runs = [*paragraph.iter(f"{self._w}r")]
            children = {child: place for place, child in enumerate(paragraph)}
            begins = int(paragraph.find(f"{self._w}pPr") is not None)
            self._known = paragraph, (runs, children, (begins, len(children) - 1))
        known: tuple[list[Any], dict[Any, int], tuple[int, int]] = self._known[1]
        return known

    def _outermost(self, paragraph: Any) -> Any:
        """Return the paragraph of the text that holds one, which may stand in a text box."""
        above = [*paragraph.iterancestors(f"{self._w}p")]
        return above[-1] if above else paragraph

    def _whole(self, paragraph: Any) -> _Anchor:
        return _Anchor(paragraph, None, None, (self._numbers[paragraph], -1, -1))

    def _start_of(self, section: int) -> _Anchor | None:
        """Return the first paragraph of a section; of the last one where there are fewer."""
        firsts = [*self._firsts()]
        return self._whole(firsts[min(section, len(firsts) - 1)]) if firsts else None

    def _firsts(self) -> Iterator[Any]:
        begins = True
        for paragraph in self._paragraphs:
            if begins:
                yield paragraph
            begins = paragraph.find(f"{self._w}pPr/{self._w}sectPr") is not None

    # --- signatures ---

    def remove_signatures(self) -> None:
        """Take out digital signatures and all that names them."""
        self._gone = {name for name in self._names if is_signature(name)}
        if not self._gone:
            return
        links, types = self._root(_ROOT_LINKS), self._root(CONTENT_TYPES)
        for link in [*links.iterfind(RELATIONSHIP)]:
            if _SIGNATURE_KIND in str(link.get("Type")):
                links.remove(link)
        for override in [*types.iterfind(OVERRIDE)]:
            if str(override.get("PartName")).lstrip("/") in self._gone:
                types.remove(override)
        self._changed |= {_ROOT_LINKS, CONTENT_TYPES}

    # --- writing ---

    def comment(self, anchor: _Anchor, remarks: Sequence[Remark], day: dt.date) -> None:
        """Write one comment with all remarks of a place, and mark the place."""
        w, comments = self._w, self._comments()
        self._changed.add(self.main_name)
        number = str(self._new_id())
        who = {f"{w}author": AUTHOR, f"{w}date": f"{day.isoformat()}T00:00:00Z"}
        own = {f"{w}id": number, **who, f"{w}initials": AUTHOR}
        comment = etree.SubElement(comments, f"{w}comment", own)
        for remark in remarks:
            title = self._comment_line(comment, remark.title, bold=True)
            if remark is remarks[0]:
                mark = etree.Element(f"{w}r")
                etree.SubElement(mark, f"{w}annotationRef")
                title.insert(1, mark)
            for line in remark.lines:
                self._comment_line(comment, line)
        start, end = (
            etree.Element(f"{w}commentRange{kind}", {f"{w}id": number}) for kind in ("Start", "End")
        )
        reference = etree.Element(f"{w}r")
        etree.SubElement(reference, f"{w}commentReference", {f"{w}id": number})
        self._surround(anchor, start, end, reference)

    def _surround(self, anchor: _Anchor, start: Any, end: Any, reference: Any) -> None:
        if anchor.first is None:
            properties = anchor.paragraph.find(f"{self._w}pPr")
            anchor.paragraph.insert(0 if properties is None else 1, start)
            anchor.paragraph.extend((end, reference))
            return
        anchor.first.addprevious(start)
        anchor.last.addnext(end)
        end.addnext(reference)

    def _comment_line(self, comment: Any, text: str, *, bold: bool = False) -> Any:
        w = self._w
        paragraph = etree.SubElement(comment, f"{w}p")
        layout = etree.SubElement(paragraph, f"{w}pPr")
        own = {f"{w}before": "0", f"{w}after": "0", f"{w}line": "240", f"{w}lineRule": "auto"}
        etree.SubElement(layout, f"{w}spacing", own)
        etree.SubElement(layout, f"{w}ind", {f"{w}left": "0", f"{w}firstLine": "0"})
        etree.SubElement(layout, f"{w}jc", {f"{w}val": "left"})
        run = etree.SubElement(paragraph, f"{w}r")
        look = etree.SubElement(run, f"{w}rPr")
        if bold:
            etree.SubElement(look, f"{w}b")
        etree.SubElement(look, f"{w}sz", {f"{w}val": _SIZE})
        shown = etree.SubElement(run, f"{w}t")
        shown.text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return paragraph

    def _new_id(self) -> int:
        if self._next_id is None:
            used = (
                one.get(f"{self._w}id") for one in self._main.iter(f"{self._w}commentReference")
            )
            own = (one.get(f"{self._w}id") for one in self._comments())
            numbers = [int(one) for one in (*used, *own) if one and one.lstrip("-").isdecimal()]
            self._next_id = max(numbers, default=-1) + 1
        self._next_id += 1
        return self._next_id - 1


def _absolute(folder: str, link: Any) -> str:
    """Return the name of the part that a relationship of one in `folder` leads to."""
    return posixpath.normpath(posixpath.join("/", folder, str(link.get("Target")))).lstrip("/")


def _child_with(parent: Any, element: Any) -> Any:
    """Return the child of `parent` that is `element` or holds it."""
    while element.getparent() is not parent:
        element = element.getparent()
    return element
