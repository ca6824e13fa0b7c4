"""The page in a browser: opened from disk, searched, filtered, followed to its evidence, and attacked."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from kg.export import html
from kg.export.layout import OPENING
from kg.graph import KnowledgeGraph
from kg.records import Entity, EntityMention, Evidence, Paper, Result, Statement

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Watched:
    """A page, with all that it must never do."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.goto(f"about:blank#{fragment}")  # so that the same file is loaded anew
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A page in a context with the options of the test; no request, dialog, error or new page may come of it."""
    options = getattr(request, "param", {})
    context = browser.new_context(reduced_motion="reduce", **options)
    watched = Watched(context.new_page())
    page, wrong = watched.page, watched.wrong

    def dialog(found: object) -> None:
        wrong.append(f"dialog: {found}")
        found.dismiss()  # type: ignore[attr-defined]

    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
    page.on("dialog", dialog)
    context.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url))
    yield watched
    context.close()
    assert watched.wrong == []


@pytest.fixture(scope="module")
def gold_page(gold_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "index.html"
    html.write(gold_graph, path)
    return path


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def shown(page: Page) -> tuple[int, int]:
    """Entities and edges on the canvas."""
    entities, edges = re.findall(r"([\d,]+) (?:entit|edge)", page.locator("#status").inner_text())
    return int(entities.replace(",", "")), int(edges.replace(",", ""))


def best(graph: KnowledgeGraph, entity_type: str) -> Entity:
    return max(graph.entities(entity_type), key=lambda e: len(graph.papers_of(e.id)))


# The file


def test_the_same_graph_gives_the_same_bytes(gold_graph: KnowledgeGraph, gold_page: Path, tmp_path: Path) -> None:
    html.write(gold_graph, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == gold_page.read_bytes()


def test_the_file_is_small_and_names_no_remote_resource(gold_page: Path) -> None:
    text = gold_page.read_text(encoding="utf-8")
    assert len(text) < 1_500_000
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", text)
    assert "default-src &#39;none&#39;" in text


# Opening


def test_it_opens_from_disk_laid_out_at_once(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    begin = time.monotonic()
    page = watched.open(gold_page)
    assert time.monotonic() - begin < 5
    entities, edges = shown(page)
    assert 100 < entities <= 300
    assert edges >= entities / 2
    assert "60 papers" in page.locator(".counts").inner_text()
    before = page.locator("#graph canvas").screenshot()
    page.wait_for_timeout(400)
    assert page.locator("#graph canvas").screenshot() == before, "nothing moves after the opening"


def test_the_policy_forbids_what_is_not_in_the_page(browser: Browser, gold_page: Path) -> None:
    page = browser.new_page()
    page.goto(gold_page.as_uri())
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text))
    for sink in ("document.body.innerHTML = '<b>'", "new Image().setAttribute('onerror', 'alert(1)')"):
        with pytest.raises(PlaywrightError, match=r"Trusted|Content Security Policy"):
            page.evaluate("sink => { " + sink + " }")
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://example.invalid/x.png' }))")
    page.wait_for_timeout(200)
    assert any("example.invalid" in text and "Content Security Policy" in text for text in refused)
    page.close()


def test_without_javascript_it_says_what_to_read_instead(browser: Browser, gold_page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(gold_page.as_uri())
    expect(page.get_by_role("link", name="nodes.csv")).to_be_visible()
    context.close()


# Finding and following


def test_from_search_to_evidence_to_paper_and_back(
    watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph, browser: Browser
) -> None:
    page = watched.open(gold_page)
    entity = best(gold_graph, "Method")
    page.keyboard.press("/")
    page.keyboard.type(entity.label.upper())
    expect(page.get_by_role("option", selected=True)).to_contain_text(entity.label)
    page.keyboard.press("Enter")
    assert heading(page) == entity.label
    quotes = page.locator("#panel blockquote")
    forms = {f.lower() for f in (entity.label, *entity.aliases)}
    assert quotes.first.locator("mark").first.inner_text().lower() in forms
    cited = page.locator("#panel .cite .title").first.inner_text()
    assert cited in {gold_graph.paper(p).title for p in gold_graph.papers_of(entity.id)}
    page.locator("#panel .cite .title").first.click()
    assert heading(page) == cited
    link = page.url
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text(entity.label)
    other = browser.new_page()
    other.goto(link)
    expect(other.locator("#panel h2")).to_have_text(cited)
    other.close()


def test_an_entity_shows_all_that_is_known_of_it(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    entity = max(gold_graph.entities(), key=lambda e: (len(list(gold_graph.statements(object=e.id))), e.id))
    page = watched.open(gold_page, f"#entity={entity.id}")
    panel = page.locator("#panel")
    while panel.locator(".more:visible").count():
        panel.locator(".more:visible").first.click()
    text = panel.inner_text()
    assert entity.type in text
    assert gold_graph.iri(entity.id) in text
    for paper in gold_graph.papers_of(entity.id):
        assert gold_graph.paper(paper).title in text
    for s in [*gold_graph.statements(subject=entity.id), *gold_graph.statements(object=entity.id)]:
        other = s.object if s.subject == entity.id else s.subject
        assert gold_graph.label(other) in text


def test_a_paper_shows_its_abstract_with_every_mention_marked(
    watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph
) -> None:
    paper = max(gold_graph.papers(), key=lambda p: (len(list(gold_graph.mentions(paper=p.id))), p.id))
    page = watched.open(gold_page, f"#paper={paper.id}")
    assert page.locator(".abstract").text_content() == paper.abstract
    expected = [m.text for m in gold_graph.mentions(paper=paper.id) if m.start > len(paper.title)]
    assert page.locator(".abstract .mention").all_text_contents() == expected
    stated = [s for s in gold_graph.statements(paper=paper.id) if s.subject != paper.id]
    assert page.locator("#panel section", has_text="states").locator("h3 small").inner_text() == str(len(stated))
    page.locator(".abstract .mention").first.click()
    assert page.url.count("entity=") == 1


def test_an_edge_shows_every_paper_that_says_so(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    relation = max(
        (s for s in gold_graph.statements() if s.subject not in {p.id for p in gold_graph.papers()}),
        key=lambda s: (len(s.papers), s.subject),
    )
    page = watched.open(gold_page, f"#from={relation.subject}&to={relation.object}")
    section = page.locator("#panel section").first
    assert section.locator(".cite").count() == len(relation.papers)
    assert section.locator("h3 small").inner_text() == str(len(relation.papers))
    quote = gold_graph.quote(relation.evidence[0])
    assert quote in [q.text_content() for q in section.locator("blockquote").all()]


def test_results_lead_to_their_sentence(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    result = next(r for r in gold_graph.results() if r.subject and r.metric)
    assert result.subject
    page = watched.open(gold_page, f"#paper={result.paper}")
    section = page.locator("#panel section", has_text="Results")
    line = section.locator("summary", has_text=result.value).first
    expect(line).to_contain_text(gold_graph.label(result.subject))
    assert "[object" not in section.inner_text()
    line.click()
    expect(section.locator("mark", has_text=result.value).first).to_be_visible()


def test_search_is_worked_by_the_keyboard_alone(watched: Watched, gold_page: Path) -> None:
    page = watched.open(gold_page)
    page.keyboard.press("/")
    page.keyboard.type("language")
    options = page.get_by_role("option")
    assert options.count() > 2
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    wanted = options.nth(1).locator("bdi").first.inner_text()
    page.keyboard.press("Enter")
    assert heading(page) == wanted
    page.keyboard.press("Escape")
    assert heading(page) == "What these papers speak of"
    page.keyboard.press("/")
    page.keyboard.type("zzzz no such thing")
    expect(page.locator("#found")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()


# What is shown


def test_filters_by_type_relation_and_papers(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    page = watched.open(gold_page)
    entities, edges = shown(page)
    page.locator("[data-type=Task]").click()
    assert shown(page)[0] < entities
    page.locator("[data-type=Task]").click()
    page.locator("[data-layer=usedFor]").click()
    assert shown(page)[0] == entities
    assert shown(page)[1] < edges
    page.locator("#detail").focus()
    page.keyboard.press("End")
    assert shown(page)[0] == sum(1 for _ in gold_graph.entities())
    filtered = page.url
    page.locator("#reset").click()
    assert shown(page) == (entities, edges)
    watched.open(gold_page, "#" + filtered.split("#")[1])
    assert shown(page)[0] == sum(1 for _ in gold_graph.entities())
    expect(page.locator("[data-layer=usedFor]")).not_to_be_checked()


def test_expanding_brings_the_neighbours_that_the_opening_leaves_out(watched: Watched, tmp_path: Path) -> None:
    names = ["hub", *(f"leaf {i:03}" for i in range(300))]
    chain = hostile_graph(names, relation=False)
    hub, *leaves = (e.id for e in sorted(chain.entities(), key=lambda e: e.label))
    evidence = next(chain.statements()).evidence
    star = [*chain.statements(), *(Statement(leaf, "outperforms", hub, evidence) for leaf in leaves)]
    html.write(KnowledgeGraph(chain.papers(), chain.entities(), chain.mentions(), star), tmp_path / "index.html")
    page = watched.open(tmp_path / "index.html", f"#entity={hub}")
    before = shown(page)
    assert before[0] == OPENING
    page.get_by_role("button", name="Expand 300 neighbours").click()
    assert shown(page) == (301, 300)
    page.get_by_role("button", name="Collapse").click()
    assert shown(page) == before


# Small and hostile graphs


NAMES = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<!-- <script> ]]> --",
    "\"'`${alert(3)}{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u2066 RTL \u05d0\u05d1",
    "\U0001f9ea\U0001f1ea\U0001f1fa emoji",
    "x" * 500,
    "a\x00b\x1b\u2028c\ud800d",
    "__proto__",
    "&lt;b&gt; \\u003c \\",
    " ",
]


def hostile_graph(names: list[str], relation: bool = True) -> KnowledgeGraph:
    """One paper that uses everything in ``names``; the second outperforms the first, and so on."""
    title = "\U0001f600 " + NAMES[0]
    abstract, spans = "\U0001f680 We use ", []
    for name in names:
        start = len(title) + 1 + len(abstract)
        spans.append((start, start + len(name)))
        abstract += name + " \U0001f680 and "
    paper = Paper("paper/1", title, abstract, (NAMES[1],), date=NAMES[2], url="javascript:alert(4)", kinds=(NAMES[3],))
    whole = (len(title) + 1, len(paper.text))
    ids = [f"model/{i}-{name[:20]}" for i, name in enumerate(names)]
    evidence = [Evidence(paper.id, *whole, (span,), 0.5) for span in spans]
    statements = [Statement(paper.id, "uses", i, (e,)) for i, e in zip(ids, evidence, strict=True)]
    if relation:
        statements += [Statement(b, "outperforms", a, (e,)) for a, b, e in zip(ids, ids[1:], evidence, strict=False)]
    return KnowledgeGraph(
        [paper],
        [Entity(i, "Model", name, (name + "!",)) for i, name in zip(ids, names, strict=True)],
        [EntityMention(paper.id, i, *s, paper.text[slice(*s)], whole, 1) for i, s in zip(ids, spans, strict=True)],
        statements,
        [Result("result/1", paper.id, i, None, None, NAMES[0], None, None, "absolute", evidence[0]) for i in ids[:1]],
    )


def test_hostile_names_are_text_everywhere(watched: Watched, tmp_path: Path) -> None:
    graph = hostile_graph(NAMES)
    html.write(graph, tmp_path / "index.html")
    page = watched.open(tmp_path / "index.html")
    assert shown(page) == (len(NAMES), len(NAMES) - 1)
    for i, name in enumerate(NAMES):
        as_shown = "(no name)" if not name.strip() else name.replace("\ud800", "\ufffd")
        page.evaluate("id => { location.hash = '#' + new URLSearchParams({entity: id}) }", f"model/{i}-{name[:20]}")
        if "\ud800" in name:
            continue  # no address can name a lone surrogate
        page.wait_for_function("t => document.querySelector('#panel h2').textContent === t", arg=as_shown)
        mark = page.locator("#panel .cite mark").last.evaluate("e => e.textContent")
        assert mark == name, "the mark is right behind characters outside the basic plane"
        for summary in page.locator("#panel details summary").all():
            summary.click(position={"x": 4, "y": 8})
    page.evaluate("location.hash = '#paper=paper/1'")
    page.wait_for_selector(".abstract")
    assert page.locator(".abstract .mention").count() == len(NAMES)
    assert page.locator("#panel a").count() == 0
    for query in ("<", "alert", "__proto__", "constructor", "\u05d0", "(", "\\", "x" * 300):
        page.locator("#query").fill(query)
        page.wait_for_timeout(20)
    assert page.locator("script").count() == 4
    assert page.locator("img, iframe, object, b i").count() == 0


def test_an_empty_graph_says_so(watched: Watched, tmp_path: Path) -> None:
    html.write(KnowledgeGraph(), tmp_path / "index.html")
    page = watched.open(tmp_path / "index.html")
    assert heading(page) == "An empty graph"
    assert shown(page) == (0, 0)
    expect(page.locator("#empty")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("anything")
    expect(page.locator("#found")).to_contain_text("Nothing found")


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#graph").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_graph_of_one_node_lies_in_the_middle(watched: Watched, tmp_path: Path) -> None:
    html.write(hostile_graph(["BERT"]), tmp_path / "index.html")
    page = watched.open(tmp_path / "index.html")
    assert shown(page) == (1, 0)
    page.mouse.click(*middle(page))
    expect(page.locator("#panel h2")).to_have_text("BERT")
    page.mouse.dblclick(*middle(page))
    page.wait_for_url(re.compile("open=model/0-BERT"))


def test_nodes_and_edges_answer_to_the_mouse(watched: Watched, tmp_path: Path) -> None:
    html.write(hostile_graph(["BERT", "GPT"]), tmp_path / "index.html")
    page = watched.open(tmp_path / "index.html")
    x, y = middle(page)
    page.mouse.click(x, y)
    expect(page.locator("#panel .kicker")).to_have_text("Between")
    page.mouse.click(x, y + 200)
    expect(page.locator("#panel h2")).to_have_text("What these papers speak of")


@pytest.mark.parametrize("fragment", ["#entity=nowhere/nothing", "#%E0%A4%A", "#min=-3&hide=Nobody&from=a", "#paper="])
def test_a_broken_link_opens_the_first_view(watched: Watched, gold_page: Path, fragment: str) -> None:
    page = watched.open(gold_page, fragment)
    assert heading(page) == "What these papers speak of"
    assert shown(page)[0] > 100


@pytest.mark.parametrize(
    "watched",
    [{"viewport": {"width": 390, "height": 844}, "has_touch": True}, {"color_scheme": "dark"}],
    ids=["phone", "dark"],
    indirect=True,
)
def test_it_fits_a_phone_and_a_dark_room(watched: Watched, gold_page: Path, gold_graph: KnowledgeGraph) -> None:
    page = watched.open(gold_page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    entity = best(gold_graph, "Model")
    page.locator("#panel .entity", has_text=entity.label).first.click()
    assert heading(page) == entity.label
    ground, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    light_of = lambda colour: sum(map(int, re.findall(r"\d+", colour)[:3]))  # noqa: E731
    assert (light_of(ground) < light_of(ink)) == dark
