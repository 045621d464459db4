"""The command line: a thin face on the library, in Vietnamese."""

from __future__ import annotations

import gc
import os
import sys

import click

from cchc_office.cli.group import cli, explain
from cchc_office.cli.outlet import keep_printing, make_streams_safe, what_was_not_printed
from cchc_office.errors import CchcError, unforeseen
from cchc_office.text.command_line import program

__all__ = ["main"]

_NEEDS_A_PERSON = 1
_USAGE = 2
_FAILED = 3

_MADE_BEFORE_A_SEARCH = 50_000
"""Objects; Python looks for circles among them every 700, which costs a command a twentieth."""


def main(arguments: list[str] | None = None) -> None:
    """Run `cchc` and exit: 0 all well, 1 a person has to look, 2 wrong usage, 3 not done.

    No traceback is shown unless `--debug` is given.
    """
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        # In the C locale Python would read no name with Vietnamese letters as such (PEP 540).
        os.execv(sys.executable, [sys.orig_argv[0], "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
    gc.set_threshold(_MADE_BEFORE_A_SEARCH)
    given = sys.argv[1:] if arguments is None else arguments
    keep_printing()
    make_streams_safe()
    status = _run(given)
    if why := what_was_not_printed():
        said = f"Không ghi được những gì lệnh này in ra: {why}. Việc của lệnh không vì thế mà dừng."
        _say(said)
    sys.exit(max(status, _NEEDS_A_PERSON) if why else status)


def _run(given: list[str]) -> int:
    debug = "--debug" in given
    try:
        status = cli.main(args=given, prog_name=program(), standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message)
        return 0
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else program()
        return _stop(given, f"{explain(error)} Xem hướng dẫn: {path} --help", _USAGE)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _stop(given, "Đã dừng theo yêu cầu.", _FAILED)
    except CchcError as error:
        if debug:
            raise
        return _stop(given, str(error), error.exit_status)
    except Exception as error:
        if debug:
            raise
        message = f"{unforeseen(error)} Chạy lại với --debug và gửi kết quả cho người phát triển."
        return _stop(given, message, _FAILED)
    return status if isinstance(status, int) else 0


def _stop(given: list[str], message: str, status: int) -> int:
    if "--json" in given:
        from cchc_office.cli.json_output import echo_json

        echo_json({"loi": message, "ma_thoat": status})
    else:
        _say(message)
    return status


def _say(message: str) -> None:
    from cchc_office.cli.console import say

    say(message, err=True)
