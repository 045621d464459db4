"""What papers are made from: it tells, without building anything, which papers are current."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import (
    Aggregation,
    Campaign,
    CampaignInfo,
    Consolidation,
    Criterion,
    Method,
    Points,
    Unit,
)
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    FORM,
    REMINDER,
    SUPPLEMENT,
    TABLE,
    PaperKind,
)
from cchc_office.papers.planning import Basis, PlannedPaper
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from cchc_office.rules import parse_rule
from cchc_office.text.vietnamese import OfficialDate

from . import days
from .conftest import EXAMPLE

KINDS = (TABLE, DISPATCH, FORM, REMINDER, EXPLANATION, SUPPLEMENT)
