"""What is found of a file that came back before it is opened as a form: its kind, its wrapping."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class IncomingFileCodes:
    FOLDER_NOT_READ = error(
        "thu-muc-khong-doc-duoc",
        "Không xem được trong thư mục hoặc liên kết này có gì ({found}).",
        "Xin quyền mở, nối lại ổ mạng, hoặc bỏ liên kết hỏng, rồi chạy lại.",
    )

    FILE_NOT_FOUND = error(
        "tep-khong-thay",
        "Không thấy tệp này.",
        "Xem lại tên và thư mục; tệp có thể vừa được chuyển hoặc xoá.",
    )

    FILE_NOT_OPENED = error(
        "tep-khong-mo-duoc",
        "Máy không cho mở tệp này ({found}).",
        "Đóng tệp nếu đang mở trong Excel, xem quyền đọc tệp, rồi chạy lại.",
    )

    NOT_A_FILE = warning(
        "khong-phai-tep",
        "Đây là thư mục hoặc thiết bị, không phải tệp, nên không được đọc.",
        "Chỉ ra các tệp trong đó.",
    )

    FILE_EMPTY = warning(
        "tep-rong",
        "Tệp này rỗng: chép hoặc tải về chưa thành công.",
        "Chép lại từ thư hoặc USB; nếu vẫn rỗng, xin đơn vị gửi lại.",
    )

    FILE_TRUNCATED = warning(
        "tep-cut",
        "Tệp này bị cắt cụt: chép hoặc tải về chưa hết.",
        "Chép lại từ thư hoặc USB; nếu vẫn vậy, xin đơn vị gửi lại.",
    )

    FILE_IS_OLD_EXCEL = warning(
        "excel-truoc-chin-lam",
        "Đây là {found}, chương trình không đọc được.",
        "Mở bằng Excel, lưu thành .xlsx (Save As, Excel Workbook), để bản mới vào thư mục nhận về.",
    )

    FILE_IS_EXCEL_XML = warning(
        "excel-xml",
        "Đây là bảng tính lưu dạng XML của Excel 2003, chương trình không đọc được.",
        "Mở bằng Excel, lưu thành .xlsx (Save As, Excel Workbook), để bản mới vào thư mục nhận về.",
    )

    FILE_IS_FLAT_ODS = warning(
        "ods-xml",
        "Đây là bảng tính OpenDocument dạng XML (.fods), chương trình không đọc được.",
        "Mở bằng LibreOffice, lưu thành .xlsx hoặc .ods, để bản mới vào thư mục nhận về.",
    )

    FILE_IS_APPLE = warning(
        "tep-apple",
        "Đây là tệp của Numbers hoặc Pages trên máy Apple, không phải tệp Excel.",
        "Xin đơn vị xuất sang Excel (File, Export To, Excel) rồi gửi lại.",
    )

    FILE_IS_WORD = warning(
        "tep-word",
        "Đây là văn bản Word, không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_OLD_WORD = warning(
        "tep-word-cu",
        "Đây là văn bản Word cũ (.doc hoặc .rtf), không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_ODT = warning(
        "tep-odt",
        "Đây là văn bản OpenDocument (.odt), không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_POWERPOINT = warning(
        "tep-trinh-chieu",
        "Đây là bản trình chiếu, không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_PDF = warning(
        "tep-pdf",
        "Đây là tệp PDF, không đọc được điểm từ đó.",
        "Xin đơn vị gửi bản Excel; bản PDF chỉ để đối chiếu.",
    )

    FILE_IS_PICTURE = warning(
        "tep-anh",
        "Đây là ảnh chụp hoặc bản quét, không đọc được điểm từ đó.",
        "Xin đơn vị gửi bản Excel; ảnh chỉ để đối chiếu.",
    )

    FILE_IS_HTML = warning(
        "trang-web",
        "Đây là trang web (HTML), dù tên có thể là .xls.",
        "Mở bằng Excel xem có đúng là phiếu không; xin đơn vị gửi lại tệp Excel đã phát.",
    )

    FILE_IS_CSV = warning(
        "tep-csv",
        "Đây là bảng dạng chữ (CSV), không còn các dấu nhận biết của phiếu.",
        "Xin đơn vị gửi lại tệp Excel đã phát, không lưu thành CSV.",
    )

    FILE_IS_TEXT = warning(
        "tep-chu",
        "Đây là tệp văn bản thuần, không phải bảng tính.",
        "Mở xem đơn vị viết gì; xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_LINK = warning(
        "loi-tat",
        "Đây chỉ là lối tắt; tệp thật ở máy hoặc trên mạng của đơn vị.",
        "Xin đơn vị gửi chính tệp Excel, không gửi lối tắt hay đường dẫn.",
    )

    FILE_IS_PROGRAM = warning(
        "tep-chuong-trinh",
        "Đây là chương trình máy tính, không phải phiếu.",
        "Đừng mở tệp này; báo cho người phụ trách công nghệ thông tin và hỏi lại đơn vị.",
    )

    ARCHIVE_OF_OTHER_KIND = warning(
        "tep-nen-khac",
        "Đây là {found}; chương trình chỉ mở được tệp nén .zip.",
        "Giải nén vào thư mục nhận về rồi chạy lại.",
    )

    ARCHIVE_IN_ARCHIVE = warning(
        "nen-trong-nen",
        "Tệp nén này nằm trong một tệp nén khác nên không được mở.",
        "Giải nén tệp bên ngoài vào thư mục nhận về rồi chạy lại.",
    )

    ARCHIVE_LOCKED = warning(
        "nen-co-mat-khau",
        "Tệp này nằm trong tệp nén có mật khẩu nên chưa đọc được.",
        "Chạy lại với --mat-khau ? rồi gõ mật khẩu; hoặc tự giải nén vào thư mục nhận về.",
    )

    ARCHIVE_WRONG_PASSWORD = warning(
        "nen-sai-mat-khau",
        "Không mật khẩu nào đã cho ({found}) mở được tệp này trong tệp nén.",
        "Hỏi lại đơn vị mật khẩu; hoặc tự giải nén vào thư mục nhận về.",
    )

    CONTAINER_TOO_MANY_FILES = warning(
        "goi-qua-nhieu-tep",
        "Gói này có {found} tệp, nhiều hơn mức cho phép ({expected}), nên không được đọc.",
        "Giải nén vào thư mục nhận về, bỏ những tệp không phải phiếu, rồi chạy lại.",
    )

    CONTAINER_EMPTY = warning(
        "goi-khong-co-tep",
        "Tệp nén này không có tệp nào bên trong.",
        "Hỏi lại đơn vị: có thể quên đính kèm phiếu.",
    )

    MESSAGE_WITHOUT_FILES = warning(
        "thu-khong-co-tep",
        "Thư này không có tệp đính kèm.",
        "Đọc nội dung thư: phiếu có thể ở một đường dẫn, hoặc đơn vị quên đính kèm.",
    )

    MESSAGE_IN_MESSAGE = warning(
        "thu-trong-thu",
        "Thư này nằm quá sâu trong các thư chuyển tiếp nên không được mở.",
        "Mở thư, lưu tệp đính kèm vào thư mục nhận về rồi chạy lại.",
    )

    FILE_IS_MAILBOX = warning(
        "hop-thu",
        "Đây là hộp thư gồm nhiều thư, không phải một thư.",
        "Lưu từng thư thành .eml, hoặc lưu các tệp đính kèm vào thư mục nhận về.",
    )

    FILE_IS_OUTLOOK_MESSAGE = warning(
        "thu-outlook",
        "Đây là thư lưu từ Outlook (.msg), chương trình không mở được.",
        "Mở bằng Outlook, lưu tệp đính kèm vào thư mục nhận về rồi chạy lại.",
    )

    FILE_IS_WINMAIL = warning(
        "winmail",
        "Outlook của người gửi gói các tệp đính kèm vào winmail.dat, chương trình không mở được.",
        "Xin đơn vị gửi lại thư dạng HTML hoặc văn bản thuần (không phải Rich Text), hoặc gửi qua "
        "USB.",
    )

    SIGNED_NOT_OPENED = warning(
        "ky-so-khong-mo-duoc",
        "Tệp này được gói trong chữ ký số (.p7m); chương trình không lấy được tệp bên trong "
        "({found}).",
        "Mở bằng phần mềm ký số của cơ quan, lưu phiếu bên trong vào thư mục nhận về rồi chạy lại; "
        "hoặc xin đơn vị gửi chính tệp Excel, không gói trong chữ ký.",
    )

    CONTENT_ENCRYPTED = warning(
        "tep-ma-hoa",
        "Tệp hoặc thư này được mã hoá cho riêng người nhận (S/MIME, .p7m), chương trình không mở "
        "được.",
        "Mở bằng chương trình thư hoặc phần mềm ký số có khoá của người nhận, lưu phiếu bên trong "
        "vào thư mục nhận về rồi chạy lại.",
    )

    LINK_INSTEAD_OF_FILE = warning(
        "duong-dan-thay-tep",
        "Thư của {about} không kèm phiếu mà có đường dẫn tới tệp trên {found}: {candidates}. "
        "Chương trình không tải gì từ đường dẫn.",
        "Xin đơn vị gửi chính tệp Excel; hoặc, nếu tin đường dẫn, tải tệp về bằng trình duyệt và "
        "để vào thư mục nhận về.",
    )

    MESSAGE_IS_REPORT = note(
        "thu-cua-may-chu",
        "Đây là thư báo tự động của máy chủ thư (báo trả lại, báo đã đọc), không phải thư nộp "
        "phiếu; tệp kèm trong đó là của thư đã gửi đi.",
        "Chạy {cchc} nhan để thư báo trả lại được ghi vào sổ.",
    )

    RETURN_IN_AUTOMATIC_ANSWER = warning(
        "phieu-trong-thu-tu-dong",
        "Phiếu này nằm trong một thư trả lời tự động, không do ai nộp, nên không được tính.",
        "Mở thư xem; nếu đúng là đơn vị nộp thì lưu phiếu vào thư mục nhận về.",
    )

    RETURN_WITH_MACROS = warning(
        "phieu-co-macro",
        "Bảng tính này có {found}; phiếu được phát không có. Chương trình chỉ đọc các ô, không "
        "chạy gì trong đó.",
        "Đừng bấm Enable Content khi mở bằng Excel; hỏi đơn vị vì sao có, xin bản .xlsx nếu cần.",
    )

    RETURN_WITH_LINKS = note(
        "phieu-lien-ket-ngoai",
        "Bảng tính này có liên kết tới bảng tính khác; chương trình đọc các giá trị đã lưu, không "
        "mở tệp được liên kết.",
        "Đừng bấm Update khi mở bằng Excel; số nào đáng ngờ thì hỏi đơn vị.",
    )

    COMPANION_FILE = note(
        "tep-kem-theo",
        "Tệp này ({found}) đi cùng phiếu trong một gói nên không được đọc điểm.",
        "Lưu cùng tài liệu kiểm chứng nếu cần.",
    )

    WRONG_PASSWORD = warning(
        "mat-khau-sai",
        "Không mật khẩu nào đã cho ({found}) mở được tệp này.",
        "Hỏi lại đơn vị mật khẩu, hoặc xin bản không khoá.",
    )

    LOCKS_TAKE_LONG = warning(
        "mo-khoa-qua-lau",
        "Tệp này bị khoá bằng mật khẩu; thử mật khẩu cho các tệp gửi cùng đã quá lâu nên dừng lại.",
        "Tách các tệp ra thư mục nhận về, cho ít mật khẩu hơn, rồi chạy lại; hoặc mở bằng Excel, "
        "bỏ mật khẩu rồi lưu lại.",
    )

    LOCK_UNKNOWN = warning(
        "khoa-la",
        "Tệp này bị khoá bằng mật khẩu theo cách chương trình không mở được ({found}).",
        "Mở bằng mật khẩu, bỏ khoá rồi lưu lại; hoặc xin đơn vị gửi lại bản không khoá.",
    )
