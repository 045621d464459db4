"""What is found about the register, and in what is about to be sent."""

from __future__ import annotations

from cchc_office.catalogue._rule import ERROR, NOTE, WARNING, Rule

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

MAIL_SETTINGS_MISSING = Rule(
    "thu-chua-co-thiet-lap",
    ERROR,
    "Chưa có tệp thu.toml với {found}, nên chưa gửi được thư.",
    "Tạo thu.toml cạnh dot-cham.xlsx theo mẫu ở docs/gui-thu.md.",
)

MAIL_SETTINGS_UNREADABLE = Rule(
    "thu-khong-doc-duoc",
    ERROR,
    "Không đọc được tệp này ({found}).",
    'Mỗi dòng một mục, chữ đặt trong dấu nháy kép, ví dụ: may_chu = "smtp.so.gov.vn"; lưu tệp '
    "với mã UTF-8.",
)

MAIL_SETTING_BAD = Rule(
    "thu-muc-sai",
    ERROR,
    "Mục {about} = “{found}” không dùng được; cần {expected}.",
    "Sửa lại mục này trong thu.toml.",
)

MAIL_SETTING_UNKNOWN = Rule(
    "thu-muc-la",
    WARNING,
    "Không có mục nào tên “{found}”. Gần giống: {candidates}.",
    "Sửa tên mục; danh sách ở docs/gui-thu.md.",
)

MAIL_PASSWORD_IN_FILE = Rule(
    "thu-co-mat-khau",
    ERROR,
    "Mục {about} giống như một mật khẩu. Mật khẩu không được nằm trong tệp của đợt chấm, nơi nhiều "
    "người đọc được.",
    "Xoá dòng đó, đổi mật khẩu nếu tệp đã được gửi cho ai, rồi chạy lại: chương trình hỏi mật khẩu "
    "khi gửi, hoặc lấy từ kho mật khẩu của máy.",
)
