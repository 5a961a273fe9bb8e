"""What all records of the language have in common.

attrs compiles each method of each class at import. With 150 classes of nodes and schedule records, their `__repr__`
alone cost a tenth of `grid check`, which never shows one; so they share this.
"""

from __future__ import annotations

import attrs


class Record:
    """Shows its fields as attrs would; use it with `repr=False`."""

    __slots__ = ()

    def __repr__(self) -> str:
        fields: tuple[attrs.Attribute[object], ...] = attrs.fields(type(self))  # type: ignore[arg-type]
        shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields if field.repr)
        return f"{type(self).__name__}({shown})"
