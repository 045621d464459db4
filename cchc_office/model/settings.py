"""The sheet "Thông tin" as it was read: who issues the papers of which year, and how."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cchc_office.model.enclosing_paper import DISPATCH_PAPER, THE_DISPATCH, EnclosingPaper
from cchc_office.model.index_name import REFORM_INDEX, IndexName
from cchc_office.text.vietnamese import OfficialDate


class Stage(Enum):
    """Which of the scores that a leaf was given."""

    SELF = "Điểm tự chấm"
    ROUND_1 = "Điểm thẩm định lần 1"
    ROUND_2 = "Điểm thẩm định lần 2"
    FINAL = "Điểm cuối cùng"


class Ties(Enum):
    """Which place follows one that several share."""

    DENSE = "1, 2, 2, 3"
    COMPETITION = "1, 2, 2, 4"


@dataclass(frozen=True, slots=True)
class ClassBand:
    """A class of units ("Tốt") from a limit on; the last of a campaign has none: None.

    `least` is a fraction of what is applicable, or a number of points where classes are by points.
    """

    name: str
    least: Decimal | None


@dataclass(frozen=True, slots=True)
class WrittenSetting:
    """What an office wrote for a setting, by the setting's key, and in which cell."""

    key: str
    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class RankingSettings:
    """How units are ranked.

    With `is_wanted` None they are where all units score the same leaves. With `by_rate` None units
    are ranked by score where the same maximum applies to all, else by rate. Classes are by the
    rate, or with `by_points` by the score itself.
    """

    stage: Stage = Stage.FINAL
    ties: Ties = Ties.DENSE
    is_wanted: bool | None = None
    classes: tuple[ClassBand, ...] = ()
    by_points: bool = False
    by_rate: bool | None = None

    @property
    def _limits(self) -> tuple[Decimal, ...]:
        return tuple(band.least for band in self.classes if band.least is not None)

    @property
    def limits(self) -> tuple[Decimal, ...]:
        """The limits in hundredths of classes by the rate."""
        return () if self.by_points else tuple(least * 100 for least in self._limits)

    @property
    def point_limits(self) -> tuple[Decimal, ...]:
        """The limits of classes by points."""
        return self._limits if self.by_points else ()


class TableColumn(Enum):
    """A column that the assignment table can show, by its heading."""

    CODE = "STT"
    NAME = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"
    MAX_SCORE = "Điểm tối đa"
    RULE = "Cách chấm"
    UNITS = "Đơn vị thực hiện"
    LEADS = "Chủ trì"
    SUPPORTS = "Phối hợp"
    EVIDENCE = "Tài liệu kiểm chứng"
    DEADLINE = "Hạn"
    NOTE = "Ghi chú"


USUAL_COLUMNS = (TableColumn.CODE, TableColumn.NAME, TableColumn.UNITS, TableColumn.NOTE)
"""The columns of the assignment table where the campaign does not say."""


@dataclass(frozen=True)
class CampaignInfo:
    """The sheet "Thông tin": who issues the papers of which year.

    `symbol` is the part of "số và ký hiệu" after the number, with its slash ("/SCT-VP"); `number`
    is blank until the records office gives one. `abbreviations` are the office's own short forms,
    each with what it stands for. `appendix_label` is the line above the table's
    title ("Phụ lục II"). `scale` is what the maxima of the index come to by its own words (100,
    1.000), None where nothing is said. With `penalties_by_reviewers` it is they who enter what is
    taken off, not the units. With `tasks_in_appendix` a unit's tasks stand behind the text of its
    dispatch, as an appendix. `written` has all that is filled in, understood or not. Texts are
    empty where the office left them blank.
    """

    year: int
    agency: str
    abbreviation: str
    symbol: str
    place: str
    table_title: str
    period: str = ""
    parent_agency: str = ""
    number: str = ""
    document_date: OfficialDate | None = None
    signing_authority: str = ""
    signer_title: str = ""
    signer: str = ""
    deadline: dt.date | None = None
    supplement_deadline: dt.date | None = None
    explanation_deadline: dt.date | None = None
    contact: str = ""
    recipients: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    appendix_label: str = ""
    enclosed_in: EnclosingPaper = THE_DISPATCH
    table_columns: tuple[TableColumn, ...] = USUAL_COLUMNS
    ranking: RankingSettings = RankingSettings()
    penalties_by_reviewers: bool = False
    tasks_in_appendix: bool = False
    index: IndexName = REFORM_INDEX
    scale: Decimal | None = None
    written: tuple[WrittenSetting, ...] = ()

    @property
    def is_table_in_dispatch(self) -> bool:
        """Whether the assignment table goes with the dispatch that each unit gets."""
        paper = self.enclosed_in
        own = ((paper.symbol, self.symbol), (paper.number, self.number))
        is_own = all(said in ("", known) for said, known in (*own, (paper.issuer, self.agency)))
        return paper.kind == DISPATCH_PAPER and is_own
