"""Texts on the screen, wrapped to the window."""

from __future__ import annotations

import shutil
import sys

import click

_HYPHEN = "\N{NON-BREAKING HYPHEN}"


def say(text: str, first: str = "", following: str = "", *, err: bool = False) -> None:
    """Print a text, wrapped to the window between words where somebody watches."""
    if not (sys.stderr if err else sys.stdout).isatty():
        click.echo(first + text, err=err)
        return
    width = shutil.get_terminal_size().columns - 1
    # Names of files, options, findings are copied: they stay whole.
    wrapped = click.wrap_text(
        text.replace("-", _HYPHEN),
        width,
        initial_indent=first,
        subsequent_indent=following or first,
    )
    click.echo(wrapped.replace(_HYPHEN, "-"), err=err)
