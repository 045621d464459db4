"""Where the project's own templates and its sample campaign are, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def templates_folder() -> Path:
    """Return the folder of the project's document templates."""
    return _ROOT / "templates"


def sample_folder() -> Path:
    """Return the folder of the sample campaign."""
    return _ROOT / "examples" / "so-cong-thuong-2024"
