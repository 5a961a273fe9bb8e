// The extension's own code against a real `grid lsp` (that of GRIDLANG_GRID, or the one on the PATH), with a stand-in
// for VS Code itself.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const test = require("node:test");
const { desk, vscode, opened, until } = require("./desk.cjs");
const extension = require("../extension");

const PLAN = `plan story "A story" {
  period: 2027-01-04 .. 2027-12-31  timezone: "Europe/Copenhagen"  locale: en  currency: DKK
  calendar: std.calendars.denmark  journey: std.journeys.marketing_grid
}
fields person { first_name: Text  email: Text?  consent: List<Channel> }
segment everybody { where: otherwise }
message hello "Hello" { subject: "Hello"  body: "Good day" }
campaign keep "Keeping in touch" {
  phase: contact
  flow {
    send email hello
    wait 3d
    move standby
  }
}
test "Per hears from us" {
  starts: 2027-02-01 08:00
  person per { first_name: "Per"  email: "p@x.dk"  consent: email }
  enter per contact
  expect send email hello to per
}
test "So does Mette" {
  starts: 2027-02-01 08:00
  person mette { first_name: "Mette"  email: "m@x.dk"  consent: email }
  enter mette contact
  expect send email hello to mette
}
`;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gridlang-"));
const file = path.join(folder, "plan.grid");
fs.writeFileSync(file, PLAN);
const bar = () => desk.items[0];

test.before(async () => {
  await extension.activate({ subscriptions: [] });
});
test.after(async () => {
  await extension.deactivate();
  fs.rmSync(folder, { recursive: true });
});

test("every command of the package is there", () => {
  const named = require("../package.json").contributes.commands.map((one) => one.command);
  assert.deepEqual([...desk.commands.keys()].sort(), named.sort());
});

test("the status bar says who the sample person is, and another is chosen", async () => {
  const editor = opened(file, PLAN);
  desk.listeners.active.forEach((listener) => listener(editor));
  await until(() => bar().shown);
  assert.match(bar().text, /per · Per hears from us/);
  desk.pick = (items) => items.find((one) => one.label.startsWith("mette"));
  await desk.commands.get("gridlang.chooseSample")();
  const offered = desk.asked.at(-1);
  assert.deepEqual(offered.map((one) => one.description), ["chosen", undefined]);
  assert.match(bar().text, /mette · So does Mette/);
  const { chosen } = await desk.client.sendRequest("gridlang/samples", { textDocument: { uri: editor.document.uri.toString() } });
  assert.match(chosen, /mette/);
});

test("who thinks better of it changes nothing", async () => {
  desk.pick = () => undefined;
  const before = bar().text;
  await desk.commands.get("gridlang.chooseSample")();
  assert.equal(bar().text, before);
});

test("a text of another language has no sample person", async () => {
  const editor = { document: { languageId: "markdown", uri: { toString: () => "file:///x.md" } } };
  desk.listeners.active.forEach((listener) => listener(editor));
  assert.equal(bar().shown, false);
});

test("the picture of the campaign stands beside it, and a step leads to its text", async () => {
  const line = PLAN.split("\n").findIndex((one) => one.includes("send email hello"));
  opened(file, PLAN, line);
  await desk.commands.get("gridlang.showPreview")();
  const [panel] = desk.panels;
  assert.equal(panel.title, "keep");
  const { svg, steps, step } = panel.shown.at(-1).drawn;
  assert.match(svg, /<svg/);
  assert.ok(step && steps.some((one) => one.id === step));
  for (const one of steps) assert.ok(svg.includes(`id="${one.element}"`), one.element);
  await panel.tell({ step });
  assert.equal(desk.revealed.at(-1).options.selection.start.line, line);
});

test("a page that was hidden asks for its picture again", async () => {
  const [panel] = desk.panels;
  panel.shown.length = 0;
  await panel.tell({ ready: true });
  assert.match(panel.shown.at(-1).drawn.svg, /<svg/);
});

test("the picture follows the cursor without being drawn anew, and goes away with its panel", async () => {
  const [panel] = desk.panels;
  const page = panel.webview.html;
  const editor = at("wait 3d");
  panel.shown.length = 0;
  desk.listeners.selection.forEach((listener) => listener({ textEditor: editor }));
  await until(() => panel.shown.length > 0);
  assert.match(panel.shown.at(-1).step, /wait/);
  assert.equal(panel.webview.html, page);
  panel.closed();
  desk.listeners.selection.forEach((listener) => listener({ textEditor: editor }));
  assert.equal(desk.panels.length, 1);
});

test("a panel that is opened again has its picture", async () => {
  at("wait 3d");
  await desk.commands.get("gridlang.showPreview")();
  assert.match(desk.panels.at(-1).shown.at(-1).drawn.svg, /<svg/);
});

function at(words) {
  const line = PLAN.split("\n").findIndex((one) => one.includes(words));
  const editor = { ...vscode.window.activeTextEditor, selection: { active: { line, character: 6 } } };
  vscode.window.activeTextEditor = editor;
  return editor;
}

test("a plan with nobody in it says what to write", async () => {
  const other = path.join(folder, "alone");
  fs.mkdirSync(other);
  const text = PLAN.slice(0, PLAN.indexOf('test "Per'));
  fs.writeFileSync(path.join(other, "plan.grid"), text);
  opened(path.join(other, "plan.grid"), text);
  await desk.commands.get("gridlang.chooseSample")();
  assert.match(desk.messages.at(-1), /nobody to choose/);
});
