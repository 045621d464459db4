"""The report's sheet "Thẩm định": every score that a leaf was given, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cchc_office.model import (
    Answer,
    AppraisedLeaf,
    Consolidation,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    Source,
    Unit,
    UnitResult,
)
from cchc_office.papers.file_links import file_link, way_to
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.parts import (
    ReportColumn,
    as_of_line,
    heights_for,
    max_column_style,
    score_marks,
    signed_score,
    write_head,
)
from cchc_office.results.appraisal_rows import says_something
from cchc_office.sheets.look import CENTRED, CENTRED_LINK, LINK, SCORE, TEXT
from cchc_office.sheets.row_writer import Link, Value
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import official

_FIRST = (
    ReportColumn("Mã đơn vị", 20, CENTRED_LINK),
    ReportColumn("STT", 14, CENTRED),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 60),
    ReportColumn("Điểm tối đa", 16, SCORE),
    ReportColumn("Điểm tự chấm", 17, SCORE),
)
_MAX, _SELF = 3, 4
_SOURCE = 44
_A3 = 8


def _of_round(number: int) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(f"Điểm thẩm định lần {number}", 18, SCORE),
        ReportColumn(f"Ý kiến thẩm định lần {number}", 44),
        ReportColumn(f"Yêu cầu giải trình lần {number}", 34),
        ReportColumn(f"Người thẩm định lần {number}, ngày", 30, CENTRED),
    )


_EXPLANATION = (
    ReportColumn("Đơn vị giải trình", 48),
    ReportColumn("Tài liệu bổ sung", 34),
    ReportColumn("Điểm đề nghị", 18, SCORE),
)


def write_appraisals(
    sheet: SheetWriter,
    data: Consolidation,
    layout: Layout,
    returns_path: str,
    elsewhere: Mapping[str, str],
) -> None:
    """Write the sheet: a row for each leaf of a unit that the appraisal or an answer speaks of."""
    table = _Table(data, layout, returns_path, elsewhere)
    remark = (
        f"{as_of_line(data)}. Mọi điểm đã có của từng tiêu chí, cạnh nhau; bấm nguồn để mở tệp. "
        "▼: thấp hơn điểm trước; ▲: cao hơn."
    )
    title = "ĐIỂM TỰ CHẤM, THẨM ĐỊNH VÀ GIẢI TRÌNH"
    first = write_head(sheet, title, (remark,), table.columns, frozen=3, printed=table.printed)
    sheet.raw.set_paper(_A3)
    rows = sheet.rows(first)
    look = rows.look(column.style for column in table.columns)
    height = heights_for(len(data.appraised) + len(data.explained))
    for values in table.rows():
        pairs = zip(values, table.columns, strict=True)
        texts = [(v.text if isinstance(v, Link) else v, c.width) for v, c in pairs
                 if isinstance(v, str | Link)]  # fmt: skip
        rows.write(look, values, height(texts))
    rows.finish()
    if rows.end > first:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(table.columns) - 1)
        sheet.raw.print_area(0, 0, rows.end - 1, table.printed - 1)
        before = _SELF
        for column in table.score_columns:
            score_marks(sheet, (first, rows.end - 1), before, column)
            before = column


class _Table:
    """The columns of the sheet, and the values of its rows."""

    def __init__(
        self,
        data: Consolidation,
        layout: Layout,
        returns_path: str,
        elsewhere: Mapping[str, str],
    ) -> None:
        self._data = data
        self._elsewhere = elsewhere
        self._layout = layout
        self._returns_path = returns_path
        columns: list[ReportColumn] = [*_FIRST]
        columns[_MAX] = replace(columns[_MAX], style=max_column_style(data.campaign))
        self.score_columns: list[int] = []
        for number in range(1, data.rounds + 1):
            self.score_columns.append(len(columns))
            columns += _of_round(number)
            if number == 1:
                columns += _EXPLANATION
        self.printed = len(columns)
        names = [
            "tự chấm",
            *(f"thẩm định lần {n}" for n in range(1, data.rounds + 1)),
            "giải trình",
        ]
        columns += [ReportColumn(f"Nguồn {name}", _SOURCE, LINK) for name in names]
        # Without a way to the files there is nothing behind a source to look like a link.
        self.columns: tuple[ReportColumn, ...] = tuple(
            replace(c, style=TEXT) if c.style == LINK and not returns_path else c for c in columns
        )

    def rows(self) -> Iterator[list[Value]]:
        data = self._data
        of_unit: dict[str, set[str]] = {}
        spoken = (key for key, said in data.appraised.items() if any(map(says_something, said)))
        for unit, criterion in (*spoken, *data.explained):
            of_unit.setdefault(unit, set()).add(criterion)
        for result in data.units:
            own = of_unit.get(result.unit.code, set())
            answers = _answers(result) if own else {}
            for leaf in data.campaign.leaves if own else ():
                if leaf.id in own:
                    yield self._row(result.unit, leaf, answers.get(leaf.id))

    def _row(self, unit: Unit, leaf: Criterion, answer: LeafReturn | None) -> list[Value]:
        key = (unit.code, leaf.id)
        said, explained = self._data.appraised.get(key, ()), self._data.explained.get(key)
        values: list[Value] = [
            Link(unit.code, self._layout.place_of(*key)),
            leaf.code,
            leaf.name,
            leaf.max_score,
            self._score(leaf, answer),
        ]
        sources = [answer.source if answer else None]
        for number in range(1, self._data.rounds + 1):
            of_round = [x for x in said if x.round == number and says_something(x)]
            counting = _counting(of_round)
            sources.append(counting.source if counting else None)
            values += self._round(leaf, of_round, counting)
            if number == 1:
                values += self._explanation(leaf, explained)
        sources.append(explained.source if explained else None)
        return [*values, *map(self._source, sources)]

    def _score(
        self, leaf: Criterion, said: LeafReturn | AppraisedLeaf | ExplainedLeaf | None
    ) -> Value:
        """Return a score as it counts, or in words what stands in its place."""
        if said is None:
            return ""
        if said.score is not None:
            return signed_score(leaf, said.score)
        return "" if said.answer is Answer.BLANK else said.answer.value

    def _source(self, source: Source | None) -> Value:
        if source is None:
            return ""
        way = way_to(source.file, self._returns_path, self._elsewhere)
        link = file_link(way, source.file, source.sheet, source.cell)
        return Link(f"{source.file} › {source.cell}", link)

    def _round(
        self, leaf: Criterion, said: list[AppraisedLeaf], last: AppraisedLeaf | None
    ) -> list[Value]:
        """Return what counts of a round, and in its words what else was said in it."""
        if last is None:
            return [""] * len(_of_round(1))
        others = [_other_words(x) for x in said if x is not last]
        opinions = [*others, last.opinion] if last.opinion else others
        requests = [x.request for x in said if x.request]
        who = "\n".join(dict.fromkeys(filter(None, map(_who, said))))
        return [
            self._score(leaf, last),
            "\n".join(opinions),
            "\n".join(dict.fromkeys(requests)),
            who,
        ]

    def _explanation(self, leaf: Criterion, said: ExplainedLeaf | None) -> list[Value]:
        if said is None:
            return [""] * len(_EXPLANATION)
        score = self._score(leaf, said)
        return [said.explanation, said.evidence, score]


def _counting(said: list[AppraisedLeaf]) -> AppraisedLeaf | None:
    """Return what counts of a round: the last that says anything of the score."""
    told = [x for x in said if x.answer is not Answer.BLANK] or said
    return told[-1] if told else None


def _answers(result: UnitResult) -> dict[str, LeafReturn]:
    return {x.criterion: x for x in result.returned.leaves} if result.returned else {}


def _who(said: AppraisedLeaf) -> str:
    day = official(said.on).short if said.on else ""
    return ", ".join(filter(None, (said.by, day)))


def _other_words(said: AppraisedLeaf) -> str:
    """Return what was said in the same round besides what counts."""
    score = said.answer.value if said.score is None else figures.given(said.score)
    words = f": {said.opinion}" if said.opinion else ""
    return f"(Cùng lần này, {_who(said) or said.source.file} cho {score}{words})"
