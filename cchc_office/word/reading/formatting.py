"""What formatting a paragraph and its letters have in the end, as Word works it out.

From weak to strong (ECMA-376 part 1, 17.7.2): document defaults, table style, numbering,
paragraph style, character style, direct formatting. Bold, italic, capitals, hidden and crossed-out
text are toggles (a double line is none): styles that both set one cancel each other (17.7.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cchc_office.word.reading.measures import (
    A,
    W,
    attribute,
    is_on,
    points,
    twips_as_mm,
    twips_as_points,
    value_of,
    whole_number,
)
from cchc_office.word.reading.package import WordPackage
from cchc_office.word.reading.values import Align, Letters, ParagraphLayout, TabStop

Properties = dict[str, Any]
_Reader = Callable[[Properties, Any], None]

_TOGGLES = ("b", "i", "caps", "smallCaps", "vanish", "strike")
_DOUBLE = "dstrike"
_ALIGNS: dict[str, Align] = {
    "start": "left",
    "left": "left",
    "center": "center",
    "end": "right",
    "right": "right",
    "both": "both",
    "distribute": "both",
}
_NO_FONT = "Times New Roman"  # what Word takes where nothing names a font
_NO_SIZE = 10.0  # 17.3.2.38: without any size, letters have 10 points
_HTML_SPACING = 14.0  # what Word leaves for "automatic" spacing
_VIETNAMESE = "Viet"  # the theme's name of the script
_DEPTH = 40  # styles based on one another; a circle ends here


@dataclass
class Formats:
    """The styles, lists, theme, settings and defaults of one document."""

    styles: Any = None
    numbering: Any = None
    theme: Any = None
    settings: Any = None
    _by_id: dict[str, Any] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)
    _properties: dict[tuple[str, str], Properties] = field(default_factory=dict)
    _worked_out: dict[tuple[Any, ...], Letters] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.styles is None:
            return
        for style in self.styles.iterfind(f"{W}style"):
            name = attribute(style, "styleId") or ""
            self._by_id[name] = style
            if attribute(style, "default") in {"1", "true", "on"}:
                self._defaults[attribute(style, "type") or ""] = name

    @classmethod
    def of(cls, package: WordPackage) -> Formats:
        """Return those of the document in a package."""
        names = ("styles", "numbering", "theme", "settings")
        return cls(*(package.related(package.main, name) for name in names))

    @property
    def tells_even_pages(self) -> bool:
        """Whether even pages have margins of their own (17.10.1)."""
        found = None if self.settings is None else self.settings.find(f"{W}evenAndOddHeaders")
        return found is not None and is_on(found)

    @property
    def is_vietnamese(self) -> bool:
        """Whether the fonts of the theme are those that it has for Vietnamese."""
        language = None if self.settings is None else self.settings.find(f"{W}themeFontLang")
        return (attribute(language, "val") or "").casefold().startswith("vi")

    def style_of(self, properties: Any, kind: Literal["paragraph", "table"]) -> str:
        """Return the id of the style of a paragraph or table with these properties."""
        given = value_of(properties, f"{W}{'pStyle' if kind == 'paragraph' else 'tblStyle'}")
        return given if given in self._by_id else self._defaults.get(kind, "")

    def chain(self, style: str) -> list[Any]:
        """Return the elements of a style and of those that it is based on, the base first."""
        found: list[Any] = []
        while style in self._by_id and len(found) < _DEPTH:
            found.insert(0, self._by_id[style])
            style = attribute(found[0].find(f"{W}basedOn"), "val") or ""
        return found

    # --- letters ---

    def letters(self, run: Any, paragraph_style: str, table_style: str, text: str) -> Letters:
        """Return how the `text` of a run with the properties `run` looks."""
        direct = letters_properties(run)
        kinds = _kinds_of(text)
        own_style = value_of(run, f"{W}rStyle") or ""
        key = (kinds, paragraph_style, table_style, own_style, tuple(sorted(direct.items())))
        if key not in self._worked_out:
            styles = (table_style, paragraph_style, own_style)
            self._worked_out[key] = self._work_out(direct, styles, kinds)
        return self._worked_out[key]

    def _work_out(
        self, direct: Properties, styles: tuple[str, str, str], kinds: tuple[str, ...]
    ) -> Letters:
        levels = [self._by_style("rPr", style) for style in styles]
        merged: Properties = dict(self._by_default("rPr"))
        for level in levels:
            _take(merged, level)
        toggles = {
            name: bool(self._by_default("rPr").get(name))
            ^ (sum(bool(level.get(name)) for level in levels) % 2 == 1)
            for name in _TOGGLES
        }
        toggles |= {name: direct[name] for name in _TOGGLES if name in direct}
        _take(merged, direct)
        return Letters(
            fonts=tuple(dict.fromkeys(self._font(merged.get(kind)) for kind in kinds)),
            size=merged.get("size", _NO_SIZE),
            bold=toggles["b"],
            italic=toggles["i"],
            capitals=toggles["caps"] or toggles["smallCaps"],
            underline=merged.get("underline", False),
            color=merged.get("color", "auto"),
            hidden=toggles["vanish"],
            raised=merged.get("raised", False),
            struck=toggles["strike"] or merged.get(_DOUBLE, False),
        )

    def _font(self, given: tuple[str, bool] | None) -> str:
        if given is None:
            return _NO_FONT
        name, is_theme = given
        if not is_theme:
            return name
        kind = "majorFont" if name.startswith("major") else "minorFont"
        path = f"{A}themeElements/{A}fontScheme/{A}{kind}"
        fonts = None if self.theme is None else self.theme.find(path)
        if fonts is None:
            return _NO_FONT
        # 17.15.1.88: the theme has a font of its own for some languages.
        own = fonts.find(f"{A}font[@script='{_VIETNAMESE}']") if self.is_vietnamese else None
        chosen = own if own is not None and own.get("typeface") else fonts.find(f"{A}latin")
        return _NO_FONT if chosen is None else str(chosen.get("typeface") or _NO_FONT)

    # --- layout ---

    def layout(self, properties: Any, table_style: str) -> ParagraphLayout:
        """Return how a paragraph with these properties lies."""
        style = self.style_of(properties, "paragraph")
        direct = layout_properties(properties)
        from_style = self._by_style("pPr", style)
        merged: Properties = dict(self._by_default("pPr"))
        _take(merged, self._by_style("pPr", table_style))
        # A list that the style names gives way to the style's own indents; one that the paragraph
        # names does not.
        level = self._list_level(direct.get("list") or from_style.get("list"))
        indents = layout_properties(None if level is None else level.find(f"{W}pPr"))
        if "list" in direct:
            _take(merged, from_style)
            _take(merged, indents)
        else:
            _take(merged, indents)
            _take(merged, from_style)
        _take(merged, direct)
        return _as_layout(merged, style, _label(level))

    def _by_default(self, tag: str) -> Properties:
        """Return what the document's defaults say of letters (rPr) or layout (pPr)."""
        if (tag, "") not in self._properties:
            path = f"{W}docDefaults/{W}{tag}Default/{W}{tag}"
            found = None if self.styles is None else self.styles.find(path)
            self._properties[tag, ""] = _READERS[tag](found)
        return self._properties[tag, ""]

    def _by_style(self, tag: str, style: str) -> Properties:
        """Return what a style says of letters or layout, with those that it is based on."""
        if not style:
            return {}
        if (tag, style) not in self._properties:
            merged: Properties = {}
            for element in self.chain(style):
                _take(merged, _READERS[tag](element.find(f"{W}{tag}")))
            self._properties[tag, style] = merged
        return self._properties[tag, style]

    def _list_level(self, given: tuple[str, str] | None) -> Any:
        """Return the `w:lvl` of a list and level; None where there is no list (number 0)."""
        if given is None or self.numbering is None or given[0] == "0":
            return None
        number = _with_id(self.numbering, "num", "numId", given[0])
        for override in () if number is None else number.iterfind(f"{W}lvlOverride"):
            level = override.find(f"{W}lvl")
            if attribute(override, "ilvl") == given[1] and level is not None:
                return level
        abstract_id = value_of(number, f"{W}abstractNumId")
        abstract = _with_id(self.numbering, "abstractNum", "abstractNumId", abstract_id)
        return None if abstract is None else _with_id(abstract, "lvl", "ilvl", given[1])


def _kinds_of(text: str) -> tuple[str, ...]:
    """Return the kinds of fonts that a text needs: Word has one for ASCII, one for the rest."""
    kinds = []
    if _SHOWN_ASCII.search(text):
        kinds.append("ascii")
    if not text.isascii() and _SHOWN_REST.search(text):
        kinds.append("hAnsi")
    return tuple(kinds)


_SHOWN_ASCII = re.compile(r"[^\s\x80-\U0010ffff]")
_SHOWN_REST = re.compile(r"[^\s\x00-\x7f]")


def _with_id(parent: Any, tag: str, name: str, value: str | None) -> Any:
    found = (e for e in parent.iterfind(f"{W}{tag}") if attribute(e, name) == value)
    return next(found, None)


def _take(merged: Properties, level: Properties) -> None:
    """Let a stronger level have its say; tab stops add up, and can be cleared."""
    tabs = merged.get("tabs", {}) | level.get("tabs", {})
    merged.update(level)
    if tabs:
        merged["tabs"] = tabs


def letters_properties(element: Any) -> Properties:
    """Return what a `w:rPr` says, and only that."""
    return _read(element, _LETTERS_READERS)


def _read(element: Any, readers: Mapping[str, _Reader]) -> Properties:
    """Return what the children of an element say, the first of each tag.

    They are gone through once: a document has tens of thousands of runs.
    """
    found: Properties = {}
    for tag, child in _children(element).items():
        if tag in readers:
            readers[tag](found, child)
    return found


def _children(element: Any) -> dict[str, Any]:
    return {} if element is None else {child.tag: child for child in reversed(element)}


def _switch(name: str) -> _Reader:
    def read(found: Properties, element: Any) -> None:
        found[name] = is_on(element)

    return read


def _fonts(found: Properties, element: Any) -> None:
    for kind in ("ascii", "hAnsi"):
        theme, plain = attribute(element, f"{kind}Theme"), attribute(element, kind)
        if theme or plain:
            found[kind] = (theme, True) if theme else (plain, False)


def _size(found: Properties, element: Any) -> None:
    size = points(attribute(element, "val"), 1 / 2)
    if size is not None:
        found["size"] = size


def _differs(name: str, usual: str) -> _Reader:
    def read(found: Properties, element: Any) -> None:
        value = attribute(element, "val")
        if value is not None:
            found[name] = value != usual

    return read


def _color(found: Properties, element: Any) -> None:
    color = attribute(element, "val")
    if color is not None:
        found["color"] = color


def layout_properties(element: Any) -> Properties:
    """Return what a `w:pPr` says, and only that."""
    return _read(element, _LAYOUT_READERS)


def _alignment(found: Properties, element: Any) -> None:
    align = _ALIGNS.get(attribute(element, "val") or "")
    if align:
        found["align"] = align


def _borders(found: Properties, element: Any) -> None:
    borders = _children(element)
    for tag, name in (("top", "border_above"), ("bottom", "border_below")):
        border = borders.get(f"{W}{tag}")
        if border is not None:
            found[name] = attribute(border, "val") not in {None, "none", "nil"}


def _tabs(found: Properties, element: Any) -> None:
    stops = {
        round(twips_as_mm(attribute(stop, "pos")) or 0, 1): attribute(stop, "val")
        for stop in element.iterfind(f"{W}tab")
    }
    if stops:
        found["tabs"] = stops


def _list(found: Properties, element: Any) -> None:
    number = value_of(element, f"{W}numId")
    if number is not None:
        found["list"] = (number, value_of(element, f"{W}ilvl") or "0")


def _spacing(found: Properties, spacing: Any) -> None:
    for name in ("before", "after"):
        value = twips_as_points(attribute(spacing, name))
        if value is not None:
            found[name] = value
        automatic = attribute(spacing, f"{name}Autospacing")
        if automatic in {"1", "true", "on"}:
            found[name] = _HTML_SPACING
    line, rule = attribute(spacing, "line"), attribute(spacing, "lineRule")
    if rule is not None or line is not None:
        found["line_rule"] = rule if rule in {"exact", "atLeast"} else "auto"
    if line is not None:
        value = twips_as_points(line)
        if value is not None:
            found["line"] = value / 12 if found["line_rule"] == "auto" else value


def _indents(found: Properties, indent: Any) -> None:
    for name, target, sign in (
        ("left", "left", 1),
        ("start", "left", 1),
        ("right", "right", 1),
        ("end", "right", 1),
        ("firstLine", "first_line", 1),
        ("hanging", "first_line", -1),
    ):
        value = twips_as_mm(attribute(indent, name))
        if value is not None:
            found[target] = sign * value
    by_letters = [attribute(indent, name) for name in ("firstLineChars", "hangingChars")]
    if any(whole_number(text) for text in by_letters):
        found["by_letters"] = True  # and goes before the measure beside it
    elif "first_line" in found:
        found["by_letters"] = False


def _as_layout(merged: Properties, style: str, label: str) -> ParagraphLayout:
    stops = sorted(merged.pop("tabs", {}).items())
    tabs = tuple(TabStop(at, align) for at, align in stops if align != "clear")
    merged.pop("list", None)
    return ParagraphLayout(style=style, label=label, tabs=tabs, **merged)


def _label(level: Any) -> str:
    """Return what a list puts before its items: "-", "%1."; symbols of pictorial fonts as "•"."""
    if level is None:
        return ""
    text = value_of(level, f"{W}lvlText") or ""
    return "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in text)


def _frame(found: Properties, element: Any) -> None:
    found["centred_frame"] = attribute(element, "xAlign") == "center"


_LETTERS_READERS: Mapping[str, _Reader] = {
    **{f"{W}{name}": _switch(name) for name in (*_TOGGLES, _DOUBLE)},
    f"{W}rFonts": _fonts,
    f"{W}sz": _size,
    f"{W}u": _differs("underline", "none"),
    f"{W}vertAlign": _differs("raised", "baseline"),
    f"{W}color": _color,
}
_LAYOUT_READERS: Mapping[str, _Reader] = {
    f"{W}jc": _alignment,
    f"{W}spacing": _spacing,
    f"{W}ind": _indents,
    f"{W}contextualSpacing": _switch("contextual"),
    f"{W}pageBreakBefore": _switch("page_break_before"),
    f"{W}pBdr": _borders,
    f"{W}tabs": _tabs,
    f"{W}numPr": _list,
    f"{W}framePr": _frame,
}
_READERS = {"rPr": letters_properties, "pPr": layout_properties}
