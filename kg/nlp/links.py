"""URLs that an abstract gives, and what they lead to."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import attributes
from kg.records import Link

_HOSTS = r"(?:github|gitlab|bitbucket|huggingface|zenodo|kaggle)\.(?:com|org|co)"
_URL = re.compile(
    rf"(?:https?://[^\s<>\"{{}}|\\^`]+|\bwww\.[^\s<>\"{{}}|\\^`]+|\b{_HOSTS}/[^\s<>\"{{}}|\\^`]+|(?<![\w-])[\w-]{{1,63}}\.github\.io\b[^\s<>\"{{}}|\\^`]*)"
)
_TRAILING = ".,;:!?'\"’”*_~$"
_KINDS = (  # the first that fits: by address, then by the words before it
    ("data", re.compile(r"huggingface\.co/datasets|zenodo\.org|kaggle\.com/datasets|figshare", re.IGNORECASE)),
    ("code", re.compile(r"github\.com|gitlab\.|bitbucket\.|huggingface\.co|anonymous\.4open", re.IGNORECASE)),
)
_WORDS = (
    (
        "code",
        re.compile(
            r"\b(?:source code|code|implementation|models?|weights|checkpoints?|software|toolkit)\b", re.IGNORECASE
        ),
    ),
    ("data", re.compile(r"\b(?:data|datasets?|corpus|corpora|benchmark)\b", re.IGNORECASE)),
)
_BEFORE = 100  # characters in which the words are looked for


def find_links(text: str) -> list[Link]:
    """The URLs of a text, without the punctuation that ends the sentence or the parenthesis around it.

    >>> [(x.url, x.kind) for x in find_links("Code is at (https://github.com/a/b). See www.x.org/y_(z).")]
    [('https://github.com/a/b', 'code'), ('www.x.org/y_(z)', 'page')]
    """
    out = []
    for match in _URL.finditer(text):
        url = _trimmed(match.group())
        if "." in url.removeprefix("www."):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            out.append(Link(url, _kind(url, before), match.start(), match.start() + len(url)))
    return out


def _trimmed(url: str) -> str:
    while url and (
        url[-1] in _TRAILING or (url[-1] in ")]" and url.count("([ "[")]".index(url[-1])]) < url.count(url[-1]))
    ):
        url = url[:-1]
    return url


def _kind(url: str, before: str) -> str:
    for kind, pattern in _KINDS:
        if pattern.search(url):
            return kind
    for kind, pattern in _WORDS:
        if pattern.search(before.rpartition(". ")[2]):
            return kind
    return "page"


@Language.factory("kg_links")
def make_links(nlp: Language, name: str) -> Links:
    """The component; it needs nothing."""
    attributes.register()
    return Links()


class Links:
    """Sets ``doc._.kg_links``."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_links = tuple(find_links(doc.text))
        return doc
