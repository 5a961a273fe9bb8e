"""How long `grid build` with all targets takes, in how much memory: `python tests/bench/build.py [CAMPAIGNS [ROUNDS]]`.

examples/family_car, and a generated plan of so many campaigns (1,000 if left out), with half as many segments,
messages, maps and rules. Each build is a process of its own with nothing remembered; the plan is built once more, and
then no file may have been touched. Medians count; 1 when an aim is missed. Processor time stands beside the clock's,
since the machine may be busy, and as so many times `python -c "import lark"`, which differs less between machines.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attrs
from whole_check import written

from gridlang.targets import discover

GRID = str(Path(sys.executable).parent / "grid")
EXAMPLE = Path(__file__).parents[2] / "examples" / "family_car"
AIM_EXAMPLE, AIM_PLAN, AIM_MEMORY = 3.0, 40.0, 1_000.0
"""Seconds, seconds, and megabytes."""


@attrs.frozen
class Taken:
    """What a process took: seconds of the clock and of the processor, and megabytes at most."""

    clock: float
    processor: float
    memory: float


def taken(*command: str, cache: Path) -> Taken:
    """Run a command to its end."""
    start = time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Taken(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def build(plan: Path, out: Path, cache: Path) -> Taken:
    """`grid build` with every target that needs nothing said beside the plan."""
    targets = [part for name in sorted(discover()) for part in ("--target", name)]
    return taken(GRID, "build", str(plan), "--out", str(out), *targets, cache=cache)


def fresh(plan: Path, scratch: Path, rounds: int) -> list[Taken]:
    """So many builds, each into an empty folder with nothing remembered."""
    runs = []
    for _ in range(rounds):
        for name in ("out", "cache"):
            shutil.rmtree(scratch / name, ignore_errors=True)
        runs.append(build(plan, scratch / "out", scratch / "cache"))
    return runs


def with_owners(plan: Path) -> Path:
    """Say who has the work in each CRM."""
    owners = (f'[targets.{name}]\nowner = "1"\n' for name in ("dynamics", "hubspot", "pipedrive", "salesforce"))
    (plan / "grid.toml").write_text("".join(owners), "utf-8")
    return plan


def stamps(folder: Path) -> dict[Path, int]:
    """When each output was written."""
    return {place: place.stat().st_mtime_ns for place in folder.rglob("*") if place.is_file()}


def told(name: str, runs: list[Taken], start: list[Taken], aim: float) -> None:
    clock, processor = (statistics.median(getattr(run, of) for run in runs) for of in ("clock", "processor"))
    times = processor / statistics.median(each.processor for each in start)
    memory = max(run.memory for run in runs)
    print(
        f"{name:22} {clock:6.2f} s, {processor:6.2f} s of processor time ({times:.0f} times), {memory:,.0f} MB", end=""
    )
    print(f"   (aim: {aim:.0f} s)", flush=True)


def main(campaigns: int, rounds: int) -> int:
    """Measure and print; 1 when an aim is missed."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        shutil.copytree(EXAMPLE, scratch / "example", ignore=shutil.ignore_patterns("out"))
        example, plan = with_owners(scratch / "example"), with_owners(written(scratch / "plan", campaigns * 3 + 1))
        start = [taken(sys.executable, "-c", "import lark", cache=scratch) for _ in range(max(rounds, 5))]
        print(f"on average {os.getloadavg()[0]:.1f} processes want the {os.cpu_count()} processors")
        small = fresh(example, scratch, max(rounds, 5))
        told("family_car", small, start, AIM_EXAMPLE)
        large = fresh(plan, scratch, rounds)
        told(f"{campaigns:,} campaigns", large, start, AIM_PLAN)
        before = stamps(scratch / "out")
        size = sum(place.stat().st_size for place in before)
        told("once more", [build(plan, scratch / "out", scratch / "cache")], start, AIM_PLAN)
        touched = [place for place, stamp in stamps(scratch / "out").items() if before.get(place) != stamp]
        print(f"{len(before):,} files of {size / 1e6:.0f} MB, {len(touched)} touched when they were built once more")
    slow = (
        statistics.median(run.clock for run in large) > AIM_PLAN
        or statistics.median(run.clock for run in small) > AIM_EXAMPLE
    )
    return slow or max(run.memory for run in large) > AIM_MEMORY or bool(touched)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(given + [1_000, 1][len(given) :])))
