"""Reaching a mail server safely, and saying in a clerk's words why it could not be reached."""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
import time
from enum import Enum
from typing import Any

from cchc_office.mail.settings import Secret, Security, Server, header_text

_LONGEST_WORDS = 300
# What OpenSSL says of a certificate that it does not trust (X509_V_ERR_…).
_NOT_YET, _EXPIRED, _SELF_SIGNED, _SELF_SIGNED_CHAIN, _UNKNOWN, _UNKNOWN_LEAF = (
    9,
    10,
    18,
    19,
    20,
    21,
)
_OTHER_NAME, _OTHER_NUMBER = 62, 64
_CERTIFICATE_WORDS = {
    _EXPIRED: "chứng chỉ đã hết hạn",
    _NOT_YET: "chứng chỉ chưa đến ngày có hiệu lực (ngày giờ của máy này có đúng không?)",
    _SELF_SIGNED: "chứng chỉ do máy chủ tự ký, không ai bảo đảm",
    _SELF_SIGNED_CHAIN: "chứng chỉ do nơi máy này không tin cậy ký",
    _UNKNOWN: "chứng chỉ do nơi máy này không biết ký",
    _UNKNOWN_LEAF: "chứng chỉ do nơi máy này không biết ký",
    _OTHER_NAME: "chứng chỉ mang tên một máy chủ khác",
    _OTHER_NUMBER: "chứng chỉ mang tên một máy chủ khác",
}
_LONGEST_ANSWER = 64 * 1024
"""Bytes; the longest list of what a server can do has some two thousand."""
_ASK_ADMINISTRATOR = "Báo người quản trị máy chủ thư; không gửi khi chưa biết chắc máy chủ là thật."


class Reply(Enum):
    """What an answer of SMTP means: its first digit decides (RFC 5321, 4.2.1 and 4.3.2)."""

    DONE = 2
    GO_ON = 3
    LATER = 4
    NEVER = 5
    NOTHING = 0
    """No answer that SMTP knows."""

    @classmethod
    def of(cls, code: int) -> Reply:
        """Tell what an answer means; one of another form (smtplib gives -1) means nothing."""
        return next((reply for reply in cls if reply.value == code // 100), cls.NOTHING)


class CannotConnectError(Exception):
    """The server cannot be used: why, and what to do; `is_passing` where it may be later."""

    def __init__(self, why: str, what_to_do: str, *, is_passing: bool = False) -> None:
        """Take the reason and the advice, in Vietnamese; the reason begins no sentence."""
        super().__init__(why)
        self.why = why
        self.what_to_do = what_to_do
        self.is_passing = is_passing


class _Answers(io.RawIOBase):
    """What a server says, answer by answer; smtplib would listen for as long as it goes on."""

    def __init__(self, connection: socket.socket) -> None:
        self._file = connection.makefile("rb", buffering=0)
        self._until = 0.0
        self._left = 0

    def begin(self, patience: float) -> None:
        """Expect an answer within `patience` seconds."""
        self._until, self._left = time.monotonic() + patience, _LONGEST_ANSWER

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read on; raises TimeoutError where an answer has no end."""
        if self._left <= 0 or time.monotonic() > self._until:
            raise TimeoutError
        size = self._file.readinto(buffer)
        self._left -= size or 0
        return size

    def close(self) -> None:
        self._file.close()
        super().close()


class _Patient(smtplib.SMTP):
    """Waits for the end of an answer as long as the settings say, however it trickles in."""

    _answers: _Answers | None = None

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self._answers = _Answers(self.sock)
            self.file = io.BufferedReader(self._answers)
        if self._answers is not None:
            self._answers.begin(self.timeout)
        return super().getreply()


class _PatientOverTLS(_Patient, smtplib.SMTP_SSL):
    pass


def trusted(server: Server) -> ssl.SSLContext:
    """Return how certificates are checked: by the system, and by the office's own file if any.

    Raises CannotConnectError where that file holds no certificates.
    """
    context = ssl.create_default_context()
    if server.certificates:
        try:
            context.load_verify_locations(cafile=server.certificates)
        except (ssl.SSLError, OSError):
            raise CannotConnectError(
                f"tệp {server.certificates.name} không chứa chứng chỉ dạng PEM",
                "Xin lại tệp chứng chỉ từ người quản trị máy chủ thư.",
            ) from None
    return context


def connect(server: Server, secret: Secret | None, own_name: str) -> smtplib.SMTP:
    """Return an open, encrypted, logged-in connection.

    `own_name` is how this machine greets the server. Raises CannotConnectError.
    """
    context = trusted(server)
    connection: smtplib.SMTP | None = None
    try:
        if server.security is Security.TLS:
            connection = _PatientOverTLS(
                server.host,
                server.port,
                own_name,
                timeout=server.patience,
                context=context,
            )
        else:
            connection = _Patient(server.host, server.port, own_name, timeout=server.patience)
            _encrypt(connection, context, server)
        _log_in(connection, server, secret)
        if connection.sock:
            # The last bytes of a message are a packet of their own: it must not wait for others.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, smtplib.SMTPException) as error:
        if connection:
            connection.close()
        raise explained(error, server) from None
    except CannotConnectError:
        if connection:
            connection.close()
        raise
    return connection


def _encrypt(connection: smtplib.SMTP, context: ssl.SSLContext, server: Server) -> None:
    connection.ehlo_or_helo_if_needed()
    if not connection.has_extn("starttls"):
        raise CannotConnectError(
            f"máy chủ {server.host}:{server.port} không nhận mã hoá (STARTTLS), nên mật khẩu và "
            "văn bản sẽ đi trần trên mạng",
            "Hỏi người quản trị máy chủ thư cổng nào có mã hoá; thường là cổng 465 với bao_mat = "
            '"tls".',
        )
    code, words = connection.starttls(context=context)
    if code != 220:
        raise smtplib.SMTPResponseException(code, words)
    connection.ehlo()


def _log_in(connection: smtplib.SMTP, server: Server, secret: Secret | None) -> None:
    if secret is None:
        return
    if not secret.value.isascii() or not server.user.isascii():
        raise CannotConnectError(
            "tên đăng nhập hoặc mật khẩu có chữ có dấu",
            "Tắt bộ gõ tiếng Việt khi gõ mật khẩu rồi thử lại.",
        )
    connection.login(server.user, secret.value)


def explained(error: BaseException, server: Server) -> CannotConnectError:
    """Return what an error of the network or the server means for a clerk."""
    where = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        known = _CERTIFICATE_WORDS.get(error.verify_code, f"chứng chỉ sai ({error.verify_code})")
        return CannotConnectError(
            f"không tin được máy chủ {where}: {known}",
            _ASK_ADMINISTRATOR,
        )
    if isinstance(error, ssl.SSLError):
        return CannotConnectError(
            f"máy chủ {where} không nói chuyện mã hoá như mong đợi ({error.reason or 'TLS'})",
            'Kiểm tra cong và bao_mat trong thu.toml: cổng 587 đi với "starttls", 465 với "tls".',
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return CannotConnectError(
            f"máy chủ {where} không có cách đăng nhập mà chương trình biết",
            "Kiểm tra cong trong thu.toml; hỏi người quản trị máy chủ thư.",
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error, where)
    # smtplib tells of silence as of a broken connection; what lies behind tells the two apart.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return CannotConnectError(
            f"máy chủ {where} không trả lời sau {server.patience} giây",
            "Kiểm tra mạng và may_chu, cong trong thu.toml.",
            is_passing=True,
        )
    if isinstance(error, socket.gaierror):
        return CannotConnectError(
            f"không tìm thấy máy chủ {server.host}",
            "Kiểm tra may_chu trong thu.toml và đường mạng.",
        )
    if isinstance(error, ConnectionRefusedError):
        return CannotConnectError(
            f"máy chủ {where} không nhận kết nối",
            "Kiểm tra cong trong thu.toml; mạng cơ quan có thể chặn gửi thư: khi đó mở các tệp "
            ".eml trong thư mục thu/ bằng Outlook hoặc Thunderbird mà gửi.",
        )
    return CannotConnectError(
        f"đường nối với máy chủ {where} bị đứt", "Kiểm tra mạng.", is_passing=True
    )


def _answered(error: smtplib.SMTPResponseException, where: str) -> CannotConnectError:
    words = server_words(error.smtp_code, error.smtp_error)
    if 400 <= error.smtp_code < 500:
        return CannotConnectError(
            f"máy chủ {where} tạm thời không phục vụ: “{words}”", "Đợi ít phút.", is_passing=True
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return CannotConnectError(
            f"máy chủ {where} không nhận tên đăng nhập hoặc mật khẩu: “{words}”",
            "Kiểm tra nguoi_dung trong thu.toml và mật khẩu; một số nơi cần mật khẩu ứng dụng.",
        )
    return CannotConnectError(
        f"máy chủ {where} từ chối: “{words}”", "Hỏi người quản trị máy chủ thư."
    )


def server_words(code: int, words: bytes | str) -> str:
    """Return a server's answer on one line, as it may be shown and kept."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return header_text(f"{code} {text}")[:_LONGEST_WORDS]
