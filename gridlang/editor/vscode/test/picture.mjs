// The colours of a file, to be looked at: node picture.mjs GRAMMAR THEME FILE > page.html
// THEME is a VS Code colour theme (JSON with `tokenColors`); themes it includes are read from beside it.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { grammarAt } from "./tokens.mjs";

const require = createRequire(import.meta.url);
const textmate = require("vscode-textmate");

function theme(file) {
  const read = JSON.parse(fs.readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, "").replace(/,(\s*[}\]])/g, "$1"));
  const before = read.include ? theme(path.join(path.dirname(file), read.include)) : { tokenColors: [], colors: {} };
  return {
    tokenColors: [...before.tokenColors, ...(read.tokenColors ?? [])],
    colors: { ...before.colors, ...(read.colors ?? {}) },
  };
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const [grammarPath, themePath, file] = process.argv.slice(2);
const { registry, grammar } = await grammarAt(grammarPath);
const { tokenColors, colors } = theme(themePath);
const front = colors["editor.foreground"] ?? "#d4d4d4";
const back = colors["editor.background"] ?? "#1e1e1e";
registry.setTheme({ settings: [{ settings: { foreground: front, background: back } }, ...tokenColors] });
const map = registry.getColorMap();
let stack = textmate.INITIAL;
let page = "";
for (const line of fs.readFileSync(file, "utf8").split(/\r\n|\n|\r/)) {
  const read = grammar.tokenizeLine2(line, stack);
  stack = read.ruleStack;
  for (let at = 0; at < read.tokens.length; at += 2) {
    const start = read.tokens[at];
    const end = read.tokens[at + 2] ?? line.length;
    const data = read.tokens[at + 1];
    const color = map[(data >>> 15) & 0x1ff];
    const style = (data >>> 11) & 0xf;
    const more = (style & 1 ? "font-style:italic;" : "") + (style & 2 ? "font-weight:bold;" : "");
    page += `<span style="color:${color};${more}">${escaped(line.slice(start, end))}</span>`;
  }
  page += "\n";
}
console.log(
  `<!doctype html><meta charset="utf-8"><body style="margin:0;background:${back}">` +
    `<pre style="margin:16px;font:14px/1.45 'DejaVu Sans Mono',monospace;color:${front}">${page}</pre>`,
);
