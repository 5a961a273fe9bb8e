"""Where things stand on a page: stable anchors that no sign of a plan can break."""

from __future__ import annotations

import hashlib
import re


def anchor(kind: str, *names: str) -> str:
    """`campaign-close_the_sale`; a name with signs that an address cannot carry is told apart by its hash."""
    return "-".join((kind, *(_part(name) for name in names)))


def _part(name: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_.]{1,60}", name):
        return name
    readable = re.sub(r"[^A-Za-z0-9]+", "_", name)[:14].strip("_")
    return f"{readable}.{hashlib.sha256(name.encode()).hexdigest()[:8]}"
