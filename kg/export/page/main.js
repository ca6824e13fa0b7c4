// Joins the parts: the state tells all of them what to show.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const at = (id) => document.getElementById(id);

const model = makeModel(read("kg-data"));
const page = read("kg-view");
const first = page.nodes.map((node) => node.id);
const state = makeState(model);

const expand = (entity) => state.change({ open: new Set([...state.current.open, entity]) });
// What is touched on the canvas is in sight already: the view stays
let touched = false;
const touching = (act) => (...what) => {
  touched = true;
  act(...what);
  touched = false;
};
const touches = Object.entries({ ...state.choose, expand }).map(([kind, act]) => [kind, touching(act)]);
const canvas = makeCanvas(at("graph"), page, model, Object.fromEntries(touches));
const search = makeSearch(at("search"), model, makeFinder(model), state.choose);
const showFilters = makeFilters(at("filters"), model, state, first.length);
const showPanel = makePanel(at("panel"), model, state);

at("zoom").append(
  button("+", () => canvas.zoom(1.4), { "aria-label": "Zoom in" }),
  button("−", () => canvas.zoom(1 / 1.4), { "aria-label": "Zoom out" }),
  button("⤢", () => canvas.all(), { "aria-label": "Show all", title: "Show all" }),
);

let shown = null;
function show(current) {
  const view = viewOf(current, model, first);
  const before = shown;
  canvas.show(view);
  showFilters(current);
  const chosenNow = JSON.stringify(current.chosen);
  if (before === null || chosenNow !== before.chosen || current.open.size !== before.open) showPanel(current.chosen);
  shown = { chosen: chosenNow, open: current.open.size, min: current.min };
  at("empty").hidden = view.nodes.size > 0;
  at("empty").textContent = model.count ? "The filters hide everything." : "This graph holds no entity.";
  document.body.classList.toggle("has-choice", current.chosen !== null);
  if (before === null) canvas.all({ animated: false });
  else if (before.min !== current.min) canvas.all();
  at("status").textContent = `${counted(view.nodes.size, "entity", "entities")}, ${counted(view.edges.length, "edge")} shown`;
  if (current.chosen && !touched && (before === null || chosenNow !== before.chosen)) {
    canvas.look([...view.lit], { animated: before !== null });
  }
}
state.onchange(show);
show(state.current);
theme.changed(() => showPanel(state.current.chosen));

const filtersOpen = at("filters-open");
filtersOpen.addEventListener("click", () => {
  const open = document.body.classList.toggle("filters-shown");
  filtersOpen.setAttribute("aria-expanded", String(open));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !event.target.closest("input:not([type=checkbox]):not([type=range])")) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape") {
    if (document.body.classList.contains("filters-shown")) filtersOpen.click();
    else if (state.current.chosen) state.choose.nothing();
  }
});

document.documentElement.dataset.ready = "true";
