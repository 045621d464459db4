"""What is found in messages that came in, before a return in them is read."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class MailInCodes:
    MAILBOX_NOT_NAMED = error(
        "chua-khai-hop-thu",
        "Chưa có tệp thu.toml với phần [nhan], nên không biết đọc hộp thư nào.",
        "Khai máy chủ thư theo mẫu ở docs/nhan-thu.md; hoặc lưu các thư vào một thư mục rồi chạy "
        "với --tep THƯ_MỤC.",
    )

    SENDER_UNKNOWN = warning(
        "nguoi-gui-la",
        "Phiếu của {about} đến từ “{found}”, không phải địa chỉ đã ghi của đơn vị này "
        "({candidates}). Phiếu vẫn được lưu thành “{expected}”.",
        "Hỏi lại đơn vị trước khi tổng hợp. Đúng thì thêm địa chỉ này vào cột Email hoặc Email "
        "đồng gửi ở trang Đơn vị; không đúng thì bỏ tệp đó ra khỏi thư mục nhận về.",
    )

    SENDER_OF_OTHER_UNIT = warning(
        "nguoi-gui-don-vi-khac",
        "Phiếu của {about} đến từ “{found}”, là địa chỉ của {candidates}. Phiếu vẫn được lưu thành "
        "“{expected}”.",
        "Hỏi lại cả hai đơn vị: có thể một đơn vị gửi hộ, hoặc điền nhầm phiếu của đơn vị khác. "
        "Không đúng thì bỏ tệp đó ra khỏi thư mục nhận về.",
    )

    SENDER_MISSING = warning(
        "khong-ro-nguoi-gui",
        "Phiếu của {about} đến trong một thư không ghi đúng một người gửi. Phiếu vẫn được lưu "
        "thành “{expected}”.",
        "Hỏi lại đơn vị trước khi tổng hợp; không đúng thì bỏ tệp đó ra khỏi thư mục nhận về.",
    )

    SENDER_NOT_AUTHENTIC = warning(
        "nguoi-gui-khong-xac-thuc",
        "Phiếu của {about} đến trong thư ghi người gửi là “{found}”, nhưng máy chủ nhận thư xác "
        "định thư không phải do tên miền ấy gửi ({candidates}): có thể là thư giả. Phiếu vẫn được "
        "lưu thành “{expected}” và chờ xác nhận.",
        "Gọi điện hỏi đơn vị. Đúng thì ghi lại: {cchc} so xu-ly, tên tệp đã lưu, --dung-nguoi-gui; "
        "không đúng thì bỏ tệp đó ra khỏi thư mục nhận về.",
    )

    APPRAISAL_BY_MAIL = warning(
        "tham-dinh-qua-thu",
        "Bảng thẩm định này đến qua thư của “{found}”; chương trình không biết ai là người thẩm "
        "định. Bảng vẫn được lưu thành “{expected}”.",
        "Hỏi lại người thẩm định trước khi tổng hợp; không đúng thì bỏ tệp đó ra khỏi thư mục nhận "
        "về.",
    )

    UNCONFIRMED_RETURN = warning(
        "phieu-cho-xac-nhan",
        "Phiếu này của {about} do “{found}” gửi qua thư; chưa ai xác nhận người gửi. Phiếu vẫn "
        "được tính.",
        "Hỏi lại đơn vị. Đúng thì ghi lại: {cchc} so xu-ly, tên tệp này, --dung-nguoi-gui (hoặc "
        "thêm địa chỉ đó vào cột Email đồng gửi ở trang Đơn vị); không đúng thì để tệp sang "
        "bên (lệnh so de-sang-ben).",
    )

    UNCONFIRMED_NOT_COUNTED = warning(
        "phieu-la-khong-tinh",
        "Phiếu này của {about} do “{found}” gửi qua thư, chưa ai xác nhận người gửi, và khác với "
        "phiếu {expected}. Phiếu {expected} được tính, phiếu này thì không.",
        "Hỏi lại đơn vị. Muốn tính phiếu này thì ghi lại: {cchc} so xu-ly, tên tệp này, "
        "--dung-nguoi-gui; không đúng thì để tệp sang bên (lệnh so de-sang-ben).",
    )

    UNCONFIRMED_APPRAISAL = warning(
        "tham-dinh-cho-xac-nhan",
        "Bảng thẩm định này do “{found}” gửi qua thư; chưa ai xác nhận người gửi. Bảng vẫn được "
        "tính.",
        "Hỏi lại người thẩm định. Đúng thì ghi lại: {cchc} so xu-ly, tên tệp này, "
        "--dung-nguoi-gui; không đúng thì để tệp sang bên (lệnh so de-sang-ben).",
    )

    MESSAGE_TOO_LARGE = warning(
        "thu-qua-lon",
        "Thư “{about}” lớn {found}, quá mức cho phép ({expected}), nên không được tải về.",
        "Mở thư trong hộp thư; nếu có phiếu đính kèm thì lưu phiếu vào thư mục nhận về.",
    )

    MESSAGE_REFUSED = warning(
        "thu-khong-tai-duoc",
        "Máy chủ không đưa thư này ra (“{found}”); các thư khác vẫn được lấy.",
        "Mở thư trong hộp thư; nếu có phiếu đính kèm thì lưu phiếu vào thư mục nhận về. Lần chạy "
        "sau thư này được hỏi lại.",
    )

    MESSAGE_UNREADABLE = warning(
        "eml-khong-doc-duoc",
        "Tệp này mang tên của một thư, nhưng bên trong không phải là thư, hoặc đã hỏng từ đầu.",
        "Nếu là thư của đơn vị, mở thư trong chương trình thư và lưu lại, hoặc lưu thẳng phiếu "
        "đính kèm vào thư mục nhận về.",
    )

    NOT_A_MESSAGE = note(
        "khong-phai-thu",
        "Đây không phải thư (.eml) mà là {found}, nên được bỏ qua.",
        "Phiếu, tệp nén .zip thì chép thẳng vào thư mục nhận về.",
    )

    RETURN_TAKEN_AWAY = note(
        "phieu-da-bo-ra",
        "Phiếu này đã được lưu từ trước thành “{found}” và sau đó có người bỏ ra khỏi thư mục nhận "
        "về, nên không được lưu lại.",
        "Nếu bỏ nhầm, mở thư và lưu phiếu vào thư mục nhận về.",
    )

    MAIL_BOUNCED = warning(
        "thu-bi-tra-lai",
        "Thư {expected} gửi {about} bị trả lại: {found}. Đơn vị chưa nhận được, và chương trình "
        "không tự gửi lại tới địa chỉ ấy.",
        "Sửa địa chỉ ở trang “Đơn vị” của dot-cham.xlsx rồi chạy gui, hoặc giao cách khác rồi ghi "
        "bằng {cchc} so ghi. Địa chỉ vẫn đúng và nay đã nhận thư thì chạy gui --gui-lai --chi MÃ.",
    )

    MAIL_BOUNCED_IN_PART = warning(
        "thu-bi-tra-lai-mot-phan",
        "Thư {expected} gửi {about} bị trả lại ở một địa chỉ: {found}. Các địa chỉ khác của đơn vị "
        "không bị trả lại, nên thư được tính là đã đến.",
        "Hỏi đơn vị, rồi sửa địa chỉ ở trang “Đơn vị” của dot-cham.xlsx.",
    )

    MAIL_DELAYED = note(
        "thu-bi-cham",
        "Thư {expected} gửi {about} chưa tới nơi: {found}. Máy chủ còn thử giao tiếp.",
        "Đợi; nếu cuối cùng không giao được, máy chủ sẽ báo trả lại và {cchc} nhan sẽ ghi nhận.",
    )

    OTHER_MAIL_BOUNCED = warning(
        "thu-khac-bi-tra-lai",
        "Máy chủ thư báo một thư tới địa chỉ của {about} bị trả lại ({found}), nhưng không nói đó "
        "là thư nào đã ghi trong sổ.",
        "Mở thư báo xem đó là thư gì; kiểm tra địa chỉ ở trang “Đơn vị” của dot-cham.xlsx.",
    )
