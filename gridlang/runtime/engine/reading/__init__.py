"""Files of people and events, read by the million: plain rows column by column, any other by the row code.

The row code (`gridlang.runtime.inputs`) defines what a row says; here it is asked once for every different cell, and
once for every row that is not clearly right. `scanning` and `moments` cut bytes, `sheet` collects a file, `persons`,
`accounts` and `events` say which of its rows are clearly right, `assembly` puts the columns of a run together.
"""

from gridlang.runtime.engine.reading.read import read

__all__ = ["read"]
