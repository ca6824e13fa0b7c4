"""What users name, and which files that is."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.readers import digest, expand, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", ".git/d.txt", "sub/.e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Title of {name}\n\nThe abstract of {name}.")
    return tmp_path


def test_a_folder_is_all_its_files_in_order_without_hidden_ones(folder: Path) -> None:
    assert [f.label for f in expand([folder])] == ["a.txt", "b.txt", "sub/c.txt"]


def test_inputs_keep_their_order_and_come_once(folder: Path) -> None:
    link = folder / "link.txt"
    link.symlink_to(folder / "a.txt")
    found = expand([folder / "b.txt", link, folder, str(folder / "sub" / ".." / "b.txt")])
    assert [f.label for f in found] == ["b.txt", "link.txt", "sub/c.txt"]


def test_patterns(folder: Path) -> None:
    assert [f.label for f in expand([str(folder / "*.txt")])] == ["a.txt", "b.txt"]
    assert [f.label for f in expand([str(folder / "**" / "*.txt")])] == ["a.txt", "b.txt", "sub/c.txt"]
    assert [f.label for f in expand([str(folder / "s*")])] == ["sub/c.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "a[1].txt").write_text("x")
    assert [f.label for f in expand([folder / "a[1].txt"])] == ["a[1].txt"]


def test_labels_do_not_depend_on_where_the_folder_lies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absolute = [f.label for f in expand([folder])]
    monkeypatch.chdir(folder.parent)
    assert [f.label for f in expand([folder.name])] == absolute


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere.txt", "no such file or folder"),
        ("nothing-*.txt", "the pattern matches no file"),
        ("empty", "the folder holds no readable file"),
        ("nul\0", "no such file or folder"),
        ("x" * 5000, "no such file or folder"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_read(folder: Path, given: str, message: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(KgError, match=message):
        read([folder / "a.txt", str(folder / given)])  # the papers are not even asked for


def test_no_input() -> None:
    with pytest.raises(KgError, match="no input given"):
        expand([])


def test_digest_is_of_the_file_as_stored(folder: Path) -> None:
    assert digest(folder / "a.txt") == hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()


def test_a_pipe_is_read_and_has_no_digest(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, b"A title\n\nAn abstract.")
    os.close(theirs)
    path = Path(f"/dev/fd/{ours}")
    if not path.exists():
        pytest.skip("needs /dev/fd")
    assert digest(path) is None
    assert [p.abstract for p in read([path])] == ["An abstract."]
    os.close(ours)


def test_standard_input() -> None:
    code = "from kg.readers import read; print([(p.title, p.sources) for p in read(['-'])])"
    packed = gzip.compress(b"title,abstract\nA,B\n")
    done = subprocess.run([sys.executable, "-c", code], input=packed, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[('A', ('stdin:2',))]"
