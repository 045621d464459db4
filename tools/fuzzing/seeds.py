"""Whole returned workbooks of a small campaign in every format, for mutations to start from.

The same bytes on every machine: what other programs wrote is a sample in tests/data/fuzzing.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from pathlib import Path
from typing import Any

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation, ReadFile, ReturnKind
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.appraisal.supplement import build_supplement
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.form.writer import build_form
from cchc_office.results.appraisal_rows import asked_of_units
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from tests.appraised import Table
from tests.sheets import campaign_file, fill_form
from tests.xlsb_files import as_xlsb

SAMPLES = Path(__file__).parent.parent.parent / "tests" / "data" / "fuzzing"
PASSWORD = "Phiếu 2024"
ANSWERS: dict[str, dict[str, Any]] = {
    "1.1.1": {"score": 0.75, "evidence": "Kế hoạch số 1/KH-VP (số liệu minh họa)"},
    "1.1.2": {"score": "1,5", "result": "Đạt 60% < kế hoạch", "evidence": "Báo cáo số 2/BC-VP"},
    "1.2": {"applies": "Không áp dụng", "result": "Trong năm không phát sinh"},
}
OPINIONS: dict[str, dict[str, Any]] = {
    "VP|1.1.1": {"score": "0,5", "opinion": "Ban hành chậm < 15/01"},
    "VP|1.1.2": {"score": 1.25, "request": "Nêu số, ngày của báo cáo"},
    "TTra|1.2": {"score": "Không áp dụng", "opinion": "Không phát sinh"},
}
EXPLANATIONS: dict[str, dict[str, Any]] = {
    "VP|1.1.1": {"wanted": 0.75, "explanation": "Ban hành đúng hạn", "evidence": "Số 5/QĐ-VP"},
    "VP|1.1.2": {"wanted": "1,5", "explanation": "Báo cáo số 2/BC-VP ngày 03/01/2024"},
}
_SAVED = "2024-11-20T09:30:00Z"
_MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_INLINE = re.compile(rb'<c((?: r| s)[^>]*?) t="inlineStr"[^>]*><is>(.*?)</is></c>')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TABLE_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Format(Enum):
    """What a seed is, for mutations that know its inside; the value stands in tables."""

    XLSX = ".xlsx"
    XLSM = ".xlsm"
    ODS = ".ods"
    XLSB = ".xlsb"
    XLS = ".xls"
    LOCKED = ".xlsx có khoá"
    ZIP = ".zip"
    EML = ".eml"

    @property
    def is_package(self) -> bool:
        """Whether it is a zip archive."""
        return self in _PACKAGES


_PACKAGES = frozenset((Format.XLSX, Format.XLSM, Format.ODS, Format.XLSB, Format.ZIP))


@dataclass(frozen=True)
class Seed:
    """A whole file: what it is, the name a unit would give it, and its bytes."""

    format: Format
    name: str
    content: bytes


@dataclass(frozen=True)
class Seeds:
    """Every seed, the campaign that they belong to, and the kinds that there are."""

    campaign: Campaign
    by_format: Mapping[Format, tuple[Seed, ...]]
    kinds: tuple[ReturnKind, ...]


def make_seeds(kinds: tuple[ReturnKind, ...] = tuple(ReturnKind)) -> Seeds:
    """Return the seeds of `kinds`; they differ neither from run to run nor among machines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        campaign = load_campaign(campaign_file(folder))
        written = {kind: _at_fixed_time(content) for kind, content in filled(campaign).items()}
        binary = {}
        for kind in kinds:
            path = folder / f"{kind.value}.xlsx"
            path.write_bytes(written[kind])
            binary[kind] = archive(dict(_parts(as_xlsb(path))))
    by_format: dict[Format, list[Seed]] = {format_: [] for format_ in Format}
    for kind in kinds:
        for format_, contents in _of_kind(kind, written[kind], binary[kind]).items():
            file = f"CCHC-2024-{kind.value}{format_.value[:5].strip()}"
            by_format[format_] += [Seed(format_, file, content) for content in contents]
    return Seeds(campaign, {f: tuple(seeds) for f, seeds in by_format.items()}, kinds)


def filled(campaign: Campaign) -> dict[ReturnKind, bytes]:
    """Return a workbook of each kind as openpyxl saves it, each filled in after the one before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "CCHC-2024-VP.xlsx"
        path.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
        fill_form(path, ANSWERS)
        form = path.read_bytes()
        read = [*read_returns([path], campaign)]
        table = Table(build_appraisal(_consolidated(read, campaign), 1, DEFAULT_PROFILE))
        table.sign("Tổ thẩm định (số liệu minh họa)")
        for key, typed in OPINIONS.items():
            table.type(key, **typed)
        path.write_bytes(table.content())
        read += read_returns([path], campaign)
    asked = asked_of_units(_consolidated(read, campaign), 1)["VP"]
    supplement = build_supplement(campaign, campaign.unit("VP"), asked, 1, DEFAULT_PROFILE)
    answers = Table(supplement, SUPPLEMENT_SHEET)
    for key, typed in EXPLANATIONS.items():
        answers.type(key, **typed)
    return {
        ReturnKind.FORM: form,
        ReturnKind.APPRAISAL: table.content(),
        ReturnKind.SUPPLEMENT: answers.content(),
    }


def _consolidated(read: list[ReadFile], campaign: Campaign) -> Consolidation:
    return consolidate(campaign, gather_returns(read, campaign), as_of=dt.date(2024, 12, 5))


def _of_kind(kind: ReturnKind, content: bytes, binary: bytes) -> Mapping[Format, tuple[bytes, ...]]:
    ods, xls = _sample(f"{kind.value}.ods"), _sample(f"{kind.value}.xls")
    shared, name = _with_shared_texts(content), f"{kind.value}.xlsx"
    return {
        Format.XLSX: (shared, content),
        Format.XLSM: (_with_macros(shared),),
        Format.ODS: (ods, _hand_made_ods(content)),
        Format.XLSB: (binary,),
        Format.XLS: (xls,),
        Format.LOCKED: (_sample("phieu-khoa.xlsx"),),
        Format.ZIP: (archive({name: content, "Phòng Một/phiếu.ods": ods}),),
        Format.EML: (message({name: content, "phiếu cũ.xls": xls}),),
    }


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of `files`, written long ago."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2024, 11, 20, 9, 30, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return packed.getvalue()


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return [(name, source.read(name)) for name in source.namelist()]


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _at_fixed_time(content: bytes) -> bytes:
    """Return a workbook with the times fixed that openpyxl takes from the clock."""
    parts = dict(_parts(content))
    time = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    parts["docProps/core.xml"] = time.sub(rb"\g<1>" + _SAVED.encode(), parts["docProps/core.xml"])
    return archive(parts)


def _with_shared_texts(content: bytes) -> bytes:
    """Return a workbook whose cells share their texts, as Excel saves them."""
    parts = dict(_parts(content))
    texts: dict[bytes, int] = {}

    def shared(cell: re.Match[bytes]) -> bytes:
        number = texts.setdefault(cell[2], len(texts))
        return b'<c%b t="s"><v>%d</v></c>' % (cell[1], number)

    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _INLINE.sub(shared, parts[name])
    items = b"".join(b"<si>%b</si>" % text for text in texts)
    head = b'<sst xmlns="%b" count="%d" uniqueCount="%d">' % (_MAIN, len(texts), len(texts))
    link = b'<Relationship Id="rId99" Type="%b/sharedStrings" Target="sharedStrings.xml"/>'
    links = "xl/_rels/workbook.xml.rels"
    end = b"</Relationships>"
    parts[links] = parts[links].replace(end, link % _RELATIONS + end)
    return archive({**parts, "xl/sharedStrings.xml": head + items + b"</sst>"})


def _with_macros(content: bytes) -> bytes:
    parts = dict(_parts(content))
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(_PLAIN_TYPE, _MACRO_TYPE)
    return archive({**parts, "xl/vbaProject.bin": _MACROS})


def _hand_made_ods(content: bytes) -> bytes:
    """Return the sheets of a workbook as OpenDocument, as a small program would write them."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    tables = "".join(
        f'<table:table table:name="{sheet.title}">'
        + "".join(_ods_row(row) for row in sheet.iter_rows(values_only=True))
        + "</table:table>"
        for sheet in book.worksheets
    )
    part = (
        f"<office:document-content {_TABLE_NAMESPACES}><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {_TABLE_NAMESPACES}><office:meta><dc:date>{_SAVED}</dc:date>"
        "</office:meta></office:document-meta>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return archive(
        {
            "mimetype": _ODS,
            "content.xml": part.encode("utf-8"),
            "meta.xml": meta.encode("utf-8"),
            "META-INF/manifest.xml": manifest.encode("utf-8"),
        }
    )


def _ods_row(row: tuple[object, ...]) -> str:
    from xml.sax.saxutils import escape

    cells = []
    for value in row:
        if value is None:
            cells.append('<table:table-cell table:number-columns-repeated="1"/>')
        elif isinstance(value, int | float):
            cells.append(f'<table:table-cell office:value-type="float" office:value="{value}"/>')
        else:
            text = f"<text:p>{escape(str(value))}</text:p>"
            cells.append(f'<table:table-cell office:value-type="string">{text}</table:table-cell>')
    return f'<table:table-row table:number-rows-repeated="1">{"".join(cells)}</table:table-row>'


def message(files: Mapping[str, bytes]) -> bytes:
    """Return a message with `files` attached."""
    written = EmailMessage()
    written["From"] = "Văn phòng <vp@a.example>"
    written["To"] = "cchc@a.example"
    written["Date"] = "Wed, 20 Nov 2024 09:30:00 +0700"
    written["Subject"] = "Gửi phiếu tự chấm điểm (số liệu minh họa)"
    written.set_content("Kính gửi phiếu tự chấm điểm.")
    for name, content in files.items():
        written.add_attachment(content, maintype="application", subtype="zip", filename=name)
    written.set_boundary("=_phieu")
    return written.as_bytes()
