"""What is written down of the gold, who may read it, and how curators count again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.errors import NotAllowed
from bench.language.specification import parse_signature
from bench.model import ItemState, VoteValue
from services.offline import score_files
from tests.services.community import CARLA, DAN, EVE, GUILD, Community, outputs_file
from tests.services.voting import all_vote, ballot_on, scored, version, voters

RIGHT, AMBIGUOUS, WRONG = VoteValue.RIGHT, VoteValue.AMBIGUOUS, VoteValue.WRONG


async def test_a_curator_recounts_without_an_account_and_later_votes_leave_it_out_too(village: Community) -> None:
    task = await village.open_task()
    who = voters(village.clock, 5)
    dealt = await ballot_on(village, task, "q6", who[0])
    assert await all_vote(village, dealt.ballot.id, who[:3], WRONG)
    await version(village, task, 2)
    recounts = village.services.recounts
    with pytest.raises(NotAllowed, match="curators"):
        await recounts.recount(DAN, dealt.ballot.id, frozenset(), "I disagree.")
    village.clock.advance(timedelta(minutes=5))
    left_out = frozenset(voter.user_id for voter in who[:3])
    sheet = await recounts.recount(CARLA, dealt.ballot.id, left_out, "One person with three accounts.")
    assert sheet.ballot.state is ItemState.OPEN
    assert await all_vote(village, dealt.ballot.id, who[3:], RIGHT) is None
    sentence = await all_vote(village, dealt.ballot.id, [replace(who[0], user_id=60_000)], RIGHT)
    assert sentence == "Settled: 3 of 3 say right, trusted weight 3.0."
    await version(village, task, 3)
    assert (await village.services.tasks.get(GUILD, task)).items == 24


async def test_the_history_tells_each_version_without_an_answer_and_the_export_is_for_reviewers(
    village: Community,
) -> None:
    task = await village.open_task()
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q20", who[0])
    await all_vote(village, dealt.ballot.id, who, AMBIGUOUS)
    await version(village, task, 2)
    records = village.services.records
    newest, first = await records.history(GUILD, task)
    assert (newest.number, first.number) == (2, 1)
    assert newest.changes == ("Item q20: out.",)
    assert "40" not in repr((newest, first))
    with pytest.raises(NotAllowed, match="Only reviewers"):
        await records.export(EVE, task)
    with pytest.raises(NotAllowed, match="Only reviewers"):
        await records.disputes(EVE, task)
    exported = await records.export(who[0], task, 1)
    assert exported.name == f"gold-{task}-v1.jsonl"
    assert b'"answers":["40"]' in exported.content
    assert [line.item_id for line in await records.disputes(who[0], task)] == ["q20"]


async def test_an_exported_version_gives_the_board_again_offline_to_the_last_digit(
    village: Community, tmp_path: Path
) -> None:
    task = await village.open_task()
    file = outputs_file(12)
    receipt = await scored(village, await village.submit(DAN, task, file))
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q20", who[0])
    await all_vote(village, dealt.ballot.id, who, WRONG)
    await version(village, task, 2)
    board = await village.services.standings.of(GUILD, task)
    exported = await village.services.records.export(who[0], task)
    (tmp_path / exported.name).write_bytes(exported.content)
    (tmp_path / "model.csv").write_bytes(file.content)
    offline = score_files(
        tmp_path / exported.name, parse_signature(board.signature), [tmp_path / "model.csv"], partial=False
    )
    (again,) = offline.standings.ranked
    (shown,) = board.ranked
    assert (again.entry.score, again.entry.interval) == (shown.entry.score, shown.entry.interval)
    assert receipt.submission.id == shown.entry.submission_id
