"""What was worked out before, kept by content: deletable at any time, shared by processes, never needed.

An entry's name is the digest of everything its value depends on, so an entry is never wrong, only missing. Whatever
goes wrong with the disk is as if there were no entry.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import gridlang


def remembered(name: str, key: str, compute: Callable[[], Any]) -> Any:
    """The JSON value of `compute()`, from the cache if it was worked out before for the same `key`.

    `key` names all that the value depends on (versions of libraries too; the version of gridlang counts by itself).
    """
    place = _folder() / f"{name}-{_digest(name, key)}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(place.read_bytes())
    value = compute()
    _keep(place, json.dumps(value, ensure_ascii=False).encode())
    return value


def folder(name: str) -> Path:
    """A folder of the cache for somebody else's files, there or not yet; its name tells what they depend on."""
    return _folder() / name


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join((gridlang.__version__, *parts)).encode()).hexdigest()[:32]


@cache
def _folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("gridlang", appauthor=False))


def _keep(place: Path, content: bytes) -> None:
    beside = place.with_name(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        os.replace(beside, place)
