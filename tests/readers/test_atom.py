"""arXiv's Atom feed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import lines, read_bytes

ENTRY = """<entry>
<id>http://arxiv.org/abs/2506.05904v1</id>
<updated>2025-06-07T09:23:29Z</updated><published>2025-06-06T09:23:29Z</published>
<title>Proactive &lt;script&gt; Assistant
  Dialogue</title>
<summary>  Recent &lt;script&gt;alert(1)&lt;/script&gt; &amp; a &lt; b,
line two with $x_1$ &#233;.
</summary>
<author><name>Yichi Zhang</name></author><author><name>Xin Luna Dong</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1145/X</arxiv:doi>
<link href="http://arxiv.org/abs/2506.05904v1" rel="alternate" type="text/html"/>
<link title="pdf" href="http://arxiv.org/pdf/2506.05904v1" rel="related" type="application/pdf"/>
<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><category term="cs.AI"/>
</entry>
"""
START = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>Query</title>\n'
FEED = f"{START}{ENTRY}<entry><id>x</id><title>No summary</title></entry>{ENTRY.replace('05904', '05905')}</feed>\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_entries(tmp_path: Path, encoding: str) -> None:
    papers, problems = read_bytes(tmp_path, FEED.encode(encoding), "a.xml")
    assert lines(problems) == ["a.xml#2: no abstract; nothing to do: the record is left out"]
    paper, other = papers
    assert paper.id == "http://arxiv.org/abs/2506.05904v1"
    assert (paper.arxiv_id, other.arxiv_id) == ("2506.05904", "2506.05905")
    assert paper.title == "Proactive <script> Assistant\n  Dialogue"
    assert paper.abstract == "Recent <script>alert(1)</script> & a < b,\nline two with $x_1$ é."
    assert paper.authors == ("Yichi Zhang", "Xin Luna Dong")
    assert (paper.date, paper.doi) == ("2025-06-06", "10.1145/x")
    assert paper.url == "http://arxiv.org/abs/2506.05904v1"
    assert paper.categories == ("cs.CL", "cs.AI")
    assert other.sources == ("a.xml#3",)


def test_a_feed_that_breaks_off(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, FEED[: FEED.rindex("line two")])
    assert [p.arxiv_id for p in papers] == ["2506.05904"]
    assert "not valid Atom (it ends too early)" in str(problems[0])
    assert problems[0].whole_file


def test_entities_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    bomb = f'<?xml version="1.0"?>\n<!DOCTYPE feed [<!ENTITY l0 "lol">{entities}]>\n' + FEED.split("\n", 1)[1]
    local = f'<!DOCTYPE feed [<!ENTITY l0 SYSTEM "file:///etc/passwd">]>\n{FEED.split(chr(10), 1)[1]}'
    for text in (bomb, local):
        papers, problems = read_bytes(tmp_path, text.replace("Recent", "&l9;"), "a.xml")
        assert papers == []
        assert "it declares entities" in str(problems[0])


def test_an_abstract_that_speaks_of_doctypes(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, FEED.replace("Recent", "<![CDATA[<!DOCTYPE html>]]>"))
    assert papers[0].abstract.startswith("<!DOCTYPE html>")
