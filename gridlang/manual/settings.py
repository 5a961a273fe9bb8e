"""The reference of `grid.toml`: its tables, the options of each target and list, and what their columns hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from gridlang.crm.item import SOURCES
from gridlang.crm.systems import systems
from gridlang.manual.pages import Block, Heading, Listing, Prose, Rows
from gridlang.runtime.outputs import lists, roles
from gridlang.runtime.outputs.ads.systems import SUMMARY
from gridlang.settings.fields import described, doc_of, types_of
from gridlang.settings.options import Options
from gridlang.settings.tables import Build, Run
from gridlang.targets import discover
from gridlang.targets.bpmn.files import LOSSES

Described = tuple[str, str, type]
"""A target's or a list's name, what it makes, and its options."""


def blocks() -> Iterator[Block]:
    """Everything that the code knows of settings, in the order in which one meets it."""
    yield Heading("[build] and [run]")
    yield _options(Build)
    yield _options(Run)
    yield Heading("[targets.NAME]")
    yield Prose("Every target and every list has:")
    yield _options(Options)
    for name, doc, options in _all():
        own = _options(options, beside=Options)
        if own.rows:
            yield Heading(name)
            yield Prose(_sentence(doc))
            yield own
    yield from _columns()


def _all() -> Iterator[Described]:
    yield from ((name, target.doc, target.options) for name, target in discover().items())
    yield from ((name, each.doc, each.options) for name, each in lists.known().items() if name not in discover())


def _options(table: type, beside: type | None = None) -> Rows:
    """The keys of a table, without those that another has too."""
    shared = {field.name for field in attrs.fields(beside)} if beside else set()
    found = [field for field in attrs.fields(table) if field.name not in shared]
    return Rows(("key", "is", "means"), tuple(_option(table, field) for field in found))


def _option(table: type, field: attrs.Attribute[Any]) -> tuple[str, str, str]:
    default = getattr(table(), field.name)
    shown = list(default) if isinstance(default, tuple) else default
    suffix = "" if shown in (None, {}, []) else f"; left out: `{json.dumps(shown)}`"
    return f"`{field.alias}`", described(types_of(table)[field.name]), f"{doc_of(field)}{suffix}"


def _columns() -> Iterator[Block]:
    for system in systems().values():
        yield Heading(f"tasks_{system.name}.csv")
        yield Prose(f"For {system.title}.")
        yield _table(system.columns)
        yield Prose("How it gets in:")
        yield Listing(system.imports)
    yield Heading("roles_salesforce.csv")
    yield _table(roles.COLUMNS)
    yield Heading("fields")
    yield Prose("What a column of your own can hold, beside `person.NAME` and `account.NAME`, attributes:")
    yield _table(SOURCES)
    yield Heading("audiences_google_ads.csv, audiences_meta_ads.csv")
    yield _table(SUMMARY)
    yield Heading("bpmn/losses.csv")
    yield _table(LOSSES)


def _table(columns: Mapping[str, str]) -> Rows:
    return Rows(("column", "holds"), tuple((f"`{name}`", doc) for name, doc in columns.items()))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
