"""The main way through the services, on real databases with real workers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bench.errors import BadFile, BadInput, BadSpecification, NoAttemptsLeft, NotAllowed, NotFound, WrongState
from bench.model import Actor, GuildSettings, SubmissionState, TaskState
from services.values import PostKind, Receipt, UploadedFile
from tests.services.community import (
    ADA,
    BEN,
    BOARD,
    CARLA,
    DAN,
    DRAFT,
    EVE,
    FORUM,
    GUILD,
    ITEMS,
    Community,
    gold_file,
    member,
    outputs_file,
)

PATIENCE = 60


async def decided(community: Community, receipt: Receipt) -> Receipt:
    """The receipt once its submission is no longer queued."""
    async with asyncio.timeout(PATIENCE):
        while True:
            now = await community.services.submissions.receipt(receipt.submission.guild_id, receipt.submission.id)
            if now.submission.state is not SubmissionState.QUEUED:
                return now
            await asyncio.sleep(0.02)


async def test_nothing_works_before_an_administrator_has_set_the_guild_up(community: Community) -> None:
    with pytest.raises(WrongState, match="/setup"):
        await community.propose()
    with pytest.raises(NotAllowed, match="manage the server"):
        await community.services.guilds.setup(BEN, GuildSettings(GUILD, FORUM, BOARD))
    await community.set_up()
    await community.set_up()
    assert (await community.services.guilds.settings(GUILD)).forum_id == FORUM


async def test_two_members_besides_the_author_make_a_proposal_a_pilot(community: Community) -> None:
    await community.set_up()
    sheet = await community.propose()
    assert sheet.task.state is TaskState.PROPOSED
    assert sheet.samples == tuple(f"What is {number} + {number}?" for number in range(5))
    with pytest.raises(NotAllowed, match="others decide"):
        await community.services.tasks.approve(BEN, sheet.task.id)
    assert (await community.services.tasks.approve(DAN, sheet.task.id)).task.state is TaskState.PROPOSED
    assert (await community.services.tasks.approve(DAN, sheet.task.id)).approvers == ((DAN.user_id, False),)
    assert (await community.services.tasks.take_back(DAN, sheet.task.id)).approvers == ()
    await community.services.tasks.approve(DAN, sheet.task.id)
    assert (await community.services.tasks.approve(EVE, sheet.task.id)).task.state is TaskState.PILOT
    with pytest.raises(WrongState, match="approved already"):
        await community.services.tasks.take_back(EVE, sheet.task.id)


async def test_a_curator_approves_alone_and_only_the_author_or_a_curator_launches(community: Community) -> None:
    await community.set_up()
    sheet = await community.propose()
    with pytest.raises(WrongState, match="not ready to launch"):
        await community.services.tasks.launch(BEN, sheet.task.id)
    assert (await community.services.tasks.approve(CARLA, sheet.task.id)).task.state is TaskState.PILOT
    with pytest.raises(NotAllowed, match="author"):
        await community.services.tasks.launch(DAN, sheet.task.id)
    opened = await community.services.tasks.launch(CARLA, sheet.task.id, waive=True)
    assert opened.task.state is TaskState.OPEN
    assert (await community.services.tasks.close(CARLA, sheet.task.id)).task.state is TaskState.CLOSED
    with pytest.raises(WrongState, match="closed"):
        await community.submit(DAN, sheet.task.id, outputs_file(3))


async def test_the_same_proposal_delivered_twice_is_one_task(community: Community) -> None:
    await community.set_up()
    first = await community.services.tasks.propose(BEN, DRAFT, gold_file(), 77)
    again = await community.services.tasks.propose(BEN, DRAFT, gold_file(), 77)
    assert first.task == again.task
    assert len(await community.services.tasks.search(GUILD)) == 1


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"title": " "}, BadInput, "title is empty"),
        ({"title": "x" * 91}, BadInput, "91 characters"),
        ({"title": "slang\u202egnals"}, BadInput, "U\\+202E\\) at position 6"),
        ({"language": "Spanish please"}, BadInput, "en, es or pt-BR"),
        ({"specification": 'metric = "exakt"'}, BadSpecification, "exact"),
        ({"attempts_per_day": 0}, BadInput, "1 to 50"),
    ],
)
async def test_a_draft_with_a_fault_is_refused_with_its_sentence(
    community: Community, change: dict[str, Any], error: type[BadInput], words: str
) -> None:
    await community.set_up()
    with pytest.raises(error, match=words):
        await community.propose(draft=replace(DRAFT, **change))
    assert await community.services.tasks.search(GUILD) == ()


async def test_gold_that_the_metric_cannot_serve_is_refused_by_line(community: Community) -> None:
    await community.set_up()
    words = UploadedFile("gold.csv", b"id,prompt,answer\na,How many?,three\nb,How much?,4\n")
    with pytest.raises(BadFile) as refused:
        await community.propose(draft=replace(DRAFT, specification='metric = "numeric"'), gold=words)
    assert refused.value.total == 1


async def test_what_was_typed_can_be_had_back_by_its_writer_only(community: Community) -> None:
    await community.set_up()
    await community.services.tasks.prepare(BEN, DRAFT, 5)
    assert await community.services.tasks.draft(BEN, 5) == DRAFT
    with pytest.raises(NotFound):
        await community.services.tasks.draft(DAN, 5)


async def test_a_submission_is_scored_and_ranked_among_the_others(community: Community) -> None:
    task = await community.open_task()
    first = await decided(community, await community.submit(DAN, task, outputs_file(20)))
    assert first.result is not None
    assert first.result.score == 20 / ITEMS
    assert first.result.interval.low < 20 / ITEMS < first.result.interval.high
    assert first.result.standing is not None
    assert first.result.standing.rank == 1
    second = await decided(community, await community.submit(EVE, task, outputs_file(6), system="small"))
    assert second.result is not None
    assert second.result.standing is not None
    assert (second.result.standing.rank, second.result.entries) == (2, 2)
    board = await community.services.standings.board(GUILD, task)
    assert [ranked.entry.system for ranked in board.standings.ranked] == ["model", "small"]
    assert board.picture is not None
    assert board.picture.startswith(b"\x89PNG")
    assert "Doubling" in board.alternative_text


async def test_a_better_attempt_replaces_the_entry_and_tells_the_best_before(community: Community) -> None:
    task = await community.open_task()
    await decided(community, await community.submit(DAN, task, outputs_file(10)))
    better = await decided(community, await community.submit(DAN, task, outputs_file(12)))
    worse = await decided(community, await community.submit(DAN, task, outputs_file(2)))
    assert better.result is not None
    assert worse.result is not None
    assert (better.result.best_before, worse.result.best_before) == (10 / ITEMS, 12 / ITEMS)
    (place,) = await community.services.standings.place(DAN, task)
    assert (place.entry.score, place.entry.attempts) == (12 / ITEMS, 3)


async def test_the_same_file_again_is_not_a_new_attempt(community: Community) -> None:
    task = await community.open_task()
    first = await decided(community, await community.submit(DAN, task, outputs_file(10)))
    again = await community.submit(DAN, task, outputs_file(10))
    assert again.same_as == first.submission.id
    assert again.attempts.used == 1


async def test_one_interaction_delivered_twice_is_one_submission(community: Community) -> None:
    task = await community.open_task()
    receipts = await asyncio.gather(
        *(community.submit(DAN, task, outputs_file(10), interaction=4_242) for _ in range(5))
    )
    assert {receipt.submission.id for receipt in receipts} == {4_242}
    assert (await decided(community, receipts[0])).attempts.used == 1


async def test_attempts_are_counted_by_the_day_and_a_refused_file_costs_none(community: Community) -> None:
    task = await community.open_task()
    broken = UploadedFile("outputs.csv", b"id,answer\nq0,0\n")
    refused = await decided(community, await community.submit(DAN, task, broken))
    assert refused.submission.state is SubmissionState.REFUSED
    assert refused.submission.refusal is not None
    assert "output" in refused.submission.refusal
    assert refused.attempts.left == 3
    for right in range(3):
        await decided(community, await community.submit(DAN, task, outputs_file(right)))
    with pytest.raises(NoAttemptsLeft, match="all 3 attempts"):
        await community.submit(DAN, task, outputs_file(9))
    community.clock.advance(timedelta(days=1))
    assert (await community.services.submissions.attempts(DAN, task)).left == 3


async def test_parallel_uploads_cannot_pass_the_limit_of_the_day(community: Community) -> None:
    task = await community.open_task()
    outcomes = await asyncio.gather(
        *(community.submit(DAN, task, outputs_file(right)) for right in range(8)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, NoAttemptsLeft) for outcome in outcomes) == 5


async def test_a_withdrawn_submission_leaves_the_board_and_only_its_sender_withdraws_it(community: Community) -> None:
    task = await community.open_task()
    receipt = await decided(community, await community.submit(DAN, task, outputs_file(10)))
    with pytest.raises(NotFound):
        await community.services.submissions.withdraw(EVE, receipt.submission.id)
    withdrawn = await community.services.submissions.withdraw(DAN, receipt.submission.id)
    assert withdrawn.withdrawn_at is not None
    assert (await community.services.standings.of(GUILD, task)).ranked == ()
    assert (await community.services.submissions.attempts(DAN, task)).used == 1


async def test_practice_items_are_told_apart_and_never_count(community: Community) -> None:
    task = await community.open_task(gold_file(ITEMS, practice=4))
    receipt = await decided(community, await community.submit(DAN, task, outputs_file(6)))
    assert receipt.result is not None
    assert receipt.result.score == 2 / (ITEMS - 4)
    assert receipt.result.practice == (4, 4)


async def test_another_guild_sees_nothing_of_it(community: Community) -> None:
    task = await community.open_task()
    receipt = await community.submit(DAN, task, outputs_file(6))
    await community.set_up(guild=2)
    stranger = member("Ada", guild=2, manages=True)
    calls = [
        community.services.tasks.get(2, task),
        community.services.tasks.sheet(2, task),
        community.services.tasks.approve(stranger, task),
        community.services.tasks.launch(stranger, task),
        community.services.tasks.close(stranger, task),
        community.services.tasks.link(stranger, task, 9),
        community.services.tasks.kit(stranger, task),
        community.services.standings.board(2, task),
        community.services.submissions.receipt(2, receipt.submission.id),
        community.services.submissions.withdraw(stranger, receipt.submission.id),
        community.submit(stranger, task, outputs_file(1)),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            await call
    assert await community.services.tasks.search(2) == ()


async def test_what_happens_is_due_where_members_read_it(community: Community) -> None:
    task = await community.open_task()
    await community.services.tasks.link(BEN, task, 4_000)
    await decided(community, await community.submit(DAN, task, outputs_file(6)))
    await decided(community, await community.submit(EVE, task, outputs_file(9), system="stronger"))
    community.clock.advance(timedelta(seconds=5))
    due = await community.services.posts.due()
    assert {post.kind for post in due} == set(PostKind) - {PostKind.BALLOT, PostKind.VERSION}
    boards = [post for post in due if post.kind is PostKind.BOARD]
    assert [(post.channel_id, post.subject_id) for post in boards] == [(BOARD, task)]
    news = [await community.services.posts.news(post) for post in due if post.kind is PostKind.NEWS]
    assert [one.kind.value for one in news] == ["approved", "launched"]
    leaders = [post for post in due if post.kind is PostKind.LEADER]
    assert {post.channel_id for post in leaders} == {None, 4_000}
    assert (await community.services.posts.news(leaders[0])).details["system"] == "stronger"


async def test_the_kit_holds_no_hidden_answer(community: Community) -> None:
    task = await community.open_task(
        UploadedFile(
            "gold.csv",
            b"id,prompt,answer\n"
            + b"\n".join(f"q{number},Prompt {number}?,canary-{number}".encode() for number in range(ITEMS)),
        )
    )
    kit = await community.services.tasks.kit(Actor(GUILD, 5, "Newcomer"), task)
    assert kit.startswith(b"PK")
    assert b"canary" not in kit


async def test_an_administrator_may_approve_like_a_curator(community: Community) -> None:
    await community.set_up()
    sheet = await community.propose()
    assert (await community.services.tasks.approve(ADA, sheet.task.id)).task.state is TaskState.PILOT
