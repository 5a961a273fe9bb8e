"""G09xx: what `grid.toml` asks for, and what targets can do about it."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

NOT_TOML = Code(
    "G0901",
    "not-toml",
    Level.ERROR,
    "`grid.toml` cannot be read here: {reason}",
    why="Settings that nobody can read would be left out in silence, and the outputs be others than you asked for.",
    help=(
        "a line is `key = value`, a table begins with its name in brackets: `[build]`;",
        'texts stand in quotes: `folder = "out"`',
    ),
)
UNKNOWN_SETTING = Code(
    "G0902",
    "unknown-setting",
    Level.ERROR,
    "{table} has no `{key}`",
    why="A setting with a slip in its name would be left out in silence.",
    help=("did you mean `{near}`?", "there are: {known}"),
)
WRONG_SETTING_TYPE = Code(
    "G0903",
    "wrong-setting-type",
    Level.ERROR,
    "`{key}` is {found}, and should be {wanted}",
    why="A setting of another type could only be guessed at.",
)
UNKNOWN_CHOICE = Code(
    "G0904",
    "unknown-choice",
    Level.ERROR,
    "`{key}` cannot be `{value}`",
    help=("did you mean `{near}`?", "it can be: {choices}"),
)
UNFIT_SETTING = Code(
    "G0905",
    "unfit-setting",
    Level.ERROR,
    "`{key}` cannot be `{value}`",
    why="A plan may come from a stranger, so its settings write nothing outside its folder and nothing hidden.",
    help="write {should}",
)
