"""Why a document that breaks Decree 30 was not mended."""

from __future__ import annotations

from cchc_office.catalogue._code import error


class Decree30FixingCodes:
    FIX_SIGNED = error(
        "sua-van-ban-da-ky-so",
        "Văn bản đã ký số: sửa bất cứ chỗ nào cũng làm chữ ký mất giá trị, nên không sửa.",
        "Sửa ở bản chưa ký rồi ký lại.",
    )

    FIX_CHANGED_WORDS = error(
        "sua-lam-doi-chu",
        "Bản sửa không còn giữ nguyên từng chữ của văn bản, nên không ghi.",
        "Văn bản vẫn nguyên như cũ. Sửa trong Word theo các điều nêu dưới đây.",
    )

    FIX_NEW_BREACH = error(
        "sua-sinh-loi-moi",
        "Bản sửa có điều mà bản gốc không có ({found}), nên không ghi.",
        "Văn bản vẫn nguyên như cũ. Sửa trong Word theo các điều nêu dưới đây.",
    )

    FIX_NOT_WRITTEN = error(
        "khong-ghi-duoc-ban-sua",
        "Không ghi được bản đã sửa cạnh văn bản này: {found}.",
        "Chép văn bản vào một thư mục ghi được rồi chạy lại.",
    )

    FIX_UNSETTLED = error(
        "sua-khong-dung-lai",
        "Sửa xong lại có chỗ phải sửa tiếp, lần nào cũng vậy, nên không ghi.",
        "Văn bản vẫn nguyên như cũ. Sửa trong Word theo các điều nêu dưới đây.",
    )
