"""A rescoring that takes long is told on the board while it runs, and no longer."""

import pytest

from services import versions
from services.progress import Progress, Rescoring
from tests.services.community import BEN, GUILD, Community, member, outputs_file
from tests.services.voting import scored, version


async def test_a_long_rescoring_is_told_entry_by_entry(village: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(versions, "ENTRIES_AT_ONCE", 1)
    told: list[Rescoring] = []
    tell = Progress.tell

    def and_remember(progress: Progress, guild_id: int, task_id: int, rescoring: Rescoring) -> None:
        told.append(rescoring)
        tell(progress, guild_id, task_id, rescoring)
        assert progress.of(guild_id, task_id) == rescoring

    monkeypatch.setattr(Progress, "tell", and_remember)
    task = await village.open_task()
    for number in range(3):
        await scored(village, await village.submit(member(f"Player {number}"), task, outputs_file(6 + number)))
    await village.services.owners.take_out(BEN, task, "q0", "Too easy.", next(village.interactions))
    await version(village, task, 2)
    assert told == [Rescoring(2, 1, 3), Rescoring(2, 2, 3)]
    assert (await village.services.standings.board(GUILD, task)).rescoring is None


async def test_a_quick_rescoring_is_told_when_it_is_done_only(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(member("Player"), task, outputs_file(6)))
    await village.services.owners.take_out(BEN, task, "q0", "Too easy.", next(village.interactions))
    await version(village, task, 2)
    (entry,) = (await village.services.standings.of(GUILD, task)).ranked
    assert entry.entry.score == 5 / 23
