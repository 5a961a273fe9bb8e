// The sample person, whose dates stand beside each step: who it is, in the status bar, and the choice of another.
"use strict";

const vscode = require("vscode");

const WAIT = 300; // milliseconds after the last key: who can be chosen seldom changes

class Samples {
  /** @param {() => import("vscode-languageclient/node").LanguageClient | undefined} client */
  constructor(client) {
    this.client = client;
    this.timer = undefined;
    this.asked = 0;
    this.item = vscode.window.createStatusBarItem("gridlang.sample", vscode.StatusBarAlignment.Right, 90);
    this.item.name = "gridlang: sample person";
    this.item.command = "gridlang.chooseSample";
    this.item.tooltip = "The person whose dates stand beside each step. Click to choose another.";
  }

  /** Another text is looked at, or this one was edited. */
  follow(editor) {
    clearTimeout(this.timer);
    if (!isPlan(editor)) {
      this.asked++;
      this.item.hide();
      return;
    }
    this.timer = setTimeout(() => this.tell(editor), WAIT);
  }

  /** Say in the status bar who it is; nothing where the plan has nobody to choose. */
  async tell(editor) {
    const number = ++this.asked;
    const found = await this.choices(editor);
    if (number === this.asked) this.show(found);
  }

  show(found) {
    const chosen = found?.samples.find((one) => one.id === found.chosen);
    if (!chosen) return this.item.hide();
    this.item.text = `$(person) ${chosen.label}`;
    this.item.show();
  }

  async choices(editor) {
    const client = this.client();
    if (!client || !isPlan(editor)) return undefined;
    try {
      return await client.sendRequest("gridlang/samples", { textDocument: { uri: editor.document.uri.toString() } });
    } catch {
      return undefined; // the server has told what is wrong where it tells everything
    }
  }

  /** Let the user choose among the persons of the plan's tests and of its file of persons. */
  async choose() {
    const editor = vscode.window.activeTextEditor;
    if (!isPlan(editor)) return;
    const found = await this.choices(editor);
    if (!found || found.samples.length === 0) {
      await vscode.window.showInformationMessage(
        "This plan has nobody to choose: write a `test` with a `person`, or put a file `persons.csv` beside the plan.",
      );
      return;
    }
    const items = found.samples.map(({ id, label }) => ({
      id,
      label,
      description: id === found.chosen ? "chosen" : undefined,
    }));
    const picked = await vscode.window.showQuickPick(items, { placeHolder: "Whose dates stand beside each step?" });
    const client = this.client();
    if (!picked || !client) return;
    const now = await client.sendRequest("gridlang/chooseSample", {
      textDocument: { uri: editor.document.uri.toString() },
      id: picked.id,
    });
    this.asked++;
    this.show(now);
  }

  dispose() {
    clearTimeout(this.timer);
    this.item.dispose();
  }
}

function isPlan(editor) {
  return editor !== undefined && editor.document.languageId === "grid";
}

module.exports = { Samples };
