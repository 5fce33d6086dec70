"""JSON that is refused: at its line and character, with what people commonly mean."""

import pytest

from bench.errors import BadFile
from bench.parsing import read_gold, read_outputs
from tests.fixtures.outputs import JSON_FRAME, refused

JSON_OUTPUTS = {
    "NaN": 'found NaN, which is not JSON; expected text. Write "NaN" in quotes if that is what is meant.',
    "-Infinity": "found -Infinity, which is not JSON; expected text. "
    'Write "-Infinity" in quotes if that is what is meant.',
    '["a"]': "found a list; expected text. Write it as one text in double quotes.",
    '{"a":1}': "found an object; expected text. Write it as one text in double quotes.",
    r'"\ud800"': r"found half of a surrogate pair (\ud800); expected whole characters. "
    r"Write both halves, or remove this one.",
    r'"\u0000"': "found a NUL character; expected text without it. Remove it.",
    "9" * 65: "found a number of 65 characters; expected at most 64. Put it in double quotes if it is meant as text.",
    f'"{"a" * 65_537}"': "found a text of 65,537 characters; expected at most 65,536. Shorten it.",
}


@pytest.mark.parametrize(("token", "sentence"), JSON_OUTPUTS.items(), ids=[token[:12] for token in JSON_OUTPUTS])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_json_output_that_is_no_text_is_refused(name: str, token: str, sentence: str) -> None:
    content = JSON_FRAME.format(token)
    content = content if name == "a.jsonl" else f"[{content.strip()}]".replace("}\n", "},\n")
    assert refused(content, name) == [f"Line 1, column output: {sentence}"]


JSON_SYNTAX = {
    "'x'": "column 21: found `'`; expected a value. Use double quotes; JSON knows no others.",
    "None": "column 21: found `N`; expected a value. Write None as null.",
    "007": "column 22: found `0`; expected `,` or a closing bracket. "
    "A number has no leading zeros; put it in double quotes if they matter.",
    '"a" b': r"column 25: found `b`; expected `,` or a closing bracket. Add it, or mend the text before it. "
    r"A quote inside a text is written \".",
    '"a\tb"': r"column 23: found a tab inside a text; expected \n, \t or \u00… in its place. "
    "Write the file with a JSON library.",
    r'"C:\q"': r"column 24: found `\`; expected an escape that JSON knows. Write a backslash as \\.",
    '"a",': "column 25: found `}`; expected a key in double quotes. Remove the comma before it.",
    '"a': r"column 21: found a text that is never closed; expected a closing quote. Close it. "
    r"A quote inside a text is written \".",
    '"a"}{': "column 25: found `{`; expected nothing more. Put one object on each line, or all objects into one list.",
}


@pytest.mark.parametrize(("token", "sentence"), JSON_SYNTAX.items())
def test_broken_json_on_a_line_is_refused_at_its_character(token: str, sentence: str) -> None:
    assert refused(JSON_FRAME.format(token), "a.jsonl") == [f"Line 1, {sentence}"]


def test_a_broken_line_hides_no_other_and_its_item_is_not_called_missing() -> None:
    assert refused('{"id":"q1","output":"a"\n["x"]\n{"id":null,"output":"x"}\n', "a.jsonl", ids=("q1", "q2", "q3")) == [
        (
            "Line 1, column 24: found the end of the line; expected `,` or a closing bracket. "
            "Write each object on one line, and check that the line is whole."
        ),
        'Line 2: found a list; expected an object. Write each row as `{"id": "…", "output": "…"}`.',
        "Line 3, column id: found null; expected an id: text or a number. Write the id in double quotes.",
    ]


def test_a_repeated_key_is_refused_in_a_row_and_in_a_map() -> None:
    assert refused(
        '{"id":"q1","output":"a","output":"b"}\n{"id":"q2","output":"a"}\n{"id":"q3","output":""}', "a.jsonl"
    ) == ["Line 1: found 2 columns named `output`; expected one. Rename or remove the other."]
    assert refused('{"q1":"a",\n"q2":"b","q3":"c",\n"q1":"d"}', "a.json") == [
        "Line 3, column id: found `q1` again, after line 1; expected each id once. Keep only one of the two rows."
    ]


def test_a_repeated_key_cannot_hide_behind_an_escape() -> None:
    content = r'{"id":"q1","\u006futput":"a","output":"b"}' + '\n{"id":"q2","output":"a"}\n{"id":"q3","output":""}'
    assert refused(content, "a.jsonl") == [
        "Line 1: found 2 columns named `output`; expected one. Rename or remove the other."
    ]


def test_json_documents_name_the_line_of_the_row() -> None:
    content = '[\n{"id":"q1","output":"a"},\n\n{"id":"q2",\n"output":[]},\n{"id":"q3","output":"c"}\n]'
    assert refused(content, "a.json") == [
        "Line 4, column output: found a list; expected text. Write it as one text in double quotes."
    ]
    assert refused('[{"id":"q1","output":"a"},\n{"id":"q2","output":"a"', "a.json") == [
        (
            "Line 2, column 24: found the end of the file; expected `,` or a closing bracket. "
            "Check that the file is whole; its end may be missing."
        )
    ]
    assert refused('"x"', "a.json") == [
        (
            "The file: found text; expected a list of objects, or one object from id to output. "
            "Put the rows as objects into one list: `[{…}, {…}]`."
        )
    ]


def test_a_list_inside_an_object_is_asked_for_alone() -> None:
    content = '{\n"predictions": [{"id":"q1","output":"a"}]}'
    assert refused(content, "a.json") == [
        (
            "Line 2: found an object whose only member `predictions` is a list; expected a list of objects, or one "
            "object from id to output. Send that list alone: `[{…}, {…}]`."
        )
    ]
    with pytest.raises(BadFile) as caught:
        read_gold(content.encode(), "gold.json")
    assert "expected a list of objects. Send that list alone" in str(caught.value)


def test_nesting_is_refused_in_every_json_form_and_in_ignored_columns_too() -> None:
    sentence = (
        "found lists or objects nested more than 32 deep; expected flat rows. Keep only the columns that are needed."
    )
    deep = '"x":' + "[" * 40 + "]" * 40
    assert refused(
        f'{{"id":"q1","output":"a",{deep}}}\n{{"id":"q2","output":"a"}}\n{{"id":"q3","output":""}}', "a.jsonl"
    ) == [f"Line 1: {sentence}"]
    assert refused("[" * 100_000, "a.json") == [f"Line 1: {sentence}"]


def test_ignored_columns_may_hold_anything_flat() -> None:
    content = b'{"id":"q1","output":"a","meta":{"tokens":[1,2]},"cost":NaN}\n{"id":"q2","output":"b","meta":null}'
    assert read_outputs(content, "a.jsonl", ["q1", "q2"]).by_id == {"q1": "a", "q2": "b"}
