"""The template language of messages: a small part of Jinja2, so that a text from strangers is only ever a text.

A template puts in attributes, asks with `if`, and goes through a list with one `for`. There is no calling, no setting,
no including, no clock and no chance, and nothing by which a text could grow beyond what its attributes hold: whoever
renders the schedule of somebody they do not know can neither be made to run code nor be made to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

_ACCOUNT = "account"
MAX_LENGTH = 100_000
"""Characters of one template."""
MAX_DEPTH = 50
"""How deep a template may be nested."""
FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "float",
        "int",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "round",
        "sort",
        "string",
        "title",
        "trim",
        "unique",
        "upper",
        "wordcount",
    ]
)
TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "number",
        "string",
        "boolean",
        "true",
        "false",
        "in",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "even",
        "odd",
    ]
)
_PLAIN = frozenset(
    [
        "Template",
        "Output",
        "TemplateData",
        "Name",
        "Const",
        "Getattr",
        "Compare",
        "Operand",
        "And",
        "Or",
        "Not",
        "If",
        "CondExpr",
        "Concat",
        "Add",
        "Sub",
        "Div",
        "FloorDiv",
        "Neg",
        "Pos",
        "Keyword",
        "List",
        "Tuple",
    ]
)


@attrs.frozen
class Examined:
    """What a template takes from outside, in order of the alphabet (`account.turnover` beside `account`); and what is
    wrong with it, if anything is."""

    names: tuple[str, ...]
    problem: str | None = None


@attrs.frozen
class Piece:
    """A stretch of a template. Nothing in one has a bearing on another, so the texts of its pieces, each rendered
    alone and joined in their order, are the template's; where several fail, the first says why."""

    text: Callable[[dict[str, Any]], str]
    """From the variables that `names` tells."""
    names: tuple[str, ...] = ()
    """As `Examined.names`; none: it says the same whatever it is given."""
    whole: bool = False
    """Whether it asks for the account itself, beside attributes of it."""


class Refused(ValueError):  # noqa: N818 - no error of ours: it carries the reason to its author
    """A template that cannot be read or goes beyond its language; the message says why, for its author."""


def examine(text: str) -> Examined:
    """Read a template without rendering it."""
    try:
        tree = _parsed(text)
    except Refused as refused:
        return Examined((), str(refused))
    from jinja2 import meta

    return Examined(tuple(sorted(meta.find_undeclared_variables(tree) | _of_account(tree))))


def _of_account(tree: nodes.Template) -> set[str]:
    """`account.turnover` and its like."""
    from jinja2 import nodes

    taken = tree.find_all(nodes.Getattr)
    return {f"account.{one.attr}" for one in taken if isinstance(one.node, nodes.Name) and one.node.name == _ACCOUNT}


def compiled(text: str) -> Callable[[dict[str, Any]], str]:
    """A template ready to be rendered with variables; a missing one renders as nothing. Raises Refused."""
    _parsed(text)
    template = _environment().from_string(text)
    return lambda variables: template.render(variables)


def pieces(text: str) -> tuple[Piece, ...]:
    """A template in as many pieces as stand beside each other, for whoever renders it many times over: most of its
    values are few, and so are the texts of a piece. Raises Refused."""
    from jinja2 import nodes

    parts = (node.nodes if isinstance(node, nodes.Output) else [node] for node in _parsed(text).body)
    return tuple(_piece(part) for each in parts for part in each)


def _piece(node: nodes.Node) -> Piece:
    from jinja2 import meta, nodes

    if isinstance(node, nodes.TemplateData):
        return Piece(lambda variables: node.data)
    if isinstance(node, nodes.Name) and node.name != "self":
        return Piece(lambda variables: str(variables.get(node.name, "")), (node.name,), node.name == _ACCOUNT)
    stands = nodes.Output([node], lineno=node.lineno) if isinstance(node, nodes.Expr) else node
    tree = nodes.Template([stands], lineno=node.lineno)
    tree.set_environment(_environment())
    names = meta.find_undeclared_variables(tree) | _of_account(tree)
    code = _environment().compile(tree)
    template = _environment().template_class.from_code(_environment(), code, _environment().make_globals(None))
    return Piece(lambda variables: template.render(variables), tuple(sorted(names)), _asks_for_account(tree))


def _asks_for_account(tree: nodes.Template) -> bool:
    """Whether `account` stands anywhere without an attribute of it."""
    from jinja2 import nodes

    every = sum(name.name == _ACCOUNT for name in tree.find_all(nodes.Name))
    with_attribute = sum(
        isinstance(one.node, nodes.Name) and one.node.name == _ACCOUNT for one in tree.find_all(nodes.Getattr)
    )
    return every > with_attribute


@cache
def _environment() -> jinja2.Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=jinja2.ChainableUndefined)
    environment.globals.clear()
    return environment


def _parsed(text: str) -> nodes.Template:
    import jinja2

    if len(text) > MAX_LENGTH:
        raise Refused(f"it is {len(text):,} characters long, and {MAX_LENGTH:,} is the most")
    try:
        tree = _environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        raise Refused(f"{error.message} (its line {error.lineno})") from None
    except RecursionError:
        raise Refused("it is nested too deeply") from None
    for problem in _beyond(tree):
        raise Refused(problem)
    return tree


def _beyond(tree: nodes.Template) -> Iterator[str]:
    """What a template uses that its language does not have; walked without recursion."""
    work: list[tuple[Any, int, bool]] = [(tree, 0, False)]
    while work:
        node, depth, looping = work.pop()
        if depth > MAX_DEPTH:
            yield "it is nested too deeply"
            return
        problem = _complaint(node, looping)
        if problem is not None:
            yield f"{problem} (its line {node.lineno})"
        inside = looping or type(node).__name__ == "For"
        work.extend((child, depth + 1, inside) for child in node.iter_child_nodes())


def _complaint(node: Any, looping: bool) -> str | None:
    kind = type(node).__name__
    if kind in _PLAIN:
        return None
    if kind == "Filter":
        return _filter_complaint(node)
    if kind == "Test":
        return None if node.name in TESTS else f"there is no test `is {node.name}` here"
    if kind == "For":
        if looping:
            return "a `for` inside a `for` is not for messages"
        simple = type(node.iter).__name__ in ("Name", "Getattr")
        return None if simple and not node.recursive else "a `for` goes through a list that somebody has"
    if kind == "Getitem":
        return None if type(node.arg).__name__ == "Const" else "only a number or a text stands between `[` and `]`"
    if kind == "Call":
        return "nothing can be called in a message"
    return f"`{_WORDS.get(kind, kind.lower())}` is not for messages"


_WORDS = {"Assign": "set", "Mul": "*", "Pow": "**", "Mod": "%", "FromImport": "from"}


def _filter_complaint(node: Any) -> str | None:
    if node.name not in FILTERS:
        return f"there is no filter `{node.name}` here"
    joins_more = node.name == "join" and type(node.node).__name__ not in ("Name", "Getattr")
    return "`join` joins a list that somebody has" if joins_more else None
