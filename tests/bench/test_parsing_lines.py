"""The quickest way through JSON lines: what it accepts is what a decoder reads, in the order of the task."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.errors import BadFile
from bench.kernels.texts import Texts
from bench.parsing.lines import read_lines
from bench.parsing.outputs import OUTPUT_COLUMNS, read_carefully
from bench.parsing.source import open_source

ids = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Cf"]), min_size=1, max_size=9)
texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.sampled_from(
    ["", " ", "\\", '"', '\\"', 'a\\\\"', "\x1e", "\x7f", "\u2028", "x" * 8, "y" * 16, '","output":"', "é" * 4, "😀"]
)
tables = st.dictionaries(ids, texts, min_size=1, max_size=8)
bodies = st.lists(
    st.sampled_from(['"', "\\", '\\"', '","output":"', '"}\n{"id":"', "\\u00e9", "\\ud800", "\\u0000", "\\u001e"])
    | st.sampled_from(["a", "b", "é", "\x1e", "\t", "\x7f", "\n", "}", ",", ":", "\\n", "\\x", "output"]),
    max_size=5,
).map("".join)


def lines(rows: dict[str, str], *, ascii_only: bool, compact: bool) -> str:
    separators = (",", ":") if compact else (", ", ": ")
    written = (
        json.dumps({"id": name, "output": text}, ensure_ascii=ascii_only, separators=separators)
        for name, text in rows.items()
    )
    return "\n".join(written)


@given(tables, st.booleans(), st.booleans(), st.randoms(use_true_random=False), st.booleans())
def test_rows_in_any_order_come_in_the_order_of_the_task(
    rows: dict[str, str], ascii_only: bool, compact: bool, chance: object, has_end: bool
) -> None:
    names = list(rows)
    chance.shuffle(names)  # type: ignore[attr-defined]  # a random.Random
    content = lines({name: rows[name] for name in names}, ascii_only=ascii_only, compact=compact)
    found = read_lines((content + "\n" * has_end).encode(), rows.keys())
    # What only a decoder can tell apart, or would be taken for a separator, and an id with an escape.
    if any(mark in text for text in rows.values() for mark in ('\\"', "\x1e")) or any(
        "\\" in content[: content.find("output")] for content in content.splitlines()
    ):
        assert found is None or dict(found) == rows
    elif not any(text.endswith("\\") for text in rows.values()):
        assert found is not None
        assert list(found.items()) == list(rows.items())
        assert list(found) == list(rows)
        assert found == rows


@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(bodies, bodies), min_size=1, max_size=3), st.sets(st.sampled_from("ab"), min_size=1))
@example([("a", 'x","output":"y'), ("b", "z")], {"a", "b"})
@example([("a", 'x"}\n{"id":"b","output":"y')], {"a", "b"})
@example([("a", "x\\"), ("b", "y")], {"a", "b"})
@example([("a\\u0062", "x"), ("b", "y")], {"a\\u0062", "b"})
@example([("a", "x"), ("a", "y")], {"a", "b"})
@example([("a", "\\ud83d\\ude00"), ("b", "\\ud83d")], {"a", "b"})
@example([("a", "\x1eb"), ("b", "y")], {"a", "b"})
@example([("b", "é\\n"), ("a", "y")], {"a", "b"})
def test_what_is_accepted_is_what_the_careful_way_reads(rows: list[tuple[str, str]], expected: set[str]) -> None:
    content = "\n".join(f'{{"id":"{name}","output":"{text}"}}' for name, text in rows).encode()
    ordered = dict.fromkeys(sorted(expected)).keys()
    found = read_lines(content, ordered)
    if found is not None:
        source = open_source(content, "a.jsonl", OUTPUT_COLUMNS)
        assert read_carefully(source, ordered, partial=False) == found


@pytest.mark.parametrize(
    "content",
    [
        b'{"id":"a","output":"\xff"}\n{"id":"b","output":""}\n',
        b'{"id":"a","output":"\xed\xa0\x80"}\n{"id":"b","output":""}\n',
        b'{"id":"a","output":"x"} \n{"id":"b","output":""}\n',
        b'{"id":"a","output":"x"}\n{"id": "b","output":""}\n',
        b'{"id":"a","output":"x"}\n\n{"id":"b","output":""}\n',
        b'{"id":"a","output":null}\n{"id":"b","output":""}\n',
        b'{"id":"a","output":"x"}\n{"output":"b","id":""}\n',
        b'{"id":"a","output":"x"}\n{"id":"b","output":""',
        b'{"id":"a","output":"' + b"x" * 65_537 + b'"}\n{"id":"b","output":""}\n',
        b"",
        b"\n",
    ],
)
def test_whatever_is_unusual_is_left_to_others(content: bytes) -> None:
    assert read_lines(content, dict.fromkeys("ab").keys()) is None


@given(st.lists(texts.filter(lambda text: "\x1e" not in text)), st.data())
def test_texts_in_a_buffer_are_those_that_were_put_in(given_texts: list[str], data: st.DataObject) -> None:
    buffered = Texts.of([text.encode() for text in given_texts])
    places = data.draw(st.lists(st.sampled_from(range(len(given_texts))))) if given_texts else []
    filled = [text if text.strip() else None for text in given_texts]
    at = np.array(places, np.int64)
    replaced = [*given_texts]
    for place in places:
        replaced[place] = "ñ😀" * place
    changed = np.unique(at)
    others = Texts.of([replaced[place].encode() for place in changed.tolist()])
    for found, expected in (
        (buffered, given_texts),
        (buffered.at(at), [given_texts[place] for place in places]),
        (buffered.replaced(changed, others), replaced),
        (buffered.without_blanks(), filled),
        (buffered.without_blanks().at(at), [filled[place] for place in places]),
        (buffered.at(at).without_blanks(), [filled[place] for place in places]),
    ):
        assert list(found) == expected
        assert len(found) == len(expected)
        assert [found[place] for place in range(len(found))] == expected
        assert found[1:] == expected[1:]
        assert found.missing.tolist() == [place for place, text in enumerate(expected) if text is None]


def test_a_file_that_was_mixed_up_and_not_by_one_id_is_told_apart() -> None:
    rows = {f"item-{number}": f"text {number}" for number in range(3000)}
    backwards = dict(reversed(rows.items()))
    content = lines(backwards, ascii_only=True, compact=True)
    found = read_lines(content.encode(), rows.keys())
    assert found is not None
    assert list(found.texts) == list(rows.values())
    assert read_lines(content.replace("item-7", "item-8", 1).encode(), rows.keys()) is None
    assert read_lines(content.encode(), dict.fromkeys([*rows, "one"]).keys()) is None


def test_a_refusal_of_bytes_that_are_no_text_still_names_the_line() -> None:
    content = b'{"id":"a","output":"x"}\n{"id":"b","output":"\xff"}\n'
    with pytest.raises(BadFile, match="Line 2"):
        read_carefully(open_source(content, "a.jsonl", OUTPUT_COLUMNS), {"a", "b"}, partial=False)
