"""Rules of scoring: from the words in "Cách chấm" to a score."""

from cchc_office.rules.computing import Computed, Input, Problem, compute, inputs_of
from cchc_office.rules.coverage import takes_whole_only
from cchc_office.rules.formulas import RuleCells, formula
from cchc_office.rules.parse import parse_rule
from cchc_office.rules.pooling import EMPTY_POOL, Pool, can_be_pooled, counts_things
from cchc_office.rules.reading import RuleReading, RuleWordsError
from cchc_office.rules.values import (
    SELF_SCORED,
    Band,
    Bands,
    ByDate,
    Comparison,
    DayLimit,
    Declared,
    Limit,
    NothingArose,
    PerItem,
    Ratio,
    Rule,
    SelfScored,
    YesNo,
)
from cchc_office.rules.words import describe

__all__ = [
    "EMPTY_POOL",
    "SELF_SCORED",
    "Band",
    "Bands",
    "ByDate",
    "Comparison",
    "Computed",
    "DayLimit",
    "Declared",
    "Input",
    "Limit",
    "NothingArose",
    "PerItem",
    "Pool",
    "Problem",
    "Ratio",
    "Rule",
    "RuleCells",
    "RuleReading",
    "RuleWordsError",
    "SelfScored",
    "YesNo",
    "can_be_pooled",
    "compute",
    "counts_things",
    "describe",
    "formula",
    "inputs_of",
    "parse_rule",
    "takes_whole_only",
]
