"""The server as a whole: every feature is tried through the protocol, and it says what it lacks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gridlang.editor.server import found_features

TESTS = "".join(place.read_text("utf-8") for place in Path(__file__).parent.glob("test_*.py"))
METHODS = [feature.method for feature in found_features()]


def test_methods_are_answered_once() -> None:
    assert len(METHODS) == len(set(METHODS)) > 20


@pytest.mark.parametrize("method", METHODS)
def test_every_feature_is_tried_by_a_client(method: str) -> None:
    called = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method).replace("/", "_").lower()
    assert f"{called}_async(" in TESTS or f'"{method}"' in TESTS


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ImportError('not here')\n", "utf-8")
    command = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['grid', 'lsp']; "
    command += "from gridlang.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "pip install 'gridlang[editor]'" in done.stderr


def test_other_commands_do_without_it() -> None:
    command = (
        "import sys, gridlang.cli.root as root, click; "
        "[root.grid.get_command(click.Context(root.grid), name) for name in root.grid.list_commands(None)]; "
        "print([name for name in sys.modules if name.startswith(('pygls', 'lsprotocol', 'gridlang.editor'))])"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
