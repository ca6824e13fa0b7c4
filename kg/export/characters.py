"""Which characters of a paper's text the exported files can hold.

Text is never cut or shifted: a character that a format cannot hold becomes U+FFFD, one for one, so
that offsets in characters stay right.

- **Text formats** (RDF, GraphML, GEXF, CSV) hold the characters of XML 1.0: all but NUL and the other
  C0 controls (tab, line feed and carriage return stay), surrogates, U+FFFE and U+FFFF. RDF escapes could
  write more, but ``xsd:string`` is defined over these characters, Raptor cuts a literal at NUL and refuses
  U+FFFE, and SPARQL answers in XML must be well-formed.
- **Parquet** holds all that UTF-8 does: everything but lone surrogates.
"""

from __future__ import annotations

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


def xml_text(text: str) -> str:
    """``text`` with U+FFFD for every character that XML 1.0 (section 2.2) has no room for.

    >>> xml_text("a\\x00b\\tc")
    'a�b\\tc'
    """
    return _NOT_XML.sub("\ufffd", text)


def utf8_text(text: str) -> str:
    """``text`` with U+FFFD for every lone surrogate."""
    return _NOT_UTF8.sub("\ufffd", text)
