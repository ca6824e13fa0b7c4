"""Fitting of linear models; needs scikit-learn (extra: train)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.nlp.linear import Features, LinearModel


def fit(
    rows: Sequence[Features], labels: Sequence[str], *, inverse_penalty: float = 0.3, least: int = 3
) -> LinearModel:
    """Fit a multinomial logistic regression (L-BFGS, L2 penalty).

    Parameters
    ----------
    rows : features of each example.
    labels : the class of each.
    inverse_penalty : C of scikit-learn; smaller is smoother.
    least : features that fewer examples have are left out.
    """
    from sklearn.linear_model import LogisticRegression

    names = _frequent(rows, least)
    found = LogisticRegression(C=inverse_penalty, max_iter=300).fit(_matrix(rows, names), labels)
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:  # one row for two classes
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    return LinearModel([str(c) for c in found.classes_], names, np.vstack([weights.T, bias]))


def fit_each(
    rows: Sequence[Features],
    labels: Sequence[frozenset[str]],
    classes: Sequence[str],
    *,
    inverse_penalty: float = 0.1,
    least: int = 8,
) -> LinearModel:
    """Fit one logistic regression for each class, of which an example may have any number."""
    from sklearn.linear_model import LogisticRegression

    names = _frequent(rows, least)
    matrix = _matrix(rows, names)
    columns: list[NDArray[np.float64]] = []
    for name in classes:
        y = np.array([name in x for x in labels])
        if y.all() or not y.any():  # nothing to tell apart, as happens on a handful of documents
            columns.append(np.concatenate([np.zeros(len(names)), [5.0 if y.all() else -5.0]]))
            continue
        found = LogisticRegression(C=inverse_penalty, max_iter=300).fit(matrix, y)
        columns.append(np.concatenate([found.coef_[0], found.intercept_]))
    return LinearModel(classes, names, np.array(columns).T, exclusive=False)


def _frequent(rows: Sequence[Features], least: int) -> list[str]:
    counts = Counter(name for row in rows for name in row)
    return sorted(name for name, n in counts.items() if n >= least)


def _matrix(rows: Sequence[Features], names: Sequence[str]) -> object:
    from scipy.sparse import csr_matrix

    column = {name: i for i, name in enumerate(names)}
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for row in rows:
        for name, value in row.items():
            if name in column:
                indices.append(column[name])
                data.append(value)
        ends.append(len(indices))
    return csr_matrix((data, indices, ends), shape=(len(rows), len(names)))
