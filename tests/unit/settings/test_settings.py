"""`grid.toml`: typed tables, and a finding with its place for whatever does not fit."""

from __future__ import annotations

import tomllib
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.diagnostics import Outcome
from gridlang.settings import Settings, folder, read, setting
from gridlang.settings.places import find
from gridlang.source import Source


@attrs.frozen
class Owner:
    id: str = setting("", "who it is there")
    main: bool = setting(False, "whether work without an owner is theirs")


@attrs.frozen
class Table:
    targets: tuple[str, ...] | None = setting(None, "what is built")
    folder: str = setting("out", "where it goes", check=folder)
    kind: Literal["events", "todos"] = setting("events", "how work stands there")
    most: int = setting(10, "rows")
    owners: dict[str, Owner] = attrs.field(factory=dict)


def settings(text: str) -> Outcome[Settings]:
    return read(Source("grid.toml", text))


def build(text: str) -> Outcome[Table]:
    outcome = settings(text)
    assert not outcome.problems
    return outcome.value.table(("build",), Table)


def only(outcome: Outcome[Any]) -> tuple[str, str, str | None]:
    (problem,) = outcome.problems
    assert problem.span is not None
    return problem.code.id, f"{problem.span}:{problem.span.column} {problem.span.text}", problem.help


def test_a_plan_without_settings_has_the_defaults() -> None:
    assert Settings().table(("build",), Table) == Outcome(Table())
    assert settings("").value.table(("build",), Table) == Outcome(Table())


def test_everything_typed() -> None:
    outcome = build(
        """
[build]  # a remark
targets = ["plan_html", "calendar"]
folder = "out/lists"
kind = "todos"
most = 1_000
owners = { "mette@example.dk" = { id = "17" }, sales_desk.id = "18" }
[build.owners.marketing]
main = true
""".replace("owners = {", "# owners = {")
    )
    assert outcome == Outcome(
        Table(("plan_html", "calendar"), "out/lists", "todos", 1000, {"marketing": Owner(main=True)})
    )
    inline = build('[build]\nowners = { "mette@example.dk" = { id = "17" }, sales_desk.id = "18" }\n')
    assert inline.value.owners == {"mette@example.dk": Owner("17"), "sales_desk": Owner("18")}


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ('[build]\ntargts = ["a"]', "G0902", "grid.toml:2:1 targts", "did you mean `targets`?"),
        ('[build]\nfolder = "x"\ntargets = "a"', "G0903", 'grid.toml:3:11 "a"', None),
        ('[build]\ntargets = ["a", 3]', "G0903", "grid.toml:2:17 3", None),
        ('[build]\nkind = "todo"', "G0904", 'grid.toml:2:8 "todo"', "did you mean `todos`?"),
        ("[build]\nmost = true", "G0903", "grid.toml:2:8 true", None),
        ("[build]\nmost = 1.5 # much", "G0903", "grid.toml:2:8 1.5", None),
        ("build = 3", "G0903", "grid.toml:1:9 3", None),
        ('[build.owners.a]\nname = "x"', "G0902", "grid.toml:2:1 name", "there are: `id`, `main`"),
        ('[build]\nowners = { a = { idd = "x" } }', "G0902", "grid.toml:2:18 idd", "did you mean `id`?"),
        ('[build]\nowners."a b".id = 4', "G0903", "grid.toml:2:19 4", None),
        ("[[build]]\nmost = 3", "G0903", "grid.toml:1:3 build", None),
    ],
)
def test_what_does_not_fit(text: str, code: str, place: str, words: str | None) -> None:
    found = only(build(text))
    assert found[:2] == (code, place)
    assert words is None or words in (found[2] or "")


def test_what_is_wrong_costs_only_itself() -> None:
    outcome = build('[build]\nmost = "many"\nfolder = "lists"\nkind = 7\n')
    assert [problem.code.id for problem in outcome.problems] == ["G0903", "G0903"]
    assert outcome.value == Table(folder="lists")


@pytest.mark.parametrize(
    "place",
    ["..", "../other", "/etc", "a/../b", "", ".", "a//b", ".git/hooks", "a/.ssh", "a\\b", "C:out", "a/", " a", "a\tb"],
)
def test_no_folder_outside_the_plans_own(place: str) -> None:
    outcome = build(f"[build]\nfolder = {_quoted(place)}\n")
    assert only(outcome)[0] == "G0905"
    assert outcome.value.folder == "out"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace("\t", "\\t") + '"'


def test_a_table_that_nobody_reads() -> None:
    assert only(settings("[bild]\nx = 1\n")) == (
        "G0902",
        "grid.toml:1:2 bild",
        "did you mean `build`? there are: `build`, `lint`, `run`, `targets`",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[build]\nfolder = out\n", 2),
        ("[build\n", 1),
        ("a = 1\na = 2\n", 2),
        ('x = """\nnever closed', 2),
        ("a = ]", 1),
    ],
)
def test_what_is_no_toml(text: str, line: int) -> None:
    (problem,) = settings(text).problems
    assert problem.code.id == "G0901"
    assert problem.span is not None
    assert problem.span.line == line


def test_deep_lists_are_no_crash() -> None:
    (problem,) = settings("a = " + "[" * 5000 + "]" * 5000).problems
    assert problem.code.id == "G0901"


def test_names_of_a_table_and_where_they_stand() -> None:
    outcome = settings("[targets.calendar]\nx = 1\n[targets.'the page']\n").value
    assert outcome.names("targets") == ("calendar", "the page")
    span = outcome.span(("targets", "the page"), key=True)
    assert span is not None
    assert (span.line, span.text) == (3, "'the page'")
    assert outcome.names("targets", "calendar", "x") == ()


keys = st.one_of(st.sampled_from(["a", "b-c", "d_1", '"e f"', "'g.h'", '"\\u00e6"']))
values = st.recursive(
    st.sampled_from(
        [
            "1",
            "true",
            '"x"',
            "'y'",
            '"a # b"',
            '"""\na\n"b" #"""',
            "'''\n[x]\n'''",
            "2027-01-31",
            "09:00:00",
            "1.5",
            "-3",
            '""',
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[ {', '.join(each)} ]"),
        st.lists(inner, max_size=3).map(lambda each: "[\n" + "".join(f"  {one}, # a remark ]\n" for one in each) + "]"),
        st.lists(st.tuples(keys, inner), max_size=3, unique_by=lambda pair: pair[0]).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"
        ),
    ),
    max_leaves=8,
)


@given(st.lists(st.tuples(keys, values), max_size=4, unique_by=lambda pair: pair[0]), st.booleans())
def test_every_value_is_found_where_it_stands(pairs: list[tuple[str, str]], table: bool) -> None:
    """What stands at the place of a value, read alone, is the value."""
    text = ("[t.'u v']\n" if table else "# no table\n") + "".join(f"{key} = {value} # so\n" for key, value in pairs)
    whole = tomllib.loads(text)
    places = find(text)
    for path, (start, end) in places.values.items():
        there: Any = whole
        for name in path:
            there = there[name]
        assert tomllib.loads(f"x = {text[start:end]}")["x"] == there
    for path, (start, end) in places.keys.items():
        assert next(iter(tomllib.loads(f"{text[start:end]} = 1"))) == path[-1]
    assert len(places.values) == _leaves(whole["t"]["u v"] if table else whole)


def _leaves(value: Any) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(1 + _leaves(each) for each in parts)


@given(st.text())
def test_no_text_is_a_crash(text: str) -> None:
    outcome = settings(text)
    outcome.value.table(("build",), Table)
