"""A copy of a document with a Word comment at every place that breaks Decree 30."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from cchc_office.catalogue.findings import Code, Finding, Severity, TextPlace
from cchc_office.decree30.annotated import Annotated
from cchc_office.decree30.checker import LEFT_ALONE, check_content
from cchc_office.decree30.figures import HELD_AGAINST
from cchc_office.files.copy_beside import is_name_of_copy, place_of_copy, write_copy
from cchc_office.files.folders import is_file_there
from cchc_office.text.command_line import on_any_computer
from cchc_office.word.remarks import (
    AUTHOR,
    Remark,
    is_signed,
    is_untouched,
    with_remarks,
    without_remarks,
)

_OF_A_COPY = "-danh-dau"
NOT_WRITABLE = (KeyError, etree.XMLSyntaxError)
"""What comes of a package that the reader takes and comments cannot be put into."""

_NO_COMMENTS_THERE = "Word không đặt được ghi chú ở đó, nên ghi chú nằm ở đoạn gần nhất."


@dataclass(frozen=True)
class AnnotatedContent:
    """A marked copy's bytes, None where nothing is to be marked or can be; see `Annotated`."""

    content: bytes | None
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...] = ()


def annotate(path: str | Path, *, day: dt.date | None = None) -> Annotated:
    """Write the marked copy of a document; see `cchc_office.decree30.annotate`, which this is."""
    original = Path(path)
    wanted = place_of_annotated_copy(original)
    made = annotate_content(
        original.read_bytes(),
        original.name,
        day=day or dt.datetime.now(dt.UTC).astimezone().date(),
        even_clean=_is_there(wanted, original),
    )
    if made.content is None:
        return Annotated(original, made.findings, made.told)
    written, kept = write_copy(wanted, original, made.content, is_untouched)
    return Annotated(original, made.findings, (*made.told, *kept), written)


def place_of_annotated_copy(original: Path) -> Path:
    """Return where the marked copy of a document goes."""
    return place_of_copy(original, _OF_A_COPY)


def is_annotated_copy(path: Path) -> bool:
    """Tell whether a file is a marked copy that nobody saved since it was written."""
    return is_name_of_copy(path, _OF_A_COPY) and is_untouched(path.read_bytes())


def annotate_content(
    content: bytes, name: str, *, day: dt.date, even_clean: bool = False
) -> AnnotatedContent:
    """Return the copy of a document given as bytes, which the findings call `name`.

    `even_clean` tells that there is to be a copy even where nothing was found.
    """
    findings = tuple(check_content(content, name))
    if any(finding.code in LEFT_ALONE for finding in findings):
        return AnnotatedContent(None, findings)
    try:
        plain = without_remarks(content)
        if plain is not content:
            findings = tuple(check_content(plain, name))
        if not findings and not even_clean:
            return AnnotatedContent(None, ())
        told = (Finding(Code.MARKS_WITHOUT_SIGNATURE, name),) if is_signed(content) else ()
        copy = with_remarks(plain, [*_remarks(findings)], day)
        return AnnotatedContent(copy, findings, told)
    except NOT_WRITABLE:
        return AnnotatedContent(None, findings, (Finding(Code.MARKS_IMPOSSIBLE, name),))


def _is_there(copy: Path, original: Path) -> bool:
    return copy != original and is_file_there(copy) and is_untouched(copy.read_bytes())


def _remarks(findings: Iterable[Finding]) -> Iterator[Remark]:
    findings = tuple(findings)
    errors = sum(finding.is_error for finding in findings)
    counts = f"{errors} điều {Severity.ERROR.value}, {len(findings) - errors} điều cần xem"
    yield Remark(
        None,
        f"{AUTHOR} the-thuc: {counts if findings else 'không thấy chỗ nào sai thể thức'}",
        (
            f"Đối chiếu với {HELD_AGAINST}.",
            "Bản này chỉ để xem: sửa trong tệp gốc rồi kiểm tra lại.",
        ),
    )
    for finding in findings:
        for place in finding.places or (None,):
            said = finding if place is None else finding.at(place)
            yield Remark(
                place,
                f"{said.severity.value}  [{said.code.slug}]",
                (said.sentence, f"→ {on_any_computer(said.advice)}", *_where(place)),
            )


def _where(place: TextPlace | None) -> Iterator[str]:
    if place is not None and (place.edge or place.text_box):
        words = f" “{place.words}”" if place.words else ""
        yield f"Chỗ này ở {place.where}{words}. {_NO_COMMENTS_THERE}"
