"""Jinja2 as every page uses it: everything escaped, a missing value is a fault of ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from gridlang.targets.direction import closed

if TYPE_CHECKING:
    from jinja2 import Environment

    from gridlang.targets.words import Words


@cache
def environment(package: str) -> Environment:
    """The templates of a package, in its folder `templates`, without words."""
    return _environment(package, autoescape=True)


def worded(package: str, words: Words, escape: Callable[[object], str] | None = None) -> Environment:
    """The same templates, with `_("…")` in the language of `words`.

    `escape` is for what is not HTML: every value of a template goes through it.
    """
    made = _environment(package, autoescape=escape is None)
    made.finalize = escape or legible
    made.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]
    return made


SHARED = "gridlang.targets.pages"
"""Whose templates every page has beside its own."""


def _environment(package: str, *, autoescape: bool) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(SHARED)]),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        finalize=legible,
    )
    made.filters["figure"] = figure
    return made


def legible(value: object) -> object:
    """A text without the control characters that HTML and XML cannot hold; line ends and tabs stay."""
    if type(value) is not str or value.isprintable():
        return value
    return closed(
        "".join(
            "\ufffd" if (sign < " " and sign not in "\n\r\t") or "\x7f" <= sign < "\xa0" else sign for sign in value
        )
    )


def figure(value: float) -> str:
    """A coordinate: at most one decimal, no trailing zero."""
    return f"{round(value, 1):.10g}"
