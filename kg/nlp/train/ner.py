"""Training of spaCy's named-entity recogniser on the gold mentions."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from kg.nlp.train.gold import GoldDocument


def ner_config(width: int = 128, depth: int = 4, scale: float = 1.0) -> dict[str, Any]:
    """Settings of the recogniser.

    Parameters
    ----------
    width : of the token vectors.
    depth : layers of the convolution, each of one word to either side.
    scale : of the hash tables' sizes.
    """
    rows = [int(r * scale) for r in (6000, 1000, 3000, 2000)]
    return {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "ner",
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": width,
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                    "rows": rows,
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": width,
                    "depth": depth,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            },
        }
    }


def examples(nlp: Language, gold: Sequence[GoldDocument]) -> list[Example]:
    """Gold mentions as entities of spaCy; those that tokens cut through are left out."""
    made = []
    for document in gold:
        doc = prepared(nlp, document)
        reference = doc.copy()
        spans = (reference.char_span(s, e, label=t) for s, e, t, _ in document.mentions)
        reference.ents = [s for s in spans if s is not None]
        made.append(Example(doc, reference))
    return made


def prepared(nlp: Language, document: GoldDocument) -> Doc:
    """The document as the recogniser gets it: tokens and sentences."""
    doc = nlp.make_doc(document.text)
    return nlp.get_pipe("kg_sentences")(doc)


def train_ner(
    nlp: Language,
    name: str,
    gold: Sequence[GoldDocument],
    *,
    epochs: int,
    dropout: float = 0.3,
    words: tuple[int, int] = (500, 2000),
    rate: float = 0.001,
    seed: int = 0,
    report: Callable[[str], None],
    config: dict[str, Any] | None = None,
    after_epoch: Callable[[int], None] | None = None,
) -> EntityRecognizer:
    """Add a recogniser to the pipeline and train it.

    Parameters
    ----------
    nlp : the pipeline; gets the component ``name`` after its last one.
    gold : documents to train on.
    epochs : passes over them.
    words : tokens in a batch, first and last epoch.
    rate : highest learning rate; it falls to a tenth along a cosine after one epoch of warm-up.
    report : takes a line a epoch.

    Notes
    -----
    Weights are averaged over all steps (Ruppert 1988; Polyak and Juditsky 1992), as spaCy does.
    """
    fix_random_seed(seed)
    shuffle = random.Random(seed)  # noqa: S311 - for order, not for secrets
    ner = nlp.add_pipe("ner", name=name, config=config or ner_config())
    assert isinstance(ner, EntityRecognizer)  # noqa: S101
    data = examples(nlp, gold)
    ner.initialize(lambda: data, nlp=nlp)
    optimizer = Adam(rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    steps = 0
    for epoch in range(epochs):
        shuffle.shuffle(data)
        share = epoch / max(1, epochs - 1)
        size = words[0] + (words[1] - words[0]) * share
        losses: dict[str, float] = {}
        for batch in by_words(data, size):
            warm = min(1.0, (steps + 1) / 100)
            optimizer.learn_rate = rate * warm * (0.1 + 0.9 * 0.5 * (1 + np.cos(np.pi * share)))
            ner.update(batch, drop=dropout, sgd=optimizer, losses=losses)
            steps += 1
        report(f"{name}: epoch {epoch + 1} of {epochs}, loss {losses[name]:.0f}")
        if after_epoch:
            with ner.model.use_params(optimizer.averages):
                after_epoch(epoch)
    with ner.model.use_params(optimizer.averages):
        averaged = ner.model.to_bytes()
    ner.model.from_bytes(averaged)
    return ner


def by_words(data: list[Example], size: float) -> list[list[Example]]:
    """Batches of about ``size`` tokens."""
    batches: list[list[Example]] = [[]]
    count = 0
    for example in data:
        if count >= size:
            batches.append([])
            count = 0
        batches[-1].append(example)
        count += len(example)
    return batches
