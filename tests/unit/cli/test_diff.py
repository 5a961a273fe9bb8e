"""`grid diff`: of folders, schedules and git revisions; exit codes as diff has them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.shell import clean, grid

PLAN = "house/plan"


def git(folder: Path, *arguments: str) -> str:
    """Git without the settings of whoever runs the tests."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    named = ["-c", "user.name=Ann", "-c", "user.email=ann@example.dk", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", "-C", str(folder), *named, *arguments], env={**os.environ, **alone}, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def edit(plan: Path) -> None:
    """A campaign gets another name."""
    place = plan / "campaigns.grid"
    text = place.read_text("utf-8")
    place.write_text(text.replace("campaign ", "campaign new_", 1), "utf-8")


@pytest.fixture
def repository(plan: Path) -> Path:
    """A checkout with two commits of the plan; the second renames a campaign."""
    top = plan.parents[1]
    (plan / "persons.csv").touch()
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "one")
    edit(plan)
    git(top, "commit", "-q", "-a", "-m", "two")
    return top


def test_two_folders(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for place in plan.rglob("*"):
        target = other / place.relative_to(plan)
        target.mkdir(exist_ok=True) if place.is_dir() else target.write_bytes(place.read_bytes())
    same = grid("diff", plan, other)
    assert (same.returncode, same.stdout) == (0, "No difference.\n")
    edit(other)
    done = grid("diff", plan, other)
    assert done.returncode == 1
    assert "is new" in done.stdout
    assert "Runs in flight that would end" in done.stdout
    assert clean(done)


def test_a_revision_alone_is_the_plan_as_it_was(repository: Path) -> None:
    done = grid("diff", "HEAD~1", PLAN, cwd=repository)
    assert done.returncode == 1, done.stderr
    assert "campaign new_" in done.stdout
    inside = grid("diff", "HEAD~1", cwd=repository / PLAN)
    assert inside.stdout == done.stdout
    elsewhere = grid("diff", "HEAD~1", repository / PLAN, cwd=Path("/"))
    assert elsewhere.stdout == done.stdout


def test_the_order_of_the_sides_counts(repository: Path) -> None:
    there = grid("diff", "HEAD~1", "HEAD", "--format", "json", cwd=repository / PLAN)
    back = grid("diff", "HEAD", "HEAD~1", "--format", "json", cwd=repository / PLAN)
    kinds = [
        [(change["kind"], change["subject"]) for change in json.loads(done.stdout)["changes"]] for done in (there, back)
    ]
    assert ("added", "removed") in {(one[0], other[0]) for one in kinds[0] for other in kinds[1] if one[1] == other[1]}


def test_a_revision_and_a_path(repository: Path) -> None:
    done = grid("diff", f"main~1:{PLAN}", f"main:{PLAN}", cwd=repository)
    assert done.returncode == 1
    assert grid("diff", "main~1", f"main:{PLAN}", cwd=repository).stdout == done.stdout
    assert grid("diff", f"main:{PLAN}/", PLAN, cwd=repository).returncode == 0


def test_a_schedule_in_a_revision(repository: Path) -> None:
    assert grid("build", repository / PLAN).returncode == 0
    git(repository, "add", "-f", ".")
    git(repository, "commit", "-q", "-m", "built")
    done = grid("diff", f"HEAD:{PLAN}/out/schedule.json", PLAN, cwd=repository)
    assert (done.returncode, done.stdout) == (0, "No difference.\n")


def test_a_plan_that_uses_another_folder(repository: Path) -> None:
    common = repository / "common"
    common.mkdir()
    (common / "teams.grid").write_text('team helpers "Helpers" { members: "h@example.dk" }\n', "utf-8")
    plan = repository / PLAN / "plan.grid"
    plan.write_text('use "../../common" as common\n' + plan.read_text("utf-8"), "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "common")
    done = grid("diff", "HEAD", PLAN, cwd=repository)
    assert (done.returncode, done.stdout) == (0, "No difference.\n"), done.stderr


def test_nothing_of_the_checkout_is_touched(repository: Path) -> None:
    (repository / PLAN / "campaigns.grid").open("a", encoding="utf-8").write("# an edit that is not committed\n")
    before = git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()
    assert grid("diff", "HEAD", PLAN, cwd=repository).returncode == 0
    assert (git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()) == before


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("HEAD~9", "no revision `HEAD~9`"),
        ("--upload-pack=x", "No such option"),
        ("HEAD:nowhere", "revision `HEAD` has no `nowhere`"),
        ("nowhere", "`nowhere` is no folder and no file, and git knows no revision `nowhere`"),
    ],
)
def test_what_git_does_not_know(repository: Path, old: str, words: str) -> None:
    done = grid("diff", old, PLAN, cwd=repository)
    assert done.returncode == 2
    assert words in done.stderr
    assert clean(done)


def test_no_checkout_and_no_git(plan: Path) -> None:
    done = grid("diff", "HEAD", cwd=plan)
    assert done.returncode == 2
    assert "in no git checkout" in done.stderr
    done = grid("diff", "HEAD", cwd=plan, PATH=os.fspath(plan))
    assert done.returncode == 2
    assert "there is no `git` here" in done.stderr


def test_a_plan_with_errors_is_no_difference(broken: Path, plan: Path) -> None:
    done = grid("diff", broken, plan)
    assert done.returncode == 2
    assert "has errors, so there is nothing to compare" in done.stderr
    assert done.stdout == ""
