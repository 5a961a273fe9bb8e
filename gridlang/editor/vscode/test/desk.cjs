// A stand-in for VS Code, with just what the extension asks of it, and a client that speaks to a real `grid lsp`.
"use strict";

const { spawn } = require("node:child_process");
const Module = require("node:module");
const { pathToFileURL } = require("node:url");

/** What the extension has shown, and what the user answers. */
const desk = {
  commands: new Map(),
  panels: [],
  items: [],
  asked: [],
  messages: [],
  pick: undefined,
  revealed: [],
  listeners: { selection: [], active: [], change: [] },
};

const told = (kind) => (listener) => {
  desk.listeners[kind]?.push(listener);
  return { dispose() {} };
};

class Range {
  constructor(startLine, startCharacter, endLine, endCharacter) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
}

const vscode = {
  Range,
  Uri: { parse: (text) => ({ toString: () => text }) },
  StatusBarAlignment: { Left: 1, Right: 2 },
  ViewColumn: { Beside: -2, One: 1 },
  commands: {
    registerCommand(name, run) {
      desk.commands.set(name, run);
      return { dispose: () => desk.commands.delete(name) };
    },
    executeCommand: async (...words) => desk.asked.push(words),
  },
  window: {
    activeTextEditor: undefined,
    visibleTextEditors: [],
    createStatusBarItem(id) {
      const item = { id, text: "", shown: false, show: () => (item.shown = true), hide: () => (item.shown = false), dispose() {} };
      desk.items.push(item);
      return item;
    },
    createWebviewPanel(_, title) {
      const panel = {
        title,
        shown: [],
        webview: {
          html: "",
          onDidReceiveMessage: (listener) => (panel.tell = listener),
          postMessage: async (message) => panel.shown.push(message),
        },
        onDidDispose: (listener) => (panel.closed = listener),
      };
      desk.panels.push(panel);
      return panel;
    },
    showQuickPick: async (items) => {
      desk.asked.push(items);
      return desk.pick?.(items);
    },
    showInformationMessage: async (text) => void desk.messages.push(text),
    showErrorMessage: async (text) => void desk.messages.push(text),
    showTextDocument: async (document, options) => void desk.revealed.push({ document, options }),
    onDidChangeTextEditorSelection: told("selection"),
    onDidChangeActiveTextEditor: told("active"),
  },
  workspace: {
    isTrusted: true,
    workspaceFolders: [],
    getConfiguration: () => ({ get: (_, otherwise) => (process.env.GRIDLANG_GRID ? [process.env.GRIDLANG_GRID] : otherwise) }),
    createFileSystemWatcher: () => ({ dispose() {} }),
    openTextDocument: async (uri) => ({ uri }),
    onDidChangeTextDocument: told("change"),
    onDidGrantWorkspaceTrust: told("trust"),
    onDidChangeConfiguration: told("configuration"),
  },
};

/** Speaks to the server that the extension chose: the part of vscode-languageclient that is asked for. */
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { server, options, number: 0, waiting: new Map(), left: Buffer.alloc(0) });
    desk.client = this;
  }

  async start() {
    this.child = spawn(this.server.command, this.server.args, { stdio: ["pipe", "pipe", "ignore"] });
    await new Promise((resolve, reject) => this.child.once("spawn", resolve).once("error", reject));
    this.child.stdout.on("data", (bytes) => this.read(bytes));
    const initializationOptions = this.options.initializationOptions;
    await this.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {}, initializationOptions });
    this.notify("initialized", {});
  }

  async stop() {
    await this.sendRequest("shutdown", null);
    this.notify("exit", null);
  }

  dispose() {
    return this.stop();
  }

  sendRequest(method, params) {
    const id = ++this.number;
    this.write({ id, method, params });
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  notify(method, params) {
    this.write({ method, params });
  }

  write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.child.stdin.write(body);
  }

  read(bytes) {
    this.left = Buffer.concat([this.left, bytes]);
    for (;;) {
      const head = this.left.indexOf("\r\n\r\n");
      const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(this.left.subarray(0, head))[1]);
      if (!(this.left.length >= head + 4 + length)) return;
      const message = JSON.parse(this.left.subarray(head + 4, head + 4 + length));
      this.left = this.left.subarray(head + 4 + length);
      const waiting = message.method === undefined && this.waiting.get(message.id);
      if (waiting) message.error ? waiting.reject(message.error) : waiting.resolve(message.result);
    }
  }
}

const stand = { vscode, "vscode-languageclient/node": { LanguageClient } };
const load = Module._load;
Module._load = (name, ...rest) => stand[name] ?? load(name, ...rest);

/** A text in an editor that has the focus, open at the server. */
function opened(path, text, line = 0) {
  const uri = { toString: () => pathToFileURL(path).href };
  const editor = { document: { uri, languageId: "grid", fileName: path }, selection: { active: { line, character: 4 } } };
  vscode.window.activeTextEditor = editor;
  vscode.window.visibleTextEditors = [editor];
  const textDocument = { uri: uri.toString(), languageId: "grid", version: 1, text };
  desk.client.notify("textDocument/didOpen", { textDocument });
  return editor;
}

/** Wait until something is so, for at most so many seconds. */
async function until(so, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  while (!so()) {
    if (Date.now() > end) throw new Error(`never so: ${so}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

module.exports = { desk, vscode, opened, until };
