"""`test`: an expectation about the plan. Here its names are checked; running it is the interpreter's."""

import datetime as dt

from gridlang.diagnostics.codes import declarations as codes
from gridlang.semantics.context import Here
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import Reader, wrong
from gridlang.syntax import nodes


def _moment(value: nodes.Expression, here: Here) -> dt.date | None:
    if isinstance(value, nodes.Moment | nodes.Date):
        return value.value
    return wrong(value, here, "a moment, as `2027-02-01 08:00`")


def _lower(bound: Bound) -> None:
    bound.value("starts")
    if bound.title is None:
        bound.here.complain(codes.MISSING_TITLE.at(bound.span, kind="test"))


KIND = Kind(
    "test",
    "An expectation about the plan: who enters where, what happens, what must follow.",
    fields=(
        FieldSpec("starts", Reader("a moment, `2027-02-01 08:00`", _moment), "when the story begins", required=True),
    ),
    blocks=(Kind("person", "Somebody of the story, with their attributes.", free="an attribute and its value"),),
    steps=True,
    named=False,
    titled=True,
    lower=_lower,
)
