"""`kill -9` at random points between a vote and the board: every vote once, every decision once, one board."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sandbox.actors import Actor, Message, NoAnswer, Reply
from tests.faults.ledger import read_gold_ledger, read_ledger
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, answer, open_town

KILLS = 20
VOTERS = 3
SEED = 1319
DAY = 86_400


@dataclass
class Ballot:
    """One dispute with the private ballots of those who vote on it, opened before anything is hurt."""

    number: int
    public: Message
    private: list[tuple[Actor, Reply]]

    async def press(self) -> int:
        """All press Accept at once; how many were answered."""
        said = await asyncio.gather(*(self._pressed(voter, ballot) for voter, ballot in self.private))
        return sum(said)

    async def _pressed(self, voter: Actor, ballot: Reply) -> bool:
        """No answer is an answer, for the bot may be dead by now; the buttons of a ballot stay where they were."""
        try:
            await voter.click(ballot, "Accept")
        except NoAnswer:
            return False
        return True

    async def press_again(self, town: Town) -> None:
        """Who got no answer opens the ballot again and votes; who had voted says the same once more."""
        for voter, _ in self.private:
            if "Vote on this" in self.public.buttons:
                opened = await answer(voter.click(self.public, "Vote on this"))
                if "Accept" in opened.buttons:
                    await voter.click(opened, "Accept")
        await town.until(lambda: "Vote on this" not in self.public.buttons)


async def test_twenty_kills_between_vote_and_board_leave_votes_and_versions_whole(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same moments in every run
    async with open_town(tmp_path, VERSION_SECONDS="0.1") as town:
        await town.open_task()
        await town.submit(town.dan, 0)
        voters = [town.sandbox.actor(town.guild, f"Voter {number}") for number in range(VOTERS)]
        for one in voters:
            one.member.joined_at -= 100 * DAY
            await become_reviewer(one)
        whole = await whole_way(town, await disputed(town, 0, voters))
        cut = 0
        for kill in range(KILLS):
            ballot = await disputed(town, kill + 1, voters)
            cut += await killed_meanwhile(town, ballot, chance.uniform(0, whole))
        assert cut, "no vote was cut off"
        await town.board_with(f"{100 * (KILLS + 1) / ITEMS:.1f}%")
        await quiet(town)
        assert await town.bot.stop() == 0
        check_gold(tmp_path)
        check_channels(town, tmp_path)
        await town.bot.start()  # for the town to stop


async def become_reviewer(voter: Actor) -> None:
    await voter.click(await answer(voter.slash("gold vote", task=TITLE)), "Show me the gold and vote")


async def disputed(town: Town, number: int, voters: list[Actor]) -> Ballot:
    """A dispute that would make one more of Dan's outputs right, with everybody's private ballot open."""
    prompt = f"What is {number} + {number}?"
    await answer(
        town.eve.slash("dispute", task=TITLE, item=prompt, claimed_answer="no idea", why=f"Number {number} is vague.")
    )
    (thread,) = town.ben.threads(town.forum)
    public = await town.finn.wait_for(thread, f"answer to this item be accepted?**\n-# item `q{number}` ", PATIENCE)
    private = [(voter, await answer(voter.click(public, "Vote on this"))) for voter in voters]
    return Ballot(number, public, private)


async def whole_way(town: Town, ballot: Ballot) -> float:
    """The seconds from the votes to the board, undisturbed."""
    began = perf_counter()
    await ballot.press()
    await town.board_with(f"{100 / ITEMS:.1f}%")
    return perf_counter() - began


async def killed_meanwhile(town: Town, ballot: Ballot, after: float) -> int:
    """Kill the bot in the middle and start it again; how many votes got no answer."""
    pressing = asyncio.create_task(ballot.press())
    await asyncio.sleep(after)
    await town.bot.kill()
    await town.bot.start()
    await town.sandbox.ready(PATIENCE)
    answered = await pressing
    await ballot.press_again(town)
    return len(ballot.private) - answered


async def quiet(town: Town) -> None:
    """Wait until the thread and the board have not changed for a second."""
    before: object = None
    while before != (now := [(one.id, one.revision) for one in shown(town)]):
        before = now
        await asyncio.sleep(1)


def shown(town: Town) -> list[Message]:
    """What stands in the task's thread and on the board."""
    (thread,) = town.ben.threads(town.forum)
    return town.ben.messages(thread) + town.ben.messages(town.board)


def check_gold(folder: Path) -> None:
    """Each vote once and with its event, each ballot decided once, and each decision in one version."""
    ledger = read_gold_ledger(folder)
    assert ledger.votes == ledger.vote_events
    assert set(ledger.votes.values()) == {1}
    assert len(ledger.votes) == VOTERS * (KILLS + 1)
    assert ledger.decisions == Counter(list(ledger.decided_versions))
    assert set(ledger.decisions.values()) == {1}
    taken_in = [version for version in ledger.decided_versions.values() if version is not None]
    assert len(taken_in) == KILLS + 1
    assert sorted(set(taken_in)) == ledger.versions[1:]


def check_channels(town: Town, folder: Path) -> None:
    """One board, each version told once, and nothing left to do."""
    (board,) = town.ben.messages(town.board)
    versions = read_gold_ledger(folder).versions
    assert f"gold v{versions[-1]}" in board.text
    (thread,) = town.ben.threads(town.forum)
    told = [message.text.split("\n")[0] for message in town.ben.messages(thread) if "### Gold v" in message.text]
    assert sorted(told) == sorted(f"### Gold v{version} of {TITLE}" for version in versions[1:])
    assert read_ledger(folder).open_jobs == set()
    assert read_ledger(folder).open_posts == set()
