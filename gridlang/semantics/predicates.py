"""Expressions: from what was written to what the schedule holds, every value typed, units never mixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import attrs

from gridlang.diagnostics import Edit, Fix, Related
from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from gridlang.semantics import calls
from gridlang.semantics.context import Here
from gridlang.semantics.scope import near
from gridlang.semantics.types import Type, in_words
from gridlang.semantics.values import Reader, clock, same_currency
from gridlang.semantics.wanted import declaration, declaring, shown_by
from gridlang.syntax import nodes

BOOL = Type("Bool")
RESERVED = {
    "id": Type("Text"),
    "account": Type("Text"),
    "roles": Type("List", of="role"),
    "timezone": Type("Text", optional=True),
    "language": Type("Text", optional=True),
    "since": Type("Date", optional=True),
    "salesperson": Type("Text", optional=True),
}
"""Attributes that every person has without declaring them."""


MAX_SIZE = 2000
"""How many parts one condition may have, its `let`s spelled out."""
MAX_DEPTH = 120
"""How deep a condition may be nested, its `let`s spelled out."""


@attrs.frozen
class Typed:
    """An expression of the schedule, its type and how it was written."""

    value: ex.Expression
    type: Type
    node: nodes.Expression


@attrs.frozen(eq=False)
class Place:
    """Where an expression stands: `payload` are the fields of the event that a `where` looks at; `known` are the
    optional attributes that `has` has asked about on the way here."""

    here: Here
    payload: dict[str, model.Field] | None = None
    known: frozenset[str] = frozenset()
    events_of: ex.Owner = "person"
    """Whose events `ever(…)` and its like mean: in `relations` they are the account's."""
    wanted: str | None = None
    """The type that a name nobody knows should have here, as far as what stands beside it shows."""
    spent: list[nodes.Expression] = attrs.field(factory=list)
    """The parts of the whole condition read so far, its `let`s spelled out."""


def predicate(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A condition, typed; None after saying what is wrong."""
    return condition(node, Place(here))


def arm(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A condition beside others: whether they leave out people with something missing is asked of all of them."""
    return condition(node, Place(here, known=_every_attribute(here)))


def condition(node: nodes.Expression, place: Place) -> ex.Expression | None:
    """An expression that must be a condition; None after saying what is wrong."""
    typed = read(node, _wanting("Bool", node, place))
    if typed is None:
        return None
    if typed.type.name != "Bool":
        place.here.complain(codes.NOT_A_PREDICATE.at(node.span, text=node.span.text, type=in_words(typed.type)))
        return None
    return typed.value


def date(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A date or moment: a constant, an attribute, or one of these shifted."""
    typed = read(node, _wanting("Date", node, Place(here, known=_every_attribute(here))))
    if typed is None:
        return None
    if typed.type.name not in ("Date", "DateTime"):
        here.complain(codes.NOT_A_DATE.at(node.span, text=f"`{node.span.text}`", type=in_words(typed.type)))
        return None
    return typed.value


def _every_attribute(here: Here) -> frozenset[str]:
    """A date expression over a missing attribute simply gives no date, so nobody needs to ask `has` first."""
    return (
        frozenset(here.context.person_fields)
        | {f"account.{name}" for name in here.context.account_fields}
        | {*RESERVED}
    )


def _of_account(node: nodes.Expression, here: Here) -> ex.Expression | None:
    return condition(node, Place(here, events_of="account"))


CONDITION = ("attribute", "let")
"""What a name in a condition or a date can mean."""
ACCOUNT_PREDICATE = Reader("a condition, as `count(purchase) >= 1`", _of_account, CONDITION)
"""A condition on what everybody in the account has done."""
PREDICATE = Reader("a condition, as `children >= 1`", predicate, CONDITION)
DATE = Reader("a date, `2027-03-01` or `lease_ends - 90d`", date, CONDITION)


def read(node: nodes.Expression, place: Place) -> Typed | None:
    """Type one expression. Every kind of node has its reader; what is no expression is said to be none."""
    context = place.here.context
    place.spent.append(node)
    if len(place.spent) >= MAX_SIZE or context.depth >= MAX_DEPTH:
        if len(place.spent) <= MAX_SIZE:
            place.here.complain(codes.TOO_LARGE.at(place.spent[0].span, parts=MAX_SIZE, deep=MAX_DEPTH))
            place.spent.extend([node] * MAX_SIZE)  # once is enough
        return None
    reader = _READERS.get(type(node))
    if reader is None:
        place.here.complain(
            codes.WRONG_VALUE.at(
                node.span, field=place.here.field, expects="a condition", found=f"`{node.span.text}`", hint=None
            )
        )
        return None
    context.depth += 1
    typed = reader(node, place)
    context.depth -= 1
    return typed


# --- constants -------------------------------------------------------------------------------------------------------


def _constant(name: ex.ValueType, text: Callable[[Any], str]) -> Callable[..., Typed]:
    def make(node: nodes.Expression, place: Place) -> Typed:
        return Typed(ex.Value(name, text(node)), Type(name), node)

    return make


def _number(node: nodes.Number, place: Place) -> Typed:
    name: ex.ValueType = "Percent" if node.percent else "Int" if isinstance(node.value, int) else "Decimal"
    return Typed(ex.Value(name, str(node.value)), Type(name), node)


def _amount(node: nodes.Amount, place: Place) -> Typed | None:
    if not same_currency(node.value, node, place.here):
        return None
    return Typed(ex.Value("Money", str(node.value)), Type("Money"), node)


def _negative(node: nodes.Negative, place: Place) -> Typed | None:
    typed = read(node.operand, place)
    if typed is None or not isinstance(typed.value, ex.Value):
        return typed
    return attrs.evolve(typed, value=attrs.evolve(typed.value, value=f"-{typed.value.value}"), node=node)


# --- names -----------------------------------------------------------------------------------------------------------


def _reference(node: nodes.Reference, place: Place) -> Typed | None:
    words = tuple(part.text for part in node.parts)
    if len(words) == 1 and place.payload is not None and words[0] in place.payload:
        field = place.payload[words[0]]
        return Typed(ex.Payload(words[0], field.type), attrs.evolve(Type.of_field(field), optional=False), node)
    if words in (("yes",), ("no",), ("true",), ("false",)):
        truth = "true" if words[0] in ("yes", "true") else "false"
        return Typed(ex.Value("Bool", truth), BOOL, node)
    found = attribute_type(words, place.here)
    if found is None:
        return _let(node, place) if len(words) <= 2 and _names_let(node, place) else _unknown(node, place)
    owner: ex.Owner = "account" if words[0] == "account" and len(words) == 2 else "person"
    _ask_optional(node, found, place)
    return Typed(ex.Attribute(owner, words[-1], found.name), found, node)


def attribute_type(words: tuple[str, ...], here: Here) -> Type | None:
    """The type of `children` or `account.turnover`; None when nobody has it."""
    if len(words) == 1:
        field = here.context.person_fields.get(words[0])
        return Type.of_field(field) if field else RESERVED.get(words[0])
    if len(words) == 2 and words[0] == "account":
        field = here.context.account_fields.get(words[1])
        return Type.of_field(field) if field else None
    return None


def _ask_optional(node: nodes.Reference, type: Type, place: Place) -> None:
    if type.optional and node.text not in place.known:
        fix = Fix(f"ask has({node.text}) first", (Edit(node.span, f"has({node.text}) and {node.text}"),))
        place.here.complain(codes.OPTIONAL_UNASKED.at(node.span, name=node.text, fixes=(fix,)))


def _names_let(node: nodes.Reference, place: Place) -> bool:
    parts = tuple(part.text for part in node.parts)
    return place.here.context.scope.find("let", parts, place.here.home) is not None


def _let(node: nodes.Reference, place: Place) -> Typed | None:
    context = place.here.context
    found = place.here.find("let", node)
    if found is None or not isinstance(found.node, nodes.Let):
        return None
    if found in context.lets:
        names = [let.name for let in context.lets[context.lets.index(found) :]] + [found.name]
        place.here.complain(codes.LET_CYCLE.at(node.span, name=found.name, cycle=" -> ".join(names)))
        return None
    context.lets.append(found)
    inside = attrs.evolve(place.here, home=found.folder)
    typed = read(found.node.value, attrs.evolve(place, here=inside))
    context.lets.pop()
    return attrs.evolve(typed, node=node) if typed else None


def _unknown(node: nodes.Reference, place: Place) -> None:
    context = place.here.context
    if node.parts[-1].text in context.misdeclared:
        return
    meant = _meant(node, place)
    words = tuple(part.text for part in node.parts)
    type = place.wanted or "Text"
    fixes = (Fix(f"write `{meant}`", (Edit(node.span, meant),)),) if meant else declaring(words, type, context)
    hint = f"did you mean `{meant}`?" if meant else f"declare it: `{declaration(words, type)}`"
    field = context.person_fields.get(meant or "")
    related = (Related(context.places.spans[field.place], f"`{meant}` is declared here"),) if field else ()
    place.here.complain(codes.UNKNOWN_ATTRIBUTE.at(node.span, name=node.text, hint=hint, fixes=fixes, related=related))


def _meant(node: nodes.Reference, place: Place) -> str | None:
    """The name that was probably meant, of those that can stand here."""
    context = place.here.context
    if len(node.parts) == 2 and node.parts[0].text == "account":
        found = near(node.parts[1].text, context.account_fields)
        return f"account.{found}" if found else None
    names = [*context.person_fields, *RESERVED, *(f"account.{name}" for name in context.account_fields)]
    return near(node.text, [*names, *(place.payload or {}), *context.scope.visible("let", place.here.home)])


def _wanting(type: str | None, node: nodes.Expression, place: Place) -> Place:
    """The place for reading a name that may be unknown; any other place stays as it is."""
    if not isinstance(node, nodes.Reference) or type == place.wanted:
        return place
    unknown = attribute_type(tuple(part.text for part in node.parts), place.here) is None
    return attrs.evolve(place, wanted=type) if unknown else place


def _beside(node: nodes.Expression, other: nodes.Expression, place: Place) -> Place:
    """The place for reading one side of a comparison: the other shows its type."""
    if not isinstance(node, nodes.Reference):
        return place
    found = shown_by(other)
    if found is None and isinstance(other, nodes.Reference):
        known = attribute_type(tuple(part.text for part in other.parts), place.here)
        found = str(known.name) if known is not None and known.name != "List" else None
    return _wanting(found, node, place)


# --- logic -----------------------------------------------------------------------------------------------------------


def _not(node: nodes.Not, place: Place) -> Typed | None:
    value = condition(node.operand, attrs.evolve(place, known=place.known))
    return None if value is None else Typed(ex.Not(value), BOOL, node)


def _logic(node: nodes.Logic, place: Place) -> Typed | None:
    values: list[ex.Expression] = []
    failed = False
    for operand in node.operands:
        value = condition(operand, place)
        failed = failed or value is None
        if value is not None:
            values.append(value)
        learned = asked(operand) if node.word == "and" else asked_not(operand)
        place = attrs.evolve(place, known=place.known | learned)
    if failed:
        return None
    made = ex.All(tuple(values)) if node.word == "and" else ex.AnyOf(tuple(values))
    return Typed(made, BOOL, node)


def asked(node: nodes.Expression) -> frozenset[str]:
    """The attributes that are surely there when the condition holds."""
    if isinstance(node, nodes.Call) and node.function.text == "has" and node.arguments:
        return frozenset({named(node.arguments[0].value)})
    if isinstance(node, nodes.Not):
        return asked_not(node.operand)
    if isinstance(node, nodes.Logic):
        parts = [asked(operand) for operand in node.operands]
        return frozenset.union(*parts) if node.word == "and" else frozenset.intersection(*parts)
    return frozenset()


def named(attribute: nodes.Expression) -> str:
    """An attribute by its name, whatever stands around it."""
    return attribute.text if isinstance(attribute, nodes.Reference) else attribute.span.text


def asked_not(node: nodes.Expression) -> frozenset[str]:
    """The attributes that are surely there when the condition does not hold."""
    if isinstance(node, nodes.Not):
        return asked(node.operand)
    if isinstance(node, nodes.Logic):
        parts = [asked_not(operand) for operand in node.operands]
        return frozenset.union(*parts) if node.word == "or" else frozenset.intersection(*parts)
    return frozenset()


# --- comparisons -----------------------------------------------------------------------------------------------------


def _comparison(node: nodes.Comparison, place: Place) -> Typed | None:
    if node.sign == "in":
        return _membership(node, place)
    if node.sign == "before":
        return _bad_before(node, place)
    if _compares_with_nothing(node, place):
        return None
    left = read(node.left, _beside(node.left, node.right, place))
    right = read(node.right, _beside(node.right, node.left, place))
    if left is None or right is None:
        return None
    if not comparable(left, right, node.sign, place):
        return None
    return Typed(ex.Compare(node.sign, left.value, right.value), BOOL, node)


def _compares_with_nothing(node: nodes.Comparison, place: Place) -> bool:
    """Whether a missing value is taken for an empty text; says so."""
    for attribute, constant in ((node.left, node.right), (node.right, node.left)):
        if not (_is_nothing(constant, place) and isinstance(attribute, nodes.Reference)):
            continue
        type = attribute_type(tuple(part.text for part in attribute.parts), place.here)
        if type is not None and type.optional and not type.options:
            name = attribute.text
            has = f"not has({name})" if node.sign == "==" else f"has({name})"
            fix = Fix(f"write `{has}`", (Edit(node.span, has),))
            place.here.complain(codes.EMPTY_TEXT_FOR_MISSING.at(node.span, name=name, has=has, fixes=(fix,)))
            return True
    return False


def _is_nothing(constant: nodes.Expression, place: Place) -> bool:
    """Whether `""`, or a word such as `null`, stands for a missing value."""
    if isinstance(constant, nodes.Text):
        return constant.value == ""
    words = ("null", "none", "nil", "missing", "unknown", "empty", "blank", "undefined")
    return (
        isinstance(constant, nodes.Reference)
        and constant.text.lower() in words
        and (attribute_type((constant.text,), place.here) is None)
    )


def _bad_before(node: nodes.Comparison, place: Place) -> None:
    place.here.complain(
        codes.WRONG_ARGUMENTS.at(
            node.span, function="before", shape="order: message before message", hint="compare dates with `<`"
        )
    )


def comparable(left: Typed, right: Typed, sign: str, place: Place) -> bool:
    """Whether two values can be compared; says why not."""
    numbers = {"Int", "Decimal"}
    one = left.type.name == right.type.name or {left.type.name, right.type.name} <= numbers
    if left.type.elapsed and right.type.elapsed:
        one = False
    if left.type.name == "Duration" and not (left.type.elapsed or right.type.elapsed):
        one = one and sign in ("==", "!=")
    if left.type.name in ("List", "Bool") and sign not in ("==", "!="):
        one = False
    if not one:
        _mixed(left, right, place)
        return False
    return _is_option(left, right, place) and _is_option(right, left, place)


def _mixed(left: Typed, right: Typed, place: Place) -> None:
    hint: str | None = None
    fixes: tuple[Fix, ...] = ()
    names = {left.type.name, right.type.name}
    if names == {"Int", "Duration"}:
        number = left if left.type.name == "Int" else right
        length = right if number is left else left
        count = "".join(letter for letter in length.node.span.text if letter.isdigit())
        age = f"`age(some_date) >= {length.node.span.text}`"
        hint = f"write {count} without its unit, or declare a date and ask its age: {age}"
        fixes = (Fix(f"write `{count}`", (Edit(length.node.span, count),)),)
    elif names == {"Date", "Duration"}:
        day, length = (left, right) if left.type.name == "Date" else (right, left)
        hint = f"ask its age: `age({day.node.span.text}) >= {length.node.span.text}`"
    elif names == {"Int", "Money"}:
        hint, fixes = _currency(left, right, place)
    elif names == {"Date", "DateTime"}:
        hint = "give both as dates or both as moments"
    place.here.complain(
        codes.MIXED_TYPES.at(
            left.node.span.to(right.node.span) if left.node.span.source is right.node.span.source else left.node.span,
            left=f"`{left.node.span.text}`",
            left_type=in_words(left.type),
            right=f"`{right.node.span.text}`",
            right_type=in_words(right.type),
            hint=hint,
            fixes=fixes,
        )
    )


def _currency(left: Typed, right: Typed, place: Place) -> tuple[str, tuple[Fix, ...]]:
    """What mends a number beside an amount: take the currency away, or give the number one."""
    amount, number = (right, left) if right.type.name == "Money" else (left, right)
    if isinstance(amount.node, nodes.Amount):
        count = amount.node.span.text.split()[0]
        hint = f"write {count} without its currency, or declare the attribute as Money"
        return hint, (Fix(f"write `{count}`", (Edit(amount.node.span, count),)),)
    whole = f"{number.node.span.text} {place.here.context.currency or 'DKK'}"
    return f"an amount has its currency: `{whole}`", (Fix(f"write `{whole}`", (Edit(number.node.span, whole),)),)


def _is_option(attribute: Typed, constant: Typed, place: Place) -> bool:
    if not isinstance(constant.value, ex.Value) or isinstance(attribute.value, ex.Value):
        return True
    if not attribute.type.options or constant.value.value in attribute.type.options:
        return True
    if isinstance(constant.node, nodes.Text) and not constant.node.span.text.endswith(('"', "”", "“", "'")):
        return False  # its closing quote is missing, and that is told
    meant = near(constant.value.value, attribute.type.options)
    fixes = (Fix(f'write "{meant}"', (Edit(constant.node.span, f'"{meant}"'),)),) if meant else ()
    place.here.complain(
        codes.NOT_AN_OPTION.at(
            constant.node.span,
            attribute=f"`{attribute.node.span.text}`",
            value=constant.node.span.text,
            options=", ".join(f'"{option}"' for option in attribute.type.options),
            fixes=fixes,
        )
    )
    return False


def _membership(node: nodes.Comparison, place: Place) -> Typed | None:
    right = node.right
    if isinstance(right, nodes.Range):
        return _between(node, right, place)
    options = right.values if isinstance(right, nodes.Listing) else (right,)
    listed = None
    if not isinstance(right, nodes.Listing):
        listed = read(right, _wanting(_list_of(node.left, place), right, place))
    if listed is not None and listed.type.name == "List":
        item = _list_item(node.left, listed.type.of, place)
        return None if item is None else Typed(ex.Among(item, (listed.value,)), BOOL, node)
    item_typed = read(node.left, _beside(node.left, right, place))
    values = [listed] if listed else [read(option, place) for option in options]
    if item_typed is None or None in values:
        return None
    good = [comparable(item_typed, value, "==", place) for value in values if value]
    if not all(good):
        return None
    return Typed(ex.Among(item_typed.value, tuple(value.value for value in values if value)), BOOL, node)


def _list_of(item: nodes.Expression, place: Place) -> str:
    """The list that may hold a text, or the name of a channel or a role (`email in consent`)."""
    if not isinstance(item, nodes.Reference):
        return "List<Text>"
    scope, words = place.here.context.scope, tuple(part.text for part in item.parts)
    kinds = (kind for kind in ("channel", "role", "message") if scope.find(kind, words, place.here.home) is not None)
    return f"List<{next(kinds, 'text').capitalize()}>"


def _list_item(node: nodes.Expression, of: str | None, place: Place) -> ex.Expression | None:
    """Left of `in` before a list: a text, or the name of what the list holds (`email in consent`)."""
    if isinstance(node, nodes.Reference) and of in ("channel", "role", "message"):
        found = place.here.find(of, node)
        return ex.Value("Text", found.canonical) if found else None
    typed = read(node, place)
    return typed.value if typed else None


def _between(node: nodes.Comparison, span: nodes.Range, place: Place) -> Typed | None:
    item = read(node.left, _beside(node.left, span, place))
    start, end = read(span.start, place), read(span.end, place)
    if item is None or start is None or end is None:
        return None
    if not (comparable(item, start, "<", place) and comparable(item, end, "<", place)):
        return None
    inclusive = item.type.name not in ("Time", "DateTime")  # 3 .. 8 is 8 too; 09:00 .. 17:00 ends at 17:00
    return Typed(ex.Between(item.value, start.value, end.value, inclusive), BOOL, node)


# --- sums ------------------------------------------------------------------------------------------------------------


def _sum(node: nodes.Sum, place: Place) -> Typed | None:
    moved = "Date" if isinstance(node.right, nodes.Length) else shown_by(node.right)
    left = read(node.left, _wanting(moved, node.left, place))
    right = read(node.right, _beside(node.right, node.left, place))
    if left is None or right is None:
        return None
    if left.type.name in ("Date", "DateTime") and isinstance(right.node, nodes.Length):
        sign: Literal[1, -1] = 1 if node.sign == "+" else -1
        return Typed(ex.Shift(left.value, sign, str(right.node.value)), left.type, node)
    numbers = {"Int", "Decimal"}
    same = left.type.name == right.type.name and left.type.name in {*numbers, "Money", "Percent"}
    if not same and not {left.type.name, right.type.name} <= numbers:
        _mixed(left, right, place)
        return None
    name: ex.ValueType = left.type.name if same else "Decimal"
    return Typed(ex.Arithmetic(node.sign, left.value, right.value), Type(name), node)


def _call(node: nodes.Call, place: Place) -> Typed | None:
    return calls.read_call(node, place)


_READERS: dict[type, Callable[..., Typed | None]] = {
    nodes.Text: _constant("Text", lambda node: node.value),
    nodes.Number: _number,
    nodes.Amount: _amount,
    nodes.Length: _constant("Duration", lambda node: str(node.value)),
    nodes.Date: _constant("Date", lambda node: node.value.isoformat()),
    nodes.Moment: _constant("DateTime", lambda node: node.value.isoformat()),
    nodes.Time: _constant("Time", clock),
    nodes.Negative: _negative,
    nodes.Reference: _reference,
    nodes.Not: _not,
    nodes.Logic: _logic,
    nodes.Comparison: _comparison,
    nodes.Sum: _sum,
    nodes.Call: _call,
}
