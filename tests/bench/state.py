"""What a state costs: its size on the disk, and the time of a day's run beside that of its execution alone.

    python tests/bench/state.py [ACCOUNTS]

The people and events of examples/family_car again and again, under other names, up to so many accounts. A first run
goes up to 1 April, a second one a day further. The aim: 100,000 accounts in at most 200 MB on the disk. People who are
copies of each other pack better than others, so one copy is weighed: ask for 200 accounts.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "family_car"
AIM = 2_000
"""Bytes of the state for each account."""


def again(table: str, names: tuple[str, ...], times: int, place: Path) -> None:
    """A table of the example, so many times; the columns that name somebody get a number."""
    with (PLAN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for number in range(times):
            for row in rows:
                writer.writerow(
                    {key: f"{cell}-{number}" if key in names and cell else cell for key, cell in row.items()}
                )


def run(folder: Path, until: str) -> float:
    """The seconds of one run on the state."""
    grid = str(Path(sys.executable).parent / "grid")
    files = [f"--persons={folder / 'persons.csv'}", f"--events={folder / 'events.csv'}"]
    where = [f"--state={folder / 'state'}", f"--out={folder / 'out'}"]
    start = time.perf_counter()
    done = subprocess.run([grid, "run", str(PLAN), *files, *where, "--until", until], capture_output=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode == 0, done.stderr.decode()
    return took


def main(accounts: int) -> int:
    """Measure and print; 1 when the aim is missed."""
    times = max(1, accounts // 200)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        again("persons", ("id", "account"), times, folder / "persons.csv")
        again("events", ("contact", "id"), times, folder / "events.csv")
        first, second = run(folder, "2027-04-01"), run(folder, "2027-04-02")
        size = sum(place.stat().st_size for place in (folder / "state" / "data").iterdir())
        state = max(place.stat().st_size for place in (folder / "state" / "data").glob("accounts-*"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{times * 200:,} accounts, {times * 500:,} persons; three months, then a day")
    print(f"first run {first:.1f} s, a day {second:.1f} s, at most {memory:,.0f} MB of memory")
    print(f"state {state / 1e6:.1f} MB ({state / (times * 200):.0f} bytes an account), folder {size / 1e6:.1f} MB")
    return state / (times * 200) > AIM


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
