"""What is found in the text of a document held against Decree 30: its divisions, its spelling."""

from __future__ import annotations

from cchc_office.catalogue._code import error, warning


class Decree30TextCodes:
    DIVISION_NUMBER = error(
        "so-thu-tu-phan-chuong",
        "“{found}”: số thứ tự phải dùng {expected} ({clause}).",
        "Phần, chương dùng chữ số La Mã; mục, tiểu mục, điều, khoản dùng chữ số Ả Rập.",
    )

    DIVISION_LINE = error(
        "tieu-de-khong-dong-rieng",
        "“{found}”: từ chỉ phần, chương, mục và số thứ tự phải trên một dòng riêng ({clause}).",
        "Xuống dòng sau “{expected}”; tiêu đề ở dòng ngay dưới, canh giữa, in hoa, đậm.",
    )

    ARTICLE_DOT = error(
        "dieu-khoan-sai-dau",
        "“{found}”: sau số thứ tự của điều, khoản phải có dấu chấm ({clause}).",
        "Viết “{expected}”.",
    )

    POINT_MARK = error(
        "diem-sai-dau",
        "“{found}”: thứ tự các điểm là chữ cái, sau có dấu đóng ngoặc đơn ({clause}).",
        "Viết “{expected}”.",
    )

    POINT_ORDER = error(
        "diem-sai-thu-tu",
        "Điểm “{found}” không theo thứ tự bảng chữ cái tiếng Việt; phải là “{expected}” "
        "({clause}).",
        "Thứ tự là a, b, c, d, đ, e, g, h, i, k… Đánh số tự động của Word bỏ sót đ: gõ tay.",
    )

    AGENCY_CAPITALS = error(
        "viet-hoa-ten-co-quan",
        "“{found}” viết hoa chưa đúng; phải là “{expected}” ({clause}).",
        "Viết hoa chữ cái đầu của các từ, cụm từ chỉ loại hình và lĩnh vực của cơ quan.",
    )

    NO_DIACRITICS = error(
        "van-ban-khong-dau",
        "Văn bản gõ tiếng Việt không dấu; phải theo bộ mã ký tự Unicode tiếng Việt ({clause}).",
        "Gõ lại có dấu. Các quy định về từ ngữ (Quốc hiệu, ngày tháng, Lưu) chưa kiểm tra được.",
    )

    EXTRA_BLANKS = warning(
        "dau-cach-thua",
        "Có chỗ gõ hai dấu cách liền nhau, hoặc dấu cách trước dấu câu.",
        "Bấm Ctrl+H, tìm hai dấu cách, thay bằng một dấu cách, cho đến khi không còn.",
    )

    COLLECTIVE_ALONE = error(
        "tap-the-thieu-tm",
        "Ký thay mặt tập thể (“{found}”) mà phía trước không có “TM.” ({clause}).",
        "Viết “TM. {expected}”, dòng dưới là chức vụ của người ký.",
    )

    SIGNER_MISSING = error(
        "thieu-ho-ten-nguoi-ky",
        "Văn bản đã có số và ngày mà dưới chức vụ chưa có họ tên người ký ({clause}).",
        "Ghi họ và tên người ký, đậm, canh giữa dưới chức vụ.",
    )

    LIKE_ABOVE_MISSING = error(
        "noi-nhan-thieu-nhu-tren",
        "Văn bản có “Kính gửi” mà Nơi nhận không có dòng “- Như trên;” ({clause}).",
        "Thêm “- Như trên;” vào dòng đầu của Nơi nhận.",
    )
