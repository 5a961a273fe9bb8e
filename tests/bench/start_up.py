"""How long `grid check examples/family_car` takes from the shell, against `python -c "import lark"` in the same run.

    python tests/bench/start_up.py [ROUNDS]

Both are started alternately as fresh processes, both with their byte code in place as installed packages have it;
medians count. The aim: at most 4 times. The first `grid check` on a machine also works out the public holidays, which
are kept from then on; it is told apart.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
AIM = 4.0
GRID = [str(Path(sys.executable).parent / "grid"), "check", str(ROOT / "examples" / "family_car")]
LARK = [sys.executable, "-c", "import lark"]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall-clock time of one process."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode == 0, done.stderr.decode()
    return took


def main(rounds: int) -> int:
    """Measure and print; 1 when the aim is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "XDG_CACHE_HOME": f"{scratch}/warm", "PYTHONPYCACHEPREFIX": f"{scratch}/code"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        seconds(LARK, environment)
        seconds(GRID, environment)
        first = seconds(GRID, {**environment, "XDG_CACHE_HOME": f"{scratch}/empty"})
        pairs = [(seconds(LARK, environment), seconds(GRID, environment)) for _ in range(rounds)]
    lark, grid = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"import lark        {lark * 1000:7.0f} ms")
    print(f"grid check         {grid * 1000:7.0f} ms   {grid / lark:.2f} times (aim: {AIM:.0f})")
    print(f"grid check, first  {first * 1000:7.0f} ms   with an empty cache")
    return grid / lark > AIM


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
