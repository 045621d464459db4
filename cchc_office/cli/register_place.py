"""Of which campaign, and of which units, a command of the register is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_office import campaign as campaigns
from cchc_office.catalogue.findings import has_errors
from cchc_office.errors import CampaignError, CchcError, UsageError
from cchc_office.model import Campaign, Unit

WHICH_CAMPAIGN = (
    "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó; không ghi thì là thư mục "
    "đang đứng."
)


@dataclass(frozen=True)
class Place:
    """The campaign that a person records something of, and what else was typed."""

    campaign: Campaign
    folder: Path
    words: tuple[str, ...]


def place_of(words: tuple[str, ...]) -> Place:
    """Tell the campaign, if the first word names one, from what follows it.

    Raises CampaignError where there is none, CchcError where its workbook has errors.
    """
    source, rest = Path(), words
    if words:
        try:
            campaigns.find_campaign_file(Path(words[0]))
            source, rest = Path(words[0]), words[1:]
        except CampaignError as error:
            if not (source / campaigns.CAMPAIGN_FILE).is_file():
                raise error from None
    campaign = campaigns.load_campaign(source)
    if has_errors(campaign.findings):
        raise CchcError(
            f"dot-cham.xlsx còn lỗi, nên chưa ghi được gì vào sổ. Xem lỗi: cchc kiem-tra {source}"
        )
    return Place(campaign, campaigns.find_campaign_file(source).parent, rest)


def units_of(campaign: Campaign, codes: Sequence[str]) -> list[Unit]:
    """Return the units that were named, each once. Raises UsageError for anything else."""
    found: list[Unit] = []
    for code in codes:
        unit = campaign.find_unit(code)
        if unit is None:
            known = ", ".join(u.code for u in campaign.units[:20])
            raise UsageError(f"Không có đơn vị nào mang mã “{code}”. Các mã: {known}.")
        if unit in found:
            raise UsageError(f"Mã {unit.code} được nêu hai lần; xem lại các mã rồi chạy lại.")
        found.append(unit)
    return found
