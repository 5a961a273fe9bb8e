"use strict";

const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");
const { command } = require("../server");
const { asWords } = require("../completing");
const { page } = require("../picture");

const WORLD = { configured: [], folders: ["/plans"], trusted: true, environment: {}, platform: "linux", exists: () => false };
const VENV = path.join("/plans", ".venv", "bin", "grid");

test("the setting counts first", () => {
  assert.deepEqual(command({ ...WORLD, configured: ["uv", "run", "grid"], exists: () => true }), ["uv", "run", "grid"]);
});

test("then the workspace's environment, then the one that is switched on, then the PATH", () => {
  const active = { VIRTUAL_ENV: "/active" };
  assert.deepEqual(command({ ...WORLD, environment: active, exists: () => true }), [VENV]);
  const inActive = path.join("/active", "bin", "grid");
  assert.deepEqual(command({ ...WORLD, environment: active, exists: (place) => place === inActive }), [inActive]);
  assert.deepEqual(command(WORLD), ["grid"]);
});

test("nothing of a workspace that is not trusted is executed", () => {
  assert.deepEqual(command({ ...WORLD, trusted: false, exists: () => true }), ["grid"]);
});

test("on Windows programs stand elsewhere", () => {
  const [found] = command({ ...WORLD, platform: "win32", exists: (place) => place.endsWith("grid.exe") });
  assert.match(found, /Scripts/);
});

test("the page runs one script only", () => {
  const shown = page("word");
  assert.equal(shown.match(/<script/g).length, 1);
  assert.ok(shown.includes("script-src 'nonce-word'"));
  assert.ok(shown.includes("Put the cursor"));
});

test("what the server offers is no snippet to VS Code, whose list leaves those out", () => {
  const kinds = { Snippet: 14, Keyword: 13 };
  const offered = () => [{ label: "campaign", kind: 14 }, { label: "sale", kind: 19 }];
  const wanted = [{ label: "campaign", kind: 13 }, { label: "sale", kind: 19 }];
  assert.deepEqual(asWords(offered(), kinds), wanted);
  assert.deepEqual(asWords({ isIncomplete: false, items: offered() }, kinds).items, wanted);
  assert.equal(asWords(null, kinds), null);
  const { contributes } = require("../package.json");
  assert.equal(contributes.configurationDefaults["[grid]"]["editor.snippetSuggestions"], "none");
});
