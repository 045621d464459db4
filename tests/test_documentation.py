"""The documentation is held against what it speaks of."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import inspect
import pickle
import re
import string
import sys
import zipfile
from collections.abc import Iterable
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from xml.etree import ElementTree

import click
import pytest

import cchc_office
from cchc_office.campaign.layout import CRITERIA_COLUMNS, UNIT_COLUMNS
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.catalogue import every_code
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.cli.group import cli
from cchc_office.files import limits
from cchc_office.mail.sending import MessageFate
from cchc_office.mail.settings import KEYS, read_mail_settings
from cchc_office.papers import report
from cchc_office.papers.kinds import templates
from cchc_office.papers.templates import offered_names
from cchc_office.word.templates import FILTERS, Kind, ListOf, Record

from .calls import cchc, example_in
from .conftest import EXAMPLE, ROOT

DOCS = ROOT / "docs"


def tool(name: str) -> ModuleType:
    path = ROOT / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look for what annotations mean
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_page_of_findings_is_that_of_the_catalogue() -> None:
    assert read(DOCS / "thong-bao.md") == tool("make_docs").page()


def test_the_page_of_commands_is_what_help_says() -> None:
    assert read(DOCS / "lenh.md") == tool("make_docs").commands_page()


def test_the_page_of_the_api_has_every_public_name_and_job() -> None:
    page = read(DOCS / "api.md")
    assert page == tool("api_reference").api_page()
    headings = set(re.findall(r"^### (\w+)$", page, re.MULTILINE))
    assert set(dir(cchc_office)) - headings == set()
    assert {"annotate", "check", "fix", "Profile"} <= headings  # of cchc_office.decree30
    folder = page.split("### CampaignFolder")[1].split("\n## ")[0]
    for name, member in inspect.getmembers(cchc_office.CampaignFolder):
        if inspect.isfunction(member) and not name.startswith("_"):
            assert f"- `{name}(" in folder


def test_codes_are_unique_and_their_words_whole() -> None:
    for declared in ([c.slug for c in every_code()], [c.name for c in every_code()]):
        assert len(declared) == len(set(declared)) > 400
    for code in every_code():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.slug)
        finding = Finding(code, about="A", found="B", expected="C")
        assert finding.sentence.endswith(".")
        assert finding.advice
        for template in (code.sentence, code.advice, code.demand):
            names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
            assert names <= {
                "about",
                "found",
                "expected",
                "candidates",
                "clause",
                "seen_at",
                "cchc",
            }


def test_every_code_is_used() -> None:
    sources = (read(path) for path in (ROOT / "cchc_office").rglob("*.py"))
    used = {name for source in sources for name in re.findall(r"\bCode\.(\w+)", source)}
    assert [c.name for c in every_code() if c.name not in used] == []


def test_every_code_that_is_written_down_is_in_the_catalogue() -> None:
    """One that stands twice, or in a class that `Code` does not join, would be lost unseen."""
    folder = ROOT / "cchc_office" / "catalogue"
    written = [
        re.findall(r"^ +(\w+) = (?:error|warning|note)\(", read(p), re.MULTILINE)
        for p in folder.glob("*.py")
    ]
    assert sorted(chain.from_iterable(written)) == sorted(c.name for c in every_code())


def test_a_code_is_one_thing_in_every_process() -> None:
    finding = Finding(Code.BAD_YEAR, cell="B3")
    assert pickle.loads(pickle.dumps(finding)).code is Code.BAD_YEAR
    assert repr(finding.code) == "Code.BAD_YEAR"


def test_every_command_is_in_the_readme() -> None:
    readme = read(ROOT / "README.md")
    names = cli.list_commands(click.Context(cli))
    assert len(names) >= 15
    for name in names:
        assert f"`{name} " in readme


def test_both_readmes_begin_with_the_same_commands_and_lead_somewhere() -> None:
    for name in ("README.md", "README.en.md"):
        text = read(ROOT / name)
        assert "\npip install uv && uv run cchc chay examples/so-cong-thuong-2024\n" in text
        assert "\nuv run pytest\n" in text
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_setting_and_column_is_documented() -> None:
    page = read(DOCS / "dot-cham.md")
    for setting in SETTINGS:
        assert f"| {setting.label} |" in page
    for column in (*UNIT_COLUMNS, *CRITERIA_COLUMNS):
        assert column.heading in page


def test_every_sheet_of_the_report_is_documented() -> None:
    page = read(DOCS / "bao-cao.md")
    path = f"{report.__name__}."
    modules = [import_module(found.name) for found in iter_modules(report.__path__, path)]
    named = (vars(module).items() for module in modules)
    names = {value for found in named for name, value in found if name.endswith("_SHEET")}
    assert len(names) >= 14
    assert [name for name in names if f"| {name} |" not in page] == []


def test_every_mail_setting_is_documented_and_the_examples_are_understood(tmp_path: Path) -> None:
    pages = read(DOCS / "gui-thu.md"), read(DOCS / "nhan-thu.md")
    examples = ["\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)) for page in pages]
    (tmp_path / "chung-chi.pem").touch()
    for example in examples:
        (tmp_path / "thu.toml").write_text(example, encoding="utf-8")
        settings, findings = read_mail_settings(tmp_path)
        assert findings == ()
        assert settings.outgoing or settings.incoming
    for name in {key.rpartition(".")[2] for key in KEYS}:
        assert any(re.search(rf"^{name} = ", example, re.MULTILINE) for example in examples), name


def test_every_ending_of_a_message_is_explained() -> None:
    page = read(DOCS / "gui-thu.md")
    for fate in MessageFate:
        assert f"| {fate.value} |" in page


def test_every_offered_name_and_filter_is_documented() -> None:
    page = read(DOCS / "mau-van-ban.md")
    documented = set(re.findall(r"`(\w+)(?:\.\w+)?`", page))
    for name in templates():
        names = offered_names(name)
        assert f"| `{name}` |" in page
        assert names.keys() <= documented
        for field in (part for kind in names.values() for part in part_names(kind)):
            assert f"`{field}`" in page or f".{field}`" in page
    for name in FILTERS:
        assert f"| `{name}` |" in page


def part_names(kind: Kind) -> Iterable[str]:
    if isinstance(kind, ListOf):
        return part_names(kind.item)
    return kind.fields if isinstance(kind, Record) else ()


def test_the_book_has_every_page_once() -> None:
    pages = re.findall(r"^ +- [^:]+: (\S+\.md)$", read(ROOT / "mkdocs.yml"), re.MULTILINE)
    assert sorted(pages) == sorted(path.name for path in DOCS.glob("*.md"))


def test_every_picture_of_the_book_is_shown_somewhere() -> None:
    shown = "".join(map(read, (*DOCS.glob("*.md"), ROOT / "README.md")))
    assert [p.name for p in (DOCS / "hinh").iterdir() if f"hinh/{p.name})" not in shown] == []


def test_every_picture_of_the_book_is_small_and_made_by_a_tool() -> None:
    pictures = {path.stem: path.stat().st_size for path in (DOCS / "hinh").iterdir()}
    papers = {one.name for one in tool("make_paper_pictures").PICTURES}
    screens = {f"trang-{name}" for name in tool("make_page_pictures").SHOWN}
    assert pictures.keys() == papers | screens
    assert max(pictures.values()) <= 150_000


@pytest.mark.parametrize("page", ["bat-dau", "mot-nam", "du-lieu-ca-nhan"])
def test_the_commands_of_a_page_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CCHC_THU_MUC_RIENG", str(tmp_path / "own"))
    text = read(DOCS / f"{page}.md")
    blocks = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    commands = re.findall(r"^cchc (.*?) *(?:#.*)?$", blocks, re.MULTILINE)
    assert len(commands) >= 3
    if page == "du-lieu-ca-nhan":
        assert cchc("khoi-tao", "dot-2024") == 0
        commands.pop()  # what came before leaves it nothing but the workbook
    for command in commands:
        assert cchc(*command.split()) in (0, 1), command


def test_everything_public_can_be_imported() -> None:
    for name in cchc_office.__all__:
        assert getattr(cchc_office, name)
    with pytest.raises(AttributeError):
        getattr(cchc_office, "không có")


def test_the_scripts_in_the_documentation_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = read(DOCS / "thu-vien.md")
    scripts = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for example in sorted((ROOT / "examples").glob("*.py")):
        assert read(example) in scripts
        assert len(read(example).splitlines()) <= 10
    example_in(tmp_path / "examples" / EXAMPLE.name)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for script in scripts:
        if "dask" not in script:  # that one wants a cluster
            exec(compile(script, "thu-vien.md", "exec"), names)
    for made in (
        "phu-luc/phu-luc.docx",
        "cong-van/CCHC-2024-VP.docx",
        "thu/cong-van",
        "tong-hop/tong-hop.xlsx",
        "tham-dinh/tham-dinh-lan-1.xlsx",
        "giai-trinh/CCHC-2024-VP.docx",
    ):
        assert (tmp_path / "output" / made).exists()
    told = capsys.readouterr().out.splitlines()
    assert told.count("61.25 69.00") == 2
    assert "61" in told


def test_the_templates_are_those_that_the_tool_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = tool("make_templates")
    monkeypatch.setattr(maker, "TEMPLATES", tmp_path)
    maker.write_all()
    names = sorted(path.name for path in (ROOT / "templates").glob("*.docx"))
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert body_of(tmp_path / name) == body_of(ROOT / "templates" / name), name


def body_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return str(ElementTree.canonicalize(archive.read("word/document.xml")))


def test_the_limits_told_are_those_that_hold() -> None:
    text = read(DOCS / "phieu-gui-ve.md")
    for number, what in (
        (limits.MOST_ROWS, "dòng"),
        (limits.MOST_TABLE_ROWS, "dòng"),
        (limits.MOST_COLUMNS, "cột"),
        (limits.MOST_SHEETS, "trang tính"),
        (limits.MOST_FILES_IN_ARCHIVE, "tệp, một lớp"),
    ):
        assert f"{number:,}".replace(",", ".") + f" {what}" in " ".join(text.split())
    for size in (limits.MOST_FILE_BYTES, limits.MOST_CONTAINER_BYTES, limits.MOST_MESSAGE_BYTES):
        assert f"{size // limits.MEBIBYTE} MB" in " ".join(text.split())


def _installed_with(name: str) -> set[str]:
    """The packages that come along with one, wherever it is installed."""
    found = set()
    for needed in importlib.metadata.requires(name) or ():
        wanted, _, condition = needed.partition(";")
        package = re.split(r"[<>=!~\[ (]", wanted.strip())[0].lower().replace("_", "-")
        # Extras, and what older Pythons or other systems need, are not installed.
        if not any(word in condition for word in ("extra", "python_version <", "platform")):
            found |= {package} | _installed_with(package)
    return found


def test_the_licence_of_every_library_that_is_installed_is_named() -> None:
    section = read(ROOT / "README.md").partition("## Giấy phép")[2].lower()
    packages = _installed_with("cchc-office")
    assert "docxtpl" in packages
    assert [p for p in sorted(packages) if p not in section] == []


CLERK_PAGES = ("bat-dau", "trang", "mot-nam", "may-chu-thu", "du-lieu-ca-nhan")
"""Pages of the manual in which whatever stands in quotes is a word of the screen."""

_ON_SCREEN = re.compile(r"“([^”]+)”")
_COUNTED = re.compile(r"( lần)? \S*\d\S*$")
"""The last word of a button that tells a cell or a number: “mở ô C4”, “Làm bảng lần 1”."""


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", CLERK_PAGES)
def test_the_words_of_the_screen_that_the_manual_quotes_stand_there(name: str) -> None:
    web = Path(cchc_office.__file__).parent / "web"
    files = chain.from_iterable(web.rglob(f"*.{ending}") for ending in ("html", "py", "js"))
    screens = " ".join(one_line(read(file)) for file in files)
    quoted = {
        _COUNTED.sub("", words).strip("… ")
        for words in _ON_SCREEN.findall(one_line(read(DOCS / f"{name}.md")))
    }
    assert {words for words in quoted if words not in screens} == set()
