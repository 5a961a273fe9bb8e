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


def page(package: str, told: Context, script: str | None = None, **sections: object) -> str:
    """The HTML of `templates/page.html` of a package; all its sections are told, so the sources are complete.

    `script` is the template of the one script that the page may run.
    """
    templates = worded(package, told.words)
    style = templates.get_template("style.css").render()
    code = templates.get_template(script).render() if script else ""
    return templates.get_template("page.html").render(
        **sections,
        sources=sources(told),
        lang=told.words.tag,
        marks=MARKS,
        style=Markup(style),
        script=Markup(code),
        policy=policy(style, code),
    )


def drawn(picture: Picture) -> Markup:
    """A drawing in a page; the template of pictures has escaped what came from the plan."""
    return Markup(svg(picture))


def policy(style: str, script: str = "") -> str:
    """A content security policy: this very style, this very script if there is one, and nothing else; no network."""
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return f"default-src 'none'; {scripts}style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
