"""Saved pages of trending papers, as they are and as they might be."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg import readers
from kg.readers.identity import normalised_title
from kg.resources import SAMPLE

from .reading import DATA, format_of, lines, read, read_bytes

MASTHEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\n"
)
A = "We present a first model. " * 20 + "It is good."
B = "We present a second model. " * 20 + "It is better."


def test_the_sample_holds_435_listings_of_346_papers() -> None:
    papers, problems = read(SAMPLE)
    assert not problems
    assert len(papers) == 435
    assert len({p.id for p in papers}) == len({normalised_title(p.title) for p in papers}) == 346
    assert Counter(p.listings[0].page for p in papers) == {
        "000_8f21b32986b0fc55.txt": 91,
        "001_1c3c2d60e79dc1ac.txt": 81,
        "002_dd0407d712c58bb5.txt": 86,
        "003_0a2e4065d4ceb0ea.txt": 69,
        "004_0264ef008d3dc604.txt": 108,
    }
    assert {p.listings[0].date for p in papers} == {"--03-11", "--03-12", "--03-14", "--03-18"}


def test_each_line_of_the_sample_is_a_title_or_an_abstract_exactly() -> None:
    for page in sorted(SAMPLE.iterdir()):
        rows = [line for line in page.read_text(encoding="utf-8").split("\n") if line][5:]
        papers, _ = read(page)
        assert [p.title for p in papers] == rows[0::2]
        assert [p.abstract for p in papers] == rows[1::2]
        assert [p.listings[0].position for p in papers] == list(range(1, len(papers) + 1))


def test_a_paper_names_its_page_date_place_and_line() -> None:
    paper = next(iter(readers.read([SAMPLE / "004_0264ef008d3dc604.txt"], year=2024)))
    assert paper.title == "PAL: Program-aided Language Models"
    assert paper.id == "title:644f8f66fbc6"
    assert paper.sources == ("004_0264ef008d3dc604.txt:11",)
    (listing,) = paper.listings
    assert (listing.page, listing.date, listing.position) == ("004_0264ef008d3dc604.txt", "2024-03-18", 1)
    assert paper.date is None  # the page's, not the paper's


VARIATIONS = {
    "as saved": MASTHEAD + f"Title one\n\n{A}\n\nTitle two\n\n{B}\n",
    "windows line ends": (MASTHEAD + f"Title one\n\n{A}\n\nTitle two\n\n{B}\n").replace("\n", "\r\n"),
    "old mac line ends": (MASTHEAD + f"Title one\n\n{A}\n\nTitle two\n\n{B}\n").replace("\n", "\r"),
    "no blank lines": MASTHEAD.replace("\n\n", "\n") + f"Title one\n{A}\nTitle two\n{B}",
    "title on its abstract": MASTHEAD + f"Title one\n{A}\n\nTitle two\n{B}\n",
    "other order": f"Mar 11\n\nGet trending papers in your email inbox!\n\nnew\n\nTitle one\n\n{A}\n\nTitle two\n\n{B}",
    "no subscription": f"new\n\nby AK and the research community\n\nMarch 11\n\nTitle one\n\n{A}\n\nTitle two\n\n{B}",
    "only the date": f"11 March\n\nTitle one\n\n{A}\n\nTitle two\n\n{B}",
    "date with a weekday": f"Monday, Mar 11\n\nTitle one\n\n{A}\n\nTitle two\n\n{B}",
    "spaces around": MASTHEAD.replace("\n", "  \n ") + f" Title one \n \n\t{A} \n\u00a0\nTitle two\n\n\n\n{B}\n\n\n",
    "votes": MASTHEAD + f"123\n\nTitle one\n\n{A}\n\n1.2k\n\nTitle two\n\nUpvote\n\n·7 authors\n\n{B}\n\nNext\n",
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_variations(tmp_path: Path, name: str) -> None:
    papers, problems = read_bytes(tmp_path, VARIATIONS[name], "page.txt")
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [("Title one", A), ("Title two", B)]
    assert [p.listings[0].date for p in papers] == ["--03-11", "--03-11"]


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("Mar 11, 2023", "2023-03-11"),
        ("11 March 2023", "2023-03-11"),
        ("2023-03-11", "2023-03-11"),
        ("Mar 11", "2024-03-11"),
        ("Feb 29", "2024-02-29"),
    ],
)
def test_a_year_on_the_page_wins(tmp_path: Path, date: str, found: str) -> None:
    papers, _ = read_bytes(tmp_path, MASTHEAD.replace("Mar 11", date) + f"Title one\n\n{A}", year=2024)
    assert [p.listings[0].date for p in papers] == [found]


def test_without_a_date(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, MASTHEAD.replace("Mar 11\n\n", "") + f"Title one\n\n{A}", year=2024)
    assert papers[0].listings[0].date is None


def test_several_days_on_one_page(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, MASTHEAD + f"Title one\n\n{A}\n\nMar 10\n\nTitle two\n\n{B}\n")
    assert [(p.listings[0].date, p.listings[0].position) for p in papers] == [("--03-11", 1), ("--03-10", 2)]


def test_an_abstract_of_several_paragraphs_keeps_them(tmp_path: Path) -> None:
    long = f"{A}\n\nOne sentence more.\n\n{B}"
    papers, problems = read_bytes(tmp_path, MASTHEAD + f"Title one\n\n{long}\n\nTitle two\n\n{B}\n")
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [("Title one", long), ("Title two", B)]


def test_an_abstract_broken_to_a_width_keeps_its_lines(tmp_path: Path) -> None:
    broken = A.replace(". ", ".\n") + "\nmodels\nand more of them."
    papers, problems = read_bytes(tmp_path, MASTHEAD + f"Title one\n\n{broken}\n\nTitle two\n\n{B}\n")
    assert not problems
    assert [p.abstract for p in papers] == [broken, B]


def test_a_title_without_abstract_is_told_and_does_not_shift_the_others(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, MASTHEAD + f"Lonely\n\nTitle one\n\n{A}\n\nTitle two\n\n{B}\n\nLast\n")
    assert [(p.title, p.listings[0].position) for p in papers] == [("Title one", 2), ("Title two", 3)]
    assert lines(problems) == [
        "input:11: no abstract; nothing to do: the record is left out",
        "input:21: no abstract; nothing to do: the record is left out",
    ]


def test_short_abstracts(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, MASTHEAD + f"Title one\n\nWord\n\nTitle two\n\nWe do it.\n\nTitle three\n\n{A}\n")
    assert [(p.title, p.abstract) for p in papers] == [
        ("Title one", "Word"),
        ("Title two", "We do it."),
        ("Title three", A),
    ]


def test_real_papers_on_a_page_of_their_own(tmp_path: Path) -> None:
    """Titles with LaTeX and question marks, abstracts with line breaks and indented paragraphs."""
    real, _ = read(DATA / "arxiv-20.jsonl")
    papers, problems = read_bytes(tmp_path, MASTHEAD + "\n\n".join(f"{p.title}\n\n{p.abstract}" for p in real))
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [(p.title, p.abstract) for p in real]


def test_one_abstract_is_no_page() -> None:
    assert format_of(f"Title one\n\n{A}") == "plain text"
    assert format_of(f"Title one\n\n{A}\n\n{B}\n\nA last remark.") == "plain text"
    assert format_of(f"Title one\n\n{A}\n\nTitle two\n\n{B}") == "page"


def test_reading_pages_loads_no_library_of_another_format() -> None:
    heavy = "pyarrow bibtexparser feedparser rispy spacy rdflib"
    code = (
        "import sys; from kg import readers; from kg.resources import SAMPLE; n = len(list(readers.read([SAMPLE])));"
        f"print(n, [m for m in {heavy!r}.split() if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "435 []"
