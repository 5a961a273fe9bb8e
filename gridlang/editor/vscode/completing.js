// What the server offers beside the snippets of the package. Nothing here knows VS Code.
"use strict";

/**
 * VS Code would show `campaign` twice: from the server, which knows where it may stand, and from the package's snippets,
 * which it offers anywhere. So the setting `editor.snippetSuggestions` of this language leaves snippets out of the list
 * (`Insert Snippet` has them), and what the server offers must not count as one.
 *
 * @param {{items: {kind?: number}[]} | {kind?: number}[] | null | undefined} found  what the server offers
 * @param {{Snippet: number, Keyword: number}} kinds
 */
function asWords(found, kinds) {
  const items = Array.isArray(found) ? found : (found?.items ?? []);
  for (const item of items) if (item.kind === kinds.Snippet) item.kind = kinds.Keyword;
  return found;
}

module.exports = { asWords };
