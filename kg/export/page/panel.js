// The panel beside the graph: an overview, an entity, a paper or an edge.

function makePanel(holder, model, state) {
  const { cite, citations, entityButton, line } = makeEvidence(model, state);
  const { entities, papers } = model;
  const heading = (text, count) => el("h3", {}, text, count === undefined ? null : el("small", {}, number(count)));
  const section = (title, count, ...content) => el("section", {}, heading(title, count), ...content);

  function group(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return [...groups].sort(([a], [b]) => a - b);
  }

  const close = () => button("×", () => state.choose.nothing(), { class: "close", "aria-label": "Close", title: "Close (Esc)" });
  const top = (kicker, title, ...rest) => el("div", { class: "top" }, close(), el("p", { class: "kicker" }, kicker), el("h2", {}, title), ...rest);

  function overview() {
    if (model.count === 0) {
      return [el("h2", {}, "An empty graph"), el("p", {}, "No entity was found in the papers that this graph was built from.")];
    }
    return [
      el("h2", {}, "What these papers speak of"),
      el("p", { class: "hint" }, "Choose a node, an edge or a name to see every sentence behind it."),
      papers.id.length < model.counts.papers
        ? el("p", { class: "hint" }, `This page carries the ${number(papers.id.length)} best connected of ${number(model.counts.papers)} papers; the files beside it hold all.`)
        : null,
      model.types.map((type, t) => {
        const ours = model.ranked.filter((e) => entities.type[e] === t);
        if (!ours.length) return null;
        return section([sign(type), type.label], ours.length,
          longList(ours, (e) => el("div", { class: "row" }, entityButton(e), el("small", {}, number(model.papersOf[e].length))), { step: 5 }));
      }),
    ];
  }

  function entity({ entity: e }) {
    const type = model.typeOf(e);
    const said = model.saidOfEntity[e];
    const open = state.current.open.has(e);
    const neighbours = model.neighbours(e).length;
    return [
      top([sign(type), type.label, " · ", counted(model.papersOf[e].length, "paper")], name(entities.label[e]),
        entities.aliases[e].length ? el("p", { class: "aliases" }, "also ", entities.aliases[e].slice(0, 12).map((a, i) => [i ? ", " : "", name(a)]).flat(),
          entities.aliases[e].length > 12 ? ` and ${entities.aliases[e].length - 12} more` : null) : null,
        el("p", { class: "actions" },
          neighbours ? button(open ? "Collapse" : `Expand ${counted(neighbours, "neighbour")}`, () => expand(e), { class: "plain" }) : null)),
      relations(e),
      results(model.resultsOf[e], e),
      group(said, (s) => s[1]).map(([role, statements]) =>
        section(model.roles[role].inverse, statements.length,
          longList([...statements].sort(byDate), (s) => cite(s[0], s[3]), { step: 4, what: "more papers" }))),
      el("p", { class: "iri" }, name(model.base + entities.id[e])),
    ];
  }
  const byDate = (a, b) => (papers.date[b[0]] ?? "").localeCompare(papers.date[a[0]] ?? "") || a[0] - b[0];

  function expand(e) {
    const opened = new Set(state.current.open);
    if (!opened.delete(e)) opened.add(e);
    state.change({ open: opened });
  }

  function relations(e) {
    const n = model.relations.length;
    const groups = group(model.relatedOf[e], (s) => (s[0] === e ? s[1] : n + s[1]));
    return groups.map(([key, statements]) => {
      const outward = key < n;
      const relation = model.relations[key % n];
      statements.sort((a, b) => b[3].length - a[3].length);
      return section(outward ? relation.label : relation.inverse, statements.length,
        longList(statements, (s) => {
          const other = outward ? s[2] : s[0];
          const many = papersIn(s).length;
          return line([entityButton(other), many > 1 ? el("small", {}, counted(many, "paper")) : null], s[3]);
        }, { step: 6 }));
    });
  }

  function results(list, self) {
    if (!list.length) return null;
    const columns = [[2, "Metric"], [1, "On"], [0, "By"]].filter(([slot]) => list.some((r) => r[slot] >= 0 && r[slot] !== self));
    return section("Results", list.length, longList(list, (r) => line([
      el("b", { class: "value" }, r[4] === 1 && !/^[+-]/.test(r[3]) ? "+" : "", name(r[3])),
      columns.map(([slot, label]) => (r[slot] >= 0 && r[slot] !== self
        ? el("span", { class: "slot" }, ` ${label.toLowerCase()} `, name(entities.label[r[slot]])) : null)),
    ], [r[5]]), { step: 6 }));
  }

  function paper({ paper: p }) {
    const text = model.text(p);
    const flat = model.mentions[p];
    const found = Array.from({ length: flat.length / 3 }, (_, i) => flat.slice(3 * i, 3 * i + 3));
    const mention = (part, i) => {
      const type = model.typeOf(found[i][0]);
      const node = button(part, () => state.choose.entity(found[i][0]), { class: "mention", title: type.label });
      node.style.setProperty("--type", theme.colour(type));
      return node;
    };
    const from = papers.title[p].length + 1;
    const said = group(model.saidOfPaper[p], (s) => s[1]);
    const stated = model.relatedOfPaper[p];
    return [
      top(["Paper", papers.date[p] ? ` · ${papers.date[p]}` : null], name(papers.title[p]),
        papers.authors[p] ? el("p", { class: "aliases" }, name(papers.authors[p])) : null,
        papers.kinds[p].length ? el("p", { class: "kinds" }, papers.kinds[p].map((k) => el("span", {}, k))) : null,
        el("p", { class: "actions" }, papers.link[p] ? away(papers.link[p], "Open the paper") : null,
          papers.links[p].map(([kind, url]) => away(url, kind)))),
      el("p", { class: "abstract", dir: "auto" }, marked(text, from, text.length, found.map((m) => m.slice(1)), mention)),
      said.map(([role, statements]) => section(model.roles[role].label, statements.length,
        longList(statements, (s) => line(entityButton(s[2]), s[3]), { step: 10 }))),
      stated.length ? section("states", stated.length, longList(stated, (s) => line(sentence(s), s[3].filter((e) => e[0] === p)), { step: 8 })) : null,
      results(model.resultsOfPaper[p], -1),
    ];
  }

  const sentence = (s) => [entityButton(s[0]), el("span", { class: "verb" }, ` ${model.relations[s[1]].label} `), entityButton(s[2])];

  function edge({ from, to }) {
    const between = model.relatedOf[from].filter((s) => (s[0] === from && s[2] === to) || (s[0] === to && s[2] === from));
    const shared = model.papersOf[from].filter((p) => model.papersOf[to].includes(p));
    return [
      top("Between", [entityButton(from), el("span", { class: "verb" }, " and "), entityButton(to)]),
      between.map((s) => section(sentence(s), papersIn(s).length, citations(s[3]))),
      section("speak of both", shared.length, shared.length
        ? longList(shared, (p) => cite(p, sentences(p, from, to)), { step: 5, what: "more papers" })
        : el("p", { class: "hint" }, "No paper is known to speak of both.")),
    ];
  }

  /** The sentences in which a paper speaks of two entities, each once. */
  function sentences(p, from, to) {
    const seen = new Map();
    for (const [, , entity_, evidences] of model.saidOfPaper[p]) {
      if (entity_ !== from && entity_ !== to) continue;
      for (const evidence of evidences) seen.set(`${evidence[1]} ${evidence.slice(4)}`, evidence);
    }
    return [...seen.values()].sort((a, b) => a[1] - b[1]);
  }

  const KINDS = { entity, paper, edge };
  return function show(chosen) {
    holder.replaceChildren(...(chosen === null ? overview() : KINDS[chosen.kind](chosen)).flat(3).filter(Boolean));
    holder.scrollTop = 0;
    holder.classList.toggle("chosen", chosen !== null);
  };
}
