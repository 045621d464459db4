"""Which templates are used, the office's own before the project's, and with whose figures.

A template has the figures that it was saved with. Where `the-thuc.toml` sets one, the styles of
the parts take it on; what a clerk formatted in the template by hand stays.
"""

from __future__ import annotations

import difflib
import io
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.files.folders import is_file_there, list_folder
from cchc_office.files.resources import templates_folder
from cchc_office.papers import kinds
from cchc_office.papers.styles import document_styles, names_of
from cchc_office.word.document_writer import ParagraphLook, style_id
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


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_PER_MM = 1440 / 25.4
_NEARLY = 0.02
_MARGINS = {
    "margin_top": "top",
    "margin_bottom": "bottom",
    "margin_left": "left",
    "margin_right": "right",
}


def with_figures(content: bytes, profile: Profile) -> bytes:
    """Return the template with the figures that the office set, and no others changed.

    Raises what python-docx raises where `content` is no Word document.
    """
    if not profile.chosen:
        return content
    import docx

    document = docx.Document(io.BytesIO(content))
    by_name = {name: style for style in document.styles for name in _names(style)}
    by_id = {style.style_id: style for style in document.styles}
    other = replace(profile, **{name: getattr(profile, name) + 1 for name in profile.chosen})
    pairs = zip(document_styles(other), document_styles(profile), strict=True)
    for before, after in pairs:
        if before != after:
            for name in names_of(after):
                style = by_name.get(name) or by_id.get(style_id(name))
                if style is not None:
                    _change_style(style, before.look, after.look)
    _change_margins(document, profile)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _names(style: Any) -> set[str]:
    """Return what a style is called: its name alone, and with its aliases behind commas.

    Programs that save a template again keep a style's name and give it an id of their own; Word
    makes aliases of what stands behind a comma in the name.
    """
    aliases = style.element.find(f"{_W}aliases")
    own = style.name or ""
    pieces = [own] if aliases is None else [own, aliases.get(f"{_W}val") or ""]
    called = ", ".join(name.strip() for name in ",".join(pieces).split(",") if name.strip())
    return {unicodedata.normalize("NFC", name) for name in (own, called)}


def _change_style(style: Any, before: ParagraphLook, after: ParagraphLook) -> None:
    from docx.shared import Mm, Pt

    layout = style.paragraph_format
    if after.size != before.size:
        style.font.size = Pt(after.size)
    if after.before != before.before:
        layout.space_before = Pt(after.before)
    if after.line != before.line:
        layout.line_spacing = after.line
    if after.first_line != before.first_line:
        layout.first_line_indent = Mm(after.first_line)


def _change_margins(document: Any, profile: Profile) -> None:
    """Set the margins that were chosen on upright pages; tables stay as wide as the text."""
    chosen = {field: side for field, side in _MARGINS.items() if field in profile.chosen}
    old_width = new_width = 0.0
    for section in document.element.body.iter(f"{_W}sectPr"):
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        if margins is None or _measure(size, "w") > _measure(size, "h"):
            continue
        old_width = old_width or _text_width(size, margins)
        for field, side in chosen.items():
            margins.set(f"{_W}{side}", str(round(getattr(profile, field) * _TWIPS_PER_MM)))
        new_width = new_width or _text_width(size, margins)
    if old_width and new_width and old_width != new_width:
        for table in document.element.body.findall(f"{_W}tbl"):
            _scale(table, old_width, new_width / old_width)


def _text_width(size: Any, margins: Any) -> float:
    page = _measure(size, "w") or DEFAULT_PROFILE.page_width * _TWIPS_PER_MM
    return page - _measure(margins, "left") - _measure(margins, "right")


def _measure(element: Any, name: str) -> float:
    """Return a measure in twips, 0 where it is missing or no number."""
    try:
        return float(element.get(f"{_W}{name}") or 0)
    except (AttributeError, ValueError):
        return 0.0


def _scale(table: Any, text_width: float, share: float) -> None:
    """Make a table that was as wide as the text as wide as the text is now."""
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    width = sum(_measure(column, "w") for column in columns)
    if abs(width / text_width - 1) > _NEARLY:
        return
    cells = table.iterfind(f"{_W}tr/{_W}tc/{_W}tcPr/{_W}tcW")
    for measure in (*columns, *cells, *table.findall(f"{_W}tblPr/{_W}tblW")):
        if measure.get(f"{_W}type", "dxa") == "dxa":
            measure.set(f"{_W}w", str(round(_measure(measure, "w") * share)))
