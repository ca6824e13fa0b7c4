// The drawing, by vis-network. It is told what to show and tells what the reader touched.

/** Labels of the whole view that matter more than the small nodes that they cover. */
const COVERING = 30;

function makeCanvas(holder, page, model, on) {
  const nodes = new vis.DataSet(page.nodes);
  const edges = new vis.DataSet(page.edges);
  const network = new vis.Network(holder, { nodes, edges }, page.options);
  const drawLabels = makeLabels();
  const { x, y, r, label } = model.entities;
  const drawn = { nodes: new Map(), edges: new Map() };
  let view = { nodes: new Set(), edges: [], lit: null, chosen: null };
  let order = [];
  let hovered = null;

  /** Where an entity is drawn: where the build put it, or the reader moved it to. */
  function at(entity) {
    const node = network.body.nodes[entity];
    return node ? [node.x, node.y] : [x[entity], y[entity]];
  }
  function discOf(entity) {
    const [px, py] = at(entity);
    return { x: px, y: py, r: r[entity] };
  }
  const lit = (entity) => view.lit === null || view.lit.has(entity);
  /** Whether an edge belongs to the choice. */
  function chosenEdge({ a, b }) {
    const { chosen } = view;
    if (chosen === null) return false;
    if (chosen.kind === "entity") return a === chosen.entity || b === chosen.entity;
    if (chosen.kind === "edge") return (a === chosen.from && b === chosen.to) || (b === chosen.from && a === chosen.to);
    return view.lit.has(a) && view.lit.has(b);
  }

  function nodeOf(entity) {
    const colour = lit(entity) ? theme.colour(model.typeOf(entity)) : theme.faint(model.typeOf(entity));
    const centre = view.chosen?.kind === "entity" && view.chosen.entity === entity;
    return {
      id: entity,
      x: x[entity],
      y: y[entity],
      size: r[entity],
      shape: model.typeOf(entity).shape,
      borderWidth: centre ? 3 : 1,
      color: { background: colour, border: theme.of(centre ? "ink" : "ground"), hover: colour, highlight: colour },
    };
  }

  function edgeOf(edge) {
    const { a, b, papers, relations, forward, back } = edge;
    const ours = chosenEdge(edge);
    const stated = relations.size > 0;
    const tone = ours ? "edge-chosen" : view.lit !== null ? "edge-faded" : stated ? "edge" : "edge-together";
    return {
      id: `${a} ${b}`,
      from: a,
      to: b,
      width: Math.min(5, (stated ? 0.9 : 0.6) + 0.5 * Math.log2(papers) + (ours ? 0.6 : 0)),
      dashes: stated ? false : [2, 5],
      arrows: { to: { enabled: forward, scaleFactor: 0.45 }, from: { enabled: back, scaleFactor: 0.45 } },
      color: { color: theme.of(tone), hover: theme.of("edge-chosen"), inherit: false },
    };
  }

  /** Bring a data set to what is wanted, touching only what differs. */
  function match(set, kept, wanted) {
    const change = [];
    const seen = new Set();
    for (const item of wanted) {
      const signature = JSON.stringify(item);
      seen.add(item.id);
      if (kept.get(item.id) === signature) continue;
      kept.set(item.id, signature);
      change.push(item);
    }
    const gone = set.getIds().filter((id) => !seen.has(id));
    gone.forEach((id) => kept.delete(id));
    if (gone.length) set.remove(gone);
    if (change.length) set.update(change);
  }

  function show(next) {
    view = next;
    const important = (e) => (view.chosen?.kind === "entity" && view.chosen.entity === e ? 2 : 0) + (view.lit?.has(e) ? 1 : 0);
    order = [...view.nodes].sort((p, q) => important(q) - important(p) || model.byPapers(p, q));
    const many = view.nodes.size > 900;
    network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    // Edges go before the nodes that they hang on, and come after them
    const wanted = view.edges.map(edgeOf);
    const ids = new Set(wanted.map((edge) => edge.id));
    edges.remove(edges.getIds().filter((id) => !ids.has(id)));
    match(nodes, drawn.nodes, order.map(nodeOf));
    match(edges, drawn.edges, wanted);
    for (const id of drawn.edges.keys()) if (!ids.has(id)) drawn.edges.delete(id);
  }

  network.on("afterDrawing", (ctx) => {
    const [ink, soft, ground] = ["ink", "ink-soft", "ground"].map(theme.of);
    const near = hovered === null ? null : new Set([hovered, ...network.getConnectedNodes(hovered)]);
    const items = [];
    const rank = near ? [...order].sort((p, q) => near.has(q) - near.has(p) || (q === hovered) - (p === hovered)) : order;
    if (near) items.push(labelOf(hovered, ink, true));
    for (const entity of rank) {
      if (entity === hovered || !(lit(entity) || near?.has(entity))) continue;
      const centre = view.chosen?.kind === "entity" && view.chosen.entity === entity;
      items.push(labelOf(entity, ink, centre));
    }
    for (const edge of view.edges) {
      if (!edge.relations.size || !chosenEdge(edge)) continue;
      const [[px, py], [qx, qy]] = [at(edge.a), at(edge.b)];
      const text = [...edge.relations].map((i) => model.relations[i].label).join(", ");
      items.push({ text, x: (px + qx) / 2, y: (py + qy) / 2, r: 0, size: 10.5, weight: 400, colour: soft });
    }
    drawLabels(ctx, network, items, order.filter(lit).map(discOf), { ground, covering: view.lit === null ? COVERING : 1 });
  });

  function labelOf(entity, colour, must) {
    const [px, py] = at(entity);
    const size = Math.min(15, 11 + r[entity] / 8) + (must ? 1 : 0);
    return { text: short(label[entity]), x: px, y: py, r: r[entity], size, weight: must ? 700 : 500, colour, must };
  }

  const reveal = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  /** Bring entities and their labels into sight, no nearer than `near`. */
  function look(entities, { near = 1.1, animated = true } = {}) {
    const there = entities.filter((e) => view.nodes.has(e)).map((e) => [...at(e), r[e]]);
    if (!there.length) return;
    const [left, top] = [Math.min(...there.map(([px, , pr]) => px - pr)), Math.min(...there.map(([, py, pr]) => py - pr))];
    const [right, bottom] = [Math.max(...there.map(([px, , pr]) => px + pr)), Math.max(...there.map(([, py, pr]) => py + pr))];
    const room = (side, margin) => Math.max(side - 2 * Math.min(margin, side / 6), 1);
    const scale = Math.min(near, room(holder.clientWidth, 90) / (right - left), room(holder.clientHeight, 34) / (bottom - top));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animated && reveal() });
  }
  const all = (options) => look([...view.nodes], options);
  const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)), animation: reveal() });

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) on.entity(node);
    else if (edge !== undefined) on.edge(...edge.split(" ").map(Number));
    else on.nothing();
  });
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && on.expand(node));
  network.on("hoverNode", ({ node }) => { hovered = node; holder.classList.add("touching"); network.redraw(); });
  network.on("blurNode", () => { hovered = null; holder.classList.remove("touching"); network.redraw(); });
  network.on("hoverEdge", () => holder.classList.add("touching"));
  network.on("blurEdge", () => holder.classList.remove("touching"));

  const KEYS = {
    ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
    "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: () => all(),
  };
  function pan(dx, dy) {
    const step = 120 / network.getScale();
    const { x: cx, y: cy } = network.getViewPosition();
    network.moveTo({ position: { x: cx + dx * step, y: cy + dy * step }, animation: false });
  }
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  theme.changed(() => { drawn.nodes.clear(); drawn.edges.clear(); show(view); });

  return { show, look, all, zoom, network };
}
