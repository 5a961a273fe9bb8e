"""Makes nodes of what the grammar has recognised: one method for each rule of `grid.lark`, by its name.

A method takes the children of its rule, tokens included: a word or value is its node, any other token its Span.
"""

from __future__ import annotations

from gridlang.syntax.building.declarations import Declarations
from gridlang.syntax.building.expressions import Expressions
from gridlang.syntax.building.repairs import Repairs
from gridlang.syntax.building.steps import Steps
from gridlang.syntax.building.stories import Stories


class Builder(Declarations, Steps, Stories, Expressions, Repairs):
    """Builds the nodes of one file, and remembers what it saw beside them."""
