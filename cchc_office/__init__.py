"""Chỉ số cải cách hành chính: một tệp Excel ra mọi văn bản của đợt chấm, đọc lại mọi phiếu gửi về.

What a script imports; docs/thu-vien.md shows it. `open_campaign` opens a campaign folder, which has
the year's jobs as methods.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_office.public import *


def __getattr__(name: str) -> Any:
    """Load what a public name needs when it is used: who only reads returns waits for no more."""
    if name == "__all__":
        return __dir__()
    from importlib import import_module

    if name not in _modules():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_modules()[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(_modules())


@cache
def _modules() -> dict[str, str]:
    """Return the module of each public name, as `public.py` imports them, without running it."""
    import ast  # the command line needs none of this
    import pkgutil

    declared = ast.parse(pkgutil.get_data(__name__, "public.py") or b"")
    imports = (line for line in declared.body if isinstance(line, ast.ImportFrom))
    return {alias.name: line.module or "" for line in imports for alias in line.names}
