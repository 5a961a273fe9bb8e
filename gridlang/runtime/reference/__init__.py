"""The reference interpreter: the rules of execution as plain as they are written. It is the definition.

A rule a function; each says its number. The way through: `execution` takes a schedule and its input; `moments` is the
one heap over all accounts; `instant` is what happens in one second (R23), in which

- `history` lets accounts enter (R2), `happenings` and `outcomes` are events (R5a, R21), `journey` the edges (R3),
- `cells`, `relations` and `runs` say where people stand and what starts and ends (R1, R4 to R7),
- `acting` and `flows` are the steps of a flowchart (R19 to R22a),
- `contacts`, `consent`, `caps` and `desk` hold a touch until its moment (R11 to R18), `making` makes it a row.

What is known of an account is plain data in `people`, `running`, `handouts` and `audiences`.
"""

from gridlang.runtime.reference.execution import execute

__all__ = ["execute"]
