"""Reminders that get firmer, explanation requests, and the e-mails that bring them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from cchc_office import Question, load_campaign, open_campaign
from cchc_office.decree30 import check
from cchc_office.decree30.checker import check_content
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation, TableColumn, Unit
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.explanation_request import explanation_values
from cchc_office.papers.kinds import DISPATCH, REMINDER, PaperKind, letters
from cchc_office.papers.letter_values import form_of_address
from cchc_office.papers.reminder import reminder_values
from cchc_office.steps.papers import dispatches, reminders
from cchc_office.word.templates import DocumentTemplate, TextTemplate, check_template
from cchc_office.word.templates.offers import TEXT

from .calls import cchc, example_in, made
from .conftest import EXAMPLE
from .sheets import campaign_file

DAY = dt.date(2024, 12, 20)


def lines(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    paragraphs = document.element.body.iter(qn("w:p"))
    return [" ".join("".join(str(t.text) for t in p.iter(qn("w:t"))).split()) for p in paragraphs]


# --- whom a letter addresses ---


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        ("Chánh Văn phòng", "Văn phòng Sở", "Chánh Văn phòng Sở"),
        ("Trưởng phòng", "Phòng Kế hoạch - Tài chính", "Trưởng phòng Kế hoạch - Tài chính"),
        ("Chánh Thanh tra", "Thanh tra Sở", "Chánh Thanh tra Sở"),
        ("Giám đốc", "Trung tâm Khuyến công", "Giám đốc Trung tâm Khuyến công"),
        ("Giám đốc Trung tâm", "Trung tâm Khuyến công", "Giám đốc Trung tâm Khuyến công"),
        ("Ông Nguyễn Văn A", "Văn phòng Sở", "Ông Nguyễn Văn A, Văn phòng Sở"),
        ("", "Văn phòng Sở", "Văn phòng Sở"),
    ],
)
def test_a_letter_addresses_the_head_by_title(head: str, name: str, expected: str) -> None:
    assert form_of_address(Unit("X", name, head=head)) == expected


# --- reminders ---


def test_a_second_reminder_says_so_and_is_firmer(example_data: Consolidation) -> None:
    template = DocumentTemplate(templates_folder() / REMINDER.template)
    [result, *_] = [unit for unit in example_data.units if unit.debts and not unit.returned]
    first, second = (
        lines(template.fill(reminder_values(example_data, result, DEFAULT_PROFILE, time=time)))
        for time in (1, 2)
    )
    assert not any("lần đôn đốc" in line for line in first)
    assert any("V/v đôn đốc lần 2 tự chấm điểm" in line for line in second)
    assert any("Đây là lần đôn đốc thứ 2." in line for line in second)
    assert any(line.startswith("Việc chậm hoàn thành") and line.endswith("./.") for line in second)
    overdue = (example_data.as_of - dt.date(2024, 11, 30)).days
    assert any(f"quá hạn {overdue} ngày" in line for line in first)


def test_a_second_reminder_has_its_number_in_its_name(tmp_path: Path) -> None:
    assert cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", "20/12/2024") == 1
    assert cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", "30/12/2024", "--lan", "2") == 1
    names = {path.name for path in (tmp_path / "don-doc").glob("*.docx")}
    second = {name for name in names if name.endswith("-lan-2.docx")}
    assert second
    assert names - second == {name.replace("-lan-2", "") for name in second}
    assert not (tmp_path / "luu-cu").exists()
    assert cchc("chay", EXAMPLE, "-o", tmp_path, "--ngay", "30/12/2024") == 1
    assert second < {path.name for path in (tmp_path / "don-doc").glob("*.docx")}
    for path in (tmp_path / "don-doc").glob("*.docx"):
        assert check(path) == []


# --- explanation requests ---


def test_an_explanation_request_lists_just_the_leaves_asked_about(tmp_path: Path) -> None:
    folder = open_campaign(example_in(tmp_path / "dot"), output=tmp_path / "ra", day=DAY)
    unit = folder.unit("VP")
    asked, other = folder.campaign.scored_by(unit)[:2]
    questions = {"VP": [Question(asked.id, "Chưa có & thiếu <tài liệu>")], "TTra": []}
    outcome = folder.ask_to_explain(questions, deadline=dt.date(2024, 12, 27))
    form, letter = sorted(written.path for written in outcome.written)
    assert letter == tmp_path / "ra/giai-trinh/CCHC-2024-VP.docx"
    assert form == tmp_path / "ra/giai-trinh/CCHC-2024-VP-bo-sung.xlsx"
    content = letter.read_bytes()
    shown = lines(content)
    for cell in (asked.code, asked.name, "Chưa có & thiếu <tài liệu>"):
        assert cell in shown
    assert other.name not in shown
    assert any("chậm nhất ngày 27 tháng 12 năm 2024" in line for line in shown)
    assert check_content(content, "x.docx") == []


def test_without_a_deadline_none_is_named(tmp_path: Path) -> None:
    folder = open_campaign(example_in(tmp_path / "dot"), output=tmp_path / "ra", day=DAY)
    leaf = folder.campaign.scored_by(folder.unit("VP"))[0]
    outcome = folder.ask_to_explain({"VP": [Question(leaf.id, "Thiếu tài liệu")]})
    [letter] = [w.path for w in outcome.written if w.path.suffix == ".docx"]
    assert "Sau thời hạn này" not in " ".join(lines(letter.read_bytes()))


# --- one task and eighty ---


@pytest.mark.parametrize("count", [1, 80])
def test_letters_of_one_task_and_of_eighty_conform(tmp_path: Path, count: int) -> None:
    head = "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú"
    rows = [f"1.{n} | Tiêu chí số {n} | 1 | Văn phòng |" for n in range(1, count + 1)]
    criteria = "\n".join([head, "1 | Lĩnh vực | | |", *rows])
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    outcome = made(campaign, tmp_path / "ra", dispatches)
    [written] = outcome.written
    assert check(written.path) == []
    table: Any = docx.Document(str(written.path)).tables[1]
    assert len(table.rows) == 1 + 1 + count  # the headings, the field, its rows


# --- what a letter says of days and of rows ---

SPECIAL_ROWS = """
    STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Loại điểm | Ghi chú
    1 | Lĩnh vực | | | |
    1.1 | Báo cáo | 1 | Văn phòng | |
    1.2 | Hồ sơ giấy | 1 | Văn phòng | | Không áp dụng
    1.3 | Khảo sát | 1 | Văn phòng | | ĐTXHH
    2 | Điểm trừ | | | Phạt |
    2.1 | Văn bản chậm | 1 | Văn phòng | |
"""


def test_a_day_by_which_to_answer_is_part_of_the_time_given(
    example: Campaign, example_data: Consolidation, tmp_path: Path
) -> None:
    """A form of the last day is in time, so no letter says "trước ngày"."""
    info = replace(example.info, supplement_deadline=DAY)
    result = replace(example_data, campaign=replace(example, info=info))
    sent = made(result, tmp_path / "ra", dispatches, reminders(in_short=True)).written
    assert len(sent) > 10
    for written in sent:
        content = written.path.read_bytes()
        is_letter = written.path.suffix == ".docx"
        text = " ".join(lines(content)) if is_letter else content.decode("utf-8")
        assert "chậm nhất ngày" in text
        assert "trước ngày" not in text


def test_a_letter_tells_what_closes_a_row_and_what_its_points_are(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, criteria=SPECIAL_ROWS)
    [written] = made(load_campaign(path), tmp_path / "ra", dispatches).written
    table: Any = docx.Document(str(written.path)).tables[1]
    shown = {row.cells[0].text: (row.cells[1].text, row.cells[4].text) for row in table.rows[1:]}
    assert shown["1.1"] == ("Báo cáo", "30/11/2024")
    assert shown["1.2"] == ("Hồ sơ giấy", "Không áp dụng")
    assert shown["1.3"] == ("Khảo sát", "ĐTXHH")
    assert shown["2.1"] == ("Văn bản chậm (điểm trừ)", "30/11/2024")


def test_an_assignment_table_gives_no_day_to_a_row_that_does_not_apply(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, criteria=SPECIAL_ROWS)
    campaign = load_campaign(path)
    columns = (TableColumn.CODE, TableColumn.NAME, TableColumn.DEADLINE)
    info = replace(campaign.info, table_columns=columns)
    table = assignment_table(replace(campaign, info=info), DEFAULT_PROFILE)
    shown = {row.cells[0].text: row.cells[-1] for row in table.rows if row.cells[0]}
    days = {code: cell.text for code, cell in shown.items() if cell}
    assert days["1.1"] == days["2.1"] == "30/11/2024"
    assert days["1.2"] == days["1.3"] == ""


def test_a_request_to_explain_a_higher_penalty_says_that_it_is_one(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=SPECIAL_ROWS))
    late = next(leaf for leaf in campaign.leaves if leaf.code == "2.1")
    asked = Question(late.id, "02 văn bản chậm", Decimal("0.25"), Decimal("0.5"))
    [unit] = campaign.units[:1]
    values = explanation_values(campaign, unit, [asked], DEFAULT_PROFILE, as_of=DAY)
    [row] = values["can_giai_trinh"]
    assert (row.ten, row.diem_tu_cham, row.diem_tham_dinh) == (
        "Văn bản chậm (điểm trừ)",
        "−0,25",
        "−0,50",
    )


# --- e-mails ---


def mail(example: Campaign, kind: PaperKind, files: list[str]) -> str:
    return open_campaign(EXAMPLE).mail_text("VP", kind, files)


def test_an_email_says_what_it_brings(example: Campaign) -> None:
    text = mail(example, DISPATCH, ["CCHC-2024-VP.docx", "CCHC-2024-VP.xlsx"])
    assert text.startswith("Kính gửi Chánh Văn phòng Sở,\n\nSở Công Thương gửi công văn giao")
    assert "chậm nhất ngày 30 tháng 11 năm 2024." in text
    assert "Tệp gửi kèm:\n- CCHC-2024-VP.docx\n- CCHC-2024-VP.xlsx\n\nThư này" in text
    assert "hệ thống quản lý văn bản.\n\nTrân trọng,\n" in text
    assert "{" not in text


def test_each_kind_of_email_has_its_own_words(example: Campaign) -> None:
    texts = {mail(example, kind, []) for kind in letters()}
    assert len(texts) == len(letters())
    assert not any("Tệp gửi kèm" in text for text in texts)


def test_in_a_text_nothing_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("A & B < {{ ten }}\n", encoding="utf-8")
    assert TextTemplate(path).fill({"ten": "C & D {{ x }}"}) == "A & B < C & D {{ x }}\n"


def test_a_text_is_checked_as_letters_are(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Kính gửi {{ tne }},\n{% if ten %}a{% endif %}\n", encoding="utf-8")
    [finding] = check_template(path, {"ten": TEXT})
    assert (finding.found, finding.candidates) == ("tne", ("ten",))
    path.write_bytes("Kính gửi".encode("utf-16"))
    [finding] = check_template(path, {"ten": TEXT})
    assert "UTF-8" in finding.sentence


# --- before anything is made ---


def test_a_typo_in_a_branch_nobody_takes_keeps_the_letters_back(
    example_data: Consolidation, tmp_path: Path
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    document: Any = docx.Document(str(templates_folder() / REMINDER.template))
    [paragraph] = [p for p in document.paragraphs if p.text.startswith("Việc chậm hoàn thành")]
    paragraph.runs[0].text = paragraph.runs[0].text.replace("dau_moi", "dau_mio")
    document.save(str(own / REMINDER.template))
    outcome = made(example_data, tmp_path / "ra", reminders())
    assert outcome.written == ()
    [finding] = outcome.findings
    assert (finding.found, finding.candidates) == ("dau_mio", ("dau_moi",))
