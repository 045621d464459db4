"""What is wrong with a register, in a clerk's words; SQLite's own are for who seeks the cause."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cchc_office.errors import CchcError, reason_of


class RegisterError(CchcError):
    """The register cannot be used as it is; it was left untouched."""


class DamagedRegisterError(RegisterError):
    """The register's content is not what it was."""


def explained(path: Path, error: sqlite3.Error) -> RegisterError:
    """Return the error for what SQLite said of the register at `path`."""
    text = str(error)
    if is_locked(error):
        return RegisterError(f"{path} đang được một lệnh khác ghi. Đợi lệnh đó xong rồi chạy lại.")
    if "full" in text:
        return RegisterError(f"Không ghi được {path}: ổ đĩa đầy. Dọn bớt chỗ rồi chạy lại.")
    if isinstance(error, sqlite3.OperationalError) and "no such" not in text:
        return RegisterError(
            f"Không đọc, ghi được {path}. Kiểm tra quyền đối với tệp và thư mục đó."
        )
    return damaged(path)


def held(path: Path, by: str) -> RegisterError:
    """Return the error for a register that another command keeps to itself, and by whom."""
    return RegisterError(
        f"{path} đang được một lệnh khác dùng ({by}). Đợi lệnh đó xong rồi chạy lại."
    )


def damaged(path: Path) -> RegisterError:
    """Return the error for a register whose content is not what it was."""
    return DamagedRegisterError(
        f"{path} bị hỏng, nên được giữ nguyên. Dựng lại sổ từ nhật ký gửi và bản sao các thư đã "
        f"gửi: cchc so dung-lai {path.parent}"
    )


def unreadable(path: Path, error: OSError) -> RegisterError:
    """Return the error for what goes along with the register, and nobody can read."""
    return RegisterError(f"Không đọc được {path} ({reason_of(error)}), nên chưa biết đã gửi gì.")


def is_locked(error: sqlite3.Error) -> bool:
    """Tell whether another program keeps us out of the register."""
    return "locked" in str(error) or "busy" in str(error)
