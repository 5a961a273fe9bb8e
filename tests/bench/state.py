"""What a state costs: its size on the disk, and a day's run on it, by whom the day concerns.

    python tests/bench/state.py [ACCOUNTS] [ENGINE]

The people and events of examples/family_car again and again, under other names, up to so many accounts, with a sales
desk that grows with them. A first run goes up to 9 April; a second one a day further, given all events since ever, and
again given those of the day alone. The aims: 100,000 accounts in at most 200 MB on the disk; a day beyond its start (a
day on 200 accounts) in at most two fifths of what everybody costs, which a day with an edit of the plan shows. People
who are copies of each other pack better than others, so one copy is weighed: ask for 200 accounts.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "family_car"
AIM = 2_000
"""Bytes of the state for each account."""
SHARE = 0.4
"""What a day may cost of one that concerns everybody."""
SEED = 200
"""Accounts of the example."""
CAPACITY = "capacity: 25 per calendar day"
BEGIN, DAY, NEXT = "2027-04-09", "2027-04-10", "2027-04-11"


def again(table: str, names: tuple[str, ...], times: int, place: Path, day: str = "") -> None:
    """A table of the example, so many times; the columns that name somebody get a number. Only rows of a `day`."""
    with (PLAN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("at", "").startswith(day)]
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for number in range(times):
            for row in rows:
                writer.writerow(
                    {key: f"{cell}-{number}" if key in names and cell else cell for key, cell in row.items()}
                )


@attrs.frozen
class Cost:
    """Seconds of processor time, and the most memory at a time in MB."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.memory:,.0f} MB"


MEASURED = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.stderr.decode()]))
"""
"""A run in a process of its own, so that what it used is told apart from what others did."""


@attrs.frozen
class Bench:
    """Runs of so many accounts, in a folder."""

    folder: Path
    times: int
    engine: str

    def prepare(self) -> None:
        """The plan with its desk, the people, everything that happened, and what happened in the day."""
        shutil.copytree(PLAN, self.folder / "plan", ignore=shutil.ignore_patterns("*.csv", "out"))
        for place in (self.folder / "plan").glob("*.grid"):
            text = place.read_text("utf-8")
            place.write_text(text.replace(CAPACITY, f"capacity: {25 * self.times} per calendar day"), "utf-8")
        again("persons", ("id", "account"), self.times, self.folder / "persons.csv")
        again("events", ("contact", "id"), self.times, self.folder / "events.csv")
        again("events", ("contact", "id"), self.times, self.folder / "new.csv", BEGIN)

    def run(self, until: str, events: str = "events.csv") -> Cost:
        """One run on the state."""
        grid = str(Path(sys.executable).parent / "grid")
        files = [f"--persons={self.folder / 'persons.csv'}", f"--events={self.folder / events}"]
        where = [
            f"--state={self.folder / 'state'}",
            f"--out={self.folder / 'out'}",
            f"--engine={self.engine}",
        ]
        asked = [grid, "run", str(self.folder / "plan"), *files, *where, "--until", until]
        told = subprocess.run([sys.executable, "-c", MEASURED, *asked], capture_output=True, check=True)
        code, seconds, memory, said = json.loads(told.stdout)
        assert code == 0, said
        return Cost(seconds, memory)

    def back(self) -> None:
        """To the state of before the last run."""
        state = self.folder / "state"
        shutil.copy(state / "manifest.before.json", state / "manifest.json")

    def edit(self) -> None:
        """A campaign is called otherwise in front of people: that concerns everybody."""
        place = next(each for each in (self.folder / "plan").glob("*.grid") if CAMPAIGN in each.read_text("utf-8"))
        place.write_text(place.read_text("utf-8").replace(CAMPAIGN, CAMPAIGN + " (ny)", 1), "utf-8")

    def sizes(self) -> Iterator[int]:
        """Bytes of the accounts with their signs, and of all files."""
        manifest = json.loads((self.folder / "state" / "manifest.json").read_text("utf-8"))
        data = self.folder / "state" / "data"
        yield sum((data / manifest[name]["name"]).stat().st_size for name in ("accounts", "index"))
        yield sum(place.stat().st_size for place in data.iterdir())


CAMPAIGN = '"Kontakt: mødeinvitation'


def measured(times: int, engine: str) -> tuple[Cost, Cost, Cost, Cost, int, int]:
    """The first run; a day given everything, given the new, and with an edit; the state's bytes."""
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), times, engine)
        bench.prepare()
        first = bench.run(BEGIN)
        day = bench.run(DAY)
        bench.back()
        new = bench.run(DAY, "new.csv")
        state, folder = bench.sizes()
        bench.edit()
        return first, day, new, bench.run(NEXT), state, folder


def main(accounts: int, engine: str) -> int:
    """Measure and print; 1 when an aim is missed."""
    times = max(1, accounts // SEED)
    start = measured(1, engine)[1].seconds  # compiles what is not compiled yet
    first, day, new, edited, state, folder = measured(times, engine)
    print(f"{times * SEED:,} accounts, {times * 500:,} persons, engine {engine}; processor time and memory")
    print(f"first run, three months  {first}")
    print(f"a day, all events        {day}")
    print(f"a day, its events        {new}")
    print(f"a day, the plan edited   {edited}: everybody")
    print(f"a day on {SEED} accounts    {start:.1f} s")
    each = state / (times * SEED)
    print(f"state {state / 1e6:.1f} MB ({each:.0f} bytes an account), folder {folder / 1e6:.1f} MB")
    share = (day.seconds - start) / max(edited.seconds - start, 0.1)
    print(f"a day costs {share:.2f} of what everybody costs (aim {SHARE}, from 10,000 accounts on)")
    return each > AIM or (times >= 50 and share > SHARE)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 20_000, given[1] if len(given) > 1 else "reference"))
