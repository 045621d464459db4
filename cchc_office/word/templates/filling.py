"""A whole template filled in: part by part, or through docxtpl where a value needs it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import docxtpl
from docx.oxml import parse_xml

from cchc_office.files.archive import PreparedArchive, repack
from cchc_office.word.templates.environment import NeedsPackageError, TemplateEnvironment
from cchc_office.word.templates.package import DamagedPackageError, open_package
from cchc_office.word.templates.prepared import PreparedPart
from cchc_office.word.templates.problems import TemplateProblemError, damaged


class PreparedTemplate:
    """All parts of a template, ready to be filled in any number of times."""

    def __init__(self, file: str, content: bytes) -> None:
        """Prepare a template; raises TemplateProblemError where it cannot be used."""
        try:
            package = open_package(content)
        except DamagedPackageError as error:
            raise TemplateProblemError(damaged(file)) from error
        self._content = package.content
        self._environment = TemplateEnvironment()
        self._parts = tuple(PreparedPart(s, self._environment, file) for s in package.sources)
        self.names = frozenset(name for part in self._parts for name in part.names)
        self._archive = PreparedArchive(package.content)

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """Return the document with `values` filled in."""
        try:
            changed = {part.source.name: part.render_whole(values) for part in self._parts}
        except NeedsPackageError:
            return _through_docxtpl(self._content, self._parts, self._environment, values)
        return self._archive.with_files(changed)


def _through_docxtpl(
    content: bytes,
    parts: Iterable[PreparedPart],
    environment: TemplateEnvironment,
    values: Mapping[str, Any],
) -> bytes:
    """Return the same, for values that bring files or addresses of their own: pictures, links.

    The parts are rendered as on the fast way; docxtpl puts them into its document and python-docx
    writes that, with the new files and relationships.
    """
    package = docxtpl.DocxTemplate(io.BytesIO(content))
    package.render_init()
    by_name = {part.source.name: part for part in parts}
    with environment.bound(package):
        _fill_body(package, by_name, values)
        for kind in (package.HEADER_URI, package.FOOTER_URI):
            _fill_headers(package, kind, by_name, values)
        _fill_others(package, by_name, values)
    written = io.BytesIO()
    package.docx.save(written)
    return repack(written.getvalue())


def _fill_body(package: Any, parts: dict[str, PreparedPart], values: Mapping[str, Any]) -> None:
    main = package.docx.part
    text = _rendered(package, main, parts, values)
    package.map_tree(parts[main.partname.membername].mended(text, package))


def _fill_headers(
    package: Any, kind: str, parts: dict[str, PreparedPart], values: Mapping[str, Any]
) -> None:
    for relation, part in list(package.get_headers_footers(kind)):
        text = _rendered(package, part, parts, values)
        package.map_headers_footers_xml(relation, text.encode("utf-8"))


def _fill_others(package: Any, parts: dict[str, PreparedPart], values: Mapping[str, Any]) -> None:
    """Fill in footnotes, which python-docx holds as bytes, and properties, which it holds as XML.

    Body, headers and footers are done by now.
    """
    for part in package.docx.part.package.parts:
        prepared = parts.get(part.partname.membername)
        is_properties = prepared is not None and not prepared.source.has_paragraphs
        if prepared is None or prepared.source.is_body:
            continue
        if is_properties:
            part._element = parse_xml(prepared.render_whole(values))
        elif part.content_type.endswith("footnotes+xml"):
            part._blob = _rendered(package, part, parts, values).encode("utf-8")


def _rendered(
    package: Any, part: Any, parts: dict[str, PreparedPart], values: Mapping[str, Any]
) -> str:
    package.current_rendering_part = part
    prepared = parts[part.partname.membername]
    text = prepared.render(values)
    prepared.checked(text)
    return text
