"""G00xx: what the disk holds, or does not hold. These have no place in a text, so the message names the file."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

MISSING_FOLDER = Code(
    "G0001",
    "missing-folder",
    Level.ERROR,
    "there is no folder `{path}`",
    why="A plan is a folder with `.grid` files in it.",
    help="check the spelling of the path, or begin a plan there: `grid init {path}`",
)
NOT_A_FOLDER = Code(
    "G0002",
    "not-a-folder",
    Level.ERROR,
    "`{path}` is a file, and a plan is a folder",
    why="All `.grid` files of a folder belong to one plan and see each other, so no file of it is checked alone.",
    help="name the folder it stands in: `{folder}`",
)
EMPTY_FOLDER = Code(
    "G0003",
    "empty-folder",
    Level.ERROR,
    "no `.grid` file in the folder `{path}`",
    why="A plan is a folder with `.grid` files in it; one of them holds the `plan`.",
    help="name the folder of a plan, or begin one here with `grid init`",
)
NOT_UTF8 = Code(
    "G0004",
    "not-utf-8",
    Level.ERROR,
    "`{path}` is not UTF-8 text: line {line} has the byte {byte}",
    why="Letters such as æ, ø and å can only be read when the file says them in UTF-8.",
    help="save it again in your editor with the encoding UTF-8 (it looks like {guess})",
)
UNREADABLE = Code(
    "G0005",
    "unreadable-file",
    Level.ERROR,
    "cannot read `{path}`: {reason}",
    why="What cannot be read cannot be checked, and nothing of it would be sent.",
    help="{way_out}",
)
FOLDER_AS_FILE = Code(
    "G0006",
    "folder-named-as-file",
    Level.ERROR,
    "`{path}` is a folder, though its name is that of a plan file",
    why="Names that end in `.grid` are read as files of the plan.",
    help="give the folder another name",
)
LEAVES_WORKSPACE = Code(
    "G0007",
    "leaves-workspace",
    Level.ERROR,
    "`{path}` lies outside the workspace",
    why="A plan may come from a stranger, so it reads nothing outside the folders it belongs to; links count as what "
    "they point to.",
    help="`use` takes folders of the same Git checkout (without Git: beside the plan), `file(…)` files in the plan's "
    "own folder",
)
OUTPUT_BLOCKED = Code(
    "G0008",
    "output-blocked",
    Level.ERROR,
    "cannot write into `{path}`: {reason}",
    why="Outputs are written whole or not at all; what stood there before is as it was.",
    help="choose another folder with `--out DIR`",
)
DISK_FULL = Code(
    "G0009",
    "disk-full",
    Level.ERROR,
    "no room left on the disk of `{path}`",
    why="Outputs are written whole or not at all; what stood there before is as it was.",
    help="make room, or choose another disk with `--out DIR`",
)
MISSING_FILE = Code(
    "G0010",
    "missing-file",
    Level.ERROR,
    "there is no file `{path}`",
    why="What cannot be read cannot be checked, and nothing of it would be sent.",
    help="check the spelling of the path{near}",
)
NOT_REPLACED = Code(
    "G0011",
    "file-not-replaced",
    Level.ERROR,
    "cannot write `{path}` anew: {reason}",
    why="A file of the plan is replaced whole or not at all; this one is as it was.",
    help="see that you may write the file and its folder",
)
NO_BASELINE = Code(
    "G0012",
    "no-baseline",
    Level.ERROR,
    "`{path}` is no list of known findings: {reason}",
    why="Without it, what was known before cannot be told from what is new.",
    help="write it anew: `grid lint --write-baseline {path}`",
)
