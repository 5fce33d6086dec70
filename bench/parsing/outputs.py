"""Reading what a system answered: one output per item id."""

import re
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from bench.errors import PROBLEMS_SHOWN
from bench.model import Outputs
from bench.parsing.cells import Row, text_of
from bench.parsing.columns import Schema
from bench.parsing.fast import ById, read_fast
from bench.parsing.ids import ClosestId, canonical_id
from bench.parsing.problems import Fault, Problems, count, listing, quote
from bench.parsing.rows import id_of, read_rows
from bench.parsing.source import Source, open_source

OUTPUT_COLUMNS = Schema(
    required=(("id",), ("output",)),
    synonyms={
        "id": (
            "item item_id itemid qid question_id questionid example_id exampleid key index idx uid uuid doc_id task_id "
            "number nr no name"
        ),
        "output": (
            "outputs answer answers prediction predictions predicted pred response responses completion completions "
            "generation generated generated_text text result results model_output value label reply"
        ),
    },
    header="id,output",
    row='{"id": "…", "output": "…"}',
)

_LINE_STARTS = re.compile(r"[\r\n]+([^\r\n,;\t|]+)[,;\t|]")
_EMPTY_OUTPUT = "Add a row with an empty output where the system gave no answer, or submit the file as partial."


def read_outputs(content: bytes, filename: str, expected_ids: Collection[str], *, partial: bool = False) -> Outputs:
    """The outputs of a submission, each exactly the text that stands in the file; a JSON null is None.

    `expected_ids` are the item ids as `read_gold` gave them (a dict's keys are taken without a copy). With `partial`,
    items may lack a row; a row for an unknown id never passes. Raises `BadFile` with every problem of the file.
    """
    expected = expected_ids if isinstance(expected_ids, AbstractSet) else dict.fromkeys(expected_ids).keys()
    source = open_source(content, filename, OUTPUT_COLUMNS)
    by_id = read_fast(source, OUTPUT_COLUMNS, expected)
    if by_id is None:
        by_id = read_carefully(source, expected, partial=partial)
    return Outputs(by_id)


def read_carefully(source: Source, expected: AbstractSet[str], *, partial: bool) -> ById:
    """The same row by row, noting every problem; raises `BadFile` when there is one."""
    problems = Problems()
    reading = _Reading(expected, problems)
    for row in read_rows(source, OUTPUT_COLUMNS, problems, maps_to="output"):
        reading.take(row)
    reading.finish(partial=partial)
    problems.check()
    return reading.by_id


@dataclass(slots=True)
class _Reading:
    """What has been read of a file so far."""

    expected: AbstractSet[str]
    problems: Problems
    by_id: dict[str, str | None] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict)
    _unknown: list[tuple[int, str]] = field(default_factory=list)
    _unknown_rows: int = 0
    _swallowed: dict[str, int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Take one row, or note what is wrong with it."""
        item_id = id_of(row, self.problems, self.expected)
        output = self._output(row)
        if item_id is None:
            return
        first = self._lines.setdefault(item_id, row.line)
        if item_id not in self.expected:
            self._unknown_rows += 1
            if len(self._unknown) < PROBLEMS_SHOWN:
                self._unknown.append((row.line, item_id))
        elif item_id in self.by_id:
            where = f"after line {first:,}" if first != row.line else "on the same line"
            fault = Fault(f"{quote(item_id)} again, {where}", "each id once", "Keep only one of the two rows.")
            self.problems.add(fault, line=row.line, column="id")
        else:
            self.by_id[item_id] = output

    def _output(self, row: Row) -> str | None:
        cell = row.cells["output"]
        if cell is None:
            return None
        text = text_of(cell)
        if isinstance(text, Fault):
            self.problems.add(text, line=row.line, column="output")
            return None
        if row.in_table and ("\n" in text or "\r" in text):
            for start in _LINE_STARTS.finditer(text):
                item_id = canonical_id(start.group(1))
                if item_id in self.expected:
                    self._swallowed.setdefault(item_id, row.line)
        return text

    def finish(self, *, partial: bool) -> None:
        """Hold the ids that were read against the expected ones."""
        if not self._lines and not self.problems:
            self.problems.add(Fault("no rows", "a row for each item", "Add the rows: an id and its output each."))
        elif self._lines and not self.by_id:
            self._refuse_strange_ids()
        else:
            swallowed = self._refuse_swallowed()
            missing = [name for name in self.expected if name not in self.by_id and name not in swallowed]
            self._refuse_unknown(missing)
            # A row that could not be read has been told already: it must not be called missing too.
            told = self.problems.rows_lost if self.by_id else len(missing)
            if not partial and not self.problems.stopped and len(missing) > told:
                self._refuse_missing(missing)

    def _refuse_strange_ids(self) -> None:
        found = f"no id of this task; the ids in the file are {listing(self._lines, 3)}"
        expected = f"the task's ids, such as {listing(islice(self.expected, 3))}"
        self.problems.add(Fault(found, expected, "Take the ids from the task's kit."))

    def _refuse_swallowed(self) -> set[str]:
        """Rows inside a quoted output: a quote that was never meant to open, or was forgotten."""
        by_line: dict[int, list[str]] = {}
        for item_id, line in self._swallowed.items():
            if item_id not in self.by_id:
                by_line.setdefault(line, []).append(item_id)
        for line, item_ids in by_line.items():
            found = f"a quoted text that runs on over the row of {listing(item_ids, 3)}"
            fault = Fault(found, "a closing quote before the end of the row", 'Close it, or write "" for a quote.')
            self.problems.add(fault, line=line, column="output")
        return {item_id for item_ids in by_line.values() for item_id in item_ids}

    def _refuse_unknown(self, missing: Iterable[str]) -> None:
        if self._unknown_rows > PROBLEMS_SHOWN:
            shown = ", ".join(quote(name) for _, name in self._unknown[:3])
            found = (
                f"{count(self._unknown_rows, 'row')} with an id that the task does not have "
                f"(the first are {shown}, from line {self._unknown[0][0]:,} on)"
            )
            self.problems.add(Fault(found, "only the task's ids", "Remove these rows."))
            return
        closest = ClosestId(missing) if self._unknown else None
        for line, item_id in self._unknown:
            near = closest.to(item_id) if closest else None
            remedy = (
                f"Perhaps {quote(near)} is meant; it has no row yet." if near else "Remove the row or correct its id."
            )
            fault = Fault(f"{quote(item_id)}, which the task does not have", "an id of the task", remedy)
            self.problems.add(fault, line=line, column="id")

    def _refuse_missing(self, missing: list[str]) -> None:
        if len(missing) == 1:
            found = f"no row for the item {quote(missing[0])}"
        else:
            shown = ", ".join(map(quote, missing[:3]))
            which = "they are" if len(missing) <= 3 else "the first are"
            found = f"{len(missing):,} of {len(self.expected):,} items without a row ({which} {shown})"
        self.problems.add(Fault(found, "a row for each item", _EMPTY_OUTPUT))
