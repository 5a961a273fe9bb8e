"""G07xx: files of people and events that cannot be read at all. A single bad row is an issue of the run instead."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

UNKNOWN_FORMAT = Code(
    "G0701",
    "unknown-rows-format",
    Level.ERROR,
    "{file}: the name does not say what is in it",
    help="people and events come as .csv, .jsonl or .parquet",
)
NO_HEADER = Code(
    "G0702",
    "no-header",
    Level.ERROR,
    "{file} is empty: it has no header row",
    why="the header names the columns; without it nobody knows which cell is the e-mail address",
    help="put the names of the columns in the first row: {wanted}",
)
MISSING_COLUMN = Code(
    "G0703",
    "missing-column",
    Level.ERROR,
    "{file} has no column `{column}`",
    why="{reason}",
    help="{way_out}",
)
UNREADABLE_HEADER = Code(
    "G0704",
    "unreadable-header",
    Level.ERROR,
    "{file}: the header row cannot be read: {reason}",
    help="{way_out}",
)
REPEATED_COLUMN = Code(
    "G0705",
    "repeated-column",
    Level.ERROR,
    "{file} has the column `{column}` twice",
    why="two columns of one name can say different things about one person",
    help="rename or delete one of them",
)
PARQUET_MISSING = Code(
    "G0706",
    "parquet-missing",
    Level.ERROR,
    "{file} is Parquet, and the library that reads and writes it is not installed",
    help='pip install "gridlang[parquet]"',
)
BROKEN_PARQUET = Code(
    "G0707",
    "broken-parquet",
    Level.ERROR,
    "{file} is no readable Parquet file: {reason}",
    help="export it again, or take CSV",
)
WRONG_COLUMN_TYPE = Code(
    "G0708",
    "wrong-column-type",
    Level.ERROR,
    "{file}: the column `{column}` holds {held}, and the plan wants {wanted}",
    help="convert the column in the export, or declare the attribute otherwise",
)
BROKEN_TABLE = Code(
    "G0709",
    "broken-output-table",
    Level.ERROR,
    "{file} does not hold the table of {table} that a run writes: {reason}",
    help="run the plan again, or name the folder of another run",
)
ROW_NOT_FOUND = Code(
    "G0710",
    "row-not-found",
    Level.ERROR,
    "no table of this run has the id `{id}`",
    why="an id belongs to one contact's visit of one step; a run of other people or an earlier end does not have it",
    help="ids stand in the first column of touches, tasks, audiences and skips; for moves name the account",
)
NOBODY = Code(
    "G0711",
    "nobody-to-run-on",
    Level.ERROR,
    "{file}: nobody to run the plan on",
    why="it names the columns, and there is no row of a person under them",
    help="export the people again, or name another file: --persons FILE",
)
