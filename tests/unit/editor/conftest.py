"""One server for all tests of the editor, spoken to over stdin and stdout as an editor does."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.unit.editor.desk import Desk

GRID = str(Path(sys.executable).parent / "grid")


@pytest_lsp.fixture(scope="session", config=ClientServerConfig(server_command=[GRID, "lsp"]))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    capabilities = client_capabilities("visual-studio-code")
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def desk(client: LanguageClient, tmp_path: Path) -> Iterator[Desk]:
    """A new plan in a folder of its own; what is open is closed after the test."""
    made = Desk(client, tmp_path / "plan")
    yield made
    made.clear()
