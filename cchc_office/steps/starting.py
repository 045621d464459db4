"""The job of starting a campaign folder, from the sample or from a table of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cchc_office.campaign as campaigns
from cchc_office.campaign import RETURNS_FOLDER as RETURNS_FOLDER
from cchc_office.catalogue.findings import Finding
from cchc_office.importing.preview import ImportPreview as ImportPreview
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import BroughtBack, JobResult


@dataclass(frozen=True, kw_only=True, repr=False)
class Started(BroughtBack):
    """The campaign workbook that was written.

    `imported` is what the table was understood as that it is made of, None for the sample.
    """

    workbook: Path
    imported: ImportPreview | None = None

    @property
    def of_table(self) -> tuple[Finding, ...]:
        """What there is to know of the table that the workbook is made of."""
        return self.imported.findings if self.imported else ()


@dataclass(frozen=True)
class Previewed(JobResult):
    """What a table is understood as; nothing was written."""

    imported: ImportPreview

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is doubtful in it."""
        return self.imported.findings


@checked
def import_table(
    table: str | Path,
    *,
    choose: int | Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
) -> ImportPreview:
    """Đọc bảng tiêu chí, bảng phân công có sẵn mà không ghi gì (lệnh khoi-tao --tu … --xem).

    Return what the table in a file is understood as: the tables that qualify, the columns, the rows
    as a draft, the units, what is doubtful, what is left out, and the balance of words. `choose`
    names tables by their numbers, `columns` maps headings of theirs to ours ("bỏ": none). Raises
    CampaignError where the file holds no such table, UsageError for what is not there.
    """
    # Loads the readers of Word and PDF, which few commands need.
    from cchc_office.importing.table_import import import_table as import_from

    numbers = (choose,) if isinstance(choose, int) else tuple(choose)
    return import_from(Path(table), choose=numbers, columns=columns)


@checked
def start_campaign(
    folder: str | Path,
    table: str | Path | None = None,
    *,
    choose: int | Sequence[int] = (),
    columns: Mapping[str, str] | None = None,
) -> Started:
    """Tạo thư mục cho một đợt chấm, từ tệp mẫu hoặc từ bảng có sẵn (lệnh khoi-tao).

    Make `folder` with a campaign workbook and an empty nhan-ve/; without `table`, an existing table
    of criteria or assignments, the workbook is the sample's. `choose` and `columns` are those of
    `import_table`. Nothing is overwritten: raises CchcError where there is a workbook, and what
    `import_table` raises.
    """
    campaigns.place_of_new_campaign(Path(folder))
    imported = import_table(table, choose=choose, columns=columns) if table else None
    workbook = campaigns.start_folder(Path(folder), imported.content if imported else None)
    campaign = campaigns.load_campaign(workbook)
    of_table = imported.findings if imported else ()
    return Started(
        campaign=campaign,
        findings=(*of_table, *campaign.findings),
        workbook=workbook,
        imported=imported,
    )


def preview_table(
    table: str | Path, *, choose: int | Sequence[int] = (), columns: Mapping[str, str] | None = None
) -> Previewed:
    """Return what `import_table` does, as what a job brings back."""
    return Previewed(import_table(table, choose=choose, columns=columns))
