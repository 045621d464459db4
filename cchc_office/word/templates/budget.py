"""How much a template may do: it is rendered step by step, and each step is counted.

The sandbox keeps a template from reaching out, but not from going round a million times or from
doubling a text until the memory is full. Steps are counted, not seconds: the same template ends at
the same tag on every machine. A step is the making of a letter; going round a loop or calling a
macro costs the letters that stand in it, at least _LEAST.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import SecurityError
from jinja2.visitor import NodeTransformer

MOST_STEPS = 20_000_000
"""A report on 150 units with all its tables takes 2 million."""

LONGEST_TEXT = 1_000_000
"""Letters of one text that is put together, members of one list."""

_LEAST = 100
_MOST_DIGITS = 400


class OverBudgetError(SecurityError):
    """A template does more than any paper needs."""


class Budget:
    """Counts what the rendering of one part of a template has cost."""

    def __init__(self) -> None:
        self._spent = 0

    def begin(self) -> None:
        """Start counting anew."""
        self._spent = 0

    def spend(self, steps: int) -> None:
        """Count `steps` more; raises OverBudgetError where they are too many."""
        self._spent += steps
        if self._spent > MOST_STEPS:
            raise OverBudgetError


def count_steps(tree: nodes.Template, environment: Environment) -> None:
    """Have a parsed template count the rounds of its loops and macros, and measure joined texts."""
    rounds: list[nodes.For | nodes.Macro | nodes.CallBlock] = [
        *tree.find_all(nodes.For),
        *tree.find_all(nodes.Macro),
        *tree.find_all(nodes.CallBlock),
    ]
    for node in rounds:
        cost = max(_LEAST, sum(len(data.data) for data in _own_text(node)))
        cost_node = nodes.Const(cost, lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(_call_of("budget.spend", cost_node)))
    _JoinedTexts().visit(tree)
    tree.set_environment(environment)


class _JoinedTexts(NodeTransformer):
    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:
        self.generic_visit(node)
        return _call_of("measured", node)


def _call_of(name: str, argument: nodes.Expr) -> nodes.Call:
    """Return the call of something that the environment has, as a node."""
    first, _, second = name.partition(".")
    called: nodes.Expr = nodes.EnvironmentAttribute(first, lineno=argument.lineno)
    if second:
        called = nodes.Getattr(called, second, "load", lineno=argument.lineno)
    return nodes.Call(called, [argument], [], None, None, lineno=argument.lineno)


def _own_text(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    """Yield the text inside a loop or macro, without that of loops and macros within it."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child
        elif not isinstance(child, nodes.For | nodes.Macro | nodes.CallBlock):
            yield from _own_text(child)


def size_of(value: Any) -> int:
    """Return what it costs to go through a value: its length, 1 where it has none."""
    try:
        return len(value)
    except TypeError:
        return 1


def _long_replace(text: Any, old: Any = "", new: Any = "", *_: Any) -> bool:
    text, old = str(text), str(old)
    times = text.count(old) if old else len(text) + 1
    return times * len(str(new)) > LONGEST_TEXT


def _long_join(values: Any, between: Any = "", *_: Any, d: Any = "", **__: Any) -> bool:
    if not isinstance(values, list | tuple):
        return False
    texts = sum(len(value) for value in values if isinstance(value, str))
    return texts + len(values) * len(str(d or between)) > LONGEST_TEXT


def _many_digits(value: Any, places: Any = 0, *_: Any, **named: Any) -> bool:
    wanted = named.get("precision", named.get("places", places))
    return (isinstance(wanted, int) and abs(wanted) > _MOST_DIGITS) or _huge_number(value)


def _huge_number(value: Any, *_: Any, **__: Any) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > _MOST_DIGITS


def _sum_of_lists(_: Any, attribute: Any = None, start: Any = 0) -> bool:  # noqa: ARG001
    return not isinstance(start, int | float | Decimal)


EXCESSES: Mapping[str, Callable[..., bool]] = {
    "replace": _long_replace,
    "join": _long_join,
    "round": _many_digits,
    "so_thap_phan": _many_digits,
    "int": _huge_number,
    "sum": _sum_of_lists,
}
"""By filter: whether it would fill the memory before its result could be measured."""
