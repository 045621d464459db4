"""The job of starting a campaign folder, from the sample or from a table of the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import cchc_office.campaign as campaigns
from cchc_office.campaign import RETURNS_FOLDER as RETURNS_FOLDER
from cchc_office.campaign.workbook import Draft
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError, CchcError, UsageError, reason_of
from cchc_office.files.being_there import is_there
from cchc_office.importing.preview import ImportPreview as ImportPreview
from cchc_office.importing.source import PastedTable as PastedTable
from cchc_office.importing.unknown_columns import UnknownColumnsError as UnknownColumnsError
from cchc_office.mail.saved_files import safe_stem
from cchc_office.model import Unit
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import BroughtBack, JobResult
from cchc_office.text.vietnamese import clean_line

_MISSING = frozenset((Code.MISSING_UNIT, Code.MISSING_UNITS))
_OF_UNITS = _MISSING | {Code.UNKNOWN_UNIT, Code.NO_LEAD, Code.EMPTY_GROUP}
_LONGEST_ENDING = 6
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True, repr=False)
class Started(BroughtBack):
    """The campaign workbook that was written.

    `imported` is what the table was understood as that it is made of, None for the sample and for
    last year's workbook. `of_last_year` are the findings of what was taken from that. `returns` are
    the sample's returned forms that were put beside it.
    """

    workbook: Path
    returns: tuple[Path, ...] = ()
    imported: ImportPreview | None = None
    of_last_year: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Previewed(JobResult):
    """What a table, or last year's workbook, is understood as; nothing was written.

    `draft` is what the new workbook would hold, None for the sample's; `still_wrong` are the errors
    that its units would have, at its cells. `last_year` is the year of a workbook of last year.
    """

    imported: ImportPreview | None = None
    of_last_year: tuple[Finding, ...] = ()
    draft: Draft | None = None
    still_wrong: tuple[Finding, ...] = ()
    last_year: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is doubtful in it."""
        of_table = self.imported.findings if self.imported else ()
        return (*of_table, *self.of_last_year, *self.still_wrong)


@checked
def import_table(
    table: str | Path | PastedTable,
    *,
    choose: int | Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
    same_units: Mapping[str, str] | None = None,
    rows_as_they_are: bool = False,
) -> ImportPreview:
    """Đọc bảng tiêu chí, bảng phân công có sẵn mà không ghi gì (lệnh khoi-tao --tu … --xem).

    Return what the table in a file, or a PastedTable, is understood as: the tables that qualify,
    the columns, the rows as a draft, the units, what is doubtful, what is left out, and the balance
    of words. `choose` names tables by their numbers, `columns` maps headings of theirs to ours
    ("bỏ": none), `same_units` names of units to the unit that they are ("riêng": one of its own).
    `rows_as_they_are` adds no row for points that a row has beside those of the rows below it.
    Raises CampaignError where there is no such table, UsageError for what is not there.
    """
    # Loads the readers of Word and PDF, which few commands need.
    from cchc_office.importing.table_import import import_table as import_from

    numbers = (choose,) if isinstance(choose, int) else tuple(choose)
    source = table if isinstance(table, PastedTable) else Path(table)
    return import_from(
        source,
        choose=numbers,
        columns=columns,
        same_units=same_units,
        rows_as_they_are=rows_as_they_are,
    )


def pasted_table(content: bytes) -> PastedTable:
    """Return the table that a program was handed as text, in whatever encoding it came."""
    from cchc_office.importing.reading.plain_text import decoded

    return PastedTable(decoded(content))


@checked
def start_campaign(
    folder: str | Path,
    table: str | Path | PastedTable | None = None,
    *,
    choose: int | Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
    same_units: Mapping[str, str] | None = None,
    rows_as_they_are: bool = False,
    assignments: str | Path | None = None,
    sample_returns: bool = False,
) -> Started:
    """Tạo thư mục cho một đợt chấm, từ tệp mẫu, từ bảng có sẵn hay từ năm trước (lệnh khoi-tao).

    Make `folder` with a campaign workbook, an empty nhan-ve/ and an empty output/; without `table`,
    the workbook is the sample's. `table` is an existing table of criteria or assignments, or last
    year's campaign: then all is kept but what is of one year only. `choose`, `columns`,
    `same_units` and `rows_as_they_are` are those of `import_table`; `assignments` is the campaign
    whose units a new table's rows are given where they are surely the same. `sample_returns` puts
    the sample's returned forms into nhan-ve/, to try the later steps with figures that only
    illustrate. Nothing is overwritten: raises CchcError where there is a workbook, and what
    `import_table` raises.
    """
    if sample_returns and table is not None:
        raise UsageError("Phiếu làm thử là của tệp mẫu: bỏ --tu, hoặc bỏ --phieu-lam-thu.")
    campaigns.place_of_new_campaign(Path(folder))
    content, found = _made_of(
        table, choose, columns, same_units, assignments, rows_as_they_are=rows_as_they_are
    )
    workbook = campaigns.start_folder(Path(folder), content)
    returns = campaigns.add_sample_returns(Path(folder)) if sample_returns else ()
    campaign = campaigns.load_campaign(workbook)
    return Started(
        campaign=campaign,
        findings=(*found.findings, *campaign.findings),
        workbook=workbook,
        returns=returns,
        imported=found.imported,
        of_last_year=found.of_last_year,
    )


@checked
def preview_table(
    table: str | Path | PastedTable,
    *,
    choose: int | Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
    same_units: Mapping[str, str] | None = None,
    rows_as_they_are: bool = False,
    assignments: str | Path | None = None,
) -> Previewed:
    """Return what `start_campaign` would make a workbook of, as what a job brings back."""
    content, found = _made_of(
        table, choose, columns, same_units, assignments, rows_as_they_are=rows_as_they_are
    )
    if content is None:
        return found
    return replace(found, still_wrong=tuple(_wrong_units(content, found)))


def _wrong_units(content: bytes, found: Previewed) -> Iterator[Finding]:
    """Yield which units a new workbook would not know, as they are told once it is written."""
    codes = _OF_UNITS
    if any(finding.code is Code.UNITS_NOT_IN_TABLE for finding in found.findings):
        codes = codes - _MISSING
    read = campaigns.campaign_in(content, campaigns.CAMPAIGN_FILE)
    yield from (finding for finding in read.findings if finding.code in codes)


def _made_of(
    table: str | Path | PastedTable | None,
    choose: int | Sequence[int],
    columns: Mapping[str, str] | None,
    same_units: Mapping[str, str] | None,
    assignments: str | Path | None,
    *,
    rows_as_they_are: bool,
) -> tuple[bytes | None, Previewed]:
    """Return the bytes of a new workbook, None for the sample's, and what they are made of."""
    if table is None:
        if assignments is not None:
            raise UsageError("Phân công năm trước cần một bảng mới để điền vào: thêm --tu TỆP.")
        return None, Previewed()
    file = table if isinstance(table, PastedTable) else campaigns.find_campaign_file(Path(table))
    # Loads XlsxWriter, which few commands need.
    from cchc_office.campaign.carrying_over import carry_over
    from cchc_office.campaign.last_year import draft_from_last_year, is_campaign_workbook
    from cchc_office.campaign.workbook import build_campaign_workbook

    if isinstance(file, Path) and is_campaign_workbook(file):
        if choose or columns or same_units or rows_as_they_are or assignments is not None:
            raise UsageError(
                f"{file} là đợt chấm năm trước, được chép cả phân công: bỏ --bang, --cot, "
                "--don-vi, --khong-them-dong, --phan-cong-tu."
            )
        last = draft_from_last_year(file)
        previewed = Previewed(None, last.findings, last.draft, last_year=last.year)
        return build_campaign_workbook(last.draft), previewed
    imported = import_table(
        file,
        choose=choose,
        columns=columns,
        same_units=same_units,
        rows_as_they_are=rows_as_they_are,
    )
    if assignments is None:
        return imported.content, Previewed(imported, draft=imported.draft)
    old = campaigns.find_campaign_file(Path(assignments))
    if not is_campaign_workbook(old):
        raise CampaignError(f"{old} không phải là tệp dot-cham.xlsx của một đợt chấm.")
    from cchc_office.importing.import_sheet import import_sheet

    of_last_year = draft_from_last_year(old).draft
    carried = carry_over(imported.draft, of_last_year, old.name)
    own = carried.draft.units[len(of_last_year.units) :]
    told = (*carried.findings, *_nearly_named(own, of_last_year.units, imported.file))
    of_carrying = (*told, *carried.gone)
    findings = (*imported.findings, *of_carrying)
    of_import = import_sheet(replace(imported, draft=carried.draft, findings=findings))
    content = build_campaign_workbook(carried.draft, of_import)
    changed = replace(imported, draft=carried.draft, content=content)
    return content, Previewed(changed, told, carried.draft)


def new_folder(base: Path, name: str) -> Path:
    """Return the folder of this name in `base` for a new campaign.

    Raises UsageError for what is no name of a folder, CchcError where there is one already.
    """
    name = clean_line(name)
    if not 0 < len(name) <= _LONGEST_NAME or safe_stem(name) != name:
        raise UsageError(
            f"Tên thư mục “{name}” không dùng được. Dùng chữ, số, dấu cách, gạch nối, tối đa 60 "
            "chữ, ví dụ CCHC 2026."
        )
    folder = base / name
    try:
        taken = is_there(folder)
    except OSError as error:
        raise CchcError(f"Không xem được {folder}: {reason_of(error)}.") from error
    if taken:
        raise CchcError(f"Đã có thư mục “{name}” ở {base}. Đặt tên khác.")
    return folder


def file_name(given: str) -> str:
    """Return the name that a file brought from elsewhere is kept under, without its folders."""
    path = PurePosixPath(given.replace("\\", "/"))
    ending = path.suffix if path.suffix[1:].isalnum() else ""
    return f"{safe_stem(path.stem)}{ending[:_LONGEST_ENDING]}"


def _nearly_named(units: Sequence[Unit], last: Sequence[Unit], file: str) -> Iterator[Finding]:
    """Yield which units of a new table may be one of last year's: each would get papers."""
    from cchc_office.importing.unit_names import why_one

    for unit in units:
        for old in last:
            if any(why_one(name, unit.name) for name in (old.name, *old.aliases)):
                yield Finding(Code.LAST_YEAR_UNIT_NEAR, file, about=unit.name, found=old.name)
