"""Which values can be compared with each other, and what mends those that cannot."""

from __future__ import annotations

from gridlang.diagnostics import Edit, Fix
from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import expressions as ex
from gridlang.semantics.scope import near
from gridlang.semantics.typed import Place, Typed, attribute_type
from gridlang.semantics.types import in_words
from gridlang.syntax import nodes


def compares_with_nothing(node: nodes.Comparison, place: Place) -> bool:
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
        mixed(left, right, place)
        return False
    return _is_option(left, right, place) and _is_option(right, left, place)


def mixed(left: Typed, right: Typed, place: Place) -> None:
    """Say that two values have types that do not meet, and the way out."""
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
