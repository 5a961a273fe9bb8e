"""From a line of an output back to the plan: file, line and declaration of whatever stands there.

`trace` looks at the name of a file and at its text; a file a form. It reads outputs as anybody could, by what they say
of themselves: a column `place`, an id of a step, a property of a calendar entry, an element's `grid:source`.
"""

from gridlang.tracing.forms import Asked, trace
from gridlang.tracing.origin import Origin

__all__ = ["Asked", "Origin", "trace"]
