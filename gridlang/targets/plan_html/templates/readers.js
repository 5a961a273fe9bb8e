// Without this the page reads from top to bottom; with it each reader sees their own views, and the address keeps which.
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const tools = by("tools"), search = by("search"), found = by("found"), said = by("found-said");
  const readers = all("a[data-reader]", tools);
  const sections = all("main > section[id]");
  // What can be chosen beside the reader: by its name in the address, the list that offers it, and what it hides.
  const choices = [
    { name: "segment", list: by("chosen-segment"), marked: "segments" },
    { name: "relation", list: null, marked: "relations" },
    { name: "member", list: by("chosen-member"), marked: "members" },
  ];
  const tabs = all("[data-tabs] button");
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

  const chosen = ({ name, list }) => {
    const offered = list ? all("option", list) : tabs.filter((each) => each.parentElement.dataset.tabs === name);
    const wanted = asked().get(name) || "";
    return offered.some((each) => (list ? each.value : each.dataset.value) === wanted) ? wanted : "";
  };

  const choose = () => {
    const values = new Map(choices.map((each) => [each, chosen(each)]));
    for (const [{ name, list }, value] of values) {
      if (list) list.value = value;
      for (const each of tabs) {
        if (each.parentElement.dataset.tabs === name) each.setAttribute("aria-pressed", each.dataset.value === value);
      }
    }
    for (const each of all(choices.map(({ marked }) => "[data-" + marked + "]").join())) {
      each.hidden = choices.some((choice) => {
        const of = (each.dataset[choice.marked] || "").split(" ").filter(Boolean);
        return values.get(choice) !== "" && of.length > 0 && !of.includes(values.get(choice));
      });
    }
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
    choose();
  };

  // What is linked to can always be seen, whoever reads.
  const reveal = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      const query = asked();
      for (const name of ["reader", ...choices.map((each) => each.name)]) query.delete(name);
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
  for (const { name, list } of choices) {
    if (list) list.addEventListener("change", () => go({ [name]: list.value }, location.hash));
  }
  for (const each of tabs) each.addEventListener("click", () => go({ [each.parentElement.dataset.tabs]: each.dataset.value }, location.hash));
  for (const each of all(".tabs")) each.hidden = false;
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
