"""What is found in the office's own figures, and in the output folder."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class OfficeFilesCodes:
    PROFILE_UNREADABLE = warning(
        "the-thuc-khong-doc-duoc",
        "Không đọc được tệp này ({found}), nên mọi số đo mặc định được dùng.",
        "Mỗi dòng một số đo, phần thập phân sau dấu chấm, ví dụ: lui_dau_dong = 12.7; lưu tệp với "
        "mã UTF-8.",
    )

    PROFILE_UNKNOWN = warning(
        "the-thuc-muc-la",
        "Không có số đo nào tên “{found}”. Gần giống: {candidates}.",
        "Sửa tên số đo; danh sách ở docs/mau-van-ban.md.",
    )

    PROFILE_NO_NUMBER = warning(
        "the-thuc-khong-phai-so",
        "Giá trị “{found}” của {about} không dùng được.",
        "Viết một số, phần thập phân sau dấu chấm, ví dụ: co_chu_bang = 13.5",
    )

    PROFILE_OUT_OF_RANGE = warning(
        "the-thuc-ngoai-khung",
        "{about} = {found} nằm ngoài khung của Nghị định 30: {expected}.",
        "Văn bản vẫn được làm theo số này; sửa lại nếu không cố ý.",
    )

    FILE_KEPT = warning(
        "tep-da-sua",
        "Tệp này đã được sửa sau khi chương trình tạo ra, nên được giữ nguyên.",
        "Bản mới nằm ở “{found}”. So hai bản, rồi chọn một bằng {expected}; bản kia được cất giữ.",
    )

    COPY_KEPT = warning(
        "ban-sao-da-sua",
        "Bản sao này đã được sửa sau khi chương trình tạo ra, nên được giữ nguyên.",
        "Bản sao mới nằm ở “{found}”. So hai bản rồi xoá bản không dùng.",
    )

    OWN_VERSION_KEPT = note(
        "giu-ban-sua-tay",
        "Giữ bản đã sửa tay; bản mới được cất ở “{found}”.",
        "Muốn lấy bản mới thì chép tệp ấy về chỗ cũ.",
    )

    NEW_VERSION_TAKEN = note(
        "lay-ban-moi",
        "Lấy bản mới; bản đã sửa tay được cất ở “{found}”.",
        "Muốn lấy lại bản đã sửa tay thì chép tệp ấy về chỗ cũ.",
    )

    FILE_IN_USE = warning(
        "tep-dang-mo",
        "Không ghi đè được tệp này, có lẽ đang mở trong Word hoặc Excel.",
        "Bản mới nằm ở “{found}”; đóng tệp đang mở rồi chạy lại nếu muốn thay.",
    )

    PAPERS_ELSEWHERE = warning(
        "van-ban-o-hai-noi",
        "Đợt này còn một bộ văn bản ở {found}, ngoài nơi đang dùng là {about}. Sửa hay gửi bộ này "
        "thì bộ kia không biết.",
        "Giữ một bộ: xoá bộ không dùng, hoặc chuyển cả thư mục của bộ muốn giữ thành thư mục "
        "output trong đợt chấm. Trên dòng lệnh, -o chọn bộ đang dùng.",
    )

    MARKED_COPY_LOSES = warning(
        "ban-danh-dau-thieu",
        "Bản đánh dấu không giữ được: {found}. Tệp gốc vẫn nguyên.",
        "Chỉ dùng bản đánh dấu để xem; sửa trong tệp gốc.",
    )

    RECORD_NOT_SAVED = warning(
        "ban-ghi-khong-luu-duoc",
        "Các tệp đã được ghi, nhưng chương trình khác (diệt vi-rút, OneDrive…) đang giữ tệp ghi "
        "nhớ này, nên lần sau các tệp vừa ghi có thể bị coi là do người sửa.",
        "Đợi ít phút rồi chạy lại lệnh vừa rồi.",
    )

    FILE_OUTDATED = note(
        "tep-cu",
        "Lần chạy này không còn cần tệp này, nên nó được chuyển vào “{found}”.",
        "Xoá nếu không cần lưu.",
    )

    FILE_OUTDATED_KEPT = warning(
        "tep-cu-da-sua",
        "Lần chạy này không còn cần tệp này, nhưng nó đã được sửa nên được để nguyên chỗ cũ.",
        "Xem lại, và xoá nếu không cần.",
    )

    FILE_NOT_TAKEN_BACK = warning(
        "tep-khong-lay-lai",
        "Tệp này đã được sửa sau lần chạy trước, nên được giữ nguyên.",
        "Bản trước đó nằm ở “{found}”, nếu còn; so hai bản rồi giữ một.",
    )

    NOT_ERASED = warning(
        "chua-xoa-duoc",
        "Chưa xoá được ({found}).",
        "Đóng chương trình đang mở tệp này, xem quyền ghi, rồi xoá lại.",
    )

    ERASED_NOT_MARKED = warning(
        "khong-ghi-dau-da-xoa",
        "Đã xoá, nhưng không ghi được tệp nhắc rằng đợt này đã xoá dữ liệu ({found}).",
        "Đừng tổng hợp lại đợt này: bản mới sẽ trống và thay kết quả đã giữ.",
    )

    ERASING_LEFT_LINK = warning(
        "lien-ket-khong-xoa",
        "Đây là liên kết dẫn đến một thư mục ở nơi khác, nên không xoá gì ở đó.",
        "Tự xem và xoá những gì cần xoá ở nơi liên kết dẫn đến.",
    )

    ERASING_LEFT_OUTSIDE = warning(
        "ket-qua-o-noi-khac",
        "Thư mục kết quả này nằm ngoài thư mục đợt chấm, nên không xoá gì ở đó.",
        "Tự xem và xoá thư mục ấy.",
    )

    PATH_TOO_LONG = warning(
        "duong-dan-dai",
        "Đường dẫn của tệp này dài {found} ký tự; Windows, Word và Excel chỉ mở được đến "
        "{expected}.",
        "Chọn thư mục ghi kết quả có đường dẫn ngắn hơn, bằng -o.",
    )

    PDF_OUTDATED = note(
        "pdf-cu",
        "Bản PDF này làm từ nội dung cũ của văn bản, nên được chuyển vào “{found}”.",
        "Chạy với --pdf để có bản PDF của nội dung mới; đừng ký bản cũ.",
    )

    NO_LIBREOFFICE = warning(
        "khong-co-libreoffice",
        "Máy này không có LibreOffice nên chưa tạo được PDF.",
        "Cài LibreOffice (miễn phí) rồi chạy lại, hoặc lưu từng tệp thành PDF bằng Word.",
    )

    PDF_NOT_MADE = warning(
        "khong-tao-duoc-pdf",
        "LibreOffice chưa tạo được PDF của tệp này ({found}).",
        "Đóng các cửa sổ LibreOffice rồi chạy lại, hoặc lưu tệp thành PDF bằng Word.",
    )
