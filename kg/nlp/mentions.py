"""Typed, scored mentions: one decision for each name of a document, by all that speaks for it.

A recogniser sees each place alone and may type one name in two ways within an abstract. Here its
findings are votes: a logistic model weighs them with the name's form, its surroundings, what the
training documents knew of it and what the text defines, and decides once for the whole document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.nlp.candidates import Candidate, Vote, candidates
from kg.nlp.forms import singular, word_list
from kg.nlp.lexicon import Lexicon, Run
from kg.nlp.linear import Features, LinearModel
from kg.nlp.store import Store
from kg.nlp.view import View, view
from kg.nlp.votes import VOTES

MENTIONS = "kg"
"""The group of ``doc.spans`` that holds the mentions."""

CUES = frozenset(
    [
        "introduce",
        "introduces",
        "introducing",
        "introduced",
        "propose",
        "proposes",
        "proposing",
        "proposed",
        "present",
        "presents",
        "presenting",
        "release",
        "releases",
        "releasing",
        "develop",
        "construct",
        "create",
        "build",
        "builds",
        "called",
        "named",
        "termed",
        "dubbed",
        "namely",
        "via",
        "using",
        "use",
        "uses",
        "with",
        "on",
        "trained",
        "tuned",
        "pretrained",
        "evaluated",
        "evaluate",
        "evaluating",
        "outperform",
        "outperforms",
        "outperforming",
        "surpass",
        "surpassing",
        "compared",
        "than",
        "like",
        "including",
        "as",
        "for",
        "of",
        "across",
        "through",
        "based",
        "achieve",
        "achieves",
        "by",
        "both",
        "over",
        "benchmarks",
        "datasets",
        "models",
        "methods",
        "tasks",
        "metrics",
        "such",
        "in",
        "and",
        "from",
    ]
)
TYPES = ("Benchmark", "Dataset", "Method", "Metric", "Model", "Task")


class Named(NamedTuple):
    """A name that the document uses for an entity."""

    key: str
    type: str
    score: float
    """Probability that the name is annotated with this type."""
    runs: tuple[Run, ...]
    """The places where it is not part of a longer name."""


def mention_features(
    view: View, candidate: Candidate, everyone: Mapping[str, Candidate], counts: Mapping[str, int], voters: int = 1
) -> dict[str, float]:
    """What speaks for and against a name.

    Parameters
    ----------
    view : the document.
    candidate : the name.
    everyone : all candidates of the document by key.
    counts : the name's entry in the lexicon.
    voters : the number of recognisers.
    """
    features = dict.fromkeys(_form_features(view, candidate), 1.0)
    features |= dict.fromkeys(_place_features(view, candidate), 1.0)
    best_vote = _vote_features(features, candidate, voters)
    known = _lexicon_features(features, counts)
    for name in ("short_for", "long_for"):
        mate = everyone.get(getattr(candidate, name) or "")
        if mate:
            features[name] = 1.0
            for type_, number in mate.votes.items():
                features[f"mate:{type_}"] = number / (len(mate.runs) * voters)
            if not mate.votes:
                features["mate:none"] = 1.0
    shape = _shape(view.words[slice(*candidate.runs[0])])
    features[f"{best_vote}&{known}"] = 1.0
    features[f"{best_vote}&{shape}"] = 1.0
    return features


def _vote_features(features: dict[str, float], candidate: Candidate, voters: int) -> str:
    places = len(candidate.runs) * voters
    for name, votes in (("vote", candidate.votes), ("inside", candidate.inside), ("around", candidate.around)):
        for type_, number in votes.items():
            features[f"{name}:{type_}"] = number / places
            features[f"{name}?{type_}"] = 1.0
            features[f"{name}"] = features.get(name, 0.0) + number / places
    if not candidate.votes:
        return "novote"
    type_, number = max(candidate.votes.items(), key=lambda x: (x[1], x[0]))
    features[f"all:{type_}"] = float(number == places)
    features[f"most:{type_}:{min(number, 4)}"] = 1.0
    return f"most:{type_}"


def _lexicon_features(features: dict[str, float], counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        features["lex:unknown"] = 1.0
        return "unknown"
    for type_, number in counts.items():
        if number:
            features[f"lex:{type_}"] = number / (total + 1)
            features[f"lex#{type_}"] = min(number, 8) / 8
    best = max(counts.items(), key=lambda x: (x[1], x[0]))[0]
    features[f"lexbest:{best}:{'many' if total > 3 else 'few'}"] = 1.0
    return f"lex={best}"


def _form_features(view: View, candidate: Candidate) -> set[str]:
    start, end = candidate.runs[0]
    words = view.words[start:end]
    norms = [n for n in view.norms[start:end] if n]
    last, first = singular(norms[-1]), norms[0]
    out = {f"last={last}", f"first={first}", f"suffix={last[-3:]}", f"suffix4={last[-4:]}", f"length={len(norms)}"}
    out.add(f"shape={_shape(words)}")
    if len(norms) > 1:
        out.add(f"last2={' '.join(norms[-2:-1])} {last}")
        out.add(f"prefix={first[:4]}")
        out |= {f"mid={n}" for n in norms[1:-1]}
    else:
        name = words[0]
        out |= {f"name^{name[:3].lower()}", f"name^{name[:4].lower()}", f"name${name[-3:]}", f"name${name[-4:]}"}
        out.add(f"chars={min(len(name), 12)}")
    return out


def _shape(words: Sequence[str]) -> str:
    """``GPT-4`` → ``AA-0``, ``Flickr30k`` → ``Aa0a``, ``reward model`` → ``aa aa``, shortened."""
    out = []
    for word in words:
        letters = "".join("A" if c.isupper() else "a" if c.islower() else "0" if c.isdigit() else c for c in word)
        short = letters[:1]
        for before, c in pairwise(letters):
            if c != before:
                short += c
        out.append(short + ("+" if len(letters) > 1 and letters == letters[0] * len(letters) and short == "A" else ""))
    return " ".join(out[:3]) + (" …" if len(out) > 3 else "")


def _place_features(view: View, candidate: Candidate) -> set[str]:
    out: set[str] = set()
    heads = word_list("heads")
    for start, end in candidate.runs[:6]:
        sentence = view.sentence_of[start]
        begin = view.first_token[sentence]
        stop = view.first_token[sentence + 1] if sentence + 1 < len(view.first_token) else len(view.words)
        before, after = view.lower[max(begin, start - 8) : start], view.lower[end : min(stop, end + 8)]
        title = view.starts[start] < view.title_end
        out.add("in:title" if title else "in:abstract")
        out.add(f"before={before[-1] if before else '^'}")
        out.add(f"after={after[0] if after else '$'}")
        if len(before) > 1:
            out.add(f"before2={before[-2]} {before[-1]}")
        if len(after) > 1:
            out.add(f"after2={after[0]} {after[1]}")
        if title and start == begin and after[:1] == [":"]:
            out.add("heads:title")
        out |= {f"cue={w}" for w in before[-6:] if w in CUES}
        out |= {f"head={h}" for w in after[:3] if (h := singular(w)) in heads}
        if after[:1] == [","] or after[:1] == ["("] or (after[:1] and after[0] in ("is", "are")):
            out |= {f"apposed={h}" for w in after[1:] if (h := singular(w)) in heads}
        out |= {f"listed={h}" for w in before[-8:] if (h := singular(w)) in heads}
    out.add(f"places={min(len(candidate.runs), 4)}")
    if len({view.sentence_of[s] for s, _ in candidate.runs}) > 1:
        out.add("spread")
    return out


def decide(
    found: Mapping[str, Candidate], probabilities: Sequence[Mapping[str, float]], threshold: float
) -> list[Named]:
    """Names accepted in a document.

    Parameters
    ----------
    found : the candidates by key.
    probabilities : for each candidate, of each type and of :data:`kg.nlp.lexicon.NONE`.
    threshold : least probability of the best type.

    Returns
    -------
    Accepted names in order of first place. An abbreviation and its long form get one type. Where
    names overlap the longest wins (guidelines, section 3).
    """
    of = dict(zip(found, probabilities, strict=True))
    accepted: dict[str, tuple[str, float]] = {}
    for key, candidate in found.items():
        own = of[key]
        mate = of.get(candidate.short_for or candidate.long_for or "")
        joint = {t: (own[t] + mate[t]) / 2 for t in TYPES} if mate else own
        type_ = max(TYPES, key=lambda t: joint[t])
        if joint[type_] >= threshold:
            accepted[key] = (type_, joint[type_])
    return _longest(found, accepted)


def _longest(found: Mapping[str, Candidate], accepted: Mapping[str, tuple[str, float]]) -> list[Named]:
    places = sorted(((s, e, k) for k in accepted for s, e in found[k].runs), key=lambda p: (p[0] - p[1], p[0]))
    taken: set[int] = set()
    kept: dict[str, list[Run]] = {}
    for start, end, key in places:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.setdefault(key, []).append((start, end))
    named = [Named(k, *accepted[k], tuple(sorted(runs))) for k, runs in kept.items()]
    return sorted(named, key=lambda n: n.runs[0])


def probabilities_by_type(model: LinearModel, rows: Sequence[Features]) -> list[dict[str, float]]:
    """The model's answer for each row, by class."""
    none = dict.fromkeys(TYPES, 0.0)
    return [none | dict(zip(model.classes, map(float, row), strict=True)) for row in model.probabilities(rows)]


@Language.factory(
    "kg_mentions",
    default_config={"threshold": 0.3, "voters": 1},
    requires=["doc.spans", "doc._.kg_abbreviations"],
    assigns=["doc.spans", "doc.ents"],
)
def make_mentions(nlp: Language, name: str, threshold: float, voters: int) -> Mentions:
    """The component.

    Parameters
    ----------
    threshold : least probability of a name's type.
    voters : the number of recognisers before it.
    """
    return Mentions(threshold, voters)


class Mentions(Store):
    """Sets ``doc.spans["kg"]``, with a score for each span in its attribute ``scores``, and ``doc.ents``."""

    PARTS: ClassVar = {"classifier": LinearModel, "lexicon": Lexicon}

    def __init__(self, threshold: float, voters: int) -> None:
        super().__init__()
        self.threshold, self.voters = threshold, voters

    def __call__(self, doc: Doc) -> Doc:
        seen, lexicon = view(doc), self.parts["lexicon"]
        assert isinstance(lexicon, Lexicon)  # noqa: S101 - PARTS says so
        votes = [Vote(s.start, s.end, s.label_) for s in doc.spans.get(VOTES, ())]
        found = candidates(seen, votes, doc._.kg_abbreviations, lexicon)
        rows = [mention_features(seen, c, found, lexicon.look_up(k), self.voters) for k, c in found.items()]
        names = decide(found, probabilities_by_type(self.linear("classifier"), rows), self.threshold)
        spans = sorted((run, n.type, n.score) for n in names for run in n.runs)
        group = SpanGroup(doc, name=MENTIONS, spans=[Span(doc, *run, label=type_) for run, type_, _ in spans])
        group.attrs["scores"] = [round(score, 4) for _, _, score in spans]
        doc.spans[MENTIONS] = group
        doc.ents = list(group)
        return doc
