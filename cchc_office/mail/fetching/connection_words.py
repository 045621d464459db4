"""Why a server could not be talked to, in a clerk's words."""

from __future__ import annotations

import imaplib
import socket
import ssl

from cchc_office.mail.settings import Security, Server

_EXPIRED = (9, 10)
_NOT_TRUSTED = (18, 19, 20, 21)
_OTHER_NAME = (62, 64)
"""What OpenSSL's checks of certificates end with (X509_V_ERR_…)."""


def explain(server: Server, error: Exception) -> str:
    """Return what went wrong between us and the server, and what to do about it."""
    place = f"máy chủ {server.host}, cổng {server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{_certificate(server, error)} Chưa có thư nào bị đọc."
    if isinstance(error, ssl.SSLError):
        return (
            f"Không mã hoá được đường tới {place}. Có thể bao_mat trong phần [nhan] của thu.toml "
            'chưa đúng: "tls" thường đi với cổng 993, "starttls" với cổng 143.'
        )
    if isinstance(error, socket.gaierror):
        return f"Không tìm thấy {place}. Kiểm tra mạng, và may_chu trong phần [nhan] của thu.toml."
    if isinstance(error, TimeoutError):
        return f"Chờ {server.patience} giây mà {place} không trả lời. Kiểm tra mạng rồi chạy lại."
    if isinstance(error, ConnectionRefusedError):
        return (
            f"Không vào được {place}. Kiểm tra may_chu và cong trong phần [nhan] của thu.toml; "
            "tường lửa của cơ quan cũng có thể chặn cổng này."
        )
    if _lacks_starttls(server, error):
        return (
            f"{place[0].upper()}{place[1:]} không cho mã hoá đường truyền (STARTTLS), nên không "
            'đăng nhập. Thử bao_mat = "tls" với cổng 993, hoặc hỏi người quản trị máy chủ.'
        )
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return (
            f"Đường tới {place} bị ngắt giữa chừng. Chạy lại: các thư đã lấy xong không bị lấy lại."
        )
    return f"{place[0].upper()}{place[1:]} trả lời không như mong đợi ({error}). Chạy lại sau."


def _certificate(server: Server, error: ssl.SSLCertVerificationError) -> str:
    name = f"Chứng chỉ của máy chủ {server.host}"
    if error.verify_code in _EXPIRED:
        return (
            f"{name} đã hết hạn hoặc chưa đến hạn dùng, nên không đăng nhập. Xem đồng hồ của máy "
            "này có đúng không; nếu đúng, báo người quản trị máy chủ."
        )
    if error.verify_code in _NOT_TRUSTED:
        return (
            f"{name} không do nơi đáng tin cấp, nên không đăng nhập: đây có thể không phải máy chủ "
            "thật. Máy chủ nội bộ thì xin người quản trị tệp chứng chỉ (.pem), để cạnh "
            "dot-cham.xlsx và ghi tên vào tep_chung_chi trong phần [nhan] của thu.toml."
        )
    if error.verify_code in _OTHER_NAME:
        return (
            f"{name} mang tên máy chủ khác, nên không đăng nhập. Ghi đúng tên máy chủ vào may_chu "
            "trong phần [nhan] của thu.toml."
        )
    return f"{name} không dùng được ({error.verify_message}), nên không đăng nhập."


def _lacks_starttls(server: Server, error: Exception) -> bool:
    text = str(error).upper()
    return server.security is Security.STARTTLS and ("TLS NOT" in text or "STARTTLS" in text)
