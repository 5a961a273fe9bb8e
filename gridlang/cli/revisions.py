"""Plans as they stand in a git revision: `HEAD~1`, `main:examples/family_car`."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from gridlang.cli.given import SUFFIXES
from gridlang.files import SUFFIX


@attrs.frozen
class Revision:
    """`rev` as the user wrote it, `commit` its id, `path` of the plan from the top of the checkout (`""`: the top)."""

    rev: str
    commit: str
    path: str
    git_dir: str

    @property
    def shown(self) -> str:
        return f"{self.rev}:{self.path}" if self.path else self.rev


def find(text: str, other: str) -> Revision:
    """The revision that a user names, with the path of the plan in it.

    `REV:PATH` names both, from the top of the checkout; `REV` alone is the plan of the other side, `other`, as it was
    then. What git does not know is wrong usage.
    """
    rev, colon, path = text.partition(":")
    folder = _folder(other if not colon and os.path.exists(other) else ".")
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise click.UsageError(f"`{text}` is no folder and no file, and {_named(folder)} is in no git checkout.")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    if commit is None:
        raise click.UsageError(f"`{text}` is no folder and no file, and git knows no revision `{rev}` in {top}.")
    git_dir = _git(folder, "rev-parse", "--absolute-git-dir")
    assert git_dir is not None
    found = Revision(rev, commit, _clean(path) if colon else _same_plan(other, top), git_dir)
    if not _has(found):
        raise click.UsageError(f"revision `{rev}` has no `{found.path}`. Name the plan in it: {rev}:PATH")
    return found


@contextmanager
def checked_out(revision: Revision) -> Iterator[Path]:
    """The plan's folder, or its file, with every `.grid` file of the checkout around it, in a place of its own for as
    long as it is needed; neither the user's files nor git's index are touched."""
    with tempfile.TemporaryDirectory(prefix="grid-diff-") as place:
        workspace, index = Path(place, "plan"), Path(place, "index")
        # A folder named .git bounds a workspace, as the checkout does.
        (workspace / ".git").mkdir(parents=True)
        names = b"\0".join(os.fsencode(name) for name in _names(revision))
        tree = ("--work-tree", str(workspace))
        _run(revision, *tree, "read-tree", revision.commit, index=index, cwd=workspace)
        _run(revision, *tree, "checkout-index", "-z", "--stdin", given=names, index=index, cwd=workspace)
        yield workspace / revision.path


def _names(revision: Revision) -> Iterator[str]:
    """What a plan can be made of: texts in its folder, not its rows, and `.grid` files that `use` may name."""
    inside = f"{revision.path}/" if revision.path else ""
    for name in _run(revision, "ls-tree", "-r", "-z", "--full-tree", "--name-only", revision.commit).split(b"\0"):
        path = os.fsdecode(name)
        of_the_plan = path == revision.path or (path.startswith(inside) and not path.endswith(SUFFIXES))
        if path and (of_the_plan or path.endswith(SUFFIX)):
            yield path


def _same_plan(other: str, top: str) -> str:
    """The path of the other side from the top of the checkout; of the current folder when it is a revision too."""
    _, colon, path = ("", "", "") if os.path.exists(other) else other.partition(":")
    if colon:
        return _clean(path)
    here = os.path.realpath(other if os.path.exists(other) else ".")
    return _clean(os.path.relpath(here, os.path.realpath(top)).replace(os.sep, "/"))


def _clean(path: str) -> str:
    cleaned = path.strip("/")
    return "" if cleaned == "." else cleaned


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or "."


def _named(folder: str) -> str:
    return "the current folder" if folder == "." else folder


def _has(revision: Revision) -> bool:
    """Whether the revision has something at the path."""
    named = f"{revision.commit}:{revision.path}"
    return _git(".", f"--git-dir={revision.git_dir}", "cat-file", "-e", named) is not None


# --- git --------------------------------------------------------------------------------------------------------------


def _git(folder: str, *arguments: str) -> str | None:
    """The line that git answers, None when it refuses."""
    done = _call(["git", "-C", folder, *arguments])
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def _run(
    revision: Revision, *arguments: str, given: bytes = b"", index: Path | None = None, cwd: Path | None = None
) -> bytes:
    """What git writes; it was asked for something that is there, so that a refusal is told in git's own words."""
    environment = os.environ | ({"GIT_INDEX_FILE": str(index)} if index else {})
    done = _call(["git", f"--git-dir={revision.git_dir}", *arguments], given, environment, cwd)
    if done.returncode != 0:
        words = done.stderr.decode(errors="replace").strip()
        raise click.UsageError(f"git could not give revision `{revision.rev}`: {words}")
    return done.stdout


def _call(
    command: list[str], given: bytes = b"", environment: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False, env=environment, cwd=cwd)
    except FileNotFoundError:
        raise click.UsageError(
            "there is no `git` here, which reads revisions. Install it, or name two folders."
        ) from None
