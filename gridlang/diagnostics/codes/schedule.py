"""G06xx: a built schedule that was read back and cannot be used. These findings name the file and the field in it."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

_AGAIN = "build it again from its plan: `grid build`"

NOT_JSON = Code(
    "G0601",
    "not-json",
    Level.ERROR,
    "`{name}` is not JSON: {reason} ({place})",
    why="A schedule is read whole or not at all; half a plan must not reach anybody.",
    help=_AGAIN,
)
NOT_A_SCHEDULE = Code(
    "G0602",
    "not-a-schedule",
    Level.ERROR,
    "`{name}` is JSON, but no schedule: its `format` is not `{format}`",
    why="Only what a plan was built into says who gets what, and when.",
    help="name the `schedule.json` that `grid build` wrote, or the folder of the plan",
)
NEWER_SCHEDULE = Code(
    "G0603",
    "newer-schedule",
    Level.ERROR,
    "`{name}` is a schedule of version {version}, and this gridlang reads up to version {known}",
    why="A newer schedule may hold rules that this program would not keep.",
    help="update gridlang, or build the schedule again with this one",
)
WRONG_FORM = Code(
    "G0604",
    "wrong-form",
    Level.ERROR,
    "`{name}`: `{where}` {what}",
    why="A schedule with a hole in it would be carried out with a hole in it.",
    help=_AGAIN,
)
DANGLING = Code(
    "G0605",
    "dangling-reference",
    Level.ERROR,
    "`{name}`: `{where}` names the {kind} `{target}`, and the schedule has none",
    why="Whoever is sent there would be lost.",
    help=_AGAIN,
)
TOO_DEEP = Code(
    "G0606",
    "too-deep-schedule",
    Level.ERROR,
    "`{name}` has more than {depth} lists and objects inside each other",
    why="No predicate that a person wrote goes so deep; the file is damaged, or made to do damage.",
    help=_AGAIN,
)
WRONG_TEXT = Code(
    "G0607",
    "wrong-text",
    Level.ERROR,
    "`{name}`: `{where}` is `{value}`, and should be {wanted}",
    why="A time or an amount that cannot be read would be kept by nobody.",
    help=_AGAIN,
)
TWICE = Code(
    "G0608",
    "twice",
    Level.ERROR,
    "`{name}`: there are two {kind}s `{target}` (`{where}`)",
    why="Nobody could say which of the two is meant.",
    help=_AGAIN,
)
MORE = Code("G0609", "more", Level.NOTE, "`{name}` has {count} more mistakes of this sort")
