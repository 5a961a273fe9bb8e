"""What a target or a run hands over: files as bytes. Who writes them is `files.py`, called by the command line."""

from __future__ import annotations

import attrs


@attrs.frozen
class OutputFile:
    """`path` is relative to the output folder, with forward slashes."""

    path: str
    content: bytes
