"""What holds of the code as a whole: who may import whom, as ARCHITECTURE.md draws it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT, SLOW

PACKAGE = ROOT / "cchc_office"
TEXT = {"vietnamese"}
TOLD = {"errors", "findings"}
ON_DISK = {"files", "folders"}
MAY_IMPORT = {
    "vietnamese": set(),
    "errors": set(),
    "mail_address": set(),
    "resources": set(),
    "catalogue": set(),
    "findings": {"catalogue"},
    "figures": TEXT,
    "legacy_text": TEXT,
    "locking": TEXT | {"errors"},
    "folders": TEXT | TOLD,
    "files": TOLD | {"folders"},
    "rules": TEXT,
    "model": TEXT | {"findings", "rules"},
    "paper_names": {"files", "model"},
    "office": TEXT | TOLD | {"figures"},
    "templating": TEXT | TOLD | {"figures", "office"},
    "documents": TEXT | TOLD | {"figures", "folders", "model", "office", "templating"},
    "checking": TEXT | TOLD | {"figures", "office", "documents.decree30"},
    "campaign": TEXT
    | TOLD
    | ON_DISK
    | {"figures", "legacy_text", "mail_address", "model", "office", "resources", "rules"},
    "scoring": TEXT
    | TOLD
    | {"figures", "folders", "legacy_text", "model", "office", "rules"}
    | {"documents.decree30", "campaign.survey"},
    "mail": TEXT
    | TOLD
    | ON_DISK
    | {
        "figures",
        "locking",
        "mail_address",
        "model",
        "office",
        "paper_names",
        "resources",
        "templating",
    }
    | {"documents", "scoring"},
    "steps": TOLD
    | ON_DISK
    | {"model", "paper_names", "resources", "templating", "documents", "scoring"},
    "appraisal_steps": TOLD
    | ON_DISK
    | {"model", "paper_names", "resources", "templating", "documents", "scoring", "steps"},
}
"""What a room or module may import; `a.b` is that module of a room and nothing else of it.

`cli` and the package's face take from all of them, and nobody from these two.
"""
FACES = {"cli", "__init__", "__main__"}


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
    allowed = {room} | MAY_IMPORT[room]
    return any(f"{imported}.".startswith(f"{name}.") for name in allowed)


def wrong_ways(room: str, source: str) -> list[str]:
    return sorted({name for name in imports_of(source) if not is_allowed(room, name)})


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if room_of(path) not in FACES]


def test_imports_go_one_way() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): wrong
        for path in MODULES
        if (wrong := wrong_ways(room_of(path), path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_room_says_what_it_may_import() -> None:
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py")}
    assert rooms - FACES == set(MAY_IMPORT)


def test_the_rooms_make_no_circle() -> None:
    done: set[str] = set()
    for room, allowed in MAY_IMPORT.items():
        assert {name.partition(".")[0] for name in allowed} <= done, room
        done.add(room)


@pytest.mark.parametrize(
    ("room", "line", "wrong"),
    [
        ("documents", "from cchc_office.cli import console", ["cli.console"]),
        ("documents", "def f():\n    import cchc_office.cli", ["cli"]),
        ("checking", "from cchc_office.campaign import load_campaign", ["campaign.load_campaign"]),
        ("checking", "from cchc_office.documents.dispatch import x", ["documents.dispatch.x"]),
        ("checking", "from cchc_office.documents.decree30 import RULES", []),
        ("model", "from cchc_office import files", ["files"]),
        ("model", "from cchc_office.office.archive import x", ["office.archive.x"]),
        ("office", "from cchc_office.model import Campaign", ["model.Campaign"]),
        ("scoring", "from cchc_office.mail.register import Register", ["mail.register.Register"]),
        ("campaign", "from cchc_office import Campaign", ["Campaign"]),
        ("campaign", "from ..cli import console", ["(relative).console"]),
    ],
)
def test_a_wrong_way_is_seen(room: str, line: str, wrong: list[str]) -> None:
    assert wrong_ways(room, line) == wrong


def test_every_slow_test_is_there() -> None:
    there = {
        f"{path.name}::{node.name}"
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert sorted(SLOW - there) == []
