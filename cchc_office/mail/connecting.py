"""Reaching a mail server safely, and saying in a clerk's words why it could not be reached."""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
import time
from enum import Enum
from typing import Any

from cchc_office.mail.settings import USUAL_PORTS, Secret, Security, Server, header_text
from cchc_office.text.setting_names import in_file

_LONGEST_WORDS = 300
_CLOCK = "Xem ngày giờ của máy này có đúng không; nếu đúng, báo người quản trị máy chủ."
_NAME = "Ghi đúng tên máy chủ vào {may_chu}."
_OWN_AUTHORITY = (
    "Đây có thể không phải máy chủ thật: hỏi người quản trị. Máy chủ nội bộ thì xin tệp chứng chỉ "
    "(.pem), để cạnh dot-cham.xlsx và ghi tên vào {tep_chung_chi}."
)
_CERTIFICATES = {
    9: ("chứng chỉ chưa đến ngày có hiệu lực", _CLOCK),
    10: ("chứng chỉ đã hết hạn", _CLOCK),
    18: ("chứng chỉ do máy chủ tự ký, không ai bảo đảm", _OWN_AUTHORITY),
    19: ("chứng chỉ do nơi máy này không tin cậy ký", _OWN_AUTHORITY),
    20: ("chứng chỉ do nơi máy này không biết ký", _OWN_AUTHORITY),
    21: ("chứng chỉ do nơi máy này không biết ký", _OWN_AUTHORITY),
    62: ("chứng chỉ mang tên một máy chủ khác", _NAME),
    64: ("chứng chỉ mang tên một máy chủ khác", _NAME),
}
"""What OpenSSL says of a certificate that it does not trust (X509_V_ERR_…), and what to do."""

_ADVISED = ("may_chu", "tep_chung_chi")
"""Settings that these name."""

_BLOCKED = "mạng cơ quan có thể chặn cổng này"
_WHEN_REFUSED = {
    "gui": f"{_BLOCKED}: khi đó mở các tệp .eml trong thư mục thu/ bằng Outlook hoặc Thunderbird "
    "mà gửi.",
    "nhan": f"{_BLOCKED}.",
}
_WHEN_BROKEN = {
    "gui": "Kiểm tra mạng.",
    "nhan": "Kiểm tra mạng rồi chạy lại: các thư đã lấy xong không bị lấy lại.",
}
_LONGEST_ANSWER = 64 * 1024
"""Bytes; the longest list of what a server can do has some two thousand."""


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

    @property
    def sentences(self) -> str:
        """Both, as sentences."""
        return f"{self.why[0].upper()}{self.why[1:]}. {self.what_to_do}"


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
        # Where nobody logs in nothing has greeted the server yet; a strict one then takes nothing.
        connection.ehlo_or_helo_if_needed()
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
        raise not_encrypted(server)
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


def not_encrypted(server: Server) -> CannotConnectError:
    """Return the error for a server that would have everything sent in the open."""
    return CannotConnectError(
        f"máy chủ {server.place} không nhận mã hoá (STARTTLS), nên {_left_out(server)} sẽ đi trần "
        "trên mạng",
        "Hỏi người quản trị máy chủ thư cổng nào có mã hoá; thường là cổng "
        f'{USUAL_PORTS[server.part][Security.TLS]} với "tls" ở {in_file(server.part, "bao_mat")}.',
    )


def _left_out(server: Server) -> str:
    """Return what is not done with such a server, and what would be read by others."""
    return "không đăng nhập: mật khẩu và văn bản" if server.user else "không gửi: văn bản"


def explained(error: BaseException, server: Server) -> CannotConnectError:
    """Return what an error of the network or the server means for a clerk."""
    where, part = server.place, server.part
    if isinstance(error, ssl.SSLCertVerificationError):
        unknown = f"chứng chỉ sai ({error.verify_code})", _OWN_AUTHORITY
        known, advice = _CERTIFICATES.get(error.verify_code, unknown)
        left_out = "đăng nhập" if server.user else "gửi"
        why = f"không tin được máy chủ {where}, nên không {left_out}: {known}"
        named = {name: in_file(part, name) for name in _ADVISED}
        return CannotConnectError(why, advice.format(**named))
    if isinstance(error, ssl.SSLError):
        ports = " và ".join(
            f'cổng {port} đi với "{security.value}"'
            for security, port in USUAL_PORTS[server.part].items()
        )
        return CannotConnectError(
            f"máy chủ {where} không nói chuyện mã hoá như mong đợi ({error.reason or 'TLS'})",
            f"Kiểm tra {in_file(part, 'cong', 'bao_mat')}: thường {ports}.",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return CannotConnectError(
            f"máy chủ {where} không có cách đăng nhập mà chương trình biết",
            f"Kiểm tra {in_file(part, 'cong')}; hỏi người quản trị máy chủ thư.",
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error, server)
    # Libraries tell of silence as of a broken connection; what lies behind tells the two apart.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return CannotConnectError(
            f"máy chủ {where} không trả lời sau {server.patience} giây",
            f"Kiểm tra mạng, rồi xem lại {in_file(part, 'may_chu', 'cong')}.",
            is_passing=True,
        )
    if isinstance(error, socket.gaierror):
        return CannotConnectError(
            f"không tìm thấy máy chủ {server.host}",
            f"Kiểm tra mạng, rồi xem lại {in_file(part, 'may_chu')}.",
        )
    if isinstance(error, ConnectionRefusedError):
        advice = f"Kiểm tra {in_file(part, 'may_chu', 'cong')}; {_WHEN_REFUSED[part]}"
        return CannotConnectError(f"máy chủ {where} không nhận kết nối", advice)
    why = f"đường nối với máy chủ {where} bị đứt giữa chừng"
    return CannotConnectError(why, _WHEN_BROKEN[part], is_passing=True)


def _answered(error: smtplib.SMTPResponseException, server: Server) -> CannotConnectError:
    where = server.place
    words = server_words(error.smtp_code, error.smtp_error)
    if 400 <= error.smtp_code < 500:
        return CannotConnectError(
            f"máy chủ {where} tạm thời không phục vụ: “{words}”", "Đợi ít phút.", is_passing=True
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return CannotConnectError(
            f"máy chủ {where} không nhận tên đăng nhập hoặc mật khẩu: “{words}”",
            f"Kiểm tra mật khẩu, rồi xem lại {in_file(server.part, 'nguoi_dung')}; một số nơi "
            "cần mật khẩu ứng dụng.",
        )
    return CannotConnectError(
        f"máy chủ {where} từ chối: “{words}”", "Hỏi người quản trị máy chủ thư."
    )


def server_words(code: int, words: bytes | str) -> str:
    """Return a server's answer on one line, as it may be shown and kept."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return header_text(f"{code} {text}")[:_LONGEST_WORDS]
