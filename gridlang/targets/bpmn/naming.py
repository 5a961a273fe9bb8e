"""Ids of elements and names of variables: letters, figures and `_`, each used once, the same in every build."""

from __future__ import annotations

import hashlib
import re

import attrs


def plain(name: str) -> str:
    """A name of a plan as an XML id and a variable of Python; one that had to be changed carries a part of its digest,
    so that no two become equal. Two `_` stand only before what a step has more than one element for."""
    simple = re.sub(r"[^A-Za-z0-9]+|_+", "_", name)
    if simple == name and re.match(r"[A-Za-z]", name):
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return "_".join(filter(None, ("x", simple[:60].strip("_"), digest)))


@attrs.define
class Ids:
    """Numbers ids that are wanted twice."""

    _taken: dict[str, int] = attrs.field(factory=dict)

    def __call__(self, wanted: str) -> str:
        times = self._taken[wanted] = self._taken.get(wanted, 0) + 1
        return wanted if times == 1 else f"{wanted}__{times}"
