"""No answer of a hidden item ever leaves the bot, but to those who vote on it and know what that means."""

import gzip
import json
from pathlib import Path

import aiohttp
import discord
import pytest
from discord.ext import commands

from bench.spellings import MARK
from cogs.register import register
from cogs.router import Router
from sandbox.actors import Actor, Reply, Upload
from services.assembly import open_services
from services.workers import WorkerLimits
from storage.database import Database
from tests.fixtures.explorer import MENU, Explorer, acts_of, commands_of
from tests.fixtures.searching import PNG, finds
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, answer, gold_file, new_town, outputs_file

HIDDEN, PUBLIC = "zqhiddencanary", "zqpubliccanary"
PRACTICE, SECRET = 2, 12  # the first items are practice; those up to the twelfth are answered by a canary
DAY = 86_400
# Whoever presses one of these says to have read what seeing gold means, or could only press it after that.
AFTER_NOTICE = frozenset({"gnotice", "gshow", "gback", "gright", "gambiguous", "gwrong", "gskip"})


def answers_of(item: int) -> list[str]:
    """The accepted answers of an item: two canaries, or the number that the outputs of the town give."""
    word = PUBLIC if item < PRACTICE else HIDDEN
    return [f"{word}{item}", f"{word.upper()} {item}"] if item < SECRET else [str(2 * item)]


def canaries(name: str = "gold.jsonl") -> Upload:
    """Gold whose hidden canaries are marked as such by a tag, which is as secret as they are."""
    rows = [
        {"id": f"q{n}", "prompt": f"What is {n} + {n}?", "answers": answers_of(n), "practice": n < PRACTICE}
        | {"tags": {"topic": "sums"} | ({MARK: "yes"} if PRACTICE <= n < SECRET else {})}
        for n in range(ITEMS)
    ]
    return Upload(name, "\n".join(map(json.dumps, rows)).encode())


def outputs(right: int) -> bytes:
    """Outputs with as many right answers among the items that no canary answers."""
    rows = [f"q{n},{2 * n if SECRET <= n < SECRET + right else 'no idea'}" for n in range(ITEMS)]
    return "\n".join(["id,output", *rows]).encode()


def files_of_a_competitor() -> list[Upload]:
    """Files that are refused for as many reasons as a competitor may find, and ones that are scored."""
    good = outputs(3)
    return [
        Upload("good.csv", good),
        Upload("unknown-id.csv", good.replace(b"q7,", b"q7b,")),
        Upload("twice.csv", good + b"\nq7,no idea"),
        Upload("missing.csv", good.rsplit(b"\n", 3)[0]),
        Upload("good.csv.gz", gzip.compress(outputs(1))),
        Upload("wrong-columns.csv", good.replace(b"id,output", b"nr,words")),
        Upload("quote.csv", good.replace(b"q7,no idea", b'q7,"no idea')),
        Upload("nan.jsonl", b'{"id": "q7", "output": NaN}'),
        Upload("nested.json", b'[{"id": "q7", "output": {"a": 1}}]'),
        Upload("half.csv.gz", gzip.compress(good)[:-9]),
        Upload("picture.csv", PNG + bytes(range(256))),
        Upload("empty.csv", b""),
        gold_file(),
    ]


async def verbs_of_the_bot(folder: Path) -> frozenset[str]:
    """Every verb that the bot answers, asked from a bot that is put together as always but never logs in."""
    async with (
        Database.open(f"sqlite+aiosqlite:///{folder / 'verbs.db'}") as database,
        open_services(database, WorkerLimits()) as services,
        commands.Bot("!", intents=discord.Intents(guilds=True), connector=aiohttp.TCPConnector()) as bot,
    ):
        await register(bot, services, cdn_hosts=frozenset(), board_edit_seconds=5, patrol_seconds=300)
        listeners = [getattr(one, "__self__", None) for one in bot.extra_events["on_interaction"]]
        (router,) = [one for one in listeners if isinstance(one, Router)]
        return router.verbs


async def vote_out(town: Town, prompt: str, label: str, count: int = 3) -> list[Actor]:
    """Members of long standing decide one item; they are given back."""
    voters = [town.sandbox.actor(town.guild, f"Voter {label} {number}") for number in range(count)]
    for voter in voters:
        voter.member.joined_at -= 100 * DAY
        ballot = await voter.click(await answer(voter.slash("gold vote", task=TITLE)), "Show me the gold and vote")
        while prompt not in ballot.text:
            ballot = await voter.click(ballot, "Skip")
        await voter.click(ballot, label)
    return voters


async def forge_everything(town: Town, verbs: frozenset[str], forgers: tuple[Actor, ...]) -> None:
    """Press every verb, as a button and in a menu, on the task, on somebody's submission and on what is not there."""
    listed = await town.eve.slash("submissions")
    (menu,) = [part for part in listed.message.components if part.get("type") == MENU]
    (task,) = await town.ben.autocomplete("task show", option="task", text=TITLE)
    submission = str(menu["options"][0]["value"])
    for forger in forgers:
        for verb in sorted(verbs):
            await answer(town.press_forged(forger, f"ts:{verb}:{task.value}"))
            await answer(town.press_forged(forger, f"ts:{verb}:{submission}"))
            await answer(town.choose_forged(forger, f"ts:{verb}:1", submission))


class Circle:
    """The life of a task whose gold holds canaries, in which a competitor tries out everything at every station."""

    def __init__(self, town: Town) -> None:
        town.sandbox.log.keeps_contents = True
        self.town = town
        self.competitor = Explorer(town, town.dan, files_of_a_competitor(), declined=AFTER_NOTICE)
        self.voters: list[Actor] = []

    async def explore(self) -> None:
        self.competitor.forget()
        await self.competitor.explore()

    async def until_open(self) -> None:
        await self.explore()
        post = await self.town.proposed_task(gold=canaries())
        await self.explore()
        await answer(self.town.carla.click(post, "Approve"))
        await self.explore()
        asked = await answer(self.town.carla.click(post, "Launch"))
        self.voters.append(self.town.carla)
        await answer(self.town.carla.click(asked, "Launch all the same"))
        await self.town.until(lambda: "Submit" in post.buttons)

    async def compete(self) -> None:
        for system, right in (("small", 4), ("large", 12)):
            sent = await self.town.eve.slash("submit", task=TITLE, file=Upload("a.csv", outputs(right)), system=system)
            await sent.until("95% interval", PATIENCE)
        board = await self.town.board_with("large")
        assert [picture.description for picture in board.attachments] != [None]
        await self.explore()

    async def vote(self) -> None:
        """Some items are ruled out, one of them answered by canaries; then two more members try out all that votes."""
        self.voters += await vote_out(self.town, "What is 20 + 20?", "Wrong")
        self.voters += await vote_out(self.town, "What is 5 + 5?", "Ambiguous")
        (thread,) = [one for one in self.town.eve.threads(self.town.forum) if one.name.startswith(TITLE)]
        await self.town.eve.wait_for(thread, "Gold v2", PATIENCE)
        await self.explore()
        for passed_by in (frozenset({"goldvote"}), frozenset[str]()):
            voter = self.town.sandbox.actor(self.town.guild, f"Voter who passes by {len(passed_by)}")
            self.voters.append(voter)
            await Explorer(self.town, voter, files_of_a_competitor(), declined=passed_by).look_around()
            await Explorer(self.town, voter, files_of_a_competitor()).explore()

    async def amend(self) -> None:
        """A curator, who becomes a reviewer by it, takes an item out, brings it back, and changes another one."""
        carla = self.town.carla
        notice = await answer(carla.slash("gold item", task=TITLE, item="q3"))
        await carla.click(notice, "Make me a reviewer")
        await amended(await carla.click(await self._page("q3"), "Take it out"), reason="Too easy.")
        await self.town.until(lambda: self._told("Item q3: out."))
        await amended(await carla.click(await self._page("q3"), "Bring it back"), reason="It stays.")
        edit = await carla.click(await self._page("q4"), "Edit")
        await amended(edit, prompt="How much is 4 plus 4?", reason="Clearer words.")
        await self.town.until(lambda: self._told("reworded"))
        await self.explore()

    async def _page(self, item: str) -> Reply:
        return await answer(self.town.carla.slash("gold item", task=TITLE, item=item))

    def _told(self, words: str) -> bool:
        threads = self.town.eve.threads(self.town.forum)
        return any(words in message.text for thread in threads for message in self.town.eve.messages(thread))


async def amended(form: Reply, **values: str) -> None:
    assert "Recorded" in (await answer(form.submit(values))).text


async def test_a_competitor_who_tries_everything_finds_no_hidden_answer(lonely_town: Town, tmp_path: Path) -> None:
    circle, verbs = Circle(lonely_town), await verbs_of_the_bot(tmp_path)
    await circle.until_open()
    await circle.compete()
    abroad = new_town(lonely_town.sandbox, lonely_town.bot, "Tripling club")
    await forge_everything(lonely_town, verbs - AFTER_NOTICE, (lonely_town.finn, abroad.dan))
    assert finds(lonely_town, HIDDEN) == []
    for mark in (f"{MARK}=", f'"{MARK}"'):
        assert finds(lonely_town, mark) == []
    await circle.vote()
    await circle.amend()
    assert finds(lonely_town, HIDDEN, told_to=circle.voters) == []
    assert finds(lonely_town, HIDDEN) != []
    assert finds(lonely_town, f"{MARK}=", told_to=[lonely_town.carla]) == []
    assert finds(lonely_town, f'"{MARK}"', told_to=circle.voters) == []
    assert finds(lonely_town, f'"{MARK}"') != []
    assert finds(lonely_town, PUBLIC) != []
    assert len(lonely_town.sandbox.log.requests) < lonely_town.sandbox.log.requests.maxlen  # type: ignore[operator]
    assert_all_was_tried(lonely_town, verbs, circle.voters)


def assert_all_was_tried(town: Town, verbs: frozenset[str], voters: list[Actor]) -> None:
    """Every command and choice by the competitor; every verb too, but for those that a competitor declines."""
    known = commands_of(town)
    typed, completed, pressed = acts_of(town, town.dan)
    assert {one.path for one in known} - typed == set()
    offered = {(one.path, str(option["name"])) for one in known for option in one.options if option.get("autocomplete")}
    assert offered - completed == set()
    _, _, pressed_by_voters = acts_of(town, *voters)
    assert verbs - pressed - pressed_by_voters == set()
    assert pressed & AFTER_NOTICE == set()


@pytest.mark.parametrize("verb", sorted(AFTER_NOTICE - {"gnotice"}))
async def test_whoever_forges_a_way_round_the_notice_is_a_reviewer_or_sees_nothing(town: Town, verb: str) -> None:
    await town.open_task(gold=canaries())
    disputed = {"task": TITLE, "item": "q7", "claimed_answer": "seven", "why": "It is."}
    await answer(town.eve.slash("dispute", **disputed))
    (thread,) = town.ben.threads(town.forum)
    ballot = await town.finn.wait_for(thread, "What is 7 + 7?", PATIENCE)
    (opener,) = [part for part in ballot.components if str(part.get("custom_id")).startswith("ts:gopen:")]
    forged = await answer(town.press_forged(town.dan, str(opener["custom_id"]).replace("gopen", verb)))
    saw_gold = "Accepted answers" in forged.text
    listed = await answer(town.dan.slash("gold vote", task=TITLE))
    assert ("not ranked" in listed.text) != saw_gold


async def test_the_search_finds_what_is_public_in_the_kit_and_no_hidden_answer_beside_it(lonely_town: Town) -> None:
    lonely_town.sandbox.log.keeps_contents = True
    await lonely_town.proposed_task(gold=canaries())
    assert finds(lonely_town, PUBLIC) == []
    await answer(lonely_town.dan.slash("task kit", task=TITLE))
    assert finds(lonely_town, PUBLIC) != []
    assert finds(lonely_town, HIDDEN) == []


async def test_the_search_finds_a_word_that_a_member_wrote_and_the_bot_repeated(lonely_town: Town) -> None:
    await lonely_town.open_task(gold=canaries())
    sent = await lonely_town.dan.slash("submit", task=TITLE, file=outputs_file(3), system=f"my {HIDDEN.title()}")
    await sent.until("95% interval", PATIENCE)
    await lonely_town.board_with(HIDDEN.title())
    assert any("POST /channels" in one or "PATCH /channels" in one for one in finds(lonely_town, HIDDEN))
    public = finds(lonely_town, HIDDEN, told_to=[lonely_town.dan])
    assert 0 < len(public) < len(finds(lonely_town, HIDDEN))
