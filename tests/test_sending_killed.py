"""Sending that is killed at any moment, with what it wrote lost: nobody gets two, nobody none."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_office.mail.settings import Server
from cchc_office.register import (
    JOURNAL_FILE,
    REGISTER_FILE,
    Register,
    Sending,
    SendState,
    open_register,
    rebuild_register,
)

from .sent_batches import CAMPAIGN, NOON, FakeTime, messages, own, register, sender, states  # noqa: F401 - fixtures
from .smtp_servers import Certificates, smtp_server

# ruff: noqa: F811


class _Killing(Register):
    """A register whose process is killed before or after one of its steps."""

    def __init__(self, register: Register, step: int) -> None:
        super().__init__(register._connection, register.path, journals=register.journals)
        self.left = step

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def intend(self, sending: Sending) -> bool:
        self._step()
        done = super().intend(sending)
        self._step()
        return done

    def settle(self, *given: object, **named: object) -> bool:
        self._step()
        done = super().settle(*given, **named)  # type: ignore[arg-type]
        self._step()
        return done


BATCH, KILLS = 12, 200


def send_and_be_killed(
    folder: Path, server: Server, chance: random.Random, now: dt.datetime
) -> bool:
    """Send in a process of its own that is killed at a step of the register or at any moment.

    Tell whether it was killed before it came to its end.
    """
    at_any_moment = chance.random() < 0.5
    step, delay = chance.randint(1, 4 * BATCH), chance.uniform(0, 0.2)
    child = os.fork()
    if child == 0:
        with open_register(folder, CAMPAIGN, folder / "thu") as opened:
            killing = opened if at_any_moment else _Killing(opened, step)
            batch = sender(server, killing, FakeTime())
            batch.clock = replace(batch.clock, now=lambda: now)
            list(batch.send(messages(BATCH)))
        os._exit(0)
    if at_any_moment:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def settle_by_asking(register: Register, came: list[str], now: dt.datetime) -> None:
    """Do what a person does: ask the unit whether the message came, and say so."""
    for sending in register.sendings():
        if sending.is_unclear:
            state = SendState.SENT if sending.message_id in came else SendState.NOT_SENT
            register.settle(sending.message_id, state, now, by_person=True)


ITS_FILES = (REGISTER_FILE, f"{REGISTER_FILE}-wal", f"{REGISTER_FILE}-shm")


def gone(folder: Path) -> None:
    for name in ITS_FILES:
        (folder / name).unlink(missing_ok=True)


def gone_with_its_journal(folder: Path) -> None:
    gone(folder)
    (folder / JOURNAL_FILE).unlink(missing_ok=True)


def gone_with_the_mail(folder: Path) -> None:
    gone(folder)
    shutil.rmtree(folder / "thu", ignore_errors=True)


def damaged(folder: Path) -> None:
    (folder / REGISTER_FILE).write_bytes(b"x" * 8192)
    rebuild_register(folder, CAMPAIGN, folder / "thu", NOON).register.close()


def backed_up(folder: Path) -> None:
    kept = folder / "sao-luu"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name in (*ITS_FILES, JOURNAL_FILE):
        if (folder / name).exists():
            shutil.copyfile(folder / name, kept / name)


def restored(folder: Path) -> None:
    if (folder / "sao-luu").exists():
        gone_with_its_journal(folder)
        for path in (folder / "sao-luu").iterdir():
            shutil.copyfile(path, folder / path.name)


LOSSES = (gone, gone_with_its_journal, gone_with_the_mail, damaged, backed_up, restored)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed as POSIX has it")
@pytest.mark.parametrize("loses", [False, True], ids=["register kept", "register lost"])
def test_killed_200_times_nobody_gets_two_and_nobody_none(
    own: Certificates, tmp_path: Path, loses: bool
) -> None:
    chance, kills, wanted = random.Random(7), 0, sorted(m.message_id for m in messages(BATCH))
    now = NOON
    with smtp_server(own) as (server, box):
        campaign = 0
        while kills < KILLS:
            campaign += 1
            folder = tmp_path / str(campaign)
            folder.mkdir()
            box.messages.clear()
            finished = False
            while not finished:
                now += dt.timedelta(minutes=1)
                kills += send_and_be_killed(folder, server, chance, now)
                box.wait_until_idle()
                assert max(Counter(box.ids).values(), default=0) <= 1
                if loses:
                    chance.choice(LOSSES)(folder)
                with open_register(folder, CAMPAIGN, folder / "thu") as opened:
                    known = {s.message_id: s for s in opened.sendings()}
                    unclear = [key for key, s in known.items() if s.is_unclear]
                    assert len(unclear) <= 1  # of one message at most nobody knows
                    done = [key for key, s in known.items() if s.state is SendState.SENT]
                    assert set(done) <= set(box.ids) <= {*done, *unclear}
                    settle_by_asking(opened, box.ids, now + dt.timedelta(seconds=30))
                    finished = states(opened) == [SendState.SENT] * BATCH
            assert sorted(box.ids) == wanted
