// The graph from the page's columns, with the indexes that views ask for.

/** Papers that speak of more entities than this tie none of them together. */
const CROWDED = 80;

function makeModel(data) {
  const { entities, papers, said, related, results } = data;
  const count = entities.id.length;
  const lists = (n) => Array.from({ length: n }, () => []);

  const saidOfEntity = lists(count);
  const saidOfPaper = lists(papers.id.length);
  for (const statement of said) {
    saidOfEntity[statement[2]].push(statement);
    saidOfPaper[statement[0]].push(statement);
  }
  const papersOf = saidOfEntity.map((list) => [...new Set(list.map((s) => s[0]))]);
  const entitiesOf = saidOfPaper.map((list) => [...new Set(list.map((s) => s[2]))]);

  const relatedOf = lists(count);
  const relatedOfPaper = lists(papers.id.length);
  for (const statement of related) {
    relatedOf[statement[0]].push(statement);
    if (statement[2] !== statement[0]) relatedOf[statement[2]].push(statement);
    for (const paper of papersIn(statement)) relatedOfPaper[paper].push(statement);
  }

  const resultsOf = lists(count);
  const resultsOfPaper = lists(papers.id.length);
  for (const result of results) {
    for (const entity of new Set(result.slice(0, 3))) if (entity >= 0) resultsOf[entity].push(result);
    resultsOfPaper[result[5][0]].push(result);
  }

  const entityNamed = new Map(entities.id.map((id, i) => [id, i]));
  const paperNamed = new Map(papers.id.map((id, i) => [id, i]));
  const byPapers = (a, b) => papersOf[b].length - papersOf[a].length || a - b;
  const ranked = entities.id.map((_, i) => i).sort(byPapers);

  /** What an entity is tied to, the strongest first: [entity, weight] with stated relations twice as heavy. */
  function neighbours(entity) {
    const weights = new Map();
    const add = (other, weight) => weights.set(other, (weights.get(other) ?? 0) + weight);
    for (const s of relatedOf[entity]) {
      const other = s[0] === entity ? s[2] : s[0];
      if (other !== entity) add(other, 2 * papersIn(s).length);
    }
    const shared = together(entity);
    for (const [other, n] of shared) if (n > 1 || weights.has(other)) add(other, n - 1);
    return [...weights].sort((a, b) => b[1] - a[1] || byPapers(a[0], b[0]));
  }

  /** Entities that appear in the same papers: entity to number of shared papers. */
  function together(entity) {
    const shared = new Map();
    for (const paper of papersOf[entity]) {
      if (entitiesOf[paper].length > CROWDED) continue;
      for (const other of entitiesOf[paper]) if (other !== entity) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    return shared;
  }

  return {
    ...data,
    count,
    saidOfEntity, saidOfPaper, papersOf, entitiesOf, relatedOf, relatedOfPaper, resultsOf, resultsOfPaper,
    entityNamed, paperNamed, ranked, byPapers, neighbours, together,
    typeOf: (entity) => data.types[entities.type[entity]],
    text: (paper) => `${papers.title[paper]}\n${papers.abstract[paper]}`,
  };
}

/** Papers that make a statement of a relation, each once. */
const papersIn = (statement) => [...new Set(statement[3].map((evidence) => evidence[0]))];
