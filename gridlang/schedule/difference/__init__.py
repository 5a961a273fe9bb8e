"""What differs between two schedules of a plan, in a marketer's words, and which runs in flight an edit ends.

`compare` is pure and deterministic: differences come by group, in the order in which the plans declare things. Places,
comments of the sources and the order of declarations that nothing depends on are no difference. `as_text` and `as_json`
show the result.
"""

from gridlang.schedule.difference.changes import Change, Difference, Ending
from gridlang.schedule.difference.compare import compare

__all__ = ["Change", "Difference", "Ending", "compare"]
