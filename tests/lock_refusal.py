"""A file system that refuses locks, as some network shares do: for a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int is_lock(int cmd) {
    return cmd == F_SETLK || cmd == F_SETLKW || cmd == F_GETLK;
}
static int refused(void) { errno = ENOLCK; return -1; }
int flock(int fd, int operation) { return refused(); }
#define REFUSING(name)                                                        \
    int name(int fd, int cmd, ...) {                                          \
        va_list given; va_start(given, cmd);                                  \
        void *argument = va_arg(given, void *); va_end(given);                \
        int (*real)(int, int, ...) = dlsym(RTLD_NEXT, #name);                 \
        return is_lock(cmd) ? refused() : real(fd, cmd, argument);            \
    }
REFUSING(fcntl)
REFUSING(fcntl64)
"""


def python_without_locks(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process whose files can be locked nowhere; skip where that is not to be."""
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("needs Linux and a C compiler")
    library = folder / "refuse.so"
    source = folder / "refuse.c"
    source.write_text(_SOURCE)
    made = subprocess.run(
        [compiler, "-w", "-shared", "-fPIC", "-o", library, source, "-ldl"],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("the C compiler makes no library")
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "LD_PRELOAD": str(library)},
    )
