"""The commands over a campaign that make papers, or look: options in, answers out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office.catalogue.findings import Severity
from cchc_office.cli import console, json_output, options
from cchc_office.cli.command import WHAT_CAMPAIGN, Call, command
from cchc_office.errors import UsageError
from cchc_office.model import Question
from cchc_office.text.command_line import advised, program

if TYPE_CHECKING:
    from cchc_office.steps.brought_back import BroughtBack, FromReturns, Made
    from cchc_office.steps.starting import PastedTable, Started


_HANDED_IN = Path("-")
"""What stands for a table that is pasted, or handed in by another program, as for most commands."""


def _pasted() -> PastedTable:
    """Return the table that is typed or pasted into the window, or handed in by a program."""
    from cchc_office.steps.starting import pasted_table

    if sys.stdin.isatty():
        end = "Ctrl+Z rồi Enter" if os.name == "nt" else "Ctrl+D"
        click.echo(f"Dán bảng vào đây; dán xong, ở đầu một dòng mới nhấn {end}.", err=True)
    return pasted_table(sys.stdin.buffer.read())


def _made(started: Started) -> str:
    """Say what was made."""
    from cchc_office.steps.starting import RETURNS_FOLDER

    held = f"có {len(started.returns)} phiếu làm thử (số liệu minh họa)" if started.returns else ""
    return (
        f"Đã tạo {started.workbook} và thư mục {RETURNS_FOLDER}/ {held or 'để nhận phiếu gửi về'}."
    )


@command(
    "khoi-tao",
    options.place("folder", "THƯ_MỤC"),
    options.file(
        "--tu",
        "table",
        text="Bảng tiêu chí, bảng phân công có sẵn: Excel, Word, PDF có chữ, OpenDocument …; hoặc "
        "dot-cham.xlsx năm trước. “-”: bảng dán vào cửa sổ lệnh.",
    ),
    options.flag("--xem", "only_shows", text="Chỉ cho xem hiểu tệp thế nào, không ghi gì."),
    options.valued(
        "--bang",
        "choose",
        metavar="SỐ",
        kind=options.TABLE_NUMBERS,
        text="Lấy bảng mang số này trong các bảng nhận ra; ghép nhiều bảng: 1,2.",
    ),
    options.valued(
        "--cot",
        "columns",
        metavar="CỘT=CỘT",
        kind=options.SAME_COLUMN,
        text="Cột trong tệp là cột nào của trang Bộ chỉ số, hoặc “bỏ”; dùng được nhiều lần.",
        multiple=True,
    ),
    options.valued(
        "--don-vi",
        "same_units",
        metavar="TÊN=TÊN",
        kind=options.SAME_UNIT,
        text="Tên này trong bảng là đơn vị nào, hoặc “riêng”: là đơn vị khác; dùng được nhiều lần.",
        multiple=True,
    ),
    options.flag(
        "--khong-them-dong",
        "rows_as_they_are",
        text="Không thêm dòng cho điểm chuẩn, điểm thưởng riêng của dòng cha.",
    ),
    options.file(
        "--phan-cong-tu",
        "assignments",
        text="Đợt chấm năm trước: lấy đơn vị, phân công cho những dòng của bảng mới.",
    ),
    options.flag(
        "--phieu-lam-thu",
        "sample_returns",
        text="Đợt chấm từ tệp mẫu: thêm các phiếu gửi về mẫu (số liệu minh họa) để làm thử.",
    ),
    epilog="",
)
def start(call: Call) -> int:
    """Start a campaign folder."""
    from cchc_office.cli import import_view
    from cchc_office.steps.starting import preview_table, start_campaign

    table = _pasted() if call["table"] == _HANDED_IN else call["table"]
    told: dict[str, Any] = {
        "choose": call["choose"] or (),
        "columns": dict(call["columns"]),
        "same_units": dict(call["same_units"]),
        "rows_as_they_are": call["rows_as_they_are"],
        "assignments": call["assignments"],
    }
    if table is None and (call["only_shows"] or any(told.values())):
        raise UsageError(
            "--xem, --bang, --cot, --don-vi, --khong-them-dong, --phan-cong-tu cần một tệp để "
            "nhập: thêm --tu TỆP."
        )
    files = {"bang-co-san": call["table"], "phan-cong": call["assignments"]}
    read = [{"tep": path.as_posix(), "loai": kind} for kind, path in files.items() if path]
    if call["only_shows"]:
        seen = preview_table(table, **told)

        def what() -> dict[str, Any]:
            shown = seen.imported and import_view.import_as_json(seen.imported)
            return {"tep_doc": read, "tep_ghi": [], **({"nhap": shown} if shown else {})}

        def show_only() -> None:
            if seen.imported:
                import_view.show_import(seen.imported)
            console.show_findings((*seen.of_last_year, *seen.still_wrong))
            click.echo("Chưa ghi gì. Bỏ --xem để tạo đợt chấm từ bảng này.")

        return call.answer(seen, what, show_only)
    sample_returns = call["sample_returns"]
    started = start_campaign(call["folder"], table, **told, sample_returns=sample_returns)

    def parts() -> dict[str, Any]:
        shown = started.imported and import_view.import_as_json(started.imported)
        made = (started.workbook, *started.returns)
        return {
            "tep_doc": read,
            "tep_ghi": [{"tep": path.as_posix(), "trang_thai": "mới"} for path in made],
            **({"nhap": shown} if shown else {}),
        }

    def show() -> None:
        if started.imported:
            import_view.show_import(started.imported, briefly=True)
        console.show_findings(started.of_last_year)
        click.echo(_made(started))
        click.echo("Mở tệp này bằng Excel, sửa các trang tính, rồi kiểm tra bằng lệnh:")
        click.echo(f"    {advised('kiem-tra', call['folder'])}")
        told = [f for f in started.campaign.findings if f.severity is not Severity.NOTE]
        if told:
            click.echo(f"Hiện còn {len(told)} điều cần điền, sửa hoặc xem.")

    return call.answer(started, parts, show)


@command(
    "kiem-tra",
    options.CAMPAIGN,
    options.flag("--cach-cham", "in_full", text="Cho xem cách chấm của mọi dòng có ghi lời."),
    options.flag("--cay", "as_tree", text="Cho xem cả cây: mỗi dòng một hàng, thụt vào theo cấp."),
    options.flag(
        "--danh-dau",
        "marks",
        text="Ghi thêm dot-cham-danh-dau.xlsx: mỗi điều tìm thấy ở ô của nó, "
        "và một trang nói từng dòng được hiểu thế nào.",
    ),
)
def check(call: Call) -> int:
    """Check the campaign workbook and the templates."""
    folder = call.open()
    checked = folder.mark() if call["marks"] else folder.check()

    def parts() -> dict[str, Any]:
        return {
            "tep_doc": json_output.files_as_json(folder.file),
            **({"tep_ghi": json_output.written_as_json(checked.written)} if call["marks"] else {}),
            "mau": [{"tep": path.as_posix(), "rieng": own} for path, own in checked.templates],
            **json_output.campaign_as_json(checked.campaign),
            "cay": json_output.tree_as_json(checked.tree, checked.campaign),
        }

    def show() -> None:
        console.show_campaign(checked.campaign)
        console.show_tree(checked.tree, in_full=call["as_tree"])
        console.show_understanding(checked.campaign)
        console.show_scoring(checked.campaign, in_full=call["in_full"])
        console.show_templates(checked)
        console.show_findings(checked.findings)
        click.echo(_count_line(checked))
        for written in checked.written:
            click.echo(f"Đã ghi {written.path}: mỗi điều trên đây ở ô của nó, và một danh sách.")

    return call.answer(checked, parts, show)


@command("phu-luc", options.CAMPAIGN, options.OUTPUT, options.PDF)
def table(call: Call) -> int:
    """Write the assignment table."""
    return _answer(call, call.open().make_table(as_pdf=call["as_pdf"]))


@command("cong-van", options.CAMPAIGN, options.OUTPUT, options.PDF, options.ONE_SEEN)
def dispatches(call: Call) -> int:
    """Write the dispatches."""
    if call["seen_unit"]:
        return _seen(call, "cong-van")
    return _answer(call, call.open().make_dispatches(as_pdf=call["as_pdf"]))


def declare_letter(name: str) -> None:
    """Declare the command that makes a letter, where `name` is one's."""
    from cchc_office.steps.values import letter_made_by

    if letter := letter_made_by(name):

        @command(
            name,
            *(options.CAMPAIGN, options.OUTPUT, options.PDF),
            *(options.READING if letter.from_returns else ()),
            help=f"{letter.title.capitalize()} cho từng đơn vị.",
        )
        def letters(call: Call) -> int:
            return _answer(call, call.open().make_letters(name, as_pdf=call["as_pdf"]))


@command("phieu-cham", options.CAMPAIGN, options.OUTPUT)
def forms(call: Call) -> int:
    """Write the score workbooks."""
    return _answer(call, call.open().make_forms())


@command(
    "tong-hop",
    *(options.CAMPAIGN, options.OUTPUT, options.PDF, *options.READING, options.EARLIER),
)
def report(call: Call) -> int:
    """Read the returns and write the report."""
    return _answer(call, call.open().consolidate(earlier=call["earlier"], as_pdf=call["as_pdf"]))


@command(
    "dang-dau",
    *(options.CAMPAIGN_OR_HERE, options.OUTPUT, *options.READING),
    epilog=f"{WHAT_CAMPAIGN} Trong thư mục đợt chấm, gõ {program()} là đủ.",
)
def show_where_it_stands(call: Call) -> int:
    """Show how the year stands, and what is next."""
    from cchc_office.cli import state_view

    state = call.open().state()

    def parts() -> dict[str, Any]:
        return _json_parts(call, state) | state_view.state_as_json(state)

    def show() -> None:
        state_view.show_state(state)
        _show_why_stopped(state)

    return call.answer(state, parts, show)


@command("tien-do", options.CAMPAIGN, *options.READING, options.EARLIER)
def show_progress(call: Call) -> int:
    """Show how far the campaign is on a day."""
    from cchc_office.cli import progress_view

    found = call.open().progress(earlier=call["earlier"])

    def parts() -> dict[str, Any]:
        shown = found.found and progress_view.progress_as_json(found.found, found.comparison)
        return _json_parts(call, found) | ({"tien_do": shown} if shown else {})

    def show() -> None:
        console.show_campaign(found.campaign)
        console.show_findings(found.about_earlier if found.found else found.findings)
        if found.found:
            progress_view.show_progress(found.found, found.comparison)
            click.echo(_count_line(found))
            click.echo(f"Báo cáo đầy đủ: {advised('tong-hop', call['campaign'])}")
        _show_why_stopped(found)

    return call.answer(found, parts, show)


@command(
    "don-doc",
    *(options.CAMPAIGN, options.OUTPUT, options.PDF, *options.READING),
    options.reminder_number(
        "Lần đôn đốc; từ lần 2, lời văn cứng rắn hơn (mặc định: theo sổ, sau lần đã gửi)."
    ),
    options.days_around(
        "--truoc-han",
        "days_left",
        "Chỉ nơi chưa nộp mà còn không quá số ngày này là đến hạn nộp.",
    ),
    options.days_around("--qua-han", "days_over", "Chỉ khi đã quá hạn nộp từ số ngày này trở lên."),
    options.flag(
        "--den-luc",
        "due_only",
        text="Chỉ nơi đến lúc phải đôn đốc: quá hạn nộp, hay đã nộp mà phiếu còn thiếu.",
    ),
    options.flag(
        "--van-ban-ngan",
        "in_short",
        text="Thêm cạnh mỗi công văn một tệp chữ ngắn để chép vào Zalo, SMS.",
    ),
    options.ONE_SEEN,
)
def reminders(call: Call) -> int:
    """Write the reminders."""
    if call["seen_unit"]:
        return _seen(call, "don-doc")
    own = ("number", "days_left", "days_over", "due_only", "in_short", "as_pdf")
    return _answer(call, call.open().remind(**{name: call[name] for name in own}))


@command(
    "tham-dinh",
    *(options.CAMPAIGN, options.OUTPUT, *options.READING),
    options.round_number("Lần thẩm định, 1 hoặc 2 (mặc định: 1)."),
    options.flag(
        "--tat-ca",
        "every_leaf",
        text="Ở lần 2: mọi dòng, không chỉ những dòng bị giảm điểm hoặc phải giải trình.",
    ),
)
def appraisal(call: Call) -> int:
    """Write the workbook of the reviewers."""
    return _answer(call, call.open().appraise(call["round"] or 1, every_leaf=call["every_leaf"]))


@command(
    "giai-trinh",
    *(options.CAMPAIGN, options.OUTPUT, options.PDF, *options.READING),
    *(options.ROUND, options.DEADLINE, options.ONLY, options.ONE_SEEN),
    options.valued(
        "--hoi",
        "asked",
        metavar="DÒNG[=LỜI_HỎI]",
        text="Hỏi thêm đơn vị nêu ở --chi về dòng này, ví dụ 1.2.1 hoặc “1.2.1=Vì sao chậm?”; dùng "
        "được nhiều lần.",
        multiple=True,
    ),
)
def explanations(call: Call) -> int:
    """Write the requests to explain and the supplementary forms."""
    if call["asked"]:
        return _asked(call)
    if call["seen_unit"]:
        return _seen(call, "giai-trinh", round=call["round"], deadline=call["deadline"])
    own = {name: call[name] for name in ("deadline", "only", "as_pdf")}
    return _answer(call, call.open().explain(call["round"], **own))


def _asked(call: Call) -> int:
    """Ask about rows that were picked, beside what the round asks."""
    if call["round"] or call["seen_unit"] or not call["only"]:
        raise UsageError("--hoi cần --chi, nêu đơn vị được hỏi; không dùng cùng --lan, --xem.")
    questions = [
        Question(row.strip(), words.strip())
        for row, _, words in (asked.partition("=") for asked in call["asked"])
    ]
    own = {name: call[name] for name in ("deadline", "as_pdf")}
    return _answer(call, call.open().ask_to_explain(dict.fromkeys(call["only"], questions), **own))


@command(
    "chay",
    *(options.CAMPAIGN, options.OUTPUT, options.PDF, *options.READING),
    *(options.EARLIER, options.DEADLINE),
)
def everything(call: Call) -> int:
    """Do everything that can be done now; of appraisals, follow up those that came back."""
    own = ("earlier", "deadline", "as_pdf")
    return _answer(call, call.open().do_all(**{name: call[name] for name in own}))


@command("lay-lai", options.CAMPAIGN, options.OUTPUT)
def take_back(call: Call) -> int:
    """Put back what the last run replaced."""
    return _answer(call, call.open().take_back())


@command(
    "chon-ban",
    options.CAMPAIGN,
    click.argument("files", metavar="[TỆP…]", nargs=-1),
    options.OUTPUT,
    options.flag("--cua-toi", "own", text="Giữ bản đã sửa tay; bản mới được cất vào luu-cu."),
    options.flag("--ban-moi", "new", text="Lấy bản mới; bản đã sửa tay được cất vào luu-cu."),
    epilog=f"{WHAT_CAMPAIGN} Không ghi TỆP thì kể các văn bản đã sửa tay có bản mới bên cạnh.",
)
def choose_versions(call: Call) -> int:
    """Keep what a person made of papers, or take the new versions beside them."""
    files, own, new = call["files"], call["own"], call["new"]
    if bool(files) != (own or new) or (own and new):
        raise UsageError("Ghi tên tệp cùng với --cua-toi (giữ bản đã sửa tay) hoặc --ban-moi.")
    return _answer(call, call.open().choose_versions(files, take_new=new))


def _seen(call: Call, kind: str, **more: Any) -> int:
    """Show one letter; it lies in a folder for what is only looked at."""
    seen = call.open().preview_letter(kind, call["seen_unit"], as_pdf=call["as_pdf"], **more)
    files = seen.save_for_a_look()

    def parts() -> dict[str, Any]:
        return {
            "dot": seen.campaign.id,
            "tep_doc": json_output.files_as_json(call.opened.file),
            "tep_ghi": [],
            "xem_thu": {
                "don_vi": seen.unit.code,
                "the_thuc": seen.words,
                "tep": [path.as_posix() for path in files],
                "tin_nhan": seen.short,
            },
        }

    def show() -> None:
        console.show_findings(seen.findings)
        click.echo(
            f"{seen.unit.name}: {seen.words}."
            if files
            else f"{seen.words}, nên không có gì để xem."
        )
        for path in files:
            click.echo(f"Bản xem thử (lần xem sau tự xoá): {path}")
        click.echo("Chưa làm gì trong thư mục kết quả.")

    return call.answer(seen, parts, show)


def _answer(call: Call, made: Made) -> int:
    place = call.opened.output

    def parts() -> dict[str, Any]:
        shown = _json_parts(call, made)
        if made.evidence:
            shown["minh_chung"] = json_output.evidence_as_json(made.evidence)
        return shown

    def show() -> None:
        from cchc_office.steps.told_before import told_before

        console.show_campaign(made.campaign)
        console.show_news(made.findings, told_before(place, call.name, made.findings))
        if made.outcomes:
            console.show_outcomes(made, place)
        if made.results:
            console.show_consolidation(made.results, made.rounds)
        if made.evidence and (made.evidence.files or made.evidence.missing):
            click.echo(f"Minh chứng: {made.evidence.words}")
        click.echo(_count_line(made))
        _show_why_stopped(made)

    return call.answer(made, parts, show)


def _json_parts(call: Call, found: FromReturns) -> dict[str, Any]:
    parts: dict[str, Any] = {"loi": found.stopped} if found.stopped else {}
    parts |= {
        "dot": found.campaign.id,
        "tep_doc": json_output.files_as_json(
            call.opened.file, found.returns, call.given.get("earlier")
        ),
        "tep_ghi": json_output.written_as_json(found.written),
    }
    if found.results:
        parts["tong_hop"] = json_output.results_as_json(found)
    return parts


def _show_why_stopped(found: FromReturns) -> None:
    if found.stopped:
        console.say(found.stopped, err=True)


def _count_line(found: BroughtBack) -> str:
    if not found.findings:
        return "Không có gì cần xem."
    counts = {s: sum(f.severity is s for f in found.findings) for s in Severity}
    parts = [f"{count} {severity.value.lower()}" for severity, count in counts.items() if count]
    return f"Tất cả: {', '.join(parts)}."
