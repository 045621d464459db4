"""Click's commands with help and usage errors in Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path, readable=False)
"""The place of a file or folder; whether it can be read is for the command to find and to tell."""


class VietnameseCommand(click.Command):
    """A command whose help page is in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[TUỲ CHỌN]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        records = [option.get_help_record(ctx) for option in options]
        shown = [record for record in records if record is not None]
        if shown:
            with formatter.section("Tuỳ chọn"):
                formatter.write_dl(shown)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the --help option with a Vietnamese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Hiện hướng dẫn này."
        return option


class VietnameseGroup(VietnameseCommand, click.Group):
    """A group of commands whose help page is in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands in the order in which they are used."""
        super().format_options(ctx, formatter)
        with formatter.section("Các lệnh"):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return the names of the commands, each with its help, cut short."""
        commands = (self.get_command(ctx, name) for name in self.list_commands(ctx))
        return [self.summary(command) for command in commands if command is not None]

    @staticmethod
    def summary(command: click.Command) -> tuple[str, str]:
        """Return a command's name and its help, cut short."""
        return str(command.name), command.get_short_help_str(limit=90)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of their definition."""
        return list(self.commands)


def explain(error: click.ClickException) -> str:
    """Return what is wrong with a call, in Vietnamese."""
    if isinstance(error, click.NoSuchOption):
        near = f" Gần giống: {', '.join(error.possibilities)}." if error.possibilities else ""
        return f"Không có tuỳ chọn {error.option_name}.{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"Thiếu {name}.".replace("Thiếu .", "Thiếu một tham số.")
    if isinstance(error, click.BadParameter):
        return error.message
    if isinstance(error, click.BadOptionUsage):
        if "does not take" in error.message:
            return f"Tuỳ chọn {error.option_name} không có giá trị đi kèm."
        return f"Tuỳ chọn {error.option_name} cần một giá trị đi kèm."
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        return "Không có lệnh này."
    if isinstance(error, click.UsageError):
        return "Lệnh có phần thừa hoặc sai."
    return error.message
