"""What goes into a run: files of persons, accounts and events, read by what the plan declares.

`tables` and the readers of formats give rows of cells; `scalars` and `values` type a cell; `persons`, `accounts` and
`events` read a row; `read` puts them together.
"""

from gridlang.runtime.inputs.given import InputFile, InputFiles, InputRows, InputTable
from gridlang.runtime.inputs.loading import SUFFIXES
from gridlang.runtime.inputs.read import in_time, read

__all__ = ["SUFFIXES", "InputFile", "InputFiles", "InputRows", "InputTable", "in_time", "read"]
