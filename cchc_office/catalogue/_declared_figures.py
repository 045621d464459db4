"""What is found of the figures that a unit declares in its form, from which scores follow."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class DeclaredFiguresCodes:
    DECLARED_MISSING = warning(
        "thieu-so-lieu",
        "{about} chưa có số liệu kê khai.",
        "Nhắc đơn vị bổ sung; ô trống không được tính là 0.",
        "chưa có số liệu kê khai",
    )

    DECLARED_INCOMPLETE = warning(
        "so-lieu-chua-du",
        "{about} mới kê khai một phần số liệu: đã có {found}, còn trống cột “{expected}”.",
        "Nhắc đơn vị bổ sung; dòng này chưa được tính điểm.",
        "số liệu kê khai chưa đủ: đã có {found}, còn trống cột “{expected}”",
    )

    DECLARED_UNREADABLE = warning(
        "so-lieu-khong-ro",
        "Không rõ “{found}” ở ô số liệu kê khai của {about}.",
        "Hỏi lại đơn vị; dòng này chưa được tính điểm. Ô này cần {expected}",
        "số liệu kê khai ghi “{found}”, không rõ nghĩa",
    )

    DECLARED_WITHOUT_VALUE = warning(
        "so-lieu-khong-co-ket-qua",
        "Ô số liệu kê khai của {about} là công thức hoặc lỗi {found}, không có kết quả để đọc.",
        "Xin đơn vị gõ thẳng số liệu vào ô này rồi gửi lại; dòng này chưa được tính điểm.",
        "ô số liệu kê khai là công thức hoặc báo lỗi {found}",
    )

    DECLARED_READ_FROM_TEXT = note(
        "so-lieu-go-chu",
        "Số liệu kê khai của {about} được gõ dạng chữ “{found}”, đã đọc là {expected}.",
        "Không cần làm gì nếu đọc đúng.",
    )

    DECLARED_NEGATIVE = warning(
        "so-lieu-am",
        "Số liệu kê khai {found} của {about} là số âm.",
        "Hỏi lại đơn vị; dòng này chưa được tính điểm.",
        "số liệu kê khai {found} là số âm",
    )

    DECLARED_NOT_WHOLE = warning(
        "so-lieu-khong-nguyen",
        "Số liệu kê khai {found} của {about} không phải số nguyên, trong khi cách chấm đếm số "
        "lượng.",
        "Hỏi lại đơn vị; dòng này chưa được tính điểm.",
        "số liệu kê khai {found} không phải số nguyên",
    )

    DECLARED_DAY_TO_COME = warning(
        "ngay-ke-khai-chua-den",
        "{about}: ngày kê khai {found} chưa đến (tổng hợp tính đến ngày {expected}); điểm vẫn được "
        "tính theo ngày này.",
        "Hỏi lại đơn vị: có thể ghi nhầm ngày, tháng, năm, hoặc ghi ngày dự kiến. Tổng hợp cho một "
        "ngày khác thì thêm --ngay.",
        "ngày kê khai {found} chưa đến; chỉ ghi ngày đã hoàn thành",
    )

    DECLARED_ABOVE_TOTAL = warning(
        "so-lieu-vuot-tong-so",
        "{about}: số liệu kê khai {found} lớn hơn tổng số {expected}; điểm được tính như đạt 100%.",
        "Hỏi lại đơn vị xem hai số này có bị ghi nhầm hay đổi chỗ không.",
        "số liệu kê khai {found} lớn hơn tổng số {expected}",
    )

    DECLARED_TOGETHER_ABOVE_TOTAL = warning(
        "so-lieu-cong-lai-vuot-tong-so",
        "{about}: các số liệu kê khai cộng lại là {found}, lớn hơn tổng số {expected}.",
        "Hỏi lại đơn vị số nào ghi nhầm; dòng này chưa được tính điểm.",
        "các số liệu kê khai cộng lại là {found}, lớn hơn tổng số {expected}",
    )

    DECLARED_OF_NOTHING = warning(
        "so-lieu-ma-tong-so-khong",
        "{about}: số liệu kê khai là {found}, trong khi tổng số là 0.",
        "Hỏi lại đơn vị tổng số là bao nhiêu; dòng này chưa được tính điểm.",
        "số liệu kê khai là {found}, trong khi tổng số là 0",
    )

    DECLARED_NOTHING_UNSAID = warning(
        "tong-so-bang-khong",
        "{about}: tổng số kê khai là 0, mà cách chấm không nói không phát sinh thì được mấy điểm.",
        "Ghi cách tính ở cột Quy tắc, thêm “không phát sinh: không áp dụng”, rồi chạy lại; hoặc "
        "hỏi lại đơn vị nếu tổng số ghi nhầm. Dòng này chưa được tính điểm.",
        "tổng số kê khai là 0; xin xác nhận là không phát sinh",
    )

    DECLARED_NOTHING_AROSE = note(
        "khong-phat-sinh",
        "{about}: đơn vị kê khai không phát sinh (tổng số là 0), theo cách chấm là không áp dụng: "
        "điểm tối đa {found} không tính vào mẫu số.",
        "Xem lý do ở cột Kết quả, giải trình.",
    )

    SCORE_NOT_AS_DECLARED = warning(
        "diem-khac-so-lieu",
        "Ô điểm của {about} là {found}, còn số liệu kê khai ({candidates}) cho kết quả {expected}.",
        "Hỏi lại đơn vị: công thức ở ô điểm bị gõ đè, hoặc cách chấm đã đổi sau khi phát phiếu. "
        "Điểm này chưa được tính.",
        "điểm {found} không khớp số liệu kê khai ({candidates}), theo đó là {expected}",
    )

    SCORE_WITHOUT_FIGURES = warning(
        "co-diem-thieu-so-lieu",
        "{about} có “{found}” gõ thẳng vào ô điểm nhưng chưa kê khai số liệu.",
        "Xin đơn vị điền số liệu ở cột Số liệu kê khai; điểm này chưa được tính.",
        "có điểm {found} nhưng chưa kê khai số liệu",
    )

    NOT_APPLICABLE_WITH_FIGURES = warning(
        "khong-ap-dung-ma-co-so-lieu",
        "{about} vừa ghi “không áp dụng”, vừa kê khai số liệu {found}.",
        "Hỏi lại đơn vị; dòng này chưa được tính điểm.",
        "vừa ghi “không áp dụng”, vừa kê khai số liệu {found}",
    )

    FIGURES_NOT_ASKED = warning(
        "so-lieu-thua",
        "Đơn vị ghi “{found}” ở ô này của {about}, là ô không cần số liệu; nội dung không được "
        "tính.",
        "Xem số liệu này thuộc dòng nào, hỏi lại đơn vị nếu cần.",
    )

    CLOSED_ROW_FILLED = note(
        "dien-dong-khong-ap-dung",
        "{about} không áp dụng trong cả đợt, nhưng đơn vị ghi “{found}”; nội dung này không được "
        "tính.",
        "Không cần làm gì, nếu bộ chỉ số ghi đúng là không áp dụng.",
    )
