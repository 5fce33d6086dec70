"""Gold in every form, and refusals that never show an answer or a prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import BadFile
from bench.model import Item
from bench.parsing import read_gold
from tests.fixtures.outputs import gz, refusal_of

ITEMS = (
    Item(
        "1", "¿Qué es «al tiro»?", ("right away", "at once"), (("dialect", "chile"), ("domain", "slang")), author="Ada"
    ),
    Item("2", "2 + 2?", ("4",), practice=True),
)
CSV = (
    "id,prompt,answer,answer2,tags,practice,author\n"
    "1,¿Qué es «al tiro»?,right away,at once,dialect=chile;domain=slang,no,Ada\n"
    "2,2 + 2?,4,,,yes,\n"
)
ONE = (
    '{"id":1,"prompt":"¿Qué es «al tiro»?","answers":["right away","at once"],'
    '"tags":{"dialect":"chile","domain":"slang"},"author":"Ada"}'
)
TWO = '{"id":"2","prompt":"2 + 2?","answer":4,"practice":true}'
FORMS = {
    "CSV": ("g.csv", CSV.encode()),
    "TSV": ("g.tsv", CSV.replace(",", "\t").encode()),
    "CSV with a list": (
        "g.csv",
        'id,prompt,answers,tags,practice,author\n1,¿Qué es «al tiro»?,"[""right away"",""at once""]",'
        '"{""dialect"":""chile"",""domain"":""slang""}",0,Ada\n2,2 + 2?,[4],,TRUE,\n'.encode(),
    ),
    "JSONL": ("g.jsonl", f"{ONE}\n{TWO}\n".encode()),
    "JSON": ("g.json", f"[{ONE},{TWO}]".encode()),
    "gzipped": ("g.jsonl.gz", gz(f"{ONE}\n{TWO}")),
}


def refused(content: str, name: str = "g.csv") -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_gold(content.encode(), name)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(("name", "content"), FORMS.values(), ids=FORMS.keys())
def test_every_form_of_gold_gives_the_same_items(name: str, content: bytes) -> None:
    assert read_gold(content, name) == ITEMS


def test_answers_stand_as_they_are_written() -> None:
    content = b'{"id":1,"prompt":"p","answers":[1.50,"007"," x ",true,"null"]}\n{"id":2,"prompt":"p","answer":1e3}'
    assert [item.answers for item in read_gold(content, "g.jsonl")] == [
        ("1.50", "007", " x ", "true", "null"),
        ("1e3",),
    ]


def test_separators_inside_an_answer_never_split_it() -> None:
    content = b'id,prompt,answer\n1,p,"a;b|c, d / e"\n'
    assert read_gold(content, "g.csv")[0].answers == ("a;b|c, d / e",)


ROWS = {
    "id,prompt,answer\n,p,SECRET": [
        "Line 2, column id: found an empty id; expected the id of an item. Fill it in, or remove the row."
    ],
    "id,prompt,answer\n1,p,SECRET\n2,p,SECRET\n 1 ,p,SECRET": [
        "Line 4, column id: found `1` again, after line 2; expected each id once. Give one of the two another id."
    ],
    "id,prompt,answer\na\u202eb,p,SECRET": [
        (
            r"Line 2, column id: found an invisible character in the id `a\u202eb`; "
            r"expected letters, digits and signs. Remove it."
        )
    ],
    "id,prompt,answer\n1, ,SECRET": [
        "Line 2, column prompt: found no prompt; expected a prompt. Fill it in, or remove the row."
    ],
    "id,prompt,answer\n1,p,": [
        "Line 2, column answer: found no answer; expected an answer. Fill it in, or remove the row."
    ],
    "id,prompt,answer,answer2\n1,p,SECRET,SECRET": [
        (
            "Line 2, column answers: found the same answer twice (number 2 repeats number 1); "
            "expected different answers. "
            "Remove one of the two."
        )
    ],
    "id,prompt,answers\n1,p,SECRET": [
        (
            "Line 2, column answers: found text that is not JSON; expected a list of texts. "
            'Write a JSON list, ["first", "second"], or use the columns `answer`, `answer2` and so on.'
        )
    ],
    "id,prompt,answers\n1,p,[]": [
        "Line 2, column answers: found an empty list; expected 1 to 50 answers. Give the accepted answers."
    ],
    'id,prompt,answers\n1,p,"[""SECRET"",null]"': [
        "Line 2, column answers: found an empty answer; expected text. Fill it in, or remove it from the list."
    ],
    "id,prompt,answer,tags\n1,p,SECRET,SECRET": [
        "Line 2, column tags: found a tag without `=`; expected key=value. Write tags as dialect=chile;domain=contract."
    ],
    "id,prompt,answer,tags\n1,p,SECRET,a=1;a=2": [
        "Line 2, column tags: found the same tag twice; expected each tag once. Keep one of its values."
    ],
    "id,prompt,answer,practice\n1,p,SECRET,SECRET": [
        (
            "Line 2, column practice: found neither true nor false; expected one of them. "
            "Write true for a practice item, else false."
        )
    ],
    "id,prompt,answer,practice\n1,p,SECRET,yes": [
        (
            "The file: found only practice items; expected at least one item that counts. "
            "Add items with an id, a prompt and an answer."
        )
    ],
    "id,prompt,answer\n": [
        (
            "The file: found no items; expected at least one item that counts. "
            "Add items with an id, a prompt and an answer."
        )
    ],
    '{"id":1,"prompt":"p","answers":"SECRET"}\n{"id":2,"prompt":"p","answer":["SECRET"]}': [
        (
            "Line 1, column answers: found text; expected a list of texts. "
            'Write a JSON list, ["first", "second"], or use the columns `answer`, `answer2` and so on.'
        ),
        "Line 2, column answer: found a list; expected one text. Rename the column to `answers`.",
    ],
    '{"id":1,"prompt":"p","answer":"SECRET","answers":["SECRET"]}\n{}': [
        "Line 1: found both `answer` and `answers`; expected only one of them. Keep only `answers`.",
        (
            "Line 2: found no column names; expected the columns `id`, `prompt` and `answer` (or `answers`). "
            'Write each row as `{"id": "…", "prompt": "…", "answers": ["…"]}`.'
        ),
    ],
}


@pytest.mark.parametrize(("content", "sentences"), ROWS.items())
def test_a_row_of_gold_that_cannot_be_used_is_named_without_its_answer(content: str, sentences: list[str]) -> None:
    assert refused(content, "g.jsonl" if content.startswith("{") else "g.csv") == sentences
    assert "SECRET" not in "".join(sentences)


HEADERS = {
    "qid,question,target": "found the columns `qid`, `question`, `target`; "
    "expected the columns `id`, `prompt` and `answer` (or `answers`). "
    "Rename `qid` to `id` and `question` to `prompt` and `target` to `answer`.",
    "1,What?,SECRET": "found a first line without these names; expected the columns "
    "`id`, `prompt` and `answer` (or `answers`). Start with the line `id,prompt,answer`.",
    "id,prompt,answer,answer1": "found the column `answer1`; expected `answer2`. "
    "Rename it to `answer2`, or to something unlike it if it is to be ignored.",
    "id,prompt,answer,Practise": "found the column `Practise`; expected `practice`. "
    "Rename it to `practice`, or to something unlike it if it is to be ignored.",
}


@pytest.mark.parametrize(("header", "sentence"), HEADERS.items())
def test_a_header_of_gold_is_mended_but_a_first_item_is_not_shown(header: str, sentence: str) -> None:
    assert refused(f"{header}\n1,p,SECRET,x\n") == [f"Line 1: {sentence}"]


def test_a_column_that_resembles_nothing_is_ignored() -> None:
    assert read_gold(b"id,prompt,answer,source,year\n1,p,a,x,2020", "g.csv") == (Item("1", "p", ("a",)),)


def test_a_map_is_no_gold() -> None:
    assert refused('{"q1":"SECRET"}', "g.json") == [
        "The file: found one object; expected a list of objects. Put the rows as objects into one list: `[{…}, {…}]`."
    ]


@given(
    st.text(alphabet='CANARY",;\n\r\t[]{}:\\\x00\ud800é=', max_size=60),
    st.sampled_from(["csv", "tsv", "jsonl", "json"]),
)
def test_no_refusal_shows_an_answer_however_the_file_is_broken(noise: str, suffix: str) -> None:
    answer = "ZQXSECRETZQX"
    rows = {
        "csv": f"id,prompt,answer,tags,practice\n1,p,{answer},,\n{noise}\n2,{answer},{answer},{answer},{answer}\n",
        "tsv": f"id\tprompt\tanswers\n1\tp\t{answer}\n{noise}",
        "jsonl": f'{{"id":1,"prompt":"p","answers":["{answer}","{answer}"{noise}]}}\n{{"id":2,"prompt":"{answer}"}}',
        "json": f'[{{"id":1,"prompt":"p","answers":["{answer}"]}},{noise}{{"id":1,"answer":{{"{answer}":1}}}}]',
    }
    content = rows[suffix].encode("utf-8", "surrogatepass")
    assert answer not in str(refusal_of(lambda: read_gold(content, f"g.{suffix}")))
