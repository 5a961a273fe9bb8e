"""`grid targets`: what a plan can be built into."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

import attrs
import click

from gridlang.cli import options


@click.command(epilog=options.example("grid targets", "grid targets --format json"))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(style: Literal["text", "json"]) -> None:
    """List the targets of `grid build` and the lists of `grid run`, with their options.

    Those marked `*` are built when neither the command line nor the plan's grid.toml names any. Options stand in
    grid.toml, in `[targets.NAME]`; which lists a run writes, `lists` in `[run]` says. Installed packages can bring more
    targets (entry point `gridlang.targets`); one that does not work is listed with the reason.
    """
    found = [*_targets(), *_lists()]
    if style == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for target in found:
        click.echo("\n".join(_lines(target)))


def _targets() -> Iterator[dict[str, Any]]:
    from gridlang.targets import discover, installed

    house = discover()
    for target in house.values():
        yield _told(target, None, usual=target.usual)
    for name, entry in sorted(installed.entries().items()):
        package = installed.package(entry)
        if name in house:
            yield {"name": name, "package": package, "broken": "gridlang has a target of that name itself"}
            continue
        loaded = installed.load(entry)
        if loaded.value is not None:
            yield _told(loaded.value, package, usual=False)
        else:
            yield {"name": name, "package": package, "broken": " ".join(each.message for each in loaded.problems)}


def _lists() -> Iterator[dict[str, Any]]:
    """What only a run writes."""
    from gridlang.runtime.outputs import lists
    from gridlang.targets import discover

    house = discover()
    for name, each in lists.known().items():
        if name not in house:
            yield {**_told(each, None, usual=False), "doc": f"{each.doc} (by `grid run`)"}


def _told(target: Any, package: str | None, *, usual: bool) -> dict[str, Any]:
    return {
        "name": target.name,
        "package": package,
        "usual": usual,
        "doc": target.doc,
        "options": [_option(target.options, field) for field in attrs.fields(target.options)],
    }


def _option(table: type, field: attrs.Attribute[Any]) -> dict[str, Any]:
    from gridlang.settings.fields import described, doc_of, types_of

    default = getattr(table(), field.name)
    return {
        "name": field.alias,
        "is": described(types_of(table)[field.name]),
        "default": list(default) if isinstance(default, tuple) else default,
        "doc": doc_of(field),
    }


def _lines(target: dict[str, Any]) -> Iterator[str]:
    origin = f"  (package {target['package']})" if target["package"] else ""
    if "broken" in target:
        yield f"{target['name']}{origin}\n  cannot be used: {target['broken']}\n"
        return
    yield f"{target['name']}{' *' if target['usual'] else ''}{origin}"
    yield f"  {target['doc']}"
    for option in target["options"]:
        default = "" if option["default"] in (None, {}, []) else f"; {json.dumps(option['default'])} if left out"
        yield f"  {option['name']}: {option['doc']} ({option['is'].replace('`', '')}{default})"
    yield ""
