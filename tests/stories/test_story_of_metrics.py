"""Members read what metrics there are, and try one before and after a task is proposed with it."""

import pytest

from sandbox.actors import Reply
from tests.fixtures.town import TITLE, Town, answer

STRICT = 'metric = "exact"\nextract = "after:A:"\nnormalize = "raw"'


async def tried(town: Town, **values: str) -> Reply:
    form = await town.eve.slash("metric try")
    return await answer(form.submit(values))


async def test_the_list_explains_each_metric_with_an_example(town: Town) -> None:
    listed = await town.eve.slash("metric list")
    assert listed.ephemeral
    assert "- **token_f1**: the words shared with the best accepted answer" in listed.text
    page = await town.eve.choose(listed, "Explain one…", ["numeric"])
    for words in ("`absolute`: how far", "`last_number`", "`raw`", 'extract = "after:A:"', "**100.0%**"):
        assert words in page.text
    form = await town.eve.click(page, "Try it")
    assert [field.value for field in form.fields][1] == "so\\nA: 1,234.505 => 1234.5"
    assert "**100.0%** · `so\\nA: 1,234.505` → extracted `1,234.505`" in (await answer(form.submit())).text


async def test_pasted_pairs_are_scored_before_any_task_is_there(town: Town) -> None:
    form = await town.eve.slash("metric try")
    assert "**1 pair tried**" in (await answer(form.submit())).text
    outcome = await tried(town, metric=STRICT, pairs="So A: Thames => Thames | river\n\nA: thames => Thames\nno => no")
    assert outcome.ephemeral
    assert "**3 pairs tried**" in outcome.text
    assert "1. **100.0%** · `So A: Thames` → extracted `Thames`" in outcome.text
    assert "2. **0.0%** · `A: thames` → extracted `thames`" in outcome.text
    assert "3. **0.0%** · `no` → nothing extracted" in outcome.text
    assert "only blanks" in outcome.text
    assert [file.name for file in outcome.attachments] == ["trial.txt"]


async def test_the_specification_of_a_task_is_tried_by_its_name(town: Town) -> None:
    await town.proposed_task(metric=STRICT)
    form = await town.eve.slash("metric try", task=TITLE)
    assert form.title == f"Try: {TITLE}"
    outcome = await answer(form.submit(pairs="It is A: 4 => 4"))
    assert "1. **100.0%** · `It is A: 4` → extracted `4`" in outcome.text
    assert 'extract:after("A:")|norm:raw' in outcome.text
    unknown = await town.eve.slash("metric try", task="Halving")
    assert "There is no task called “Halving”" in unknown.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"metric": "exakt"}, "Did you mean exact?"),
        ({"metric": 'metric = "exact'}, "not valid TOML"),
        ({"metric": "# nothing"}, "metric: it is missing"),
        ({"pairs": "a => a\nb"}, "Line 2 of the pairs has no ="),
        ({"pairs": "a => a\n" * 21}, "21 pairs; paste 20 at most"),
        ({"metric": "numeric", "pairs": "5 => 5\n\n5 => five"}, "Line 3 of the pairs: numeric cannot use"),
    ],
)
async def test_what_cannot_be_tried_is_said_and_given_back(town: Town, values: dict[str, str], words: str) -> None:
    refusal = await tried(town, **values)
    assert refusal.ephemeral
    assert words in refusal.text.replace("\\", "")
    assert [file.name for file in refusal.attachments] == ["typed.txt"]


async def test_a_page_of_a_metric_that_is_not_there_is_refused(town: Town) -> None:
    assert "no such metric" in (await town.press_forged(town.eve, "ts:trymetric:99")).text
    assert "no such metric" in (await town.choose_forged(town.eve, "ts:metric:0", "99")).text
