"""Where keys and values stand in a TOML text, which Python's reader does not tell.

Only for texts that this reader has taken: it need not see what is wrong, just find its way.
"""

from __future__ import annotations

import re
import tomllib

import attrs

Path = tuple[str | int, ...]
"""`("targets", "calendar", "folder")`; the third of a list ends in 2."""
Stretch = tuple[int, int]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_TEXT = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'"
)
_BARE = re.compile(r"[^,\]}#\n]*")


@attrs.frozen
class Places:
    """Offsets of keys and of values, by path. A table's key is the last name of its header."""

    keys: dict[Path, Stretch]
    values: dict[Path, Stretch]


def find(text: str) -> Places:
    """The places in a text that is TOML."""
    walk = _Walk(text)
    walk.document()
    return Places(walk.keys, walk.values)


class _Walk:
    """Goes through a text from its start to its end; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[Path, Stretch] = {}
        self.values: dict[Path, Stretch] = {}
        self._tables: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Path:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = self._dotted(())
        self.at += 2 if many else 1
        if many:
            self._tables[path] = self._tables.get(path, -1) + 1
            path = (*path, self._tables[path])
        return path

    def _dotted(self, path: Path) -> Path:
        """The path of a key, each of its names noted; a name of a list of tables means the last of them."""
        while True:
            self._skip(_SPACE)
            found = _KEY.match(self.text, self.at)
            assert found is not None
            path = (*path, _name(found[0]))
            self.keys.setdefault(path, found.span())
            self.at = found.end()
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return path
            if path in self._tables:
                path = (*path, self._tables[path])
            self.at += 1

    def _pair(self, table: Path) -> None:
        path = self._dotted(table)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        start = self.at
        if self.text[start] == "[":
            self._list(path)
        elif self.text[start] == "{":
            self._inline(path)
        elif found := _TEXT.match(self.text, start):
            self.at = found.end()
        else:
            self._skip(_BARE)
        end = start + len(self.text[start : self.at].rstrip())
        self.values[path] = (start, end)

    def _list(self, path: Path) -> None:
        number = 0
        self.at += 1
        while self._more("]"):
            self._value((*path, number))
            number += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, end: str) -> bool:
        """Whether another part follows before `end`, which is passed."""
        self._skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip(_BLANK)
        if not self.text.startswith(end, self.at):
            return True
        self.at += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()


def _name(key: str) -> str:
    """A key as it is meant: quotes and escapes read."""
    return next(iter(tomllib.loads(f"{key} = 0")))
