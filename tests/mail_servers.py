"""Postfix and Dovecot on loopback, for tests: real servers with everything in one folder.

Nothing of the system's own mail is touched: configuration, queue, mailboxes, logs and
certificates lie in a temporary folder, ports are free ones above 1023, and all processes end with
the context. Postfix needs root to start.

    with running_servers(["van-phong@so.example"]) as servers:
        servers.smtp_port, servers.imap_port, servers.password, servers.authority
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

HOST = "localhost"
_PATIENCE = 30
_TRIES = 3
_MASTER = ("/usr/lib/postfix/sbin/master", "/usr/libexec/postfix/master")
_DOVECOT = "/usr/lib/dovecot"
_QUEUES = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "pid",
    "private", "public", "saved", "trace", "maildrop",
)  # fmt: skip


class _NotStartedError(RuntimeError):
    """A server did not come up."""


@dataclass(frozen=True)
class MailServers:
    """Servers that are running: ports on localhost, and the one password of every address.

    `smtp_port` wants STARTTLS and a login, `imap_port` speaks TLS at once, `starttls_port` is IMAP
    with STARTTLS. `authority` is the file of the certificate that signed theirs.
    """

    folder: Path
    authority: Path
    smtp_port: int
    imap_port: int
    starttls_port: int
    password: str = field(repr=False)

    def context(self) -> ssl.SSLContext:
        """Return what trusts these servers."""
        return ssl.create_default_context(cafile=str(self.authority))

    def logs(self) -> str:
        """Return what the servers wrote of themselves."""
        return "\n".join(p.read_text(errors="replace") for p in self.folder.glob("*.log"))


def why_not() -> str:
    """Return why the servers cannot run here, "" where they can."""
    wanted = {
        "postfix": _master() is not None,
        "dovecot-imapd": bool(shutil.which("dovecot")) and Path(_DOVECOT, "imap").exists(),
        "dovecot-lmtpd": Path(_DOVECOT, "lmtp").exists(),
        "util-linux": bool(shutil.which("setpriv")),
    }
    if missing := " ".join(package for package, there in wanted.items() if not there):
        return f"not on this machine: apt-get install {missing} (.ci/run does)"
    if os.geteuid() != 0:
        return "Postfix starts as root only: run these tests as root, in a container"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True)
    if not version.stdout.startswith("2.3."):
        return f"the configuration is that of Dovecot 2.3, here is {version.stdout.split()[0]}"
    return ""


def _master() -> Path | None:
    return next((Path(p) for p in _MASTER if Path(p).exists()), None)


@contextmanager
def running_servers(addresses: Sequence[str]) -> Iterator[MailServers]:
    """Run the servers with a mailbox for each address."""
    for tries_left in reversed(range(_TRIES)):
        with ExitStack() as stack:
            try:
                servers = _run(addresses, stack)
            except _NotStartedError:
                # Another program may have taken a port before they did.
                if not tries_left:
                    raise
                continue
            yield servers
            return


def _run(addresses: Sequence[str], stack: ExitStack) -> MailServers:
    """Start the servers; `stack` ends them and removes what they leave."""
    # Their users have to get there: pytest's own folders are for one user.
    folder = Path(tempfile.mkdtemp(prefix="cchc-mail-"))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    smtp, imap, starttls, lmtp, auth = _free_ports(5)
    servers = MailServers(
        folder, folder / "ca.pem", smtp, imap, starttls, secrets.token_urlsafe(12)
    )
    _write_certificates(folder)
    _write_dovecot(servers, addresses, lmtp=lmtp, auth=auth)
    _write_postfix(servers, addresses, lmtp=lmtp, auth=auth)
    dovecot = _start(["dovecot", "-F", "-c", str(folder / "dovecot.conf")])
    stack.callback(_stop, dovecot)
    for port in (imap, starttls, lmtp, auth):
        _wait_for(port, dovecot, servers)
    postfix = _start([str(_master()), "-c", str(folder / "postfix")])
    stack.callback(_stop, postfix)
    _wait_for(smtp, postfix, servers)
    return servers


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A group of its own: the servers' children end with it. Killed tests leave no server either.
    return subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *command],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_PATIENCE)
    # What a server started may outlive it.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _wait_for(port: int, process: subprocess.Popen[bytes], servers: MailServers) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise _NotStartedError(f"no server on port {port}:\n{servers.logs()}")


def _write_certificates(folder: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate = authority.issue_cert(HOST)
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    chain = b"".join(blob.bytes() for blob in certificate.cert_chain_pems)
    (folder / "cert.pem").write_bytes(chain)
    (folder / "key.pem").chmod(0o600)


def _write_dovecot(servers: MailServers, addresses: Sequence[str], *, lmtp: int, auth: int) -> None:
    folder, nobody = servers.folder, pwd.getpwnam("nobody")
    (folder / "users").write_text(
        "".join(f"{address}:{{PLAIN}}{servers.password}\n" for address in addresses)
    )
    shutil.chown(folder / "users", "dovecot")
    (folder / "users").chmod(0o400)
    for name in ("mail", "run", "state"):
        (folder / name).mkdir()
    os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    (folder / "dovecot.conf").write_text(f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={nobody.pw_uid} gid={nobody.pw_gid} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {servers.starttls_port}
  }}
  inet_listener imaps {{
    port = {servers.imap_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth}
  }}
}}
""")


def _write_postfix(servers: MailServers, addresses: Sequence[str], *, lmtp: int, auth: int) -> None:
    folder = servers.folder
    config, queue, data = folder / "postfix", folder / "queue", folder / "data"
    for path in (config, queue, data):
        path.mkdir()
    shutil.chown(data, "postfix")
    for name in _QUEUES:
        (queue / name).mkdir(mode=0o755 if name == "pid" else 0o700)
        if name != "pid":
            shutil.chown(queue / name, "postfix")
    shutil.chown(queue / "public", "postfix", "postdrop")
    (queue / "public").chmod(0o710)
    shutil.chown(queue / "maildrop", "postfix", "postdrop")
    (queue / "maildrop").chmod(0o730)
    domains = sorted({address.rpartition("@")[2] for address in addresses})
    (config / "mailboxes").write_text("".join(f"{address} ok\n" for address in addresses))
    (config / "main.cf").write_text(f"""
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = {HOST}
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
disable_dns_lookups = yes
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = {" ".join(domains)}
virtual_mailbox_maps = texthash:{config}/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
message_size_limit = 31457280
# Whom Dovecot does not know is found out at delivery, as on servers that take in for others.
smtpd_reject_unlisted_recipient = no
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
""")
    # Each with whether it is public and how many of it may run, as Postfix's own file has them.
    services = (
        (f"127.0.0.1:{servers.smtp_port}", "inet", "n", "-", "smtpd"),
        ("pickup", "unix", "n", "1", "pickup"),
        ("cleanup", "unix", "n", "0", "cleanup"),
        ("qmgr", "unix", "n", "1", "qmgr"),
        ("flush", "unix", "n", "0", "flush"),
        ("postlog", "unix-dgram", "n", "1", "postlogd"),
        ("tlsmgr", "unix", "-", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "-", "trivial-rewrite"),
        ("bounce", "unix", "-", "0", "bounce"),
        ("defer", "unix", "-", "0", "bounce"),
        ("trace", "unix", "-", "0", "bounce"),
        ("verify", "unix", "-", "1", "verify"),
        ("proxymap", "unix", "-", "-", "proxymap"),
        ("error", "unix", "-", "-", "error"),
        ("retry", "unix", "-", "-", "error"),
        ("lmtp", "unix", "-", "-", "lmtp"),
        ("anvil", "unix", "-", "1", "anvil"),
        ("scache", "unix", "-", "1", "scache"),
    )
    (config / "master.cf").write_text(
        "".join(
            f"{n} {kind} {private} - n - {most} {p}\n" for n, kind, private, most, p in services
        )
    )
