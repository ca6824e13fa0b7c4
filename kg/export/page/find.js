// Finding entities and papers by name.

/** A name as it is compared: no case, no accents, hyphens and the like as spaces. */
const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\-_/‐-―]+/gu, " ").trim();

function makeFinder(model) {
  let names = null;
  function index() {
    names = [];
    for (const entity of model.ranked) {
      const forms = [model.entities.label[entity], ...model.entities.aliases[entity]];
      const seen = new Set();
      for (const form of forms) {
        const folded = fold(form);
        if (!folded || seen.has(folded)) continue;
        seen.add(folded);
        names.push({ entity, form, folded, alias: form !== forms[0] });
      }
    }
    model.papers.title.forEach((form, paper) => names.push({ paper, form, folded: fold(form) }));
  }

  /** How well a name answers: 0 the same, 1 begins so, 2 a word begins so, 3 holds it, null not at all. */
  function fit(folded, wanted) {
    if (folded === wanted) return 0;
    if (folded.startsWith(wanted)) return 1;
    if (folded.includes(` ${wanted}`)) return 2;
    return folded.includes(wanted) ? 3 : null;
  }

  /** Entities, then papers, that answer a query: the best first, each once, with the form that fits. */
  return function find(query, { entities = 12, papers = 6 } = {}) {
    if (names === null) index();
    const wanted = fold(query);
    if (!wanted) return { entities: [], papers: [] };
    const best = new Map();
    const titles = [];
    for (const entry of names) {
      const rank = fit(entry.folded, wanted);
      if (rank === null) continue;
      if (entry.paper !== undefined) titles.push({ ...entry, rank });
      else if (!best.has(entry.entity) || rank < best.get(entry.entity).rank) best.set(entry.entity, { ...entry, rank });
    }
    const found = [...best.values()].sort((x, y) => x.rank - y.rank || model.byPapers(x.entity, y.entity));
    titles.sort((x, y) => x.rank - y.rank || x.paper - y.paper);
    return { entities: found.slice(0, entities), papers: titles.slice(0, papers) };
  };
}
