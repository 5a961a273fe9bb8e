"""Named declarations of one kind, matched by name and compared field by field.

A field with a sentence of its own has it in the table given as `phrases`; every other is told by its name in the
language, so that a field that is added to the schedule is compared before anybody thinks of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from gridlang.schedule.difference.changes import Change, Kind
from gridlang.schedule.difference.values import is_place, listed, plain, said

Owners = tuple[Any, Any]
Phrase = Callable[[Any, Any], Iterable[str]]
"""From the old and the new value to what is said of the subject: `may now be sent on Sundays`."""

WORDS = {"segments": "segment", "phases": "phase", "roles": "role", "relations": "relation", "channels": "channels"}
WORDS |= {"addressed": "persons of maps", "doc": "its comment", "mass": "being one run for the plan"}
WORDS |= {"contact_every": "contact every", "on_cap": "what it does over its cap", "per_account": "per account"}
"""Fields that plans call otherwise than schedules do."""
SKIPPED = frozenset({"name", "was", "steps", "id"})
"""What is not compared as a field: names match, `was` only says which old one is meant, steps have their own group."""


@attrs.frozen(kw_only=True)
class Sort:
    """A kind of declaration: how it is called, the group of its changes, its phrases.

    `order`: why it matters in which order they stand; None: it does not.
    """

    kind: str
    group: str
    phrases: Mapping[str, Phrase] = attrs.field(factory=dict)
    order: str | None = None

    def subject(self, name: str) -> str:
        return f"{self.kind} {name}".strip()

    def change(self, kind: Kind, name: str, words: str, owners: Owners, **values: Any) -> Change:
        """A change of this declaration; the owners are its old and its new record, for their places."""
        return Change(
            group=self.group,
            kind=kind,
            subject=self.subject(name),
            words=f"{self.subject(name)} {words}",
            old_place=getattr(owners[0], "place", None),
            new_place=getattr(owners[1], "place", None),
            **values,
        )


def named(sort: Sort, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """The changes between two lists of records with names."""
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    for each in old:
        if each.name not in after:
            yield sort.change("removed", each.name, "is gone", (each, None), old=plain(each))
    for each in new:
        if each.name not in before:
            yield sort.change("added", each.name, "is new", (None, each), new=plain(each))
        else:
            yield from fields(sort, each.name, before[each.name], each)
    yield from reordered(sort, [each for each in old if each.name in after], [e for e in new if e.name in before])


def fields(sort: Sort, name: str, old: Any, new: Any) -> Iterator[Change]:
    """The changes between two records, field by field."""
    for field in attrs.fields(type(new)):
        if field.name in SKIPPED or is_place(field.name):
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        one, other = plain(before), plain(after)
        if one != other:
            phrase = sort.phrases.get(field.name)
            sentences = phrase(before, after) if phrase else [in_general(field.name, before, after)]
            for words in sentences:
                yield sort.change("changed", name, words, (old, new), field=field.name, old=one, new=other)


def in_general(field: str, old: Any, new: Any) -> str:
    """What is said of a field without a sentence of its own."""
    word = WORDS.get(field, field.replace("_", " "))
    if isinstance(new, tuple) and all(isinstance(each, str) for each in (*old, *new)):
        return f"has {_list(word, old, new)}"
    return f"has {word} {said(new)} now, {said(old)} before"


def _list(word: str, old: tuple[str, ...], new: tuple[str, ...]) -> str:
    gained, lost = [each for each in new if each not in old], [each for each in old if each not in new]
    if not old or not new or not (gained or lost):
        return f"{word} {said(new)} now, {said(old)} before"
    words = [f"also {listed(gained)}" if gained else "", f"no longer {listed(lost)}" if lost else ""]
    return f"in its {word} now {' and '.join(filter(None, words))}"


def reordered(sort: Sort, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Declarations that stand elsewhere among the others, where the order means something."""
    if sort.order is None:
        return
    before, after = [each.name for each in old], [each.name for each in new]
    for name, earlier in moved(before, after):
        where = f"stands after {earlier} now" if earlier else "stands first now"
        owners = old[before.index(name)], new[after.index(name)]
        places = {"old": before.index(name), "new": after.index(name)}
        yield sort.change("moved", name, f"{where}: {sort.order}", owners, field="order", **places)


def moved(old: list[str], new: list[str]) -> Iterator[tuple[str, str | None]]:
    """Of names that both have: those that moved, and after which name each stands now (None: it is the first)."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    kept = {name for block in matcher.get_matching_blocks() for name in old[block.a : block.a + block.size]}
    for index, name in enumerate(new):
        if name not in kept:
            yield name, new[index - 1] if index else None


def keyed(sort: Sort, name: str, owners: Owners, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Changes of what a declaration holds under keys; a key is what is said of it, `influence mother -> father`."""
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if plain(before) == plain(after):
            continue
        words = f"has {key} {said(after)} now, {said(before)} before"
        words = (
            f"no longer has {key}" if key not in new else f"now has {key}{_value(after)}" if key not in old else words
        )
        kind: Kind = "removed" if key not in new else "added" if key not in old else "changed"
        yield sort.change(kind, name, words, owners, field=key, old=plain(before), new=plain(after))


def _value(value: Any) -> str:
    return "" if value is True else f": {said(value)}"
