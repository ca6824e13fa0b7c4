"""The interactive page ``index.html``: one file that opens from disk and asks the network for nothing.

pyvis renders it, with its own copy of vis-network and our template instead of its stock one
(which loads Bootstrap from a CDN even where resources are in line). Text from papers stands in
the page only as JSON, in blocks that a browser does not execute; a Content-Security-Policy names
the digests of the two scripts that it may run and forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.excerpt import excerpt
from kg.export.layout import opening, positions, ties
from kg.export.pagedata import LOOK, counts, page_data
from kg.graph import KnowledgeGraph
from kg.resources import PACKAGE

if TYPE_CHECKING:
    from pyvis.network import Network

FOLDER = PACKAGE / "export" / "page"
SCRIPTS = (
    "dom.js",
    "model.js",
    "state.js",
    "view.js",
    "find.js",
    "labels.js",
    "canvas.js",
    "filters.js",
    "search.js",
    "evidence.js",
    "panel.js",
    "main.js",
)
"""In the order of the page: each uses only what stands before it, ``main.js`` starts."""

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "dragNodes": True,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "shadow": False},
    "edges": {"smooth": False, "selectionWidth": 1, "hoverWidth": 0.5, "chosen": False},
}
"""Options of vis-network. Physics is off: positions are computed when the page is built."""


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the page; the same graph gives the same bytes.

    Raises
    ------
    OSError : the file cannot be written.
    """
    path.write_bytes(page(graph).encode("utf-8"))


def page(graph: KnowledgeGraph) -> str:
    """The page as a string of HTML."""
    part = excerpt(graph)
    tied = ties(part)
    first = opening(part, tied)
    data = page_data(part, positions(part, tied, first)) | {"counts": counts(graph)}
    return _render(_network(data, first), data)


def _network(data: dict[str, Any], first: list[str]) -> Network:
    """The opening view as a pyvis network."""
    from pyvis.network import Network  # imports IPython: only who writes a page waits for it

    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.options = OPTIONS
    entities = data["entities"]
    number = {node: i for i, node in enumerate(entities["id"])}
    for i in map(number.__getitem__, first):
        shape, colour, _ = LOOK[data["types"][entities["type"][i]]["name"]]
        place = {"x": entities["x"][i], "y": entities["y"][i], "size": entities["r"][i]}
        network.add_node(i, label=" ", shape=shape, color=colour, **place)
    return network


def _render(network: Network, data: dict[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    vis = files("pyvis").joinpath(VIS_NETWORK).read_text(encoding="utf-8")
    app = "\n".join(["(() => {", '"use strict";', *(_own(name) for name in SCRIPTS), "})();"])
    style = _own("style.css")
    network.templateEnv = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    network.templateEnv.filters["json"] = lambda value: Markup(_json(value))  # noqa: S704 - _json escapes
    network.templateEnv.filters["reread"] = json.loads  # pyvis hands its options over as a string
    network.templateEnv.globals.update(
        policy=_policy([vis, app], [style]),
        vis=Markup(vis),  # noqa: S704 - the library's code
        app=Markup(app),  # noqa: S704 - our own code
        style=Markup(style),  # noqa: S704 - our own code
        counts=data["counts"],
        data=data,
    )
    return str(network.generate_html())


def _own(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _json(value: object) -> str:
    """Compact JSON in ASCII that may stand within a ``<script>`` element.

    >>> print(_json(["</script>", "\\u2028"]))
    ["\\u003c/script>","\\u2028"]
    """
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """A Content-Security-Policy that allows these in-line texts and nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_digest, scripts)),
            "style-src " + " ".join(map(_digest, styles)),
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            # No script may hand a string to the parser, such as innerHTML: data cannot become markup
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
