"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

plan_path = click.argument("path", default=".", type=click.Path(), metavar="[PATH]")
"""PATH: the folder of a plan (the current one if left out), or a built schedule.json."""

findings_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are shown on stderr: for people, or for machines.",
)

out_folder = click.option(
    "--out",
    type=click.Path(file_okay=True, path_type=Path),
    metavar="DIR",
    help="Where the outputs go.  [default: out/ in the plan's folder; for a run, out/run/]",
)


def example(*lines: str) -> str:
    """The end of a `--help` text: commands to copy, each on its own line."""
    return "\n  ".join(("\b\nExample:", *lines))
