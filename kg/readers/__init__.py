"""Files in many formats to papers: ``read`` is all that the other parts use.

>>> from kg.resources import SAMPLE
>>> papers = list(read([SAMPLE]))
>>> len(papers), papers[0].listings[0].date
(435, '--03-11')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import Message, Messages, Report, ignore
from kg.readers import columns as _columns
from kg.readers.inputs import Input, digest, expand
from kg.records import Paper

__all__ = ["Input", "digest", "expand", "read"]


def read(
    inputs: Sequence[str | Path],
    *,
    year: int | None = None,
    columns: Mapping[str, str] | None = None,
    report: Report = ignore,
) -> Iterator[Paper]:
    """Papers of all inputs, in the order given; a file that is named twice is read once.

    Formats are told by content (see :data:`kg.readers.detect.FORMATS`), packed (gzip, xz, Zstandard) or not.

    Parameters
    ----------
    inputs : files, folders, patterns, or ``"-"`` for standard input; see :func:`kg.readers.inputs.expand`.
    year : year of pages whose date has none.
    columns : column name of a field (``{"abstract": "description"}``), where it is not the usual one. The
        fields are the keys of :data:`kg.readers.columns.FIELDS`.
    report : takes each problem that does not stop the run: one for each record, or file, that is left out.

    Returns
    -------
    An iterator that reads on demand. A paper that is listed twice comes twice. ``title`` and ``abstract``
    are exactly as in the input, but for lone surrogates, which become U+FFFD.

    Raises
    ------
    KgError : at once, where an input does not exist or a field of ``columns`` is unknown.
    """
    stated = dict(columns or {})
    _columns.check(stated)
    return _read(expand(inputs), year, stated, report)


def _read(files: Sequence[Input], year: int | None, columns: Mapping[str, str], report: Report) -> Iterator[Paper]:
    from kg.readers.detect import detect
    from kg.readers.source import open_source

    for file in files:
        with open_source(file, year=year, columns=columns, report=report) as source:
            found = detect(source)
            if not isinstance(found, Message):
                none = True
                for paper in found.read(source):
                    none = False
                    yield paper
                if none and not source.problems:
                    source.tell(Messages.NO_PAPERS, whole_file=True)
            elif not source.cut:  # an input that could not be opened has been reported
                source.tell(found, whole_file=True)
