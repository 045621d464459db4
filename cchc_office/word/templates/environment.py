"""The Jinja environment of all templates: sandboxed, escaping, strict about names and values.

The sandbox keeps a template from reaching out, but not from going round a million times or from
doubling a text until the memory is full: so it is rendered step by step, and each step is counted.
Steps are counted, not seconds: the same template ends at the same tag on every machine. A step is
the making of a letter; going round a loop or calling a macro costs the letters that stand in it,
at least _LEAST.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import Environment, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from cchc_office.catalogue.findings import Code
from cchc_office.word.templates.offers import FILTERS, Picture, RefusedValueError

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


def _size_of(value: Any) -> int:
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


_EXCESSES: Mapping[str, Callable[..., bool]] = {
    "replace": _long_replace,
    "join": _long_join,
    "round": _many_digits,
    "so_thap_phan": _many_digits,
    "int": _huge_number,
    "sum": _sum_of_lists,
}
"""By filter: whether it would fill the memory before its result could be measured."""


# --- values, filters, names ---

# What XML 1.0 has no place for. docxtpl reads two of them itself: \a starts a paragraph, \f a page.
_NOT_IN_XML = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_RELATION = re.compile(r"\sr:(?:id|embed|link)=")
_FOREIGN_RELATION = "giá trị trỏ tới ảnh hoặc liên kết của văn bản khác"

# "safe" and its like would let a value's own "<" into the document's XML; "random" makes the same
# input give other bytes; "center" and "batch" can be asked for a thousand million blanks.
_KEPT_FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "groupby"),
    *("int", "join", "last", "length", "list", "lower", "map", "max", "min", "reject"),
    *("rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "string"),
    *("sum", "title", "trim", "truncate", "unique", "upper", "wordcount"),
)
_ESCAPES = {"e", "escape"}
WORD_FILTERS = frozenset(
    {
        *("capitalize", "lower", "replace", "string", "title", "trim", "truncate", "upper"),
        *("wordcount", "chu_hoa", "chu_hoa_dau", "khong_ngat"),
    }
)
"""Filters that are for words only."""

_REFUSED_METHODS = frozenset(
    {
        *("center", "expandtabs", "ljust", "rjust", "zfill", "format", "format_map"),
        *("encode", "replace", "join", "translate"),
    }
)
# Numbers and days have methods that shift, pad or write out without end, and none that a paper
# needs: filters show them.
_WITHOUT_METHODS = (int, float, Decimal, bytes, bytearray, dt.date, dt.time)
_LONGEST_RANGE = 1_000
_LONGEST_PRODUCT = 100_000
_LARGEST_EXPONENT = 100
_MOST_BITS = 4_096


class UnknownNameError(UndefinedError):
    """A template asked for a name that is not there; `owner` is what it should be part of."""

    def __init__(self, message: str | None, owner: Any, name: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name

    @property
    def is_part(self) -> bool:
        """Whether the name was asked of an object, and not of the values as a whole."""
        return self.owner is not missing


class NeedsPackageError(Exception):
    """A value brings parts or relationships of its own, for which docxtpl has to write the file."""


class _StrictUndefined(jinja2.StrictUndefined):
    """Strict, and the error knows which name it was, and of what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = UndefinedError,
    ) -> None:
        if exc is UndefinedError:

            def exc(message: str | None) -> UnknownNameError:
                return UnknownNameError(message, obj, str(name))

        super().__init__(hint, obj, name, exc)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of one template. While it is `bound`, pictures can be printed."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *, for_text: bool = False) -> None:
        """Make the environment of a Word document, or of a plain text.

        In a text nothing is escaped, and the line of a tag that stands alone goes with it.
        """
        super().__init__(
            undefined=_StrictUndefined,
            autoescape=not for_text,
            finalize=self._printable,
            trim_blocks=for_text,
            lstrip_blocks=for_text,
        )
        self.budget = Budget()
        kept = {name: self.filters[name] for name in _KEPT_FILTERS} | dict(FILTERS)
        self.filters = {
            name: self._counted(name, _of_words(function) if name in WORD_FILTERS else function)
            for name, function in kept.items()
            if not (for_text and name in _ESCAPES)
        }
        self.globals = {"range": _short_range}
        self._package: Any = None
        self._safe: dict[tuple[type, str], bool] = {}
        self.has_printed_markup = False
        """Whether a value brought XML of its own since this was last set to False."""

    @contextmanager
    def bound(self, package: Any) -> Iterator[None]:
        """Let pictures and links become parts of `package`, a docxtpl.DocxTemplate."""
        self._package = package
        try:
            yield
        finally:
            self._package = None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may use the attribute: nothing private, nothing boundless."""
        # The sandbox asks some ten questions of each object, and its type answers all of them.
        key = (type(obj), attr)
        if key not in self._safe:
            is_boundless = (isinstance(obj, str) and attr in _REFUSED_METHODS) or (
                isinstance(obj, _WITHOUT_METHODS) and callable(value)
            )
            self._safe[key] = not is_boundless and super().is_safe_attribute(obj, attr, value)
        return self._safe[key]

    def wrap_str_format(self, value: Any) -> Any:
        """Refuse the methods that format text: a width can be as large as one likes."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("formatting")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, unless the result could fill the memory."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("formatting")
        if operator == "*" and (
            _product_size(left, right) > _LONGEST_PRODUCT or _bits(left) + _bits(right) > _MOST_BITS
        ):
            raise SecurityError("product")
        if operator == "**" and (abs(left) > _LONGEST_PRODUCT or abs(right) > _LARGEST_EXPONENT):
            raise SecurityError("power")
        return self.measured(super().call_binop(context, operator, left, right))

    def measured(self, value: Any) -> Any:
        """Return a value that was put together; raises SecurityError where it is too long."""
        size = _size_of(value)
        if size > LONGEST_TEXT:
            raise OverBudgetError
        self.budget.spend(size)
        return value

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Let a filter work only on what it will have done with soon."""
        place = 1 if hasattr(function, "jinja_pass_arg") else 0
        is_too_much = _EXCESSES.get(name)

        @wraps(function)
        def counted(*given: Any, **named: Any) -> Any:
            self.budget.spend(_size_of(given[place]))
            if is_too_much is not None and is_too_much(*given[place:], **named):
                raise OverBudgetError
            made = function(*given, **named)
            return self.measured(made) if isinstance(made, Sized) else made

        return counted

    def _printable(self, value: Any) -> Any:
        if type(value) is str:
            self.budget.spend(len(value))
            return _in_xml(value)
        if value is None:
            raise RefusedValueError(Code.VALUE_EMPTY)
        if isinstance(value, Picture):
            if self._package is None:
                raise NeedsPackageError
            return _bound(value, self._package)
        if hasattr(value, "__html__"):
            markup = _in_xml(value.__html__())
            self.budget.spend(len(markup))
            self.has_printed_markup = True
            if _RELATION.search(markup):
                raise RefusedValueError(Code.TEMPLATE_CALCULATION, _FOREIGN_RELATION)
        elif not _is_text(value):
            raise RefusedValueError(Code.VALUE_NOT_TEXT)
        return value


def _in_xml(text: str) -> str:
    """Return a text as it is; raises RefusedValueError where no document can hold it."""
    if bad := _NOT_IN_XML.search(text):
        raise RefusedValueError(Code.VALUE_UNPRINTABLE, f"U+{ord(bad.group()):04X}")
    return text


def _of_words(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter have words only: no list or object, and no text that is escaped already."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def guarded(*given: Any, **named: Any) -> Any:
        value = given[place]
        if isinstance(value, Markup):
            value = value.unescape()
        elif not isinstance(value, jinja2.Undefined) and not hasattr(value, "__html__"):
            if value is None:
                raise RefusedValueError(Code.VALUE_EMPTY)
            if not _is_text(value) or isinstance(value, list | tuple | dict | set):
                raise RefusedValueError(Code.VALUE_NOT_TEXT)
        return function(*given[:place], value, *given[place + 1 :], **named)

    return guarded


def _is_text(value: Any) -> bool:
    """Tell whether printing a value gives words that are meant to be read."""
    if isinstance(value, int | float):
        return not isinstance(value, bool)
    # A list, an object without words of its own, a method: Python shows how it is made.
    words: Any = type(value).__str__
    return words is not object.__str__


def _short_range(*limits: int) -> range:
    numbers = range(*limits)
    # Its length may be more than `len` can tell.
    if numbers[_LONGEST_RANGE : _LONGEST_RANGE + 1]:
        raise SecurityError("range")
    return numbers


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _product_size(left: Any, right: Any) -> int:
    """Return how long a repeated text or list would be, 0 for a product of numbers."""
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, Sized) and isinstance(times, int):
            return len(repeated) * times
    return 0


def _bound(value: Picture, package: Any) -> Any:
    """Return what docxtpl prints for the value, its file related to the part at hand."""
    import docxtpl
    from docx.shared import Mm

    width = None if value.width_mm is None else Mm(value.width_mm)
    height = None if value.height_mm is None else Mm(value.height_mm)
    source = str(value.source) if isinstance(value.source, Path) else io.BytesIO(value.source)
    image = docxtpl.InlineImage(package, source, width=width, height=height)
    return _DescribedImage(image, value.alt)


class _DescribedImage:
    """An image of docxtpl's with an alternative text."""

    def __init__(self, image: Any, alt: str) -> None:
        self._image = image
        self._alt = alt

    def __html__(self) -> str:
        markup = str(self._image)
        if not self._alt:
            return markup
        text = escape(" ".join(self._alt.split()))
        return markup.replace("<wp:docPr ", f'<wp:docPr descr="{text}" ', 1)
