// The picture of the declaration under the cursor, beside the text: cursor and step in step.
"use strict";

const crypto = require("node:crypto");
const vscode = require("vscode");
const { page } = require("./picture");

const WAIT = 120; // milliseconds after the last key or step of the cursor

class Preview {
  /** @param {() => import("vscode-languageclient/node").LanguageClient | undefined} client */
  constructor(client) {
    this.client = client;
    this.panel = undefined;
    this.drawn = null;
    this.timer = undefined;
    this.asked = 0;
  }

  /** Show the panel for a place: where the cursor is, or what a code lens names. */
  async show(uri, position) {
    const editor = vscode.window.activeTextEditor;
    this.place = uri
      ? { uri: String(uri), position }
      : editor && { uri: editor.document.uri.toString(), position: editor.selection.active };
    if (!this.panel) {
      this.panel = vscode.window.createWebviewPanel(
        "gridlang.preview",
        "gridlang",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [] },
      );
      this.panel.onDidDispose(() => this.forget());
      this.panel.webview.onDidReceiveMessage((message) => this.told(message));
      this.panel.webview.html = page(crypto.randomBytes(16).toString("hex"));
    }
    await this.draw();
  }

  /** The cursor has moved, or the text has changed. */
  follow(editor) {
    if (!this.panel || !editor || editor.document.languageId !== "grid") return;
    this.place = { uri: editor.document.uri.toString(), position: editor.selection.active };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), WAIT);
  }

  async draw() {
    const client = this.client();
    if (!this.panel || !this.place || !client) return;
    const { uri, position } = this.place;
    const number = ++this.asked;
    let drawn = null;
    try {
      drawn = await client.sendRequest("gridlang/preview", {
        textDocument: { uri },
        position: { line: position.line, character: position.character },
      });
    } catch {
      return; // the server has told what is wrong where it tells everything
    }
    if (number !== this.asked || !this.panel) return; // a later question has been asked meanwhile
    if (drawn || !this.drawn) this.change(drawn);
  }

  /** Another picture goes to the page whole; of one that it has, only where the cursor is. */
  change(drawn) {
    const same = drawn && this.drawn && drawn.svg === this.drawn.svg && drawn.stale === this.drawn.stale;
    this.drawn = drawn;
    this.panel.title = drawn ? drawn.name : "gridlang";
    this.panel.webview.postMessage(same ? { step: drawn.step } : { drawn });
  }

  /** What the page says: that it can show something, or which step was clicked. */
  async told(message) {
    if (message.ready) await this.panel?.webview.postMessage({ drawn: this.drawn });
    else await this.reveal(message.step);
  }

  forget() {
    clearTimeout(this.timer);
    this.panel = undefined;
    this.drawn = null;
  }

  /** Go to the text of a step that was clicked. */
  async reveal(id) {
    const step = this.drawn?.steps.find((one) => one.id === id);
    if (!step) return;
    const { start, end } = step.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(step.uri));
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      selection,
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
  }
}

module.exports = { Preview };
