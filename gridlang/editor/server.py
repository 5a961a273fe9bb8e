"""The language server: its features, found from the folder `features/`, and what it tells without being asked."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

import gridlang
from gridlang.diagnostics import Diagnostic
from gridlang.editor import features as folder
from gridlang.editor import positions
from gridlang.editor.asking import Asked, Feature, Refused, WideFeature
from gridlang.editor.features import diagnostics
from gridlang.editor.positions import Encoding
from gridlang.editor.protocol import Protocol, Unreadable
from gridlang.editor.session import Plan, Session

logger = logging.getLogger(__name__)

REQUEST_FAILED = -32803
SOON, LATER = 0.002, 0.6
"""Seconds: how long edits are gathered before findings are told, and how long a plan rests before it is rehearsed."""
TIDIED_AFTER = 1_000
"""Readings of plans after which the memory is tidied, at the next rest: they leave next to nothing to be tidied."""


class Server(LanguageServer):
    """The server of one client."""

    def __init__(self) -> None:
        super().__init__(
            "gridlang",
            gridlang.__version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
        )
        self.session = Session()
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._boards: dict[str, diagnostics.Board] = {}
        self._told: set[str] = set()
        self._untidy = 0
        """Readings since the memory was tidied."""
        for feature in found_features():
            self._register(feature)
        self._listen()

    @property
    def encoding(self) -> Encoding:
        """The code units in which the client counts."""
        return Encoding(self.server_capabilities.position_encoding or Encoding.Utf16)

    # --- requests ---

    def _register(self, feature: Feature | WideFeature) -> None:
        answer = self._of_text if isinstance(feature, Feature) else self._of_session
        self.feature(feature.method, feature.options)(functools.partial(self._guarded, answer, feature))

    def _guarded(self, answer: Callable[[Any, Any], Any], feature: Feature | WideFeature, params: Any) -> Any:
        """An answer; a refusal is an error response, and a mistake of ours is one too, told once."""
        try:
            return answer(feature, params)
        except Refused as refused:
            raise JsonRpcException(str(refused), REQUEST_FAILED) from None
        except JsonRpcException:
            raise
        except Exception as error:
            self.apologise(error, feature.method)
            raise JsonRpcInternalError(f"a mistake in gridlang, not in your plan: {error}") from error

    def _of_text(self, feature: Feature, params: Any) -> Any:
        uri = uri_in(params)
        if uri is None:
            raise JsonRpcInvalidParams(f"{feature.method} needs the address of a text")
        text = self.session.text(uri)
        if text is None:
            return feature.empty
        answer = feature.answer(Asked(params, self.session, text, self.encoding, self.client_capabilities))
        self._refresh()
        return answer

    def _of_session(self, feature: WideFeature, params: Any) -> Any:
        return feature.answer(self.session, params, self.encoding)

    def _refresh(self) -> None:
        """Let the client ask for its hints again, where it can and they are others now."""
        workspace = self.client_capabilities.workspace
        hints = workspace.inlay_hint if workspace else None
        if self.session.refresh and hints is not None and hints.refresh_support:
            self.workspace_inlay_hint_refresh(None)
        self.session.refresh = False

    def apologise(self, error: Exception, where: str) -> None:
        """Say a mistake of ours, with its trace in the log, once."""
        logger.error("in %s", where, exc_info=error)
        words = f"{where}: {type(error).__name__}: {error}"
        if words not in self._told:
            self._told.add(words)
            message = f"This is a mistake in gridlang, not in your plan. Sorry. ({words})"
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What pygls could not do: a message that is none of the protocol is the client's and only logged."""
        if isinstance(error, Unreadable | JsonRpcInvalidParams):
            logger.warning("%s", error)

    # --- notifications ---

    def _listen(self) -> None:
        self.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(self._heard(self._opened))
        self.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(self._heard(self._changed))
        self.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(self._heard(self._closed))
        self.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(self._heard(self._saved))
        self.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)(self._heard(self._files_changed))
        self.feature(lsp.INITIALIZE)(self._heard(self._begun))
        self.feature(lsp.INITIALIZED)(self._heard(self._initialized))

    def _heard(self, listener: Callable[[Any], None]) -> Callable[[Any], None]:
        def heard(params: Any) -> None:
            try:
                listener(params)
            except Exception as error:
                self.apologise(error, listener.__name__)

        return heard

    def _begun(self, params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        self.session.options = options if isinstance(options, dict) else {}

    def _initialized(self, params: lsp.InitializedParams) -> None:
        """Ask to be told when files change on the disk, where the client can."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [lsp.FileSystemWatcher("**/*.{grid,md,txt,html,jinja,toml,csv}")]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.client_register_capability(lsp.RegistrationParams([registration]))

    def _opened(self, params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        touched = self.session.update(document.uri, document.text, document.version)
        self._let_go()
        self._tell(plan for plan in touched if plan.key in self.session.plans)

    def _changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = self.session.open.get(self.session.key(uri))
        if text is None:
            logger.warning("an edit of a text that is not open: %s", uri)
            return
        for change in params.content_changes:
            text = positions.changed(text, change, self.encoding)
        self._tell(self.session.update(uri, text, params.text_document.version))

    def _closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        touched = self.session.update(params.text_document.uri, None)
        for plan in touched:
            plan.files.forget()
        self._let_go()
        self._tell(plan for plan in touched if plan.key in self.session.plans)

    def _let_go(self) -> None:
        for plan in self.session.forgotten():
            self._take_back(plan)

    def _saved(self, params: lsp.DidSaveTextDocumentParams) -> None:
        self._tell(self.session.changed_on_disk([params.text_document.uri]))

    def _files_changed(self, params: lsp.DidChangeWatchedFilesParams) -> None:
        self._tell(self.session.changed_on_disk([change.uri for change in params.changes]))

    # --- findings ---

    def _tell(self, plans: Iterable[Plan]) -> None:
        """Tell the findings of plans soon; edits that come until then are told with them."""
        for plan in plans:
            self._at(plan, SOON, self._tell_now)

    def _at(self, plan: Plan, seconds: float, what: Callable[[Plan], None]) -> None:
        if (due := self._due.pop(plan.key, None)) is not None:
            due.cancel()

        def run() -> None:
            self._due.pop(plan.key, None)
            try:
                what(plan)
            except Exception as error:
                self.apologise(error, "the findings")

        self._due[plan.key] = asyncio.get_running_loop().call_later(seconds, run)

    def _tell_now(self, plan: Plan) -> None:
        self._publish(plan, None)
        self._untidy += 1
        self._at(plan, LATER, self._rest)

    def _rest(self, plan: Plan) -> None:
        """Nobody has edited the plan for a moment: it is rehearsed, and after many edits the memory is tidied.

        A search for garbage takes as long as several edits, so it should not come while somebody types.
        """
        understood = plan.understood()
        if understood.model is not None and not understood.failed:
            self._publish(plan, plan.rehearsed())
            gc.collect(1)  # what a rehearsal has used
        if self._untidy > TIDIED_AFTER:
            self._untidy = 0
            gc.collect()

    def _publish(self, plan: Plan, rehearsed: tuple[Diagnostic, ...] | None) -> None:
        """Tell what the client does not know yet of a plan's findings."""
        for news in self._board(plan).news(rehearsed):
            self._send(news)

    def _send(self, news: diagnostics.News) -> None:
        assert isinstance(self.protocol, Protocol)
        self.protocol.notify_written(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, news.written)

    def _board(self, plan: Plan) -> diagnostics.Board:
        board = self._boards.get(plan.key)
        if board is None or board.plan is not plan:
            board = self._boards[plan.key] = diagnostics.Board(self.session, plan, self.encoding)
        return board

    def _take_back(self, plan: Plan) -> None:
        if (due := self._due.pop(plan.key, None)) is not None:
            due.cancel()
        for news in self._board(plan).nothing():
            self._send(news)
        self._boards.pop(plan.key, None)


def uri_in(params: Any) -> str | None:
    """The address of the text that a request is about, as a record or (in a request of ours) as plain JSON."""
    document = params.get("textDocument") if isinstance(params, dict) else getattr(params, "text_document", None)
    document = document or getattr(params, "textDocument", None)
    uri = document.get("uri") if isinstance(document, dict) else getattr(document, "uri", None)
    return uri if isinstance(uri, str) else None


def found_features() -> Iterator[Feature | WideFeature]:
    """Every feature, found from the files of `features/`: each has `FEATURES`."""
    for found in pkgutil.iter_modules(folder.__path__):
        module = importlib.import_module(f"{folder.__name__}.{found.name}")
        yield from getattr(module, "FEATURES", ())
