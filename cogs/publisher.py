"""The publisher: whatever the outbox says is due becomes a message, or the edit of one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta

import aiohttp
from discord.ext import commands

from bench.errors import NotFound, TouchstoneError
from cogs.placing import Placing
from cogs.refusals import Deed, Refusal, decide
from services.posts import Posts
from services.values import Post, PostKind

log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(seconds=5)
BUSY_PAUSE = 0.1
FAILURE_PAUSE = 1.0
LAST_SECONDS = 5.0
PATROL_STEP = 1.0


class Publisher(commands.Cog):
    """The loop over the outbox.

    Posts of one channel go one after another, those of different channels side by side, and no post twice at once.
    """

    def __init__(self, bot: commands.Bot, posts: Posts, placing: Placing, patrol_seconds: float) -> None:
        self._bot = bot
        self._patrol_seconds = patrol_seconds
        self._posts = posts
        self._placing = placing
        self._lanes: dict[Hashable, asyncio.Task[None]] = {}
        self._loops: tuple[asyncio.Task[None], ...] = ()

    async def cog_load(self) -> None:
        """Start looking, once the bot is ready."""
        self._loops = (
            asyncio.create_task(self._run(), name="publisher"),
            asyncio.create_task(self._patrol(), name="publisher's patrol"),
        )

    async def cog_unload(self) -> None:
        """Begin nothing new; what is on its way gets a few seconds, and is found again after the next start."""
        for loop in self._loops:
            loop.cancel()
        lanes = list(self._lanes.values())
        if lanes:
            _, late = await asyncio.wait(lanes, timeout=LAST_SECONDS)
            for lane in late:
                lane.cancel()

    async def _run(self) -> None:
        await self._bot.wait_until_ready()
        while True:
            try:
                await self._look()
            except Exception:
                log.exception("The outbox could not be read; looking again")
                await asyncio.sleep(FAILURE_PAUSE)

    async def _look(self) -> None:
        """Start every lane that has something due and is idle; else wait until that may have changed."""
        due = await self._posts.due()
        fresh: dict[Hashable, list[Post]] = {}
        for post in due:
            lane = lane_of(post)
            if lane not in self._lanes:
                fresh.setdefault(lane, []).append(post)
        for lane, posts in fresh.items():
            self._lanes[lane] = asyncio.create_task(self._work(lane, posts), name=f"publisher {lane}")
        if due and not fresh:
            await asyncio.wait(self._lanes.values(), timeout=BUSY_PAUSE, return_when=asyncio.FIRST_COMPLETED)
        elif not due:
            await self._posts.wait(LOOK_AGAIN)

    async def _patrol(self) -> None:
        """Look at the standing messages in turn, at most one in a second, and let deleted ones come back."""
        await self._bot.wait_until_ready()
        while True:
            await asyncio.sleep(self._patrol_seconds)
            try:
                for post in await self._posts.standing():
                    await self._publish(post, self._placing.look)
                    await asyncio.sleep(PATROL_STEP)
            except Exception:
                log.exception("The patrol broke off; it goes again later")

    async def _work(self, lane: Hashable, posts: list[Post]) -> None:
        try:
            for post in posts:
                await self._publish(post, self._placing.place)
        except Exception:
            log.exception("The outcome of a post could not be written down; it is tried again")
            await asyncio.sleep(FAILURE_PAUSE)
        finally:
            del self._lanes[lane]

    async def _publish(self, post: Post, deed: Callable[[Post], Awaitable[None]]) -> None:
        try:
            await deed(post)
        except NotFound:
            await self._posts.drop(post)
        except TouchstoneError as error:
            await self._posts.park(post, str(error))
        except Exception as error:  # noqa: BLE001 - every failure has its rule
            await self._refused(post, error)

    async def _refused(self, post: Post, error: Exception) -> None:
        refusal = Refusal.of(error)
        decision = decide(refusal, post.kind, post.attempts)
        reason = f"{type(error).__name__}: status {refusal.status}, code {refusal.code}"
        # A connection that breaks is nobody's fault; whatever else has no status is ours.
        unexpected = not refusal.status and not isinstance(error, aiohttp.ClientError | OSError)
        log.log(
            logging.ERROR if unexpected else logging.WARNING,
            "Post %s of guild %s: %s; %s",
            post.key,
            post.guild_id,
            reason,
            decision.deed.value,
            exc_info=error if unexpected else None,
        )
        if decision.deed is Deed.DROP:
            await self._posts.drop(post)
        elif decision.deed is Deed.PARK:
            await self._posts.park(post, reason)
        else:
            await self._posts.put_off(post, decision.wait, reason)


def lane_of(post: Post) -> Hashable:
    """What a post must wait for: others of its channel; a receipt waits for nothing."""
    if post.kind is PostKind.RECEIPT:
        return post.guild_id, post.key
    return post.guild_id, post.channel_id or post.kind
