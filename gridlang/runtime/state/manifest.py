"""What a state consists of: its manifest, and the files that the manifest names, each by what stands in it.

    manifest.json            what holds; written last, in one move, so that a run leaves everything or nothing behind
    data/accounts-….jsonl.gz the accounts as of `known`, a line each
    data/index-….jsonl.gz    by which signs a day tells that it does not concern an account, in columns
    data/plan-….jsonl.gz     what they share, one line
    data/facts-….jsonl.gz    for each run: the rows of its tables and its diary, up to what it knew
    data/planned-….jsonl.gz  the rows and the diary from then on, as the last run foresaw them
    data/put-out-….jsonl.gz  what the last run put out that may still change; `before` what it was compared with
    data/schedule-….json.gz  the schedules that were executed: places of chains are theirs

The name of a file ends in the first 12 digits of the SHA-256 of what stands in it, before it was packed.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.codes import state as codes
from gridlang.runtime.state import codec
from gridlang.runtime.state.records import OLDEST, VERSION
from gridlang.schedule import clock

FORMAT = "gridlang.state"
DATA = "data"
_NAME = re.compile(r"[a-z-]+-[0-9a-f]{12}\.jsonl?\.gz")


@attrs.frozen(kw_only=True)
class FileEntry:
    """A file of the state: its name in `data/`, and the SHA-256 of what stands in it, unpacked."""

    name: str
    sha256: str


@attrs.frozen(kw_only=True)
class Stretch:
    """What one run made facts of: the rows of [`since`, `known`), with places of `schedule`."""

    since: str
    known: str
    rows: FileEntry
    schedule: FileEntry


@attrs.frozen(kw_only=True)
class Manifest:
    """`told`: the moment from which the tables of the last run tell facts; `until`: up to which they plan.

    `before`: what had been put out when it was worked out what is news; `withdrawn`: what it found to hold no longer.
    `index`: none in a state of version 1.
    """

    plan: str
    known: str
    until: str
    told: str
    shared: FileEntry
    accounts: FileEntry
    schedule: FileEntry
    planned: FileEntry
    planned_schedule: FileEntry
    put_out: FileEntry
    before: FileEntry
    withdrawn: FileEntry
    index: FileEntry | None = None
    facts: tuple[Stretch, ...] = ()

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """Every file that it names."""
        own = (getattr(self, field.name) for field in attrs.fields(Manifest))
        named = (each for each in own if isinstance(each, FileEntry))
        return (*named, *(file for stretch in self.facts for file in (stretch.rows, stretch.schedule)))


def moment(text: str) -> int:
    """`2027-02-01T00:00:00Z` as seconds UTC."""
    return clock.moment(dt.datetime.fromisoformat(text.removesuffix("Z")), "UTC")


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as a file that a person can read."""
    plain = {"format": FORMAT, "version": VERSION, **json.loads(b"".join(codec.lines([manifest])))}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def from_bytes(content: bytes, place: str) -> Outcome[Manifest | None]:
    """The manifest in a file; whatever is wrong with it is a finding (G10xx) that calls the file `place`."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Outcome(None, (damaged(place, str(error)),))
    if not isinstance(plain, dict) or plain.pop("format", None) != FORMAT:
        return Outcome(None, (damaged(place, "it is no manifest of a state"),))
    version = plain.pop("version", None)
    if problem := _not_for_us(version, place):
        return Outcome(None, (problem,))
    try:
        (manifest,) = codec.read(Manifest, [json.dumps(plain).encode()])
        _check(manifest, version)
    except codec.DAMAGED as error:
        return Outcome(None, (damaged(place, str(error) or type(error).__name__),))
    return Outcome(manifest)


def _check(manifest: Manifest, version: int) -> None:
    """Moments are moments, files stand in the folder of the state, and all of them are there. Raises ValueError."""
    if (manifest.index is None) != (version == OLDEST):
        raise ValueError("the signs of accounts are those of another version")
    for text in (manifest.known, manifest.until, manifest.told):
        moment(text)
    for file in manifest.files:
        if not _NAME.fullmatch(file.name):
            raise ValueError(f"no file of a state is called {file.name!r:.60}")


def _not_for_us(version: Any, place: str) -> Diagnostic | None:
    if not isinstance(version, int) or isinstance(version, bool):
        return damaged(place, "it does not say its version")
    if version > VERSION:
        return codes.NEWER_STATE.at(None, path=place, version=version, known=VERSION)
    if version < OLDEST:
        return codes.OLDER_STATE.at(None, path=place, version=version, known=OLDEST)
    return None


def damaged(place: str, reason: str) -> Diagnostic:
    """What is not as a run wrote it is not guessed at."""
    return codes.DAMAGED_STATE.at(None, path=place, reason=reason.splitlines()[0] if reason else "unreadable")


@attrs.frozen
class Packed:
    """A file of the state, ready to be written."""

    entry: FileEntry
    content: bytes = attrs.field(repr=False)


SMALL, QUICK = 6, 3
"""How hard a file is packed: one that stays, and one that every run writes anew."""


def pack(kind: str, lines: Iterable[bytes], ending: str = "jsonl", *, level: int = SMALL) -> Packed:
    """Lines as a file of the state, packed as they come."""
    digest, packer, parts = hashlib.sha256(), zlib.compressobj(level, wbits=31), []
    for line in lines:
        digest.update(line)
        parts.append(packer.compress(line))
    parts.append(packer.flush())
    name = f"{kind}-{digest.hexdigest()[:12]}.{ending}.gz"
    return Packed(FileEntry(name=name, sha256=digest.hexdigest()), b"".join(parts))


def unpack(content: bytes, entry: FileEntry, place: str) -> Outcome[bytes | None]:
    """What stands in a file of the state, if it is what was written."""
    try:
        plain = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        return Outcome(None, (damaged(place, str(error)),))
    if hashlib.sha256(plain).hexdigest() != entry.sha256:
        return Outcome(None, (damaged(place, "it is not what the manifest says"),))
    return Outcome(plain)
