"""How much CPU time the command line takes to start, and to do the example's year.

    uv run python benchmarks/startup.py [TIMES]

User and system time of whole processes, the least of TIMES (7) each; the three take turns, so that
what else the machine does falls on all alike. A round before that is not counted: there Python
compiles the modules, which it does once wherever the program is installed.

`cchc --help` is held against `python -c "import click"`, which it cannot be faster than: 1.5 times
as much is wanted at most. `cchc chay` on the example has nothing to be held against but itself:
compare two commits in one session.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "so-cong-thuong-2024"
CCHC = (sys.executable, "-m", "cchc_office")


def cpu_time(command: tuple[str, ...], compiled: Path) -> float:
    """Run a command, modules compiled in a folder; return the seconds of CPU time it took."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        output, compiled = Path(folder, "output"), Path(folder, "compiled")
        ways = {
            "import click": (sys.executable, "-c", "import click"),
            "cchc --help": (*CCHC, "--help"),
            "cchc chay": (*CCHC, "chay", str(EXAMPLE), "-o", str(output), "--ngay", "05/12/2024"),
        }
        _, *rounds = (
            {way: cpu_time(command, compiled) for way, command in ways.items()}
            for _ in range(times + 1)
        )
    least = {way: min(one[way] for one in rounds) for way in ways}
    for way, seconds in least.items():
        print(f"{way:<14}{seconds * 1000:6.0f} ms")
    print(f"cchc --help / import click: {least['cchc --help'] / least['import click']:.2f}")


if __name__ == "__main__":
    main()
