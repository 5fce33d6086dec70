"""The two files of a kit that are read by people: its README and its notebook."""

import json
from typing import Final

from bench.language.specification import Specification

PRACTICE_GOLD: Final = "practice_gold.jsonl"
OWN_GOLD: Final = "my_gold.jsonl"

_README: Final = """\
# {title}

{statement}

## What is here

| file | what it holds |
|---|---|
| `prompts.csv`, `.tsv`, `.jsonl`, `.json` | the {items} prompts with their ids; the four files say the same |
| `sample_submission.csv`, `.tsv`, `.jsonl`, `.json` | a valid submission: replace each output by that of your system |
| `metric.toml` | how outputs are scored |
{gold_row}
| `notebook.ipynb` | all steps: load, answer, write, score on this machine |

## How to take part

1. Let your system answer every prompt, each on its own.
2. Write one row for each id with two columns, `id` and `output`. The output is the whole text of the system: the metric
   takes the answer out of it. Leave the ids as they are.
3. Send the file with `/submit` in Discord. A mistake in the file is explained and costs no attempt.

Accepted are CSV, TSV, JSONL and JSON (rows, or one object from id to output), each also gzipped, in UTF-8.
An empty output counts as wrong; a missing id refuses the file unless you choose to submit a part of the items.
A value scores as the text that stands in the file: `007` stays `007`.

## How it is scored

    {signature}

Every score on the board carries this line. To score a file as the bot does, in a checkout of Touchstone:

    python -m bot score --gold {gold_file} --metric metric.toml FILE

{gold_note}
"""

_PRACTICE_ROW: Final = "| `practice_gold.jsonl` | the practice items with their accepted answers; they never count |"
_PRACTICE_NOTE: Final = """\
`practice_gold.jsonl` holds the practice items only, and FILE has to hold the same ids: the notebook writes it."""
_OWN_ROW: Final = "| `my_gold.jsonl` | a template: write right answers of your own to try the metric |"
_OWN_NOTE: Final = """\
This task has no public answers. Write some of your own into `my_gold.jsonl`; FILE has to hold the same ids, and the
notebook writes such a file."""


def kit_readme(title: str, statement: str, specification: Specification, items: int, gold_file: str) -> str:
    """The README of a kit; `gold_file` is PRACTICE_GOLD, or OWN_GOLD where the task has no public answers."""
    has_practice = gold_file == PRACTICE_GOLD
    return _README.format(
        title=title,
        statement=statement,
        items=items,
        signature=specification.signature,
        gold_file=gold_file,
        gold_row=_PRACTICE_ROW if has_practice else _OWN_ROW,
        gold_note=_PRACTICE_NOTE if has_practice else _OWN_NOTE,
    )


_LOAD: Final = """
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

with open("prompts.jsonl", encoding="utf-8", newline="\\n") as lines:
    prompts = [json.loads(line) for line in lines]

print(len(prompts), "prompts; the first one:", prompts[0])
"""
_ANSWER: Final = '''
def answer(prompt):
    """Ask your system here, and return its whole output as text."""
    return "your answer"


outputs = {row["id"]: answer(row["prompt"]) for row in prompts}
'''
_WRITE: Final = """
def write_submission(path, ids):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "output"])
        writer.writerows((item_id, outputs[item_id]) for item_id in ids)


write_submission("submission.csv", outputs)
print("Send submission.csv with /submit.")
"""
_SCORE: Final = """
GOLD = {gold_file}
TOUCHSTONE = Path(os.environ.get("TOUCHSTONE", "touchstone"))  # your checkout of Touchstone

if (TOUCHSTONE / "bot").is_dir():
    with open(GOLD, encoding="utf-8", newline="\\n") as lines:
        known_ids = [json.loads(line)["id"] for line in lines]
    write_submission("try.csv", known_ids)
    own_python = TOUCHSTONE.resolve() / ".venv" / "bin" / "python"
    python = str(own_python) if own_python.exists() else sys.executable
    command = [python, "-m", "bot", "score", "--gold", GOLD, "--metric", "metric.toml", "try.csv"]
    scored = subprocess.run(
        command,
        env={{**os.environ, "PYTHONPATH": str(TOUCHSTONE.resolve())}},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    print(scored.stdout)
else:
    print("To score on this machine, get Touchstone and name its folder in TOUCHSTONE above.")
"""


def notebook(title: str, gold_file: str) -> str:
    """A notebook (nbformat 4.5) that goes from the prompts to a submission and scores it on the gold in `gold_file`."""
    cells = [
        _markdown("title", f"# {title}\n\nRun the cells in order; only the second one needs your hand."),
        _code("load", _LOAD),
        _markdown("answer-note", "Answer each prompt with your system."),
        _code("answer", _ANSWER),
        _markdown("write-note", "Write the file for `/submit`."),
        _code("write", _WRITE),
        _markdown("score-note", f"Score on this machine what `{gold_file}` has answers for."),
        _code("score", _SCORE.format(gold_file=json.dumps(gold_file))),
    ]
    document = {
        "cells": cells,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _markdown(name: str, text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(text)}


def _code(name: str, text: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": _lines(text.strip("\n")),
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
