"""`grid.toml`, the settings beside a plan: read once, each table typed by whoever it is for.

A table is an attrs class: its fields are the keys, their types what may stand there, `setting(doc=…)` what they mean.
`Settings.table` reads one; a key that no field has, a value of another type and a word that is no choice are findings
at their place, with the nearest name. Plans come from strangers, so a setting never names code, and never a place
outside the plan's folder.
"""

from gridlang.settings.document import NAME, Settings, read
from gridlang.settings.fields import folder, setting

__all__ = ["NAME", "Settings", "folder", "read", "setting"]
