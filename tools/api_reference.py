"""The page of the API: each public name with its signature and docstring, as the code has them.

`make_docs.py` writes it. Nothing is run but imports; what the page says is what `help()` does.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from importlib import import_module
from typing import Any

import cchc_office
from cchc_office import decree30

_INTRODUCTION = """\
# Tra cứu API

Mọi tên mà một script dùng được, với lời mô tả trong mã (tiếng Anh; dòng đầu của mỗi việc bằng
tiếng Việt). Ví dụ và thứ tự nên dùng: [Dùng trong Python](thu-vien.md). Trang này được tạo từ mã;
`help(cchc_office.open_campaign)` cho cùng nội dung.

`import cchc_office as cchc` rồi `cchc.TÊN`. `Where` là `str | Path`. Tên không có ở đây là phần
bên trong, có thể đổi bất kỳ lúc nào."""

_WIDEST = 80
_ROOMS = ("steps", "importing", "register", "results", "model", "mail", "decree30")
"""Where the classes are that jobs bring back."""

_OF_CODES = "Mỗi mã có một mục ở [Mọi thông báo](thong-bao.md)."
_UPPER = re.compile(r"\b[A-Z]\w+")


def api_page() -> str:
    """Return the page: functions, the campaign folder, values, errors, decree 30."""
    public = {name: getattr(cchc_office, name) for name in dir(cchc_office)}
    functions = {name: one for name, one in public.items() if inspect.isfunction(one)}
    classes = {name: one for name, one in public.items() if inspect.isclass(one)}
    errors = {n: c for n, c in classes.items() if issubclass(c, Exception)}
    folder = classes["CampaignFolder"]
    values = {n: c for n, c in classes.items() if not issubclass(c, Exception) and c is not folder}
    brought = _brought_back([*functions.values(), *_methods_of(folder)], set(public))
    of_decree = _names_of(decree30)
    parts = [_INTRODUCTION, "## Hàm"]
    parts += [_function(name, one) for name, one in functions.items()]
    parts += ["## Thư mục đợt chấm", _class("CampaignFolder", folder)]
    parts += ["## Các giá trị", *(_class(name, one) for name, one in values.items())]
    parts += ["## Việc trả về", _HOW_BROUGHT]
    parts += [_class(name, one) for name, one in brought.items()]
    parts += ["## Lỗi", *(_class(name, one) for name, one in errors.items())]
    parts += ["## Thể thức: cchc_office.decree30", _paragraphs(decree30.__doc__ or "")]
    parts += [
        _class(name, one) if inspect.isclass(one) else _function(name, one)
        for name, one in of_decree.items()
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


_HOW_BROUGHT = (
    "Các việc của `CampaignFolder` và vài hàm trên trả về những giá trị này; chúng không có ở "
    "`cchc_office`, script chỉ nhận chúng."
)


def _names_of(module: Any) -> dict[str, Any]:
    """Return the public classes and functions that a room itself defines and offers."""
    offered = getattr(module, "__all__", None) or [n for n in vars(module) if n[:1] != "_"]
    found = {name: getattr(module, name) for name in sorted(offered)}
    return {
        name: one
        for name, one in found.items()
        if (inspect.isclass(one) or inspect.isfunction(one))
        and one.__module__.startswith(module.__name__)
    }


# --- functions ---


def _function(name: str, function: Any) -> str:
    called = _signature(name, function)
    return f"### {name}\n\n```python\n{called}\n```\n\n{_paragraphs(function.__doc__ or '')}"


def _signature(name: str, function: Any, *, is_method: bool = False) -> str:
    signature = inspect.signature(function)
    given = list(signature.parameters.values())[1 if is_method else 0 :]
    parameters = list(_parameters(given))
    returned = signature.return_annotation
    ending = "" if returned is signature.empty else f" -> {_annotation(returned)}"
    line = f"{name}({', '.join(parameters)}){ending}"
    if len(line) <= _WIDEST:
        return line
    return f"{name}(\n" + "".join(f"    {one},\n" for one in parameters) + f"){ending}"


_STARS: dict[Any, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def _parameters(given: list[inspect.Parameter]) -> Iterator[str]:
    is_starred = False
    for one in given:
        if one.kind is one.KEYWORD_ONLY and not is_starred:
            yield "*"
            is_starred = True
        stars = _STARS.get(one.kind, "")
        is_starred = is_starred or one.kind is one.VAR_POSITIONAL
        typed = "" if one.annotation is one.empty else f": {_annotation(one.annotation)}"
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        yield f"{stars}{one.name}{typed}{default}"


def _annotation(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "...")


def _default(value: Any) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    plain = value is None or isinstance(value, str | int | float | bool) or value == ()
    return repr(value) if plain else "..."


def _brought_back(functions: Iterable[Any], known: set[str]) -> dict[str, type]:
    """Return the classes of ours that functions return, by name; public ones are not among them."""
    returned = {
        name
        for function in functions
        for name in _UPPER.findall(_annotation(inspect.signature(function).return_annotation))
    }
    classes = {
        one.__name__: one
        for module in _modules()
        for one in vars(module).values()
        if inspect.isclass(one) and one.__module__.startswith(cchc_office.__name__)
    }
    return {name: classes[name] for name in sorted(returned - known) if name in classes}


def _modules() -> Iterator[Any]:
    for room in _ROOMS:
        package = import_module(f"{cchc_office.__name__}.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


# --- classes ---


def _class(name: str, one: type) -> str:
    above = [base.__name__ for base in one.__bases__ if base.__name__ in dir(cchc_office)]
    lines = [f"### {name}", f"Là một `{above[0]}`." if above else ""]
    lines.append(_paragraphs(one.__dict__.get("__doc__") or ""))
    if name == "Code":
        return "\n\n".join([*filter(None, lines), _OF_CODES])
    if issubclass(one, Enum):
        lines.append(_members(one))
    else:
        lines += _labelled("Trường", _fields(one)) + _labelled("Thuộc tính, việc", _methods(one))
    return "\n\n".join(filter(None, lines))


def _labelled(label: str, items: str) -> list[str]:
    return [f"**{label}**", items] if items else []


def _members(one: type[Enum]) -> str:
    told = _attribute_docs(one)
    return "\n".join(_item(f"`{m.name}` = {_value(m.value)}", told.get(m.name, "")) for m in one)


def _value(value: Any) -> str:
    shown = value[0] if isinstance(value, tuple) else value
    return f"“{shown}”" if isinstance(shown, str) else f"`{shown}`"


def _fields(one: type) -> str:
    if not dataclasses.is_dataclass(one):
        return ""
    told: dict[str, str] = {}
    for above in reversed(_ours(one)):
        told |= _attribute_docs(above)
    shown = [f for f in dataclasses.fields(one) if not f.name.startswith("_")]
    items = (_item(f"`{f.name}: {_annotation(f.type)}`", told.get(f.name, "")) for f in shown)
    return "\n".join(items)


def _methods(one: type) -> str:
    shown: dict[str, str] = {}
    for above in _ours(one):
        for name, member in vars(above).items():
            if name.startswith("_") or name in shown:
                continue
            function = getattr(member, "fget", None) or getattr(member, "func", None)
            if function is not None:
                typed = _annotation(inspect.signature(function).return_annotation)
                shown[name] = _item(f"`{name}: {typed}`", function.__doc__ or "")
            elif isinstance(member, classmethod | staticmethod):
                inner = member.__func__
                is_method = isinstance(member, classmethod)
                called = _signature(name, inner, is_method=is_method)
                shown[name] = _item(f"`{_on_one_line(called)}`", inner.__doc__ or "")
            elif inspect.isfunction(member):
                called = _signature(name, member, is_method=True)
                shown[name] = _item(f"`{_on_one_line(called)}`", member.__doc__ or "")
    return "\n".join(shown.values())


def _methods_of(one: type) -> list[Callable[..., Any]]:
    members = (m for above in _ours(one) for n, m in vars(above).items() if n[:1] != "_")
    return [member for member in members if inspect.isfunction(member)]


def _ours(one: type) -> list[type]:
    return [above for above in one.__mro__ if above.__module__.startswith("cchc_office")]


def _attribute_docs(one: type) -> dict[str, str]:
    """Return the texts below the attributes of a class, by their names."""
    body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    found: dict[str, str] = {}
    name = ""
    for node in getattr(body, "body", []):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = str(node.value.value)
            name = ""
        else:
            name = ""
    return found


# --- texts ---


def _item(head: str, text: str) -> str:
    said = _paragraphs(text)
    return f"- {head}" + (f"\n\n{textwrap.indent(said, '    ')}\n" if said else "")


def _on_one_line(called: str) -> str:
    line = " ".join(called.split())
    return line.replace("( ", "(").replace(", )", ")")


def _paragraphs(docstring: str) -> str:
    """Return a docstring as Markdown: its lines joined, lists and what is indented as they are."""
    parts = re.split(r"\n\s*\n", inspect.cleandoc(docstring).strip())
    return "\n\n".join(part if part.startswith((" ", "-")) else _flat(part) for part in parts)


def _flat(paragraph: str) -> str:
    line = " ".join(paragraph.split())
    pieces = re.split(r"(`[^`]*`)", line)
    return "".join(piece if piece.startswith("`") else _escaped(piece) for piece in pieces)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", r"\*")
