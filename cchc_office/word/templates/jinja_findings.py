"""Findings that a clerk can act on, from what Jinja parsed and from what it or docxtpl raised."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import jinja2
from docx.image.exceptions import UnrecognizedImageError
from jinja2 import nodes
from jinja2.exceptions import SecurityError

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.environment import (
    OverBudgetError,
    TemplateEnvironment,
    UnknownNameError,
)
from cchc_office.word.templates.offers import RefusedValueError
from cchc_office.word.templates.tags import Tag, TagMap, at_tag, nearest, unknown_name

_SYNTAX = (
    (r"Encountered unknown tag '(.*?)'", "“{}” không phải là một lệnh"),
    (r"unexpected char '?(.*?)'? at", "không hiểu ký tự {}"),
    (r"expected token '(?:end of print statement|end of statement block)', got '(.*?)'",
     "thừa “{}” trong thẻ"),
    (r"[Ee]xpected token '(.*?)'", "thiếu “{}”"),
    (r"unexpected 'end of", "thẻ dừng giữa chừng"),
    (r"unexpected '(.*?)'", "“{}” không đúng chỗ"),
    (r"Missing end of comment tag", "chú thích {{# … #}} chưa đóng"),
    (r"Expected an expression|Expected primary expression", "thẻ chưa có nội dung"),
)  # fmt: skip
_LIMITS = {
    "range": "range với quá nhiều số",
    "product": "phép nhân ra một nội dung quá dài",
    "power": "luỹ thừa quá lớn",
    "formatting": "định dạng bằng dấu %",
}
_CALCULATION = (
    (ZeroDivisionError, "phép chia cho 0"),
    ((OSError, UnrecognizedImageError), "không đọc được tệp ảnh"),
    (RecursionError, "lệnh gọi lại chính nó không dừng"),
    (TypeError, "giá trị không đúng loại cho phép tính, bộ lọc hay vòng lặp này"),
)


_FORBIDDEN_NAMES = frozenset({"cycler", "dict", "joiner", "lipsum", "namespace", "self", "super"})
_BOUNDLESS = (float("inf"), float("-inf"))
_COMMANDS = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.EvalContextModifier: "autoescape",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.NSRef: "namespace",
}


# --- what no template may do, found before it is run ---


def refusals(
    tree: nodes.Template, environment: TemplateEnvironment, file: str, tags: TagMap
) -> Iterator[Finding]:
    """Yield a finding for each thing in a parsed template that is refused or does not exist."""
    for node in tree.find_all(nodes.Node):
        tag = tags.at(node.lineno)
        if what := _forbidden(node):
            yield at_tag(Code.TEMPLATE_FORBIDDEN, file, tag, found=what)
        elif isinstance(node, nodes.Filter | nodes.Test):
            known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
            if node.name not in known:
                close = nearest(node.name, known)
                yield at_tag(Code.TEMPLATE_FILTER_UNKNOWN, file, tag, node.name, candidates=close)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if _is_no_word(part):
                    yield at_tag(Code.VALUE_NOT_TEXT, file, tags.at(part.lineno))


def _is_no_word(node: nodes.Node) -> bool:
    """Tell whether a tag prints a literal that Python would show as programmers write it."""
    if isinstance(node, nodes.List | nodes.Tuple | nodes.Dict):
        return True
    value = node.value if isinstance(node, nodes.Const) else ""
    return value is None or isinstance(value, bool) or value in _BOUNDLESS


def _forbidden(node: nodes.Node) -> str:
    """Return what is forbidden about a node, "" where nothing is."""
    if isinstance(node, nodes.Name):
        return node.name if node.name in _FORBIDDEN_NAMES else ""
    if isinstance(node, nodes.Getattr):
        return node.attr if node.attr.startswith("_") else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = node.arg.value
        return key if isinstance(key, str) and key.startswith("_") else ""
    return next((word for kind, word in _COMMANDS.items() if isinstance(node, kind)), "")


# --- what went wrong while it was read or run ---


def line_of(error: BaseException, template: jinja2.Template) -> int:
    """Return the line of the template's source at which the error was raised."""
    line = 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_globals.get("__jinja_template__") is template:
            line = template.get_corresponding_lineno(number)
    return line


def rendering_problem(
    error: Exception, file: str, tag: Tag, names: Mapping[str, Any], dotted: str = ""
) -> Finding:
    """Return the finding for an error raised while `names` were filled in at `tag`.

    `dotted` is the whole name that stands in the tag for the last part that was not found.
    """
    if isinstance(error, UnknownNameError):
        return _unknown(error, file, tag, names, dotted or error.name)
    if isinstance(error, OverBudgetError):
        return at_tag(Code.TEMPLATE_TOO_MUCH, file, tag)
    if isinstance(error, SecurityError):
        return at_tag(Code.TEMPLATE_FORBIDDEN, file, tag, found=_refused(error))
    if isinstance(error, RefusedValueError):
        return at_tag(error.code, file, tag, found=error.found)
    return at_tag(Code.TEMPLATE_CALCULATION, file, tag, found=_calculation(error))


def syntax_problem(error: jinja2.TemplateSyntaxError, file: str, tag: Tag) -> Finding:
    """Return the finding for a tag that Jinja cannot read."""
    message = str(error.message)
    found = "không đúng cú pháp"
    for pattern, words in _SYNTAX:
        if match := re.search(pattern, message):
            found = words.format(*match.groups()[:1])
            break
    return at_tag(Code.TEMPLATE_SYNTAX, file, tag, found=found)


def dotted_name(node: nodes.Node) -> str:
    """Return the name that an expression of dots and brackets spells, "" for any other."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        owner = dotted_name(node.node)
        return f"{owner}.{node.attr}" if owner else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        owner = dotted_name(node.node)
        key = node.arg.value
        part = f".{key}" if isinstance(key, str) else f"[{key}]"
        return f"{owner}{part}" if owner else ""
    return ""


def part_names(owner: Any) -> Iterable[str]:
    """Return the names of what a template can ask of an object."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    kind = type(owner)
    return [
        name
        for name in dir(owner)
        if not name.startswith("_") and not callable(getattr(kind, name, None))
    ]


def _unknown(
    error: UnknownNameError, file: str, tag: Tag, names: Mapping[str, Any], name: str
) -> Finding:
    if error.is_part:
        owner = name.rpartition(".")[0]
        parts = nearest(error.name, part_names(error.owner))
        candidates = tuple(f"{owner}.{part}" if owner else part for part in parts)
    else:
        candidates = nearest(name, names)
    return unknown_name(file, tag, name, candidates)


def _refused(error: SecurityError) -> str:
    message = str(error)
    quoted = re.search(r"'(\w+)'", message)
    return _LIMITS.get(message) or (quoted.group(1) if quoted else "lệnh gọi này")


def _calculation(error: Exception) -> str:
    usual = "lệnh hoặc bộ lọc này không dùng được với giá trị đã cho"
    return next((words for kind, words in _CALCULATION if isinstance(error, kind)), usual)
