// Which entities and edges the canvas shows: the level of detail.

/** Neighbours that come with a chosen entity, and those not yet shown that come with one that the reader expands. */
const CONTEXT = 14;
const EXPANDED = 120;
/** Edges of mere co-occurrence that are drawn, the strongest first. */
const TOGETHER = 220;

/**
 * The nodes and edges of a state.
 *
 * `nodes` is a set of entities; `edges` a list of `{a, b, papers, relations, forward, back}` with one
 * edge for a pair of entities, `relations` empty where they only appear together; `lit` the entities
 * that the choice is about, null where nothing is chosen.
 */
function viewOf(state, model, first) {
  const nodes = new Set(state.min ? model.ranked.filter((e) => model.papersOf[e].length >= state.min) : first);
  const { chosen } = state;
  const about = chosen === null ? [] : ABOUT[chosen.kind](chosen, model);
  about.forEach((entity) => nodes.add(entity));
  if (chosen?.kind === "entity") {
    model.neighbours(chosen.entity).slice(0, CONTEXT).forEach(([other]) => nodes.add(other));
  }
  for (const entity of state.open) {
    nodes.add(entity);
    const more = model.neighbours(entity).filter(([other]) => !nodes.has(other));
    more.slice(0, EXPANDED).forEach(([other]) => nodes.add(other));
  }
  for (const entity of nodes) {
    if (state.hidden.has(model.typeOf(entity).name) && !(chosen?.kind === "entity" && chosen.entity === entity)) {
      nodes.delete(entity);
    }
  }
  const edges = edgesAmong(nodes, state, model, about);
  return { nodes, edges, lit: chosen === null ? null : litBy(chosen, about, edges), chosen };
}

const ABOUT = {
  entity: (chosen) => [chosen.entity],
  paper: (chosen, model) => model.entitiesOf[chosen.paper],
  edge: (chosen) => [chosen.from, chosen.to],
};

function litBy(chosen, about, edges) {
  const lit = new Set(about);
  if (chosen.kind === "entity") {
    for (const { a, b } of edges) {
      if (a === chosen.entity) lit.add(b);
      if (b === chosen.entity) lit.add(a);
    }
  }
  return lit;
}

function edgesAmong(nodes, state, model, about) {
  const found = new Map();
  const edge = (x, y) => {
    const [a, b] = x < y ? [x, y] : [y, x];
    const key = a * model.count + b;
    if (!found.has(key)) found.set(key, { a, b, papers: 0, relations: new Set(), forward: false, back: false });
    return found.get(key);
  };
  const on = model.relations.map((relation) => !state.off.has(relation.name));
  for (const statement of model.related) {
    const [subject, relation, object] = statement;
    if (!on[relation] || subject === object || !nodes.has(subject) || !nodes.has(object)) continue;
    const one = edge(subject, object);
    one.papers += papersIn(statement).length;
    one.relations.add(relation);
    if (one.a === subject) one.forward = true;
    else one.back = true;
  }
  if (!state.off.has("together")) {
    const special = new Set(about);
    const pairs = togetherAmong(nodes, model).filter(([key]) => !found.has(key));
    pairs.sort((x, y) => y[1] - x[1] || x[0] - y[0]);
    let left = TOGETHER;
    for (const [key, papers] of pairs) {
      const [a, b] = [Math.floor(key / model.count), key % model.count];
      if (left-- > 0 || special.has(a) || special.has(b)) edge(a, b).papers = papers;
    }
  }
  return [...found.values()];
}

/** Pairs of entities that at least two papers speak of: [key of the pair, papers]. */
function togetherAmong(nodes, model) {
  const pairs = new Map();
  for (const members of model.entitiesOf) {
    if (members.length > CROWDED) continue;
    const here = members.filter((e) => nodes.has(e) && model.papersOf[e].length > 1).sort((a, b) => a - b);
    for (let i = 0; i < here.length; i += 1) {
      for (let j = i + 1; j < here.length; j += 1) {
        const key = here[i] * model.count + here[j];
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
    }
  }
  return [...pairs].filter(([, papers]) => papers > 1);
}
