"""What is found where a criteria set is held against an older one, or made of it."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class CriteriaSetsCodes:
    SETS_ROW_DOUBTFUL = warning(
        "dong-chua-chac",
        "Chưa chắc dòng mới “{about}” là dòng cũ “{expected}” ({found}).",
        "Đối chiếu hai dòng này trong hai bộ chỉ số; bảng so sánh ghi cả hai cạnh nhau.",
    )

    SETS_ROW_PARTS = warning(
        "dong-tach-gop",
        "Dòng mới “{about}” và dòng cũ “{expected}”: {found}.",
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

    BAD_ABBREVIATION = warning(
        "chu-viet-tat-la",
        "Không hiểu “{found}” ở mục Chữ viết tắt.",
        "Mỗi dòng một chữ, có dấu bằng: KQXL = kết quả xử lý",
    )

    LAST_YEAR_CARRIED = note(
        "nam-truoc-da-chep",
        "Đã chép từ đợt chấm năm trước: {found}.",
        "Xem lại từng trang tính; phân công, cách chấm, các cột được giữ như năm trước.",
    )

    LAST_YEAR_LEFT_BLANK = warning(
        "nam-truoc-de-trong",
        "Những điều chỉ của năm trước được để trống: {found}.",
        "Điền lại theo năm nay ở trang Thông tin và các cột đã nêu; kết quả điều tra điền khi có.",
    )

    LAST_YEAR_IN_TEXT = warning(
        "nam-truoc-trong-chu",
        "Chữ ở {about} còn nói đến năm {expected}: “{found}”.",
        "Sửa lại theo năm nay, hoặc để nguyên nếu đúng.",
    )

    LAST_YEAR_NOT_CARRIED = warning(
        "nam-truoc-khong-chep",
        "Không chép sang: {found}.",
        "Cần thì chép tay từ tệp năm trước.",
    )

    MERGED_UNIT_UNKNOWN = error(
        "ghep-don-vi-la",
        "“{found}”, đơn vị mới của “{about}”, không có ở trang Đơn vị. Gần giống: {candidates}.",
        "Ghi mã hoặc tên của một đơn vị ở trang Đơn vị; đơn vị cũ không còn thì để trống ô này.",
    )

    MERGED_UNIT_WITHOUT_OLD = warning(
        "ghep-don-vi-thieu-cu",
        "Dòng này không ghi đơn vị cũ nào, chỉ có đơn vị mới “{found}”, nên không được dùng.",
        "Ghi tên đơn vị của năm trước vào cột Đơn vị cũ, hoặc xoá dòng.",
    )

    MERGED_UNIT_WAY_UNKNOWN = error(
        "ghep-don-vi-cach-la",
        "Cách tính năm trước “{found}” không có. Các cách: {expected}.",
        "Ghi một trong các cách đó, hoặc để trống: trung bình của các đơn vị cũ.",
    )

    LAST_YEAR_UNIT_NEAR = warning(
        "don-vi-gan-giong-nam-truoc",
        "“{about}” trong bảng mới gần giống “{found}” của năm trước, được để là hai đơn vị.",
        "Nếu là một, xoá dòng mới ở trang Đơn vị, ghi tên ấy vào cột Tên gọi khác của đơn vị năm "
        "trước.",
    )

    ASSIGNMENTS_CARRIED = note(
        "phan-cong-da-chep",
        "Phân công năm trước: {found}.",
        "Dòng mới, dòng chưa có đơn vị thì tự điền; kiem-tra nêu từng dòng.",
    )

    ASSIGNMENT_DOUBTFUL = warning(
        "phan-cong-chua-chac",
        "Chưa chắc {about} là dòng nào của năm trước: {found}.",
        "Ô đơn vị ghi “Xem lại: …”, có màu và lời ghi chú: đúng thì xoá chữ “Xem lại:”, sai thì "
        "sửa.",
    )

    ASSIGNMENT_OF_GONE_ROW = note(
        "phan-cong-khong-con",
        "Năm trước giao {found} dòng {about}; bảng mới không có dòng này.",
        "Nếu nhiệm vụ vẫn còn dưới tên khác, giao lại ở dòng ấy.",
    )

    ASSIGNMENTS_GONE = note(
        "phan-cong-khong-con-dong",
        "{found} dòng có giao đơn vị của năm trước không còn trong bảng mới: {about}.",
        "Trang “Nhập từ tệp” của dot-cham.xlsx ghi từng dòng và đơn vị năm trước.",
    )

    UNIT_TO_CONFIRM = error(
        "don-vi-chua-xem-lai",
        "{about}: đơn vị “{found}” mới chỉ là đề nghị theo năm trước.",
        "Đúng thì xoá chữ “Xem lại:” trong ô; sai thì ghi đơn vị đúng.",
    )
