"""What a template received from elsewhere carries besides its tags, and every unit would get.

Comments, tracked changes and hidden text are not seen by whoever looks at the page; merge fields
and brackets of other programs are not filled in here; links, embedded objects and macros do
something, or fetch something, on the computer of whoever opens the letter.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lxml import etree

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.word.reading.measures import RELATIONSHIP, W, attribute, is_on, value_of
from cchc_office.word.templates.offers import Names, dotted_names
from cchc_office.word.templates.tags import TAG, TemplateProblemError, damaged, nearest

_HYPERLINK = "hyperlink"
_MOST_TEMPLATE_BYTES = 300 * 1024 * 1024
_SHOWN = 60

_TRACKED = {
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
} | {
    f"{W}{name}Change"
    for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "numbering")
}
_MERGING = re.compile(
    r"^[\s\"]*(?:MERGEFIELD|MERGEREC|MERGESEQ|NEXT|NEXTIF|SKIPIF|ASK|FILLIN|ADDRESSBLOCK|"
    r"GREETINGLINE)\b\s*\"?([^\"\\]*)",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"^[\s\"]*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|RD|"
    r"MACROBUTTON|PRINT|CONTROL)\b",
    re.IGNORECASE,
)
_FIELD_PARTS = (f"{W}instrText", f"{W}delInstrText")
# Marks of other programs around one name; Vietnamese text itself quotes with “ ”.
_INSIDE = r"\s*([\w.][\w .\-]{0,60}?)\s*"
_BRACKETS = re.compile(
    rf"«{_INSIDE}»|<<{_INSIDE}>>|\[\[{_INSIDE}\]\]|｛{{1,2}}{_INSIDE}｝{{1,2}}|\$\{{{_INSIDE}\}}"
    rf"|(?<![{{$_]){{{_INSIDE}}}(?!}}|_}})|‹{_INSIDE}›"
)
_KEEP = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)
_KEEP_WORDS = "giu nhan xet"
_REMOTE = {
    "attachedTemplate": "mẫu đính kèm ở nơi khác (attachedTemplate)",
    "image": "ảnh lấy từ nơi khác",
    "oleObject": "đối tượng liên kết ở nơi khác",
    "frame": "khung lấy từ nơi khác",
    "subDocument": "văn bản con ở nơi khác",
    "mailMergeSource": "nguồn trộn thư ở nơi khác",
    "mailMergeHeaderSource": "nguồn trộn thư ở nơi khác",
}
_INSIDE_FILE = {
    "vbaProject": "macro (VBA)",
    "control": "điều khiển ActiveX",
    "oleObject": "đối tượng nhúng (OLE)",
    "package": "tệp nhúng",
    "aFChunk": "tệp chèn nguyên (altChunk)",
    "extensibility": "lệnh riêng của mẫu (customUI)",
}
"""What acts, or hides another file, by its kind of relationship: parts may have any name."""

_ACTIVE_PARTS = (
    (re.compile(r"vbaproject|vbadata", re.IGNORECASE), "macro (VBA)"),
    (re.compile(r"activex", re.IGNORECASE), "điều khiển ActiveX"),
    (re.compile(r"embeddings/[^/]*\.(?:bin|exe|js|vbs)$", re.IGNORECASE), "đối tượng nhúng (OLE)"),
    (re.compile(r"afchunk", re.IGNORECASE), "tệp chèn nguyên (altChunk)"),
)


@dataclass(frozen=True)
class _Seen:
    """One leftover: what it is to the catalogue, its words, and those of its paragraph."""

    code: FindingCode
    found: str
    passage: str = ""
    candidates: tuple[str, ...] = ()


def leftovers(file: str, content: bytes, names: Names) -> list[Finding]:
    """Return a finding for each kind of leftover in each paragraph of a template.

    A tag {# giữ nhận xét #} anywhere in it is the office's word that comments, tracked changes and
    hidden text may go out: they are notes then. Raises TemplateProblemError where the file cannot
    be looked through.
    """
    try:
        archive = SafeArchive(
            content,
            most_part_bytes=_MOST_TEMPLATE_BYTES,
            most_inflated_bytes=_MOST_TEMPLATE_BYTES,
        )
        seen = list(_in_archive(archive, names))
        is_kept = any(_says_keep(root) for root in _roots(archive))
    except UnreadableFileError as error:
        if error.code is Code.TOO_LARGE:
            finding = Finding(Code.TOO_LARGE, file, found=error.found, expected=error.expected)
            raise TemplateProblemError(finding) from error
        raise TemplateProblemError(damaged(file)) from error
    return list(_told(file, seen, is_kept=is_kept))


def foreign_brackets(file: str, text: str, names: Names) -> list[Finding]:
    """Return a finding for each place to fill in of another program's in a template of text."""
    known = dotted_names(names)
    seen = (
        replace(one, passage=clean_line(line)[:_SHOWN])
        for line in text.splitlines()
        for one in _brackets(line, known)
    )
    return list(_told(file, seen, is_kept=False))


def _told(file: str, seen: Iterable[_Seen], *, is_kept: bool) -> Iterator[Finding]:
    unseen = {Code.TEMPLATE_COMMENT, Code.TEMPLATE_TRACKED_CHANGE, Code.TEMPLATE_HIDDEN_TEXT}
    for key, alike in groupby(seen, key=lambda one: (one.code, one.passage)):
        one, *others = alike
        code = Code.TEMPLATE_LEFT_AS_IT_IS if is_kept and key[0] in unseen else key[0]
        found = "; ".join(dict.fromkeys(s.found for s in (one, *others) if s.found))
        yield Finding(code, file, found=found, candidates=one.candidates, passage=one.passage)


def _in_archive(archive: SafeArchive, names: Names) -> Iterator[_Seen]:
    for name in archive.names:
        for pattern, what in _ACTIVE_PARTS:
            if pattern.search(name):
                yield _Seen(Code.TEMPLATE_ACTIVE, f"{what}: {posixpath.basename(name)}")
        if name.endswith(".rels"):
            yield from _related(_parsed(archive, name))
    known = dotted_names(names)
    roots = list(_roots(archive))
    hidden = frozenset(style for root in roots for style in _hiding_styles(root))
    comments = {id_: words for root in roots for id_, words in _comments(root)}
    for root in roots:
        yield from _in_text(root, known, comments, hidden)
    for words in comments.values():
        yield _Seen(Code.TEMPLATE_COMMENT, words)


def _roots(archive: SafeArchive) -> Iterator[Any]:
    """Yield the parts that hold text, the body first."""
    # A package may keep its parts in any folder: that they are of Word tells their content.
    parts = [n for n in archive.names if n.lower().endswith(".xml")]
    for name in sorted(parts, key=lambda n: not n.endswith("word/document.xml")):
        root = _parsed(archive, name)
        if root is not None and str(root.tag).startswith(W):
            yield root


def _parsed(archive: SafeArchive, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError:
        return None  # told where the template is prepared
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(Code.DAMAGED_FILE)
    return root


def _related(root: Any) -> Iterator[_Seen]:
    for relation in root.iterfind(RELATIONSHIP) if root is not None else ():
        kind = str(relation.get("Type") or "").rpartition("/")[2]
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            if kind != _HYPERLINK:
                what = _REMOTE.get(kind, "nội dung lấy từ nơi khác")
                yield _Seen(Code.TEMPLATE_ACTIVE, f"{what}: {target}")
        elif kind in _INSIDE_FILE and not _known_by_name(target):
            what = _INSIDE_FILE[kind]
            yield _Seen(Code.TEMPLATE_ACTIVE, f"{what}: {posixpath.basename(target)}")


def _known_by_name(target: str) -> bool:
    return any(pattern.search(target) for pattern, _ in _ACTIVE_PARTS)


def _hiding_styles(root: Any) -> Iterator[str]:
    """Yield the styles whose text is hidden, by themselves or by what they are based on."""
    styles = {attribute(style, "styleId") or "": style for style in root.iterfind(f"{W}style")}
    for style_id in styles:
        seen: set[str] = set()
        at = style_id
        while at in styles and at not in seen:
            seen.add(at)
            hides = _hides(styles[at].find(f"{W}rPr"))
            if hides is not None:
                yield from (style_id,) if hides else ()
                break
            at = value_of(styles[at], f"{W}basedOn") or ""


def _hides(properties: Any) -> bool | None:
    """Tell whether properties hide text; None where they do not say."""
    mark = properties.find(f"{W}vanish") if properties is not None else None
    return None if mark is None else is_on(mark)


def _comments(root: Any) -> Iterator[tuple[str, str]]:
    for comment in root.iterfind(f"{W}comment"):
        yield attribute(comment, "id") or "", _words(comment.iter(f"{W}t"))


def _in_text(
    root: Any, known: tuple[str, ...], comments: dict[str, str], hidden: frozenset[str]
) -> Iterator[_Seen]:
    """Yield what stands in a part; comments that are found leave `comments`."""
    if root.tag == f"{W}comments":
        return
    if root.tag == f"{W}settings":
        if root.find(f"{W}mailMerge") is not None:
            yield _Seen(Code.TEMPLATE_ACTIVE, "thiết lập trộn thư (Mail Merge)")
        return
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}p"), None) is not None:
            continue  # in a text box, and looked at with the paragraph that holds it
        passage = _words(paragraph.iter(f"{W}t"))
        marks = (attribute(mark, "id") or "" for mark in paragraph.iter(f"{W}commentReference"))
        seen = [_Seen(Code.TEMPLATE_COMMENT, comments.pop(id_)) for id_ in marks if id_ in comments]
        seen += [
            *_fields(paragraph, known),
            *_unseen(paragraph, hidden),
            *_brackets("".join(_typed(paragraph)), known),
        ]
        yield from (replace(one, passage=passage) for one in dict.fromkeys(seen))
    yield from _around_paragraphs(root)


def _around_paragraphs(root: Any) -> Iterator[_Seen]:
    """Yield the tracked changes of rows, cells, sections, and of whole paragraphs."""
    for change in root.iter(*_TRACKED):
        if next(change.iterancestors(f"{W}p"), None) is None:
            row = next(change.iterancestors(f"{W}tr"), change)
            words = _words(row.iter(f"{W}t", f"{W}delText"))
            yield _Seen(Code.TEMPLATE_TRACKED_CHANGE, words or "định dạng")


def _fields(paragraph: Any, known: tuple[str, ...]) -> Iterator[_Seen]:
    for instruction in _instructions(paragraph):
        if match := _MERGING.match(instruction):
            name = match.group(1).strip()
            yield _Seen(
                Code.TEMPLATE_MERGE_FIELD, name or instruction.strip(), "", nearest(name, known)
            )
        elif match := _ACTIVE.match(instruction):
            yield _Seen(Code.TEMPLATE_ACTIVE, f"trường {match.group(1).upper()}")


def _instructions(paragraph: Any) -> Iterator[str]:
    """Yield the instructions of fields: simple ones, and those that runs are put together of."""
    for field in paragraph.iter(f"{W}fldSimple"):
        yield attribute(field, "instr") or ""
    parts: list[str] = []
    for element in paragraph.iter(*_FIELD_PARTS, f"{W}fldChar"):
        if element.tag in _FIELD_PARTS:
            parts.append(element.text or "")
        elif parts:
            yield "".join(parts)
            parts = []
    if parts:
        yield "".join(parts)


def _unseen(paragraph: Any, hidden: frozenset[str]) -> Iterator[_Seen]:
    for change in paragraph.iter(*_TRACKED):
        words = _words(change.iter(f"{W}t", f"{W}delText"))
        yield _Seen(Code.TEMPLATE_TRACKED_CHANGE, words or "định dạng")
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        hides = _hides(properties)
        if hides is None:
            holder = next(run.iterancestors(f"{W}p"))
            named = (properties, "rStyle"), (holder.find(f"{W}pPr"), "pStyle")
            hides = any(value_of(inside, f"{W}{name}") in hidden for inside, name in named)
        if hides and (words := _words(run.iter(f"{W}t"))):
            yield _Seen(Code.TEMPLATE_HIDDEN_TEXT, words)


def _brackets(text: str, known: tuple[str, ...]) -> Iterator[_Seen]:
    for match in _BRACKETS.finditer(TAG.sub("", text)):
        name = next(group for group in match.groups() if group is not None)
        if name.isdecimal():
            continue
        # Words may be quoted so; a name of one word, or one that no text has, is to be filled in.
        is_quoted = match.group()[0] in "«‹{" and " " in name and "_" not in name
        code = Code.TEMPLATE_MAYBE_BRACKETS if is_quoted else Code.TEMPLATE_OTHER_BRACKETS
        yield _Seen(code, match.group(), "", nearest(name, known))


def _typed(paragraph: Any) -> Iterator[str]:
    """Yield the words of a paragraph that are no field's result."""
    depth = 0
    for element in paragraph.iter(f"{W}t", f"{W}fldChar"):
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(attribute(element, "fldCharType") or "", 0)
        elif depth <= 0 and next(element.iterancestors(f"{W}fldSimple"), None) is None:
            yield element.text or ""


def _says_keep(root: Any) -> bool:
    text = "".join(t.text or "" for t in root.iter(f"{W}t"))
    return any(fold(words).startswith(_KEEP_WORDS) for words in _KEEP.findall(text))


def _words(texts: Iterable[Any]) -> str:
    words = clean_line("".join(t.text or "" for t in texts))
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
