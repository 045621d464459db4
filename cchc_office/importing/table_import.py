"""Bringing an office's own table in: `import_table`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cchc_office.campaign.layout import NAMING, UNITS_SHEET
from cchc_office.campaign.legacy_fonts import in_unicode
from cchc_office.campaign.tables import FoundTable, settle_struck
from cchc_office.campaign.workbook import Draft, DraftRemark, DraftRow, build_campaign_workbook
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import FileKind
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.importing.cell_texts import shown, shown_value, words_of
from cchc_office.importing.clerk_choices import (
    check_wanted,
    chosen_table,
    wanted_columns,
    with_columns,
)
from cchc_office.importing.headed_table import MATRIX, ColumnReading, HeadedTable, How, texts_below
from cchc_office.importing.import_sheet import import_sheet
from cchc_office.importing.own_points import REMARK as OWN_POINTS
from cchc_office.importing.own_points import with_own_points
from cchc_office.importing.preview import ImportedRow, ImportPreview
from cchc_office.importing.reading import read_source
from cchc_office.importing.reading.plain_text import read_pasted
from cchc_office.importing.row_reading import RowReader, distinct_texts
from cchc_office.importing.row_sequence import (
    joined,
    propose_codes,
    refuse_mixed_rows,
    settle_places,
    with_scoring_lines,
    write_levels,
)
from cchc_office.importing.source import (
    LeftOut,
    PastedTable,
    Reason,
    SourceDocument,
    SourceTable,
)
from cchc_office.importing.source_total import SourceTotal, differs, grand_total
from cchc_office.importing.surroundings import Surroundings, read_surroundings
from cchc_office.importing.table_choice import TableOffer, no_table, offers_of
from cchc_office.importing.taken_row import TakenRow
from cchc_office.importing.unit_names import GatheredUnits, gather_units
from cchc_office.importing.unknown_columns import offers_as_told
from cchc_office.importing.word_balance import WordBalance, balance, words_of_sheet
from cchc_office.sheets.addresses import cell_name, row_number
from cchc_office.sheets.headings import Headings
from cchc_office.sheets.sheet_reader import (
    SheetCell,
    SheetTable,
    kind_of_file,
    open_spreadsheet_file,
)
from cchc_office.text import figures
from cchc_office.text.command_line import on_any_computer
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import clean_line, fold

_OWN_FIELDS = frozenset(("code", "name", "units", "note"))
_MOST_MISSING_TOLD = 21
_MOST_PLACES_TOLD = 6
_HIDDEN = (
    *(Reason.HIDDEN_SHEET, Reason.HIDDEN_ROW, Reason.HIDDEN_COLUMN, Reason.HIDDEN_TEXT),
    *(Reason.TEXT_BOX, Reason.FOOTNOTE, Reason.COMMENT),
)
"""What stands in a file and is easily not seen to be missing."""

_OF_REFORM = ("cai cach hanh chinh", "cchc", "phan cong")
"""What titles say of the reform index, or of none in particular."""

_OWN_PROPERTY = "cchc-"
"""How the properties begin that mark a workbook as a paper of this program."""


def import_table(
    table: Path | PastedTable,
    *,
    choose: Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
    same_units: Mapping[str, str] | None = None,
    rows_as_they_are: bool = False,
) -> ImportPreview:
    """Return the table in a file, or as it was pasted, as the draft of a campaign, and all of it.

    `choose` names the table by its number among those that qualify, or several that are joined;
    `columns` tells of headings of theirs which column of ours they are ("bỏ": none), `same_units`
    of names whose other names they are ("riêng": units of their own). With `rows_as_they_are` no
    row is added for points that a row has beside those below it. Nothing is written. Raises
    CampaignError where the file cannot be read or holds no such table, UsageError for a number, a
    column or a unit that is not there.
    """
    wanted = wanted_columns(columns or {})
    if isinstance(table, Path):
        _refuse_own_paper(table)
        read = read_source(table)
    else:
        read = read_pasted(table)
    document, legacy = _in_unicode(read)
    offers = tuple(with_columns(offer, wanted) for offer in offers_of(document))
    offers = offers or offers_as_told(document, wanted)
    if not offers:
        raise CampaignError(no_table(document))
    chosen = chosen_table(offers, choose, document)
    check_wanted(chosen, columns or {})
    units = tuple((same_units or {}).items())
    bringing = _Bringing(document, offers, chosen, units, rows_as_they_are)
    bringing.findings += [f for f in legacy if f.sheet in {t.source.name for t in chosen.tables}]
    return bringing.preview(tells_choice=not choose and len(offers) > 1)


def _refuse_own_paper(path: Path) -> None:
    """Refuse a form, a report: what it holds is not what a campaign is made of."""
    if kind_of_file(path) is not FileKind.XLSX:
        return
    try:
        properties = open_spreadsheet_file(path).properties.custom
    except UnreadableFileError:
        return  # whoever reads it tells why
    if any(name.startswith(_OWN_PROPERTY) for name in properties):
        raise CampaignError(
            f"{path.name} là phiếu chấm hoặc báo cáo do chương trình này làm ra, không phải bảng "
            "tiêu chí, bảng phân công. Chọn tệp bảng của cơ quan, hoặc dot-cham.xlsx của đợt trước."
        )


def _in_unicode(document: SourceDocument) -> tuple[SourceDocument, list[Finding]]:
    sheets, findings = in_unicode(tuple(t.sheet for t in document.tables), document.file)
    tables = tuple(
        replace(t, sheet=_squared(s)) for t, s in zip(document.tables, sheets, strict=True)
    )
    return replace(document, tables=tables), findings


def _squared(sheet: SheetTable) -> SheetTable:
    """Return a sheet with all its rows as long as the longest."""
    width = max(map(len, sheet.rows), default=0)
    if all(len(row) == width for row in sheet.rows):
        return sheet
    rows = []
    for number, row in enumerate(sheet.rows):
        blanks = (cell_name(number, place) for place in range(len(row), width))
        rows.append((*row, *(SheetCell(None, address, address) for address in blanks)))
    return replace(sheet, rows=tuple(rows))


# --- bringing it in ---


@dataclass
class _Bringing:
    """One table being brought in: what is taken and what is left, step by step."""

    document: SourceDocument
    offers: tuple[TableOffer, ...]
    chosen: TableOffer
    units_chosen: tuple[tuple[str, str], ...] = ()
    rows_as_they_are: bool = False
    findings: list[Finding] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    totals: list[SourceTotal] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    """Texts that the workbook has once more than the file."""

    def preview(self, *, tells_choice: bool) -> ImportPreview:
        file = self.document.file
        self.findings += [
            Finding(Code.SOURCE_NOTE, file, found=note.rstrip(".")) for note in self.document.notes
        ]
        if tells_choice:
            self.findings.append(self._choice())
        self._tell_columns()
        self.left_out += self.document.left_out
        self.words += [one.text for one in self.document.left_out]
        self.words += [text.text for text in self.document.texts]
        self._tell_hidden()
        self._leave_other_tables()
        surroundings = read_surroundings(self.document, self.chosen.tables)
        self.left_out += surroundings.left_out
        draft, imported = self._draft(self._rows(), surroundings)
        return self._whole(draft, imported, surroundings)

    def _whole(
        self, draft: Draft, rows: tuple[ImportedRow, ...], surroundings: Surroundings
    ) -> ImportPreview:
        derived = {"level"} - self.chosen.tables[0].places.keys()
        content = build_campaign_workbook(draft)
        words = balance(
            self.words,
            self.left_out,
            content,
            settings=surroundings.whole,
            derived=derived,
            copied=self.copied,
        )
        if words.missing:
            self.findings.append(self._lost(words))
        total = grand_total(self.totals)
        if total and (told := differs(total, content, self.document.file)):
            self.findings.insert(0, told)
        preview = ImportPreview(
            self.document.file,
            self.document.kind,
            self.offers,
            self.chosen,
            rows,
            draft,
            tuple(self.left_out),
            tuple(map(self._placed, self.findings)),
            words,
            b"",
            self.units_chosen,
            self.rows_as_they_are,
        )
        return replace(preview, content=build_campaign_workbook(draft, import_sheet(preview)))

    def _placed(self, finding: Finding) -> Finding:
        is_in_table = bool(finding.sheet) and not self.document.is_spreadsheet
        return replace(finding, in_document=True) if is_in_table else finding

    def _lost(self, words: WordBalance) -> Finding:
        found = some_of([f"“{word}”" for word in words.missing], _MOST_MISSING_TOLD, "chữ")
        return Finding(Code.WORDS_NOT_ACCOUNTED_FOR, self.document.file, found=found)

    def _choice(self) -> Finding:
        return Finding(
            Code.SEVERAL_TABLES,
            self.document.file,
            about=str(len(self.offers)),
            found=str(self.chosen.number),
            candidates=tuple(f"{o.number}. {o.name} ({o.rows} dòng)" for o in self.offers),
        )

    def _tell_columns(self) -> None:
        table = self.chosen.tables[0]
        for column in table.columns:
            if finding := _about_column(column, table, self.document.file):
                self.findings.append(finding)
        keys = {column.key for column in table.columns}
        if not keys & {"units", "leads", MATRIX}:
            self.findings.append(
                Finding(Code.UNITS_NOT_IN_TABLE, self.document.file, table.source.name)
            )

    def _tell_hidden(self) -> None:
        for reason in _HIDDEN:
            hidden = [one for one in self.document.left_out if one.reason is reason]
            if hidden:
                places = tuple(dict.fromkeys(one.place for one in hidden))
                told = some_of(places, _MOST_PLACES_TOLD, "chỗ", between="; ")
                self.findings.append(
                    Finding(
                        Code.HIDDEN_NOT_TAKEN,
                        self.document.file,
                        about=str(sum(len(words_of(one.text)) for one in hidden)),
                        found=reason.value,
                        expected=told,
                    )
                )

    def _leave_other_tables(self) -> None:
        taken = {table.number for table in self.chosen.tables}
        for number, source in enumerate(self.document.tables):
            if number in taken:
                continue
            self.words += words_of_sheet(source.sheet, {})
            for at, row in enumerate(source.sheet.rows):
                texts = distinct_texts(row, own=True)
                texts += [shown_value(c.crossed_out) for c in row if _is_crossed_out(c)]
                if texts:
                    place = source.place_of(at).words
                    self.left_out.append(LeftOut(place, " | ".join(texts), Reason.OTHER_TABLE))

    def _rows(self) -> list[TakenRow]:
        rows: list[TakenRow] = []
        tables = self.chosen.tables
        for table, below in zip(tables, (*tables[1:], None), strict=True):
            sheet = table.source.sheet
            if sheet.beyond:
                raise CampaignError(
                    f"Bảng ở trang “{sheet.name}” của {self.document.file} quá lớn: ô "
                    f"{sheet.beyond} nằm ngoài phần đọc được. Xoá nội dung không thuộc bảng rồi "
                    "thử lại."
                )
            settled, struck = self._settled(table)
            goes_on = below is not None and below.source.is_on_page_after(table.source)
            reader = RowReader(settled, self.document.file, struck, goes_on=goes_on)
            rows += reader.rows()
            self.left_out += reader.left_out
            self.totals += reader.totals
            self.left_out += _headings_left(settled, rows)
            self.words += words_of_sheet(settled.source.sheet, reader.converted)
        refuse_mixed_rows(rows, self.document.file)
        rows, told = with_scoring_lines(joined(rows, self.document.file), self.document.file)
        self.findings += told
        if any(row.has_code for row in rows) or "code" in self.chosen.tables[0].places:
            propose_codes(rows, self.document.file)
        counted = sum(
            row.address in table.source.numbered and row.place.table == table.source.name
            for table in self.chosen.tables
            for row in rows
        )
        if counted:
            found = Finding(Code.CODES_COUNTED_BY_WORD, self.document.file, found=str(counted))
            self.findings.append(found)
        return rows

    def _settled(self, table: HeadedTable) -> tuple[HeadedTable, frozenset[int]]:
        """Return the table with what is crossed out settled, and the rows that are crossed out."""
        sheet = table.source.sheet
        texts = tuple((column.heading,) if column.heading else () for column in table.columns)
        row = max(table.first - 1, 0)
        headings = Headings(table.top, row, texts, table.places, {}, (), {})
        settled = settle_struck(FoundTable(sheet, headings), NAMING, self.document.file)
        self.findings += (*settled.cells, *settled.rows.values())
        for cells in settled.table.sheet.rows:
            for cell in cells:
                if _is_crossed_out(cell):
                    text = shown_value(cell.crossed_out)
                    place = self._place_of(cell, table.source)
                    self.left_out.append(LeftOut(place, text, Reason.CROSSED_OUT))
        source = replace(table.source, sheet=settled.table.sheet)
        return replace(table, source=source), frozenset(settled.rows)

    def _place_of(self, cell: SheetCell, table: SourceTable) -> str:
        if self.document.is_spreadsheet:
            return f"{table.name}, ô {cell.address}"
        return table.place_of(row_number(cell.address) - 1).words

    # --- the draft ---

    def _draft(
        self, rows: list[TakenRow], surroundings: Surroundings
    ) -> tuple[Draft, tuple[ImportedRow, ...]]:
        places = settle_places(rows, self.document.file)
        rows, levels, told = with_own_points(
            rows, places, self.document.file, adds=not self.rows_as_they_are
        )
        write_levels(rows, levels)
        self.findings += told
        self.copied += [text for row in rows for text in row.copied]
        imported = tuple(
            ImportedRow(row.place, row.code, level) for row, level in zip(rows, levels, strict=True)
        )
        self.findings += [doubt.finding for row in rows for doubt in row.doubts]
        units = gather_units(_unit_texts(rows), dict(self.units_chosen))
        self.findings += self._about_units(units)
        remarks = {UNITS_SHEET: _units_remark(units)} if units.units or units.groups else {}
        settings = dict(surroundings.settings)
        if total := grand_total(self.totals):
            settings.setdefault("scale", figures.as_typed(total.score))
        setting_remarks = self._setting_remarks(settings)
        drafted = tuple(_draft_row(row, level) for row, level in zip(rows, levels, strict=True))
        if any(row.max_score is not None for row in drafted):
            settings["table_columns"] = _COLUMNS_WITH_POINTS
            setting_remarks["table_columns"] = _HAS_POINTS
        draft = Draft(
            settings,
            units.units,
            drafted,
            remarks,
            setting_remarks,
            {u.code: _unit_remark(r) for u, r in zip(units.units, units.remarks, strict=True)},
        )
        return draft, imported

    def _setting_remarks(self, settings: Mapping[str, str]) -> dict[str, str]:
        remarks = dict.fromkeys(settings, _TAKEN_FROM_FILE)
        title = clean_line(settings.get("table_title", ""))
        if title and not any(words in fold(title) for words in _OF_REFORM):
            asked = Finding(Code.INDEX_NAME_ASKED, self.document.file, found=title)
            self.findings.append(asked)
            remarks["index_name"] = on_any_computer(f"{asked.sentence} {asked.advice}")
        return remarks

    def _about_units(self, units: GatheredUnits) -> Iterator[Finding]:
        file = self.document.file
        if units.units:
            without = len(units.without_units)
            yield Finding(
                Code.UNITS_PROPOSED,
                file,
                found=str(len(units.units) - without),
                expected=str(len(units.groups) - without),
            )
        for name, other in units.grouped:
            yield Finding(Code.UNITS_GROUPED, file, about=name, found=other)
        for group in units.without_units:
            yield Finding(Code.GROUP_WITHOUT_UNITS, file, found=group)
        for name, other in units.near:
            yield Finding(Code.UNITS_NEAR, file, about=name, found=other)


_COLUMNS_WITH_POINTS = "Điểm tối đa; Đơn vị thực hiện; Ghi chú"
_HAS_POINTS = (
    "Bảng trong tệp gốc có cột điểm, nên bảng phân công cũng có. Không cần thì bỏ Điểm tối đa."
)
_TAKEN_FROM_FILE = "Lấy từ phần chữ quanh bảng trong tệp gốc. Xem lại, sửa nếu chưa đúng."


def _about_column(column: ColumnReading, table: HeadedTable, file: str) -> Finding | None:
    """Return what is told of a column that is known by less than its heading, or left out."""
    cell = table.rows[table.top][column.place].address if table.first else ""
    sheet = table.source.name
    if column.key and not column.is_surely_named:
        return Finding(
            Code.COLUMN_NEAR,
            file,
            sheet,
            cell,
            about=column.told,
            found=column.name,
            expected=column.ours,
        )
    if column.key or column.how is How.CHOSEN or not texts_below(table, column.place):
        return None
    if column.why:
        return Finding(Code.COLUMN_SAME, file, sheet, cell, about=column.why, found=column.name)
    return Finding(Code.COLUMN_NOT_TAKEN, file, sheet, cell, found=column.name)


def _headings_left(table: HeadedTable, rows: Sequence[TakenRow]) -> Iterator[LeftOut]:
    """Yield the headings of a table; those of units that rows name are in the workbook."""
    texts = "\n".join(row.texts.get(k, "") for row in rows for k in ("units", "leads", "supports"))
    named = {
        c.place: c.lines[-1] for c in table.columns if c.key == MATRIX and c.lines[-1] in texts
    }
    for index in range(table.top, table.first):
        left = [
            shown(cell)
            for place, cell in enumerate(table.rows[index])
            if shown(cell)
            and cell.address == cell.head
            and named.get(place) != clean_line(cell.text)
        ]
        if left:
            yield LeftOut(table.source.place_of(index).words, " | ".join(left), Reason.HEADING)


def _is_crossed_out(cell: SheetCell) -> bool:
    return cell.crossed_out is not None and cell.address == cell.head


def _draft_row(row: TakenRow, level: int) -> DraftRow:
    others = tuple((k, text) for k, text in row.texts.items() if k not in _OWN_FIELDS and text)
    return DraftRow(
        code=row.texts.get("code", ""),
        name=row.texts.get("name", ""),
        level=level,
        unit_text=row.texts.get("units", ""),
        unit_cell=row.unit_cell if row.texts.get("units") else 0,
        note=clean_line(row.texts.get("note", "")),
        max_score=row.max_score,
        is_struck=row.is_struck,
        others=others,
        code_value=row.code_value,
        remarks=tuple(_remarks(row)),
    )


def _remarks(row: TakenRow) -> Iterator[DraftRemark]:
    if row.copied:
        yield DraftRemark("name", OWN_POINTS)
    source = " | ".join(t for key, t in row.texts.items() if t and key not in row.written)
    source = clean_line(source)[:300]
    for doubt in row.doubts:
        if doubt.key:
            said = on_any_computer(f"{doubt.finding.sentence} {doubt.finding.advice}")
            # What the workbook itself is asked about needs nobody to tick it as seen.
            is_asked = doubt.finding.code is Code.POINTS_BESIDE_ROWS
            yield DraftRemark(doubt.key, said, "" if is_asked else f"{row.place.words}: “{source}”")


def _unit_texts(rows: Iterable[TakenRow]) -> Iterator[str]:
    seen = set()
    for row in rows:
        for key in ("units", "leads", "supports"):
            text = row.texts.get(key, "")
            if text and text not in seen:
                seen.add(text)
                yield text


def _units_remark(units: GatheredUnits) -> str:
    said = (
        "Hướng dẫn: các đơn vị dưới đây gom từ bảng, do chương trình đề nghị. Xem lại mã, tên gọi "
        "khác, nhóm; xoá dòng thừa, thêm đơn vị còn thiếu."
    )
    groups = f" Nhóm có trong bảng: {' | '.join(units.groups)}" if units.groups else ""
    return said + groups


def _unit_remark(why: str) -> str:
    told = f" {why}." if why else ""
    return f"Đề nghị từ tên trong bảng.{told} Xem lại mã, tên gọi khác, nhóm."
