"""Structure: JSON values and their fields, lists, and the steps of a chain."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from bench.kernels.plain import common_length
from bench.language.normalize import normalizer
from bench.language.specification import Specification
from bench.language.structure import canonical_json, elements, json_fields, read_json, step_lines
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric, best_of
from bench.metrics.chosen import flag, text_option

_Value = TypeVar("_Value")


class JsonMatch(MeanMetric):
    """1 where the output is the same JSON value (RFC 8259) as an accepted one, else 0.

    The order of keys means nothing, that of a list does; 1.0 is 1; texts are equal after normalisation. What is no
    JSON, has a key twice, or holds numbers too large to be exact is wrong.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        return best_of(outputs, gold, _comparing(self._read, lambda output, answer: float(output == answer)))

    def serves(self, answer: str) -> bool:
        """Whether the answer is JSON."""
        return self._read(answer) is not None

    def _read(self, text: str) -> str | None:
        try:
            return canonical_json(read_json(text), self._normalize)
        except (ValueError, RecursionError):
            return None


class JsonFields(MeanMetric):
    """The F1 of the fields of the output and of the best accepted value, 0 to 1; 0 for what is no JSON.

    A field is a leaf with its path, as the slots of Chinchor & Sundheim 1993 (https://aclanthology.org/M93-1007); it is
    shared where path and value are equal, texts after normalisation. In a list the place is part of the path.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """The F1 of each item."""
        return best_of(outputs, gold, _comparing(self._read, bag_f1))

    def serves(self, answer: str) -> bool:
        """Whether the answer is JSON."""
        return self._read(answer) is not None

    def _read(self, text: str) -> Counter[tuple[str, str]] | None:
        try:
            return Counter(json_fields(read_json(text), self._normalize))
        except (ValueError, RecursionError):
            return None


class SetF1(MeanMetric):
    """The F1 of the elements of the output and of the best accepted list, 0 to 1, whatever their order.

    van Rijsbergen 1979 (Information Retrieval, chapter 7) with equal weights. Elements are equal after normalisation;
    one of which nothing is left is none. With `repeats` an element counts as often as it stands there, else once.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._separator = text_option(specification, "separator")
        self._repeats = flag(specification, "repeats")

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """The F1 of each item."""
        return best_of(outputs, gold, _comparing(self._read, bag_f1))

    def serves(self, answer: str) -> bool:
        """Whether the answer has an element."""
        return bool(self._read(answer))

    def _read(self, text: str) -> Counter[str]:
        forms = (self._normalize(element) for element in elements(text, self._separator))
        found = Counter(form for form in forms if form.strip())
        return found if self._repeats else Counter(found.keys())


class StepMatch(MeanMetric):
    """The share of steps that are right, by the best accepted chain: matches / steps of the longer chain, 0 to 1.

    The exactness of intermediate steps of Dalvi et al. 2021 (EntailmentBank, https://aclanthology.org/2021.emnlp-main.585)
    for chains that are lines. Aligned by `place`, a step matches the one of its number; by `order`, the matching steps
    are the longest common subsequence, so that one step too many does not shift the rest.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._matching = common_length if text_option(specification, "align") == "order" else _same_places

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """The share of each item."""
        return best_of(outputs, gold, _comparing(self._read, self._share))

    def serves(self, answer: str) -> bool:
        """Whether the answer has steps, with something left of each after normalisation."""
        steps = self._read(answer)
        return bool(steps) and all(step.strip() for step in steps)

    def _read(self, text: str) -> list[str]:
        return [self._normalize(step) for step in step_lines(text)]

    def _share(self, steps: list[str], accepted: list[str]) -> float:
        longer = max(len(steps), len(accepted))
        return self._matching(steps, accepted) / longer if longer else 0.0


def bag_f1(first: Counter[_Value], second: Counter[_Value]) -> float:
    """The harmonic mean of the shares of two bags that they have in common; 0 where they share nothing."""
    shared = (first & second).total()
    return 2 * shared / (first.total() + second.total()) if shared else 0.0


def _same_places(first: Sequence[object], second: Sequence[object]) -> int:
    return sum(one == other for one, other in zip(first, second, strict=False))


def _comparing(
    read: Callable[[str], _Value | None], score: Callable[[_Value, _Value], float]
) -> Callable[[str, str], float]:
    """The score of two texts by what is read of them, and 0 where one of them cannot be read."""

    def compare(output: str, answer: str) -> float:
        first, second = read(output), read(answer)
        return 0.0 if first is None or second is None else score(first, second)

    return compare
