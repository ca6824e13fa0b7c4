// Elements from data. Text enters the page here alone, always as text nodes.

/** An element with properties (`class`, `on*` handlers, attributes) and children (elements, strings, null). */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text from a paper, kept from turning the direction of what stands beside it. */
const name = (text, props = {}) => el("bdi", props, text.trim() === "" ? "(no name)" : text);

const button = (label, onclick, props = {}) => el("button", { type: "button", onclick, ...props }, label);

const number = (n) => n.toLocaleString("en");

const counted = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** A link that leaves the page and tells the other side nothing. */
const away = (href, label) => el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);

const SHAPES = {
  dot: "M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12z",
  square: "M3 3h10v10H3z",
  triangle: "M8 2l6.5 11.5h-13z",
  triangleDown: "M8 14L1.5 2.5h13z",
  diamond: "M8 1l7 7-7 7-7-7z",
  star: "M8 .8l2.1 4.6 5 .6-3.7 3.4 1 5L8 11.900 3.600 14.400l1-5L.9 6l5-.6z",
};

/** The sign of an entity type, as on the canvas. */
function sign(type) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPES[type.shape]);
  path.setAttribute("fill", theme.colour(type));
  svg.append(path);
  return svg;
}

/** Colours that the canvas needs in script; everything else is in the style sheet. */
const theme = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (type) => (dark.matches ? type.dark : type.light);
  /** A colour of the style sheet by the name of its custom property. */
  const property = (key) => getComputedStyle(document.documentElement).getPropertyValue(`--${key}`).trim();
  const channels = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  function mix(from, to, share) {
    const [p, q] = [channels(from), channels(to)];
    return `rgb(${p.map((c, i) => Math.round(c + (q[i] - c) * share)).join(",")})`;
  }
  return {
    colour,
    /** The colour of a type that the reader has not asked for: nearly the ground, but opaque. */
    faint: (type) => mix(colour(type), property("ground"), 0.82),
    of: property,
    changed: (then) => dark.addEventListener("change", then),
  };
})();

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** A list that shows its first items and, at a press, the next ones. `make` turns an item into an element. */
function longList(items, make, { step = 8, what = "more" } = {}) {
  const list = el("ul", { class: "list" });
  let shown = 0;
  const more = button("", () => {
    const from = shown;
    grow(step * 4);
    list.children[from].querySelector("button, a, summary")?.focus();
  }, { class: "more" });
  function grow(by) {
    list.append(...items.slice(shown, shown + by).map((item) => el("li", {}, make(item))));
    shown = Math.min(items.length, shown + by);
    more.hidden = shown === items.length;
    more.textContent = `${number(items.length - shown)} ${what}`;
  }
  grow(items.length <= step + 2 ? items.length : step);
  return [list, more];
}
