"""From text to nodes. `parse` is the one way in; `nodes` says what comes out."""

from gridlang.syntax.parse import parse

__all__ = ["parse"]
