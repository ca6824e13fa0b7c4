"""Every message that a user can see about bad input or a failed run, in one place.

A :class:`Problem` is one line: where, what, what to do. Readers pass problems with single
records to a :data:`Report` and go on; what cannot go on raises :class:`KgError`, which carries
one. The command line prints either and never a traceback.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Message(NamedTuple):
    """A template: what happened, and what to do about it."""

    what: str
    todo: str


class Messages:
    """The catalogue. Fields in braces are filled when the problem is made."""

    # Inputs
    NO_SUCH_PATH = Message("no such file or folder", "check the spelling and the working folder")
    NO_MATCH = Message("the pattern matches no file", "quote it and check the folder")
    NO_INPUT = Message("no input given", "name a file or folder, or use --sample")
    EMPTY_FOLDER = Message("the folder holds no readable file", "name the files or another folder")
    UNREADABLE = Message("cannot be read ({reason})", "check its permissions")
    EMPTY = Message("the file is empty", "leave it out, or export it again")
    BINARY = Message("not text, and no format that kg reads", "export it as JSON Lines, CSV or BibTeX")
    TRUNCATED = Message(
        "the compressed file is damaged or cut off ({reason})", "fetch it again; what came before was kept"
    )
    TOO_LARGE = Message("{what} is larger than the limit of {limit}", "split it")
    UNKNOWN_FORMAT = Message("the format was not recognised", "see docs/formats.md for what kg reads")
    BROKEN = Message("not valid {format} ({reason})", "correct or export it again; the rest is read")
    NO_COLUMN = Message("no column for {missing}; found: {found}", "name it with {options}")
    BAD_MAP = Message(
        "{value!r} is not FIELD=COLUMN with a field of {fields}", "for example --map abstract=description"
    )
    NO_PAPERS = Message("no paper was found in the input", "check that it holds titles and abstracts")
    # Single records
    NOT_UTF8 = Message("not UTF-8 from byte {byte} on; what could not be read became U+FFFD", "save the file as UTF-8")
    NO_ABSTRACT = Message("no abstract", "nothing to do: the record is left out")
    NO_TITLE = Message("no title", "nothing to do: the record is left out")
    BAD_RECORD = Message("not a record of a paper ({reason})", "correct it; the rest is read")
    # Output
    BAD_BASE_IRI = Message("{iri!r} is no IRI that data IRIs can begin with", "for example https://example.org/kg/")
    CANNOT_WRITE = Message("cannot be written ({reason})", "check permissions and free space; nothing was changed")
    NOT_A_FOLDER = Message("is not a folder", "name a folder to write to")
    INTERRUPTED = Message("stopped by the user", "run the same command to start again; nothing was changed")
    DEFECT = Message(
        "a defect of kg ({reason})", "please report it with the output of the same command with KG_DEBUG=1 set"
    )
    # Built graphs
    NO_GRAPH = Message("holds no graph built by kg ({missing} is missing)", "run: kg build … --out {path}")
    BAD_GRAPH = Message("the graph file is damaged ({reason})", "build it again")
    NO_ENTITY = Message("no entity or paper is called {name!r}", "{near}")
    # Queries
    BAD_QUERY = Message("not a valid SPARQL query ({reason})", "see docs/queries.md")
    BAD_ANSWER_FORMAT = Message("{format!r} is no format for the answer of this query", "choose one of {formats}")
    NO_QUERY = Message("no query is named {name!r}; named queries: {names}", "or give SPARQL, or @FILE")
    NO_SERVICE = Message("SERVICE is not allowed: a query reads the built graph alone", "leave SERVICE out")
    READ_ONLY = Message("only SELECT, ASK, CONSTRUCT and DESCRIBE can be run", "kg never changes a built graph")
    # Evaluation and training
    BAD_ANNOTATION = Message("not an annotation ({reason})", "see the format in data/gold/GUIDELINES.md, section 8")
    NO_DOCUMENT = Message(
        "the annotations name document {id!r}, which the documents lack", "name the right file with --docs"
    )
    NEEDS_EXTRA = Message("needs the package {package}", "install with: pip install 'paper-kg[{extra}]'")
    NO_MODEL = Message("holds no model of kg ({missing} is missing)", "run: kg train")


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for the user."""

    where: str
    """File, and line or record where known."""
    what: str
    todo: str
    whole_file: bool = False
    """True where a whole input, or the rest of one, could not be read; False for one record."""

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join(f"{line}; {self.todo}".split())


Report = Callable[[Problem], None]
"""Takes a problem that does not stop the run."""


def problem(message: Message, where: object = "", whole_file: bool = False, **fields: object) -> Problem:
    """Fill a message of the catalogue.

    Parameters
    ----------
    message : one of :class:`Messages`.
    where : the place; shown before the text.
    whole_file : see :attr:`Problem.whole_file`.
    fields : values for the braces of the message.
    """
    return Problem(str(where), message.what.format(**fields), message.todo.format(**fields), whole_file)


class KgError(Exception):
    """A problem that ends the run; ``str()`` of it is the line to show."""

    def __init__(self, message: Message | Problem, where: object = "", **fields: object) -> None:
        self.problem = message if isinstance(message, Problem) else problem(message, where, False, **fields)
        super().__init__(str(self.problem))


def ignore(_: Problem) -> None:
    """A :data:`Report` that forgets."""


def raise_problem(found: Problem) -> None:
    """A :data:`Report` for strict runs: the first problem ends the run."""
    raise KgError(found)
