"""The disk: what a plan may read, and that outputs are whole or not there."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gridlang.diagnostics import Diagnostic
from gridlang.files import WRITTEN, Workspace, read_text, renew, tables_beside, write
from gridlang.outputs import OutputFile


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "shop" / "plan"
    folder.mkdir(parents=True)
    (folder / "plan.grid").write_text('plan p "Æblegrød" {}\n', encoding="utf-8")
    return folder


def ids(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [problem.code.id for problem in problems]


def test_grid_files_come_by_name_and_keep_their_line_ends(plan: Path) -> None:
    (plan / "a.grid").write_bytes(b"\xef\xbb\xbfteam t {}\r\n")
    (plan / ".hidden.grid").write_text("not read")
    (plan / "note.txt").write_text("not read")
    outcome = Workspace.at(str(plan)).grid_files("")
    assert [(source.path, source.text) for source in outcome.value] == [
        ("a.grid", "team t {}\r\n"),
        ("plan.grid", 'plan p "Æblegrød" {}\n'),
    ]
    assert not outcome.problems


@pytest.mark.parametrize(
    ("name", "make", "code", "words"),
    [
        ("x.grid", lambda place: place.write_bytes(b"plan x {}\n# \xe6ble\n"), "G0004", "line 2 has the byte 0xE6"),
        ("x.grid", lambda place: place.write_bytes("plan".encode("utf-16")), "G0004", "0xFF"),
        ("x.grid", lambda place: place.mkdir(), "G0006", "x.grid"),
        ("x.grid", lambda place: place.symlink_to("/etc/hostname"), "G0007", "x.grid"),
        ("x.grid", lambda place: place.symlink_to("nowhere"), "G0010", "x.grid"),
        ("x.grid", lambda place: place.symlink_to("x.grid"), "G0005", "x.grid"),
        ("x.grid", os.mkfifo, "G0005", "it is not a file"),
    ],
)
def test_a_bad_file_is_a_finding_and_the_others_are_read(plan, name, make, code, words) -> None:  # type: ignore[no-untyped-def]
    make(plan / name)
    outcome = Workspace.at(str(plan)).grid_files("")
    assert [source.path for source in outcome.value] == ["plan.grid"]
    assert ids(outcome.problems) == [code]
    assert words in outcome.problems[0].message


def test_missing_empty_and_no_folder(plan: Path) -> None:
    empty = plan.parent / "empty"
    empty.mkdir()
    assert ids(Workspace.at(str(plan.parent / "nowhere")).grid_files("").problems) == ["G0001"]
    assert ids(Workspace.at(str(plan / "plan.grid")).grid_files("").problems) == ["G0002"]
    assert ids(Workspace.at(str(empty)).grid_files("").problems) == ["G0003"]


def test_use_reaches_beside_the_plan_and_no_further(plan: Path) -> None:
    house = plan.parent / "house"
    house.mkdir()
    (house / "rules.grid").write_text("rule r {}")
    (plan.parent.parent / "other").mkdir()
    workspace = Workspace.at(str(plan))
    assert [source.path for source in workspace.grid_files("../house").value] == ["../house/rules.grid"]
    assert ids(workspace.grid_files("../../other").problems) == ["G0007"]
    assert ids(workspace.grid_files("/etc").problems) == ["G0007"]
    (plan.parent / "door").symlink_to("/etc")
    assert ids(workspace.grid_files("../door").problems) == ["G0007"]


def test_a_git_checkout_is_the_workspace(plan: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.grid").write_text("")
    assert Workspace.at(str(plan)).grid_files("../../other").value
    assert ids(Workspace.at(str(plan)).grid_files("../../..").problems) == ["G0007"]


def test_text_stays_in_the_plans_own_folder(plan: Path) -> None:
    (plan / "messages").mkdir()
    (plan / "messages" / "news.md").write_text("Nyt")
    (plan.parent / "secret.md").write_text("hemmelig")
    (plan / "link.md").symlink_to(plan.parent / "secret.md")
    workspace = Workspace.at(str(plan))
    assert workspace.text("messages/news.md").value == "Nyt"
    for outside in ("../secret.md", "link.md", "/etc/hostname", "messages/../../secret.md"):
        assert ids(workspace.text(outside).problems) == ["G0007"]
    missing = workspace.text("messages/new.md").problems
    assert ids(missing) == ["G0010"]
    assert missing[0].help is not None
    assert "did you mean `news.md`" in missing[0].help
    assert ids(workspace.text("messages").problems) == ["G0005"]
    assert ids(workspace.text("nul\0.md").problems) == ["G0005"]


def test_an_imported_folder_has_texts_of_its_own(plan: Path) -> None:
    house = plan.parent / "house"
    house.mkdir()
    (house / "news.md").write_text("Nyt fra huset")
    (plan / "secret.md").write_text("hemmelig")
    workspace = Workspace.at(str(plan))
    assert workspace.text("news.md", "../house").value == "Nyt fra huset"
    for outside, folder in (("../secret.md", "../house"), (f"../{plan.name}/secret.md", "../house"), ("x", "../..")):
        assert ids(workspace.text(outside, folder).problems) == ["G0007"]


def test_a_file_without_right_to_read(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    outcome = read_text(plan / "plan.grid", "plan.grid")
    assert ids(outcome.problems) == ["G0005"]
    assert "you have no right to" in outcome.problems[0].message


def test_tables_beside(plan: Path) -> None:
    (plan / "persons.jsonl").write_text("")
    assert tables_beside(plan, "persons", (".csv", ".jsonl")) == (plan / "persons.jsonl",)


# --- writing ---------------------------------------------------------------------------------------------------------


def content(folder: Path) -> dict[str, bytes]:
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def test_write_tells_what_changed_and_leaves_the_rest_untouched(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    first = write(out, [OutputFile("a.txt", b"a"), OutputFile("tasks/b.csv", b"b")])
    assert first.value.changed == ("a.txt", "tasks/b.csv")
    os.utime(out / "a.txt", (1, 1))
    os.utime(out / "tasks" / "b.csv", (1, 1))
    second = write(out, [OutputFile("a.txt", b"a"), OutputFile("tasks/b.csv", b"c")])
    assert (second.value.changed, second.value.unchanged) == (("tasks/b.csv",), ("a.txt",))
    assert (out / "a.txt").stat().st_mtime == 1
    assert content(out) == {"a.txt": b"a", "tasks/b.csv": b"c"}


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    outcome = write(tmp_path / "out", [OutputFile("a.txt", b"a")])
    assert ids(outcome.problems) == ["G0008"]
    assert "a file of that name is in the way" in outcome.problems[0].message
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_where_an_output_belongs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    outcome = write(tmp_path, [OutputFile("first.txt", b"1"), OutputFile("a.txt", b"a")])
    assert ids(outcome.problems) == ["G0008"]
    assert content(tmp_path) == {}


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "G0009"), (errno.EDQUOT, "G0009"), (errno.EACCES, "G0008")]
)
def test_trouble_while_writing_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    (tmp_path / "b.txt").write_bytes(b"old")
    written = Path.write_bytes

    def refuse(place: Path, data: bytes) -> int:
        if data == b"new":
            written(place, data[:1])
            raise OSError(number, os.strerror(number), str(place))
        return written(place, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    outcome = write(tmp_path, [OutputFile("a.txt", b"a"), OutputFile("b.txt", b"new")])
    assert ids(outcome.problems) == [code]
    assert content(tmp_path) == {"b.txt": b"old"}


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / f".grid-{os.getpid()}-0.part").symlink_to("/dev/full")
    assert ids(write(tmp_path, [OutputFile("a.txt", b"a")]).problems) == ["G0009"]


def test_an_output_never_leaves_its_folder(tmp_path: Path) -> None:
    for path in ("../a.txt", "/a.txt", "tasks/../../a.txt"):
        with pytest.raises(ValueError, match="leave its folder"):
            write(tmp_path, [OutputFile(path, b"")])


def out(path: str, text: str) -> OutputFile:
    return OutputFile(path, text.encode())


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    renew(tmp_path, {"page": [out("plan.html", "page")], "tasks": [out("tasks/sales.csv", "list")]})
    (tmp_path / "tasks" / "mine.csv").write_text("mine")
    done = renew(tmp_path, {"page": [out("plan.html", "page")], "tasks": [out("tasks/counter.csv", "list")]})
    assert (done.value.removed, done.value.unchanged) == (("tasks/sales.csv",), ("plan.html",))
    assert sorted(place.name for place in (tmp_path / "tasks").iterdir()) == ["counter.csv", "mine.csv"]
    assert not renew(tmp_path, {"tasks": [out("tasks/counter.csv", "list")]}).value.removed


def test_an_empty_folder_goes_with_its_last_output(tmp_path: Path) -> None:
    renew(tmp_path, {"tasks": [out("tasks/sales.csv", "list")]})
    renew(tmp_path, {"tasks": []})
    assert [place.name for place in tmp_path.iterdir()] == [WRITTEN]


def test_only_what_the_same_maker_wrote_goes(tmp_path: Path) -> None:
    renew(tmp_path, {"page": [out("plan.html", "page")], "tasks": [out("tasks/sales.csv", "list")]})
    assert not renew(tmp_path, {"page": [out("plan.html", "other")]}).value.removed
    assert renew(tmp_path, {"tasks": []}).value.removed == ("tasks/sales.csv",), "it is remembered meanwhile"
    assert (tmp_path / "plan.html").read_text() == "other"


def test_what_somebody_changed_stays_and_is_told_once(tmp_path: Path) -> None:
    renew(tmp_path, {"tasks": [out("sales.csv", "list")]})
    (tmp_path / "sales.csv").write_text("list, with my notes")
    done = renew(tmp_path, {"tasks": []})
    assert (done.value.removed, done.value.kept) == ((), ("sales.csv",))
    assert (tmp_path / "sales.csv").read_text() == "list, with my notes"
    assert renew(tmp_path, {"tasks": []}).value.kept == ()


def test_a_list_of_a_stranger_removes_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    renew(folder, {"tasks": [out("sales.csv", "list")]})
    renew(tmp_path / "elsewhere", {"x": [out("sales.csv", "list")]})
    (folder / "door").symlink_to(tmp_path / "elsewhere")
    line = (folder / WRITTEN).read_text().splitlines()[-1]
    paths = ("../elsewhere/sales.csv", str(tmp_path / "elsewhere" / "sales.csv"), "door/sales.csv", "", "sales.csv/x")
    (folder / WRITTEN).write_text("".join(f"{line.replace('sales.csv', path)}\n" for path in paths) + "what is this\n")
    done = renew(folder, {"tasks": []})
    assert (done.value.removed, done.value.kept, done.problems) == ((), (), ())
    assert (tmp_path / "elsewhere" / "sales.csv").exists()


def test_the_list_is_the_same_for_the_same_outputs(tmp_path: Path) -> None:
    for folder, order in ((tmp_path / "a", 1), (tmp_path / "b", -1)):
        renew(folder, {"tasks": [out("1", "one"), out("2", "two")][::order]})
    assert (tmp_path / "a" / WRITTEN).read_bytes() == (tmp_path / "b" / WRITTEN).read_bytes()


def test_what_a_killed_process_left_is_taken_away_and_what_another_is_writing_is_not(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "lists").mkdir()
    for name in (f".grid-{gone.pid}-0.part", f"lists/.grid-{gone.pid}-7.part", f".grid-{os.getppid()}-0.part"):
        (tmp_path / name).write_text("half")
    (tmp_path / ".grid-mine.part").write_text("somebody's own")
    made = {"run": (OutputFile("a.csv", b"a"), OutputFile("lists/b.csv", b"b"))}
    assert not renew(tmp_path, made).problems
    left = {place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*.part")}
    assert left == {f".grid-{os.getppid()}-0.part", ".grid-mine.part"}


def test_an_interrupt_waits_until_all_files_are_in_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not renew(tmp_path, {"run": (OutputFile("a.csv", b"1"), OutputFile("old.csv", b"1"))}).problems
    replace = os.replace

    def interrupted(source: Path, target: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        renew(tmp_path, {"run": (OutputFile("a.csv", b"2"), OutputFile("b.csv", b"2"))})
    assert {place.name for place in tmp_path.iterdir()} == {"a.csv", "b.csv", WRITTEN}
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes() == b"2"
    assert "old.csv" not in (tmp_path / WRITTEN).read_text("ascii")
