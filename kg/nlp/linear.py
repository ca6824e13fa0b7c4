"""Linear classifiers over named features: numpy at run time, nothing else.

A file pair on disk: ``NAME.json`` holds classes and feature names, ``NAME.npy`` the weights.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
"""Name and value of what is not zero."""


class LinearModel:
    """A multinomial or one-against-the-rest logistic model.

    Parameters
    ----------
    classes : their names, in the order of the columns.
    features : their names, in the order of the rows.
    weights : features + 1 rows (the last is the bias), a column per class.
    exclusive : True for one class of all (softmax), False for any number of them (sigmoid).
    """

    def __init__(
        self, classes: Sequence[str], features: Sequence[str], weights: NDArray[np.float32], *, exclusive: bool = True
    ) -> None:
        self.classes = tuple(classes)
        self.features = {name: i for i, name in enumerate(features)}
        self.weights = weights.astype(np.float32)
        self.exclusive = exclusive

    def probabilities(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """A row of probabilities, one per class, for each row of features; unknown names count nothing."""
        out = np.empty((len(rows), len(self.classes)))
        for r, row in enumerate(rows):
            known = [(i, v) for name, v in row.items() if (i := self.features.get(name)) is not None]
            logits = self.weights[-1].astype(np.float64)
            if known:
                index, values = zip(*known, strict=True)
                logits = logits + np.asarray(values) @ self.weights[list(index)]
            out[r] = _softmax(logits) if self.exclusive else 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return out

    def to_bytes(self) -> bytes:
        """Both files in one string, for workers."""
        head = json.dumps(self._header(), ensure_ascii=False).encode()
        return len(head).to_bytes(4, "big") + head + self._array()

    @classmethod
    def from_bytes(cls, data: bytes) -> LinearModel:
        """What :meth:`to_bytes` gave."""
        split = 4 + int.from_bytes(data[:4], "big")
        return cls._make(json.loads(data[4:split]), data[split:])

    def to_disk(self, folder: Path, name: str) -> None:
        """Write ``NAME.json`` and ``NAME.npy``."""
        header = json.dumps(self._header(), ensure_ascii=False, indent=0)
        (folder / f"{name}.json").write_text(header + "\n", encoding="utf-8")
        (folder / f"{name}.npy").write_bytes(self._array())

    @classmethod
    def from_disk(cls, folder: Path, name: str) -> LinearModel:
        """Read what :meth:`to_disk` wrote."""
        header = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return cls._make(header, (folder / f"{name}.npy").read_bytes())

    @classmethod
    def _make(cls, header: dict[str, object], array: bytes) -> LinearModel:
        weights = np.load(io.BytesIO(array), allow_pickle=False)
        return cls(header["classes"], header["features"], weights, exclusive=bool(header["exclusive"]))  # type: ignore[arg-type]

    def _header(self) -> dict[str, object]:
        return {"classes": list(self.classes), "exclusive": self.exclusive, "features": list(self.features)}

    def _array(self) -> bytes:
        buffer = io.BytesIO()
        np.save(buffer, self.weights.astype(np.float16), allow_pickle=False)
        return buffer.getvalue()


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()  # type: ignore[no-any-return]
