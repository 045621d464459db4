"""What is found in a document template, and in the values that go into it."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class DocumentTemplateCodes:
    TEMPLATE_UNREADABLE = error(
        "mau-khong-doc-duoc",
        "Không đọc được mẫu văn bản này: {found}.",
        "Mở mẫu bằng Word rồi lưu lại dạng .docx (mẫu thư .txt: bằng Notepad, mã UTF-8), hoặc xoá "
        "đi để dùng mẫu có sẵn.",
    )

    TEMPLATE_NOT_USED = warning(
        "mau-khong-duoc-dung",
        "Tệp này ở thư mục templates/ không trùng tên mẫu nào nên không được dùng. Gần giống: "
        "{candidates}.",
        "Đổi tên tệp cho đúng tên mẫu, hoặc chuyển đi chỗ khác.",
    )

    TEMPLATE_OTHER_FORMAT = warning(
        "mau-khac-dang-tep",
        "Tệp này ở thư mục templates/ không phải dạng .docx nên không được dùng; đang dùng mẫu có "
        "sẵn {expected}.",
        "Mở tệp bằng Word, chọn Save As, kiểu Word Document (*.docx), đặt tên {expected} trong "
        "cùng thư mục; chỉ đổi đuôi tên tệp thì không đủ.",
    )

    TEMPLATE_COMMENT = error(
        "mau-co-nhan-xet",
        "Mẫu có nhận xét (comment) mà mọi đơn vị sẽ đọc được: “{found}”.",
        "Trong Word: Review, Delete All Comments, rồi lưu. Nếu cố ý để lại, gõ thẻ {{# giữ nhận "
        "xét #}} ở một dòng của mẫu.",
    )

    TEMPLATE_TRACKED_CHANGE = error(
        "mau-co-sua-doi-theo-doi",
        "Mẫu còn sửa đổi được theo dõi (Track Changes) mà mọi đơn vị sẽ đọc được: “{found}”.",
        "Trong Word: Review, Accept All Changes (hoặc Reject), rồi lưu. Nếu cố ý để lại, gõ thẻ "
        "{{# giữ nhận xét #}} ở một dòng của mẫu.",
    )

    TEMPLATE_HIDDEN_TEXT = error(
        "mau-co-chu-an",
        "Mẫu có chữ ẩn (hidden text) mà mọi đơn vị sẽ nhận được: “{found}”.",
        "Trong Word: bấm ¶ để hiện chữ ẩn, xoá đi hoặc bỏ dấu chọn Hidden ở hộp Font, rồi lưu. Nếu "
        "cố ý để lại, gõ thẻ {{# giữ nhận xét #}} ở một dòng của mẫu.",
    )

    TEMPLATE_LEFT_AS_IT_IS = note(
        "mau-giu-nhan-xet",
        "Theo thẻ {{# giữ nhận xét #}} trong mẫu, nội dung này được để nguyên trong văn bản gửi "
        "đi: “{found}”.",
        "Không cần làm gì; bỏ thẻ ấy nếu không muốn.",
    )

    TEMPLATE_MERGE_FIELD = error(
        "mau-co-truong-tron-thu",
        "Mẫu có trường trộn thư (Mail Merge) “{found}”, chương trình không điền được. Gần giống: "
        "{candidates}.",
        "Xoá trường này, gõ thẻ thay vào, ví dụ {{{{ don_vi.ten }}}}; các tên ở "
        "docs/mau-van-ban.md.",
    )

    TEMPLATE_OTHER_BRACKETS = error(
        "mau-dung-ngoac-khac",
        "{found} là chỗ cần điền theo cách viết của chương trình khác; ở đây nó sẽ được in nguyên "
        "như vậy. Gần giống: {candidates}.",
        "Viết lại bằng hai ngoặc nhọn liền nhau, ví dụ {{{{ don_vi.ten }}}}.",
    )

    TEMPLATE_MAYBE_BRACKETS = warning(
        "mau-co-the-la-cho-can-dien",
        "{found} có thể là một chỗ cần điền, nhưng không phải thẻ {{{{ … }}}} nên được in nguyên "
        "như vậy. Gần giống: {candidates}.",
        "Nếu là chỗ cần điền, viết lại bằng hai ngoặc nhọn liền nhau, ví dụ {{{{ don_vi.ten }}}}.",
    )

    TEMPLATE_ACTIVE = error(
        "mau-co-noi-dung-tu-chay",
        "Mẫu có thứ tự chạy hoặc lấy nội dung từ nơi khác, không được đưa vào công văn: {found}.",
        "Xoá thứ này trong Word rồi lưu; ảnh thì chèn hẳn vào văn bản, mẫu đính kèm thì gỡ ở "
        "Developer, Document Template; hoặc chép nội dung sang một tệp .docx mới.",
    )

    TEMPLATE_NAME_MISSPELT = error(
        "mau-ten-go-nham",
        "{found}: có phải {candidates}? Thẻ {about} dùng một tên không có.",
        "Sửa tên trong mẫu; danh sách các tên ở docs/mau-van-ban.md.",
    )

    TEMPLATE_NAME_UNKNOWN = error(
        "mau-ten-la",
        "Thẻ {about} dùng tên không có: {found}.",
        "Dùng một tên trong danh sách ở docs/mau-van-ban.md, hoặc xoá thẻ này.",
    )

    TEMPLATE_FILTER_UNKNOWN = error(
        "mau-bo-loc-la",
        "Thẻ {about} dùng bộ lọc hoặc phép thử không có: {found}. Gần giống: {candidates}.",
        "Sửa chữ sau dấu “|” hoặc sau “is”; danh sách bộ lọc ở docs/mau-van-ban.md.",
    )

    TEMPLATE_WRONG_KIND = error(
        "mau-sai-loai-gia-tri",
        "Thẻ {about}: {found}.",
        "Xem loại của từng tên ở docs/mau-van-ban.md; phần lớn là chữ, so sánh thì đặt trong nháy "
        "kép.",
    )

    TEMPLATE_FORBIDDEN = error(
        "mau-lenh-khong-duoc-phep",
        "Thẻ {about} dùng lệnh không được phép trong mẫu: {found}.",
        "Xoá lệnh này; mẫu chỉ in ra nội dung, lặp và chọn theo điều kiện.",
    )

    TEMPLATE_SYNTAX = error(
        "mau-the-viet-sai",
        "Thẻ {about} viết sai: {found}.",
        "Sửa thẻ theo các ví dụ ở docs/mau-van-ban.md.",
    )

    TEMPLATE_CALCULATION = error(
        "mau-khong-tinh-duoc",
        "Thẻ {about} không tính được: {found}.",
        "Xem lại phép tính hoặc bộ lọc trong thẻ.",
    )

    TEMPLATE_TOO_MUCH = error(
        "mau-lam-qua-nhieu",
        "Thẻ {about} lặp quá nhiều lần hoặc làm ra nội dung quá dài, nên việc điền mẫu đã dừng "
        "lại.",
        "Xem lại vòng lặp, macro, bộ lọc trong thẻ; một văn bản không cần lặp đến hàng trăm nghìn "
        "lần.",
    )

    TEMPLATE_BROKEN_RESULT = error(
        "mau-lam-hong-van-ban",
        "Điền vào mẫu này thì văn bản bị hỏng, Word sẽ không mở được.",
        "Xem các thẻ lặp, điều kiện quanh chỗ đó: thẻ mở và thẻ đóng phải cùng một đoạn, một ô, "
        "hay dùng {{%p … %}}, {{%tr … %}} ở các đoạn, các dòng riêng.",
    )

    TEMPLATE_TAG_UNCLOSED = error(
        "mau-the-thieu-ngoac",
        "Ngoặc của một thẻ không đủ cặp trong đoạn này: {found}.",
        "Mỗi thẻ mở và đóng trong cùng một đoạn: {{{{ … }}}} hoặc {{% … %}}, hai ngoặc liền nhau.",
    )

    TEMPLATE_TAG_SPACE = error(
        "mau-the-sai-cho-trong",
        "Chỗ trống trong thẻ {about} làm thẻ không được nhận ra.",
        "Viết là {expected}, chữ tr, p, tc, r liền sau ngoặc rồi một dấu cách.",
    )

    TEMPLATE_TAG_CHARACTER = error(
        "mau-the-ky-tu-la",
        "Thẻ {about} có ký tự không dùng được: {found}.",
        "Gõ lại thẻ; tắt AutoCorrect của Word nếu Word lại đổi dấu. Thẻ bắt đầu bằng tr, p, tc, r "
        "không chứa được dấu % và ngoặc nhọn ở giữa.",
    )

    TEMPLATE_TAG_WORD_CHARACTER = note(
        "mau-the-dau-cua-word",
        "Word đã đổi dấu trong thẻ {about} ({found}); thẻ vẫn được hiểu đúng.",
        "Không cần làm gì; gõ lại dấu thường nếu muốn mẫu dễ đọc.",
    )

    TEMPLATE_TAG_NOT_ALONE = error(
        "mau-the-khong-dung-rieng",
        "Thẻ {about} thay cả {expected} chứa nó, nên phần còn lại sẽ mất: “{found}”.",
        "Để thẻ này một mình một {expected}, hoặc bỏ chữ tr, p, tc sau ngoặc.",
    )

    TEMPLATE_BLOCK_OPEN = error(
        "mau-thieu-the-dong",
        "Thẻ {about} không có thẻ đóng {expected}.",
        "Thêm thẻ đóng ở chỗ kết thúc.",
    )

    TEMPLATE_BLOCK_UNOPENED = error(
        "mau-thieu-the-mo",
        "Thẻ {about} không có thẻ mở tương ứng.",
        "Thêm thẻ mở ở chỗ bắt đầu, hoặc xoá thẻ này.",
    )

    TEMPLATE_BLOCK_ACROSS_CELLS = error(
        "mau-lap-qua-o-bang",
        "Thẻ mở {about} và thẻ đóng {found} nằm ở hai ô bảng khác nhau.",
        "Lặp theo dòng thì dùng {{%tr … %}}, theo cột thì dùng {{%tc … %}}; còn lại thì để cả hai "
        "trong một ô.",
    )

    TEMPLATE_TAG_NOT_FILLED = warning(
        "mau-the-khong-duoc-dien",
        "Thẻ {about} nằm trong {found}, nơi thẻ không được thay bằng nội dung.",
        "Chuyển thẻ vào thân văn bản, đầu trang, chân trang hoặc chú thích cuối trang.",
    )

    VALUE_EMPTY = error(
        "mau-gia-tri-khong-co",
        "Giá trị của thẻ {about} không có nội dung, nên chưa tạo văn bản nào.",
        "Điền nội dung đó trong dot-cham.xlsx, hoặc đặt thẻ trong điều kiện {{% if … %}}.",
    )

    VALUE_NOT_TEXT = error(
        "mau-gia-tri-khong-phai-chu",
        "Thẻ {about} in ra một thứ không phải chữ hay số: danh sách, nhóm nội dung hay điều kiện.",
        "Chọn một phần, ví dụ don_vi.ten; danh sách thì lặp bằng for; điều kiện thì dùng {{% if … "
        "%}}.",
    )

    VALUE_UNPRINTABLE = error(
        "mau-gia-tri-khong-in-duoc",
        "Giá trị của thẻ {about} có ký tự {found}, không tệp Word nào chứa được.",
        "Gõ lại nội dung đó ở tệp nguồn.",
    )
