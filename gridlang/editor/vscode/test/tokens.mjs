// What the grammar makes of files: node tokens.mjs GRAMMAR FILE... prints JSON, for each file the list of
// [line, start, end, [scopes]] that is not white space; lines from 0, columns in UTF-16 units.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

export async function grammarAt(path) {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(path, "utf8"), path),
  });
  return { registry, grammar: await registry.loadGrammar("source.grid") };
}

export function tokensOf(grammar, text) {
  const found = [];
  let stack = textmate.INITIAL;
  for (const [number, line] of text.split(/\r\n|\n|\r/).entries()) {
    const read = grammar.tokenizeLine(line, stack);
    stack = read.ruleStack;
    for (const token of read.tokens) {
      if (line.slice(token.startIndex, token.endIndex).trim()) {
        found.push([number, token.startIndex, token.endIndex, token.scopes]);
      }
    }
  }
  return found;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [path, ...files] = process.argv.slice(2);
  const { grammar } = await grammarAt(path);
  const found = {};
  for (const file of files) found[file] = tokensOf(grammar, fs.readFileSync(file, "utf8"));
  console.log(JSON.stringify(found));
}
