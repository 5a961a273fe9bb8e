"""Reading a plan again after an edit: a declaration that cannot mean anything else than last time is taken over.

A declaration is taken over when its own text is the same, nothing was found wrong with it, and every name that it
asked for is still declared with the same words (or still is not); what is read as part of it (the flow that it runs,
what it starts from) must stand where it stood too. What all declarations are read by (the plan's currency, its fields,
phases, levels and named days) is not asked for by name: when one of those facts changes, everything is read again. What
rules have found is forgotten when the plan's period, calendar or anything else changes that all rules can look at.

The nodes of a declaration stay the same ones as long as its text and its line do (see `syntax.adopting`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import attrs

from gridlang.diagnostics import Outcome
from gridlang.semantics.context import Context, Places
from gridlang.semantics.memory import Memory
from gridlang.semantics.scope import ANY, FILE, Declared, Key, Lookups, Scope, Sheaf
from gridlang.semantics.sheets import Sheet
from gridlang.semantics.templates import Said
from gridlang.source import Source
from gridlang.syntax import nodes, parse
from gridlang.syntax.adopting import settle
from gridlang.syntax.rereading import reread

SPLICED = ("flow", "let")
"""The kinds that are read as part of whoever names them, as are declarations of its own kind, which it starts from."""
SPARE_PLACES = 50_000
"""How many places nobody may need, beside twice those of the plan."""
_Tables = dict[tuple[str, str], dict[str, Declared]]


@attrs.frozen(eq=False)
class Reading:
    """What a declaration meant: its record, the names it asked for and the declarations it uses."""

    node: nodes.Block
    record: Any
    canonical: str
    asked: frozenset[tuple[str, str]]
    uses: frozenset[Key]
    broken: bool


@attrs.frozen(eq=False)
class SheafReading:
    """What the declarations of a sheaf meant, all of them sound: together what each one's reading says."""

    sheaf: Sheaf
    records: tuple[Any, ...]
    asked: frozenset[tuple[str, str]]
    uses: frozenset[Key]
    broken: frozenset[str]


@attrs.define(eq=False)
class Again:
    """What one reading of a plan leaves for the next. A new one remembers nothing, and is right for a single check.

    Places keep their numbers from reading to reading, so that records can be taken over as they are; when there are too
    many that nobody needs any more, all is read anew. `once`: there is no next reading.
    """

    once: bool = False
    places: Places = attrs.field(factory=Places)
    memory: Memory = attrs.field(factory=Memory)
    templates: dict[str, Said] = attrs.field(factory=dict)
    """What was read of the texts of messages."""
    taken_over: int = 0
    """Declarations of the last reading that were not read again."""
    _files: dict[str, tuple[Source, Outcome[nodes.File]]] = attrs.field(factory=dict)
    _readings: dict[int, Reading] = attrs.field(factory=dict)
    """By the id of the node, which the reading keeps alive."""
    _sheets: dict[str, Sheet] = attrs.field(factory=dict)
    _sheaves: dict[int, SheafReading] = attrs.field(factory=dict)
    """By the id of the sheaf, which the reading keeps alive."""
    _tables: _Tables = attrs.field(factory=dict)
    _uses: dict[str, dict[str, str]] = attrs.field(factory=dict)
    _changed: set[tuple[str, str]] = attrs.field(factory=set)
    """Kind and name of what is declared otherwise than at the last reading."""
    _moved: set[tuple[str, str]] = attrs.field(factory=set)
    """Kind and name of what stands elsewhere, or is declared otherwise."""
    _lists: dict[str, tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]] = attrs.field(factory=dict)
    """By kind: the records of the last reading, whole and by sheaves."""
    _most_places: int = SPARE_PLACES
    _facts: tuple[Any, ...] | None = None
    _facts_of_rules: tuple[Any, ...] | None = None
    _texts: set[str] = attrs.field(factory=set)

    def file_changed(self, path: str) -> None:
        """A file that is no `.grid` file has another text than before; `path` as `file("…")` names it, or its end."""
        self._texts.add(path.rsplit("/", 1)[-1])

    def parsed(self, source: Source) -> Outcome[nodes.File]:
        """The nodes of a file; those of the last reading when its text is the same."""
        known = self._files.get(source.path)
        if known is None or known[0].text != source.text:
            if known is not None:
                read = reread(known[1], source)
            else:
                read = parse(source)
                if not self.once:
                    settle(read.value)
            known = self._files[source.path] = (source, read)
        return known[1]

    def sheet(self, file: nodes.File, folder: str) -> Sheet:
        """The names of a file, by kind; what was not edited in it stays the same."""
        known = self._sheets.get(file.source.path)
        if known is None or known.file is not file or known.folder != folder:
            before = known if known is not None and known.folder == folder else None
            known = self._sheets[file.source.path] = Sheet.of(file, folder, before)
        return known

    def begin(self, scope: Scope) -> None:
        """Hold the names of this reading against those of the last: what changed, and whether anything can stay."""
        if len(self.places.spans) > self._most_places:
            self.places, self._readings, self._sheaves, self.memory = Places(), {}, {}, Memory()
        changed = set(_differences(self._tables, scope.tables, _differ))
        uses = {path: folder.uses for path, folder in scope.folders.items()}
        if uses != self._uses:
            self._forget_readings()
            self.memory = Memory()
        self._moved = set(_differences(self._tables, scope.tables, _moved))
        self._changed = {
            *_with_heirs(changed, scope.tables),
            *((kind, ANY) for kind, _ in self._moved),
            *((FILE, text) for text in self._texts),
        }
        self.memory.begin()
        self._texts = set()
        self._tables = scope.tables
        self._uses = {path: dict(names) for path, names in uses.items()}
        self.taken_over = 0

    def _forget_readings(self) -> None:
        self._readings.clear()
        self._sheaves.clear()

    def read_by(self, facts: tuple[Any, ...] | None) -> None:
        """What all declarations are read by; None when there is no plan, so that nothing else is read."""
        if facts is None or facts != self._facts:
            self._forget_readings()
        self._facts = facts

    def ruled_by(self, *facts: Any) -> None:
        """What every rule may look at, beside what it says that it looks at. The places of these records tell whether
        they were read of other nodes, into which a way out may point."""
        if facts != self._facts_of_rules:
            self.memory = self.memory.emptied()
        self._facts_of_rules = facts

    def all_lowered(self, sheaf: Sheaf, context: Context, lower: Callable[[Declared], Any]) -> tuple[Any, ...]:
        """The records of a sheaf; the very tuple of the last reading when it holds the same ones."""
        before = self._sheaves.get(id(sheaf))
        if before is not None and self._holds(before.asked, sheaf[0].kind):
            context.scope.used |= before.uses
            context.broken |= before.broken
            self.taken_over += len(sheaf)
            return before.records
        made = (self.lowered(declared, context, partial(lower, declared)) for declared in sheaf)
        records = tuple(record for record in made if record is not None)
        if before is not None:
            records = _the_same(before.records, records)
        readings = [self._readings.get(id(declared.node)) for declared in sheaf]
        sound = [reading for reading in readings if reading is not None]
        if len(sound) == len(sheaf):
            asked = frozenset[tuple[str, str]]().union(*(reading.asked for reading in sound))
            uses = frozenset[Key]().union(*(reading.uses for reading in sound))
            broken = frozenset(_name(one) for one, reading in zip(sheaf, sound, strict=True) if reading.broken)
            self._sheaves[id(sheaf)] = SheafReading(sheaf, records, asked, uses, broken)
        else:
            self._sheaves.pop(id(sheaf), None)
        return records

    def lowered(self, declared: Declared, context: Context, lower: Callable[[], Any]) -> Any:
        """The record of a declaration, read now or taken over."""
        node = declared.node
        assert isinstance(node, nodes.Block)
        reading = self._readings.get(id(node))
        if reading is not None and self._stands(reading, declared):
            return self._take_over(reading, declared, context)
        found = len(context.problems)
        context.scope.lookups = lookups = Lookups()
        record = lower()
        context.scope.lookups = None
        if len(context.problems) == found:
            asked, uses = frozenset(lookups.asked), frozenset(lookups.used)
            broken = _name(declared) in context.broken
            self._readings[id(node)] = Reading(node, record, declared.canonical, asked, uses, broken)
        else:
            self._readings.pop(id(node), None)
        return record

    def _stands(self, reading: Reading, declared: Declared) -> bool:
        return reading.canonical == declared.canonical and self._holds(reading.asked, declared.kind)

    def _holds(self, asked: frozenset[tuple[str, str]], kind: str) -> bool:
        """Whether what a declaration of a kind has asked for is what it was."""
        if not self._changed.isdisjoint(asked):
            return False
        if self._moved.isdisjoint(asked):
            return True
        return not any(name in self._moved and name[0] in (*SPLICED, kind) for name in asked)

    def _take_over(self, reading: Reading, declared: Declared, context: Context) -> Any:
        context.scope.used |= reading.uses
        if reading.broken:
            context.broken.add(_name(declared))
        self.taken_over += 1
        return reading.record

    def list_of(self, kind: str, sheaves: tuple[tuple[Any, ...], ...]) -> tuple[Any, ...]:
        """The records of a kind; the very tuple of the last reading when it held the same ones."""
        whole, before = self._lists.get(kind, ((), ()))
        if len(before) != len(sheaves) or not all(map(operator.is_, before, sheaves)):
            whole = _the_same(whole, tuple(chain.from_iterable(sheaves)))
        self._lists[kind] = whole, sheaves
        self.memory.cut(kind, whole, sheaves)
        return whole

    def end(self, scope: Scope) -> None:
        """Forget what the plan does not hold any more; readings when there are twice as many as can be used."""
        if self.taken_over == 0:
            self._most_places = 3 * len(self.places.spans) + SPARE_PLACES
        files = [file for folder in scope.folders.values() for file in folder.files]
        paths = {file.source.path for file in files}
        self._files = {path: known for path, known in self._files.items() if path in paths}
        self._sheets = {path: known for path, known in self._sheets.items() if path in paths}
        if len(self._readings) > 2 * sum(len(file.declarations) for file in files):
            alive = {id(node) for file in files for node in file.declarations}
            self._readings = {key: reading for key, reading in self._readings.items() if key in alive}
        if len(self._sheaves) > 2 * sum(map(len, scope.sheaves.values())):
            alive = {id(sheaf) for sheaves in scope.sheaves.values() for sheaf in sheaves}
            self._sheaves = {key: reading for key, reading in self._sheaves.items() if key in alive}


def _name(declared: Declared) -> str:
    return f"{declared.kind} {declared.name}"


def _the_same(before: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
    """The tuple of before, when it holds the same records."""
    return before if len(before) == len(now) and all(map(operator.is_, before, now)) else now


def _differences(
    before: _Tables, now: _Tables, differ: Callable[[Declared, Declared], bool]
) -> Iterator[tuple[str, str]]:
    """Kind and name of every declaration that came, went, or is another one."""
    for key in before.keys() | now.keys():
        old, new = before.get(key, {}), now.get(key, {})
        for name in {name for name, _ in old.items() ^ new.items()} if old != new else ():
            one, other = old.get(name), new.get(name)
            if one is None or other is None or differ(one, other):
                yield key[1], name


def _with_heirs(changed: set[tuple[str, str]], tables: _Tables) -> set[tuple[str, str]]:
    """With those that start from them: what is asked of one can be said by what it starts from."""
    found, before = set(changed), 0
    while len(found) > before:
        before = len(found)
        for (_, kind), declared in tables.items():
            parents = {name for other, name in found if other == kind}
            if parents:
                found |= {(kind, name) for name, one in declared.items() if _parent(one) in parents}
    return found


def _parent(declared: Declared) -> str | None:
    node = declared.node
    return node.parent.parts[-1].text if isinstance(node, nodes.Block) and node.parent is not None else None


def _moved(one: Declared, other: Declared) -> bool:
    return one.node is not other.node


def _differ(one: Declared, other: Declared) -> bool:
    return one.node is not other.node and (one.node != other.node or one.canonical != other.canonical)
