"""What fetching from a large mailbox takes: the first time, again, and with its numbers given anew.

    uv run python -m benchmarks.fetching [MESSAGES]

As root, with Postfix and Dovecot installed. Of the messages each tenth has a PDF of 300 kB, each
500th a return. `cchc nhan` runs as a process of its own, over TLS on loopback; printed are the
messages taken in, those known from before, the returns saved, seconds and the most memory used.
"""

from __future__ import annotations

import imaplib
import json
import os
import pwd
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mail_servers import HOST, MailServers, running_servers
from tests.messages import campaign_in, filled_form, letter

OFFICE = "van-phong@a.example"


def fill(servers: MailServers, folder: Path, count: int) -> Path:
    """Put messages into the office's mailbox, as its files; return the mailbox."""
    with imaplib.IMAP4_SSL(HOST, servers.imap_port, ssl_context=servers.context()) as box:
        box.login(OFFICE, servers.password)
    campaign = campaign_in(folder)
    mailbox, nobody = servers.folder / "mail" / OFFICE, pwd.getpwnam("nobody")
    for part in ("", "cur", "new", "tmp"):
        (mailbox / part).mkdir(exist_ok=True)
        os.chown(mailbox / part, nobody.pw_uid, nobody.pw_gid)
    for n in range(count):
        files = [("bao-cao.pdf", b"%PDF-1.7" + os.urandom(300_000))] if n % 10 == 3 else []
        if n % 500 == 7:
            form = filled_form(campaign, "VP", folder / "don-vi", (n + 1) / (count + 1))
            files = [("phieu.xlsx", form)]
        sender = "vp@a.example" if files else "tin@bao.example"
        message = letter(sender, *files, key=f"<{n}@a.example>", subject=f"Thư số {n}")
        path = mailbox / "new" / f"1700000000.M{n:06}P1.localhost"
        path.write_bytes(message.as_bytes().replace(b"\r\n", b"\n"))
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return mailbox


def fetch(label: str, servers: MailServers, folder: Path) -> None:
    """Fetch, and print what it took."""
    command = [sys.executable, "-m", "cchc_office", "nhan", str(folder), "--tu", "01/01/2020"]
    environment = os.environ | {"CCHC_MAT_KHAU_THU": servers.password}
    start = time.perf_counter()
    with subprocess.Popen([*command, "--json"], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        told = json.loads(process.stdout.read())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    passed = time.perf_counter() - start
    print(
        f"{label}: {len(told['thu'])} new, {told['so_thu_da_xem_truoc']} known, "
        f"{len(told['tep_ghi'])} returns; {passed:.1f} s, {usage.ru_maxrss // 1024} MB"
    )


def main() -> None:
    """Measure with as many messages as were asked for."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as name, running_servers([OFFICE]) as servers:
        folder = Path(name) / "dot"
        mailbox = fill(servers, folder, count)
        (folder / "ca.pem").write_bytes(servers.authority.read_bytes())
        (folder / "thu.toml").write_text(
            f'[nhan]\nmay_chu = "{HOST}"\ncong = {servers.imap_port}\nnguoi_dung = "{OFFICE}"\n'
            'tep_chung_chi = "ca.pem"\n'
        )
        fetch("first", servers, folder)
        fetch("again", servers, folder)
        for path in mailbox.glob("dovecot*"):
            path.unlink()
        fetch("numbers anew", servers, folder)
        fetch("again", servers, folder)


if __name__ == "__main__":
    main()
