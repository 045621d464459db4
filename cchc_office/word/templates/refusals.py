"""What no template may do, found before it is run: private names, other files, unknown filters."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.environment import TemplateEnvironment
from cchc_office.word.templates.problems import at_tag, nearest
from cchc_office.word.templates.tags import TagMap

_NAMES = frozenset({"cycler", "dict", "joiner", "lipsum", "namespace", "self", "super"})
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
        return node.name if node.name in _NAMES else ""
    if isinstance(node, nodes.Getattr):
        return node.attr if node.attr.startswith("_") else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = node.arg.value
        return key if isinstance(key, str) and key.startswith("_") else ""
    return next((word for kind, word in _COMMANDS.items() if isinstance(node, kind)), "")
