"""How long `grid run examples/record_shop` takes: 2,357 real customers, 6,919 purchases, a year and a half.

    python tests/bench/record_shop.py [ROUNDS]

The median of whole processes counts, files in, files out. The aim: at most 15 s.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
AIM = 15.0


def seconds(out: str) -> float:
    """The wall-clock time of one run into the folder `out`."""
    command = [str(Path(sys.executable).parent / "grid"), "run", str(ROOT / "examples" / "record_shop"), "--out", out]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode == 0, done.stderr.decode()
    return took


def main(rounds: int) -> int:
    """Measure and print; 1 when the aim is missed."""
    with tempfile.TemporaryDirectory() as folder:
        took = statistics.median(seconds(folder) for _ in range(rounds))
        rows = {place.stem: place.read_bytes().count(b"\n") - 1 for place in sorted(Path(folder).glob("*.csv"))}
    print(f"grid run examples/record_shop  {took:.1f} s (aim: {AIM:.0f} s)")
    print(", ".join(f"{number} {name}" for name, number in rows.items()))
    return took > AIM


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
