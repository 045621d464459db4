"""What is found about the register, and in what is about to be sent."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class MailOutCodes:
    REGISTER_NOT_WRITTEN = note(
        "so-khong-ghi-duoc",
        "Việc vừa làm không được ghi vào sổ theo dõi ({found}).",
        "Việc ấy vẫn đã làm xong. Muốn sổ biết, chạy lại khi ghi được vào thư mục của đợt chấm; "
        "phiếu nhận hôm trước thì ghi cả ngày nhận.",
    )

    REGISTER_NOT_READ = warning(
        "so-khong-doc-duoc",
        "Không xem được sổ theo dõi ({found}), nên không biết đã đôn đốc đơn vị nào mấy lần, phiếu "
        "nào có người gửi chưa được xác nhận.",
        "Nếu đã đôn đốc rồi, thêm --lan 2 (3, …) vào lệnh don-doc. Phiếu lấy từ thư thì hỏi lại "
        "người gửi.",
    )

    REGISTER_ON_NETWORK = note(
        "so-o-mang",
        "Sổ theo dõi nằm trên ổ đĩa mạng, nên được ghi theo lối chậm mà chắc hơn.",
        "Không cần làm gì; mỗi lúc chỉ nên có một người chạy lệnh gửi, nhận.",
    )

    REGISTER_LACKS_MAIL = warning(
        "so-thieu-thu-da-gui",
        "Sổ theo dõi không biết {found} thư mà nhật ký gửi và bản sao các thư đã gửi cho thấy, gửi "
        "cho: {expected}. Sổ đã bị xoá, bị thay bằng bản cũ, hoặc máy tắt giữa chừng. Các thư đó "
        "vẫn được tính, không thư nào tự gửi lại.",
        "Chạy {cchc} so dung-lai: sổ có lại các thư đó, và lệnh nói những gì sổ không còn biết.",
    )

    REGISTER_GONE = warning(
        "so-khong-con",
        "Không có sổ theo dõi, dù thư mục kết quả {about} đã có văn bản của đợt này ({found}). Sổ "
        "đã bị xoá, chuyển đi, hay trước đây không ghi được; không tìm thấy dấu vết thư nào đã gửi "
        "bằng lệnh gui.",
        "Lấy lại bản sao lưu của cchc.sqlite nếu có. Nếu đã gửi, giao bằng cách khác, ghi lại bằng "
        "{cchc} so ghi trước khi gửi.",
    )

    JOURNAL_UNREADABLE = warning(
        "nhat-ky-khong-doc-duoc",
        "Nhật ký gửi có dòng không đọc được (dòng {found}): có lẽ tệp đã bị sửa. Chưa rõ những "
        "dòng đó nói đã gửi thư nào, nên chưa gửi thật thư nào nữa.",
        "Lấy lại bản sao lưu của tệp này. Không có thì xem thư mục thu/da-gui, ghi những nơi đã "
        "nhận bằng {cchc} so ghi, rồi chạy {cchc} so dung-lai để cất tệp cũ đi và làm lại nhật ký.",
    )

    JOURNAL_NOT_WRITTEN = warning(
        "nhat-ky-khong-ghi-duoc",
        "Đã ghi vào sổ theo dõi, nhưng không ghi được vào nhật ký gửi ({found}).",
        "Đóng chương trình đang mở tệp này, xem đĩa còn chỗ không; lệnh sau ghi được thì tự ghi "
        "bù.",
    )

    MAIL_SETTINGS_MISSING = error(
        "thu-chua-co-thiet-lap",
        "Chưa có tệp thu.toml với {found}, nên chưa gửi được thư.",
        "Tạo thu.toml cạnh dot-cham.xlsx theo mẫu ở docs/gui-thu.md.",
    )

    MAIL_SETTINGS_UNREADABLE = error(
        "thu-khong-doc-duoc",
        "Không đọc được tệp này ({found}).",
        'Mỗi dòng một mục, chữ đặt trong dấu nháy kép, ví dụ: may_chu = "smtp.so.gov.vn"; lưu tệp '
        "với mã UTF-8.",
    )

    MAIL_SETTING_BAD = error(
        "thu-muc-sai",
        "Mục {about} = “{found}” không dùng được; cần {expected}.",
        "Sửa lại mục này trong thu.toml.",
    )

    MAIL_SETTING_UNKNOWN = warning(
        "thu-muc-la",
        "Không có mục nào tên “{found}”. Gần giống: {candidates}.",
        "Sửa tên mục; danh sách ở docs/gui-thu.md.",
    )

    MAIL_PASSWORD_IN_FILE = error(
        "thu-co-mat-khau",
        "Mục {about} giống như một mật khẩu. Mật khẩu không được nằm trong tệp của đợt chấm, nơi "
        "nhiều người đọc được.",
        "Xoá dòng đó, đổi mật khẩu nếu tệp đã được gửi cho ai, rồi chạy lại: chương trình hỏi mật "
        "khẩu khi gửi, hoặc lấy từ kho mật khẩu của máy.",
    )

    MAIL_PAPER_MISSING = error(
        "thu-thieu-van-ban",
        "Chưa có {found} của {about}, nên chưa gửi cho đơn vị này.",
        "Chạy {expected} với cùng thư mục kết quả (-o), rồi gửi lại.",
    )

    MAIL_PAPER_OF_OTHER = error(
        "thu-van-ban-noi-khac",
        "Tệp này không chắc là của {about}: {found}. Chưa gửi gì cho đơn vị này.",
        "Mở tệp ra xem; nếu đã chép nhầm, xoá nó rồi chạy {expected} để làm lại.",
    )

    MAIL_PAPER_OUTDATED = error(
        "thu-van-ban-cu",
        "Tệp này làm từ bản dot-cham.xlsx, mẫu hoặc phiếu gửi về trước đây; làm bây giờ sẽ khác. "
        "Chưa gửi cho {about}.",
        "Chạy {expected} để làm lại, rồi gửi.",
    )

    MAIL_PAPER_EDITED = warning(
        "thu-van-ban-da-sua",
        "Tệp này đã được sửa tay sau khi chương trình tạo ra; bản sửa tay được gửi cho {about}.",
        "Xem lại một lần nữa trước khi gửi.",
    )

    MAIL_PAPER_EDITED_OLD = error(
        "thu-van-ban-sua-tren-ban-cu",
        "Tệp này được sửa tay trên một bản cũ; làm bây giờ sẽ khác. Chưa gửi cho {about}.",
        "Chạy {expected}, so với bản mới nằm bên cạnh rồi giữ một; hoặc thêm --ban-sua để gửi bản "
        "sửa tay như nó đang có.",
    )

    MAIL_PDF_OUTDATED = error(
        "thu-pdf-cu",
        "Bản PDF này do chương trình làm ra từ một bản cũ của công văn gửi {about}. Chưa gửi cho "
        "đơn vị này.",
        "Xoá bản PDF để gửi không có nó, hoặc chạy {expected} --pdf để làm lại.",
    )

    MAIL_SIGNED_COPY = note(
        "thu-ban-da-ky",
        "Bản PDF này do người đặt vào, được gửi cho {about} thay bản Word.",
        "Xem đã đủ số, ngày, chữ ký, dấu chưa.",
    )

    SIGNED_UNPLACED = warning(
        "ban-da-ky-cua-ai",
        "Chưa biết tệp này là công văn gửi đơn vị nào: {found}.",
        "Xem có đúng bản đã ký không; đúng thì đặt tên như bản Word, ví dụ {expected}, rồi đưa vào "
        "lại.",
    )

    MAIL_SCAN = error(
        "thu-ban-quet",
        "Bản PDF đặt cạnh công văn gửi {about} {found}, nên chưa biết có đúng là công văn ấy "
        "không. Chưa gửi cho đơn vị này.",
        "Mở ra xem; đúng là công văn đã ký gửi đơn vị này thì thêm --ban-quet, không phải thì "
        "chuyển nó đi nơi khác.",
    )

    MAIL_PDF_DIFFERS = error(
        "thu-pdf-khac",
        "Bản PDF đặt cạnh công văn gửi {about} {found}. Chưa gửi cho đơn vị này.",
        "Có thể là bản của đơn vị khác, hoặc ký trên một bản khác: mở cả hai ra so, đặt vào đúng "
        "bản đã ký của công văn này, hoặc chuyển bản PDF đi nơi khác để gửi không có nó.",
    )

    MAIL_NO_ADDRESS = warning(
        "thu-thieu-dia-chi",
        "{about} chưa có địa chỉ thư điện tử, nên chưa gửi cho đơn vị này.",
        "Điền cột Email ở trang “Đơn vị” của dot-cham.xlsx; nếu giao bằng cách khác, ghi lại bằng "
        "{cchc} so ghi.",
    )

    MAIL_BAD_ADDRESS = error(
        "thu-dia-chi-sai",
        "Địa chỉ “{found}” của {about} {expected}. Chưa gửi gì cho đơn vị này.",
        "Sửa ở trang “Đơn vị” của dot-cham.xlsx.",
    )

    MAIL_ADDRESS_SHARED = warning(
        "thu-chung-dia-chi",
        "Nhiều đơn vị chung một địa chỉ “{found}”: {candidates}.",
        "Nếu không cố ý, sửa ở trang “Đơn vị” của dot-cham.xlsx trước khi gửi.",
    )

    MAIL_TOO_LARGE = error(
        "thu-gui-qua-lon",
        "Thư cho {about} nặng {found}, quá mức {expected}. Chưa gửi cho đơn vị này.",
        "Bỏ bớt bản PDF, hoặc nâng mức thu_lon_nhat_mb trong thu.toml nếu máy chủ thư cho phép.",
    )

    MAIL_UNCLEAR = warning(
        "thu-khong-ro",
        "Không rõ thư gửi {about} lúc {expected} (Message-ID: {found}) đã đến hay chưa, nên không "
        "gửi lại.",
        "Hỏi đơn vị, hoặc tìm trong mục thư đã gửi; rồi ghi lại bằng {cchc} so xu-ly, với --da-gui "
        "hoặc --chua-gui.",
    )

    MAIL_OTHER_VERSION_SENT = warning(
        "thu-da-gui-ban-khac",
        "{about} đã được gửi bản trước lúc {found}; nội dung nay đã đổi, nhưng bản mới không tự "
        "gửi.",
        "Nếu cần gửi cả bản mới, chạy lại với --gui-lai --chi {expected}.",
    )

    MAIL_HANDED_OVER = note(
        "thu-da-giao",
        "{about} đã được giao bằng cách khác ({found}), nên không gửi thư.",
        "Nếu vẫn muốn gửi, chạy lại với --gui-lai --chi {expected}.",
    )

    MAIL_REMINDED_RECENTLY = note(
        "thu-vua-don-doc",
        "{about} đã được đôn đốc lần {found} ngày {expected}, chưa đến lúc đôn đốc nữa.",
        "Đợi thêm; số ngày giữa hai lần là cach_ngay_don_doc trong thu.toml.",
    )

    REMINDER_OLD = warning(
        "don-doc-da-cu",
        "Công văn đôn đốc cho {about} làm ngày {found}, ghi tình hình đến ngày ấy; hôm nay là "
        "{expected}.",
        "Bản đã ký thì cứ gửi; chưa ký thì chạy {cchc} don-doc để làm lại theo hôm nay.",
    )

    REMINDER_NOT_DUE = note(
        "chua-den-luc-don-doc",
        "Đơn vị còn nợ mà lần này không được đôn đốc: {found}; hạn nộp: {about}, chỉ nhắc "
        "{expected}.",
        "Muốn làm công văn cho mọi nơi còn nợ thì chạy lại, không ghi --truoc-han, --qua-han.",
    )

    MAIL_ADDRESS_REFUSED = warning(
        "thu-dia-chi-bi-tu-choi",
        "Máy chủ không nhận thư cho {about}: “{found}”.",
        "Kiểm tra địa chỉ ở trang “Đơn vị” của dot-cham.xlsx, sửa rồi chạy lại: chỉ những thư chưa "
        "đi được gửi.",
    )

    MAIL_LEFT = warning(
        "thu-con-lai",
        "Thư cho {about} chưa đi: {found}.",
        "Chạy lại lệnh này sau; chỉ những thư chưa đi được gửi.",
    )

    MAIL_NOT_NOTED = warning(
        "thu-chua-ghi-lai-duoc",
        "Thư cho {about}: {found}; nhưng không ghi lại được điều đó vào {expected}.",
        "Đừng gửi lại. Xem đĩa còn chỗ, thư mục còn ghi được không, rồi chạy {cchc} so dung-lai.",
    )

    MAIL_DEADLINE_OVER = warning(
        "thu-han-nop-da-qua",
        "Thư giao việc ghi hạn nộp {found}, mà hạn ấy đã qua, tính đến ngày {expected}.",
        "Đúng là giao chậm thì sửa “Hạn nộp” ở trang Thông tin, làm lại văn bản rồi gửi; hạn vẫn "
        "như cũ thì gửi.",
    )

    MAIL_DRAFTS_LEFT = warning(
        "thu-soan-con-lai",
        "Đã gửi xong, nhưng không dọn được bản soạn của các thư đã gửi ({found}).",
        "Xoá bằng tay các bản soạn của thư đã gửi trong thư mục {expected}; đừng gửi chúng nữa.",
    )

    TRIAL_NOT_SENT = error(
        "thu-thu-khong-gui-duoc",
        "Không gửi thử được: {found}.",
        "{expected}",
    )

    MAIL_NOT_CONNECTED = error(
        "thu-khong-noi-duoc",
        "Không nối được: {found}.",
        "{expected}",
    )

    MAIL_STOPPED = error(
        "thu-dung-gui",
        "Đã dừng gửi: {found}.",
        "{expected} Sau đó chạy lại: chỉ những thư chưa đi được gửi.",
    )
