"""What holds of the code as a whole: who may import whom, as ARCHITECTURE.md draws it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from .conftest import ROOT, SLOW

PACKAGE = ROOT / "cchc_office"
ROOMS = (
    "text",
    "catalogue",
    "errors",
    "rules",
    "model",
    "files",
    "sheets",
    "word",
    "decree30",
    "campaign",
    "importing",
    "results",
    "papers",
    "returns",
    "register",
    "mail",
    "steps",
)
"""From below to above: a room imports from those before it."""
KNOW_NO_CAMPAIGN = {"files", "sheets", "word", "decree30"}
OF_A_CAMPAIGN = {"rules", "model"}
NOT_EACH_OTHER = {"sheets": {"word"}, "word": {"sheets"}, "decree30": {"sheets"}}
"""What rooms do not import although it stands before them."""
THE_PACKAGE_ITSELF = {"__init__", "__main__", "public"}
FACES = {
    "web": {"web", "steps", "model", "catalogue", "errors", "text"},
    "cli": {"cli", "web", "steps", "model", "catalogue", "errors", "text"},
}
"""What only takes options and shows, and all that it imports."""


def imports_of(source: str) -> Iterator[str]:
    """Yield the modules of ours that a module imports anywhere, without the package's name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # A relative import hides where it leads, and is none of ours.
            module = node.module if not node.level else f"{PACKAGE.name}.(relative)"
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == PACKAGE.name:
                yield rest


def room_of(path: Path) -> str:
    first, *_ = path.relative_to(PACKAGE).parts
    return first.removesuffix(".py")


def is_allowed(room: str, imported: str) -> bool:
    other, _, _ = imported.partition(".")
    if room in FACES:
        return other in FACES[room]
    forbidden = NOT_EACH_OTHER.get(room, set()) | (
        OF_A_CAMPAIGN if room in KNOW_NO_CAMPAIGN else set()
    )
    return other in ROOMS[: ROOMS.index(room) + 1] and other not in forbidden


def wrong_ways(room: str, source: str) -> list[str]:
    return sorted({name for name in imports_of(source) if not is_allowed(room, name)})


MODULES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if room_of(path) not in THE_PACKAGE_ITSELF
]


def test_imports_go_one_way() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): wrong
        for path in MODULES
        if (wrong := wrong_ways(room_of(path), path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_room_has_its_place() -> None:
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py")}
    assert rooms - THE_PACKAGE_ITSELF == {*ROOMS, *FACES}


@pytest.mark.parametrize(
    ("room", "line", "wrong"),
    [
        ("papers", "from cchc_office.cli import console", ["cli.console"]),
        ("papers", "def f():\n    import cchc_office.cli", ["cli"]),
        ("steps", "from cchc_office.cli import console", ["cli.console"]),
        ("cli", "from cchc_office.register import Register", ["register.Register"]),
        ("cli", "from cchc_office.steps.opened import Opened", []),
        ("decree30", "from cchc_office.campaign import load_campaign", ["campaign.load_campaign"]),
        ("decree30", "from cchc_office.model import Campaign", ["model.Campaign"]),
        ("decree30", "from cchc_office.decree30.figures import RULES", []),
        ("model", "from cchc_office import files", ["files"]),
        ("model", "from cchc_office.files.archive import x", ["files.archive.x"]),
        ("sheets", "from cchc_office.model import Campaign", ["model.Campaign"]),
        ("sheets", "from cchc_office.word.reading import x", ["word.reading.x"]),
        ("returns", "from cchc_office.register import Register", ["register.Register"]),
        ("papers", "from cchc_office.returns import read_returns", ["returns.read_returns"]),
        ("campaign", "from cchc_office import Campaign", ["Campaign"]),
        ("campaign", "from ..cli import console", ["(relative).console"]),
    ],
)
def test_a_wrong_way_is_seen(room: str, line: str, wrong: list[str]) -> None:
    assert wrong_ways(room, line) == wrong


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def circles(sources: Mapping[str, str]) -> list[set[str]]:
    """Return the sets of modules that import each other, by way of others or not, from sources.

    `from cchc_office.model import Unit` imports the module `model`, wherever it stands.
    """
    imported = {
        module: {
            name if name in sources else name.rpartition(".")[0] for name in imports_of(source)
        }
        - {module}
        for module, source in sources.items()
    }
    try:
        tuple(TopologicalSorter(imported).static_order())
    except CycleError as error:
        return [set(error.args[1])]
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    sources = {
        module_of(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert circles(sources) == []


def test_a_circle_is_seen() -> None:
    sources = {
        "word": "",
        "word.a": "from cchc_office.word.b import B",
        "word.b": "def f():\n    from cchc_office.word import c",
        "word.c": "import cchc_office.word.a",
    }
    assert circles(sources) == [{"word.a", "word.b", "word.c"}]
    assert circles(sources | {"word.c": "from cchc_office.word import d"}) == []


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(module_of(path))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_every_slow_test_is_there() -> None:
    there = {
        f"{path.name}::{node.name}"
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert sorted(SLOW - there) == []
