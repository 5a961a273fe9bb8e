"""How long the front end needs for a generated plan: `python tests/bench/front_end.py [declarations]`.

10,000 declarations of 7 lines: segments, messages, campaigns with a diamond and a loop, maps with edges, and rules.
Prints the median of five runs in one process, so without start-up, and start-up by itself.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections import Counter

import attrs

from gridlang.diagnostics import Level, Outcome
from gridlang.resources import library
from gridlang.semantics.build import check
from gridlang.semantics.program import load
from gridlang.source import Source
from gridlang.syntax import parse

PLAN = """plan generated "Generated" {
  period:   2027-01-04 .. 2027-12-31
  timezone: "Europe/Copenhagen"
  locale:   da  currency: DKK
  calendar: std.calendars.denmark
  journey:  std.journeys.marketing_grid
}
"""

COMMON = """
fields person { first_name: Text  email: Text?  address: Text?  children: Int  first_registered: Date?
  consent: List<Channel> }
need safety "Sikkerhed" need freedom "Frihed" barrier price "For dyr?" barrier crash "For farlig?"
person father "Far" { known: no } person mother "Mor" { known: no } person friend "Ven" { known: no }
"""

SEGMENT = """
segment people_{n} "Familier nummer {n}" {{
  where:   children >= {few} and (account.ever(purchase) or has(first_registered))
  size:    {n}_000
  # Talt i januar.
  persona: "Familien {n}"
}}
"""

MESSAGE = """
message letter_{n} "Brev nummer {n}" {{
  subject: "{{{{ first_name }}}}, prøv den en hel weekend"
  body:    file("messages/letter_{n}.md")
  wakes:   freedom, safety
  answers: price, crash
}}
"""

CAMPAIGN = """
campaign talk_{n} "Samtale {n}" {{ segment: people_{segment}  phase: contact  role: target  priority: {few}
  flow {{
    invite: send email or letter letter_{message} at 09:00
    ask "Booker han selv et møde?" within 5d {{ clicked -> move sale  nothing -> again }}
    again: wait 60d -> invite
  }} }}
"""

MAP = """
map circle_{n} "Kredsen {n}" {{
  segment: people_{segment}
  roles {{ father: target, approver  mother: user, influencer  friend: user }}
  influence {{ mother -> father: strong
    friend -> father }}
}}
"""

RULE = """
rule calm_{n} "Højst {few} om ugen" {{
  phase:   standby, contact
  segment: people_{segment}
  forbid:  phone, meeting
  cap:     {few} per 14d across all
}}
"""

KINDS = (SEGMENT, MESSAGE, CAMPAIGN, CAMPAIGN, MAP, RULE)
RUNS = 5


def generated(declarations: int) -> str:
    """A plan of so many declarations, seven lines each with the empty line between them."""
    parts = [PLAN, COMMON]
    for number in range(declarations - 1):
        kind = KINDS[number % len(KINDS)]
        first = number - number % len(KINDS)
        parts.append(kind.format(n=number, segment=first, message=first + 1, few=1 + number % 9))
    return "".join(parts)


def median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):6.3f} s (fastest {min(seconds):.3f})"


def timed(text: str) -> float:
    gc.collect()
    start = time.perf_counter()
    outcome = parse(Source("generated.grid", text))
    taken = time.perf_counter() - start
    assert not outcome.problems, outcome.problems[0]
    return taken


@attrs.frozen
class Generated:
    """A workspace that holds the generated plan."""

    content: str

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        return Outcome((Source("generated.grid", self.content),))

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return Outcome("Hej {{ first_name }}")

    def library(self) -> tuple[Source, ...]:
        return library()


def checked(text: str) -> float:
    """The whole front end: reading, names, types, flows, the schedule."""
    workspace = Generated(text)
    gc.collect()
    start = time.perf_counter()
    loaded = load(workspace)
    outcome = check(loaded.value, workspace, lambda name, key, compute: compute())
    taken = time.perf_counter() - start
    found = Counter(problem.code.name for problem in outcome.problems if problem.level is Level.ERROR)
    assert not found, found
    return taken


def started(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    declarations = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    text = generated(declarations)
    parse(Source("warm.grid", PLAN))
    print(f"{declarations:,} declarations, {text.count(chr(10)):,} lines, {len(text):,} characters", flush=True)
    runs = [timed(text) for _ in range(RUNS)]
    print(f"parse          {median(runs)}, {text.count(chr(10)) / statistics.median(runs):,.0f} lines/s")
    print(f"whole front end{median([checked(text) for _ in range(RUNS)])}")
    parsing = "from gridlang.source import Source; from gridlang.syntax import parse; parse(Source('a', 'need a'))"
    print(f"start, parsing {median([started(parsing) for _ in range(RUNS)])}")
    print(f"import lark    {median([started('import lark') for _ in range(RUNS)])}")


if __name__ == "__main__":
    main()
