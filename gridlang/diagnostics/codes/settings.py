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
UNKNOWN_TARGET = Code(
    "G0906",
    "unknown-target",
    Level.ERROR,
    "there is no target `{name}`",
    why="A target comes with gridlang or with a package that is installed beside it; settings name it, nothing more.",
    help=("did you mean `{near}`?", "there are: {known}"),
)
BROKEN_TARGET = Code(
    "G0907",
    "broken-target",
    Level.ERROR,
    "the target `{name}` of the package `{package}` does not work: {reason}",
    why="It comes with an installed package, which is neither part of your plan nor of gridlang.",
    help="ask those who made it, leave it out of `targets` in `[build]`, or uninstall the package",
)
SAME_OUTPUT = Code(
    "G0908",
    "same-output",
    Level.ERROR,
    "`{path}` would be written twice: by {first} and by {second}",
    why="One of them would be lost, and nobody would see which.",
    help='give one of them a folder of its own in `grid.toml`: `[targets.{second}]` with `folder = "{second}"`',
)
NO_CATALOGUE = Code(
    "G0909",
    "no-catalogue",
    Level.WARNING,
    "no catalogue of words for the locale `{locale}`: what gridlang itself says in the outputs is English",
    why="Dates, numbers and the headings of pages follow the plan's locale; your own texts stay as you wrote them.",
    help="there are `da` and `en`",
)
LEAVES_PLAN = Code(
    "G0910",
    "output-leaves-plan",
    Level.ERROR,
    "`{path}` leads out of the plan's folder",
    why="A plan may come from a stranger, links and all, so its outputs stay in its folder unless you say otherwise.",
    help="name the folder yourself: `--out DIR`",
)
MISSING_OWNER = Code(
    "G0911",
    "missing-owner",
    Level.ERROR,
    "{system} knows nobody for {who}",
    why="Its import takes an owner by the id it gave them; without one, the work would be the importer's own.",
    help=(
        "give their ids in `grid.toml`: `[targets.{name}.owners]` and below it `{example}`,",
        'or one for all: `[targets.{name}]` with `owner = "…"`',
    ),
)
NO_KEY = Code(
    "G0912",
    "no-key-for-ads",
    Level.ERROR,
    "nobody would be recognised in the audiences of `{name}`: no attribute holds an e-mail address or a telephone",
    why="Advertising systems find people by digests of these two.",
    help='name the attribute in `grid.toml`: `[targets.{name}]` with `email = "…"` or `phone = "…"`',
)
