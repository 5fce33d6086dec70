"""How fast the bot answers, over the wire, as members feel it: the stand-in's own time is in every figure."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sandbox.actors import Actor, Message, Reply
from tests.fixtures.town import EXACT, PATIENCE, Town, gold_file, open_town, outputs_file
from tests.speed.figures import Figure, ratios

BOARD_EDIT_SECONDS = "5"  # as in .env.example
PRESS_EVERY = 0.05
ACKNOWLEDGED_GOAL = 500.0
SCORED = "95% interval"
MOST_ATTEMPTS = 50
VOTERS = 10
VOTE_EVERY = 0.05
VOTE_GOAL, VOTE_P99_GOAL = 30.0, 150.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: items of the tasks and rounds for single files, files at once and rounds of that, votes."""

    sizes: Sequence[int] = (24, 1000, 1319)
    rounds: int = 9
    burst_items: int = 1000
    burst_files: int = 20
    bursts: int = 3
    votes: int = 40
    voted_items: Sequence[int] = (100, 1000)
    gold_votes: int = 200


async def measure(folder: Path, scale: Scale) -> list[Figure]:
    """All of it in one town, whose bot has its files in `folder`."""
    async with open_town(folder, BOARD_EDIT_SECONDS=BOARD_EDIT_SECONDS) as town:
        await (
            await town.ada.slash("setup", forum=town.forum, board=town.board, curator=town.curator, quorum=20)
        ).settled(PATIENCE)
        votes = await votes_on_a_proposal(town, scale.votes)
        single = await single_files(town, scale.sizes, scale.rounds)
        burst = await files_at_once(town, scale.burst_items, scale.burst_files, scale.bursts)
        gold = await votes_on_gold(town, scale.voted_items, scale.gold_votes)
        return [*single, *burst, *votes, *gold]


async def single_files(town: Town, sizes: Sequence[int], rounds: int) -> list[Figure]:
    """From the click to the receipt of one file of each size, beside `/help`, which changes nothing.

    Each multiple is taken within its round, so that a busy machine slows both sides of it.
    """
    posts = {items: await open_task(town, items) for items in sizes}
    nothing: list[float] = []
    taken: dict[int, list[float]] = {items: [] for items in sizes}
    for number in range(rounds + 1):
        for items, post in posts.items():
            form = await town.dan.click(post, "Submit")
            began = perf_counter()
            reply = await form.submit(system=f"model {number}", file=outputs_file(number + 5, items=items))
            await reply.until(SCORED, PATIENCE)
            taken[items].append(1000 * (perf_counter() - began))
        nothing.append(await milliseconds(town.dan.slash("help")))
    baseline = Figure("a command that does nothing (/help): click to answer", tuple(nothing[1:]))
    figures = [baseline]
    for items in sizes:
        figures.append(Figure(f"one submission of {items:,} items: click to receipt", tuple(taken[items][1:])))
        figures.append(ratios("… as a multiple of the command that does nothing", taken[items][1:], baseline.samples))
    return figures


async def files_at_once(town: Town, items: int, files: int, rounds: int) -> list[Figure]:
    """Many files in flight, and a button that is pressed meanwhile every 50 ms by somebody else."""
    post = await open_task(town, items, title="Burst")
    last: list[float] = []
    presses: list[float] = []
    for number in range(rounds):
        senders = [town.sandbox.actor(town.guild, f"Sender {number}-{one}") for one in range(files)]
        forms = [await sender.click(post, "Submit") for sender in senders]
        pressing = asyncio.create_task(pressed_meanwhile(town.eve, post))
        began = perf_counter()
        await asyncio.gather(*(scored(form, right, items) for right, form in enumerate(forms)))
        last.append(1000 * (perf_counter() - began))
        pressing.cancel()
        presses += await pressing
    name = f"{files} files of {items:,} items at once"
    return [
        Figure(f"{name}: to the last receipt", tuple(last)),
        Figure("a button pressed meanwhile: to its answer", tuple(presses), goal=ACKNOWLEDGED_GOAL, share=0.99),
    ]


async def votes_on_a_proposal(town: Town, votes: int) -> list[Figure]:
    """A click that writes and draws its post anew: approving, and taking that back."""
    form = await town.ben.slash("task propose")
    await form.submit(title="Votes", statement="Double it.", language="en", metric=EXACT, gold=gold_file())
    post = await town.post_of_the_task("Votes")
    buttons = ("Approve", "Take back approval")
    taken = [await milliseconds(town.eve.click(post, buttons[number % 2])) for number in range(votes)]
    return [Figure("a vote: click to the post drawn anew", tuple(taken))]


async def votes_on_gold(town: Town, sizes: Sequence[int], votes: int) -> list[Figure]:
    """Twenty votes a second on gold, from members in turn: from the click to the next ballot."""
    figures = []
    for items in sizes:
        post = await open_task(town, items, title=f"Gold of {items}")
        voters = [Voter(town.sandbox.actor(town.guild, f"Judge {items}-{number}")) for number in range(VOTERS)]
        for voter in voters:
            await voter.begin(post)
        taken: list[float] = []
        for number in range(votes):
            began = perf_counter()
            taken.append(await voters[number % VOTERS].vote())
            await asyncio.sleep(max(0.0, VOTE_EVERY - (perf_counter() - began)))
        name = f"20 votes a second on {items:,} items: click to next ballot"
        figures += [
            Figure(name, tuple(taken), goal=VOTE_GOAL),
            Figure("… the same", tuple(taken), goal=VOTE_P99_GOAL, share=0.99),
        ]
    return figures


class Voter:
    """A member with a private ballot open."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._ballot: Reply | None = None

    async def begin(self, post: Message) -> None:
        """Read the notice and get the first ballot."""
        notice = await (await self._actor.click(post, "Vote on gold")).settled(PATIENCE)
        self._ballot = await self._actor.click(notice, "Show me the gold and vote")

    async def vote(self) -> float:
        """Vote on what is dealt; the milliseconds to the next ballot."""
        assert self._ballot is not None
        began = perf_counter()
        self._ballot = await self._actor.click(self._ballot, "Right")
        return 1000 * (perf_counter() - began)


async def open_task(town: Town, items: int, title: str = "") -> Message:
    """The post of an open task of so many items."""
    title = title or f"Task of {items} items"
    form = await town.ben.slash("task propose", attempts_per_day=MOST_ATTEMPTS)
    reply = await form.submit(title=title, statement="Double it.", language="en", metric=EXACT, gold=gold_file(items))
    await reply.settled(PATIENCE)
    post = await town.post_of_the_task(title)
    await town.ada.click(post, "Approve")
    await town.until(lambda: "Launch" in post.buttons)
    await town.launch(title)
    await town.until(lambda: "Submit" in post.buttons)
    return post


async def scored(form: Reply, right: int, items: int) -> None:
    """Send one file and wait for its score."""
    reply = await form.submit(system="model", file=outputs_file(right, items=items))
    await reply.until(SCORED, PATIENCE)


async def pressed_meanwhile(who: Actor, post: Message) -> list[float]:
    """The milliseconds from each press to its answer, until cancelled; a press waits for no other one."""
    presses: list[asyncio.Task[float]] = []
    try:
        while True:
            presses.append(asyncio.create_task(milliseconds(who.click(post, "Submit"))))
            await asyncio.sleep(PRESS_EVERY)
    except asyncio.CancelledError:
        return list(await asyncio.gather(*presses))


async def milliseconds(act: Awaitable[object]) -> float:
    """How long an act takes."""
    began = perf_counter()
    await act
    return 1000 * (perf_counter() - began)
