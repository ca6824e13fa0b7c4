// What the reader sees is a function of the fragment of the address: so every view has a link, and
// the browser's back and forward work. Names that this graph lacks are passed over.

function makeState(model) {
  const typeNames = model.types.map((t) => t.name);
  const relationNames = model.relations.map((r) => r.name);
  const known = (names, all) => new Set((names ?? "").split(",").filter((n) => all.includes(n)));
  const listeners = [];

  function read(fragment) {
    const words = new URLSearchParams(fragment.replace(/^#/, ""));
    const entity = model.entityNamed.get(words.get("entity"));
    const paper = model.paperNamed.get(words.get("paper"));
    const from = model.entityNamed.get(words.get("from"));
    const to = model.entityNamed.get(words.get("to"));
    let chosen = null;
    if (entity !== undefined) chosen = { kind: "entity", entity };
    else if (paper !== undefined) chosen = { kind: "paper", paper };
    else if (from !== undefined && to !== undefined && from !== to) chosen = { kind: "edge", from, to };
    const min = Number.parseInt(words.get("min") ?? "", 10);
    return {
      chosen,
      hidden: known(words.get("hide"), typeNames),
      off: known(words.get("without"), [...relationNames, "together"]),
      min: min > 0 ? min : 0,
      open: new Set(words.getAll("open").map((id) => model.entityNamed.get(id)).filter((e) => e !== undefined)),
    };
  }

  function write(state) {
    const words = new URLSearchParams();
    const { chosen } = state;
    if (chosen?.kind === "entity") words.set("entity", model.entities.id[chosen.entity]);
    if (chosen?.kind === "paper") words.set("paper", model.papers.id[chosen.paper]);
    if (chosen?.kind === "edge") {
      words.set("from", model.entities.id[chosen.from]);
      words.set("to", model.entities.id[chosen.to]);
    }
    if (state.hidden.size) words.set("hide", [...state.hidden].join(","));
    if (state.off.size) words.set("without", [...state.off].join(","));
    if (state.min) words.set("min", state.min);
    for (const entity of state.open) words.append("open", model.entities.id[entity]);
    return words.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  }

  let current = read(location.hash);
  const told = () => listeners.forEach((listener) => listener(current));
  window.addEventListener("hashchange", () => {
    if (write(read(location.hash)) === write(current)) return;
    current = read(location.hash);
    told();
  });

  /** Change part of the state. Choosing makes a step that Back undoes; filters do not. */
  function change(part) {
    current = { ...current, ...part };
    const fragment = `#${write(current)}`;
    if ("chosen" in part) history.pushState(null, "", fragment);
    else history.replaceState(null, "", fragment);
    told();
  }

  return {
    get current() { return current; },
    change,
    onchange: (listener) => listeners.push(listener),
    choose: {
      entity: (entity) => change({ chosen: { kind: "entity", entity } }),
      paper: (paper) => change({ chosen: { kind: "paper", paper } }),
      edge: (from, to) => change({ chosen: { kind: "edge", from, to } }),
      nothing: () => change({ chosen: null }),
    },
  };
}
