"""Subjects, scripts and notes: each template rendered once for every different set of the values that it uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Column, Columns, values_at
from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.results import Rows, Stamp
from gridlang.runtime.reference.wording import Part, variant
from gridlang.runtime.rows import Issue
from gridlang.schedule import clock
from gridlang.schedule.model import Message, Schedule
from gridlang.schedule.wording import compiled, examine

_ACCOUNT = "account"


@attrs.define(eq=False)
class Texts:
    """The texts of a run, each once; `codes` of rows are indices into `values`."""

    schedule: Schedule
    columns: Columns
    stamp: Callable[[Rows, int], Stamp]
    """When, in the order of the execution, a row was made."""
    failures: dict[str, tuple[Stamp, Issue]] = attrs.field(factory=dict)
    """By the name of a template: the first of its failures."""
    values: list[str] = attrs.field(factory=list)
    _codes: dict[str, int] = attrs.field(factory=dict)
    _templates: dict[str, Template] = attrs.field(factory=dict)

    def of_messages(self, part: Part, rows: Rows) -> Array:
        """int32: the subject or script of each row; `NONE` where there is none."""
        codes = np.full(rows.message.size, NONE, np.int32)
        language = _codes(self.columns.people.language, rows.person)
        for number in np.unique(rows.message[rows.message != NONE]).tolist():
            chosen = np.flatnonzero(rows.message == number)
            for code in np.unique(language[chosen]).tolist():
                alike = chosen[language[chosen] == code]
                source = self._source(self.schedule.messages[number], part, code)
                if source:
                    name = f"{part} of message {self.schedule.messages[number].name}"
                    codes[alike] = self.render(source, name, rows, alike)
        return codes

    def _source(self, message: Message, part: Part, language: int) -> str | None:
        known = None if language == NONE else str(self.columns.people.language.values[language])
        found: str | None = getattr(variant(message, known), part)
        return getattr(message.wording, part) if found is None else found

    def render(self, source: str, name: str, rows: Rows, alike: Array) -> Array:
        """int32: the text of a template for each of these rows (indices); `name` says which template it is, for the
        one issue about it."""
        person = rows.person[alike]
        template = self._templates.get(source)
        if template is None:
            template = self._templates[source] = Template.of(source)
        if template.text is None:
            self._fail(name, template.reason, rows, alike)
            return np.full(person.size, NONE, np.int32)
        groups, first = _groups(template.used(self.columns, person), person.size)
        found = np.full(first.size, NONE, np.int32)
        for group, row in enumerate(first.tolist()):
            try:
                text = template.text(template.variables(self.schedule, self.columns, int(person[row])))
            except Exception as error:  # whatever a template of strangers raises: their words failed, not the run
                self._fail(name, f"{type(error).__name__}: {error}", rows, alike[groups == group])
            else:
                found[group] = self._code(text)
        return found[groups]

    def _code(self, text: str) -> int:
        if not text:
            return NONE
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = len(self.values)
            self.values.append(text)
        return code

    def _fail(self, name: str, reason: str, rows: Rows, failing: Array) -> None:
        at = int(rows.at[failing].min())
        earliest = failing[rows.at[failing] == at].tolist()
        stamp = min(self.stamp(rows, row) for row in earliest)
        if name not in self.failures or stamp < self.failures[name][0]:
            issue = Issue(code="template_failed", reason=f"{name}: {reason}", at=at, refused=False)
            self.failures[name] = stamp, issue


@attrs.frozen(eq=False)
class Template:
    """A template and the names that it takes from outside; without `text` it cannot be read, for the `reason`."""

    text: Callable[[dict[str, Any]], str] | None
    names: tuple[str, ...] = ()
    whole: bool = False
    """Whether it asks for the account itself, beside attributes of it."""
    reason: str = ""

    @classmethod
    def of(cls, source: str) -> Template:
        """A text without any markup is itself."""
        if "{" not in source:
            return cls(lambda variables: source)
        try:
            whole = len(re.findall(rf"\b{_ACCOUNT}\b", source)) > len(re.findall(rf"\b{_ACCOUNT}\.", source))
            return cls(compiled(source), examine(source).names, whole)
        except Exception as error:  # as the reference has it
            return cls(None, reason=f"{type(error).__name__}: {error}")

    def used(self, columns: Columns, person: Array) -> list[Array]:
        """The codes of the values that the template may use, for each row."""
        found: list[Array] = []
        known = _of_person(columns)
        for name in self.names:
            if name == "id":
                found.append(person)
            elif name == _ACCOUNT and self.whole:
                found.append(_account(columns, person))
            elif name.startswith(f"{_ACCOUNT}."):
                column = columns.accounts.attributes.get(name.removeprefix(f"{_ACCOUNT}."))
                found += [] if column is None else [_codes(column, _account(columns, person))]
            elif name in known:
                found.append(_codes(known[name], person))
        return found

    def variables(self, schedule: Schedule, columns: Columns, person: int) -> dict[str, Any]:
        """What the template is given for a person, as `reference.wording.variables` has it; -1 is the plan itself."""
        if person == NONE:
            return {_ACCOUNT: {}, "language": ""}
        people, account = columns.people, int(columns.people.account[person])
        said = {name: column.value(person) for name, column in _of_person(columns).items() if name in self.names}
        zone = said.get("timezone")
        if "timezone" in self.names and not (isinstance(zone, str) and clock.known_zone(zone)):
            said["timezone"] = schedule.plan.timezone
        if "id" in self.names:
            said["id"] = people.ids[person]
        if "roles" in self.names and said.get("roles") is None:
            said["roles"] = ()
        told = {name: value for name, value in said.items() if value is not None}
        return {**told, _ACCOUNT: self._of_account(columns, account), "language": said.get("language") or ""}

    def _of_account(self, columns: Columns, account: int) -> dict[str, Any]:
        if _ACCOUNT not in self.names:
            return {}
        return values_at(columns.accounts.attributes, account)


def _of_person(columns: Columns) -> dict[str, Column]:
    """What a template may ask of a person, by name; the id stands apart."""
    people = columns.people
    reserved = {
        "roles": people.roles,
        "timezone": people.timezone,
        "language": people.language,
        "since": people.since,
        "salesperson": people.salesperson,
    }
    return {**people.attributes, **reserved}


def _account(columns: Columns, person: Array) -> Array:
    if not len(columns.people.ids):
        return np.full(person.size, NONE, np.int32)
    return np.where(person == NONE, NONE, columns.people.account[np.maximum(person, 0)])


def _codes(column: Column, index: Array) -> Array:
    """The codes of things by their indices; `NONE` has none."""
    return np.append(column.codes, np.int32(NONE))[index] if len(column.codes) else np.full(index.size, NONE, np.int32)


def _groups(keys: list[Array], rows: int) -> tuple[Array, Array]:
    """Rows with equal keys: the group of each, and the first row of each group."""
    if not keys:
        return np.zeros(rows, np.int64), np.zeros(min(rows, 1), np.int64)
    group = np.zeros(rows, np.int64)
    first = np.zeros(min(rows, 1), np.int64)
    for key in keys:
        _, first, code = np.unique(key, return_index=True, return_inverse=True)
        combined = group * (int(code.max(initial=0)) + 1) + code
        _, first, group = np.unique(combined, return_index=True, return_inverse=True)
    return group, first
