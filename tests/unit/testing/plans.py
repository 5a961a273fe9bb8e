"""A small plan with one test, told; and what came of it, in short."""

from __future__ import annotations

from functools import cache

from gridlang.runtime import testing
from gridlang.runtime.testing import Told
from gridlang.schedule.model import Schedule
from tests.rules.plans import compiled

PLAN = """
event shopped "Shopped" { from: web  carries { amount: Money } }
channel letterbox: plain "Letterbox" {}
channel crowd "Crowd" { reach: audience }
team desk "Desk" { members: "ann@example.dk" }

campaign greet "Greet" {
  phase: first
  flow {
    hi: send plain hello at 09:00
    ask "More?" within 3d {
      asked   -> again
      begged  -> stop
      nothing -> call
    }
    again: send letterbox again
    move second
    call: task phone goodbye by desk due 2 workdays {
      yes       -> send email goodbye -> stop
      no, maybe -> call max 1 times else end
    }
    end: notify desk "Told {{ first_name }}"
    send crowd again
  }
}
"""

PER = 'person per { first_name: "Per"  mobile: "+45 20 30 40 50"  consent: phone }'


@cache
def schedule(lines: str, people: str = PER, starts: str = "2027-02-01 08:00", enter: str = "enter first") -> Schedule:
    """The plan with a test of these lines; a Monday at eight."""
    return compiled(f'{PLAN}\ntest "A story" {{\n  starts: {starts}\n  {people}\n  {enter}\n{lines}\n}}\n')


def told(lines: str, people: str = PER, starts: str = "2027-02-01 08:00", enter: str = "enter first") -> Told:
    made = schedule(lines, people, starts, enter)
    return testing.run(made, made.tests[0])


def happened(told: Told) -> list[str]:
    """The first line of what stands beside each failure."""
    return [each.chain.splitlines()[0] for failure in told.failures for each in failure.happened]
