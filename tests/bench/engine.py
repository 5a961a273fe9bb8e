"""How fast the engine is: `python tests/bench/engine.py [--accounts 1000000] [--rounds 5] [--witness PYTHON]`.

For each number of accounts (may be given more than once) a population of `population.py` is made, then in each round,
in fresh processes one after the other:

- the witness: instances a second of a process engine on one flow (`witness.py`; --witness names a Python that has it);
- the engine: files in, execution, files out, each part timed; and the execution again with half the desk's capacity;
- the baseline: DuckDB alone reads the same files, sorts the events, and sorts and writes the same output rows.

Ratios are of one round, so that a busy machine slows both sides; medians count. Returns 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import mmap
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
AIM_WITNESS, AIM_WHOLE, AIM_HALF, AIM_GROWTH, AIM_MEMORY = 1000.0, 2.5, 5.0, 11.0, 6.0
FIRST, LAST = 1_798_761_600 - 86_400 * 400, 4_000_000_000
"""A stretch of time that holds the plan's period, which cuts it."""


def main(arguments: argparse.Namespace) -> int:
    """Measure and print; 1 when an aim is missed."""
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        for accounts in arguments.accounts:
            folder = Path(scratch) / str(accounts)
            called("make", accounts, folder, arguments.format)
            rounds = [one_round(accounts, folder, arguments) for _ in range(arguments.rounds)]
            found[accounts] = {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
            shutil.rmtree(folder)
            told(accounts, found[accounts])
    return judged(found)


def one_round(accounts: int, folder: Path, arguments: argparse.Namespace) -> dict[str, float]:
    """Everything once, and the ratios between."""
    witness = witnessed(arguments.witness)
    whole = called("run", accounts, folder, arguments.format)
    half = called("half", accounts, folder, arguments.format)
    base = called("baseline", accounts, folder, arguments.format)
    figures = {**whole, "half": half["loop"], "baseline": base["whole"], "baseline GB": base["GB"]}
    figures["times baseline"] = whole["whole"] / base["whole"]
    figures["times loop at half"] = half["loop"] / whole["loop"]
    figures["instances/s"] = whole["runs"] / whole["compiled"]
    figures["instances/s in all"] = whole["runs"] / whole["loop"]
    if witness:
        figures["witness/s"] = witness
        figures["times witness"] = figures["instances/s"] / witness
        figures["times witness in all"] = figures["instances/s in all"] / witness
    return figures


def witnessed(python: str | None) -> float:
    """Instances a second of the process engine; 0 without one."""
    if python is None:
        return 0.0
    done = subprocess.run([python, str(HERE / "witness.py"), "5"], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["instances"])


def called(what: str, accounts: int, folder: Path, format: str) -> dict[str, float]:
    """One part of a round in a process of its own."""
    command = [sys.executable, __file__, "--part", what, str(accounts), str(folder), format]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, f"{what} failed"
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


# --- the parts, each in a process of its own -------------------------------------------------------------------------


def part(what: str, accounts: int, folder: Path, format: str) -> dict[str, float]:
    """Do one part; its figures."""
    import population

    if what == "make":
        population.make(accounts, folder, format)
        return {}
    made = population.Population(folder, accounts, format)
    if what == "baseline":
        figures = baseline(made, folder / "out")
    else:
        from gridlang.cli import rubbish

        warm(format)
        with rubbish.kept():  # as the command does it
            figures = run(made, folder / "out", 0.5 if what == "half" else 1.0, write=what == "run")
    return {**figures, "GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9}


def warm(format: str) -> None:
    """The compiled loop is read from its cache, or made, before the clock runs."""
    import population

    with tempfile.TemporaryDirectory() as scratch:
        made = population.make(300, Path(scratch), format)
        run(made, Path(scratch) / "out", 1.0, write=True)


def run(made: Any, out: Path, share: float, write: bool) -> dict[str, float]:
    """The engine from files to files: seconds of each part, and what came out."""
    import population

    from gridlang import files
    from gridlang.runtime.engine.crowd import run as live
    from gridlang.runtime.engine.large import finished
    from gridlang.runtime.engine.reading import read
    from gridlang.runtime.inputs import InputFiles
    from gridlang.runtime.rows import BEGINS

    schedule = population.schedule_for(made.accounts, share)
    clock = [time.perf_counter()]
    columns = read(
        schedule, InputFiles(persons=mapped(made.persons), events=mapped(made.events)), everything=False
    ).value
    clock.append(time.perf_counter())
    with compiled() as spent:
        ran = live(schedule, columns, FIRST, LAST)
    clock.append(time.perf_counter())
    arrows = ran.whole.counts.arrows
    runs = float(sum(times for (_, *arrow), times in arrows.items() if tuple(arrow) == BEGINS))
    del columns
    if write:
        done = finished(ran)
        del ran
        written = files.renew(out, {"run": done.files(made.format)})
        assert not written.problems, written.problems
    clock.append(time.perf_counter())
    reading, loop, writing = (after - before for before, after in itertools.pairwise(clock))
    return {
        "read": reading,
        "loop": loop,
        "compiled": spent(),
        "write": writing,
        "whole": clock[-1] - clock[0],
        "runs": runs,
    }


@contextlib.contextmanager
def compiled() -> Iterator[Callable[[], float]]:
    """Gives what tells how long the compiled loop ran: the processor's seconds of all its threads by how many there
    are, and those of the main thread, which does by itself what cannot be shared, above all the desk. That is its share
    of the clock when nothing else holds the processors."""
    import numba

    from gridlang.runtime.engine.driving import Driver

    seconds: dict[bool, list[float]] = {True: [], False: []}
    drive = Driver.drive

    def timed(wanted: int, *arguments: Any, **named: Any) -> Any:
        start = time.thread_time()
        found = drive(wanted, *arguments, **named)
        is_alone = threading.current_thread() is threading.main_thread()
        seconds[is_alone].append(time.thread_time() - start)
        return found

    Driver.drive = staticmethod(timed)  # type: ignore[method-assign]
    try:
        yield lambda: sum(seconds[False]) / numba.get_num_threads() + sum(seconds[True])
    finally:
        Driver.drive = staticmethod(drive)  # type: ignore[method-assign]


def mapped(place: Path) -> Any:
    """A file whose bytes the machine fetches when they are asked for."""
    from gridlang.runtime.inputs import InputFile

    with place.open("rb") as file:
        return InputFile(place.name, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))  # type: ignore[arg-type]


TABLES = {"touches": "due", "tasks": "due", "audiences": "start", "moves": "at", "skips": "at"}
"""The tables of people's rows, and the moment by which each is sorted."""


def baseline(made: Any, out: Path) -> dict[str, float]:
    """DuckDB alone: the same files read, the events sorted, the rows that the engine wrote sorted and written.

    The rows are loaded, in no order, before the clock runs.
    """
    import duckdb

    options = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER", "jsonl": "FORMAT json"}
    with tempfile.TemporaryDirectory(dir=made.folder) as scratch:
        database = duckdb.connect(f"{scratch}/rows.db", config={"memory_limit": "6GB", "temp_directory": scratch})
        for name in TABLES:
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM '{out}/{name}.{made.format}'")
            database.execute(f"CREATE TABLE {name}_mixed AS SELECT * FROM {name} ORDER BY hash(rowid)")
        start = time.perf_counter()
        database.execute(f"CREATE TABLE persons AS SELECT * FROM '{made.persons}'")
        database.execute(f"CREATE TABLE events AS SELECT * FROM '{made.events}' ORDER BY contact, \"at\"")
        for name, moment in TABLES.items():
            first = "account" if name == "moves" else "id"
            rows = f'SELECT * FROM {name}_mixed ORDER BY "{moment}", {first}'
            database.execute(f"COPY ({rows}) TO '{scratch}/{name}' ({options[made.format]})")
        return {"whole": time.perf_counter() - start}


# --- telling ---------------------------------------------------------------------------------------------------------


def told(accounts: int, figures: dict[str, float]) -> None:
    """One number of accounts."""
    print(f"{accounts:,} accounts", flush=True)
    for name, figure in figures.items():
        print(f"  {name:<20} {figure:14,.2f}", flush=True)


def judged(found: dict[int, dict[str, float]]) -> int:
    """Whether the aims are met at the largest numbers that were asked for."""
    million, ten = found.get(1_000_000), found.get(10_000_000)
    aims: list[tuple[str, float, bool]] = []
    if million:
        aims.append(("times the baseline", AIM_WHOLE, million["times baseline"] <= AIM_WHOLE))
        aims.append(("times the loop with half the desk", AIM_HALF, million["times loop at half"] <= AIM_HALF))
        if "times witness" in million:
            aims.append(("times the witness", AIM_WITNESS, million["times witness"] >= AIM_WITNESS))
    if ten:
        aims.append(("GB at ten million", AIM_MEMORY, ten["GB"] < AIM_MEMORY))
        if million:
            aims.append(("times a million at ten", AIM_GROWTH, ten["whole"] <= AIM_GROWTH * million["whole"]))
    for name, aim, met in aims:
        print(f"{'met   ' if met else 'MISSED'} {name} (aim: {aim:g})")
    return int(not all(met for _, _, met in aims))


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, action="append", help="may be given more than once")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", choices=["parquet", "csv", "jsonl"], default="parquet")
    parser.add_argument("--witness", metavar="PYTHON", help="a Python that has SpiffWorkflow")
    parser.add_argument("--scratch", help="a folder with room; a new one in it is removed at the end")
    arguments = parser.parse_args()
    arguments.accounts = arguments.accounts or [100_000, 1_000_000]
    return arguments


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(json.dumps(part(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), sys.argv[5])))
    else:
        sys.exit(main(asked()))
