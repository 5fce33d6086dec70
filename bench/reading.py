"""A gold as scoring reads it: once for as many submissions as meet it."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import cast

import numpy as np

from bench.kernels.texts import Texts, TextsById
from bench.language.specification import Specification
from bench.metrics.base import Given, Scorer
from bench.metrics.registry import build_metric
from bench.model import Coverage, Gold, Outputs

GOLDS_KEPT, ITEMS_KEPT = 4, 150_000
"""Golds that a worker keeps ready, and their items in all: reading one costs several times what scoring does."""

_KEPT: OrderedDict[int, "GoldReading"] = OrderedDict()


class GoldReading:
    """The counted items of a gold, and what each metric has made of their answers."""

    def __init__(self, gold: Gold) -> None:
        self.gold, self.counted, self.practice = gold, gold.counted, gold.practice
        self.ids = [item.id for item in self.counted]
        self._answers = [item.answers for item in self.counted]
        self._all_ids = [item.id for item in gold.items]
        self._known = dict.fromkeys(self._all_ids)
        self._places = np.array(
            [place for place, item in enumerate(gold.items) if not item.practice and not item.contested], np.int64
        )
        self._scorers: dict[Specification, Scorer] = {}

    def scorer(self, specification: Specification) -> Scorer:
        """The function from the answers to the counted items to their statistics."""
        scorer = self._scorers.get(specification)
        if scorer is None:
            scorer = self._scorers[specification] = build_metric(specification).scorer(self._answers)
        return scorer

    def texts(self, outputs: Outputs) -> Given:
        """The output of each counted item, None where there is none."""
        by_id = outputs.by_id
        if isinstance(by_id, TextsById) and self._is_in_order(by_id):
            return by_id.texts if len(self.ids) == len(by_id) else by_id.texts.at(self._places)
        if len(self.ids) == len(by_id) and self.ids == list(by_id):
            return tuple(by_id.values())
        return tuple(map(by_id.get, self.ids))

    def coverage(self, outputs: Outputs, texts: Given) -> Coverage:
        """How outputs meet the items; ids are sorted, so that the order of a file leaves no trace in a scorecard.

        `texts` are those of the counted items, None for a blank one.
        """
        by_id = outputs.by_id
        answered = len(texts) - (len(texts.missing) if isinstance(texts, Texts) else texts.count(None))
        if answered == len(by_id) == len(self.ids):
            # Every counted item has its output, and there is no other.
            return Coverage(answered, answered)
        if self._is_in_order(by_id) or by_id.keys() == self._known.keys():
            return Coverage(answered, len(self.ids))
        missing = tuple(sorted(item_id for item_id in self.ids if item_id not in by_id))
        unknown = tuple(sorted(name for name in by_id if name not in self._known))
        return Coverage(answered, len(self.ids), missing, unknown)

    def _is_in_order(self, by_id: Mapping[str, str | None]) -> bool:
        """Whether all items are answered in their order, as far as that is quickly seen."""
        return isinstance(by_id, TextsById) and list(by_id.ids) == self._all_ids


def not_blank(texts: Given) -> Given:
    """The texts, with None for those that hold nothing but blanks."""
    if isinstance(texts, Texts):
        return texts.without_blanks()
    if all(texts) and not any(map(str.isspace, cast("tuple[str, ...]", texts))):
        return texts
    return tuple(text if text and not text.isspace() else None for text in texts)


def read_gold_once(gold: Gold) -> GoldReading:
    """The reading of this very value, made anew only where it is not among the last few."""
    kept = _KEPT.get(id(gold))
    # The reading holds its gold, so while it is kept no other value can have the same identity.
    reading = kept if kept is not None and kept.gold is gold else GoldReading(gold)
    _KEPT[id(gold)] = reading
    _KEPT.move_to_end(id(gold))
    while len(_KEPT) > GOLDS_KEPT or (len(_KEPT) > 1 and sum(len(one.ids) for one in _KEPT.values()) > ITEMS_KEPT):
        _KEPT.popitem(last=False)
    return reading
