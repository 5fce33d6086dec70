"""Reading gold: the items of a task with their accepted answers. No refusal shows an answer or a prompt."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from bench.model import Item, Tags
from bench.parsing.cells import Members, Row, kind_of, text_of
from bench.parsing.columns import Schema
from bench.parsing.ids import BLANKS
from bench.parsing.json_text import parsed
from bench.parsing.limits import MAX_ANSWERS, MAX_ID_CHARACTERS
from bench.parsing.problems import Fault, Problems, count, quote
from bench.parsing.rows import id_of, read_rows
from bench.parsing.source import open_source
from bench.parsing.tags import tags_of
from bench.spellings import MARK, are_different, is_marked, spellings_of

_MORE_ANSWERS: Final = tuple(f"answer{number}" for number in range(2, MAX_ANSWERS + 1))

GOLD_COLUMNS: Final = Schema(
    required=(("id",), ("prompt",), ("answer", "answers")),
    optional=("tags", "practice", "contested", "author", *_MORE_ANSWERS),
    synonyms={
        "id": "item item_id itemid qid question_id questionid example_id key index idx uid number nr",
        "prompt": "question input query statement instruction problem sentence text",
        "answer": "answer1 gold target targets label expected reference references solution output outputs response",
    },
    header="id,prompt,answer",
    row='{"id": "…", "prompt": "…", "answers": ["…"]}',
    strict=True,
    secret=True,
)

_LIST_REMEDY = 'Write a JSON list, ["first", "second"], or use the columns `answer`, `answer2` and so on.'
_YES = frozenset({"true", "1", "yes"})
_NO = frozenset({"false", "0", "no", ""})
_UNSAFE_IN_IDS = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})


def read_gold(content: bytes, filename: str) -> tuple[Item, ...]:
    """The items of a task in the order of the file; prompts and answers are exactly the text that stands there.

    Raises `BadFile` with every problem of the file; none of them shows a prompt or an answer.
    """
    source = open_source(content, filename, GOLD_COLUMNS)
    problems = Problems()
    items: list[Item] = []
    lines: dict[str, int] = {}
    for row in read_rows(source, GOLD_COLUMNS, problems):
        item = _ItemReader(row, problems).item()
        first = lines.setdefault(item.id, row.line) if item.id else row.line
        if first != row.line:
            found = f"{quote(item.id)} again, after line {first:,}"
            problems.add(Fault(found, "each id once", "Give one of the two another id."), line=row.line, column="id")
        items.append(item)
    if not problems and all(item.practice or item.contested for item in items):
        found = "only practice items" if items else "no items"
        problems.add(Fault(found, "at least one item that counts", "Add items with an id, a prompt and an answer."))
    problems.check()
    return tuple(items)


@dataclass(slots=True)
class _ItemReader:
    """Reads one row; what is wrong is noted, and something harmless stands in its place until the file is refused."""

    row: Row
    problems: Problems

    def item(self) -> Item:
        item = Item(
            id=self._id(),
            prompt=self._prompt(),
            answers=self._answers(),
            tags=self._tags(),
            practice=self._is("practice", "for a practice item"),
            author=self._author(),
            contested=self._is("contested", "for an item that does not count for now"),
        )
        self._look_at_mark(item)
        return item

    def _look_at_mark(self, item: Item) -> None:
        """A marked item says something only where its spellings differ and are kept secret."""
        if not is_marked(item):
            return
        spellings = spellings_of(item)
        if item.practice:
            found = f"the practice item {quote(item.id)} marked `{MARK}`"
            remedy = "Practice items are public with their answers; take one of the two marks away."
            self._refuse(Fault(found, "the mark on hidden items only", remedy), "tags")
        elif spellings and not are_different(spellings):
            found = f"item {quote(item.id)} marked `{MARK}` with {count(len({*map(str.strip, spellings)}), 'spelling')}"
            remedy = f"Give it more accepted answers that are equally good, or take the tag `{MARK}` away."
            self._refuse(Fault(found, "two or more, none of them twice but for blanks", remedy), "tags")

    def _refuse(self, fault: Fault, column: str) -> None:
        self.problems.add(fault, line=self.row.line, column=column)

    def _id(self) -> str:
        item_id = id_of(self.row, self.problems) or ""
        if len(item_id) > MAX_ID_CHARACTERS:
            found = f"an id of {count(len(item_id), 'character')}"
            self._refuse(Fault(found, f"at most {MAX_ID_CHARACTERS}", "Choose a shorter id."), "id")
        elif any(unicodedata.category(character) in _UNSAFE_IN_IDS for character in item_id):
            found = f"an invisible character in the id {quote(item_id)}"
            self._refuse(Fault(found, "letters, digits and signs", "Remove it."), "id")
        return item_id

    def _text(self, cell: object, column: str, article: str) -> str:
        """A text that must not be empty."""
        if cell is None or (isinstance(cell, str) and not cell.strip(BLANKS)):
            self._refuse(Fault(f"no {column}", f"{article} {column}", "Fill it in, or remove the row."), column)
            return ""
        text = text_of(cell)
        if isinstance(text, Fault):
            self._refuse(text, column)
            return ""
        return text

    def _prompt(self) -> str:
        return self._text(self.row.cells["prompt"], "prompt", "a")

    def _answers(self) -> tuple[str, ...]:
        answers = self._listed() if "answers" in self.row.cells else self._single()
        if len(set(answers)) < len(answers):
            place = next(place for place, answer in enumerate(answers) if answer in answers[:place])
            found = f"the same answer twice (number {place + 1} repeats number {answers.index(answers[place]) + 1})"
            self._refuse(Fault(found, "different answers", "Remove one of the two."), "answers")
        return answers

    def _single(self) -> tuple[str, ...]:
        cell = self.row.cells["answer"]
        if isinstance(cell, list) and not isinstance(cell, Members):
            self._refuse(Fault("a list", "one text", "Rename the column to `answers`."), "answer")
            return ()
        more = ((name, self.row.cells.get(name)) for name in _MORE_ANSWERS)
        filled = [(name, value) for name, value in more if value is not None and value != ""]
        return tuple(self._text(value, name, "an") for name, value in [("answer", cell), *filled])

    def _listed(self) -> tuple[str, ...]:
        cell = self.row.cells["answers"]
        beside = next((name for name in _MORE_ANSWERS if self.row.cells.get(name)), None)
        if beside is not None:
            self._refuse(Fault(f"`answers` beside `{beside}`", "one of the two ways", _LIST_REMEDY), "answers")
        if type(cell) is str:
            cell = parsed(cell) if self.row.in_table else cell
        if not isinstance(cell, list) or isinstance(cell, Members):
            self._refuse(Fault(kind_of(cell), "a list of texts", _LIST_REMEDY), "answers")
            return ()
        if not 1 <= len(cell) <= MAX_ANSWERS:
            found = f"a list of {count(len(cell), 'answer')}" if cell else "an empty list"
            self._refuse(Fault(found, f"1 to {MAX_ANSWERS} answers", "Give the accepted answers."), "answers")
            return ()
        return tuple(self._answer(value) for value in cell)

    def _answer(self, value: object) -> str:
        if value is None or (isinstance(value, str) and not value.strip(BLANKS)):
            self._refuse(Fault("an empty answer", "text", "Fill it in, or remove it from the list."), "answers")
            return ""
        return self._text(value, "answers", "an")

    def _tags(self) -> Tags:
        tags = tags_of(self.row.cells.get("tags"))
        if isinstance(tags, Fault):
            self._refuse(tags, "tags")
            return ()
        return tags

    def _is(self, column: str, meaning: str) -> bool:
        cell = self.row.cells.get(column)
        if cell is None or isinstance(cell, bool):
            return bool(cell)
        word = cell.strip(BLANKS).casefold() if isinstance(cell, str) else None
        if word in _YES or word in _NO:
            return word in _YES
        self._refuse(Fault("neither true nor false", "one of them", f"Write true {meaning}, else false."), column)
        return False

    def _author(self) -> str | None:
        cell = self.row.cells.get("author")
        if cell is None or (isinstance(cell, str) and not cell.strip(BLANKS)):
            return None
        text = text_of(cell)
        if isinstance(text, Fault) or len(text) > MAX_ID_CHARACTERS:
            fault = Fault(
                f"something that is no name of at most {MAX_ID_CHARACTERS} characters", "a name", "Shorten it."
            )
            self._refuse(fault, "author")
            return None
        return text.strip(BLANKS)
