"""What the owner of a task changes about its items becomes a version, in the open, and is voted on again."""

from datetime import timedelta

import pytest

from bench.errors import BadInput, NotAllowed, NotFound, WrongState
from bench.model import BallotKind, ItemState, VoteValue
from services.assembly import open_services
from services.workers import WorkerLimits
from storage.database import Database
from tests.services.community import BEN, CARLA, DAN, EVE, GUILD, ITEMS, Community, MovableClock, outputs_file
from tests.services.voting import all_vote, ballot_on, scored, version, voters

WHY = "Clearer words."


async def edit(village: Community, task: int, item_id: str, prompt: str, answers: list[str]) -> None:
    await village.services.owners.edit(BEN, task, item_id, prompt, answers, WHY, next(village.interactions))


async def test_another_answer_rescores_what_was_sent_and_the_votes_begin_anew(village: Community) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q23", everyone[0])
    assert await all_vote(village, dealt.ballot.id, everyone, VoteValue.RIGHT)
    receipt = await scored(village, await village.submit(DAN, task, outputs_file(12)))
    await edit(village, task, "q23", "What is 23 + 23?", ["46", "no idea"])
    await version(village, task, 2)
    after = await village.services.submissions.receipt(GUILD, receipt.submission.id)
    assert after.result is not None
    assert after.result.score == 13 / ITEMS
    (told, _) = await village.services.records.history(GUILD, task)
    assert told.changes == ("Item q23: 1 answer added.",)
    assert (told.reason, told.actor_id) == ("Item q23: Clearer words.", BEN.user_id)
    page = await village.services.owners.page(BEN, task, "q23")
    newest, former = page.ballots
    assert (newest.state, former.state) == (ItemState.OPEN, ItemState.SETTLED)
    assert (await ballot_on(village, task, "q23", everyone[0])).ballot.id == newest.id


async def test_other_words_withdraw_the_open_ballot_and_let_the_item_count_again(village: Community) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q3", everyone[0])
    assert await all_vote(village, dealt.ballot.id, everyone, VoteValue.AMBIGUOUS)
    await version(village, task, 2)
    assert (await village.services.tasks.get(GUILD, task)).items == ITEMS - 1
    claim = await village.services.gold.suggest(
        everyone[0], dealt.ballot.id, "six", "In words.", next(village.interactions)
    )
    await edit(village, task, "q3", "How much is 3 plus 3?", ["6"])
    await version(village, task, 3)
    assert (await village.services.tasks.get(GUILD, task)).items == ITEMS
    assert (await village.services.gold.ballot_sheet(GUILD, claim.ballot.id)).ballot.withdrawn_at is not None
    with pytest.raises(WrongState, match="withdrawn"):
        await village.services.gold.vote(EVE, claim.ballot.id, VoteValue.RIGHT, next(village.interactions))
    page = await village.services.owners.page(BEN, task, "q3")
    assert (page.ballots[0].kind, page.ballots[0].state) == (BallotKind.GOLD, ItemState.OPEN)
    assert (await ballot_on(village, task, "q3", EVE)).prompt == "How much is 3 plus 3?"


async def test_an_item_goes_out_and_comes_back_as_it_was(village: Community) -> None:
    task = await village.open_task()
    receipt = await scored(village, await village.submit(DAN, task, outputs_file(12)))
    await village.services.owners.take_out(CARLA, task, "q0", "Too easy.", next(village.interactions))
    await version(village, task, 2)
    out = await village.services.submissions.receipt(GUILD, receipt.submission.id)
    assert out.result is not None
    assert (out.result.score, out.result.items) == (11 / (ITEMS - 1), ITEMS - 1)
    page = await village.services.owners.page(BEN, task, "q0")
    assert (page.is_out, page.item.answers) == (True, ("0",))
    await village.services.owners.bring_back(BEN, task, "q0", "It stays.", next(village.interactions))
    await version(village, task, 3)
    back = await village.services.submissions.receipt(GUILD, receipt.submission.id)
    assert back.result is not None
    assert (back.result.score, back.result.items) == (12 / ITEMS, ITEMS)
    changes = [line.changes for line in await village.services.records.history(GUILD, task)]
    assert changes == [("Item q0: added.",), ("Item q0: out.",), ("The first version.",)]


async def test_amendments_of_one_minute_are_one_version(database: Database, clock: MovableClock) -> None:
    async with open_services(database, WorkerLimits(), clock, settle_for=timedelta(minutes=1)) as services:
        village = Community(services, clock)
        task = await village.open_task()
        await edit(village, task, "q1", "One and one?", ["2"])
        await services.owners.take_out(BEN, task, "q2", "Twice the same.", next(village.interactions))
        await edit(village, task, "q3", "Three and three?", ["6"])
        assert (await services.tasks.get(GUILD, task)).gold_version == 1
        clock.advance(timedelta(minutes=2))
        services.owners._runner.wake()
        await version(village, task, 2)
        (told, _) = await services.records.history(GUILD, task)
        assert len(told.changes) == 3


async def test_only_the_author_and_curators_amend(village: Community) -> None:
    task = await village.open_task()
    with pytest.raises(NotAllowed, match="Only the author of “Doubling” or a curator can change its items"):
        await village.services.owners.take_out(DAN, task, "q0", "Mine is better.", 5)
    with pytest.raises(NotAllowed, match="Only reviewers"):
        await village.services.owners.page(EVE, task, "q0")
    with pytest.raises(NotAllowed, match="Only reviewers"):
        await village.services.owners.page(CARLA, task, "q0")
    with pytest.raises(NotAllowed, match="members use /gold vote"):
        await village.services.owners.initiate(EVE, task)
    await village.services.owners.initiate(CARLA, task)
    assert (await village.services.owners.page(CARLA, task, "q0")).may_change
    await village.services.tasks.close(CARLA, task)
    with pytest.raises(WrongState, match="its gold stands"):
        await village.services.owners.take_out(BEN, task, "q0", "Too late.", 6)


@pytest.mark.parametrize(
    ("prompt", "answers", "said"),
    [
        ("What is 3 + 3?", ["6"], "Nothing was changed"),
        ("What is 3 + 3?", ["6", " 6 "], "Answer 2 equals an earlier one"),
        ("What is 3 + 3?", [], "Found 0 accepted answers"),
        ("   ", ["6"], "prompt"),
        ("What is 3 + 3?\u202e", ["6"], "prompt"),
    ],
)
async def test_an_edit_that_cannot_be_used_says_why(
    village: Community, prompt: str, answers: list[str], said: str
) -> None:
    task = await village.open_task()
    with pytest.raises(BadInput, match=said):
        await edit(village, task, "q3", prompt, answers)
    with pytest.raises(NotFound):
        await edit(village, task, "q99", "Where?", ["there"])
    assert (await village.services.tasks.get(GUILD, task)).gold_version == 1


async def test_the_same_amendment_delivered_twice_is_one(village: Community) -> None:
    task = await village.open_task()
    for _ in range(2):
        await village.services.owners.take_out(BEN, task, "q0", "Too easy.", 77)
        await version(village, task, 2)
    assert (await village.services.tasks.get(GUILD, task)).gold_version == 2
