// The page of the picture beside the text. Nothing here knows VS Code, so that it can be tested without it.
"use strict";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
}

/**
 * @param {{name: string, svg: string, stale: boolean, step: string | null, steps: {id: string, element: string}[]}
 *         | null} drawn  the server's answer to `gridlang/preview`
 * @param {string} nonce  a word that only this page knows: no other script runs in it
 * @returns {string} the page; a click on a step posts `{step: id}`
 */
function page(drawn, nonce) {
  const body = drawn
    ? `<p class="${drawn.stale ? "stale" : ""}">${escaped(drawn.name)}</p><div id="picture">${drawn.svg}</div>`
    : "<p>Put the cursor into a campaign, a flow, a journey or a map.</p>";
  const steps = drawn ? drawn.steps.map(({ id, element }) => ({ id, element })) : [];
  const data = JSON.stringify({ steps, step: drawn?.step ?? null }).replace(/</g, "\\u003c");
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'">
<style>
  body { background: #fff; color: #222; font-family: var(--vscode-font-family, sans-serif); }
  .stale { opacity: 0.6; }
  .stale::after { content: " (as it was before the mistake)"; }
  svg { max-width: 100%; height: auto; }
  .clickable { cursor: pointer; }
  .here { outline: 3px solid #d9480f; outline-offset: 3px; }
</style>
</head>
<body>
${body}
<script nonce="${nonce}">
  const vscode = acquireVsCodeApi();
  const { steps, step } = ${data};
  for (const { id, element } of steps) {
    const drawn = document.getElementById(element);
    if (!drawn) continue;
    drawn.classList.add("clickable");
    drawn.addEventListener("click", () => vscode.postMessage({ step: id }));
    if (id === step) {
      drawn.classList.add("here");
      drawn.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
</script>
</body>
</html>`;
}

module.exports = { page, escaped };
