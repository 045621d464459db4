"""Which templates are used: the office's own before the project's, file by file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.folders import is_file_there, list_folder
from cchc_office.files.resources import templates_folder
from cchc_office.papers import kinds
from cchc_office.word.templates import Names, check_template

# What Word opens and saves besides .docx; another ending does not make one of it.
_OTHER_FORMATS = frozenset((".dotx", ".docm", ".dotm", ".doc", ".dot", ".rtf", ".odt", ".ott"))
_LIKENESS = 0.5


@dataclass(frozen=True)
class TemplateInUse:
    """A template, whether it is the office's own version, and files that were perhaps meant."""

    path: Path
    is_own: bool
    findings: tuple[Finding, ...] = ()


def find_template(name: str, own_folder: Path | None) -> TemplateInUse:
    """Return the template `name`: the office's own version, else the project's.

    Where it is the project's, its findings name the files of the office's folder that were perhaps
    meant to be it. Raises NotSeenError where it cannot be told whether the office has its own.
    """
    ours = templates_folder() / name
    if own_folder is None:
        return TemplateInUse(ours, is_own=False)
    if is_file_there(own_folder / name):
        return TemplateInUse(own_folder / name, is_own=True)
    meant = tuple(f for f in stray_templates(own_folder) if name in (f.expected, *f.candidates))
    return TemplateInUse(ours, is_own=False, findings=meant)


def templates_in_use(own_folder: Path | None) -> tuple[TemplateInUse, ...]:
    """Return the templates that the commands use."""
    return tuple(find_template(name, own_folder) for name in kinds.templates())


def stray_templates(own_folder: Path) -> list[Finding]:
    """Return a finding for each file in the office's folder that no command would use.

    Raises NotSeenError where the folder cannot be read.
    """
    listing = list_folder(own_folder, below=False)
    names = sorted(path.name for path in (*listing.whole(), *listing.folders))
    return [_stray(name) for name in names if name not in kinds.templates()]


def _stray(name: str) -> Finding:
    if Path(name).suffix.lower() in _OTHER_FORMATS:
        meant = _nearest(str(Path(name).with_suffix(".docx")))
        if meant:
            return Finding(Code.TEMPLATE_OTHER_FORMAT, name, expected=meant[0])
    return Finding(Code.TEMPLATE_NOT_USED, name, candidates=_nearest(name))


def _nearest(name: str) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name, kinds.templates(), n=1, cutoff=_LIKENESS))


def offered_names(template: str) -> Names:
    """Return what a template is offered, by its file name; `docs/mau-van-ban.md` explains it."""
    return kinds.templates()[template].offers()


def check_templates(templates: tuple[TemplateInUse, ...]) -> list[Finding]:
    """Return all that is wrong with the templates, in branches that no letter takes too."""
    return [
        finding
        for template in templates
        for finding in check_template(template.path, offered_names(template.path.name))
    ]
