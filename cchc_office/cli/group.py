"""The commands by name: what each is for, and where it is; it is imported when it is called."""

from __future__ import annotations

import importlib

import click

from cchc_office.cli.vietnamese_click import VietnameseCommand, VietnameseGroup

_COMMANDS = {
    "khoi-tao": "Tạo thư mục cho một đợt chấm, từ tệp mẫu hoặc từ bảng phân công có sẵn.",
    "kiem-tra": "Kiểm tra dot-cham.xlsx và mẫu công văn; cho xem phân công, cách chấm.",
    "phu-luc": "Bảng phân công: phu-luc.xlsx và phu-luc.docx.",
    "cong-van": "Công văn giao việc cho từng đơn vị.",
    "phieu-cham": "Phiếu tự chấm điểm cho từng đơn vị.",
    "tong-hop": "Đọc các phiếu gửi về và tổng hợp: tong-hop.xlsx, bao-cao.docx.",
    "tien-do": "Tiến độ: đã chấm bao nhiêu, theo lĩnh vực và đơn vị, việc nào quá hạn, sắp đến "
    "hạn.",
    "don-doc": "Công văn đôn đốc cho từng đơn vị còn nợ, nêu rõ còn nợ gì.",
    "tham-dinh": "Bảng thẩm định điểm các đơn vị tự chấm: tham-dinh-lan-1.xlsx.",
    "giai-trinh": "Công văn yêu cầu giải trình và phiếu giải trình cho từng đơn vị bị giảm điểm "
    "hoặc bị hỏi.",
    "chay": "Làm một lượt mọi văn bản, tổng hợp, đôn đốc; không gửi, không nhận thư.",
    "the-thuc": "Kiểm tra thể thức văn bản Word theo Nghị định 30/2020/NĐ-CP.",
    "nhan": "Lấy các phiếu gửi về qua thư điện tử, lưu vào nhan-ve; mỗi thư một lần.",
    "so": "Sổ theo dõi: đơn vị nào đã được gửi, giao gì, gửi về gì, còn nợ gì, đôn đốc mấy lần.",
    "gui": "Soạn thư gửi từng đơn vị; chỉ gửi khi có --gui-that, không gửi hai lần.",
}
"""What each command is for, in the order in which they are shown."""

_MODULES = {
    "the-thuc": ("decree30_command",),
    "nhan": ("fetch_command",),
    "so": ("register_command", "handover_command", "rebuild_command"),
    "gui": ("mail_command",),
}
"""The modules of this folder that declare a command and its own commands, if not `commands`."""


class _Commands(VietnameseGroup):
    """The commands of `cchc`, in the order in which `_COMMANDS` names them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands; none is imported."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; None where there is none of this name."""
        if cmd_name in _COMMANDS:
            for module in _MODULES.get(cmd_name, ("commands",)):
                importlib.import_module(f"cchc_office.cli.{module}")
        return super().get_command(ctx, cmd_name)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in; its help is what `_COMMANDS` says of it."""
        super().add_command(cmd, name)
        cmd.help = _COMMANDS[name or str(cmd.name)]

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the names with their help, cut short; none is imported."""
        listed = (VietnameseCommand(name, help=said) for name, said in _COMMANDS.items())
        return [self.summary(command) for command in listed]


@click.group(
    cls=_Commands,
    help="Chỉ số cải cách hành chính: từ một tệp Excel ra mọi văn bản, đọc lại mọi phiếu gửi về.",
)
@click.version_option(package_name="cchc-office", message="cchc %(version)s", help="Phiên bản.")
def cli() -> None:
    """Hold the commands together."""
