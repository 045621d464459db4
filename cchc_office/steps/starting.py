"""The job of starting a campaign folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cchc_office.campaign as campaigns
from cchc_office.campaign import RETURNS_FOLDER as RETURNS_FOLDER
from cchc_office.catalogue.findings import Finding
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import BroughtBack


@dataclass(frozen=True, kw_only=True, repr=False)
class Started(BroughtBack):
    """The campaign workbook that was written; `of_table` are the findings of the table it is of."""

    workbook: Path
    of_table: tuple[Finding, ...] = ()


@checked
def start_campaign(folder: str | Path, table: str | Path | None = None) -> Started:
    """Tạo thư mục cho một đợt chấm, từ tệp mẫu hoặc từ bảng phân công có sẵn (lệnh khoi-tao).

    Make `folder` with a campaign workbook and an empty nhan-ve/; without `table`, an existing
    assignment table, the workbook is the sample's. Nothing is overwritten: raises CchcError where
    there is a workbook, CampaignError where `table` holds no assignment table.
    """
    made = campaigns.start_campaign(Path(folder), Path(table) if table else None)
    campaign = campaigns.load_campaign(made.workbook)
    return Started(
        campaign=campaign,
        findings=(*made.findings, *campaign.findings),
        workbook=made.workbook,
        of_table=made.findings,
    )
