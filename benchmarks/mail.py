"""How long it takes to send a batch, beside a bare smtplib loop over the same messages.

    uv run python benchmarks/mail.py [MESSAGES] [RUNS] [--folder DIR]

MESSAGES (1,000) messages of some 50 KiB, each with two attachments, go to a server on loopback that
speaks STARTTLS, wants a login and runs in a process of its own. Both ways take turns, RUNS (3)
times, over one connection each: smtplib alone, and what `gui --gui-that` does, which has its
intention on the disk before each message and the server's answer after it. The best run of each
counts. DIR is where the register lies (a new temporary folder): on another disk the price of being
sure is another.
"""

from __future__ import annotations

import argparse
import datetime as dt
import email.policy
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from cchc_office.mail.connecting import connect  # noqa: E402
from cchc_office.mail.outbox import Message  # noqa: E402
from cchc_office.mail.passwords import Secret  # noqa: E402
from cchc_office.mail.register import open_register  # noqa: E402
from cchc_office.mail.sending import Clock, Fate, Sender  # noqa: E402
from cchc_office.mail.settings import OutgoingServer, Security, Server  # noqa: E402
from cchc_office.model import MailKind, Unit  # noqa: E402
from tests.smtp_servers import HOST, PASSWORD, USER, certificates  # noqa: E402

AS_FAST_AS_IT_GOES = 10_000_000
ATTACHMENT_BYTES = 18_000


def messages_of(count: int) -> list[Message]:
    """Return messages to as many units, each with a letter and a form of random bytes."""
    chance = random.Random(7)  # noqa: S311
    return [_message(number, chance) for number in range(count)]


def _message(number: int, chance: random.Random) -> Message:
    to = f"dv{number}@so.example"
    whole = EmailMessage(policy=email.policy.SMTP)
    whole["From"], whole["To"] = USER, to
    whole["Subject"] = "Giao thực hiện Bộ chỉ số CCHC (số liệu minh họa)"
    message_id = whole["Message-ID"] = f"<{number}@so.example>"
    whole.set_content("Kính gửi đơn vị.\n")
    for name in ("cong-van.docx", "phieu-cham.xlsx"):
        papers = chance.randbytes(ATTACHMENT_BYTES)
        whole.add_attachment(papers, "application", "octet-stream", filename=name)
    unit, kind = Unit(f"DV{number}", f"Đơn vị {number}"), MailKind.TASKS
    digest, content = f"{number:064}", whole.as_bytes()
    return Message(unit, kind, 0, digest, message_id, (to,), (), "", (), content, unit.code)


def bare(server: Server, messages: list[Message]) -> float:
    """Send with smtplib alone, over one connection; return the seconds that it took."""
    begun = time.perf_counter()
    connection = connect(server, Secret(PASSWORD), "so.example")
    for message in messages:
        connection.sendmail(USER, message.to, message.content)
    connection.quit()
    return time.perf_counter() - begun


def with_register(server: Server, messages: list[Message], folder: Path) -> float:
    """Send as `gui` does; return the seconds that it took."""
    clock = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, time.sleep)
    begun = time.perf_counter()
    with open_register(folder, "CCHC-2024-SCT") as register:
        outgoing = OutgoingServer(server, AS_FAST_AS_IT_GOES)
        sender = Sender(outgoing, Secret(PASSWORD), register, USER, clock)
        fates = [sent.fate for sent in sender.send(messages)]
    if fates != [Fate.SENT] * len(messages):
        raise RuntimeError("not every message was sent")
    return time.perf_counter() - begun


class _Taker:
    """Takes every message and throws it away: the time is to be the sender's."""

    taken = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken += 1
        return "250 OK"


def serve(folder: Path) -> None:
    """Be the server until standard input ends; its port goes to standard output first."""
    taker, tls = _Taker(), certificates(folder).server()
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        taker,
        hostname=HOST,
        port=port,
        tls_context=tls,
        require_starttls=True,
        auth_required=True,
        authenticator=lambda *_: AuthResult(success=True),
    )
    controller.start()
    print(json.dumps({"port": port}), flush=True)
    sys.stdin.read()
    controller.stop()
    print(taker.taken, flush=True)


def main() -> None:
    """Measure, and print the times side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000, metavar="MESSAGES")
    parser.add_argument("runs", type=int, nargs="?", default=3, metavar="RUNS")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        measure(given.count, given.runs, Path(name))


def measure(count: int, runs: int, folder: Path) -> None:
    """Start the server, let both ways take turns, print what came of it."""
    command = [sys.executable, str(Path(__file__)), "--serve", str(folder)]
    batch = messages_of(count)
    size = len(batch[0].content) / 1024
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no way to the server")
        port = json.loads(process.stdout.readline())["port"]
        trusted = folder / "chung-chi.pem"
        server = Server(HOST, port, Security.STARTTLS, USER, certificates=trusted)
        best = {"smtplib": float("inf"), "cchc": float("inf")}
        for run in range(runs):
            own = folder / str(run)
            own.mkdir()
            best["smtplib"] = min(best["smtplib"], bare(server, batch))
            best["cchc"] = min(best["cchc"], with_register(server, batch, own))
        process.stdin.close()
        taken = int(process.stdout.readline())
    if taken != 2 * runs * count:
        raise RuntimeError(f"{taken} messages came, not {2 * runs * count}")
    print(f"{count} messages of {size:.0f} KiB, best of {runs} runs")
    for way, seconds in best.items():
        print(f"{way:<8} {seconds:6.2f} s  {1000 * seconds / count:6.2f} ms a message")
    print(f"ratio    {best['cchc'] / best['smtplib']:6.2f}")


if __name__ == "__main__":
    main()
