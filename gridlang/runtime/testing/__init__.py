"""The tests of a plan: a story is told to the reference interpreter, and what it expects must follow.

What a story means:

- It begins at `starts`, on the plan's clock, and runs to the end of the plan's period. Its persons are one account,
  `home`, unless they say `account:`; with `enter PHASE` every account of it stands in that phase when it begins.
- What happens (`on`) and what is expected are on the person's clock; moves of accounts on the plan's.
- `expect AT …`: at that moment, to the second; AT a date: at any moment of that day. Without AT: at any time.
- `after A`, `before B`, `between A and B`: A included, B not; a date is its 00:00, so `before 2027-03-01` ends with
  February. What is asked about a time outside the story fails: nothing can happen there, so it would say nothing.
- Without `to P` it is expected of anybody. A channel stands for itself and for those that start from it, as in rules.
- `send` is a touch, or the day somebody comes into an audience. `task` is a task handed out, `notify` a note to a team.
  `move PHASE` is a step of the journey; the story's own entry is one only where it says no `enter`.
  `skip … because REASON` is a touch or task not made. `no CHANNEL [MESSAGE]`: no touch, audience or task.
- More of what is expected is no failure; `expect no …` is there to forbid it.
- An issue of the run (an outcome that nobody asked for, a row refused, a template that fails) makes the test fail.

`run` tells one story, `arms` are what a plan can do at its forks; `as_text`, `as_json` and `as_junit` show the result.
"""

from gridlang.runtime.testing.arms import Arm, arms, untaken
from gridlang.runtime.testing.run import run
from gridlang.runtime.testing.told import Failure, Happened, Told, Took, Trouble

__all__ = ["Arm", "Failure", "Happened", "Told", "Took", "Trouble", "arms", "run", "untaken"]
