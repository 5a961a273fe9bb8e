// The page of the picture beside the text. Nothing here knows VS Code, so that it can be tested without it.
"use strict";

/**
 * The page is written once. It says `{ready: true}` when it can show something, also after it was hidden, and then
 * takes what there is to show as messages, so that a picture that stays is not drawn anew at each step of the cursor:
 *
 *   {drawn: {name, svg, stale, step, steps: [{id, element}]} | null}   the server's answer to `gridlang/preview`
 *   {step: string | null}                                              the same picture, the cursor elsewhere
 *
 * @param {string} nonce  a word that only this page knows: no other script runs in it
 * @returns {string} the page; a click on a step posts `{step: id}`
 */
function page(nonce) {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'">
<style>
  body { background: #fff; color: #222; font-family: var(--vscode-font-family, sans-serif); padding-bottom: 1rem; }
  .stale, .stale + #picture { opacity: 0.6; }
  .stale::after { content: " (as it was before the mistake)"; }
  #picture svg { display: block; height: auto; }
  .clickable { cursor: pointer; }
  .here { outline: 3px solid #d9480f; outline-offset: 3px; scroll-margin: 24px; }
</style>
</head>
<body>
<p id="name"></p>
<div id="picture"></div>
<script nonce="${nonce}">(${script})(document, window, acquireVsCodeApi())</script>
</body>
</html>`;
}

/** Runs in the page. */
function script(document, window, vscode) {
  const SMALLEST = 0.55; // of the natural size: below it nobody can read the words, and the picture is scrolled
  const name = document.getElementById("name");
  const picture = document.getElementById("picture");
  let elements = new Map();

  function show(drawn) {
    name.textContent = drawn ? drawn.name : "Put the cursor into a campaign, a flow, a journey or a map.";
    name.className = drawn && drawn.stale ? "stale" : "";
    picture.innerHTML = drawn ? drawn.svg : ""; // the policy above lets no script in it run
    elements = new Map();
    const svg = picture.querySelector("svg");
    if (svg) svg.style.maxWidth = "max(100%, " + Math.round(svg.getAttribute("width") * SMALLEST) + "px)";
    for (const { id, element } of drawn ? drawn.steps : []) {
      const found = document.getElementById(element);
      if (!found) continue;
      elements.set(id, found);
      found.classList.add("clickable");
      found.addEventListener("click", (event) => {
        event.preventDefault();
        vscode.postMessage({ step: id });
      });
    }
    mark(drawn ? drawn.step : null);
  }

  function mark(step) {
    for (const element of elements.values()) element.classList.remove("here");
    const found = elements.get(step);
    if (!found) return;
    found.classList.add("here");
    found.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  window.addEventListener("message", ({ data }) => ("drawn" in data ? show(data.drawn) : mark(data.step)));
  vscode.postMessage({ ready: true });
}

module.exports = { page, script };
