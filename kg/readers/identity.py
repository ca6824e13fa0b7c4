"""What tells that two records are the same paper: arXiv identifiers, DOIs, normalised titles."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NEW = r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z][a-z-]*(?:\.[A-Z]{2})?/\d\d(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = rf"(?P<id>{_NEW}|{_OLD})(?:v\d+)?"

_BARE = re.compile(rf"\s*(?:arxiv\s*:\s*)?{_ARXIV}(?:\s*\[[^\]]*\])?\s*", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"\s*(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|alphaxiv\.org|huggingface\.co)"
    rf"/(?:abs|pdf|html|format|ps|src|e-print|papers|overview)/{_ARXIV}(?:\.pdf)?/?(?:[?#].*)?\s*",
    re.IGNORECASE,
)
_DATACITE = re.compile(rf"10\.48550/arxiv\.{_ARXIV}", re.IGNORECASE)
_OAI = re.compile(rf"\s*oai:arxiv\.org:{_ARXIV}\s*", re.IGNORECASE)

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s*:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)

_NOT_WORD = re.compile(r"[^\w]+|_+")


def arxiv_id(text: str) -> str | None:
    """The arXiv identifier that a text consists of, without version, or None.

    Understands the bare identifier, ``arXiv:…``, the addresses of arXiv and of the sites that take over
    its identifiers, the OAI identifier, and arXiv's own DOI.

    >>> arxiv_id("https://arxiv.org/pdf/2506.05904v2.pdf")
    '2506.05904'
    >>> arxiv_id("math.GT/0309136v1")
    'math/0309136'
    >>> arxiv_id("2024.12345") is None  # there is no month 24
    True
    """
    found = next((m for m in (p.fullmatch(text) for p in (_BARE, _ADDRESS, _OAI)) if m), None)
    found = found or _DATACITE.fullmatch(doi(text) or "")
    if not found:
        return None
    # Since 2007 the subject class is no part of an old identifier.
    return re.sub(r"\.[a-z]{2}/", "/", found["id"].lower())


def doi(text: str) -> str | None:
    """The DOI that a text consists of, in lower case and without resolver, or None.

    >>> doi("https://doi.org/10.1145/3292500.3330701")
    '10.1145/3292500.3330701'
    """
    found = _DOI.fullmatch(text.strip())
    return found[1].lower().rstrip(".,;") if found else None


def normalised_title(title: str) -> str:
    """The words of a title in Unicode's compatible form, case folded, one space between them.

    Titles that differ in case, spacing, line breaks and punctuation alone have the same.

    >>> normalised_title("PAL:  Program-aided\\nLanguage Models.")
    'pal program aided language models'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return _NOT_WORD.sub(" ", folded).strip()


def title_id(title: str, abstract: str = "") -> str:
    """An identifier for a paper that gives none: ``title:`` and 12 hexadecimal digits.

    The digits begin the SHA-256 of the normalised title. A title without a letter or digit counts as it
    stands; a paper without a title gets ``text:`` and the digits of its abstract, lest all such be one.
    """
    kind, key = ("title", normalised_title(title) or title) if title.strip() else ("text", abstract)
    return f"{kind}:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
