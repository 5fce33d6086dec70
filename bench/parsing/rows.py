"""The rows of a file of any format, and their ids."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from bench.parsing.cells import Constant, Number, Row, kind_of, number_fault, text_fault
from bench.parsing.columns import Schema
from bench.parsing.decode import check_utf8, line_of
from bench.parsing.delimited import layout_of, table_rows
from bench.parsing.ids import canonical_id
from bench.parsing.json_documents import document_rows
from bench.parsing.json_rows import line_rows
from bench.parsing.limits import MAX_LINES
from bench.parsing.problems import Fault, Problems, refusal
from bench.parsing.source import Format, Source

_NO_IDS: AbstractSet[str] = frozenset()


def read_rows(source: Source, schema: Schema, problems: Problems, *, maps_to: str | None = None) -> Iterator[Row]:
    """The rows one by one; what is wrong with one goes to `problems`, and reading goes on while it can.

    With `maps_to`, a JSON document may also be one object from id to the value of that column.
    """
    if source.format is not Format.DELIMITED:
        check_utf8(source.data)
    if source.format is not Format.DOCUMENT and line_of(source.data, len(source.data)) > MAX_LINES:
        raise refusal(Fault(f"more than {MAX_LINES:,} lines", f"at most {MAX_LINES:,}", "Send fewer rows."))
    if source.format is Format.DELIMITED:
        return table_rows(source.data, layout_of(source.data, schema), problems)
    if source.format is Format.LINES:
        return line_rows(source.data, schema, problems)
    return document_rows(source.data, schema, problems, maps_to=maps_to)


def id_of(row: Row, problems: Problems, expected: AbstractSet[str] = _NO_IDS) -> str | None:
    """The id of a row in its canonical spelling (a number as it is written), or None and a problem noted."""
    cell = row.cells["id"]
    if type(cell) is str:
        if cell in expected:
            return cell
        item_id = canonical_id(cell)
        fault = text_fault(item_id)
        if not item_id:
            fault = Fault("an empty id", "the id of an item", "Fill it in, or remove the row.")
    elif isinstance(cell, Number):
        item_id, fault = str(cell), number_fault(cell)
    else:
        item_id = ""
        found = f"{cell}, which is not JSON" if isinstance(cell, Constant) else kind_of(cell)
        fault = Fault(found, "an id: text or a number", "Write the id in double quotes.")
    if fault is None:
        return item_id
    problems.lose_row(fault, line=row.line, column="id")
    return None
