"""What the engine found, as files: the same bytes as `gridlang.runtime.outputs` writes.

`merged` puts parts together and in order, `tables` says what the cells of each column are, chunk by chunk, `rendering`
and `formatting` make bytes of them, `wording` the texts of messages, `ids` what rows are called.
"""

from gridlang.runtime.engine.writing.files import files
from gridlang.runtime.engine.writing.merged import merged
from gridlang.runtime.engine.writing.tables import Run

__all__ = ["Run", "files", "merged"]
