"""Every stage knows only the stages below it: the contracts stand in pyproject.toml."""

from __future__ import annotations

from importlinter.cli import lint_imports

from tests.shape.house import ROOT


def test_import_contracts_hold(capsys) -> None:  # type: ignore[no-untyped-def]
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out
