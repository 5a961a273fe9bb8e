"""The state of a plan between runs: January, then February, equals both at once (R24 to R26).

`records` say what is known of everybody at one moment, as plain data; `accounts` are the lines in which they stand,
each with its `signs`. The way through: `continuing` takes a state, a schedule and today's rows, whatever holds them
(`today`); `seen` sorts out which of the events are new; `concern` says by the signs which accounts the day concerns,
and all others are carried over as they stand; `restoring` puts a world together that goes on, with `shared` for what
all accounts share, `flight` for their runs, `names` and `places` for a plan edited since, and `joining` for what rows
and plan change; `saving` makes the records of it again, and `upcoming` says when they will be looked at next.
"""

from gridlang.runtime.state.accounts import State
from gridlang.runtime.state.continuing import Before, Gone, go_on

__all__ = ["Before", "Gone", "State", "go_on"]
