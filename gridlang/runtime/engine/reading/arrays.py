"""Names for the arrays of numpy and Arrow, which come without types of their own."""

from __future__ import annotations

from typing import Any, TypeAlias

Array: TypeAlias = Any
"""A numpy array."""
Arrow: TypeAlias = Any
"""An array, table or batch of Arrow."""
