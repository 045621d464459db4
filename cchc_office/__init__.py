"""Chỉ số cải cách hành chính: một tệp Excel ra mọi văn bản của đợt chấm, đọc lại mọi phiếu gửi về.

What a script imports; docs/thu-vien.md shows it. `open_campaign` opens a campaign folder, which has
the year's jobs as methods.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_office.public import *


def __getattr__(name: str) -> Any:
    """Load the public names when one is first used, so that the command line starts fast."""
    if name == "__all__":
        return __dir__()
    public = {} if name.startswith("_") else vars(importlib.import_module("cchc_office.public"))
    if name not in public:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return public[name]


def __dir__() -> list[str]:
    """Return the public names."""
    public = vars(importlib.import_module("cchc_office.public"))
    return sorted(name for name in public if not name.startswith("_"))
