"""The tables of a `grid.toml` that say what is built and run. Those of targets stand with them."""

from __future__ import annotations

import attrs

from gridlang.settings.fields import folder, setting


@attrs.frozen(kw_only=True)
class Build:
    """`[build]`."""

    targets: tuple[str, ...] | None = setting(None, "the targets that `grid build` builds; left out: the usual ones")
    folder: str = setting("out", "where outputs go, in the plan's folder", check=folder)


@attrs.frozen(kw_only=True)
class Run:
    """`[run]`."""

    lists: tuple[str, ...] = setting(("hubspot",), "the systems for which a run writes lists beside its tables")
    folder: str | None = setting(
        None, "where the tables go, in the plan's folder; left out: `run` in the outputs", folder
    )
