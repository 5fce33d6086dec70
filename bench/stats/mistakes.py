"""What the submissions answer against the gold, item by item, and which of them make the same mistakes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from bench.answers import CanonicalForm, canonical_form
from bench.language.extract import extractor
from bench.language.specification import Specification
from bench.model import Item, Outputs
from bench.stats.intervals import FloatArray

IntArray = npt.NDArray[np.int64]

_NEAR_IDENTICAL = 0.8
_FEWEST_SHARED = 5
_FEWEST_OF_STOCK = 3
_RIGHT, _SILENT = -1, -2


class Mistakes:
    """The answers against the gold, numbered within each item by what the metric cannot tell apart.

    `codes`, submissions x items, holds the numbers from 0; what is right or silent has a negative one. The spellings
    are answers of members: they are for curators, and beside hidden gold they tell what it is not.
    """

    def __init__(
        self, items: Sequence[Item], scores: FloatArray, outputs: Sequence[Outputs], specification: Specification
    ) -> None:
        # Systems make the same mistakes, and the same answers stand at many items: each text is read once.
        extract, canonical = extractor(specification.extraction), cache(canonical_form(specification))
        self.items = items
        self._canonical = canonical
        self.spellings: list[dict[str, list[str]]] = [defaultdict(list) for _ in items]
        self.codes = np.full(scores.shape, _RIGHT, dtype=np.int64)
        for submission, place in np.argwhere(scores < 1.0).tolist():
            output = outputs[submission].by_id.get(items[place].id) or ""
            answer = extract(output) if output.strip() else None
            self.codes[submission, place] = self._number(place, answer, canonical)

    def _number(self, place: int, answer: str | None, canonical: CanonicalForm) -> int:
        form = None if answer is None else canonical(answer)
        if answer is None or form is None:
            return _SILENT
        spellings = self.spellings[place]
        spellings[form].append(answer.strip())
        return list(spellings).index(form)

    def telling_codes(self) -> IntArray:
        """The codes without stock answers: "I don't know" at ten items is one habit and not ten mistakes.

        That is what a submission answers wrongly at three items or more, where it is the accepted answer of no item; a
        label that is right elsewhere stays. Two systems with one such habit would be taken for copies.
        """
        accepted = {self._canonical(answer) for item in self.items for answer in item.answers}
        forms = [list(spellings) for spellings in self.spellings]
        codes = self.codes.copy()
        for row in codes:
            given = {place: forms[place][row[place]] for place in np.flatnonzero(row >= 0).tolist()}
            repeated = Counter(given.values())
            for place, form in given.items():
                if repeated[form] >= _FEWEST_OF_STOCK and form not in accepted:
                    row[place] = _SILENT
        return codes

    def spelling(self, place: int, code: int) -> str:
        """The commonest spelling of an answer, the first to be sent of equally common ones."""
        spellings = list(self.spellings[place].values())[code]
        return max(spellings, key=spellings.count)


def family_sizes(codes: IntArray) -> FloatArray:
    """With how many submissions, itself included, each one shares more than 80% of the mistakes.

    `codes`, submissions x items, number the answers of each item; negative ones are no mistakes. Two submissions are
    near-identical where the mistakes they share are at least five and more than 80% of those of the one with more.
    """
    mistakes = codes >= 0
    counts = mistakes.sum(axis=1)
    sizes = np.ones(len(codes))
    for first, row in enumerate(codes):
        shared = ((codes == row) & mistakes[first]).sum(axis=1)
        near = (shared >= _FEWEST_SHARED) & (shared > _NEAR_IDENTICAL * np.maximum(counts, counts[first]))
        near[first] = False
        sizes[first] += near.sum()
    return sizes
