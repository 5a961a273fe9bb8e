"""G10xx: the folder of a state. It is either whole or refused: nothing about people in flight is ever guessed."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

DAMAGED_STATE = Code(
    "G1001",
    "damaged-state",
    Level.ERROR,
    "{path}: the state cannot be read: {reason}",
    why="who stands where, and who has had what, cannot be guessed: somebody would get something twice, or never",
    help="put the folder back from a backup; or go back one run, by copying manifest.before.json over manifest.json; "
    "or begin anew in another folder",
)
NEWER_STATE = Code(
    "G1002",
    "newer-state",
    Level.ERROR,
    "{path}: the state has version {version}, and this program reads up to {known}",
    why="a newer version may say things that an older program would silently leave out",
    help="update gridlang: pip install --upgrade gridlang",
)
OLDER_STATE = Code(
    "G1003",
    "older-state",
    Level.ERROR,
    "{path}: the state has version {version}, and this program reads from {known} on",
    why="what the older version did not write down would have to be guessed",
    help="end the plan with the version of gridlang that wrote it, or begin anew in another folder",
)
OTHER_PLANS_STATE = Code(
    "G1004",
    "state-of-another-plan",
    Level.ERROR,
    "{path}: the state is of the plan `{found}`, and this is `{plan}`",
    why="ids are made of the plan's name, so nothing that was put out would be known again",
    help="name the folder of this plan's state, or a new one",
)
STATE_IN_USE = Code(
    "G1005",
    "state-in-use",
    Level.ERROR,
    "{path}: another run is at work on this state",
    why="two runs at once would each hand out what the other does",
    help="wait for it to end, and run again; a run that was killed does not hold the state",
)
NO_STATE = Code(
    "G1006",
    "no-state",
    Level.ERROR,
    "{path} holds no state",
    why="{reason}",
    help="name the folder that was given to `grid run --state`",
)
NOT_A_STATE = Code(
    "G1007",
    "not-a-state",
    Level.ERROR,
    "{path} holds other files, and no state",
    why="a state keeps a folder of its own, and takes away from it what it needs no longer",
    help="name an empty folder, or one that is not there yet",
)
UNKNOWN_OF_STATE = Code(
    "G1008",
    "unknown-in-state",
    Level.ERROR,
    "the state {path} knows nothing of `{id}`",
    why="it is no contact or account of the plan, and no run has made a row with this id",
    help="ids stand in the first column of the tables; for a person, take the id of the CRM",
)
STATE_NOT_WRITTEN = Code(
    "G1009",
    "state-not-written",
    Level.ERROR,
    "cannot write the state in `{path}`: {reason}",
    why="what is to be put out may leave only when it is known what was put out; the state is whole, as it was before, "
    "or as this run made it",
    help="make room there, or see that you may write there, and run again: nothing is lost",
)
