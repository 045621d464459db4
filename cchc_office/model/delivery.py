"""What servers report of a message that went out: to which address, what became of it, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DeliveryAction(Enum):
    """What became of a message for one address (RFC 3464, 2.3.3)."""

    FAILED = "bị trả lại"
    DELAYED = "bị chậm, máy chủ còn thử giao tiếp"
    DELIVERED = "đã tới hộp thư"
    RELAYED = "đã chuyển sang máy chủ khác"
    EXPANDED = "đã chia ra cho một danh sách địa chỉ"


@dataclass(frozen=True, slots=True)
class DeliveryNotice:
    """What a server reports of one address.

    `message_id` is that of the message that went out, `status` the code of RFC 3463 ("5.1.1") or
    "" where none is told, `words` are the server's own.
    """

    message_id: str
    address: str
    action: DeliveryAction
    status: str = ""
    words: str = ""

    @property
    def is_trouble(self) -> bool:
        """Tell whether the message did not come to this address, or has not yet."""
        return self.action in (DeliveryAction.FAILED, DeliveryAction.DELAYED)
