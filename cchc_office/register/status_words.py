"""Why a server did not deliver a message, in Vietnamese: the codes of RFC 3463 and 7505, 7372."""

from __future__ import annotations

import re

from cchc_office.model import DeliveryNotice

_BY_CODE = {
    "1.1": "không có người nhận này",
    "1.2": "không có máy chủ thư của địa chỉ này",
    "1.3": "địa chỉ viết sai",
    "1.4": "địa chỉ trỏ tới nhiều người nhận",
    "1.6": "người nhận đã chuyển đi, không để lại địa chỉ mới",
    "1.8": "máy chủ nhận không chấp nhận địa chỉ người gửi",
    "1.10": "tên miền của địa chỉ này không nhận thư",
    "2.0": "hộp thư của người nhận có trục trặc",
    "2.1": "hộp thư đã bị khoá hoặc không nhận thư",
    "2.2": "hộp thư của người nhận đã đầy",
    "2.3": "thư lớn hơn mức hộp thư này nhận",
    "3.1": "máy chủ nhận hết chỗ chứa",
    "3.2": "máy chủ nhận đang không nhận thư",
    "3.4": "thư lớn hơn mức máy chủ nhận cho phép",
    "4.1": "máy chủ nhận không trả lời",
    "4.2": "đường nối tới máy chủ nhận bị ngắt",
    "4.3": "không tra được tên miền của địa chỉ này",
    "4.4": "không tìm thấy đường tới máy chủ nhận",
    "4.5": "máy chủ thư quá tải",
    "4.6": "thư đi vòng giữa các máy chủ",
    "4.7": "quá hạn mà vẫn chưa giao được",
    "5.3": "thư có quá nhiều người nhận",
    "7.1": "máy chủ nhận từ chối, không cho gửi tới địa chỉ này",
    "7.2": "người nhận chỉ nhận thư của những người định trước",
    "7.20": "thư không qua kiểm tra chữ ký DKIM",
    "7.23": "thư không qua kiểm tra SPF",
    "7.26": "thư không qua kiểm tra xác thực của máy chủ nhận",
}
_BY_SUBJECT = {
    "1": "địa chỉ không nhận được thư",
    "2": "hộp thư của người nhận không nhận thư",
    "3": "máy chủ nhận có trục trặc",
    "4": "không tới được máy chủ nhận",
    "5": "hai máy chủ không nói chuyện được với nhau",
    "6": "máy chủ nhận không chấp nhận nội dung thư",
    "7": "máy chủ nhận từ chối vì lý do an toàn",
}
_UNKNOWN = "máy chủ không nói rõ lý do"
_BY_WORDS = (
    (
        re.compile(
            r"user unknown|no such user|does ?n.t exist|not exist|unknown user", re.IGNORECASE
        ),
        "1.1",
    ),
    (re.compile(r"(?:mailbox|quota).{0,20}(?:full|exceed)|over ?quota", re.IGNORECASE), "2.2"),
    (re.compile(r"host or domain name not found|domain.{0,20}not found", re.IGNORECASE), "1.2"),
)
"""What servers write that give no code."""

_LONGEST_WORDS = 100


def reason(notice: DeliveryNotice) -> str:
    """Return why, with the code; where nobody knows the code, with the server's own words."""
    about = notice.status.partition(".")[2]
    known = _BY_CODE.get(about) or _BY_SUBJECT.get(about.partition(".")[0])
    if known:
        return f"{known} ({notice.status})"
    guessed = next((_BY_CODE[code] for said, code in _BY_WORDS if said.search(notice.words)), "")
    quoted = f"“{notice.words[:_LONGEST_WORDS]}”" if notice.words else ""
    told = ", ".join(part for part in (notice.status, quoted) if part)
    return f"{guessed or _UNKNOWN} ({told})" if told else guessed or _UNKNOWN


def in_words(notice: DeliveryNotice) -> str:
    """Return which address and why: "vp@a.example: hộp thư của người nhận đã đầy (5.2.2)"."""
    return f"{notice.address or 'địa chỉ không rõ'}: {reason(notice)}"
