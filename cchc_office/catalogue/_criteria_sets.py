"""What is found where a criteria set is held against an older one, or made of it."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class CriteriaSetsCodes:
    SETS_ROW_DOUBTFUL = warning(
        "dong-chua-chac",
        "Chưa chắc dòng mới “{found}” là dòng cũ “{expected}” ({about}).",
        "Đối chiếu hai dòng này trong hai bộ chỉ số; bảng so sánh ghi cả hai cạnh nhau.",
    )

    SETS_ROW_PARTS = warning(
        "dong-tach-gop",
        "Dòng mới “{found}” và dòng cũ “{expected}”: {about}.",
        "Xem lại phân công và điểm của các dòng này: chương trình không chia, không cộng hộ.",
    )

    SETS_NOT_COMPARED = note(
        "khong-so-duoc",
        "Không so sánh được {found}.",
        "Nếu tệp có mà chương trình không thấy, sửa tiêu đề cột rồi chạy lại.",
    )

    SETS_NOTHING_ALIKE = warning(
        "hai-bo-khac-han",
        "Hai bộ chỉ số không có dòng nào giống nhau.",
        "Kiểm tra lại hai tệp: bộ cũ nêu trước, bộ mới nêu sau.",
    )
