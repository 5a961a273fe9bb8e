"""What a run leaves behind: its tables, as CSV, JSON lines or Parquet, and the tasks for HubSpot.

`tables` says what every table holds; a file a format writes them; `read_back` reads them again for `grid explain`.
"""

from gridlang.runtime.outputs.files import Format, files, unavailable

__all__ = ["Format", "files", "unavailable"]
