// The legend, which filters, the layers of edges, and how much is shown.

function makeFilters(holder, model, state, firstSize) {
  const perType = model.types.map(() => 0);
  model.entities.type.forEach((type) => { perType[type] += 1; });
  const perRelation = model.relations.map(() => 0);
  model.related.forEach((statement) => { perRelation[statement[1]] += 1; });

  const flip = (set, item) => {
    const copy = new Set(set);
    if (!copy.delete(item)) copy.add(item);
    return copy;
  };
  const typeButtons = model.types.map((type, i) =>
    button([sign(type), el("span", {}, type.label), el("small", {}, number(perType[i]))],
      () => state.change({ hidden: flip(state.current.hidden, type.name) }),
      { class: "key", title: type.means, "data-type": type.name }));
  const onlyButtons = model.types.map((type) =>
    button("only", () => {
      const others = new Set(model.types.map((t) => t.name).filter((n) => n !== type.name));
      const same = others.size === state.current.hidden.size && !state.current.hidden.has(type.name);
      state.change({ hidden: same ? new Set() : others });
    }, { class: "only", "aria-label": `only ${type.label}` }));

  const layers = [
    ...model.relations.map((relation, i) => ({ ...relation, count: perRelation[i] })),
    { name: "together", label: "in the same papers", means: "At least two papers speak of both.", count: null },
  ];
  const boxes = layers.map(({ name: layer }) => el("input", {
    type: "checkbox",
    "data-layer": layer,
    onchange: () => state.change({ off: flip(state.current.off, layer) }),
  }));

  // Stops of the slider: the opening view, then fewer and fewer papers
  const counts = [...new Set(model.papersOf.map((papers) => papers.length))].filter((n) => n > 0).sort((a, b) => b - a);
  const stops = [0, ...thin(counts, 9)];
  const atLeast = (min) => model.ranked.filter((e) => model.papersOf[e].length >= min).length;
  const slider = el("input", {
    type: "range", min: 0, max: stops.length - 1, step: 1, id: "detail", "aria-describedby": "detail-text",
    oninput: () => state.change({ min: stops[Number(slider.value)] }),
  });
  const sliderText = el("output", { id: "detail-text", for: "detail" });

  holder.append(
    el("h2", {}, "Entities"),
    el("ul", { class: "legend" }, typeButtons.map((key, i) => el("li", {}, key, onlyButtons[i]))),
    el("h2", {}, el("label", { for: "detail" }, "Minimum papers")),
    slider,
    sliderText,
    el("h2", {}, "Edges"),
    el("ul", { class: "layers" }, layers.map((layer, i) =>
      el("li", { title: layer.means },
        el("label", {}, boxes[i], el("span", {}, layer.label), layer.count === null ? null : el("small", {}, number(layer.count)))))),
    button("Reset", () => state.change({ hidden: new Set(), off: new Set(), min: 0, open: new Set() }), { class: "plain", id: "reset" }),
    el("p", { class: "hint" }, "Double-click a node to open all it is tied to. ", el("kbd", {}, "/"), " searches, ", el("kbd", {}, "Esc"), " closes."),
  );

  return function show({ hidden, off, min, open }) {
    typeButtons.forEach((key) => key.setAttribute("aria-pressed", String(!hidden.has(key.dataset.type))));
    boxes.forEach((box) => { box.checked = !off.has(box.dataset.layer); });
    const stop = stops.findIndex((s, i) => i > 0 && s <= min);
    slider.value = min === 0 ? 0 : stop < 0 ? stops.length - 1 : stop;
    sliderText.textContent = min === 0
      ? `the ${number(firstSize)} most connected`
      : min === 1 ? `all ${number(model.count)} entities` : `at least ${min}: ${counted(atLeast(min), "entity", "entities")}`;
    holder.querySelector("#reset").hidden = !(hidden.size || off.size || min || open.size);
  };
}

/** At most `most` of the numbers, evenly spread by rank, with the last. */
function thin(numbers, most) {
  if (numbers.length <= most) return numbers;
  const step = (numbers.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => numbers[Math.round(i * step)]);
}
