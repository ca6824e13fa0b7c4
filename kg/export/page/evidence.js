// The sentences that statements were read from.

/** The spans of a text, cut at the marks: `make(part, i)` gives the element of the i-th mark. */
function marked(text, start, end, marks, make) {
  const parts = [];
  let at = start;
  marks.forEach(([from, to], i) => {
    if (from < at || to > end || to <= from) return;
    if (from > at) parts.push(text.slice(at, from));
    parts.push(make(text.slice(from, to), i));
    at = to;
  });
  if (at < end) parts.push(text.slice(at, end));
  return parts;
}

const pairs = (flat) => Array.from({ length: flat.length >> 1 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);

function makeEvidence(model, state) {
  /** The sentence, with the mentions highlighted. */
  function quote([paper, start, end, score, ...marks]) {
    return el("blockquote", { dir: "auto", title: `score ${score} %` },
      marked(model.text(paper), start, end, pairs(marks), (part) => el("mark", {}, part)));
  }

  const paperButton = (paper) =>
    button(name(model.papers.title[paper]), () => state.choose.paper(paper), { class: "title" });

  function source(paper) {
    const { date, link } = model.papers;
    return el("p", { class: "source" }, paperButton(paper), " ",
      el("small", {}, date[paper] ?? "", link[paper] ? [date[paper] ? " · " : "", away(link[paper], "paper")] : null));
  }

  /** A paper and the sentences in which it says something. */
  const cite = (paper, evidences) => el("div", { class: "cite" }, source(paper), evidences.map(quote));

  /** All evidence of a statement, paper by paper. */
  function citations(evidences) {
    const papers = new Map();
    for (const evidence of evidences) {
      if (!papers.has(evidence[0])) papers.set(evidence[0], []);
      papers.get(evidence[0]).push(evidence);
    }
    return longList([...papers], ([paper, list]) => cite(paper, list), { step: 5, what: "more papers" });
  }

  const entityButton = (entity) =>
    button([sign(model.typeOf(entity)), name(model.entities.label[entity])], () => state.choose.entity(entity), { class: "entity" });

  /** A line that opens to its evidence, which is made when it is opened. */
  function line(content, evidences, { open = false } = {}) {
    const details = el("details", {}, el("summary", {}, content));
    const fill = () => details.children.length === 1 && details.append(el("div", {}, citations(evidences)));
    details.addEventListener("toggle", fill);
    if (open) {
      fill();
      details.open = true;
    }
    return details;
  }

  return { quote, cite, citations, paperButton, entityButton, line };
}
