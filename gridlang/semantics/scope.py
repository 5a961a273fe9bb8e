"""Which declarations there are and what a name means where it stands.

Names live by kind, in a folder. A reference is looked up in its own folder, then (for what everybody needs: roles,
channels, events) in the library; `std.<module>.<name>` and `<imported folder>.<name>` say exactly where.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix, Related
from gridlang.diagnostics.codes import declarations as codes
from gridlang.semantics.synonyms import SYNONYMS
from gridlang.source import Source, Span
from gridlang.syntax import nodes

LIBRARY = "std"
FILE = "file"
"""What a text file is asked for as, beside the kinds."""
ANY = "*"
"""What all declarations of a kind are asked for as."""
PLAIN_IN_LIBRARY = frozenset({"role", "channel", "event"})
"""The kinds whose library names are visible without a word."""


Key: TypeAlias = tuple[str, str, str]
"""Folder, kind and name of a declaration."""


@attrs.define(eq=False)
class Declared:
    """One declaration: where it stands and what the schedule calls it.

    `canonical` is its plain name in the plan's own folder and (unless the plan hides it) in the library, elsewhere
    qualified.
    """

    kind: str
    name: str
    folder: str
    module: str
    node: nodes.Block | nodes.FlowDeclaration | nodes.Let
    canonical: str

    @property
    def key(self) -> Key:
        return self.folder, self.kind, self.name

    @property
    def span(self) -> Span:
        return self.node.name.span if self.node.name else self.node.span

    @property
    def qualified(self) -> str:
        if self.folder == LIBRARY:
            return f"{LIBRARY}.{self.module}.{self.name}"
        return f"{self.folder}.{self.name}" if self.folder else self.name


Sheaf: TypeAlias = tuple[Declared, ...]
"""Some declarations of a kind that stand in one file (see `sheets`)."""


@attrs.define(eq=False)
class Folder:
    """The parsed files of one folder, and the names under which it imports others."""

    path: str
    """Relative to the plan's folder; `std` for the library."""
    files: tuple[nodes.File, ...]
    uses: dict[str, str] = attrs.field(factory=dict)
    """Name -> path of the folder."""


def near(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant, None when nothing is close. Swapped letters count as one mistake."""
    folded = {candidate.casefold(): candidate for candidate in words}
    said = word.casefold()
    meant = folded.get(said) or next((folded[other] for other in SYNONYMS.get(said, ()) if other in folded), None)
    if meant is not None or not folded:
        return meant
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(word.casefold(), list(folded), scorer=OSA.normalized_similarity, score_cutoff=0.59)
    return folded[found[0]] if found else None


def write(span: Span, meant: str | None) -> tuple[Fix, ...]:
    """The way out that puts what was meant in the place of what was written; none, when nobody knows."""
    return (Fix(f"write `{meant}`", (Edit(span, meant),)),) if meant else ()


MOST_CHOICES = 8
"""How many ways out are offered of which only one can be meant."""


def choose(span: Span, texts: Iterable[str]) -> tuple[Fix, ...]:
    """Ways out that each put something else in the place of what was written: which one, the author knows."""
    chosen = list(dict.fromkeys(texts))[:MOST_CHOICES]
    return tuple(Fix(f"write `{text}`", (Edit(span, text),)) for text in chosen if text != span.text)


def put_behind(span: Span, text: str, title: str) -> Fix:
    """The way out that puts something behind what was written."""
    return Fix(title, (Edit(span.within(span.end, span.end), text),))


@attrs.define(eq=False)
class Lookups:
    """What a declaration asks for while it is read: kind and last word of each name, found or not."""

    asked: set[tuple[str, str]] = attrs.field(factory=set)
    used: set[Key] = attrs.field(factory=set)


@attrs.define(eq=False)
class Scope:
    """All declarations of a plan, its imports and the library."""

    folders: dict[str, Folder]
    tables: dict[tuple[str, str], dict[str, Declared]] = attrs.field(factory=dict)
    """(folder, kind) -> name -> declaration, in order of declaration."""
    damaged: set[int] = attrs.field(factory=set)
    """ids of the declarations with a syntax error in them: what they lack may only be unread."""
    sheaves: dict[tuple[str, str], tuple[Sheaf, ...]] = attrs.field(factory=dict)
    """The same declarations in the same order, by the file they stand in."""
    used: set[Key] = attrs.field(factory=set)
    """The declarations that something refers to."""
    lookups: Lookups | None = None
    """Where the names asked for are noted, as long as somebody wants to know."""

    def own(self, kind: str) -> dict[str, Declared]:
        return self.tables.get(("", kind), {})

    def of(self, folder: str, kind: str) -> dict[str, Declared]:
        return self.tables.get((folder, kind), {})

    def everywhere(self, kind: str) -> Iterator[Declared]:
        """Own first, then imports, then the library, each in order of declaration."""
        for folder in self.folders:
            yield from self.of(folder, kind).values()

    def find(self, kind: str, parts: tuple[str, ...], home: str) -> Declared | None:
        """What the dotted name means in folder `home`, or None."""
        if self.lookups is not None:
            self.lookups.asked.add((kind, parts[-1]))
        if len(parts) == 1:
            found = self.of(home, kind).get(parts[0])
            if found is None and kind in PLAIN_IN_LIBRARY:
                found = self.of(LIBRARY, kind).get(parts[0])
            return found
        if parts[0] == LIBRARY:
            candidate = self.of(LIBRARY, kind).get(parts[-1])
            return candidate if candidate and ".".join(parts) == candidate.qualified else None
        path = self.folders[home].uses.get(parts[0])
        return self.of(path, kind).get(parts[1]) if path is not None and len(parts) == 2 else None

    def asks(self, kind: str, name: str) -> None:
        """Note that what is being read depends on what a name means elsewhere."""
        if self.lookups is not None:
            self.lookups.asked.add((kind, name.rpartition(".")[2]))

    def asks_all(self, kind: str) -> None:
        """Note that what is being read depends on all declarations of a kind, and their order."""
        if self.lookups is not None:
            self.lookups.asked.add((kind, ANY))

    def visible(self, kind: str, home: str) -> dict[str, Declared]:
        """Every spelling that would be understood in folder `home`."""
        words = {name: found for name, found in self.of(LIBRARY, kind).items() if kind in PLAIN_IN_LIBRARY}
        words |= {found.qualified: found for found in self.of(LIBRARY, kind).values()}
        for alias, path in self.folders[home].uses.items():
            words |= {f"{alias}.{name}": found for name, found in self.of(path, kind).items()}
        return words | self.of(home, kind)

    def resolve(self, kind: str, reference: nodes.Reference, home: str) -> Declared | Diagnostic:
        """The declaration a reference means, or why there is none."""
        found = self.find(kind, tuple(part.text for part in reference.parts), home)
        if found is None:
            return self._unknown(kind, reference, home)
        self.use(found)
        return found

    def use(self, declared: Declared) -> None:
        """Note that something refers to a declaration."""
        self.used.add(declared.key)
        if self.lookups is not None:
            self.lookups.used.add(declared.key)

    def _unknown(self, kind: str, reference: nodes.Reference, home: str) -> Diagnostic:
        words = self.visible(kind, home)
        last = reference.parts[-1].text
        prefix = reference.text[: -len(last)]
        if prefix:
            words = {word: found for word, found in words.items() if word.startswith(prefix)} or words
        by_last = {found.name: spelling for spelling, found in words.items()}
        meant = (
            (near(reference.text, words) if not prefix else None)
            or by_last.get(last)
            or by_last.get(near(last, by_last) or "")
        )
        if meant is None:
            return codes.UNKNOWN_NAME.at(
                reference.span, kind=kind, name=reference.text, hint=_offer(kind, reference.text, words)
            )
        fix = (Fix(f"write `{meant}`", (Edit(reference.span, meant),)),)
        place = words[meant].span
        if meant.casefold() == reference.text.casefold():
            return codes.WRONG_CASE.at(
                reference.span, kind=kind, name=reference.text, near=meant, place=place, fixes=fix
            )
        return codes.UNKNOWN_NAME.at(
            reference.span,
            kind=kind,
            name=reference.text,
            hint=f"did you mean `{meant}` ({place})?" + (f" {_listing(kind, words)}" if len(words) <= 8 else ""),
            related=(Related(place, f"`{meant}` is declared here"),),
            fixes=fix,
        )


def _listing(kind: str, words: dict[str, Declared]) -> str:
    return f"There are: {', '.join(words)}."


def _offer(kind: str, name: str, words: dict[str, Declared]) -> str:
    if not words:
        return f"none is declared yet: `{kind} {name.split('.')[-1]} {{ … }}`"
    names = list(words)
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"there are: {shown}; or declare it: `{kind} {name.split('.')[-1]} {{ … }}`"


def module_of(source: Source) -> str:
    """`channels` for a declaration of `std/channels.grid`."""
    return posixpath.splitext(posixpath.basename(source.path))[0]
