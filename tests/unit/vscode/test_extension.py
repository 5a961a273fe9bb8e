"""What VS Code gets, without VS Code: snippets that parse, and colours for every word of the language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import gridlang
from gridlang.source import Source
from gridlang.syntax import parse
from gridlang.syntax.formatting import formatted
from gridlang.syntax.tables import tables
from gridlang.syntax.words import VERBS

CHECKOUT = Path(__file__).parents[3]
FOLDER = CHECKOUT / "gridlang" / "editor" / "vscode"
COLOURS = (CHECKOUT / "grammar" / "grid.tmLanguage.json").read_text("utf-8")
SNIPPETS = json.loads((FOLDER / "snippets" / "grid.json").read_text("utf-8"))
IN_A_FLOW = {"ask", "task", "choose", "split"}
PLACEHOLDER = re.compile(
    r"\$\{\d+:((?:[^{}\\]|\\.|\{\{(?:[^}\\]|\\.)*(?:\\\}|\})(?:\\\}|\}))*)\}|\$\{\d+\|([^|,}]*)[^}]*\|\}"
)


def filled(snippet: dict[str, Any]) -> str:
    """A snippet as it stands when its placeholders are left as they are."""
    body = snippet["body"]
    text = body if isinstance(body, str) else "\n".join(body)
    text = PLACEHOLDER.sub(lambda found: found[1] if found[1] is not None else found[2], text)
    return re.sub(r"\\([$}\\])", r"\1", text)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_sound_and_in_the_house_style(name: str) -> None:
    text = filled(SNIPPETS[name])
    assert "$" not in text
    if name in IN_A_FLOW:
        text = "campaign c {\n  flow {\n" + "\n".join(f"    {line}" for line in text.splitlines()) + "\n  }\n}"
    source = Source("plan.grid", text + "\n")
    outcome = formatted(source)
    assert [problem.message for problem in outcome.problems] == []
    assert re.sub(r" +", " ", outcome.value.text) == re.sub(r" +", " ", source.text)
    assert name == "allow" or parse(source).value.declarations


def test_every_word_of_the_grammar_has_a_colour() -> None:
    words = {word for word in tables().signs.values() if word.isalpha()}
    assert words >= set(VERBS) - {"use", "let"}
    missing = {word for word in words if not re.search(rf"(?<![\w]){word}(?![\w])", COLOURS)}
    assert missing <= {"then"} - set(re.findall(r"\bthen\b", COLOURS))


def test_the_grammar_names_what_it_includes() -> None:
    grammar = json.loads(COLOURS)
    included = set(re.findall(r'"include": "#(\w+)"', COLOURS))
    assert included | {"all"} == set(grammar["repository"])


def test_the_extension_is_of_this_version_and_names_no_file_that_is_not_there() -> None:
    package = json.loads((FOLDER / "package.json").read_text("utf-8"))
    assert package["version"] == gridlang.__version__
    contributed = package["contributes"]
    paths = [package["main"], *(one["path"] for one in contributed["snippets"])]
    paths += [one["configuration"] for one in contributed["languages"]]
    assert all((FOLDER / path).is_file() for path in paths)
    assert contributed["grammars"][0]["scopeName"] == json.loads(COLOURS)["scopeName"]


def test_the_configuration_of_the_language_fits_it() -> None:
    configuration = json.loads((FOLDER / "language-configuration.json").read_text("utf-8"))
    assert configuration["comments"]["lineComment"] == "#"
    more = re.compile(configuration["indentationRules"]["increaseIndentPattern"])
    assert more.match('campaign a "{ #" {')
    assert more.match("  flow {  # so")
    assert not more.match("# a remark {")
    assert not more.match('need a "x {"')
    assert not more.match("segment s { where: otherwise }")


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_its_code_speaks_with_the_server() -> None:
    """Previews, the sample person and the choice of the server, with a stand-in for VS Code itself."""
    environment = {**os.environ, "GRIDLANG_GRID": str(Path(sys.executable).parent / "grid")}
    command = ["node", "--test", "test/extension.test.cjs", "test/server.test.cjs"]
    done = subprocess.run(
        command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
