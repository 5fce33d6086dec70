"""Whoever has seen the gold is shown and not ranked."""

from bench.model import VoteValue
from services.values import PostKind
from storage import tasks
from storage.database import Database
from tests.services.community import BEN, DAN, EVE, GUILD, Community, outputs_file
from tests.services.voting import all_vote, ballot_on, scored, version, voters


async def test_the_author_is_scored_and_shown_but_ranked_nowhere(village: Community) -> None:
    task = await village.open_task()
    own = await scored(village, await village.submit(BEN, task, outputs_file(24)))
    await scored(village, await village.submit(DAN, task, outputs_file(12)))
    board = await village.services.standings.of(GUILD, task)
    assert [(one.entry.user_id, one.rank) for one in board.ranked] == [(DAN.user_id, 1)]
    assert [entry.user_id for entry in board.unranked] == [BEN.user_id]
    receipt = await village.services.submissions.receipt(GUILD, own.submission.id)
    assert receipt.result is not None
    assert (receipt.result.score, receipt.result.ranked, receipt.result.standing) == (1.0, False, None)


async def test_who_votes_after_submitting_leaves_the_ranks_at_once(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(DAN, task, outputs_file(20)))
    await scored(village, await village.submit(EVE, task, outputs_file(12)))
    assert len((await village.services.standings.of(GUILD, task)).ranked) == 2
    for post in await village.services.posts.due():
        await village.services.posts.drop(post)
    await village.services.gold.deal(DAN, task, next(village.interactions))
    board = await village.services.standings.of(GUILD, task)
    assert [one.entry.user_id for one in board.ranked] == [EVE.user_id]
    assert [entry.user_id for entry in board.unranked] == [DAN.user_id]
    assert [post.kind for post in await village.services.posts.due()] == [PostKind.BOARD]


async def test_an_author_neither_leads_nor_is_passed(village: Community) -> None:
    task = await village.open_task()
    for actor, right in ((DAN, 10), (BEN, 20), (EVE, 15)):
        await scored(village, await village.submit(actor, task, outputs_file(right)))
    (news,) = [post for post in await village.services.posts.due() if post.kind is PostKind.LEADER]
    details = (await village.services.posts.news(news)).details
    assert (details["user_id"], details["score"], details["passed_score"]) == (EVE.user_id, 15 / 24, 10 / 24)


async def test_where_gold_is_open_everyone_is_ranked(village: Community, database: Database) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(BEN, task, outputs_file(24)))
    await database.write(lambda connection: tasks.set_gold_is_open(connection, GUILD, task, gold_is_open=True))
    board = await village.services.standings.of(GUILD, task)
    assert [one.entry.user_id for one in board.ranked] == [BEN.user_id]
    assert board.unranked == ()


async def test_the_board_counts_contested_items_and_keeps_the_score_on_all(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(DAN, task, outputs_file(12)))
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q20", who[0])
    await all_vote(village, dealt.ballot.id, who, VoteValue.AMBIGUOUS)
    await version(village, task, 2)
    board = await village.services.standings.of(GUILD, task)
    (only,) = board.ranked
    assert (board.items, board.contested) == (23, 1)
    assert (only.entry.score, only.entry.score_on_all) == (12 / 23, 12 / 24)


async def test_a_version_is_told_with_a_picture_of_the_ranks_before_and_after(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(DAN, task, outputs_file(12)))
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q20", who[0])
    await all_vote(village, dealt.ballot.id, who, VoteValue.WRONG)
    await version(village, task, 2)
    (post,) = [post for post in await village.services.posts.due() if post.kind is PostKind.VERSION]
    news = await village.services.records.version_news(GUILD, post.subject_id)
    assert news.picture is not None
    assert news.picture.startswith(b"\x89PNG")
    assert "Gold v2: Doubling: none of 1 system changed its rank." in news.alternative_text
