"""What every target can be told in `[targets.NAME]`."""

from __future__ import annotations

import attrs

from gridlang.settings.fields import folder, setting


@attrs.frozen(kw_only=True)
class Options:
    """What every target can be told in `[targets.NAME]` of a plan's `grid.toml`.

    A target's own options are a class that starts from this one: attrs, frozen, each field a `setting(default, doc)`.
    """

    folder: str | None = setting(None, "a folder of its own, in the folder of the outputs", check=folder)
