"""How long `grid fmt` needs for 10,000 lines: `python tests/bench/formatter.py`; 1 when an aim is missed.

The lines are those of the examples, over and over: once with their columns shaken, once with a mistake in every tenth
file. Measured is the whole process, from the shell to the formatted text on stdout; the median of three. It runs on one
core, and what counts is the time of that core: what else a machine does at the time is not the formatter's.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
GRID = Path(sys.executable).parent / "grid"
LINES = 10_000
AIM = 2.0
"""Seconds."""


def plans() -> list[str]:
    """The texts of the examples until they have so many lines."""
    texts = [path.read_text("utf-8") for path in sorted((CHECKOUT / "examples").rglob("*.grid"))]
    found: list[str] = []
    while sum(text.count("\n") for text in found) < LINES:
        found.append(texts[len(found) % len(texts)])
    return found


def used() -> float:
    """Seconds that the processes we called have computed so far."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def seconds(text: str) -> float:
    """The median time of formatting a text that comes in on stdin."""
    times = []
    for _ in range(3):
        start = used()
        subprocess.run([GRID, "fmt", "-"], input=text.encode(), capture_output=True, check=True)
        times.append(used() - start)
    return statistics.median(times)


def main() -> int:
    """Print both times; 1 when one is over the aim."""
    texts = [text.replace("  ", "   ") for text in plans()]
    broken = [text.replace("{", "{ x:: y", 1) if at % 10 == 0 else text for at, text in enumerate(texts)]
    found = {"sound": seconds("\n".join(texts)), "with mistakes": seconds("\n".join(broken))}
    for name, took in found.items():
        print(f"{LINES} lines, {name}: {took:.2f} s (aim: {AIM} s)")
    return int(max(found.values()) > AIM)


if __name__ == "__main__":
    sys.exit(main())
