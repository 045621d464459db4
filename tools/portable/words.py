"""What the texts of a folder say for one kind of computer only, by their names in the texts."""

from __future__ import annotations

_AS_SCRIPT = """\
1. Giải nén cả tệp nén vào một thư mục, như {place}.
2. Bấm đúp {start}. {beside}
3. Mở đợt chấm đã có: chọn trên trang, hoặc {dropped}"""

_UNIX_OWN = "~/.local/share/cchc"

WORDS = {
    "windows": {
        "BEGIN": _AS_SCRIPT.format(
            place="D:\\CCHC (nhấn chuột phải, “Giải nén tất cả”,\n   “Extract All”)",
            start="CCHC.vbs",
            beside="Để tiện, nhấn chuột phải vào nó, “Gửi tới”,\n"
            "   “Màn hình nền (tạo lối tắt)” (“Send to”, “Desktop”).",
            dropped="kéo thả thư mục của đợt chấm, hay tệp\n"
            "   dot-cham.xlsx trong đó, lên CCHC.vbs.",
        ),
        "TROUBLE": """\
- Windows chặn (“Windows protected your PC”, “Open File - Security Warning”): trước khi giải nén,
  nhấn chuột phải vào tệp nén, “Thuộc tính” (“Properties”), đánh dấu “Bỏ chặn” (“Unblock”), OK, rồi
  giải nén lại. Chỉ làm vậy với tệp lấy từ nơi tin được. Nơi chỉ cho chạy chương trình đã duyệt thì
  người phụ trách máy tính duyệt app\\uv.exe, và python.exe trong thư mục nêu ở dưới.
- CCHC.vbs không chạy (cơ quan tắt VBScript): bấm đúp CCHC.bat; cửa sổ đen chỉ hiện một lát.
- “Chưa thấy thư mục app”: mới mở tệp nén mà chưa giải nén; giải nén rồi mở lại.
- Cần Windows 10 trở lên, 64-bit.""",
        "WHERE": """\
mục Downloads: “Windows installer (64-bit)”. Cài cho riêng người dùng cũng được, không cần quyền
    quản trị. Bản lấy từ Microsoft Store không dùng được.""",
        "BITS": " (64-bit, từ python.org; bản của Microsoft Store thì không, vì\n"
        "  Windows giấu những gì nó ghi với chương trình khác)",
        "OWN": "%LOCALAPPDATA%\\cchc",
        "COMMAND": "CCHC.bat kiem-tra D:\\dot-2025",
    },
    "linux": {
        "BEGIN": _AS_SCRIPT.format(
            place="~/CCHC",
            start="CCHC.desktop (hoặc chạy CCHC.sh)",
            beside="Lần đầu, nhấn chuột phải, “Cho phép khởi chạy”\n"
            "   (“Allow Launching”) nếu được hỏi.",
            dropped="CCHC.sh THƯ_MỤC",
        ),
        "TROUBLE": "- Bấm đúp không chạy: mở cửa sổ lệnh ở thư mục này, gõ ./CCHC.sh",
        "WHERE": "hoặc từ kho phần mềm của hệ điều hành (gói python3).",
        "BITS": "",
        "OWN": _UNIX_OWN,
        "COMMAND": "./CCHC.sh kiem-tra ~/dot-2025",
    },
    "macos": {
        "BEGIN": _AS_SCRIPT.format(
            place="CCHC trong Documents",
            start="CCHC.command",
            beside="Lần đầu, nhấn chuột phải, “Open” nếu máy hỏi.",
            dropped="trong cửa sổ lệnh: ./CCHC.sh THƯ_MỤC",
        ),
        "TROUBLE": "- macOS chặn: System Settings, Privacy & Security, “Open Anyway”.",
        "WHERE": "mục Downloads: “macOS installer”.",
        "BITS": " (Apple silicon)",
        "OWN": _UNIX_OWN,
        "COMMAND": "./CCHC.sh kiem-tra ~/dot-2025",
    },
}
