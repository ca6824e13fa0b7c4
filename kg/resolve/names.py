"""Names: when two strings are the same name, and how a name becomes part of an IRI."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

from kg.nlp.forms import singular

_SEPARATORS = re.compile(r"[\s\-_‐-―−]+")
_JOINT = re.compile(r"(?<!\d) | (?!\d)")
_SPELLINGS = (  # British and American
    (re.compile(r"\b(mode|labe|signa)ll(?=ing|ed|er)"), r"\1l"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"\bbehaviour"), "behavior"),
)
_POSSESSIVE = re.compile(r"['’]s\b")
_ALL_CAPITALS = re.compile(r"[A-Z0-9]S\W*$")  # the S of "KITS" is no plural, that of "LLMs" is
_EDGES = ".,;:!?\"'“”‘’`()[]{}"
_NOT_PLURAL_WORDS = {
    "atlas",
    "canvas",
    "chaos",
    "ethos",
    "kudos",
    "lens",
    "mars",
    "news",
    "pandas",
    "series",
    "species",
}
_LONGEST_SLUG = 100  # characters; longer names would make unwieldy IRIs and file names


@lru_cache(maxsize=1 << 16)
def normal_form(name: str) -> str:
    """The form under which equal names are equal.

    Unicode compatibility characters are unified (NFKC), case, hyphens, underscores, runs of white
    space, possessives and enclosing punctuation are disregarded, and the last word is put into the
    singular. The result is never empty unless ``name`` has no visible character.

    >>> normal_form("Chain-of-Thought") == normal_form("chain of  thought")
    True
    >>> normal_form("reward models"), normal_form("GPT-4's"), normal_form("BLEU")
    ('reward model', 'gpt 4', 'bleu')
    >>> normal_form("statistics"), normal_form("LLMs"), normal_form("KITS"), normal_form("policies")
    ('statistics', 'llm', 'kits', 'policy')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    text = _SEPARATORS.sub(" ", _POSSESSIVE.sub("", folded)).strip()
    stripped = text.strip(_EDGES + " ")
    head, _, last = (stripped or text).rpartition(" ")
    if last not in _NOT_PLURAL_WORDS and not _ALL_CAPITALS.search(name):
        last = singular(last)
    return f"{head} {last}" if head else last


@lru_cache(maxsize=1 << 16)
def identity(name: str) -> str:
    """What two spellings of one name have in common: the normal form, written together.

    Spaces count only between digits, where they tell sizes and versions apart; spelling is American.

    >>> identity("multi-modal models") == identity("multimodal model"), identity("GPT 4") == identity("GPT4")
    (True, True)
    >>> identity("Llama 3 8B") == identity("Llama 38B")
    False
    """
    form = normal_form(name)
    for british, american in _SPELLINGS:
        form = british.sub(american, form)
    return _JOINT.sub("", form)


def is_acronym(short: str, long: str) -> bool:
    """Whether ``short`` abbreviates the words of ``long``: its letters are found in them in order,
    its first letter at the start of the first word, and each further one at the start of a word or
    behind a letter already matched (after Schwartz & Hearst 2003, section 3, made stricter: at
    least two letters must begin words).

    >>> is_acronym("RAG", "retrieval-augmented generation"), is_acronym("BERT", "GPT"), is_acronym("LLMs", "LLM")
    (True, False, False)
    >>> is_acronym("MTEB", "Massive Text Embedding Benchmark"), is_acronym("CoT", "chain-of-thought prompting")
    (True, True)
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1:] == "s" and short[:-1].isupper():
        letters.pop()
    words = [w for w in re.split(r"[^\w]+", long.casefold()) if w]
    if len(letters) < 2 or len(words) < 2 or len(letters) > len(long) / 2 or words[0][0] != letters[0]:
        return False
    return _abbreviates(tuple(letters), tuple(words))


def _abbreviates(letters: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the letters can be taken in order from the words, each word's first letter or a later one of a
    word whose first letter was taken, with at least two words begun; words may be skipped."""
    states = {(0, 0)}  # (letters used, words begun), kept small: only what is reachable
    for word in words:
        after = set(states)
        for used, begun in states:
            if used < len(letters) and word[0] == letters[used]:
                position, taken = 1, used + 1
                after.add((taken, begun + 1))
                while taken < len(letters) and (found := word.find(letters[taken], position)) >= 0:
                    position, taken = found + 1, taken + 1
                    after.add((taken, begun + 1))
        states = after
    return any(used == len(letters) and begun >= 2 for used, begun in states)


def slug(name: str) -> str:
    """A name as one segment of an IRI's path: readable, ASCII, and different for different names.

    Spaces become ``-``; all but letters, digits and ``.`` is percent-encoded in UTF-8 (``-`` too), so
    that :func:`unslug` gives the name back. Names whose slug would pass 100 characters are cut and
    end in ``~`` and 12 hex digits of their SHA-256; these alone cannot be turned back.

    >>> slug("gpt 3.5 turbo"), slug("c++"), slug("日本")
    ('gpt-3.5-turbo', 'c%2B%2B', '%E6%97%A5%E6%9C%AC')
    """
    encoded = quote(name.encode("utf-8", "surrogatepass"), safe="").replace("-", "%2D")
    encoded = encoded.replace("_", "%5F").replace("~", "%7E").replace("%20", "-")
    if encoded in (".", ".."):  # would be resolved away as a path segment
        encoded = encoded.replace(".", "%2E")
    if len(encoded) > _LONGEST_SLUG:
        cut = re.sub(r"%.?$", "", encoded[: _LONGEST_SLUG - 13])
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return f"{cut}~{digest}"
    return encoded


def unslug(segment: str) -> str:
    """The name that :func:`slug` made ``segment`` of; raises ValueError for one that was cut.

    >>> unslug("gpt-3.5-turbo"), unslug("c%2B%2B")
    ('gpt 3.5 turbo', 'c++')
    """
    if "~" in segment:
        raise ValueError(f"{segment} was cut")
    return unquote(segment.replace("-", "%20"), errors="surrogatepass")
