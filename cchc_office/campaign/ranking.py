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

_WISHES: Mapping[str, tuple[bool | None, bool | None]] = {
    "": (None, None),
    "co": (True, None),
    "khong": (False, None),
    "theo diem": (True, False),
    "theo ty le": (True, True),
    "theo ti le": (True, True),
}
"""Whether units are ranked, and whether by rate; None where that is left to what they scored."""
_STAGES = {
    "tu cham": Stage.SELF,
    "tham dinh lan 1": Stage.ROUND_1,
    "tham dinh lan 2": Stage.ROUND_2,
    "cuoi cung": Stage.FINAL,
}
_NUMBER = r"[1-9]\d{0,2}(?:\.\d{3})+|\d+(?:[.,]\d+)?"
_OF = r"\s*(?:%|diem)"
_BELOW = rf"(?:duoi|<)\s*(?P<upper>(?:{_NUMBER}){_OF})"
_LIMIT = re.compile(
    rf"(?:≥|>=|tu)\s*(?P<least>(?:{_NUMBER}){_OF})(?: tro len| den {_BELOW})?"
    rf"|(?P<bare>(?:{_NUMBER}){_OF}) tro len"
    rf"|tu (?P<plain>{_NUMBER}) den duoi (?P<below>(?P<last>{_NUMBER})(?P<of>{_OF}))"
)
_REST = re.compile(rf"con lai|khac|{_BELOW}")
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<of>%|diem)")
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_HOW = "“≥90%: Xuất sắc” hoặc “≥90 điểm: Xuất sắc”"


def read_ranking(cells: Mapping[str, SheetCell], reader: CellReader) -> RankingSettings:
    """Return the settings for ranking in `cells` by key; what is wrong goes to `reader`."""
    keys = ("ranking", "ranking_stage", "ties", "classes")
    wanted, stage, ties, classes = (cells.get(key, BLANK) for key in keys)
    wish = clean_line(wanted.text)
    if fold(wish) not in _WISHES:
        reader.report(Code.BAD_RANKING_WISH, wanted, found=wish)
    is_wanted, by_rate = _WISHES.get(fold(wish), (None, None))
    bands, by_points = _read_classes(classes, reader)
    return RankingSettings(
        stage=_read_stage(stage, reader),
        ties=_read_ties(ties, reader),
        is_wanted=is_wanted,
        classes=bands,
        by_points=by_points,
        by_rate=by_rate,
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


def _read_classes(cell: SheetCell, reader: CellReader) -> tuple[tuple[ClassBand, ...], bool]:
    """Return the classes, and whether they are by points."""
    if not clean_line(cell.text):
        return (), False
    parts = [clean_line(part).strip(" .") for part in re.split(r"[;\n]", cell.text)]
    try:
        return _Classes().read([part for part in parts if part])
    except _ClassesError as error:
        reader.report(Code.BAD_CLASSES, cell, found=error.found, expected=error.expected)
        return (), False


class _Classes:
    """Reads classes from the highest down, which are all by the rate or all by points."""

    def __init__(self) -> None:
        self._classes: list[ClassBand] = []
        self._by_points: bool | None = None

    def read(self, parts: list[str]) -> tuple[tuple[ClassBand, ...], bool]:
        classes = self._classes
        for part in parts:
            if classes and classes[-1].least is None:
                raise _ClassesError(part, "không có mức nào sau “còn lại”")
            classes.append(self._class_of(part, classes[-1].least if classes else None))
        if classes[-1].least is not None or len(classes) < 2:
            raise _ClassesError(parts[-1], "ít nhất một mức, và mức cuối là “còn lại: …”")
        names = [fold(band.name) for band in classes]
        twice = next((b.name for b in classes if names.count(fold(b.name)) > 1), None)
        if twice:
            raise _ClassesError(twice, "mỗi loại một tên khác nhau")
        return tuple(classes), bool(self._by_points)

    def _class_of(self, part: str, above: Decimal | None) -> ClassBand:
        words, _, name = (text.strip() for text in part.partition(":"))
        if not name:
            raise _ClassesError(part, f"mỗi mức như {_HOW}")
        if match := _REST.fullmatch(fold(words)):
            self._check_upper(match["upper"], above, part)
            return ClassBand(name, None)
        match = _LIMIT.fullmatch(fold(words))
        if match is None:
            raise _ClassesError(part, f"mức như {_HOW}, hoặc “còn lại: …” ở cuối")
        least_words = match["least"] or match["bare"] or f"{match['plain']}{match['of']}"
        least = self._amount(least_words, part)
        if above is not None and least >= above:
            raise _ClassesError(part, "mức thấp hơn mức ghi trước")
        self._check_upper(match["upper"] or match["below"], above, part)
        return ClassBand(name, least)

    def _check_upper(self, text: str | None, above: Decimal | None, part: str) -> None:
        """Refuse an upper limit that is not where the class before it begins."""
        if text is not None and self._amount(text, part) != above:
            raise _ClassesError(part, "mức bắt đầu ngay dưới mức ghi trước")

    def _amount(self, text: str, part: str) -> Decimal:
        """Return a limit: a fraction of 1, or points."""
        found = _AMOUNT.fullmatch(text)
        shown = found["number"] if found else ""
        by_points = bool(found and found["of"] != "%")
        if self._by_points not in (None, by_points):
            raise _ClassesError(part, "mọi mức cùng theo tỷ lệ (%) hoặc cùng theo điểm")
        self._by_points = by_points
        if by_points and _IN_THOUSANDS.fullmatch(shown):
            shown = shown.replace(".", "")
        number = parse_decimal(shown)
        if by_points and number is not None and number > 0:
            return number
        if by_points or number is None or not 0 < number <= 100:
            what = "số điểm trên 0" if by_points else "số phần trăm trên 0% và không quá 100%"
            raise _ClassesError(part, what)
        return number / 100
