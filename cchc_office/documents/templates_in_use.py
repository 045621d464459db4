"""Which templates are used: the office's own before the project's, file by file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from cchc_office.documents.offered_names import OFFERED_NAMES
from cchc_office.findings import Code, Finding
from cchc_office.folders import is_file_there, list_folder
from cchc_office.templating import check_template


@dataclass(frozen=True)
class TemplateInUse:
    """A template, and whether it is the office's own version."""

    path: Path
    is_own: bool


def find_template(name: str, own_folder: Path | None, project_folder: Path) -> Path:
    """Return the template `name`: the office's own version, else the project's.

    Raises NotSeenError where it cannot be told whether the office has its own.
    """
    own = own_folder / name if own_folder is not None else None
    return own if own and is_file_there(own) else project_folder / name


def templates_in_use(own_folder: Path | None, project_folder: Path) -> tuple[TemplateInUse, ...]:
    """Return the templates that the commands use."""
    paths = [find_template(name, own_folder, project_folder) for name in OFFERED_NAMES]
    return tuple(TemplateInUse(path, path.parent == own_folder) for path in paths)


def stray_templates(own_folder: Path) -> list[Finding]:
    """Return a finding for each file in the office's folder that no command would use.

    Raises NotSeenError where the folder cannot be read.
    """
    listing = list_folder(own_folder, below=False)
    names = sorted(path.name for path in (*listing.whole(), *listing.folders))
    return [
        Finding(
            Code.TEMPLATE_NOT_USED,
            name,
            candidates=tuple(difflib.get_close_matches(name, OFFERED_NAMES, n=1, cutoff=0.5)),
        )
        for name in names
        if name not in OFFERED_NAMES
    ]


def check_templates(templates: tuple[TemplateInUse, ...]) -> list[Finding]:
    """Return all that is wrong with the templates, in branches that no letter takes too."""
    return [
        finding
        for template in templates
        for finding in check_template(template.path, OFFERED_NAMES[template.path.name])
    ]
