"""The chapters about gold: a pilot in which members judge every item, and a dispute that changes gold in the open."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from sandbox.actors import Actor, Message, Reply
from sandbox.demo.narration import Seen
from sandbox.demo.proposal import task_post
from sandbox.demo.stage import timed, unescaped
from sandbox.demo.telling import StoryBrokenError, Telling

BEGIN: Final = "Show me the gold and vote"
RIGHT: Final = "Right"
ACCEPT: Final = "Accept"
RANKS: Final = "ranks.png"
SHORT: Final = 6
DECIDING_VOTES: Final = 3


async def vote(telling: Telling) -> None:
    """Five members judge the gold, one after the other; the first ballot is shown whole, the rest is counted."""
    voters, story = telling.stage.voters, telling.story
    telling.narrator.chapter("A pilot: five members judge the gold")
    first = voters[0]
    telling.deed(first, "/gold vote", ("task", story.title))
    notice = await telling.answer(first, first.slash("gold vote", task=story.title), "Voting shows gold")
    telling.deed(first, f"clicks [{BEGIN}]")
    ballot = await telling.answer(first, first.click(notice, BEGIN), "Accepted answers")
    telling.deed(first, f"clicks [{RIGHT}], and so on")
    taken = await judged_all(first, ballot)
    for voter in voters[1:]:
        opened = await telling.settled(voter.slash("gold vote", task=story.title))
        taken += await judged_all(voter, await voter.click(opened, BEGIN))
    telling.narrator.remark(
        f"{len(voters)} members cast {len(taken)} votes; from a click to the next ballot it took "
        f"{median(taken):,.0f} ms (median), {max(taken):,.0f} ms at most."
    )


async def judged_all(voter: Actor, ballot: Reply) -> list[float]:
    """Say right to every item that is dealt; the milliseconds of each vote."""
    taken = []
    while RIGHT in ballot.buttons:
        ballot, milliseconds = await timed(voter.click(ballot, RIGHT))
        taken.append(milliseconds)
    return taken


async def launch(telling: Telling) -> None:
    """The author launches after a pilot; without one, the administrator sees the red lines and goes past them."""
    title, stage = telling.story.title, telling.stage
    telling.narrator.chapter("The launch gate")
    who = stage.author if telling.story.is_voted_on else stage.admin
    await telling.holds(lambda: scored_baselines(telling) is not None)
    telling.deed(who, "/task check", ("task", title))
    await telling.answer(who, who.slash("task check", task=title), "The launch gate", lines=40)
    telling.deed(who, "/task launch", ("task", title))
    if telling.story.is_voted_on:
        await telling.answer(who, who.slash("task launch", task=title), "is open")
        return
    asked = await telling.settled(who.slash("task launch", task=title))
    telling.deed(who, "sees what is not met, and clicks [Launch all the same]")
    await telling.answer(who, who.click(asked, "Launch all the same"), "is open")


async def dispute(telling: Telling, output: Path) -> None:
    """A submitter claims an answer, members accept it, and the new version is told with the ranks before and after."""
    story, stage = telling.story, telling.stage
    claim = story.dispute
    if claim is None:
        return
    telling.narrator.chapter("A submitter disputes an item, and the gold changes in the open")
    claimant = stage.submitters[[one.system for one in story.systems].index(claim.system) % len(stage.submitters)]
    telling.deed(claimant, "/dispute", ("item", claim.item), ("claimed_answer", claim.answer), ("why", claim.why))
    act = claimant.slash("dispute", task=story.title, item=claim.item, claimed_answer=claim.answer, why=claim.why)
    await telling.answer(claimant, act, "is on the ballot")
    ballot = await told(telling, lambda text: "Should one more answer" in text)
    telling.show(ballot, "in the task's thread, everyone sees this, without any answer", 0.0, lines=SHORT)
    for voter in stage.voters[:DECIDING_VOTES]:
        telling.deed(voter, f"clicks [Vote on this] and [{ACCEPT}]")
        private = await telling.settled(voter.click(ballot, "Vote on this"))
        after, milliseconds = await timed(voter.click(private, ACCEPT))
        line = unescaped(after).splitlines()[0]
        telling.narrator.answer(Seen(line), f"only {voter.name} sees this", milliseconds)
    version, milliseconds = await timed(told(telling, lambda text: "Gold v2" in text))
    telling.show(version, "in the task's thread, everyone sees this", milliseconds, lines=40)
    await save_ranks(version, output)
    telling.narrator.remark(f"The picture of the ranks is saved as {output / RANKS}")


async def told(telling: Telling, says: Callable[[str], bool]) -> Message:
    """The message in the task's thread that says so, once it is there."""
    stage = telling.stage
    thread = (await task_post(telling, "Submit")).channel

    def find() -> Message | None:
        return next((one for one in stage.author.messages(thread) if says(unescaped(one))), None)

    await telling.holds(lambda: find() is not None)
    found = find()
    if found is None:
        raise StoryBrokenError("What should be told in the task's thread did not appear there.")
    return found


async def save_ranks(version: Message, output: Path) -> None:
    """Save the picture of the ranks before and after; StoryBrokenError where nobody moved."""
    picture = next((one for one in version.attachments if one.name == RANKS), None)
    if picture is None:
        raise StoryBrokenError("The new gold version came without a picture of the ranks.")
    await asyncio.to_thread(output.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread((output / RANKS).write_bytes, await picture.read())


def scored_baselines(telling: Telling) -> Message | None:
    """The task's post, once its checklist knows what entries without skill score."""
    stage = telling.stage
    for thread in stage.author.threads(stage.forum):
        for message in stage.author.messages(thread):
            text = unescaped(message)
            if telling.story.title in text and "Checklist" in text and "not scored yet" not in text:
                return message
    return None
