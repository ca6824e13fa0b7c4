"""BibTeX as it is exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import lines, read_bytes

FILE = r"""
% exported
@string{acl = {ACL}}

@inproceedings{devlin2019bert,
  title     = {{BERT}: Pre-training of {D}eep
               Bidirectional Transformers},
  author    = {Devlin, Jacob and Chang, Ming-Wei and {\'E}mile Zol{\'a} and {Google and Friends} and others},
  booktitle = acl,
  year = 2019, month = jun,
  doi       = {10.18653/V1/N19-1423},
  url       = {https://aclanthology.org/N19-1423/?a=50%25&b=c_d},
  keywords  = {nlp, pre-training},
  abstract  = "We introduce {BERT}.  It improves 5% over
      $O(n^2)$ \& costs \$5; {\em much} \texttt{x\_y} <b> 7.7\% \href{http://a}{here}."
}
"""


def test_an_entry_is_decoded(tmp_path: Path) -> None:
    (paper,), problems = read_bytes(tmp_path, FILE, "a.bib")
    assert not problems
    assert paper.id == "devlin2019bert"
    assert paper.title == "BERT: Pre-training of Deep Bidirectional Transformers"
    assert paper.abstract == "We introduce BERT. It improves 5% over $O(n^2)$ & costs $5; much x_y <b> 7.7% here."
    assert paper.authors == ("Jacob Devlin", "Ming-Wei Chang", "Émile Zolá", "Google and Friends")
    assert paper.date == "2019-06"
    assert paper.doi == "10.18653/v1/n19-1423"
    assert paper.url == "https://aclanthology.org/N19-1423/?a=50%25&b=c_d"
    assert paper.categories == ("nlp", "pre-training")
    assert paper.sources == ("a.bib:5",)


@pytest.mark.parametrize(
    "field",
    [
        "eprint={2506.05904v2}, archivePrefix={arXiv}",
        "journal={arXiv preprint arXiv:2506.05904}",
        "journal={CoRR}, volume={abs/2506.05904}",
        "url={https://arxiv.org/abs/2506.05904v1}",
        "note={arXiv:2506.05904 [cs]}",
        "doi={10.48550/ARXIV.2506.05904}",
    ],
)
def test_an_arxiv_identifier_wherever_exports_put_it(tmp_path: Path, field: str) -> None:
    (paper,), _ = read_bytes(tmp_path, f"@misc{{key, title={{T}}, abstract={{A}}, {field}}}")
    assert paper.arxiv_id == "2506.05904"
    assert paper.id == "key"


def test_an_entry_without_abstract_is_told_and_left_out(tmp_path: Path) -> None:
    text = "@article{a, title={A}}\n@article{b,\n title={B}, abstract={x}}\n@article{c, title={}, abstract={x}}"
    papers, problems = read_bytes(tmp_path, text, "a.bib")
    assert [p.id for p in papers] == ["b"]
    assert lines(problems) == [
        "a.bib:1: no abstract; nothing to do: the record is left out",
        "a.bib:4: no title; nothing to do: the record is left out",
    ]


def test_a_broken_entry_does_not_take_the_next_with_it(tmp_path: Path) -> None:
    text = (
        "@article{a, title={A}, abstract={x}}\n@article{b, title={B, abstract={x}\n@article{c, title={C}, abstract={x}}"
    )
    papers, problems = read_bytes(tmp_path, text, "a.bib")
    assert [p.id for p in papers] == ["a", "c"]
    assert lines(problems)[0].startswith("a.bib:2: not a record of a paper (not BibTeX: Unexpected block start")


def test_what_is_there_twice_is_read(tmp_path: Path) -> None:
    text = "@article{a, title={A}, abstract={x}}\n@article{a, title={B}, abstract={y}, title={C}}\n@string{s={S}}\n"
    text += "@article{a, title=s, abstract={z}}"
    papers, problems = read_bytes(tmp_path, text)
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [("A", "x"), ("B", "y"), ("S", "z")]


def test_other_fields_can_be_stated(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, "@article{a, title={A}, annote={x}}", columns={"abstract": "annote"})
    assert [p.abstract for p in papers] == ["x"]


def test_nothing_but_prose_in_a_file_of_that_name(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "This is no BibTeX.", "a.bib")
    assert papers == []
    assert lines(problems) == ["a.bib: no paper was found in the input; check that it holds titles and abstracts"]
