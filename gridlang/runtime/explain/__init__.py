"""Why did she get this, now? A row of a run, with the chain of rules that gave it its time, in words.

`find` gets the row from the tables of a run by its id; `explain` tells it.
"""

from gridlang.runtime.explain.find import find
from gridlang.runtime.explain.tell import ChainRow, explain

__all__ = ["ChainRow", "explain", "find"]
