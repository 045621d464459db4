"""What is found about the register, and in what is about to be sent."""

from __future__ import annotations

from cchc_office.catalogue._rule import NOTE, Rule

REGISTER_NOT_WRITTEN = Rule(
    "so-khong-ghi-duoc",
    NOTE,
    "Việc vừa làm không được ghi vào sổ theo dõi: {found}",
    "Các văn bản vẫn đã được làm. Muốn sổ biết, chạy lại khi ghi được vào thư mục của đợt chấm.",
)

REGISTER_ON_NETWORK = Rule(
    "so-o-mang",
    NOTE,
    "Sổ theo dõi nằm trên ổ đĩa mạng, nên được ghi theo lối chậm mà chắc hơn.",
    "Không cần làm gì; mỗi lúc chỉ nên có một người chạy lệnh gửi, nhận.",
)
