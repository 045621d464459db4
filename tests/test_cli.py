"""The commands as a clerk calls them, in a process of their own where it matters."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest

from cchc_office import open_campaign, start_campaign
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.cli.group import cli
from cchc_office.files.output_folder import OutputFolder
from cchc_office.steps.campaign_folder import CampaignFolder
from cchc_office.text.command_line import ARGUMENTS

from .calls import cchc
from .conftest import EXAMPLE
from .sheets import CRITERIA, SETTINGS, campaign_file

BIN = Path(sys.executable).parent
BY_UV = {"UV_RUN_RECURSION_DEPTH": "1"}
C_LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": ""}
DAY = ("--ngay", "05/12/2024")
COMMANDS = (
    "khoi-tao",
    "kiem-tra",
    "phu-luc",
    "cong-van",
    "phieu-cham",
    "tong-hop",
    "don-doc",
    "chay",
)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_chay_writes_every_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("chay", EXAMPLE, "-o", tmp_path, *DAY) == 1
    units = ["KHTCTH", "KTAT", "QLCN", "QLNL", "QLTM", "TTKC", "TTra", "VP"]
    owing = ["KHTCTH", "KTAT", "TTra", "VP"]
    assert sorted(n for n in snapshot(tmp_path) if not n.startswith(".")) == sorted(
        [
            "phu-luc/phu-luc.xlsx",
            "phu-luc/phu-luc.docx",
            "tong-hop/tong-hop.xlsx",
            "tong-hop/bao-cao.docx",
        ]
        + [f"cong-van/CCHC-2024-{u}.docx" for u in units]
        + [f"phieu-cham/CCHC-2024-{u}.xlsx" for u in units]
        + [f"don-doc/CCHC-2024-{u}.docx" for u in owing]
    )
    shown = capsys.readouterr().out
    for words in (
        "115 dòng",
        "7/8 đơn vị",
        "Chưa nộp:              KTAT",
        "Cần bổ sung, sửa:      VP, TTra, KHTCTH",
        "vượt điểm tối đa 1,25",
    ):
        assert words in shown


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    cchc("chay", EXAMPLE, "-o", tmp_path, *DAY)
    before = snapshot(tmp_path)
    times = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}
    cchc("chay", EXAMPLE, "-o", tmp_path, *DAY)
    assert snapshot(tmp_path) == before
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()} == times


def test_the_workbook_and_the_returns_are_only_read(tmp_path: Path) -> None:
    folder = tmp_path / "dot"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("cchc.sqlite*"))
    before = snapshot(folder)
    cchc("chay", folder, "-o", tmp_path / "ra", *DAY)
    after = snapshot(folder)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"cchc.sqlite"}


@pytest.mark.parametrize(
    ("command", "folder", "status"),
    [
        ("phu-luc", "phu-luc", 0),
        ("cong-van", "cong-van", 0),
        ("phieu-cham", "phieu-cham", 0),
        ("tong-hop", "tong-hop", 1),
        ("don-doc", "don-doc", 1),
    ],
)
def test_each_command_writes_its_own_folder(
    tmp_path: Path, command: str, folder: str, status: int
) -> None:
    day = DAY if command in ("tong-hop", "don-doc") else ()
    assert cchc(command, EXAMPLE / "dot-cham.xlsx", "--ra", tmp_path, *day) == status
    assert {n.split("/")[0] for n in snapshot(tmp_path) if not n.startswith(".")} == {folder}


def test_kiem_tra_shows_how_each_row_was_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("kiem-tra", EXAMPLE) == 0
    shown = capsys.readouterr().out
    lines = [line.strip() for line in shown.splitlines()]
    assert "1.1    “Văn phòng Sở” → VP chủ trì" in lines
    assert "1.1.1  〃 → VP chủ trì" in lines
    assert any(
        line.startswith("3.3.4") and line.endswith("→ QLCN, QLTM, QLNL, KTAT mỗi đơn vị chủ trì")
        for line in lines
    )
    assert sum(" → " in line for line in lines) == 115
    assert "Tất cả: 1 lưu ý." in lines


def test_kiem_tra_tells_units_of_the_columns_by_part_and_rows_of_nobody_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"1.{n} | Dòng {n} | 1 | |\n" for n in range(2, 7))
    criteria = f"""
STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Chủ trì | Phối hợp
1   | Lĩnh vực một                          |             |         |
1.1 | Ban hành kế hoạch                     | 1           | VP      | P1
{rows}"""
    campaign_file(tmp_path, criteria=criteria)
    assert cchc("kiem-tra", tmp_path) == 1
    shown = capsys.readouterr().out
    assert "1.1  (cột Chủ trì, Phối hợp) → VP chủ trì; P1 phối hợp" in shown
    assert "1.2 … 1.6: 5 dòng (không giao) → —" in shown
    assert "1.2 Dòng 2 chưa có đơn vị thực hiện." in shown


def test_errors_in_the_workbook_hold_all_papers_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn", "Phòng không có")
    path = campaign_file(tmp_path / "dot", criteria=criteria)
    assert cchc("chay", path, "-o", tmp_path / "ra") == 3
    shown = capsys.readouterr().out
    assert "ô D7" in shown
    assert "còn 1 lỗi" in shown
    assert not (tmp_path / "ra").exists()


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_json_is_one_object_that_names_every_file(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = () if command == "kiem-tra" else ("-o", tmp_path)
    day = DAY if command in ("tong-hop", "don-doc", "chay") else ()
    status = cchc(command, EXAMPLE, "--json", *out, *day)
    whole: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert whole["ma_thoat"] == status
    assert whole["tep_doc"][0]["tep"].endswith("dot-cham.xlsx")
    if day:
        returned = {p.name for p in (EXAMPLE / "nhan-ve").iterdir()}
        assert {f["tep"] for f in whole["tep_doc"][1:]} == returned
    if out:
        written = {Path(f["tep"]).relative_to(tmp_path).as_posix() for f in whole["tep_ghi"]}
        assert written == {n for n in snapshot(tmp_path) if not n.startswith(".")}


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((), 0, ""),
        (("chay",), 2, "Thiếu ĐỢT_CHẤM"),
        (("chyay", "."), 2, "Không có lệnh"),
        (("chay", ".", "--khong-co"), 2, "Không có tuỳ chọn --khong-co"),
        (("chay", ".", "--ngay", "hôm nay"), 2, "không phải là một ngày"),
        (("chay", ".", "--json=1"), 2, "--json không có giá trị đi kèm"),
        (("chay", ".", "-o"), 2, "cần một giá trị"),
        (("chay", "a", "b"), 2, "thừa"),
        (("chay", "khong-co"), 2, "Không có thư mục"),
        (("chay", EXAMPLE, "--nhan-ve", "khong-co"), 2, "Không có thư mục"),
        (("khoi-tao", EXAMPLE), 3, "đã có"),
    ],
)
def test_wrong_calls_are_explained(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    status: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cchc(*arguments) == status
    captured = capsys.readouterr()
    assert says in captured.err
    assert "Traceback" not in captured.err


def test_a_wrong_call_with_json_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("chay", "khong-co", "--json") == 2
    assert json.loads(capsys.readouterr().out)["ma_thoat"] == 2


@pytest.mark.parametrize("command", [*COMMANDS, "so ghi", "so xu-ly", "so dung-lai"])
def test_help_is_in_vietnamese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc(*command.split(), "--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Cách dùng: cchc")
    assert not any(word in shown for word in ("Usage", "Options", "Show this", "[OPTIONS]", "[req"))


def test_what_nobody_foresaw_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("hỏng")

    monkeypatch.setattr("cchc_office.campaign.load_campaign", fail)
    assert cchc("kiem-tra", EXAMPLE) == 3
    captured = capsys.readouterr()
    assert "--debug" in captured.err
    assert "Traceback" not in captured.err


def test_a_reminder_that_no_longer_holds_moves_away(tmp_path: Path) -> None:
    empty, out = tmp_path / "nhan-ve", tmp_path / "ra"
    empty.mkdir()
    cchc("don-doc", EXAMPLE, "--nhan-ve", empty, "-o", out, *DAY)
    assert (out / "don-doc/CCHC-2024-QLTM.docx").exists()
    cchc("don-doc", EXAMPLE, "-o", out, *DAY)
    assert not (out / "don-doc/CCHC-2024-QLTM.docx").exists()
    assert (out / "luu-cu/don-doc/CCHC-2024-QLTM.docx").exists()


def test_khoi_tao_from_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    assert cchc("kiem-tra", tmp_path / "dot") == 0
    assert (tmp_path / "dot/nhan-ve").is_dir()
    assert "cchc kiem-tra" in capsys.readouterr().out


def test_the_sample_comes_with_returned_forms_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot", "--phieu-lam-thu") == 0
    assert "7 phiếu làm thử (số liệu minh họa)" in capsys.readouterr().out
    assert cchc("tong-hop", tmp_path / "dot", *DAY) == 1
    assert (tmp_path / "dot" / "output" / "tong-hop" / "bao-cao.docx").exists()
    started = tmp_path / "khac"
    assert cchc("khoi-tao", started, "--tu", tmp_path / "dot", "--phieu-lam-thu") == 2
    assert not started.exists()


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_khoi_tao_from_a_table_that_is_there(tmp_path: Path, ending: str) -> None:
    cchc("phu-luc", EXAMPLE, "-o", tmp_path)
    made = tmp_path / "dot"
    assert cchc("khoi-tao", made, "--tu", tmp_path / f"phu-luc/phu-luc.{ending}") == 1
    new: Any = openpyxl.load_workbook(made / "dot-cham.xlsx")["Bộ chỉ số"]
    old: Any = openpyxl.load_workbook(EXAMPLE / "dot-cham.xlsx")["Bộ chỉ số"]
    assert rows_of(new)[-115:] == rows_of(old)[-115:]
    units = [{m.coord for m in sheet.merged_cells.ranges if m.min_col == 4} for sheet in (new, old)]
    # A unit cell that crosses a page stands on both.
    assert 0 < len(units[1]) <= len(units[0]) + 4 <= len(units[1]) + 8


def rows_of(sheet: Any) -> list[list[Any]]:
    """Return the rows of the criteria, the text of a merged unit cell in each that it covers."""
    head = {
        r: m.min_row
        for m in sheet.merged_cells.ranges
        if m.min_col == 4
        for r in range(m.min_row, m.max_row + 1)
    }
    places = [r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 2).value]
    return [
        [sheet.cell(head.get(r, r) if c == 4 else r, c).value for c in (1, 2, 4, 5)] for r in places
    ]


def test_khoi_tao_from_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "bang.pdf"
    other.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert cchc("khoi-tao", tmp_path / "dot", "--tu", other) == 3
    said = capsys.readouterr().err
    assert "(ảnh)" in said
    assert "(.xlsx, .xls, .ods), văn bản Word (.docx, .doc, .odt, .rtf), tệp PDF có chữ" in said
    assert not (tmp_path / "dot/dot-cham.xlsx").exists()


def test_an_output_place_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ra").write_bytes(b"a file")
    assert cchc("phu-luc", EXAMPLE, "-o", tmp_path / "ra") in (2, 3)
    assert "Traceback" not in capsys.readouterr().err
    assert OutputFolder(tmp_path / "ra").path.read_bytes() == b"a file"


def test_a_broken_own_template_holds_only_its_papers_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = campaign_file(tmp_path / "dot")
    (path.parent / "templates").mkdir()
    (path.parent / "templates/cong-van-giao-viec.docx").write_bytes(b"broken")
    assert cchc("chay", path, "-o", tmp_path / "ra", *DAY) == 1
    assert "cong-van-giao-viec.docx" in capsys.readouterr().out
    assert not list((tmp_path / "ra").glob("cong-van/*"))
    assert list((tmp_path / "ra").glob("phieu-cham/*"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_console_can_show_it(encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "cchc_office", "kiem-tra", str(EXAMPLE)],
        capture_output=True,
        env=environment,
        check=True,
    )
    # click takes ASCII for a misconfigured console and writes UTF-8 to it.
    shown = done.stdout.decode("cp1252" if encoding == "cp1252" else "utf-8")
    assert ("Van phòng So" if encoding == "cp1252" else "Văn phòng Sở") in shown
    assert "?" not in shown


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from cchc_office.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'openpyxl', 'docxtpl', 'docx', 'xlsxwriter', 'jinja2', 'lxml', 'python_calamine'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_chay_reminds_nobody_before_the_deadline(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "dot")
    early = ("--ngay", "01/11/2024")
    assert cchc("chay", path, "-o", tmp_path / "ra", *early) == 0
    assert not (tmp_path / "ra/don-doc").exists()
    assert cchc("don-doc", path, "-o", tmp_path / "ra", *early) == 0
    assert len(list((tmp_path / "ra/don-doc").iterdir())) == 4
    assert cchc("chay", path, "-o", tmp_path / "ra", *early) == 0
    assert len(list((tmp_path / "ra/don-doc").iterdir())) == 4


def test_two_campaigns_do_not_share_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = campaign_file(tmp_path / "dot", settings=SETTINGS.replace("2024  ", "2025  "))
    cchc("phu-luc", EXAMPLE, "-o", tmp_path / "ra")
    before = snapshot(tmp_path / "ra")
    assert cchc("phu-luc", other, "-o", tmp_path / "ra") == 3
    assert "CCHC-2025-STN" in capsys.readouterr().err
    assert snapshot(tmp_path / "ra") == before


def test_papers_of_a_period_bear_its_name(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Cơ quan chủ quản", "Kỳ | 6T |\nCơ quan chủ quản")
    path = campaign_file(tmp_path / "dot", settings=settings)
    assert cchc("phieu-cham", path, "-o", tmp_path / "ra") == 0
    assert (tmp_path / "ra/phieu-cham/CCHC-2024-6T-VP.xlsx").exists()


def test_khoi_tao_takes_optional_columns_over_as_typed(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Chủ trì | Phối hợp | Cách chấm | Hạn
    1   | Lĩnh vực |             |                  |         |          |           |
    1.1 | Một      | 2 hoặc 3    | ai cũng làm      | VP      | TTra     | ĐTXHH     | cuối quý III
    """
    source = campaign_file(tmp_path / "cu", criteria=criteria)
    cchc("khoi-tao", tmp_path / "moi", "--tu", source)
    sheet: Any = openpyxl.load_workbook(tmp_path / "moi/dot-cham.xlsx")["Bộ chỉ số"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"2 hoặc 3", "VP", "TTra", "ĐTXHH", "cuối quý III", "Chủ trì", "Cách chấm"} <= cells


def test_a_folder_of_returns_that_is_missing_stops_before_anything_is_written(
    tmp_path: Path,
) -> None:
    assert cchc("chay", EXAMPLE, "-o", tmp_path / "ra", "--nhan-ve", tmp_path / "none") == 2
    assert not (tmp_path / "ra").exists()


@pytest.mark.parametrize("encoding", ["cp437", "cp1258", "latin-1"])
def test_json_is_utf_8_on_every_console(tmp_path: Path, encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "cchc_office", "tong-hop", str(EXAMPLE), "--json"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path)], capture_output=True, env=environment, check=False
    )
    whole = json.loads(done.stdout.decode("utf-8"))
    assert "bản chốt.xlsx" in {f["tep"] for f in whole["tep_doc"]}


def test_many_findings_alike_are_shown_by_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "\n".join(f"1.{n} | Tiêu chí {n} | | Văn phòng" for n in range(1, 30))
    criteria = f"STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Lĩnh vực | |\n{rows}"
    assert cchc("kiem-tra", campaign_file(tmp_path / "trong", criteria=criteria)) == 1
    shown = capsys.readouterr().out
    assert "Tất cả: 1 lỗi." in shown
    assert "29 dòng cần điểm tối đa, chưa dòng nào có." in shown

    path = campaign_file(tmp_path, criteria=f"{criteria}\n1.30 | Tiêu chí 30 | 1 | Văn phòng")
    assert cchc("kiem-tra", path) == 1
    shown = capsys.readouterr().out
    assert shown.count("chưa có điểm tối đa") == 4
    assert shown.count("mọi dòng không có dòng con đều cần") == 1
    assert "… và 25 chỗ nữa như vậy: C7–C31." in shown


def test_a_password_that_cannot_be_typed_unseen_is_not_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cchc_office", "tong-hop", str(EXAMPLE), "--mat-khau", "?"],
        input="bí mật\n",
        capture_output=True,
        encoding="utf-8",
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 3
    assert "Không có màn hình để gõ kín" in done.stderr
    assert "Warning" not in done.stderr


def test_help_names_every_command_and_imports_none() -> None:
    # The clerk waits for every module that is imported before the first word.
    script = (
        "import sys; from cchc_office.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print(*sorted(m for m in sys.modules if m.startswith('cchc_office.')))"
    )
    command = [sys.executable, "-X", "utf8", "-c", script]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    *_, imported = done.stdout.splitlines()
    assert set(imported.split()) == {
        "cchc_office.cli",
        "cchc_office.cli.group",
        "cchc_office.cli.outlet",
        "cchc_office.errors",
        "cchc_office.text",
        "cchc_office.text.command_line",
    }
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command_of_name = cli.get_command(context, name)
        assert command_of_name
        assert command_of_name.help
        assert f"\n  {name} " in done.stdout


def test_no_help_of_a_command_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """Cut at eighty columns, "không gửi hai lần" of `gui` ended in "không gửi..."."""
    cchc("--help")
    shown = capsys.readouterr().out
    assert "..." not in shown
    assert "không gửi hai lần." in " ".join(shown.split())


def _options(command: click.Command) -> Iterator[tuple[str, str]]:
    for option in command.params:
        yield from ((text, str(option.name)) for text in option.opts)
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            if below := command.get_command(click.Context(command), name):
                yield from _options(below)


def test_what_a_script_writes_for_an_option_is_what_the_library_takes() -> None:
    declared = set(_options(cli))
    for option, name in ARGUMENTS.items():
        assert (option, name) in declared or (
            option in {text for text, _ in declared} and callable(getattr(CampaignFolder, name))
        ), option


def test_every_option_that_clerks_are_told_of_is_told_to_scripts() -> None:
    codes = (getattr(Code, name) for name in dir(Code))
    said = " ".join(code.advice for code in codes if isinstance(code, FindingCode))
    assert set(re.findall(r"--[a-z-]+", said)) <= ARGUMENTS.keys()


def test_a_script_is_told_what_it_writes_and_what_starts_the_program(tmp_path: Path) -> None:
    script = tmp_path / "thu.py"
    script.write_text(
        "from cchc_office import Code, Finding, open_campaign\n"
        "print(Finding(Code.MAIL_OTHER_VERSION_SENT, expected='VP').advice)\n"
        "try:\n    open_campaign('.')\nexcept Exception as error:\n    print(error)\n",
        encoding="utf-8",
    )
    own = {name: value for name, value in os.environ.items() if name != "CCHC_LENH"}
    told = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        encoding="utf-8",
        env={**own, "PYTHONIOENCODING": "utf-8"},
        cwd=tmp_path,
        check=True,
    ).stdout
    assert "--gui-lai (again) --chi (only) VP" in told
    assert f"{sys.executable} -m cchc_office khoi-tao" in told


@pytest.mark.parametrize(
    ("start", "told", "environment"),
    [
        (["cchc"], "cchc", {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}),
        (["cchc"], "uv run cchc", {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **BY_UV}),
        ([str(BIN / "cchc")], str(BIN / "cchc"), {}),
        ([sys.executable, "-m", "cchc_office"], f"{sys.executable} -m cchc_office", {}),
        ([sys.executable, "-m", "cchc_office"], "uv run cchc", BY_UV),
        ([sys.executable, "-m", "cchc_office"], "cchc.cmd", {"CCHC_LENH": "cchc.cmd"}),
        ([sys.executable, "-m", "cchc_office"], f"{sys.executable} -m cchc_office", C_LOCALE),
    ],
)
def test_the_next_command_is_told_as_the_program_was_started(
    tmp_path: Path, start: list[str], told: str, environment: dict[str, str]
) -> None:
    own = {name: value for name, value in os.environ.items() if name != "CCHC_LENH"}
    given = {**own, "PATH": "/usr/bin:/bin", **environment}
    found = shutil.which(start[0], path=given["PATH"]) or start[0]

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", env=given, cwd=tmp_path, check=False
        )

    shown = run(found, *start[1:], "khoi-tao", "đợt mới").stdout
    line = next(line.strip() for line in shown.splitlines() if " kiem-tra " in line)
    assert line == f'{told} kiem-tra "đợt mới"'
    if told.startswith((str(BIN), sys.executable)):
        assert "Đợt chấm CCHC" in run("sh", "-c", line).stdout


def test_files_name_the_program_as_it_is_called_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report and the sheet of an import had the path of whoever's computer made them."""
    monkeypatch.setenv("CCHC_LENH", "/may/cua/toi/cchc")
    table = tmp_path / "bảng.txt"
    table.write_text("STT\tTiêu chí\tĐiểm tối đa\n1\tMột\t\n1.1\tHai\t2\n", encoding="utf-8")
    start_campaign(tmp_path / "moi", table=table)
    made = texts_in(tmp_path / "moi" / "dot-cham.xlsx", "Nhập từ tệp")
    assert any(text.startswith("cchc khoi-tao") for text in made)
    assert "/may/cua/toi" not in " ".join(made)
    folder = campaign_file(tmp_path / "dot").parent
    (folder / "nhan-ve").mkdir()
    (folder / "nhan-ve" / "la.xlsx").write_bytes(b"PK\x03\x04hong")
    opened = open_campaign(folder, output=tmp_path / "ra")
    opened.set_files_aside(["la.xlsx"])
    opened.consolidate()
    (report,) = (tmp_path / "ra").rglob("tong-hop.xlsx")
    told = texts_in(report, "Cần xem")
    assert any(text.endswith("gạch bỏ lời ấy: cchc so xoa.") for text in told)
    assert "/may/cua/toi" not in " ".join(told)


def texts_in(workbook: Path, sheet: str) -> list[str]:
    rows = openpyxl.load_workbook(workbook)[sheet].iter_rows(values_only=True)
    return [str(value) for row in rows for value in row if value]


# --- where a campaign stands, and names that were mistyped ---


def test_alone_in_a_campaign_folder_it_says_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    monkeypatch.chdir(folder)
    status = cchc()
    shown = capsys.readouterr().out
    assert "Đợt chấm CCHC-2024-STN (Sở Thử Nghiệm), ngày" in shown
    for words in ("1 Bộ chỉ số", "2 Giao việc", "3 Nhận phiếu", "4 Đôn đốc", "6 Kết quả"):
        assert words in shown
    *_, last = shown.rstrip().splitlines()
    assert last.endswith("chay .")
    assert cchc("dang-dau") == status
    assert capsys.readouterr().out == shown
    assert [path.name for path in folder.iterdir()] == ["dot-cham.xlsx"]


def test_alone_elsewhere_it_gives_help(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cchc() == 0
    assert "Các lệnh:" in capsys.readouterr().out


def test_where_a_campaign_stands_is_told_to_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = campaign_file(tmp_path / "dot", criteria=CRITERIA.replace("Các phòng chuyên môn", "X"))
    assert cchc("dang-dau", path, "--json", *DAY) == 1
    whole = json.loads(capsys.readouterr().out)
    assert whole["buoc"][0] == {
        "so": 1,
        "ten": "Bộ chỉ số",
        "tinh_trang": "cần xem",
        "can_xem": 1,
        "noi_dung": "1 lỗi",
    }
    assert whole["con_ngay"] == -5
    assert whole["tiep_theo"]["buoc"] == 1
    assert whole["tiep_theo"]["lenh"].endswith(f"kiem-tra {path.parent}")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        (("tonghop", "."), "tong-hop"),
        (("Tổng hợp",), "tong-hop"),
        (("đôn", "đốc", "."), "don-doc"),
        (("kiem-tar",), "kiem-tra"),
        (("so", "xuly"), "so xu-ly"),
    ],
)
def test_the_nearest_command_is_named(
    typed: tuple[str, ...],
    near: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cchc(*typed) == 2
    assert f"Gần giống: {near}." in capsys.readouterr().err


def test_a_campaign_without_a_command_is_told_how_to_be_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    assert cchc(folder) == 2
    said = capsys.readouterr().err
    assert f"“{folder}” là một đợt chấm; thiếu lệnh ở trước." in said
    assert f"dang-dau {folder}." in said


def test_a_command_that_is_near_none_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("zzzz") == 2
    assert "Không có lệnh “zzzz”. Xem hướng dẫn:" in capsys.readouterr().err


def test_a_command_started_without_a_window_runs(tmp_path: Path) -> None:
    """As pythonw does on Windows, which gives no streams to print to."""
    script = (
        "import sys; sys.stdout = sys.stderr = None; from cchc_office.cli import main; "
        f"main(['khoi-tao', {str(tmp_path / 'dot')!r}])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == 0
    assert (tmp_path / "dot" / "dot-cham.xlsx").is_file()
