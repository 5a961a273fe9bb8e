"use strict";

const assert = require("node:assert");
const path = require("node:path");
const test = require("node:test");
const { command } = require("../server");
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

test("the page escapes what comes from a plan, and runs one script only", () => {
  const steps = [{ id: "</script><script>alert(1)</script>", element: "a" }];
  const shown = page({ name: "<b>&", svg: "<svg></svg>", stale: true, step: "a", steps }, "word");
  assert.ok(shown.includes("&lt;b&gt;&amp;"));
  assert.equal(shown.match(/<script/g).length, 1);
  assert.ok(shown.includes("script-src 'nonce-word'"));
  assert.ok(page(null, "word").includes("Put the cursor"));
});
