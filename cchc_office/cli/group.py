"""The commands by name, with help and usage errors in Vietnamese.

What each is for stands here, so that `--help` imports none; the module of a command is imported
when it is called.
"""

from __future__ import annotations

import importlib
from typing import Any

import click


class VietnameseCommand(click.Command):
    """A command whose help page is in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[TUỲ CHỌN]")
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed; a file behind an option that may have a value is none."""
        maybe = {n: p for p in self.params for n in p.opts if hasattr(p, "takes")}
        told = [
            f"{word}=" if word in maybe and not maybe[word].takes(behind) else word
            for word, behind in zip(args, [*args[1:], ""], strict=False)
        ]
        return super().parse_args(ctx, told)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        records = [option.get_help_record(ctx) for option in options]
        shown = [
            (names, words.replace("[required]", "(bắt buộc)"))
            for names, words in filter(None, records)
        ]
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; where there is none, tell those with names like it."""
        if args[0].startswith("-") or self.get_command(ctx, args[0]):
            return super().resolve_command(ctx, args)
        near = near_names(args, self.list_commands(ctx))
        told = f" Gần giống: {', '.join(near)}." if near else ""
        raise UnknownCommandError(f"Không có lệnh “{args[0]}”.{told}", ctx)


class UnknownCommandError(click.UsageError):
    """There is no command of this name; the message says so in Vietnamese."""


_MOST_NEAR = 2


def near_names(words: list[str], names: list[str]) -> list[str]:
    """Return the commands that the first words may be meant for: "tonghop", "Tổng hợp"."""
    import difflib  # both are only for who mistyped

    from cchc_office.text.vietnamese import fold

    plain = {name.replace("-", ""): name for name in names}
    found = []
    for typed in (words[0], " ".join(words[:2])):
        wanted = "".join(letter for letter in fold(typed) if letter.isalnum())
        if wanted in plain:
            return [plain[wanted]]
        found += difflib.get_close_matches(wanted, plain, n=_MOST_NEAR)
    return [plain[name] for name in dict.fromkeys(found)][:_MOST_NEAR]


_WHERE_IT_STANDS = "dang-dau"
_COMMANDS = {
    "khoi-tao": "Tạo thư mục cho một đợt chấm, từ tệp mẫu hoặc từ bảng phân công có sẵn.",
    "mo": "Mở trang làm việc trong trình duyệt, trên máy này: cả năm không cần gõ lệnh.",
    "kiem-tra": "Kiểm tra dot-cham.xlsx và mẫu công văn; cho xem phân công, cách chấm.",
    "so-sanh": "So hai bộ chỉ số, cũ và mới: thêm, bớt, đổi tên, chuyển mục, đổi điểm, đổi đơn vị.",
    "phu-luc": "Bảng phân công: phu-luc.xlsx và phu-luc.docx.",
    "cong-van": "Công văn giao việc cho từng đơn vị.",
    "phieu-cham": "Phiếu tự chấm điểm cho từng đơn vị.",
    "tong-hop": "Đọc các phiếu gửi về và tổng hợp: tong-hop.xlsx, bao-cao.docx.",
    _WHERE_IT_STANDS: "Đợt chấm đang ở đâu: sáu bước của năm, bước nào cần xem, việc tiếp theo.",
    "tien-do": "Tiến độ: đã chấm bao nhiêu, theo lĩnh vực và đơn vị, việc nào quá hạn, sắp đến "
    "hạn.",
    "don-doc": "Công văn đôn đốc cho từng đơn vị còn nợ, nêu rõ còn nợ gì.",
    "tham-dinh": "Bảng thẩm định điểm các đơn vị tự chấm: tham-dinh-lan-1.xlsx.",
    "giai-trinh": "Công văn yêu cầu giải trình và phiếu giải trình cho từng đơn vị bị giảm điểm "
    "hoặc bị hỏi.",
    "chay": "Làm một lượt mọi văn bản, tổng hợp, đôn đốc; không gửi, không nhận thư.",
    "lay-lai": "Lấy lại các tệp trong output mà lần chạy trước đã thay.",
    "chon-ban": "Văn bản đã sửa tay nay có bản mới bên cạnh: giữ bản của mình, hay lấy bản mới.",
    "the-thuc": "Kiểm tra thể thức văn bản Word theo Nghị định 30/2020/NĐ-CP.",
    "nhan": "Lấy các phiếu gửi về qua thư điện tử, lưu vào nhan-ve; mỗi thư một lần.",
    "nhan-tep": "Nhận phiếu đến bằng cách khác (Zalo, USB): lưu vào nhan-ve, cho biết của ai.",
    "so": "Sổ theo dõi: đơn vị nào đã được gửi, giao gì, gửi về gì, còn nợ gì, đôn đốc mấy lần.",
    "gui": "Soạn thư gửi từng đơn vị; chỉ gửi khi có --gui-that, không gửi hai lần.",
    "xoa-du-lieu": "Dữ liệu cá nhân của đợt chấm nằm ở đâu; có --xoa thì xoá.",
}
"""What each command is for, in the order in which they are shown."""

_MODULES = {
    "so-sanh": "comparison_command",
    "the-thuc": "decree30_command",
    "nhan": "fetch_command",
    "nhan-tep": "receive_command",
    "so": "register_commands",
    "gui": "send_command",
    "mo": "page_command",
    "xoa-du-lieu": "erase_command",
}
"""The modules of this folder that declare a command, if not `paper_commands`."""


class _Commands(VietnameseGroup):
    """The commands of `cchc`, in the order in which `_COMMANDS` names them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Tell where the campaign stands, where nothing is named in its folder."""
        return super().parse_args(
            ctx, args or ([_WHERE_IT_STANDS] if _is_campaign_folder() else [])
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands; none is imported."""
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; a campaign alone is none, and what shows it is told."""
        if args[0] not in _COMMANDS and _is_campaign_folder(args[0]):
            from cchc_office.text.command_line import advised

            raise UnknownCommandError(
                f"“{args[0]}” là một đợt chấm; thiếu lệnh ở trước. Xem đợt đang ở đâu: "
                f"{advised(_WHERE_IT_STANDS, args[0])}.",
                ctx,
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; None where there is none of this name.

        A letter without a command of its own is made by the one that its folder names.
        """
        module = _MODULES.get(cmd_name, "paper_commands")
        declared = importlib.import_module(f"cchc_office.cli.{module}")
        if cmd_name not in self.commands and cmd_name not in _MODULES:
            declared.declare_letter(cmd_name)
        return super().get_command(ctx, cmd_name)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in; its help is what `_COMMANDS` says of it, if it does."""
        super().add_command(cmd, name)
        cmd.help = _COMMANDS.get(name or str(cmd.name), cmd.help)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the names with their help, cut short; none is imported."""
        listed = (VietnameseCommand(name, help=said) for name, said in _COMMANDS.items())
        return [self.summary(command) for command in listed]


def _is_campaign_folder(word: str = "") -> bool:
    """Tell whether a word names a campaign's folder; without one, whether this is one."""
    from pathlib import Path  # loads more than all of --help

    if not Path(word).is_dir():
        return False
    from cchc_office.steps.campaign_folder import is_campaign

    return is_campaign(Path(word))


@click.group(
    cls=_Commands,
    help="Chỉ số cải cách hành chính: từ một tệp Excel ra mọi văn bản, đọc lại mọi phiếu gửi về.",
)
@click.version_option(package_name="cchc-office", message="cchc %(version)s", help="Phiên bản.")
def cli() -> None:
    """Hold the commands together."""


def explain(error: click.ClickException) -> str:
    """Return what is wrong with a call, in Vietnamese."""
    if isinstance(error, click.NoSuchOption):
        near = f" Gần giống: {', '.join(error.possibilities)}." if error.possibilities else ""
        return f"Không có tuỳ chọn {error.option_name}.{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"Thiếu {name}.".replace("Thiếu .", "Thiếu một tham số.")
    if isinstance(error, click.BadParameter | UnknownCommandError):
        return error.message
    if isinstance(error, click.BadOptionUsage):
        if "does not take" in error.message:
            return f"Tuỳ chọn {error.option_name} không có giá trị đi kèm."
        return f"Tuỳ chọn {error.option_name} cần một giá trị đi kèm."
    if isinstance(error, click.UsageError):
        return "Lệnh có phần thừa hoặc sai."
    return error.message
