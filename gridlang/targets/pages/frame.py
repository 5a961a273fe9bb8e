"""A page put together: its own templates in the frame of all pages, the style, and the policy that lets nothing in."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from gridlang.targets.drawing.marks import MARKS
from gridlang.targets.drawing.picture import Picture, svg
from gridlang.targets.pages.sources import sources
from gridlang.targets.pages.told import Context
from gridlang.targets.templates import worded


def page(package: str, told: Context, **sections: object) -> str:
    """The HTML of `templates/page.html` of a package; all its sections are told, so the sources are complete."""
    templates = worded(package, told.words)
    style = templates.get_template("style.css").render()
    return templates.get_template("page.html").render(
        **sections,
        sources=sources(told),
        lang=told.words.tag,
        marks=MARKS,
        style=Markup(style),
        policy=policy(style),
    )


def drawn(picture: Picture) -> Markup:
    """A drawing in a page; the template of pictures has escaped what came from the plan."""
    return Markup(svg(picture))


def policy(style: str) -> str:
    """A content security policy: this very style, and nothing else; no script, no network."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
