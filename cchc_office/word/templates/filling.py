"""A whole template filled in: part by part, or through docxtpl where a value needs it.

A part is prepared once: for each letter a string is rendered. docxtpl makes the XML ready for
Jinja, and has the last word on what it alone can do: line breaks and tabs inside values, tables
whose columns change, numbers of drawings. What is not needed for a letter is not done for it. The
result is what docxtpl would have made.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.parsers import expat

import docxtpl
import jinja2
from docx.oxml import parse_xml
from jinja2 import nodes

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.archive import PreparedArchive, repack
from cchc_office.word.templates.environment import (
    NeedsPackageError,
    TemplateEnvironment,
    count_steps,
)
from cchc_office.word.templates.jinja_findings import (
    dotted_name,
    line_of,
    refusals,
    rendering_problem,
    syntax_problem,
)
from cchc_office.word.templates.offers import NO_BREAK_HYPHEN
from cchc_office.word.templates.package import DamagedPackageError, TemplatePart, open_package
from cchc_office.word.templates.tag_check import habit_findings, keeps_table_grids
from cchc_office.word.templates.tags import (
    TemplateProblemError,
    damaged,
    map_tags,
    too_deep,
    words_near,
)

# How docxtpl lets a template's own text hold the marks of tags.
_SPELT_MARKS = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
# Looked for first, as they are found fast: ends that no paragraph, table or row stands before.
_ODD_END_OF_CELL = re.compile(r"</w:tc>(?<!</w:p></w:tc>)(?<!</w:tbl></w:tc>)")
_ODD_END_OF_ROW = re.compile(r"</w:tr>(?<!</w:tc></w:tr>)")
_ODD_END_OF_TABLE = re.compile(r"</w:tbl>(?<!</w:tr></w:tbl>)")
_EMPTY_CELL = re.compile(r"(</w:tcPr>|<w:tcPr\s*/>|<w:tc(?:\s[^>]*)?>)\s*</w:tc>")
_EMPTY_ROW = re.compile(
    r"<w:tr(?:\s[^>]*)?>\s*(?:<w:trPr\s*/>|<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?\s*</w:tr>"
    r"|<w:tr(?:\s[^>]*)?/>",
    re.DOTALL,
)
_EMPTY_TABLE = re.compile(
    r"<w:tbl>\s*(?:<w:tblPr\s*/>|<w:tblPr>(?:(?!</w:tblPr>).)*</w:tblPr>)?\s*"
    r"(?:<w:tblGrid\s*/>|<w:tblGrid>(?:(?!</w:tblGrid>).)*</w:tblGrid>)?\s*</w:tbl>",
    re.DOTALL,
)
_EMPTY_EDGE = re.compile(r"(<w:(?:hdr|ftr)(?:\s[^>]*)?>)\s*(</w:(?:hdr|ftr)>)")
_TEXT_OF_RUN = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*\u2011[^<]*)</w:t>")
_BREAKS = ("\n", "\t", "\a", "\f")
_FIRST_DRAWING = 1000


class PreparedPart:
    """A part of the template with its tags compiled."""

    def __init__(self, source: TemplatePart, environment: TemplateEnvironment, file: str) -> None:
        """Compile the part; raises TemplateProblemError where its tags cannot be used."""
        self.source = source
        self._file = file
        self._environment = environment
        self._map = map_tags(source.text, source.tags)
        tree = self._parsed()
        found = tuple(refusals(tree, environment, file, self._map))
        if found:
            raise TemplateProblemError(*found)
        self.names = frozenset(node.name for node in tree.find_all(nodes.Name))
        self._dotted = {
            (node.lineno, dotted.rpartition(".")[2]): dotted
            for node in tree.find_all((nodes.Getattr, nodes.Getitem))
            if (dotted := dotted_name(node))
        }
        count_steps(tree, environment)
        try:
            self._template = environment.from_string(tree)
        except (SyntaxError, RecursionError) as error:
            raise TemplateProblemError(too_deep(file)) from error
        self._docxtpl = docxtpl.DocxTemplate(None)
        self._needs_mending = source.is_body and (
            "<wp:docPr" in source.text or not keeps_table_grids(self._map.source)
        )

    def render(self, values: Mapping[str, Any]) -> str:
        """Return the part's XML with `values` filled in, without what stands around it.

        Raises NeedsPackageError where a value brings parts of its own and no package is bound.
        """
        self._environment.has_printed_markup = False
        self._environment.budget.begin()
        try:
            context = self._template.new_context(dict(values))
            text = "".join(self._template.root_render_func(context))
        except NeedsPackageError:
            raise
        except Exception as error:
            line = line_of(error, self._template)
            dotted = self._dotted.get((line, getattr(error, "name", "")), "")
            tag = self._map.at(line)
            finding = rendering_problem(error, self._file, tag, values, dotted)
            raise TemplateProblemError(finding) from error
        return self._without_gaps(self._with_breaks(text))

    def _without_gaps(self, text: str) -> str:
        """Put a paragraph into cells, headers and notes that were emptied; drop rows and tables.

        Word calls a file damaged in which a cell or a header has no paragraph (ECMA-376 part 1,
        17.4.65), or a row no cell (17.4.78).
        """
        if not self.source.has_paragraphs:
            return text
        if _ODD_END_OF_CELL.search(text):
            text = _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", text)
        if _ODD_END_OF_ROW.search(text):
            text = _EMPTY_ROW.sub("", text)
        if _ODD_END_OF_TABLE.search(text):
            text = _EMPTY_TABLE.sub("<w:p/>", text)
        return text if self.source.is_body else _EMPTY_EDGE.sub(r"\1<w:p/>\2", text)

    def render_whole(self, values: Mapping[str, Any]) -> bytes:
        """Return the part as it is written to the file."""
        text = self.render(values)
        whole = self.checked(text)
        if not self._needs_mending:
            return whole
        tree = self.mended(text, self._docxtpl)
        return self._around(self._docxtpl.xml_to_string(tree)).encode("utf-8")

    def mended(self, text: str, package: Any) -> Any:
        """Return the rendered body as a tree, its tables and drawings put right by docxtpl."""
        package.docx_ids_index = _FIRST_DRAWING
        try:
            tree = package.fix_tables(text)
        except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
            # A number of columns that is none, a table that never had columns.
            finding = Finding(Code.TEMPLATE_BROKEN_RESULT, self._file)
            raise TemplateProblemError(finding) from error
        package.fix_docpr_ids(tree)
        return tree

    def checked(self, text: str) -> bytes:
        """Return the part around `text`; raises TemplateProblemError where it is no whole XML."""
        whole = self._around(text).encode("utf-8")
        # Only XML that a value brought can use a prefix that the part does not declare.
        separator = " " if self._environment.has_printed_markup else None
        try:
            expat.ParserCreate(namespace_separator=separator).Parse(whole, True)
        except expat.ExpatError as error:
            near = _words_at(whole, error.lineno, error.offset)
            finding = Finding(Code.TEMPLATE_BROKEN_RESULT, self._file, passage=near)
            raise TemplateProblemError(finding) from error
        return whole

    def _around(self, text: str) -> str:
        return f"{self.source.head}{text}{self.source.tail}"

    def _parsed(self) -> nodes.Template:
        try:
            tree = self._environment.parse(self._map.source)
        except RecursionError as error:
            raise TemplateProblemError(too_deep(self._file)) from error
        except jinja2.TemplateSyntaxError as error:
            tag = self._map.at(error.lineno)
            habits = [f for f in habit_findings(self._file, self.source, self._map) if f.is_error]
            raise TemplateProblemError(
                *(habits or [syntax_problem(error, self._file, tag)])
            ) from error
        for text in tree.find_all(nodes.TemplateData):
            for spelt, mark in _SPELT_MARKS.items():
                text.data = text.data.replace(spelt, mark)
        return tree

    def _with_breaks(self, text: str) -> str:
        if "\r" in text:
            # A reader of XML would take it for a blank.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.source.has_paragraphs and any(mark in text for mark in _BREAKS):
            text = str(self._docxtpl.resolve_listing(text))
        if NO_BREAK_HYPHEN in text and self.source.has_paragraphs:
            text = _TEXT_OF_RUN.sub(_with_hyphens, text)
        return text


def _with_hyphens(found: re.Match[str]) -> str:
    """Return the text of a run with Word's own sign for a hyphen at which no line ends."""
    sign = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
    words = found.group(1).replace(NO_BREAK_HYPHEN, sign)
    return f'<w:t xml:space="preserve">{words}</w:t>'


def _words_at(xml: bytes, line: int, column: int) -> str:
    """Return the words around a place of the XML."""
    lines = xml.split(b"\n")
    start = sum(len(part) + 1 for part in lines[: line - 1]) + column
    before = re.sub(r"<[^>]*>?", "", xml[max(0, start - 2000) : start].decode("utf-8", "ignore"))
    after = re.sub(r"<[^>]*>", "", xml[start : start + 2000].decode("utf-8", "ignore"))
    return words_near(before + after, len(before), len(before))


# --- the whole ---


@lru_cache(maxsize=4)  # made ready when they are checked, and filled in right afterwards
def prepared_template(file: str, content: bytes) -> PreparedTemplate:
    """Return a template made ready; raises TemplateProblemError where it cannot be used."""
    return PreparedTemplate(file, content)


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
        parts = (PreparedPart(s, self._environment, file) for s in package.sources)
        self._parts = {part.source.name: part for part in parts}
        self.names = frozenset(name for part in self._parts.values() for name in part.names)
        self._archive = PreparedArchive(package.content)

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """Return the document with `values` filled in."""
        try:
            changed = {name: part.render_whole(values) for name, part in self._parts.items()}
        except NeedsPackageError:
            return self._through_docxtpl(values)
        return self._archive.with_files(changed)

    def _through_docxtpl(self, values: Mapping[str, Any]) -> bytes:
        """Return the same, for values that bring files or addresses of their own: pictures, links.

        The parts are rendered as on the fast way; docxtpl puts them into its document and
        python-docx writes that, with the new files and relationships.
        """
        package = docxtpl.DocxTemplate(io.BytesIO(self._content))
        package.render_init()
        main = package.docx.part
        with self._environment.bound(package):
            text = self._rendered(package, main, values)
            package.map_tree(self._parts[main.partname.membername].mended(text, package))
            for kind in (package.HEADER_URI, package.FOOTER_URI):
                for relation, part in list(package.get_headers_footers(kind)):
                    text = self._rendered(package, part, values)
                    package.map_headers_footers_xml(relation, text.encode("utf-8"))
            self._fill_others(package, values)
        written = io.BytesIO()
        package.docx.save(written)
        return repack(written.getvalue())

    def _fill_others(self, package: Any, values: Mapping[str, Any]) -> None:
        """Fill in footnotes, which python-docx holds as bytes, and properties, held as XML.

        Body, headers and footers are done by now.
        """
        for part in package.docx.part.package.parts:
            prepared = self._parts.get(part.partname.membername)
            if prepared is None or prepared.source.is_body:
                continue
            if not prepared.source.has_paragraphs:
                part._element = parse_xml(prepared.render_whole(values))
            elif part.content_type.endswith("footnotes+xml"):
                part._blob = self._rendered(package, part, values).encode("utf-8")

    def _rendered(self, package: Any, part: Any, values: Mapping[str, Any]) -> str:
        package.current_rendering_part = part
        prepared = self._parts[part.partname.membername]
        text = prepared.render(values)
        prepared.checked(text)
        return text
