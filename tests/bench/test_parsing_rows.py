"""Rows of tables that are refused: quotes, widths and ids, each at its line in the editor."""

import pytest

from tests.fixtures.outputs import refused

QUOTE_REMEDY = 'Close it at the end of the field, and write "" for a quote that is part of the text.'
NO_ROW = "Add a row with an empty output where the system gave no answer, or submit the file as partial."
QUOTES = {
    "never closed": (
        'q1,"a\nq2,b\nq3,c\n',
        f"found a quote that opens here and never closes; expected a closing quote. {QUOTE_REMEDY}",
    ),
    "closed by the next quoted row": (
        'q1,"a\nq2,"b"\nq3,c\n',
        f"found a quote that opens here and meets the next one on line 3; expected a closing quote. {QUOTE_REMEDY}",
    ),
    "text after it": (
        'q1,"a" b\nq2,b\nq3,c\n',
        f"found text after a closing quote; expected `,` or the end of the line. {QUOTE_REMEDY}",
    ),
    "closed rows later": (
        'q1,"a\nq2,b"\nq3,c\n',
        (
            "found a quoted text that runs on over the row of `q2`; "
            "expected a closing quote before the end of the row. "
            'Close it, or write "" for a quote.'
        ),
    ),
}


@pytest.mark.parametrize(("rows", "sentence"), QUOTES.values(), ids=QUOTES.keys())
def test_an_unbalanced_quote_is_named_where_it_opens(rows: str, sentence: str) -> None:
    assert refused("id,output\n" + rows) == [f"Line 2, column output: {sentence}"]


def test_the_opening_quote_is_found_inside_a_row_that_spans_lines() -> None:
    content = 'output,id\n"fine\nfine","q1"\n"fine\n","open\nq3,c\n'
    assert refused(content)[0].startswith("Line 5, column id: found a quote that opens here and never closes")


def test_a_swallowed_row_is_refused_in_a_partial_file_too() -> None:
    assert refused('id,output\nq1,"a\nq2,b"\n', partial=True)[0].startswith(
        "Line 2, column output: found a quoted text"
    )


def test_ragged_rows_name_their_line_in_the_editor_and_the_column_even_after_line_breaks_in_cells() -> None:
    assert refused('id,output\nq1,"a\nb\r\nc"\n\nq2,x,y\nq3\n') == [
        (
            "Line 6, column 3: found 3 fields; expected 2, as in the header. "
            'Put a field that contains `,` in double quotes: "…".'
        ),
        (
            "Line 7, column output: found 1 field; expected 2, as in the header. Add what is missing; "
            "an empty field still needs its separator."
        ),
    ]


def test_a_blank_before_a_quote_is_the_remedy_of_a_row_that_it_splits() -> None:
    assert refused('id,output\nq1, "a, b"\nq2,b\nq3,c\n') == [
        (
            "Line 2, column output: found 3 fields; expected 2, as in the header. "
            "Remove the blank before the quote; a quoted field starts with its quote."
        )
    ]


def test_a_missing_row_is_named_and_many_are_summed_up() -> None:
    assert refused("id,output\nq1,a\nq3,c\n") == [
        f"The file: found no row for the item `q2`; expected a row for each item. {NO_ROW}"
    ]
    ids = tuple(f"q{number}" for number in range(1319))
    rows = "".join(f"{item},x\n" for item in ids[312:])
    assert refused("id,output\n" + rows, ids=ids) == [
        (
            "The file: found 312 of 1,319 items without a row (the first are `q0`, `q1`, `q2`); "
            f"expected a row for each item. {NO_ROW}"
        )
    ]


def test_duplicate_ids_name_both_lines_also_across_spellings() -> None:
    assert refused("id,output\nq1,a\nq2,b\n q1 ,c\nq3,d\n") == [
        "Line 4, column id: found `q1` again, after line 2; expected each id once. Keep only one of the two rows."
    ]


def test_an_unknown_id_is_told_with_the_item_that_still_lacks_a_row() -> None:
    assert refused("id,output\nq1,a\nQ02,b\nq3,c\n") == [
        f"The file: found no row for the item `q2`; expected a row for each item. {NO_ROW}",
        (
            "Line 3, column id: found `Q02`, which the task does not have; expected an id of the task. "
            "Perhaps `q2` is meant; it has no row yet."
        ),
    ]


def test_the_ids_of_another_task_are_one_problem() -> None:
    assert refused("id,output\n1,a\n2,b\n") == [
        (
            "The file: found no id of this task; the ids in the file are `1`, `2`; "
            "expected the task's ids, such as `q1`, `q2`, `q3`. Take the ids from the task's kit."
        )
    ]


def test_many_unknown_ids_are_summed_up() -> None:
    rows = "".join(f"z{number},x\n" for number in range(30))
    assert refused("id,output\nq1,a\nq2,b\nq3,c\n" + rows) == [
        (
            "The file: found 30 rows with an id that the task does not have (the first are `z0`, `z1`, `z2`, "
            "from line 5 on); "
            "expected only the task's ids. Remove these rows."
        )
    ]


def test_an_empty_id_is_refused() -> None:
    assert refused("id,output\nq1,a\nq2,b\n\u200b,c\n") == [
        "Line 4, column id: found an empty id; expected the id of an item. Fill it in, or remove the row."
    ]


def test_an_id_that_plays_tricks_is_shown_with_its_characters_escaped() -> None:
    assert refused("id,output\nq1,a\nq2,b\nq3,c\nq\u202e1`,d\n")[0].startswith(
        "Line 5, column id: found `q\\u202e1\\u0060`,"
    )
