"""Same paper, same identifier: arXiv identifiers, DOIs and titles as they are found in the wild."""

from __future__ import annotations

import pytest

from kg.readers.identity import arxiv_id, doi, normalised_title, title_id


@pytest.mark.parametrize(
    "text",
    [
        "2506.05904",
        "2506.05904v2",
        " arXiv:2506.05904v12 ",
        "arXiv:2506.05904 [cs.CL]",
        "http://arxiv.org/abs/2506.05904v1",
        "https://arxiv.org/pdf/2506.05904v2.pdf",
        "https://export.arxiv.org/abs/2506.05904?context=cs",
        "arxiv.org/html/2506.05904v1#S1",
        "https://huggingface.co/papers/2506.05904",
        "oai:arXiv.org:2506.05904",
        "10.48550/arXiv.2506.05904",
        "https://doi.org/10.48550/ARXIV.2506.05904",
    ],
)
def test_arxiv_identifiers_lose_version_and_address(text: str) -> None:
    assert arxiv_id(text) == "2506.05904"


@pytest.mark.parametrize(
    ("text", "found"),
    [("cs/0301012v3", "cs/0301012"), ("math.GT/0309136", "math/0309136"), ("hep-th/9901001", "hep-th/9901001")],
)
def test_old_arxiv_identifiers(text: str, found: str) -> None:
    assert arxiv_id(text) == found


@pytest.mark.parametrize("text", ["", "2024.12345", "12345678", "2506.05904 and more", "10.1145/2506.05904", "v1"])
def test_what_is_no_arxiv_identifier(text: str) -> None:
    assert arxiv_id(text) is None


@pytest.mark.parametrize(
    "text", ["10.1145/ABC.1", "https://doi.org/10.1145/abc.1", "http://dx.doi.org/10.1145/Abc.1", "doi: 10.1145/abc.1."]
)
def test_dois_are_lower_case_without_resolver(text: str) -> None:
    assert doi(text) == "10.1145/abc.1"


def test_what_is_no_doi() -> None:
    assert doi("11.1145/abc") is None
    assert doi("see 10.1145/abc") is None


def test_titles_that_differ_in_writing_alone_are_the_same() -> None:
    same = [
        "PAL: Program-aided Language Models",
        "Pal:  program‑aided\n language models.",
        "ＰＡＬ Program aided LANGUAGE Models",
    ]
    assert len({title_id(t) for t in same}) == 1
    assert title_id(same[0]).startswith("title:")
    assert len(title_id(same[0])) == len("title:") + 12


def test_different_titles_differ() -> None:
    assert title_id("GPT-3") != title_id("GPT-4")
    assert title_id("$$$") != title_id("???")
    assert normalised_title("标题") == "标题"


def test_papers_without_a_title_are_told_apart_by_their_abstracts() -> None:
    assert title_id("", "We do A.") != title_id("", "We do B.")
    assert title_id(" ", "We do A.").startswith("text:")
