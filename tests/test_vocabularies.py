"""Parts of office packages are read by namespace: the same name elsewhere is another thing."""

from __future__ import annotations

import datetime as dt

import pytest

from cchc_office.files.file_kind import FileKind
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.sheets.reading import Value, open_spreadsheet
from cchc_office.sheets.reading.document_properties import package_properties

from .opened import rows_of
from .xlsx_parts import (
    LINKS,
    MAIN,
    PACKAGE_LINKS,
    STRICT_LINKS,
    STRICT_MAIN,
    archive,
    sheet_xml,
    styles_xml,
    workbook_xml,
    xlsx,
)

X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
FOREIGN = "urn:example:other"
A_DAY = '<row r="1"><c r="A1" s="1"><v>43999</v></c></row>'
SHORT_DATE = styles_xml(0, 14)


def rows(*sheets: str, **parts: str) -> list[list[Value]]:
    return rows_of(xlsx(*sheets, **parts), FileKind.XLSX)  # type: ignore[arg-type]


# --- days counted from 1904 ---


def test_an_extension_of_excel_2013_does_not_reset_the_days_counted_from_1904() -> None:
    inside = (
        '<workbookPr date1904="1"/>'
        f'<extLst><ext uri="x"><x15:workbookPr xmlns:x15="{X15}" chartTrackingRefBase="1"/></ext>'
        "</extLst>"
    )
    book = workbook_xml({"1": ""}, inside)
    assert rows(sheet_xml(A_DAY), workbook=book, styles=SHORT_DATE) == [[dt.date(2024, 6, 18)]]


def test_an_extension_does_not_set_them_either() -> None:
    inside = f'<workbookPr/><a:workbookPr xmlns:a="{FOREIGN}" date1904="1"/>'
    book = workbook_xml({"1": ""}, inside)
    assert rows(sheet_xml(A_DAY), workbook=book, styles=SHORT_DATE) == [[dt.date(2020, 6, 17)]]


# --- foreign elements of the same names ---


FOREIGN_WITH_PREFIX = (
    f'<extLst><ext uri="x"><f:sheetData xmlns:f="{FOREIGN}"><f:row r="9"><f:c r="A9"><f:v>9</f:v>'
    "</f:c></f:row></f:sheetData></ext></extLst>"
)
FOREIGN_CELL = '<row r="9"><c r="A9"><v>9</v></c></row>'


@pytest.mark.parametrize(
    "after",
    [
        f'<extLst><ext uri="x"><sheetData xmlns="{FOREIGN}">{FOREIGN_CELL}</sheetData></ext></extLst>',
        f'<extLst><ext uri="x" xmlns="{FOREIGN}">{FOREIGN_CELL}</ext></extLst>',
        f"<!-- <sheetData>{FOREIGN_CELL}</sheetData> -->",
        FOREIGN_WITH_PREFIX,
    ],
)
@pytest.mark.parametrize("usual", [True, False])
def test_cells_of_another_vocabulary_are_none_of_the_sheet(after: str, usual: bool) -> None:
    cell = '<c r="A1"><v>5</v></c>' if usual else '<c r="A1" cm="1"><v>5</v></c>'
    assert rows(sheet_xml(f'<row r="1">{cell}</row>', after)) == [[5.0]]


@pytest.mark.parametrize(
    "before",
    [
        f'<a:x xmlns:a="{FOREIGN}"><sheetData xmlns="{FOREIGN}">{FOREIGN_CELL}</sheetData></a:x>',
        f"<!-- <sheetData>{FOREIGN_CELL}</sheetData> -->",
    ],
)
def test_nor_are_those_before_it(before: str) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>', before=before)
    assert rows(sheet) == [[5.0]]


def test_a_foreign_row_or_cell_within_the_cells_is_passed_over() -> None:
    data = (
        '<row r="1"><c r="A1"><v>5</v></c></row>'
        f'<ext xmlns="{FOREIGN}">{FOREIGN_CELL}</ext>'
        f'<row r="2"><c r="A2"><a:v xmlns:a="{FOREIGN}">7</a:v><v>6</v></c></row>'
    )
    assert rows(sheet_xml(data)) == [[5.0], [6.0]]


def test_foreign_texts_are_neither_counted_nor_added() -> None:
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    shared = (
        f'<sst xmlns="{MAIN}" xmlns:a="{FOREIGN}"><a:si><a:t>lạ</a:t></a:si>'
        "<si><t>một</t></si>"
        f'<ext xmlns="{FOREIGN}"><si><t>lạ</t></si></ext>'
        "<si><r><t>h</t><a:t>x</a:t></r><r><t>ai</t></r></si></sst>"
    )
    assert rows(sheet_xml(data), shared=shared) == [["một", "hai"]]
    usual = f'<sst xmlns="{MAIN}"><ext xmlns="{FOREIGN}"><si><t>lạ</t></si></ext>'
    usual += "<si><t>một</t></si><si><t>hai</t></si></sst>"
    assert rows(sheet_xml(data), shared=usual) == [["một", "hai"]]


def test_formats_for_conditions_and_foreign_styles_do_not_shift_the_cells_own() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}" xmlns:a="{FOREIGN}">'
        '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        f'<a:cellXfs><a:xf numFmtId="0"/></a:cellXfs>'
        '<cellXfs><a:note/><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs></styleSheet>'
    )
    assert rows(sheet_xml(A_DAY), styles=styles) == [[dt.date(2020, 6, 17)]]


def test_a_format_that_newer_programs_are_offered_another_for_is_known() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    own = '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    choice = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x16r2">{own}</mc:Choice>'
        f"<mc:Fallback>{own}</mc:Fallback></mc:AlternateContent>"
    )
    styles = styles_xml(0, 164, before=f"<numFmts>{choice}</numFmts>")
    assert rows(sheet_xml(A_DAY), styles=styles) == [[dt.date(2020, 6, 17)]]


def test_styles_that_other_programs_are_offered_another_for_keep_their_places() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def offered(theirs: str, own: str) -> str:
        choice = f'<mc:Choice Requires="h">{theirs}</mc:Choice>' if theirs else ""
        fallback = f"<mc:Fallback>{own}</mc:Fallback>" if own else ""
        return f'<mc:AlternateContent {mc} xmlns:h="{FOREIGN}">{choice}{fallback}</mc:AlternateContent>'

    fonts = offered('<font h:size="9"/>', "<font><strike/></font>") + "<font/>"
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts><cellXfs>'
        + offered('<xf numFmtId="14" fontId="1" h:x="1"/>', '<xf numFmtId="0" fontId="1"/>')
        + offered('<xf numFmtId="14" fontId="1"/>', "")
        + offered("", offered("", '<xf numFmtId="0" fontId="0"/>'))
        + "</cellXfs></styleSheet>"
    )
    data = "".join(f'<c r="{c}1" s="{s}"><v>43999</v></c>' for s, c in enumerate("ABC"))
    book = open_spreadsheet(
        xlsx(sheet_xml(f'<row r="1">{data}</row>'), styles=styles), FileKind.XLSX
    )
    assert book.sheet("1").rows[0][:2] == [43999.0, dt.date(2020, 6, 17)]
    assert set(book.sheet("1").struck_cells) == {(0, 2)}


def test_links_of_another_kind_with_the_same_last_word_are_not_followed() -> None:
    links = (
        f'<Relationships xmlns="{PACKAGE_LINKS}">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r8" Type="{LINKS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r9" Type="{FOREIGN}/styles" Target="other.xml"/></Relationships>'
    )
    others = {"xl/_rels/workbook.xml.rels": links, "xl/other.xml": styles_xml(0, 0)}
    content = xlsx(sheet_xml(A_DAY), styles=SHORT_DATE, others=others)
    assert rows_of(content, FileKind.XLSX) == [[dt.date(2020, 6, 17)]]


def test_a_sheets_link_is_that_of_the_links_vocabulary() -> None:
    sheet = '<sheet name="1" sheetId="1" a:id="r2" r:id="r1"/>'
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}" xmlns:a="{FOREIGN}"><sheets>{sheet}</sheets>'
        "</workbook>"
    )
    first, second = (sheet_xml(f'<row r="1"><c r="A1"><v>{n}</v></c></row>') for n in (1, 2))
    assert rows(first, second, workbook=book) == [[1.0]]


# --- the same vocabulary by other names ---


def test_a_workbook_whose_names_all_have_prefixes() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns="{FOREIGN}"><sheetData>{FOREIGN_CELL}</sheetData>'
        '<x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>43999</x:v></x:c>'
        '<x:c r="B1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    shared = f'<q:sst xmlns:q="{MAIN}"><q:si><q:t>chữ</q:t></q:si></q:sst>'
    styles = (
        f'<z:styleSheet xmlns:z="{MAIN}"><z:cellXfs><z:xf/><z:xf numFmtId="14"/></z:cellXfs>'
        "</z:styleSheet>"
    )
    book = (
        f'<w:workbook xmlns:w="{MAIN}" xmlns:k="{LINKS}"><w:workbookPr date1904="true"/>'
        '<w:sheets><w:sheet name="1" sheetId="1" k:id="r1"/></w:sheets></w:workbook>'
    )
    found = rows(sheet, shared=shared, styles=styles, workbook=book)
    assert found == [[dt.date(2024, 6, 18), "chữ"]]


def test_strict_open_xml_has_its_own_names_for_the_same() -> None:
    data = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43999</v></c>'
        '<c r="C1" t="d"><v>2024-06-18</v></c><c r="D1" t="d"><v>2024-06-18T00:00:00</v></c>'
        '<c r="E1" t="d"><v>08:30:00</v></c></row>'
    )
    content = xlsx(
        sheet_xml(data, main=STRICT_MAIN),
        workbook=workbook_xml(
            {"1": ""}, '<workbookPr date1904="1"/>', main=STRICT_MAIN, links=STRICT_LINKS
        ),
        shared=f'<sst xmlns="{STRICT_MAIN}"><si><t>chữ</t></si></sst>',
        styles=styles_xml(0, 14, main=STRICT_MAIN),
        links=STRICT_LINKS,
    )
    day = dt.date(2024, 6, 18)
    assert rows_of(content, FileKind.XLSX) == [["chữ", day, day, day, dt.time(8, 30)]]


# --- properties ---


CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
VALUES = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
STRICT_CUSTOM = "http://purl.oclc.org/ooxml/officeDocument/customProperties"


def test_titles_and_times_are_those_of_dublin_core() -> None:
    core = (
        f'<c:coreProperties xmlns:c="{CORE}" xmlns:dc="{FOREIGN}" xmlns:dcterms="{FOREIGN}" '
        'xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:title>lạ</dc:title><d:title>Phiếu</d:title>"
        "<dcterms:modified>2020-01-01T00:00:00Z</dcterms:modified>"
        "<t:modified>2024-05-03T01:02:03Z</t:modified></c:coreProperties>"
    )
    found = package_properties(SafeArchive(archive({"docProps/core.xml": core})))
    assert found.title == "Phiếu"
    assert found.saved == dt.datetime(2024, 5, 3, 1, 2, 3, tzinfo=dt.UTC)


@pytest.mark.parametrize("names", [CUSTOM, STRICT_CUSTOM])
def test_custom_properties_of_both_vocabularies_and_no_other(names: str) -> None:
    custom = (
        f'<Properties xmlns="{names}" {VALUES} xmlns:a="{FOREIGN}">'
        '<property name="cchc-dot"><vt:lpwstr>CCHC-2024</vt:lpwstr></property>'
        '<a:property name="cchc-dot">lạ</a:property></Properties>'
    )
    found = package_properties(SafeArchive(archive({"docProps/custom.xml": custom})))
    assert dict(found.custom) == {"cchc-dot": "CCHC-2024"}


def test_an_open_document_is_locked_only_where_its_own_manifest_says_so() -> None:
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = archive(
        {
            "content.xml": (
                f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:t="{names}:table:1.0">'
                '<o:body><o:spreadsheet><t:table t:name="1"/></o:spreadsheet></o:body>'
                "</o:document-content>"
            ),
            "META-INF/manifest.xml": (
                f'<m:manifest xmlns:m="{manifest}" xmlns:a="{FOREIGN}"><a:encryption-data/>'
                "</m:manifest>"
            ),
        }
    )
    assert open_spreadsheet(content, FileKind.ODS).sheet_names == ("1",)
