"""Checking a template before anything is made from it, in every branch, taken or not.

Whether every name is offered is told by walking what Jinja parsed. Each expression is given the
kind of value that it has, as far as that can be told; a name that a loop or `set` makes is known
inside it. What cannot be told is `ANYTHING`, and never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.environment import WORD_FILTERS, TemplateEnvironment
from cchc_office.word.templates.filling import PreparedPart, prepared_template
from cchc_office.word.templates.jinja_findings import dotted_name, refusals, syntax_problem
from cchc_office.word.templates.leftovers import foreign_brackets, leftovers
from cchc_office.word.templates.offers import (
    ANYTHING,
    FILTERS,
    FLAG,
    NUMBER,
    TEXT,
    Anything,
    Kind,
    ListOf,
    Names,
    Plain,
    Record,
    dotted_names,
)
from cchc_office.word.templates.package import (
    TEXT_ENDING,
    DamagedPackageError,
    TemplatePart,
    open_package,
    read_template,
    text_source,
)
from cchc_office.word.templates.tag_check import habit_findings
from cchc_office.word.templates.tags import (
    TagMap,
    TemplateProblemError,
    at_tag,
    damaged,
    map_tags,
    nearest,
    too_deep,
    unknown_name,
)

_OF_LOOP = (
    "index index0 revindex revindex0 first last length previtem nextitem cycle changed depth depth0"
)
_LOOP = Record(dict.fromkeys(_OF_LOOP.split(), ANYTHING))
_GLOBALS: dict[str, Kind] = {"range": ANYTHING, "caller": ANYTHING}
_SAME_LIST = {"list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"}
_ONE_OF_LIST = {"first", "last", "max", "min"}
_NUMBERS = {"count", "float", "int", "length", "round", "sum", "wordcount"}
_BY_FIRST_ARGUMENT = {"groupby", "rejectattr", "selectattr"}
_BY_ATTRIBUTE = {"groupby", "join", "map", "max", "min", "sort", "sum", "unique"}
_OF_TEXT = (WORD_FILTERS - {"wordcount"}) | FILTERS.keys()
"""Filters that make words of what they are given."""

_PLAIN_LITERALS = {bool: FLAG, int: NUMBER, str: TEXT}

_Scope = dict[str, Kind]


def findings_of(path: Path, names: Names) -> list[Finding]:
    """Return all that is wrong with the template at `path`, which is offered `names`."""
    found: list[Finding] = []
    make_ready: Callable[[], object]
    try:
        if path.suffix == TEXT_ENDING:
            text = text_source(path)
            found += foreign_brackets(path.name, text.text, names)
            found += _check_part(path.name, text, names)
            make_ready = partial(PreparedPart, text, TemplateEnvironment(for_text=True), path.name)
        else:
            content = read_template(path)
            found += leftovers(path.name, content, names)
            package = open_package(content)
            found += (f for part in package.sources for f in _check_part(path.name, part, names))
            found += (
                at_tag(Code.TEMPLATE_TAG_NOT_FILLED, path.name, tag, found=place)
                for place, tag in package.unfilled
            )
            make_ready = partial(prepared_template, path.name, content)
        if not any(finding.is_error for finding in found):
            make_ready()  # shows what is too deep for Python
    except TemplateProblemError as problem:
        found += problem.findings
    except DamagedPackageError:
        return [damaged(path.name)]
    return list(dict.fromkeys(found))


def _check_part(file: str, source: TemplatePart, names: Names) -> Iterator[Finding]:
    tags = map_tags(source.text, source.tags)
    habits = habit_findings(file, source, tags)
    yield from habits
    environment = TemplateEnvironment()
    try:
        tree = environment.parse(tags.source)
    except RecursionError:
        yield too_deep(file)
        return
    except jinja2.TemplateSyntaxError as error:
        if not any(finding.is_error for finding in habits):
            yield syntax_problem(error, file, tags.at(error.lineno))
        return
    refused = list(refusals(tree, environment, file, tags))
    yield from refused
    if any(finding.code is Code.TEMPLATE_FORBIDDEN for finding in refused):
        return
    try:
        yield from _NameCheck(names, file, tags).found_in(tree)
    except RecursionError:
        yield too_deep(file)


# --- names ---


class _NameCheck(NodeVisitor):
    """Goes through statements and expressions; visiting an expression gives its kind."""

    def __init__(self, names: Names, file: str, tags: TagMap) -> None:
        self._names = names
        self._file = file
        self._tags = tags
        self._findings: list[Finding] = []

    def found_in(self, tree: nodes.Template) -> list[Finding]:
        """Return a finding for each name in the parsed template that is not offered."""
        self.statements(tree.body, dict(self._names))
        return self._findings

    # --- statements ---

    def statements(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        """Check statements one after the other; what they set is known to the next."""
        for node in body:
            self.visit(node, scope)

    def generic_visit(self, node: nodes.Node, scope: _Scope) -> Kind:
        """Check what stands in a node of which nothing more is known."""
        self.statements(node.iter_child_nodes(), scope)
        return ANYTHING

    def visit_Output(self, node: nodes.Output, scope: _Scope) -> None:
        for part in node.nodes:
            kind = self.kind(part, scope)
            if isinstance(kind, ListOf | Record) or kind == FLAG:
                tag = self._tags.at(part.lineno)
                self._findings.append(at_tag(Code.VALUE_NOT_TEXT, self._file, tag))

    def visit_For(self, node: nodes.For, scope: _Scope) -> None:
        items = self.kind(node.iter, scope)
        if isinstance(items, Plain | Record):
            self._wrong_kind(node.iter, "lặp trên một giá trị không phải là danh sách")
        inner = {**scope, "loop": _LOOP}
        _bind(node.target, items.item if isinstance(items, ListOf) else ANYTHING, inner)
        if node.test is not None:
            self.kind(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(scope))

    def visit_Assign(self, node: nodes.Assign, scope: _Scope) -> None:
        _bind(node.target, self.kind(node.node, scope), scope)

    def visit_AssignBlock(self, node: nodes.AssignBlock, scope: _Scope) -> None:
        self.statements(node.body, dict(scope))
        _bind(node.target, TEXT, scope)

    def visit_With(self, node: nodes.With, scope: _Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            _bind(target, self.kind(value, scope), inner)
        self.statements(node.body, inner)

    def visit_Macro(self, node: nodes.Macro, scope: _Scope) -> None:
        scope[node.name] = ANYTHING
        self._inside(node, scope)

    def visit_CallBlock(self, node: nodes.CallBlock, scope: _Scope) -> None:
        self.kind(node.call, scope)
        self._inside(node, scope)

    def _inside(self, node: nodes.Macro | nodes.CallBlock, scope: _Scope) -> None:
        inner = dict(scope)
        for value in node.defaults:
            self.kind(value, scope)
        for argument in node.args:
            _bind(argument, ANYTHING, inner)
        self.statements(node.body, inner)

    # --- expressions ---

    def kind(self, node: nodes.Node, scope: _Scope) -> Kind:
        """Check an expression and return the kind of its value."""
        kind: Kind = self.visit(node, scope)
        return kind

    def visit_Const(self, node: nodes.Const, _: _Scope) -> Kind:
        return _PLAIN_LITERALS.get(type(node.value), ANYTHING)

    def visit_Name(self, node: nodes.Name, scope: _Scope) -> Kind:
        if node.name in scope:
            return scope[node.name]
        if node.name in _GLOBALS:
            return _GLOBALS[node.name]
        known = [*dotted_names(scope), *dotted_names(self._names)]
        self._unknown(node, node.name, nearest(node.name, dict.fromkeys(known)))
        return ANYTHING

    def visit_Getattr(self, node: nodes.Getattr, scope: _Scope) -> Kind:
        return self._part_of(node, node.attr, self.kind(node.node, scope))

    def visit_Getitem(self, node: nodes.Getitem, scope: _Scope) -> Kind:
        owner = self.kind(node.node, scope)
        self.kind(node.arg, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._part_of(node, node.arg.value, owner)
        if isinstance(owner, ListOf):
            return owner if isinstance(node.arg, nodes.Slice) else owner.item
        return ANYTHING

    def _part_of(self, node: nodes.Getattr | nodes.Getitem, name: str, owner: Kind) -> Kind:
        if isinstance(owner, Record) and name in owner.fields:
            return owner.fields[name]
        # What has no parts has the methods that Python gives a text, a number or a list.
        python = owner.type if isinstance(owner, Plain) else list
        if isinstance(owner, Record):
            self._unknown_part(node, name, owner.fields)
        elif not isinstance(owner, Anything) and not hasattr(python, name):
            self._unknown_part(node, name, ())
        return ANYTHING

    def visit_Filter(self, node: nodes.Filter, scope: _Scope) -> Kind:
        value = self.kind(node.node, scope) if node.node is not None else TEXT
        if node.name in _OF_TEXT and not _has_words(value):
            self._wrong_kind(node, f"bộ lọc {node.name} chỉ dùng cho chữ, số, ngày")
        has_attribute = bool(node.args[1:]) or any(p.key == "attribute" for p in node.kwargs)
        items = value.item if isinstance(value, ListOf) else TEXT
        if node.name == "join" and not has_attribute and not _has_words(items):
            self._wrong_kind(node, "bộ lọc join cần attribute=… để biết ghép phần nào của mỗi dòng")
        for argument in (*node.args, *node.kwargs):
            self.kind(argument, scope)
        if isinstance(value, ListOf):
            self._filter_attribute(node, value.item)
            if node.name in _SAME_LIST:
                return value
            if node.name in _ONE_OF_LIST:
                return value.item
        if node.name in _NUMBERS:
            return NUMBER
        return ANYTHING if isinstance(value, ListOf) or node.name in {"default", "d"} else TEXT

    def _filter_attribute(self, node: nodes.Filter, item: Kind) -> None:
        """Check the name of a part that a filter looks at: `nhiem_vu|selectattr("la_muc")`."""
        given: list[nodes.Expr] = []
        if node.name in _BY_FIRST_ARGUMENT:
            given += node.args[:1]
        if node.name in _BY_ATTRIBUTE:
            given += [pair.value for pair in node.kwargs if pair.key == "attribute"]
        for argument in given:
            if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                name = argument.value.partition(".")[0]
                if isinstance(item, Record) and name not in item.fields:
                    self._unknown(node, name, nearest(name, item.fields))

    def visit_List(self, node: nodes.List, scope: _Scope) -> Kind:
        kinds = [self.kind(item, scope) for item in node.items]
        return ListOf(kinds[0] if kinds and all(k == kinds[0] for k in kinds) else ANYTHING)

    def _choice(self, node: nodes.Node, scope: _Scope) -> Kind:
        kinds = [self.kind(child, scope) for child in node.iter_child_nodes(exclude=("test",))]
        if isinstance(node, nodes.CondExpr):
            self.kind(node.test, scope)
        return kinds[0] if all(kind == kinds[0] for kind in kinds) else ANYTHING

    visit_CondExpr = visit_And = visit_Or = _choice

    def visit_Concat(self, node: nodes.Concat, scope: _Scope) -> Kind:
        if not all(_has_words(self.kind(child, scope)) for child in node.nodes):
            self._wrong_kind(node, "dấu ~ chỉ ghép được chữ, số, ngày")
        return TEXT

    def visit_Compare(self, node: nodes.Compare, scope: _Scope) -> Kind:
        left = self.kind(node.expr, scope)
        for operand in node.ops:
            right = self.kind(operand.expr, scope)
            if operand.op not in {"in", "notin"} and _never_alike(left, right):
                self._wrong_kind(node, "so sánh hai giá trị khác loại (chữ, số, có/không)")
        return FLAG

    def visit_Add(self, node: nodes.Add, scope: _Scope) -> Kind:
        left, right = self.kind(node.left, scope), self.kind(node.right, scope)
        if {left, right} == {TEXT, NUMBER}:
            self._wrong_kind(node, "cộng chữ với số")
        return left if left == right else ANYTHING

    def _calculation(self, node: nodes.BinExpr, scope: _Scope) -> Kind:
        if TEXT in (self.kind(node.left, scope), self.kind(node.right, scope)):
            self._wrong_kind(node, "phép tính với chữ")
        return ANYTHING

    visit_Sub = visit_Div = visit_FloorDiv = visit_Mod = visit_Pow = _calculation

    def visit_Call(self, node: nodes.Call, scope: _Scope) -> Kind:
        if self.kind(node.node, scope) in {TEXT, FLAG, NUMBER}:
            self._wrong_kind(node, "tên này không phải là lệnh, bỏ dấu ngoặc ( ) phía sau")
        for argument in (*node.args, *node.kwargs):
            self.kind(argument, scope)
        return ANYTHING

    # --- what is wrong ---

    def _wrong_kind(self, node: nodes.Node, what: str) -> None:
        tag = self._tags.at(node.lineno)
        self._findings.append(at_tag(Code.TEMPLATE_WRONG_KIND, self._file, tag, found=what))

    def _unknown_part(
        self, node: nodes.Getattr | nodes.Getitem, name: str, known: Iterable[str]
    ) -> None:
        owner = dotted_name(node.node)
        parts = nearest(name, known)
        whole = f"{owner}.{name}" if owner else name
        self._unknown(node, whole, tuple(f"{owner}.{p}" if owner else p for p in parts))

    def _unknown(self, node: nodes.Node, name: str, candidates: tuple[str, ...]) -> None:
        tag = self._tags.at(node.lineno)
        self._findings.append(unknown_name(self._file, tag, name, candidates))


def _has_words(kind: Kind) -> bool:
    """Tell whether a value of this kind can be read as words."""
    return not isinstance(kind, ListOf | Record) and kind != FLAG


def _never_alike(left: Kind, right: Kind) -> bool:
    """Tell whether values of these kinds can never be equal, nor one before the other."""
    if isinstance(left, Anything) or isinstance(right, Anything):
        return False
    if isinstance(left, Plain) and isinstance(right, Plain):
        return left != right
    return type(left) is not type(right)


def _bind(target: nodes.Node, kind: Kind, scope: _Scope) -> None:
    """Make the names of a target known in the scope."""
    if isinstance(target, nodes.Name):
        scope[target.name] = kind
    elif isinstance(target, nodes.Tuple):
        for item in target.items:
            _bind(item, ANYTHING, scope)
