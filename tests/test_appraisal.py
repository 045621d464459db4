"""The whole circle of appraisal in files: issue, appraise, ask, explain, appraise again."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from cchc_office.catalogue.findings import Code
from cchc_office.model import USUAL_REQUEST, Answer, LeafReturn, Points, ReturnKind, Source
from cchc_office.papers.appraisal.layout import APPRAISAL_SHEET, SUPPLEMENT_SHEET
from cchc_office.results.appraisal_rows import Verdict, asked_of_units, is_cut, self_text
from cchc_office.results.leaf_results import LeafStanding
from cchc_office.steps.papers import appraisal_workbook, explanations

from .appraised import ANSWERS, Place, Table, start
from .calls import cchc, made
from .sheets import fill_form, grid

D = Decimal


REVIEWERS_SEE = """
STT | Tiêu chí | Lĩnh vực | Mã đơn vị | Đơn vị | Điểm tối đa | Điểm tự chấm | Kết quả, giải trình | Tài liệu kiểm chứng | Điểm thẩm định | Ý kiến thẩm định | Yêu cầu giải trình | Nguồn
1.1 | Ban hành kế hoạch | 1. Lĩnh vực một | VP | Văn phòng Sở | 1 | 1 | | Quyết định số 1 | | | | CCHC-2024-VP.xlsx › Phiếu chấm › F7
1.2 | Mức độ thực hiện | 1. Lĩnh vực một | VP | Văn phòng Sở | 2.5 | 2 | | Quyết định số 1 | | | | CCHC-2024-VP.xlsx › Phiếu chấm › F8
1.3 | Giải quyết thủ tục | 1. Lĩnh vực một | P1 | Phòng Một | 2 | 2 | | Quyết định số 1 | | | | CCHC-2024-P1.xlsx › Phiếu chấm › F7
1.3 | Giải quyết thủ tục | 1. Lĩnh vực một | P2 | Phòng Hai | 2 | | | | | | | Chưa nộp phiếu
2.1 | Chậm báo cáo (điểm trừ) | 2. Điểm phạt | VP | Văn phòng Sở | 1 | 0.25 | | Quyết định số 1 | | | | CCHC-2024-VP.xlsx › Phiếu chấm › F11
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return start(tmp_path / "dot")


def test_the_reviewers_get_each_self_scored_leaf_of_each_unit(tmp_path: Path) -> None:
    answers = {code: scores for code, scores in ANSWERS.items() if code != "P2"}
    table = Table(start(tmp_path / "dot", answers).issue())
    assert list(table.rows) == ["VP|1.1", "VP|1.2", "P1|1.3", "P2|1.3", "VP|2.1"]
    assert table.shown() == grid(REVIEWERS_SEE)


def test_the_whole_circle_gives_the_scores_worked_by_hand(place: Place, tmp_path: Path) -> None:
    output = tmp_path / "out"

    # Round 1: 1.2 is cut from 2 to 1.5, the penalty grows from 0.25 to 0.5, P2 is asked to explain.
    [written] = made(place.data(), output, appraisal_workbook()).written
    table = Table(written.path.read_bytes())
    table.sign()
    table.type("VP|1.2", score=1.5, opinion="Chưa đủ chỉ tiêu")
    table.type("VP|2.1", score=0.5, opinion="Chậm hai báo cáo")
    table.type("P2|1.3", request="x")
    table.save(place.appraisals / "tham-dinh-lan-1.xlsx")
    data = place.data()
    # Self: 1 + 2 + mean(2, 1) - 0.25; then 1 + 1.5 + 1.5 - 0.5.
    assert (data.total.score, data.total.round_1, data.total.final_max) == (
        D("4.25"),
        D("3.5"),
        D("5.5"),
    )
    [ruled] = data.appraised["VP", place.id("1.2")]
    assert (ruled.by, ruled.on) == ("Tổ thẩm định", dt.date(2024, 12, 10))

    # The units that are concerned are asked, each about its own leaves only.
    outcome = made(data, output, explanations(deadline=dt.date(2024, 12, 20)))
    names = sorted(w.path.name for w in outcome.written)
    assert names == [
        "CCHC-2024-P2-bo-sung.xlsx",
        "CCHC-2024-P2.docx",
        "CCHC-2024-VP-bo-sung.xlsx",
        "CCHC-2024-VP.docx",
    ]
    folder = output / "giai-trinh"
    assert asked_in_letter(folder / "CCHC-2024-VP.docx") == [
        ("1.2", "2,00", "1,50", "Chưa đủ chỉ tiêu"),
        ("2.1", "−0,25", "−0,50", "Chậm hai báo cáo"),
    ]
    assert asked_in_letter(folder / "CCHC-2024-P2.docx") == [("1.3", "1,00", "1,00", USUAL_REQUEST)]
    form = Table((folder / "CCHC-2024-VP-bo-sung.xlsx").read_bytes(), SUPPLEMENT_SHEET)
    assert list(form.rows) == ["VP|1.2", "VP|2.1"]

    # The unit answers, and asks for more than it was given.
    form.type("VP|1.2", wanted=1.75, explanation="Còn báo cáo bổ sung", evidence="Báo cáo số 9")
    form.type("VP|2.1", explanation="Đồng ý")
    form.save(place.returns / "VP tra loi.xlsx")
    data = place.data()
    assert data.total.final == D("3.5")
    answer = data.explained["VP", place.id("1.2")]
    assert (answer.score, answer.explanation, answer.evidence) == (
        D("1.75"),
        "Còn báo cáo bổ sung",
        "Báo cáo số 9",
    )

    # Round 2 shows what came before; the reviewers give 1.75 now.
    [written] = made(data, output, appraisal_workbook(2)).written
    table = Table(written.path.read_bytes())
    assert list(table.rows) == ["VP|1.2", "P2|1.3", "VP|2.1"]
    before = ["Điểm thẩm định lần 1", "Ý kiến lần 1", "Yêu cầu giải trình lần 1"]
    answered = ["Giải trình của đơn vị", "Điểm đề nghị", "Tài liệu bổ sung"]
    assert [table.cell("VP|1.2", h).value for h in before] == [1.5, "Chưa đủ chỉ tiêu", None]
    assert [table.cell("VP|1.2", h).value for h in answered] == [
        "Còn báo cáo bổ sung",
        1.75,
        "Báo cáo số 9",
    ]
    assert [table.cell("P2|1.3", h).value for h in before] == [1, None, USUAL_REQUEST]
    table.sign("Tổ thẩm định 2", "15/12/2024")
    table.type("VP|1.2", score="1,75", opinion="Chấp nhận một phần")
    table.save(place.returns / "lan hai.xlsx")
    data = place.data()
    assert data.rounds == 2
    assert (data.total.score, data.total.round_1, data.total.round_2) == (
        D("4.25"),
        D("3.5"),
        D("3.75"),
    )
    said = data.appraised["VP", place.id("1.2")]
    assert [(x.round, x.score, x.by, x.on) for x in said] == [
        (1, D("1.5"), "Tổ thẩm định", dt.date(2024, 12, 10)),
        (2, D("1.75"), "Tổ thẩm định 2", dt.date(2024, 12, 15)),
    ]
    assert asked_of_units(data, 2) == {}


def asked_in_letter(path: Path) -> list[tuple[str, str, str, str]]:
    """Return code, self score, appraised score and words of each leaf that a letter lists."""
    tables = docx.Document(str(path)).tables
    [table] = [t for t in tables if "Nội dung" in t.rows[0].cells[-1].text]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return [(row[1], row[4], row[5], row[6]) for row in rows]


def test_a_second_round_can_hold_everything(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Chậm")
    table.save(place.appraisals / "a.xlsx")
    assert list(Table(place.issue(2)).rows) == ["VP|1.1"]
    assert len(Table(place.issue(2, everything=True)).rows) == 5


def test_nothing_is_written_where_there_is_nothing_to_follow_up(
    place: Place, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    for outcome in (
        made(place.data(), output, appraisal_workbook(2)),
        made(place.data(), output, explanations()),
    ):
        assert outcome.written == ()
        assert [f.code for f in outcome.findings] == [Code.NOTHING_APPRAISED]
    table = Table(place.issue())
    table.sign()
    table.save(place.appraisals / "a.xlsx")
    for outcome in (
        made(place.data(), output, appraisal_workbook(2)),
        made(place.data(), output, explanations()),
    ):
        assert outcome.written == ()
        assert [f.code for f in outcome.findings] == [Code.NOTHING_TO_EXPLAIN]


@pytest.mark.parametrize(
    ("points", "before", "after", "cut"),
    [
        (Points.NORMAL, LeafStanding(Answer.SCORED, D(2)), Verdict(Answer.SCORED, D("1.99")), True),
        (
            Points.NORMAL,
            LeafStanding(Answer.SCORED, D(2)),
            Verdict(Answer.SCORED, D("2.00")),
            False,
        ),
        (Points.NORMAL, LeafStanding(Answer.SCORED, D(2)), Verdict(Answer.SCORED, D("2.5")), False),
        (Points.NORMAL, LeafStanding(Answer.SCORED, D(2)), Verdict(), False),
        (Points.NORMAL, LeafStanding(Answer.SCORED, D(2)), Verdict(Answer.NOT_APPLICABLE), True),
        (Points.NORMAL, LeafStanding(Answer.BLANK), Verdict(Answer.SCORED, D(0)), False),
        (Points.NORMAL, LeafStanding(Answer.NOT_APPLICABLE), Verdict(Answer.SCORED, D(1)), True),
        (
            Points.NORMAL,
            LeafStanding(Answer.NOT_APPLICABLE),
            Verdict(Answer.SCORED, D("2.5")),
            False,
        ),
        (Points.NORMAL, LeafStanding(Answer.NOT_APPLICABLE), Verdict(Answer.NOT_APPLICABLE), False),
        (Points.NORMAL, LeafStanding(Answer.UNUSABLE), Verdict(Answer.SCORED, D(1)), True),
        (Points.NORMAL, LeafStanding(Answer.UNUSABLE), Verdict(Answer.SCORED, D("2.5")), False),
        (Points.PENALTY, LeafStanding(Answer.UNUSABLE), Verdict(Answer.SCORED, D(1)), True),
        (Points.BONUS, LeafStanding(Answer.SCORED, D(2)), Verdict(Answer.SCORED, D(1)), True),
        (Points.PENALTY, LeafStanding(Answer.SCORED, D(1)), Verdict(Answer.SCORED, D(2)), True),
        (Points.PENALTY, LeafStanding(Answer.SCORED, D(2)), Verdict(Answer.SCORED, D(1)), False),
    ],
)
def test_what_counts_as_a_cut(
    place: Place, points: Points, before: LeafStanding, after: Verdict, cut: bool
) -> None:
    leaf = replace(place.campaign.criterion(place.id("1.2")), points=points)
    assert is_cut(leaf, before, after) is cut


def test_a_score_that_could_not_be_counted_and_was_cut_is_put_to_the_unit(place: Place) -> None:
    form = next(place.returns.glob("*VP.xlsx"))
    fill_form(form, {"1.2": {"score": 3}})
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.2", score=1.5)
    table.save(place.appraisals / "a.xlsx")
    (asked,) = asked_of_units(place.data(), 1)["VP"]
    assert asked.question.what == (
        "Đơn vị ghi “3”, không tính được. Điểm thẩm định thấp hơn điểm tối đa"
    )
    assert (asked.question.self_score, asked.question.appraised_score) == (None, D("1.5"))
    told = [f.sentence for f in place.data().findings if f.code is Code.OPINION_MISSING]
    assert told == [
        "1.2 Mức độ thực hiện (VP): thẩm định đổi điểm từ 3 thành 1,50 nhưng không ghi ý kiến."
    ]


def test_a_workbook_of_round_two_with_scores_in_the_column_of_round_one_is_told(
    place: Place,
) -> None:
    first = Table(place.issue())
    first.sign()
    first.type("VP|1.2", score=1.5, opinion="Chậm")
    first.save(place.appraisals / "a.xlsx")
    second = Table(place.issue(2))
    second.sign()
    second.cell("VP|1.2", "Điểm thẩm định lần 1").value = 1.25
    second.save(place.appraisals / "b.xlsx")
    told = [f for f in place.data().findings if f.code is Code.APPRAISED_IN_CLOSED_COLUMN]
    [sentence] = [finding.sentence for finding in told]
    assert "bảng ghi “1,25” ở cột điểm của lần trước, mà điểm lần trước là “1,50”" in sentence
    mended = Table(place.issue(2))
    mended.sign()
    mended.type("VP|1.2", score=1.25, opinion="Chậm")
    mended.save(place.appraisals / "c.xlsx")
    found = [f for f in place.data().findings if f.code is Code.APPRAISED_IN_CLOSED_COLUMN]
    assert found == []  # the score of this round is there now


def test_the_commands_go_the_whole_way(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    common = (place.folder, "-o", out, "--ngay", "05/12/2024")
    assert cchc("tham-dinh", *common) in (0, 1)
    table = Table((out / "tham-dinh" / "tham-dinh-lan-1.xlsx").read_bytes())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Chậm")
    elsewhere = tmp_path / "bang"
    elsewhere.mkdir()
    table.save(elsewhere / "cua to tham dinh.xlsx")
    capsys.readouterr()
    given = ("--tham-dinh", elsewhere, "--han-giai-trinh", "20/12/2024", "--json")
    assert cchc("giai-trinh", *common, *given) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    kinds = {file["tep"]: (file["loai"], file["duoc_tinh"]) for file in told["tep_doc"][1:]}
    assert kinds["cua to tham dinh.xlsx"] == ("tham-dinh", True)
    assert kinds["CCHC-2024-VP.xlsx"] == ("phieu", True)
    assert [Path(w["tep"]).name for w in told["tep_ghi"]] == [
        "CCHC-2024-VP.docx",
        "CCHC-2024-VP-bo-sung.xlsx",
    ]
    letter = docx.Document(str(out / "giai-trinh" / "CCHC-2024-VP.docx"))
    assert any("ngày 20 tháng 12 năm 2024" in p.text for p in letter.paragraphs)
    assert told["tong_hop"]["tham_dinh"] == {
        "so_lan": 1,
        "diem": "3.75",
        "toi_da_ap_dung": "5.5",
        "cac_lan": [
            {
                "lan": 1,
                "tep": ["cua to tham dinh.xlsx"],
                "dong_cho_diem": 1,
                "phai_giai_trinh": ["VP"],
                "chua_giai_trinh": ["VP"],
            }
        ],
    }
    assert cchc("tham-dinh", *common, "--tham-dinh", tmp_path / "khong-co") == 2


def test_doing_everything_follows_up_appraisals_that_came_back(
    place: Place, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    cchc("chay", place.folder, "-o", out, "--ngay", "05/12/2024")
    assert not (out / "tham-dinh").exists()
    assert not (out / "giai-trinh").exists()
    table = Table(place.issue())
    table.type("VP|1.1", request="Nêu số văn bản")
    table.save(place.appraisals / "a.xlsx")
    cchc("chay", place.folder, "-o", out, "--ngay", "05/12/2024")
    assert asked_in_letter(out / "giai-trinh" / "CCHC-2024-VP.docx") == [
        ("1.1", "1,00", "1,00", "Nêu số văn bản")
    ]


def test_letters_of_a_unit_that_is_asked_no_more_move_away(place: Place, tmp_path: Path) -> None:
    output = tmp_path / "out"
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", request="x")
    table.type("P1|1.3", request="x")
    table.save(place.appraisals / "a.xlsx")
    made(place.data(), output, explanations())
    table.type("P1|1.3", request="không")
    table.save(place.appraisals / "a.xlsx")
    made(place.data(), output, explanations())
    names = {path.name for path in (output / "giai-trinh").iterdir()}
    assert names == {"CCHC-2024-VP.docx", "CCHC-2024-VP-bo-sung.xlsx"}


def test_the_workbook_is_protected_but_can_be_filtered(place: Place) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(place.issue()))[APPRAISAL_SHEET]
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatRows
    assert sheet.print_area == "'Thẩm định'!$B$1:$M$12"
    assert sheet.auto_filter.ref == "B7:N12"
    assert sheet.freeze_panes == "F8"
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.column_dimensions["A"].hidden
    locked = {sheet.cell(7, c).value: sheet.cell(8, c).protection.locked for c in range(2, 15)}
    assert [heading for heading, is_locked in locked.items() if not is_locked] == [
        "Điểm thẩm định",
        "Ý kiến thẩm định",
        "Yêu cầu giải trình",
    ]


def test_texts_that_begin_like_formulas_stay_texts(tmp_path: Path) -> None:
    place = start(tmp_path / "dot")
    path = place.returns / "CCHC-2024-VP.xlsx"
    fill_form(path, {"1.1": {"result": "'=1+1", "evidence": "-x"}})
    content = place.issue()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(APPRAISAL_SHEET)
    row = next(r for r in sheet.to_python(skip_empty_area=False) if r[0] == f"VP|{place.id('1.1')}")
    assert "-x" in row
    formulas = [
        cell
        for cells in openpyxl.load_workbook(io.BytesIO(content))[APPRAISAL_SHEET].iter_rows()
        for cell in cells
        if cell.data_type == "f"
    ]
    assert formulas == []


def test_what_was_read_says_of_what_kind_it_is(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.save(place.appraisals / "a.xlsx")
    (place.appraisals / "trong.xlsx").write_bytes(place.issue())
    files = {file.file: (file.kind, file.counted) for file in place.gathered().files}
    assert files["a.xlsx"] == (ReturnKind.APPRAISAL, True)
    assert files["trong.xlsx"][1] is False
    assert files["CCHC-2024-P1.xlsx"] == (ReturnKind.FORM, True)


@pytest.mark.parametrize(
    ("typed", "shown"), [("1/2/3", "1/2/3 (không tính được)"), ("", "(không tính được)")]
)
def test_a_score_that_could_not_be_counted_is_told_as_such(typed: str, shown: str) -> None:
    source = Source("CCHC-2024-VP.xlsx", "Phiếu chấm", "F7")
    assert self_text(LeafReturn("TC-1.1", "VP", Answer.UNUSABLE, source, typed=typed)) == shown


def test_a_deadline_that_is_over_is_not_put_into_letters(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table(place.issue())
    table.type("VP|1.2", score=1, opinion="Thiếu")
    table.save(place.appraisals / "a.xlsx")
    out = tmp_path / "out"
    given = (place.folder, "-o", out, "--ngay", "12/12/2024", "--han-giai-trinh")
    assert cchc("giai-trinh", *given, "01/12/2024") == 2
    assert "Hạn giải trình 01/12/2024 đã qua" in capsys.readouterr().err
    assert not (out / "giai-trinh").exists()
    assert cchc("giai-trinh", *given, "12/12/2024") in (0, 1)
    assert (out / "giai-trinh" / "CCHC-2024-VP.docx").exists()
