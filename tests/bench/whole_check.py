"""How long `grid check` takes on a generated plan, from the shell: `python tests/bench/whole_check.py [ROUNDS]`.

Cold: a fresh process with nothing remembered, on 1,000 and on 10,000 declarations of seven lines, and how the time
grows between them. Again: a plan of 20 files of 250 lines, of which one file was edited since the last check, against
the start-up (`grid check` of a plan of one campaign); and, without an aim, one of 20 files of 500 lines. Medians
count; 1 when an aim is missed.
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

from front_end import COMMON, PLAN, generated

GRID = str(Path(sys.executable).parent / "grid")
AIM_SMALL, AIM_LARGE, AIM_GROWTH, AIM_AGAIN = 0.8, 5.0, 12.0, 0.3
FILES, LINES = 20, 5_000


def seconds(plan: Path, cache: Path, code: Path) -> float:
    """The wall-clock time of one `grid check`."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(code)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run([GRID, "check", str(plan)], env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode == 0, done.stdout + done.stderr
    return took


def written(folder: Path, declarations: int, files: int = 1) -> Path:
    """A plan of so many declarations, shared out over the files."""
    (folder / "messages").mkdir(parents=True)
    head, *rest = generated(declarations).removeprefix(PLAN).removeprefix(COMMON).split("\n\n")
    blocks = [head.lstrip("\n"), *rest]
    (folder / "plan.grid").write_text(PLAN + COMMON, "utf-8")
    share = -(-len(blocks) // files)
    for number in range(files):
        content = "\n\n".join(blocks[number * share : (number + 1) * share])
        (folder / f"part_{number:02}.grid").write_text(content + "\n", "utf-8")
    for number in range(1, declarations, 6):
        (folder / "messages" / f"letter_{number}.md").write_text("Hej {{ first_name }}\n", "utf-8")
    return folder


def edited(plan: Path, turn: int) -> None:
    """One more message in one of the files."""
    part = plan / f"part_{turn % FILES:02}.grid"
    part.write_text(part.read_text("utf-8") + f'\nneed wish_{turn} "Et ønske"\n', "utf-8")


def main(rounds: int) -> int:
    """Measure and print; 1 when an aim is missed."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        code, cache = scratch / "code", scratch / "warm"
        small, large = written(scratch / "small", 1_000), written(scratch / "large", 10_000)
        parts, start = written(scratch / "parts", LINES // 7, FILES), written(scratch / "start", 8)
        double = written(scratch / "double", 2 * LINES // 7, FILES)
        for plan in (start, parts, double):
            seconds(plan, cache, code)
        colds: dict[Path, list[float]] = {small: [], large: []}
        starts: list[float] = []
        agains: dict[Path, list[float]] = {parts: [], double: []}
        for turn in range(rounds):
            for plan, taken in colds.items():
                taken.append(seconds(plan, scratch / "empty", code))
                shutil.rmtree(scratch / "empty", ignore_errors=True)
            starts.append(seconds(start, cache, code))
            for plan, taken in agains.items():
                edited(plan, turn)
                taken.append(seconds(plan, cache, code))
    one, ten = (statistics.median(taken) for taken in colds.values())
    over, twice = (statistics.median(taken) - statistics.median(starts) for taken in agains.values())
    print(f"1,000 declarations, cold   {one:6.2f} s   (aim: {AIM_SMALL})")
    print(f"10,000 declarations, cold  {ten:6.2f} s   (aim: {AIM_LARGE})")
    print(f"growth                     {ten / one:6.2f} times (aim: {AIM_GROWTH:.0f})")
    print(f"start-up                   {statistics.median(starts):6.2f} s")
    print(f"again, one file edited     {over:6.2f} s over start-up (aim: {AIM_AGAIN})")
    print(f"the same, 10,000 lines     {twice:6.2f} s over start-up")
    return one > AIM_SMALL or ten > AIM_LARGE or ten / one > AIM_GROWTH or over > AIM_AGAIN


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
