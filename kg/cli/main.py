"""Commands and their help. What they print is made in :mod:`kg.cli.show`, progress in :mod:`kg.cli.terminal`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kg import __version__
from kg.cli import show as show_
from kg.cli import terminal
from kg.errors import KgError, Messages

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A knowledge graph of machine-learning research, read from abstracts.",
)

Inputs = Annotated[
    list[str] | None, typer.Argument(metavar="[INPUT]...", help="Files, folders, globs, or - for standard input.")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a build.")]
Year = Annotated[int | None, typer.Option(help="Year of pages whose date has none.", min=1900, max=2200)]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help="Column that holds a field; can be repeated.")
]
MinScore = Annotated[float, typer.Option(help="Leave out what is less probable than this.", min=0.0, max=1.0)]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first problem with a record.")]


def main() -> None:
    """Run the command line; a problem is one line on standard error, never a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 a problem, 2 wrong usage, 130 stopped by the user."""
    try:
        status = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except KgError as e:
        terminal.error(str(e))
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        terminal.silence_stdout()
        return 1
    except OSError as e:
        terminal.error(str(KgError(Messages.CANNOT_WRITE, e.filename or "output", reason=e.strerror or e)))
        return 1
    except Exception as e:
        if hasattr(e, "format_message"):  # a usage error of Typer's command-line parser
            e.show()  # type: ignore[attr-defined]
            return 2
        if os.environ.get("KG_DEBUG"):
            raise
        terminal.error(str(KgError(Messages.DEFECT, reason=f"{type(e).__name__}: {e}")))
        return 1
    if status == INTERRUPTED:  # Typer has made a status of the interrupt
        return _interrupted()
    return status if isinstance(status, int) else 0


def _interrupted() -> int:
    terminal.error(str(KgError(Messages.INTERRUPTED)))
    return INTERRUPTED


def _version(asked: bool) -> None:
    if asked:
        print(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """A knowledge graph of machine-learning research, read from abstracts."""


@app.command()
def build(
    inputs: Inputs = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read the bundled sample of five pages.")] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.")] = Path("outputs"),
    year: Year = None,
    map_: Map = None,
    min_score: MinScore = 0.0,
    base_iri: Annotated[str | None, typer.Option(help="Where the IRIs of papers and entities begin.")] = None,
    strict: Strict = False,
) -> int:
    """Build a knowledge graph: RDF, an interactive page, tables, GraphML.

    [bold]Examples[/bold]

      kg build --sample

      kg build pages/ "exports/*.bib" --year 2025 --out week48

      zcat dump.jsonl.gz | kg build - --map abstract=description
    """
    from kg.pipeline import Run, counts
    from kg.pipeline import build as build_
    from kg.vocabulary import BASE_IRI

    done = Run()
    with terminal.Progress() as progress:
        graph = build_(
            inputs or [],
            sample=sample,
            out=out,
            year=year,
            columns=_columns(map_),
            min_score=min_score,
            base_iri=base_iri or BASE_IRI,
            strict=strict,
            report=progress.problem,
            progress=progress,
            run=done,
        )
    show_.built(counts(graph), done, out)
    return 1 if done.incomplete else 0


@app.command()
def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or -.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write; standard output without it.")] = None,
    year: Year = None,
    map_: Map = None,
    strict: Strict = False,
) -> int:
    """Extract entities, roles, relations and results of each paper as JSON Lines.

    Ids and order are those of the input; offsets count characters of title, newline, abstract.

    [bold]Examples[/bold]

      kg extract papers.jsonl -o extracted.jsonl

      cat abstract.txt | kg extract -
    """
    from kg.cli.files import extract_to

    with terminal.Progress() as progress:
        incomplete = extract_to(out, inputs, year, _columns(map_), strict, progress)
    return 1 if incomplete else 0


@app.command()
def query(
    folder: Folder,
    query: Annotated[str | None, typer.Argument(metavar="QUERY|@FILE|NAME", help="Without it, list the names.")] = None,
    format_: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json or xml.")] = "table",
) -> None:
    """Ask a SPARQL query, or a named one.

    The prefixes kg:, rdf:, rdfs:, skos:, dcterms:, xsd: and prov: are known.

    [bold]Examples[/bold]

      kg query outputs

      kg query outputs top-benchmarks

      kg query outputs "SELECT ?m WHERE { ?p kg:introduces ?e . ?e a kg:Model ; rdfs:label ?m }" -f csv
    """
    from kg.query import Store, named_queries

    if query is None:
        show_.named_queries(named_queries())
        return
    if format_ not in show_.FORMATS:
        raise typer.BadParameter(f"choose from {', '.join(show_.FORMATS)}", param_hint="--format")
    if query.startswith("@"):
        query = _read_text(Path(query[1:]))
    show_.answer(Store.from_folder(folder).query(query), format_)


@app.command()
def show(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Label, alias, title, node id or IRI.")],
) -> None:
    """Show all that the graph knows of an entity or a paper, with its evidence.

    [bold]Example[/bold]

      kg show outputs "chain-of-thought"
    """
    show_.thing(_load(folder), folder, name)


@app.command()
def stats(folder: Folder) -> None:
    """Show how much a graph holds and what stands out in it.

    [bold]Example[/bold]

      kg stats outputs
    """
    show_.stats(_load(folder))


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotations (JSON Lines).")],
    predicted: Annotated[Path | None, typer.Argument(metavar="PRED", help="Predictions in the same format.")] = None,
    run_: Annotated[bool, typer.Option("--run", help="Extract from the documents instead of reading PRED.")] = False,
    docs: Annotated[Path | None, typer.Option(help="The documents; GOLD with .docs.jsonl by default.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
) -> None:
    """Score predictions against gold annotations: precision, recall and F1 at every level.

    [bold]Examples[/bold]

      kg eval data/gold/dev.jsonl --run

      kg eval data/gold/dev.jsonl predictions.jsonl --json
    """
    from kg.cli.files import documents_beside, evaluate_files

    if (predicted is None) != run_:
        raise typer.BadParameter("give either PRED or --run")
    with terminal.Progress() as progress:
        scores = evaluate_files(gold, predicted, docs or documents_beside(gold), progress)
    show_.scores(scores, as_json=json_)


@app.command()
def train(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of the gold data.")] = Path("data/gold"),
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write the model to.")] = Path("model"),
    seed: Annotated[int, typer.Option(help="Seed of all that is random.")] = 0,
    limit: Annotated[int | None, typer.Option(help="Use only so many documents.", min=2)] = None,
) -> None:
    """Make the model that the package ships, from the gold data (extra: train).

    [bold]Example[/bold]

      kg train data/gold --out kg/nlp/model
    """
    from kg.nlp.train import train as train_

    scores = train_(gold, out, seed=seed, limit=limit, report=terminal.say)
    show_.json_lines(scores)


def _load(folder: Path) -> Any:
    from kg.export.parquet import read

    return read(folder)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as e:
        raise KgError(Messages.UNREADABLE, path, reason=e.strerror) from None
    except UnicodeDecodeError as e:
        raise KgError(Messages.NOT_UTF8, path, byte=e.start) from None


def _columns(pairs: list[str] | None) -> dict[str, str]:
    from kg.readers.columns import FIELDS

    out = {}
    for pair in pairs or []:
        name, sign, column = pair.partition("=")
        if not sign or not column or name not in FIELDS:
            raise KgError(Messages.BAD_MAP, value=pair, fields=", ".join(FIELDS))
        out[name] = column
    return out
