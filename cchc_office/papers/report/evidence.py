"""The report's sheet "Minh chứng": each evidence file with its row, and each that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.papers.file_links import EvidenceLinks
from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.report.inputs import Inputs
from cchc_office.sheets.columns import Column, Holds, Link
from cchc_office.sheets.look import ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableSheet

EVIDENCE_SHEET = "Minh chứng"

_COLUMNS = (
    Column("unit", "Mã đơn vị", 20, Holds.MARK),
    Column("unit_name", "Đơn vị", 40),
    Column("code", "STT", 14, Holds.MARK),
    Column("name", "Tiêu chí", 60),
    Column("file", "Tệp", 60, Holds.LINK),
    Column("state", "Tình trạng", 36, Holds.MARK),
)
_LINKED, _UNLINKED, _MISSING = "có tệp", "không dòng nào nêu tệp này", "nêu tên mà không có tệp"


def evidence_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet where there is a folder of evidence with anything in it."""
    links = inputs.evidence
    if links is None:
        return
    rows = list(_rows(inputs, links))
    title = "TÀI LIỆU KIỂM CHỨNG CỦA CÁC ĐƠN VỊ"
    remarks = (inputs.as_of, links.evidence.words)
    columns = with_room_for_codes(_COLUMNS, inputs.data.campaign)
    yield TableSheet(EVIDENCE_SHEET, title, remarks, columns, rows, len(rows))


def _rows(inputs: Inputs, links: EvidenceLinks) -> Iterator[SheetRow]:
    campaign, evidence = inputs.data.campaign, links.evidence
    for unit in campaign.units:
        who = {"unit": unit.code, "unit_name": unit.name}
        for criterion in campaign.criteria:
            of_row = who | {"code": campaign.listed_code(criterion), "name": criterion.name}
            for file in evidence.of(unit.code, criterion.id):
                yield SheetRow(of_row | {"file": Link(file.name, links.to(file)), "state": _LINKED})
            for missing in evidence.missing:
                if (missing.unit, missing.criterion) == (unit.code, criterion.id):
                    yield _marked(of_row, Link(missing.name, ""), _MISSING)
        for file in evidence.unlinked:
            if file.unit == unit.code:
                yield _marked(who, Link(file.name, links.to(file)), _UNLINKED)


def _marked(of_row: dict[str, str], file: Link, state: str) -> SheetRow:
    return SheetRow({**of_row, "file": file, "state": state}, {"state": ATTENTION})
