"""Whatever a client sends: an error or an empty answer, and the server is there for the next request."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import attrs
import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.unit.editor.conftest import GRID
from tests.unit.editor.desk import SMALL_PLAN, Desk, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

MESSAGE = 'message hi "Hi" { subject: "Hi" }\n'


async def alive(desk: Desk) -> bool:
    """Whether the server still answers."""
    doc = desk.beside(MESSAGE)
    found = await desk.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc.id))
    return [each.name for each in found or ()] == ["hi"]


@pytest.mark.parametrize(
    "place", [lsp.Position(0, 9_999), lsp.Position(9_999, 0), lsp.Position(2**31 - 1, 2**31 - 1), lsp.Position(1, 0)]
)
async def test_places_outside_the_text(desk: Desk, place: lsp.Position) -> None:
    doc = desk.beside(MESSAGE)
    client, here = desk.client, {"text_document": doc.id, "position": place}
    await client.text_document_hover_async(lsp.HoverParams(**here))
    await client.text_document_completion_async(lsp.CompletionParams(**here))
    await client.text_document_definition_async(lsp.DefinitionParams(**here))
    await client.text_document_signature_help_async(lsp.SignatureHelpParams(**here))
    await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**here))
    whole = lsp.Range(place, lsp.Position(0, 0))
    await client.text_document_code_action_async(lsp.CodeActionParams(doc.id, whole, lsp.CodeActionContext([])))
    await client.text_document_inlay_hint_async(lsp.InlayHintParams(doc.id, whole))
    assert await alive(desk)


async def test_an_edit_outside_the_text_and_one_the_wrong_way_round(desk: Desk) -> None:
    doc = desk.beside(MESSAGE)
    far, start = lsp.Position(50, 50), lsp.Position(0, 0)
    doc.edit([lsp.TextDocumentContentChangePartial(lsp.Range(far, far), "message two { subjekt: 1 }\n")])
    await desk.until(doc.uri, lambda found: "G0202" in [each.code for each in found])
    doc.edit([lsp.TextDocumentContentChangePartial(lsp.Range(far, start), "need quiet\n")])
    await desk.until(doc.uri, lambda found: "G0202" not in [each.code for each in found])
    found = await desk.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc.id))
    assert [each.name for each in found or ()] == ["quiet"]


async def test_a_text_closed_twice_and_one_never_opened(desk: Desk) -> None:
    doc = desk.beside(MESSAGE)
    doc.close()
    doc.close()
    doc.edit([lsp.TextDocumentContentChangeWholeDocument("need quiet")])
    nowhere = lsp.TextDocumentIdentifier("file:///nowhere/at/all.grid")
    desk.client.text_document_did_close(lsp.DidCloseTextDocumentParams(nowhere))
    assert await alive(desk)


@pytest.mark.parametrize(
    "uri",
    [
        "file:///nowhere/at/all.grid",
        "file:///etc/passwd",
        "untitled:Untitled-1",
        "nonsense",
        "",
        "file:///%00",
        "file://host/x.grid",
    ],
)
async def test_requests_for_texts_that_nobody_knows(desk: Desk, uri: str) -> None:
    document, place = lsp.TextDocumentIdentifier(uri), lsp.Position(0, 0)
    client = desk.client
    assert not await client.text_document_hover_async(lsp.HoverParams(document, place))
    assert not await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert not await client.text_document_rename_async(lsp.RenameParams(document, place, "x"))
    assert not await client.protocol.send_request_async("gridlang/preview", {"textDocument": {"uri": uri}})
    assert await alive(desk)


async def test_a_request_of_ours_without_a_text(desk: Desk) -> None:
    with pytest.raises(JsonRpcException):
        await desk.client.protocol.send_request_async("gridlang/preview", {"text": 1})
    with pytest.raises(JsonRpcException):
        await desk.client.protocol.send_request_async("gridlang/nothing", {})
    assert await alive(desk)


async def test_a_new_text_that_was_never_saved(desk: Desk) -> None:
    uri = "untitled:Untitled-1"
    item = lsp.TextDocumentItem(uri, "grid", 1, SMALL_PLAN.replace("Hello {{ first_name }}", "{{ nobody }}"))
    desk.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    await desk.until(uri, lambda found: [str(each.code)[:2] for each in found if each.severity == 1] == ["G0"])
    desk.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    await desk.until(uri, lambda found: not found)


async def test_a_file_outside_any_plan(desk: Desk) -> None:
    desk.write("lonely.grid", MESSAGE)
    doc = desk.open("lonely.grid")
    found = await desk.until(doc.uri, bool)
    assert any("plan" in each.message for each in found)
    symbols = await desk.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc.id))
    assert [each.name for each in symbols or ()] == ["hi"]


async def test_nothing_outside_the_folder_is_read(desk: Desk) -> None:
    desk.write("../secret.md", "The secret")
    (desk.folder).mkdir(exist_ok=True)
    (desk.folder / "link.md").symlink_to(desk.folder.parent / "secret.md")
    doc = desk.beside(
        'message one { body: file("../secret.md") }\nmessage two { body: file("link.md") }\n'
        'message three { body: file("/etc/hostname") }\n'
    )
    found = await desk.until(doc.uri, lambda found: [each.code for each in found].count("G0007") == 3)
    links = await desk.client.text_document_document_link_async(lsp.DocumentLinkParams(doc.id))
    assert not links
    hover = await desk.client.text_document_hover_async(lsp.HoverParams(doc.id, doc.at("one")))
    assert "secret" not in str(hover)
    assert found


async def test_line_ends_of_every_sort(desk: Desk) -> None:
    doc = desk.beside('message a { subject: "A" }\r\nmessage b { subject: "B\u2028" }\rmessage c { subjekt: "C" }\n')
    (found,) = [each for each in await desk.until(doc.uri, bool) if each.code == "G0202"]
    assert (found.range.start.line, found.range.start.character) == (2, 12)
    edit = lsp.Range(found.range.start, found.range.end)
    doc.edit([lsp.TextDocumentContentChangePartial(edit, "subject")])
    await desk.until(doc.uri, lambda found: "G0202" not in [each.code for each in found])


def framed(message: Any) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def answers(stdout: bytes) -> list[dict[str, Any]]:
    found = []
    while stdout:
        head, _, rest = stdout.partition(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        found.append(json.loads(rest[:length]))
        stdout = rest[length:]
    return found


async def test_messages_that_are_none_of_the_protocol() -> None:
    def request(id: int, method: str, params: Any) -> bytes:
        return framed({"jsonrpc": "2.0", "id": id, "method": method, "params": params})

    text = {"uri": "file:///nowhere/x.grid"}
    sent = [
        request(1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
        request(2, "textDocument/hover", {"textDocument": text, "position": {"line": -1, "character": "x"}}),
        request(3, "textDocument/hover", {}),
        request(4, "textDocument/rename", {"textDocument": text, "position": {"line": 0, "character": 0}}),
        framed(b"{ this is no JSON"),
        framed({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"contentChanges": 5}}),
        framed({"no": "message"}),
        request(5, "textDocument/hover", {"textDocument": text, "position": {"line": 0, "character": 0}}),
        request(6, "shutdown", None),
        request(7, "shutdown", None),
        request(8, "textDocument/hover", {"textDocument": text, "position": {"line": 0, "character": 0}}),
        framed({"jsonrpc": "2.0", "method": "exit"}),
    ]
    done = subprocess.run([GRID, "lsp"], input=b"".join(sent), capture_output=True, timeout=60, check=False)
    found = {each["id"]: each for each in answers(done.stdout) if "id" in each}
    assert {id for id, each in found.items() if "error" in each} == {2, 3, 4, 7, 8}
    assert "shut down" in found[7]["error"]["message"]
    assert found[5]["result"] is None
    assert done.returncode == 0
    assert b"mistake in gridlang" not in done.stderr


async def test_leaving_without_a_word(tmp_path: Path) -> None:
    done = subprocess.run([GRID, "lsp"], input=b"", capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest_lsp.fixture(scope="session", config=ClientServerConfig(server_command=[GRID, "lsp"]))
async def counting_bytes(lsp_client: LanguageClient):  # type: ignore[no-untyped-def]
    """A client that counts in bytes, and knows no snippets."""
    plain = client_capabilities("visual-studio-code")
    general = lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind.Utf8])
    capabilities = attrs.evolve(plain, general=general, text_document=None, workspace=None)
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


async def test_a_client_that_counts_in_bytes(counting_bytes: LanguageClient, tmp_path: Path) -> None:
    desk = Desk(counting_bytes, tmp_path)
    doc = desk.beside('message hi "æ🎉" { subjekt: "Hi" }\n')
    (found,) = [each for each in await desk.until(doc.uri, bool) if each.code == "G0202"]
    assert found.range.start.character == len(b'message hi "') + len("æ🎉".encode()) + len(b'" { ')
    assert found.range.end.character - found.range.start.character == len("subjekt")
    assert words(doc.text, found.range) != "subjekt"
    params = lsp.CompletionParams(doc.id, lsp.Position(0, len('message hi "æ🎉" { '.encode())))
    offers = await counting_bytes.text_document_completion_async(params)
    assert isinstance(offers, lsp.CompletionList)
    assert all(item.insert_text_format == lsp.InsertTextFormat.PlainText for item in offers.items)
    assert all("${" not in item.text_edit.new_text for item in offers.items if item.text_edit)
