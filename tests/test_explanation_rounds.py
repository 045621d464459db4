"""The letter of a later round of appraisal: it says so, and what was said in the round before."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office.model import (
    Answer,
    AppraisalReturn,
    Consolidation,
    ExplainedLeaf,
    Returns,
    Source,
    SupplementReturn,
)
from cchc_office.results.consolidation import consolidate
from cchc_office.steps.papers import explanations

from . import days
from .appraised_campaigns import appraised, campaign_of, returns_of
from .calls import made
from .sheets import leaf_by_code

SYMBOL = "Chỉ số thực hiện Nghị quyết số 57-NQ/TW"


@pytest.fixture
def twice(tmp_path: Path) -> tuple[Consolidation, Returns]:
    """Two rounds that cut a row of X1, who explained it, and a row of X2, who did not."""
    campaign = campaign_of(tmp_path)
    index = replace(campaign.info.index, name=SYMBOL)
    campaign = replace(campaign, info=replace(campaign.info, index=index))
    explained, silent, fresh = (leaf_by_code(campaign, c) for c in ("1.1.1", "2.1", "1.1.2"))
    first = (
        appraised(explained, "X1", 1, Decimal("0.5"), "Ban hành muộn", "Giải trình ngày ban hành"),
        appraised(silent, "X2", 1, Decimal(3), "Thiếu báo cáo", "Bổ sung báo cáo"),
    )
    second = (
        appraised(explained, "X1", 2, Decimal("0.25"), "Chưa đủ căn cứ", "Gửi bản có số đến"),
        appraised(silent, "X2", 2, Decimal(2), "Vẫn thiếu", "Bổ sung báo cáo"),
        appraised(fresh, "X1", 2, Decimal(1), "Tính sai tỷ lệ", ""),
    )
    answer = returns_of(campaign).supplements[0]
    returns = replace(
        returns_of(campaign),
        appraisals=(AppraisalReturn(1, "lan-1.xlsx", first), AppraisalReturn(2, "l.xlsx", second)),
        supplements=(answer,),
    )
    return consolidate(campaign, returns, as_of=days.AFTER_DEADLINE), returns


def words_of(content: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(content))
    in_tables = (p for t in document.tables for c in t._cells for p in c.paragraphs)
    return " ".join(p.text for p in (*in_tables, *document.paragraphs))


def rows_of(content: bytes) -> list[list[str]]:
    document: Any = docx.Document(io.BytesIO(content))
    (table,) = (t for t in document.tables if t.rows[0].cells[0].text == "TT")
    return [[cell.text for cell in row.cells] for row in table.rows]


def letters(data: Consolidation, folder: Path, number: int) -> dict[str, bytes]:
    outcome = made(data, folder, explanations(number))
    paths = [one.path for one in outcome.written if one.path.suffix == ".docx"]
    return {path.stem.split("-")[2]: path.read_bytes() for path in paths}


def test_the_letter_of_round_two_says_what_round_one_left(
    twice: tuple[Consolidation, Returns], tmp_path: Path
) -> None:
    found = letters(twice[0], tmp_path / "ra", 2)
    shown = words_of(found["X1"])
    assert "V/v giải trình lần 2 kết quả tự chấm điểm" in shown
    assert "Qua thẩm định lần 2" in shown
    heading, *rows = rows_of(found["X1"])
    assert heading[4:8] == [
        *("Điểm tự chấm", "Điểm lần 1", "Điểm lần 2", "Nội dung cần giải trình")
    ]
    answered = "Lần 1 đơn vị giải trình: Đã ban hành đúng hạn; đề nghị 1 điểm"
    assert rows[0][4:] == [
        *("1,00", "0,50", "0,25"),
        f"Chưa đủ căn cứ. Gửi bản có số đến. ({answered})",
    ]
    assert rows[1][4:] == [*("2,00", "2,00", "1,00", "Tính sai tỷ lệ")]
    (silent,) = rows_of(found["X2"])[1:]
    assert silent[-1].endswith("(Lần 1 đơn vị chưa giải trình.)")


def test_the_letter_of_round_one_says_nothing_of_rounds(
    twice: tuple[Consolidation, Returns], tmp_path: Path
) -> None:
    found = letters(twice[0], tmp_path / "ra", 1)
    shown = words_of(found["X1"])
    assert "lần" not in shown
    assert rows_of(found["X1"])[0][5:] == ["Điểm thẩm định", "Nội dung cần giải trình"]


def test_an_answer_to_the_second_round_leaves_its_letter_as_it_was(
    twice: tuple[Consolidation, Returns], tmp_path: Path
) -> None:
    data, returns = twice
    row = leaf_by_code(data.campaign, "1.1.1")
    later = ExplainedLeaf(
        row, "X1", Source("b.xlsx", "Phiếu", "G5"), Answer.BLANK, explanation="Đã gửi", round=2
    )
    supplements = (SupplementReturn("X1", "b.xlsx", (later,), round=2), *returns.supplements)
    after = consolidate(data.campaign, replace(returns, supplements=supplements), as_of=data.as_of)
    assert after.explained["X1", row].explanation == "Đã gửi"
    before, now = (letters(d, tmp_path / str(n), 2) for n, d in enumerate((data, after)))
    assert before == now


def test_what_is_to_be_explained_has_the_most_room(
    twice: tuple[Consolidation, Returns], tmp_path: Path
) -> None:
    for number in (1, 2):
        content = letters(twice[0], tmp_path / str(number), number)["X1"]
        document: Any = docx.Document(io.BytesIO(content))
        (table,) = (t for t in document.tables if t.rows[0].cells[0].text == "TT")
        widths = [column.width for column in table.columns]
        assert widths[-1] == max(widths)


def test_no_line_of_the_subject_ends_inside_a_symbol(
    twice: tuple[Consolidation, Returns], tmp_path: Path
) -> None:
    content = letters(twice[0], tmp_path / "ra", 1)["X1"]
    document: Any = docx.Document(io.BytesIO(content))
    (subject,) = (
        p for c in document.tables[0]._cells for p in c.paragraphs if p.text.startswith("V/v")
    )
    assert "57-NQ/TW" in subject.text
    assert len(subject._p.xpath(".//w:noBreakHyphen")) == 1
