"""Whose paper a file is, by what is inside it; its name is never asked."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import FileKind
from cchc_office.model import Campaign, Unit
from cchc_office.papers.unit_values import form_of_address
from cchc_office.returns.reader import read_source
from cchc_office.returns.sources import SourceFile
from cchc_office.text.vietnamese import fold, spelling
from cchc_office.word.reading import UnreadableDocumentError, WordDocument, read_word

_ADDRESSEE = "kinh gui"
_MOST_NAMED = 5


def why_not_of(content: bytes, file: str, campaign: Campaign, unit: Unit) -> str:
    """Return in Vietnamese why the file does not, or not surely, belong to `unit`; "" if it does.

    `file` is a letter (.docx) or a form (.xlsx).
    """
    if file.endswith(".docx"):
        return _why_not_letter_of(content, campaign, unit)
    return _why_not_form_of(content, file, campaign, unit)


def _why_not_form_of(content: bytes, file: str, campaign: Campaign, unit: Unit) -> str:
    read = read_source(SourceFile(file, FileKind.XLSX, content), campaign)
    found = read.returned or read.supplement or read.unfilled
    # That nothing is filled in is right for what goes out; links say nothing of whose it is.
    passed_over = (Code.FORM_UNFILLED, Code.RETURN_WITH_LINKS)
    told = [f for f in read.findings if f.code not in passed_over]
    if found is None:
        return told[0].sentence if told else "không nhận ra là phiếu của ai"
    if found.unit != unit.code:
        other = campaign.find_unit(found.unit)
        return f"bên trong là phiếu của {other.name if other else found.unit}"
    return told[0].sentence if told else ""


def _why_not_letter_of(content: bytes, campaign: Campaign, unit: Unit) -> str:
    try:
        document = read_word(content)
    except UnreadableDocumentError as error:
        return f"không đọc được ({error})"
    addressee = spelling(" ".join(_addressees(document)))
    whole = spelling(" ".join(p.text for p in document.paragraphs))
    if not addressee:
        return "không thấy dòng “Kính gửi”"
    others = [u for u in campaign.units if u.code != unit.code and _is_named(u, addressee, unit)]
    if others:
        return f"dòng “Kính gửi” nêu {others[0].name}"
    if not any(name in addressee for name in _names(unit)):
        return f"dòng “Kính gửi” không nêu {unit.name}"
    if spelling(unit.name) not in whole:
        return f"không có chỗ nào nêu {unit.name}"
    if foreign := _rows_of_others(document, campaign, unit):
        return f"nêu tiêu chí {', '.join(foreign[:_MOST_NAMED])} không giao cho {unit.name}"
    return ""


def _rows_of_others(document: WordDocument, campaign: Campaign, unit: Unit) -> list[str]:
    """Return the codes standing alone, as in a table of tasks, of rows the unit has no part in."""
    own = {criterion.code for criterion in campaign.assigned_to(unit)}
    known = {criterion.code for criterion in campaign.criteria if "." in criterion.code}
    named = dict.fromkeys(paragraph.text.strip() for paragraph in document.paragraphs)
    return [code for code in named if code in known and code not in own]


def _addressees(document: WordDocument) -> list[str]:
    """Return the paragraph that begins with "Kính gửi", and the list under it if it ends there."""
    found: list[str] = []
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        folded = fold(text)
        if folded.startswith(_ADDRESSEE):
            found.append(text.partition(":")[2] or text)
        elif found and text.startswith("-") and not fold(" ".join(found)).strip(" :"):
            found.append(text)
    return found


def _is_named(other: Unit, addressee: str, own: Unit) -> bool:
    """Tell whether a letter addresses another unit; one whose name is part of ours is not."""
    rest = addressee
    for name in sorted(_names(own), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return spelling(other.name) in rest or spelling(form_of_address(other)) in rest


def _names(unit: Unit) -> list[str]:
    return [spelling(n) for n in (form_of_address(unit), unit.name) if n]
