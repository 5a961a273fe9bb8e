"""The connection to a client: what pygls does, but for the texts, which the session keeps, and for bad requests.

A request that cannot be read gets an error response (pygls would tell of it beside the way, and its client would wait
for ever), and so does one after the shutdown; a text that is closed twice is closed.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from cattrs import Converter
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer


class Protocol(LanguageServerProtocol):
    """The connection as the server uses it."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self._writing: set[asyncio.Future[Any]] = set()
        """What is being written, where that is not done at once."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as its type; one that is none of its type is answered here."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                told = JsonRpcInvalidParams(f"cannot read the request {data['method']}: its parameters are malformed")
                self._send_response(data["id"], None, told.to_response_error())
            raise Unreadable(str(data.get("method"))) from error

    def handle_message(self, message: Any) -> None:
        """Hand a message on; a request after the shutdown is answered here, since pygls would not answer it."""
        if self._shutdown and hasattr(message, "id") and hasattr(message, "method"):
            told = JsonRpcInvalidRequest(f"the server was told to shut down, and {message.method} comes after that")
            self._send_response(message.id, None, told.to_response_error())
            return
        super().handle_message(message)

    def notify_written(self, method: str, params: str) -> None:
        """Send a notification whose parameters are JSON already: a thousand findings take ten milliseconds to write."""
        if self.writer is None:
            return
        body = f'{{"jsonrpc": "2.0", "method": {json.dumps(method)}, "params": {params}}}'.encode()
        done = self.writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        if inspect.isawaitable(done):
            task = asyncio.ensure_future(done)
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        yield from self._told(lsp.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        yield from self._told(lsp.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        yield from self._told(lsp.TEXT_DOCUMENT_DID_CLOSE, params)

    def _told(self, method: str, params: Any) -> Generator[Any, Any, None]:
        yield self.fm.features[method], (params,), None


class Unreadable(Exception):  # noqa: N818 - the client's mistake, answered already
    """A message that is none of the protocol."""
