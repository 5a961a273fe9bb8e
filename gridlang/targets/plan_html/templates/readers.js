// Without this the page reads from top to bottom; with it each reader sees their own views, and the address keeps which.
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const tools = by("tools"), chosen = by("chosen-segment"), search = by("search"), found = by("found"), said = by("found-said");
  const readers = all("a[data-reader]", tools);
  const sections = all("main > section[id]");
  const asked = () => new URLSearchParams(location.search);

  const go = (changes, hash) => {
    const query = asked();
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value); else query.delete(name);
    }
    const text = query.toString();
    history.pushState(null, "", location.pathname + (text ? "?" + text : "") + hash);
    show();
  };

  const show = () => {
    const reader = readers.find((each) => each.dataset.reader === asked().get("reader")) || readers[0];
    const views = reader.dataset.views.split(" ").filter(Boolean);
    document.documentElement.dataset.reader = reader.dataset.reader;
    for (const each of readers) {
      if (each === reader) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
    }
    for (const each of sections) each.hidden = views.length > 0 && !views.includes(each.id);
    for (const each of all(".contents a")) each.parentElement.hidden = by(each.hash.slice(1)).hidden;
    const name = asked().get("segment") || "";
    chosen.value = all("option", chosen).some((each) => each.value === name) ? name : "";
    for (const each of all("[data-segments]")) {
      const of = each.dataset.segments.split(" ").filter(Boolean);
      each.hidden = chosen.value !== "" && of.length > 0 && !of.includes(chosen.value);
    }
  };

  // What is linked to can always be seen, whoever reads.
  const reveal = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      const query = asked();
      query.delete("reader");
      query.delete("segment");
      const text = query.toString();
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
      show();
    }
    for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    target.scrollIntoView();
  };

  const titled = (from) => {
    const copy = from.cloneNode(true);
    for (const each of all(".where, .tag, svg, .number", copy)) each.remove();
    for (const each of all("br", copy)) each.replaceWith(" · ");
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  let known = null;
  const index = () => {
    const named = all("main [id], .head [id]").flatMap((each) => {
      const heading = each.querySelector(":scope > h2, :scope > h3, :scope > h4, :scope > .keep h2, :scope > .keep h3");
      return heading ? [{ title: titled(heading), name: each.id, at: each.id }] : [];
    });
    const rows = all("#contracts tbody th, #work tbody th").map((each) => {
      return { title: titled(each), name: "", at: each.closest("section[id]").id };
    });
    return [...new Map([...named, ...rows].map((each) => [each.title + "\n" + each.at, each])).values()];
  };

  const look = () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    known = known || index();
    const hits = wanted
      ? known.filter((each) => each.title.toLocaleLowerCase().includes(wanted) || each.name.toLocaleLowerCase().includes(wanted))
      : [];
    found.replaceChildren(...hits.slice(0, 12).map((hit) => {
      const line = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + hit.at;
      link.textContent = hit.title;
      line.append(link);
      return line;
    }));
    said.textContent = wanted ? said.dataset.label + " " + hits.length : "";
  };

  for (const each of readers) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      go({ reader: each.dataset.reader === readers[0].dataset.reader ? "" : each.dataset.reader }, "");
    });
  }
  chosen.addEventListener("change", () => go({ segment: chosen.value }, location.hash));
  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; look(); }
    if (event.key === "Enter" && found.firstElementChild) found.firstElementChild.firstElementChild.click();
  });
  addEventListener("popstate", show);
  addEventListener("hashchange", reveal);
  tools.hidden = false;
  show();
  reveal();
})();
