"""What is found of a file that came back before it is opened as a form: its kind, its wrapping."""

from __future__ import annotations

from cchc_office.catalogue._code import ERROR, NOTE, WARNING, FindingCode


class IncomingFileCodes:
    FOLDER_NOT_READ = FindingCode(
        "thu-muc-khong-doc-duoc",
        ERROR,
        "Không xem được trong thư mục hoặc liên kết này có gì ({found}).",
        "Xin quyền mở, nối lại ổ mạng, hoặc bỏ liên kết hỏng, rồi chạy lại.",
    )

    FILE_NOT_FOUND = FindingCode(
        "tep-khong-thay",
        ERROR,
        "Không thấy tệp này.",
        "Xem lại tên và thư mục; tệp có thể vừa được chuyển hoặc xoá.",
    )

    FILE_NOT_OPENED = FindingCode(
        "tep-khong-mo-duoc",
        ERROR,
        "Máy không cho mở tệp này ({found}).",
        "Đóng tệp nếu đang mở trong Excel, xem quyền đọc tệp, rồi chạy lại.",
    )

    NOT_A_FILE = FindingCode(
        "khong-phai-tep",
        WARNING,
        "Đây là thư mục hoặc thiết bị, không phải tệp, nên không được đọc.",
        "Chỉ ra các tệp trong đó.",
    )

    FILE_EMPTY = FindingCode(
        "tep-rong",
        WARNING,
        "Tệp này rỗng: chép hoặc tải về chưa thành công.",
        "Chép lại từ thư hoặc USB; nếu vẫn rỗng, xin đơn vị gửi lại.",
    )

    FILE_TRUNCATED = FindingCode(
        "tep-cut",
        WARNING,
        "Tệp này bị cắt cụt: chép hoặc tải về chưa hết.",
        "Chép lại từ thư hoặc USB; nếu vẫn vậy, xin đơn vị gửi lại.",
    )

    FILE_IS_OLD_EXCEL = FindingCode(
        "excel-truoc-chin-lam",
        WARNING,
        "Đây là {found}, chương trình không đọc được.",
        "Mở bằng Excel, lưu thành .xlsx (Save As, Excel Workbook), để bản mới vào thư mục nhận về.",
    )

    FILE_IS_EXCEL_XML = FindingCode(
        "excel-xml",
        WARNING,
        "Đây là bảng tính lưu dạng XML của Excel 2003, chương trình không đọc được.",
        "Mở bằng Excel, lưu thành .xlsx (Save As, Excel Workbook), để bản mới vào thư mục nhận về.",
    )

    FILE_IS_FLAT_ODS = FindingCode(
        "ods-xml",
        WARNING,
        "Đây là bảng tính OpenDocument dạng XML (.fods), chương trình không đọc được.",
        "Mở bằng LibreOffice, lưu thành .xlsx hoặc .ods, để bản mới vào thư mục nhận về.",
    )

    FILE_IS_APPLE = FindingCode(
        "tep-apple",
        WARNING,
        "Đây là tệp của Numbers hoặc Pages trên máy Apple, không phải tệp Excel.",
        "Xin đơn vị xuất sang Excel (File, Export To, Excel) rồi gửi lại.",
    )

    FILE_IS_WORD = FindingCode(
        "tep-word",
        WARNING,
        "Đây là văn bản Word, không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_OLD_WORD = FindingCode(
        "tep-word-cu",
        WARNING,
        "Đây là văn bản Word cũ (.doc hoặc .rtf), không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_ODT = FindingCode(
        "tep-odt",
        WARNING,
        "Đây là văn bản OpenDocument (.odt), không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_POWERPOINT = FindingCode(
        "tep-trinh-chieu",
        WARNING,
        "Đây là bản trình chiếu, không phải bảng tính.",
        "Xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_PDF = FindingCode(
        "tep-pdf",
        WARNING,
        "Đây là tệp PDF, không đọc được điểm từ đó.",
        "Xin đơn vị gửi bản Excel; bản PDF chỉ để đối chiếu.",
    )

    FILE_IS_PICTURE = FindingCode(
        "tep-anh",
        WARNING,
        "Đây là ảnh chụp hoặc bản quét, không đọc được điểm từ đó.",
        "Xin đơn vị gửi bản Excel; ảnh chỉ để đối chiếu.",
    )

    FILE_IS_HTML = FindingCode(
        "trang-web",
        WARNING,
        "Đây là trang web (HTML), dù tên có thể là .xls.",
        "Mở bằng Excel xem có đúng là phiếu không; xin đơn vị gửi lại tệp Excel đã phát.",
    )

    FILE_IS_CSV = FindingCode(
        "tep-csv",
        WARNING,
        "Đây là bảng dạng chữ (CSV), không còn các dấu nhận biết của phiếu.",
        "Xin đơn vị gửi lại tệp Excel đã phát, không lưu thành CSV.",
    )

    FILE_IS_TEXT = FindingCode(
        "tep-chu",
        WARNING,
        "Đây là tệp văn bản thuần, không phải bảng tính.",
        "Mở xem đơn vị viết gì; xin đơn vị gửi phiếu bằng tệp Excel đã phát.",
    )

    FILE_IS_LINK = FindingCode(
        "loi-tat",
        WARNING,
        "Đây chỉ là lối tắt; tệp thật ở máy hoặc trên mạng của đơn vị.",
        "Xin đơn vị gửi chính tệp Excel, không gửi lối tắt hay đường dẫn.",
    )

    FILE_IS_PROGRAM = FindingCode(
        "tep-chuong-trinh",
        WARNING,
        "Đây là chương trình máy tính, không phải phiếu.",
        "Đừng mở tệp này; báo cho người phụ trách công nghệ thông tin và hỏi lại đơn vị.",
    )

    ARCHIVE_OF_OTHER_KIND = FindingCode(
        "tep-nen-khac",
        WARNING,
        "Đây là {found}; chương trình chỉ mở được tệp nén .zip.",
        "Giải nén vào thư mục nhận về rồi chạy lại.",
    )

    ARCHIVE_IN_ARCHIVE = FindingCode(
        "nen-trong-nen",
        WARNING,
        "Tệp nén này nằm trong một tệp nén khác nên không được mở.",
        "Giải nén tệp bên ngoài vào thư mục nhận về rồi chạy lại.",
    )

    ARCHIVE_LOCKED = FindingCode(
        "nen-co-mat-khau",
        WARNING,
        "Tệp này nằm trong tệp nén có mật khẩu nên chưa đọc được.",
        "Chạy lại với --mat-khau ? rồi gõ mật khẩu; hoặc tự giải nén vào thư mục nhận về.",
    )

    ARCHIVE_WRONG_PASSWORD = FindingCode(
        "nen-sai-mat-khau",
        WARNING,
        "Không mật khẩu nào đã cho ({found}) mở được tệp này trong tệp nén.",
        "Hỏi lại đơn vị mật khẩu; hoặc tự giải nén vào thư mục nhận về.",
    )

    CONTAINER_TOO_MANY_FILES = FindingCode(
        "goi-qua-nhieu-tep",
        WARNING,
        "Gói này có {found} tệp, nhiều hơn mức cho phép ({expected}), nên không được đọc.",
        "Giải nén vào thư mục nhận về, bỏ những tệp không phải phiếu, rồi chạy lại.",
    )

    CONTAINER_EMPTY = FindingCode(
        "goi-khong-co-tep",
        WARNING,
        "Tệp nén này không có tệp nào bên trong.",
        "Hỏi lại đơn vị: có thể quên đính kèm phiếu.",
    )

    MESSAGE_WITHOUT_FILES = FindingCode(
        "thu-khong-co-tep",
        WARNING,
        "Thư này không có tệp đính kèm.",
        "Đọc nội dung thư: phiếu có thể ở một đường dẫn, hoặc đơn vị quên đính kèm.",
    )

    MESSAGE_IN_MESSAGE = FindingCode(
        "thu-trong-thu",
        WARNING,
        "Thư này nằm quá sâu trong các thư chuyển tiếp nên không được mở.",
        "Mở thư, lưu tệp đính kèm vào thư mục nhận về rồi chạy lại.",
    )

    FILE_IS_MAILBOX = FindingCode(
        "hop-thu",
        WARNING,
        "Đây là hộp thư gồm nhiều thư, không phải một thư.",
        "Lưu từng thư thành .eml, hoặc lưu các tệp đính kèm vào thư mục nhận về.",
    )

    FILE_IS_OUTLOOK_MESSAGE = FindingCode(
        "thu-outlook",
        WARNING,
        "Đây là thư lưu từ Outlook (.msg), chương trình không mở được.",
        "Mở bằng Outlook, lưu tệp đính kèm vào thư mục nhận về rồi chạy lại.",
    )

    FILE_IS_WINMAIL = FindingCode(
        "winmail",
        WARNING,
        "Outlook của người gửi gói các tệp đính kèm vào winmail.dat, chương trình không mở được.",
        "Xin đơn vị gửi lại thư dạng HTML hoặc văn bản thuần (không phải Rich Text), hoặc gửi qua "
        "USB.",
    )

    SIGNED_NOT_OPENED = FindingCode(
        "ky-so-khong-mo-duoc",
        WARNING,
        "Tệp này được gói trong chữ ký số (.p7m); chương trình không lấy được tệp bên trong "
        "({found}).",
        "Mở bằng phần mềm ký số của cơ quan, lưu phiếu bên trong vào thư mục nhận về rồi chạy lại; "
        "hoặc xin đơn vị gửi chính tệp Excel, không gói trong chữ ký.",
    )

    CONTENT_ENCRYPTED = FindingCode(
        "tep-ma-hoa",
        WARNING,
        "Tệp hoặc thư này được mã hoá cho riêng người nhận (S/MIME, .p7m), chương trình không mở "
        "được.",
        "Mở bằng chương trình thư hoặc phần mềm ký số có khoá của người nhận, lưu phiếu bên trong "
        "vào thư mục nhận về rồi chạy lại.",
    )

    LINK_INSTEAD_OF_FILE = FindingCode(
        "duong-dan-thay-tep",
        WARNING,
        "Thư của {about} không kèm phiếu mà có đường dẫn tới tệp trên {found}: {candidates}. "
        "Chương trình không tải gì từ đường dẫn.",
        "Xin đơn vị gửi chính tệp Excel; hoặc, nếu tin đường dẫn, tải tệp về bằng trình duyệt và "
        "để vào thư mục nhận về.",
    )

    MESSAGE_IS_REPORT = FindingCode(
        "thu-cua-may-chu",
        NOTE,
        "Đây là thư báo tự động của máy chủ thư (báo trả lại, báo đã đọc), không phải thư nộp "
        "phiếu; tệp kèm trong đó là của thư đã gửi đi.",
        "Chạy cchc nhan để thư báo trả lại được ghi vào sổ.",
    )

    RETURN_IN_AUTOMATIC_ANSWER = FindingCode(
        "phieu-trong-thu-tu-dong",
        WARNING,
        "Phiếu này nằm trong một thư trả lời tự động, không do ai nộp, nên không được tính.",
        "Mở thư xem; nếu đúng là đơn vị nộp thì lưu phiếu vào thư mục nhận về.",
    )

    RETURN_WITH_MACROS = FindingCode(
        "phieu-co-macro",
        WARNING,
        "Bảng tính này có {found}; phiếu được phát không có. Chương trình chỉ đọc các ô, không "
        "chạy gì trong đó.",
        "Đừng bấm Enable Content khi mở bằng Excel; hỏi đơn vị vì sao có, xin bản .xlsx nếu cần.",
    )

    RETURN_WITH_LINKS = FindingCode(
        "phieu-lien-ket-ngoai",
        NOTE,
        "Bảng tính này có liên kết tới bảng tính khác; chương trình đọc các giá trị đã lưu, không "
        "mở tệp được liên kết.",
        "Đừng bấm Update khi mở bằng Excel; số nào đáng ngờ thì hỏi đơn vị.",
    )

    COMPANION_FILE = FindingCode(
        "tep-kem-theo",
        NOTE,
        "Tệp này ({found}) đi cùng phiếu trong một gói nên không được đọc điểm.",
        "Lưu cùng tài liệu kiểm chứng nếu cần.",
    )

    WRONG_PASSWORD = FindingCode(
        "mat-khau-sai",
        WARNING,
        "Không mật khẩu nào đã cho ({found}) mở được tệp này.",
        "Hỏi lại đơn vị mật khẩu, hoặc xin bản không khoá.",
    )

    LOCKS_TAKE_LONG = FindingCode(
        "mo-khoa-qua-lau",
        WARNING,
        "Tệp này bị khoá bằng mật khẩu; thử mật khẩu cho các tệp gửi cùng đã quá lâu nên dừng lại.",
        "Tách các tệp ra thư mục nhận về, cho ít mật khẩu hơn, rồi chạy lại; hoặc mở bằng Excel, "
        "bỏ mật khẩu rồi lưu lại.",
    )

    LOCK_UNKNOWN = FindingCode(
        "khoa-la",
        WARNING,
        "Tệp này bị khoá bằng mật khẩu theo cách chương trình không mở được ({found}).",
        "Mở bằng mật khẩu, bỏ khoá rồi lưu lại; hoặc xin đơn vị gửi lại bản không khoá.",
    )
