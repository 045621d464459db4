"""The settings for ranking units: whether, by which scores, ties, classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from cchc_office.campaign.tables import BLANK, CellReader
from cchc_office.catalogue.findings import Code
from cchc_office.model import ClassBand, RankingSettings, Stage, Ties
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line, fold, parse_decimal

_WISHES = {"": None, "co": True, "khong": False}
_STAGES = {
    "tu cham": Stage.SELF,
    "tham dinh lan 1": Stage.ROUND_1,
    "tham dinh lan 2": Stage.ROUND_2,
    "cuoi cung": Stage.FINAL,
}
_NUMBER = r"\d+(?:[.,]\d+)?"
_BELOW = rf"(?:duoi|<)\s*(?P<upper>{_NUMBER})\s*%"
_LIMIT = re.compile(
    rf"(?:≥|>=|tu)\s*(?P<least>{_NUMBER})\s*%(?: tro len| den {_BELOW})?"
    rf"|(?P<bare>{_NUMBER})\s*% tro len"
)
_REST = re.compile(rf"con lai|khac|{_BELOW}")
_HOW = "“≥90%: Xuất sắc”"


def read_ranking(cells: Mapping[str, SheetCell], reader: CellReader) -> RankingSettings:
    """Return the settings for ranking in `cells` by key; what is wrong goes to `reader`."""
    keys = ("ranking", "ranking_stage", "ties", "classes")
    wanted, stage, ties, classes = (cells.get(key, BLANK) for key in keys)
    wish = clean_line(wanted.text)
    if fold(wish) not in _WISHES:
        reader.report(Code.BAD_RANKING_WISH, wanted, found=wish)
    return RankingSettings(
        stage=_read_stage(stage, reader),
        ties=_read_ties(ties, reader),
        is_wanted=_WISHES.get(fold(wish)),
        classes=_read_classes(classes, reader),
    )


def _read_stage(cell: SheetCell, reader: CellReader) -> Stage:
    text = clean_line(cell.text)
    stage = _STAGES.get(fold(text).removeprefix("diem ")) if text else Stage.FINAL
    if stage is None:
        expected = "; ".join(stage.value for stage in Stage)
        reader.report(Code.BAD_RANKING_STAGE, cell, found=text, expected=expected)
    return stage or Stage.FINAL


def _read_ties(cell: SheetCell, reader: CellReader) -> Ties:
    text = clean_line(cell.text)
    if not text:
        return Ties.DENSE
    numbers = re.findall(r"\d+", text)
    plain = not re.sub(r"[\d\s,;.\-]", "", text)
    ties = next((t for t in Ties if plain and numbers == re.findall(r"\d+", t.value)), None)
    if ties is None:
        reader.report(Code.BAD_TIES, cell, found=text)
    return ties or Ties.DENSE


class _ClassesError(ValueError):
    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected


def _read_classes(cell: SheetCell, reader: CellReader) -> tuple[ClassBand, ...]:
    if not clean_line(cell.text):
        return ()
    parts = [clean_line(part).strip(" .") for part in re.split(r"[;\n]", cell.text)]
    try:
        return _classes_of([part for part in parts if part])
    except _ClassesError as error:
        reader.report(Code.BAD_CLASSES, cell, found=error.found, expected=error.expected)
        return ()


def _classes_of(parts: list[str]) -> tuple[ClassBand, ...]:
    classes: list[ClassBand] = []
    for part in parts:
        if classes and classes[-1].least is None:
            raise _ClassesError(part, "không có mức nào sau “còn lại”")
        classes.append(_class_of(part, classes[-1].least if classes else None))
    if classes[-1].least is not None or len(classes) < 2:
        raise _ClassesError(parts[-1], "ít nhất một mức, và mức cuối là “còn lại: …”")
    names = [fold(band.name) for band in classes]
    twice = next((b.name for b in classes if names.count(fold(b.name)) > 1), None)
    if twice:
        raise _ClassesError(twice, "mỗi loại một tên khác nhau")
    return tuple(classes)


def _class_of(part: str, above: Decimal | None) -> ClassBand:
    words, _, name = (text.strip() for text in part.partition(":"))
    if not name:
        raise _ClassesError(part, f"mỗi mức như {_HOW}")
    if match := _REST.fullmatch(fold(words)):
        _check_upper(match["upper"], above, part)
        return ClassBand(name, None)
    match = _LIMIT.fullmatch(fold(words))
    if match is None:
        raise _ClassesError(part, f"mức như {_HOW}, hoặc “còn lại: …” ở cuối")
    least = _fraction(match["least"] or match["bare"], part)
    if above is not None and least >= above:
        raise _ClassesError(part, "mức thấp hơn mức ghi trước")
    _check_upper(match["upper"], above, part)
    return ClassBand(name, least)


def _check_upper(text: str | None, above: Decimal | None, part: str) -> None:
    """Refuse an upper limit that is not where the class before it begins."""
    if text is not None and _fraction(text, part) != above:
        raise _ClassesError(part, "mức bắt đầu ngay dưới mức ghi trước")


def _fraction(text: str, part: str) -> Decimal:
    number = parse_decimal(text)
    if number is None or not 0 < number <= 100:
        raise _ClassesError(part, "số phần trăm trên 0% và không quá 100%")
    return number / 100
