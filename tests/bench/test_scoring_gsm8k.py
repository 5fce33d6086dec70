"""Real outputs of four systems on GSM8K, whose number of right answers their authors published."""

import json
from pathlib import Path

import pytest

from bench.fitness import gold_problems, self_test
from bench.language.specification import parse_toml
from bench.model import Gold, Item, Outputs
from bench.scoring import score

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "gsm8k"
SPECIFICATION = parse_toml('metric = "numeric"\nextract = "after:A:"')

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real data does not lie at {FOLDER}")


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (FOLDER / name).read_bytes().split(b"\n") if line]


def gold() -> Gold:
    items = [Item(str(row["id"]), str(row["prompt"]), tuple(row["answers"])) for row in rows("gold.jsonl")]  # type: ignore[arg-type]  # the folder's own format
    return Gold(tuple(items))


@pytest.mark.parametrize(
    ("system", "right"),
    [("175b_verification", 742), ("6b_verification", 515), ("175b_finetuning", 458), ("6b_finetuning", 286)],
)
def test_the_published_number_of_right_answers_is_found_exactly(system: str, right: int) -> None:
    outputs = Outputs({str(row["id"]): str(row["output"]) for row in rows(f"{system}.jsonl")})
    card = score(outputs, gold(), SPECIFICATION)
    assert card.coverage.answered == card.coverage.items == 1319
    assert card.score == right / 1319


def test_the_metric_serves_the_whole_gold() -> None:
    assert gold_problems(gold().items, SPECIFICATION) == ()
    assert self_test(gold(), SPECIFICATION).gold_score == 1.0
