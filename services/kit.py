"""The kit of a task: a zip with all that a person needs to make a submission, and not one hidden answer."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bench.language.specification import Specification
from bench.model import Item
from bench.tables import kit_tables
from services.kit_texts import OWN_GOLD, PRACTICE_GOLD, kit_readme, notebook

Prompt = tuple[str, str]

OWN_GOLD_ROWS: Final = 3
# The earliest moment that a zip can name: the same task gives the same bytes on every day.
FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)


def make_kit(
    title: str, statement: str, specification: Specification, prompts: Sequence[Prompt], practice: Sequence[Item]
) -> bytes:
    """The zip's bytes, the same for the same task.

    `prompts` are (id, prompt) of all items in the task's order, without their answers by construction; `practice`
    are those of the items that are public, whose answers go into the kit.
    """
    public = {item.id: replace(item, practice=True) for item in practice}
    items = [public.get(item_id) or Item(item_id, prompt, answers=()) for item_id, prompt in prompts]
    gold_file = PRACTICE_GOLD if practice else OWN_GOLD
    texts = {
        "README.md": kit_readme(title, statement, specification, len(prompts), gold_file),
        "metric.toml": specification.to_toml(),
        "notebook.ipynb": notebook(title, gold_file),
    }
    if not practice:
        texts[OWN_GOLD] = _gold_to_fill(prompts[:OWN_GOLD_ROWS])
    return _zip(kit_tables(items) | {name: text.encode() for name, text in texts.items()})


def _gold_to_fill(prompts: Sequence[Prompt]) -> str:
    rows = [{"id": item_id, "prompt": prompt, "answers": ["write a right answer here"]} for item_id, prompt in prompts]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, also where the kit is made elsewhere
            archive.writestr(entry, content)
    return packed.getvalue()
