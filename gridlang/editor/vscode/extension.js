// gridlang in VS Code: starts `grid lsp` of the user's own environment, and shows what it draws.
"use strict";

const fs = require("node:fs");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { asWords } = require("./completing");
const { Preview } = require("./preview");
const { Samples } = require("./samples");
const { command } = require("./server");

/** @type {LanguageClient | undefined} */
let client;

function chosen() {
  return command({
    configured: vscode.workspace.getConfiguration("gridlang").get("command", []),
    folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    environment: process.env,
    platform: process.platform,
    exists: fs.existsSync,
  });
}

async function start() {
  const [program, ...first] = chosen();
  const watcher = vscode.workspace.createFileSystemWatcher("**/{*.grid,grid.toml}");
  client = new LanguageClient(
    "gridlang",
    "gridlang",
    { command: program, args: [...first, "lsp"] },
    {
      documentSelector: [
        { scheme: "file", language: "grid" },
        { scheme: "untitled", language: "grid" },
      ],
      initializationOptions: { preview: true },
      synchronize: { fileEvents: watcher },
      middleware: {
        provideCompletionItem: async (document, position, context, token, next) =>
          asWords(await next(document, position, context, token), vscode.CompletionItemKind),
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const settings = "Open the Settings";
    const answer = await vscode.window.showErrorMessage(
      `gridlang: \`${program} lsp\` does not start (${error.message ?? error}). ` +
        "Install it with `pip install 'gridlang[editor]'`, or say where it is.",
      settings,
    );
    if (answer === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "gridlang.command");
  }
}

async function restart() {
  await client?.dispose();
  client = undefined;
  await start();
}

async function activate(context) {
  const preview = new Preview(() => client);
  const samples = new Samples(() => client);
  const follow = (editor) => {
    preview.follow(editor);
    samples.follow(editor);
  };
  context.subscriptions.push(
    samples,
    vscode.commands.registerCommand("gridlang.showPreview", (uri, position) => preview.show(uri, position)),
    vscode.commands.registerCommand("gridlang.chooseSample", () => samples.choose()),
    vscode.commands.registerCommand("gridlang.restart", restart),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => preview.follow(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document === document) follow(editor);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("gridlang.command")) return restart();
    }),
  );
  await start();
  samples.follow(vscode.window.activeTextEditor);
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
