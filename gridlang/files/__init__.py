"""The disk: reading plans and tables, and writing outputs. Nobody else opens a file of the user's.

What a user can do wrong with files comes back as findings (G00xx), never as an exception.
"""

from gridlang.files.places import sweep
from gridlang.files.reading import (
    SUFFIX,
    Workspace,
    decoded,
    grid_places,
    listed,
    read_bytes,
    read_text,
    tables_beside,
)
from gridlang.files.reasons import write_problem, write_reason
from gridlang.files.renewing import WRITTEN, renew
from gridlang.files.writing import Digests, Output, Written, has_content, inside, replace_text, write

__all__ = [
    "SUFFIX",
    "WRITTEN",
    "Digests",
    "Output",
    "Workspace",
    "Written",
    "decoded",
    "grid_places",
    "has_content",
    "inside",
    "listed",
    "read_bytes",
    "read_text",
    "renew",
    "replace_text",
    "sweep",
    "tables_beside",
    "write",
    "write_problem",
    "write_reason",
]
