"""Making a register again from what else tells of what was sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Code
from cchc_office.register.errors import DamagedRegisterError, RegisterError
from cchc_office.register.opening import REGISTER_FILE, open_register
from cchc_office.register.store import Register

_ITS_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Rebuilt:
    """A register that was made again, open; `aside` is where what was damaged was put."""

    register: Register
    aside: tuple[Path, ...]


def rebuild_register(
    folder: Path, campaign: str, mail_folder: Path | None, now: dt.datetime
) -> Rebuilt:
    """Open the register with all that journals and copies tell; a damaged one is put aside.

    So are journals with lines that nobody understands, once what can be read of them is in the
    register; they are written anew from it. Arguments are as for `open_register`. Raises
    RegisterError where it is another campaign's, of a newer version, or cannot be written.
    """
    aside: list[Path] = []
    try:
        register = open_register(folder, campaign, mail_folder)
        try:
            _read_all(register)
        except BaseException:
            register.close()
            raise
    except DamagedRegisterError:
        aside.append(_put_aside(folder / REGISTER_FILE, now))
        register = open_register(folder, campaign, mail_folder)
    try:
        aside += _journals_aside(register, now)
    except BaseException:
        register.close()
        raise
    return Rebuilt(register, tuple(aside))


def _journals_aside(register: Register, now: dt.datetime) -> list[Path]:
    unclear = [j.path for j in register.journals if j.path.is_file() and j.read().unreadable]
    aside = [_put_aside(path, now) for path in unclear]
    if aside:
        register.complete_journals()
        told = (f for f in register.findings if f.code is not Code.JOURNAL_UNREADABLE)
        register.findings = tuple(told)
    return aside


def _read_all(register: Register) -> None:
    """Raise RegisterError where something in it cannot be read."""
    register.papers()
    register.sendings()
    register.handovers(struck=True)
    register.confirmations(struck=True)
    register.messages()
    register.returns()


def _put_aside(path: Path, now: dt.datetime) -> Path:
    aside = path.with_name(f"{path.name}.hong-{now:%Y%m%d-%H%M%S}")
    try:
        for ending in _ITS_FILES:
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise RegisterError(
            f"Không đổi tên được {path}: tệp đang được chương trình khác mở. Đóng chương trình đó "
            "rồi chạy lại."
        ) from error
    return aside
