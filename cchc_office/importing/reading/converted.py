"""Files of formats that only LibreOffice reads: converted by it, then read as what they became."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import FileKind
from cchc_office.files.libreoffice import find_libreoffice, run_libreoffice
from cchc_office.importing.reading.file_content import content_of
from cchc_office.importing.reading.spreadsheets import read_spreadsheet_file
from cchc_office.importing.reading.word_documents import word_source
from cchc_office.importing.source import SourceDocument
from cchc_office.text.vietnamese import composed, words

_SECONDS = 150.0
_ENDINGS = {
    FileKind.OLD_WORD: ".doc",
    FileKind.ODT: ".odt",
    FileKind.HTML: ".html",
    FileKind.WORD: ".xml",
    FileKind.OLD_EXCEL: ".xls",
    FileKind.SPREADSHEETML: ".xml",
    FileKind.FLAT_ODS: ".fods",
}
CONVERTED_KINDS = frozenset(_ENDINGS) - {FileKind.WORD}
"""What is read by way of LibreOffice; of Word's own only what is one XML file."""

_SPREADSHEETS = frozenset((FileKind.OLD_EXCEL, FileKind.SPREADSHEETML, FileKind.FLAT_ODS))
_READ_AS = {FileKind.HTML: "HTML (StarWriter)"}
_AS_TEXT = "txt:Text (encoded):UTF8"
_MOST_NAMED = 12


def read_converted_file(path: Path, kind: FileKind) -> SourceDocument:
    """Return the file at `path`, which is of `kind`, as LibreOffice reads it.

    Words that its conversion loses are told. Raises CampaignError where that cannot be done.
    """
    program = find_libreoffice()
    wanted, by = ("xlsx", "Excel") if kind in _SPREADSHEETS else ("docx", "Word")
    if program is None:
        raise CampaignError(
            f"Không đọc thẳng được {path.name} ({kind.value}), vì máy này không có LibreOffice. "
            f"Mở tệp bằng {by}, lưu thành .{wanted}, rồi thử lại."
        )
    content = content_of(path)
    with tempfile.TemporaryDirectory(prefix="cchc-nhap-") as folder:
        place = Path(folder)
        ending = ".rtf" if content.startswith(b"{\\rtf") else _ENDINGS[kind]
        copy = place / f"nguon{ending}"
        copy.write_bytes(content)
        read_as = _READ_AS.get(kind, "")
        reason = run_libreoffice(program, [copy], wanted, place, seconds=_SECONDS, read_as=read_as)
        made = copy.with_suffix(f".{wanted}")
        if not made.is_file():
            raise CampaignError(
                f"Không đọc được {path.name} ({kind.value}): LibreOffice không chuyển được "
                f"({reason or 'tệp hỏng, hoặc có mật khẩu'}). Mở tệp bằng {by}, lưu thành "
                f".{wanted}, rồi thử lại."
            )
        if kind in _SPREADSHEETS:
            return replace(read_spreadsheet_file(made, kind.value), file=path.name)
        document = word_source(made.read_bytes(), path.name, kind.value)
        run_libreoffice(program, [copy], _AS_TEXT, place, seconds=_SECONDS, read_as=read_as)
        text = copy.with_suffix(".txt")
        shown = text.read_text("utf-8-sig", "replace") if text.is_file() else ""
    return replace(document, notes=(*document.notes, *_lost(shown, document)))


def _lost(shown: str, document: SourceDocument) -> Iterator[str]:
    """Give what is told of words that LibreOffice shows and its document does not hold."""
    lost = _counted([shown]) - _counted(_all_texts(document))
    if lost:
        named = ", ".join(f"“{word}”" for word in list(lost)[:_MOST_NAMED])
        more = " …" if len(lost) > _MOST_NAMED else ""
        yield (
            f"LibreOffice làm rơi {lost.total()} chữ khi chuyển tệp này: {named}{more}; "
            "so lại với bản gốc"
        )


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Count words; numbers are left out, those before paragraphs are shown in other ways."""
    return Counter(
        word.folded for text in texts for word in words(composed(text)) if word.folded.isalpha()
    )


def _all_texts(document: SourceDocument) -> Iterator[str]:
    for table in document.tables:
        for row in table.sheet.rows:
            for cell in row:
                if cell.address == cell.head:
                    yield cell.text
                    yield str(cell.crossed_out or "")
    yield from (text.text for text in document.texts)
    yield from (one.text for one in document.left_out)
