"""`kg build` from real pages to complete files, run as users run it."""

from __future__ import annotations

import filecmp
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import igraph
import networkx as nx
import pytest

import kg
from kg.export import EXPORTERS
from tests.conftest import GOLD, ROOT

KG = [sys.executable, "-m", "kg"]


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KG, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of `kg build --sample`."""
    out = tmp_path_factory.mktemp("sample")
    done = run("build", "--sample", "--out", out)
    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr
    assert "346 papers (435 listings)" in done.stdout
    assert "index.html" in done.stdout
    assert done.stdout.count("kg query") == 3
    return out


def test_the_sample_gives_346_papers_and_every_file(sample: Path) -> None:
    assert {p.name for p in sample.iterdir()} == {*EXPORTERS, "report.json"}
    report = json.loads((sample / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["listings"] == 435
    assert report["counts"]["papers"] == 346
    assert report["counts"]["entities"] > 1500
    assert report["skipped"]["count"] == 0
    assert all(len(i["sha256"]) == 64 for i in report["inputs"])


def test_two_builds_are_equal_to_the_byte(sample: Path, tmp_path: Path) -> None:
    assert run("build", "--sample", "--out", tmp_path).returncode == 0
    _, differ, failed = filecmp.cmpfiles(sample, tmp_path, list(EXPORTERS), shallow=False)
    assert (differ, failed) == ([], [])
    one, other = (json.loads((d / "report.json").read_text()) for d in (sample, tmp_path))
    for report in (one, other):
        del report["timings"], report["peak_memory_mb"]
    assert one == other


def test_graph_programs_read_it(sample: Path) -> None:
    graph = kg.load(sample)
    nodes, edges = graph.networkx.number_of_nodes(), graph.networkx.number_of_edges()
    for read, name in ((nx.read_graphml, "graph.graphml"), (nx.read_gexf, "graph.gexf")):
        found = read(sample / name)
        assert (found.number_of_nodes(), found.number_of_edges()) == (nodes, edges)
    found = igraph.Graph.Read_GraphML(str(sample / "graph.graphml"))
    assert (found.vcount(), found.ecount()) == (nodes, edges)


def test_what_was_built_can_be_loaded_shown_asked_and_counted(sample: Path) -> None:
    shown = run("show", sample, "HumanEval")
    assert shown.returncode == 0
    assert "Benchmark" in shown.stdout
    assert "“" in shown.stdout  # a quoted sentence
    assert run("stats", sample).stdout.split()[:1] == ["count"]
    asked = run("query", sample, "SELECT (COUNT(?p) AS ?n) WHERE { ?p a kg:Paper }", "--format", "csv")
    assert asked.stdout.split() == ["n", "346"]
    names = run("query", sample).stdout
    assert "top-benchmarks" in names
    for line in names.splitlines()[1:]:
        if line and not line.startswith(" "):
            assert run("query", sample, line.split()[0]).returncode == 0


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_the_python_of_the_documentation_runs(sample: Path, tmp_path: Path, document: str) -> None:
    (tmp_path / "outputs").symlink_to(sample)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        if "kg.build(" not in block:  # names files that only a user has
            code = 'import kg\ng = kg.load("outputs")\n' + block
            done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            assert done.stdout


def test_a_name_that_is_not_there_gets_similar_ones(sample: Path) -> None:
    done = run("show", sample, "HumanEvil")
    assert done.returncode == 1
    assert "similar:" in done.stderr
    assert "HumanEval" in done.stderr


# Bad input


def line_of(done: subprocess.CompletedProcess[str]) -> str:
    """The only line on standard error, but for progress."""
    assert "Traceback" not in done.stderr
    lines = [x for x in done.stderr.splitlines() if x.startswith(("error:", "warning:"))]
    assert len(lines) == 1, done.stderr
    return lines[0]


ABSTRACT = "We introduce FIRST, a listwise reranker, and evaluate it on BEIR. FIRST outperforms RankZephyr."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("binary.bin", bytes(range(256)) * 40, "not text"),
        ("no.csv", b"colour,size\nred,3\n", "no column for"),
        ("no.bib", b"@article{x, title={A title}, year={2024}}\n", "no abstract"),
    ],
)
def test_input_without_a_paper_is_one_line_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("build", tmp_path / name, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert name in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_path_is_one_line(tmp_path: Path) -> None:
    done = run("build", tmp_path / "nowhere.txt", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "nowhere.txt: no such file or folder" in line_of(done)


def test_one_bad_record_does_not_stop_the_build(tmp_path: Path) -> None:
    good = json.dumps({"title": "FIRST", "abstract": ABSTRACT})
    (tmp_path / "some.jsonl").write_text(f"{good}\n{{broken\n", encoding="utf-8")
    done = run("build", tmp_path / "some.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "some.jsonl:2" in line_of(done)
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["skipped"]["count"] == 1
    assert "some.jsonl:2" in report["skipped"]["problems"][0]["where"]
    strict = run("build", tmp_path / "some.jsonl", "--out", tmp_path / "strict", "--strict")
    assert strict.returncode == 1
    assert not (tmp_path / "strict").exists()


def test_of_a_cut_file_what_came_before_is_built_and_the_status_is_1(tmp_path: Path) -> None:
    import gzip

    lines = [json.dumps({"title": f"Paper {i} {os.urandom(40).hex()}", "abstract": ABSTRACT}) for i in range(300)]
    packed = gzip.compress("\n".join(lines).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = run("build", tmp_path / "cut.jsonl.gz", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "cut.jsonl.gz" in line_of(done)
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert 100 < report["counts"]["papers"] < 200


@pytest.mark.parametrize(
    "abstract",
    [
        "Transformers.",
        "我们提出了一种新的大语言模型，并在 GSM8K 上进行评估。",
        r"$\mathcal{L}(\theta) = \sum_{i} \log p_\theta(x_i)$ \textbf{\emph{x}}",
        f"<script>alert(1)</script> {ABSTRACT} </script>",
        f'"{ABSTRACT}" \\ \\n \\u0041 \' “”',
        "We\nuse\tBERT\x00\x01\x0b\x1f\x7f\x85\u2028 and \ud800 RoBERTa.",
        ABSTRACT * 2000,
    ],
    ids=["one word", "Chinese", "LaTeX", "script", "quotes", "controls", "200,000 characters"],
)
def test_any_abstract_is_built_and_every_export_of_it_is_sound(tmp_path: Path, abstract: str) -> None:
    import pyoxigraph

    record = {"title": 'A <b>title</b> & "more"', "abstract": abstract}
    (tmp_path / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
    done = run("build", tmp_path / "one.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    out = tmp_path / "out"
    assert sum(1 for _ in pyoxigraph.parse(path=str(out / "graph.ttl"))) > 3
    assert nx.read_graphml(out / "graph.graphml").number_of_nodes() >= 1
    assert len(list(kg.load(out).papers())) == 1


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    source = GOLD / "dev.docs.jsonl"
    (tmp_path / "file").write_text("mine")
    done = run("build", source, "--out", tmp_path / "file")
    assert done.returncode == 1
    assert "is not a folder" in line_of(done)
    done = run("build", source, "--out", "/proc/kg")
    assert done.returncode == 1
    assert "cannot be written" in line_of(done)


def test_a_full_disk_leaves_the_earlier_build_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("earlier")
    limit = 300_000  # bytes: less than the larger files, more than the first ones

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run("build", GOLD / "dev.docs.jsonl", "--out", tmp_path, preexec_fn=small_disk)
    assert done.returncode == 1
    assert "cannot be written" in line_of(done)
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]
    assert (tmp_path / "graph.ttl").read_text() == "earlier"


@pytest.mark.parametrize("said", ["Reading papers", "Joining"], ids=["while reading abstracts", "while writing"])
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, said: str) -> None:
    build = [*KG, "build", "--sample", "--out", str(tmp_path / "out")]
    process = subprocess.Popen(build, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr
    while not process.stderr.readline().startswith(said):  # a line about a stage comes when the next begins
        assert process.poll() is None
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("error: stopped by the user")
    assert "Traceback" not in out + err
    assert not (tmp_path / "out").exists()


def test_no_input_and_wrong_usage(tmp_path: Path) -> None:
    done = run("build", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "--sample" in line_of(done)
    assert run("build", "--colour").returncode == 2
    assert run("query").returncode == 2
    assert run("nonsense").returncode == 2


@pytest.mark.parametrize("command", ["build", "extract", "query", "show", "stats", "eval", "train"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"kg {command} " in done.stdout


def test_import_is_quick_and_loads_nothing_heavy() -> None:
    code = "import sys, kg; print([m for m in ('spacy', 'numpy', 'rdflib', 'pyarrow', 'networkx') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_folder_that_holds_no_graph_is_one_line() -> None:
    done = run("stats", ROOT / "docs")
    assert done.returncode == 1
    assert "holds no graph" in line_of(done)
