// The search box: a combobox over names of entities and titles of papers.

function makeSearch(holder, model, find, choose) {
  const input = el("input", {
    type: "search", id: "query", placeholder: "Search models, methods, datasets, papers …", autocomplete: "off", spellcheck: "false",
    role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", "aria-label": "Search",
    maxlength: 200,
  });
  const list = el("ul", { id: "found", role: "listbox", "aria-label": "Found", hidden: true });
  const key = el("kbd", { "aria-hidden": "true" }, "/");
  holder.append(input, key, list);
  let options = [];
  let active = -1;

  function option(content, pick) {
    const i = options.length;
    const node = el("li", { role: "option", id: `found-${i}`, "aria-selected": "false", onclick: () => take(i) }, content);
    // Keeps the focus in the box, so that leaving the box closes the list only when it is meant
    node.addEventListener("mousedown", (event) => event.preventDefault());
    options.push({ node, pick });
    return node;
  }

  function update() {
    const { entities, papers } = find(input.value);
    options = [];
    const rows = entities.map(({ entity, form, alias }) => option([
      sign(model.typeOf(entity)),
      el("span", { class: "grow" }, name(model.entities.label[entity]), alias ? el("small", {}, " also ", name(form)) : null),
      el("small", {}, model.typeOf(entity).label, " · ", counted(model.papersOf[entity].length, "paper")),
    ], () => choose.entity(entity)));
    if (papers.length) rows.push(el("li", { role: "presentation", class: "group" }, "Papers"));
    rows.push(...papers.map(({ paper }) => option([
      el("span", { class: "grow title" }, name(model.papers.title[paper])),
      el("small", {}, model.papers.date[paper] ?? ""),
    ], () => choose.paper(paper))));
    if (!rows.length) rows.push(el("li", { role: "presentation", class: "group" }, "Nothing found"));
    list.replaceChildren(...rows);
    open(input.value.trim() !== "");
    activate(options.length ? 0 : -1);
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }

  function activate(i) {
    options[active]?.node.setAttribute("aria-selected", "false");
    active = i;
    const chosen = options[active]?.node;
    if (!chosen) return;
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  function take(i) {
    if (!options[i]) return;
    input.value = "";
    open(false);
    input.blur();
    options[i].pick();
  }

  const step = (by) => options.length && activate((active + by + options.length) % options.length);
  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => !list.hidden && take(active),
    Escape: () => {
      input.value = "";
      open(false);
      input.blur();
    },
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.value && update());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  });
  return { focus: () => { input.focus(); input.select(); } };
}
