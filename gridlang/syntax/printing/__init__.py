"""From nodes to text, in the house style: what `parse` reads back as equal nodes.

What is printed is what the nodes hold. Where they come from a text, its author keeps the blank lines, the blocks on
one line and the spelling of numbers; nodes without a text get the defaults of the house. Docs that no node carries
(G0119) are not in the nodes; whoever formats a file with findings keeps the text of what they touch.
"""

from gridlang.syntax.printing.blocks import print_declaration, print_file
from gridlang.syntax.printing.expressions import expression

__all__ = ["expression", "print_declaration", "print_file"]
