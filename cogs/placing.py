"""One due post at a time: what it says now, whether that differs from what stands there, and where it goes."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import discord

from bench.model import Task
from cogs.places import BALLOT_MARK, BOARD_MARK, TASK_MARK, Places, nonce_of
from cogs.refusals import GONE, OLD_MESSAGE_EDITED_TOO_OFTEN
from cogs.screens import ballots, boards, news, receipts, versions
from cogs.screens.screen import Screen, control_id
from cogs.screens.task_post import task_post
from services.assembly import Services
from services.values import Post, PostKind, TaskSheet

OLD_AFTER = timedelta(hours=1)
REST_OF_OLD = timedelta(seconds=60)
REST_OF_LEADERS = timedelta(minutes=10)
NO_REST = timedelta(0)
REFUSALS_BEFORE_REPOST = 3
WAIT_FOR_THREAD, NO_THREAD = timedelta(seconds=2), "the task has no thread yet"


class Placing:
    """Renders posts and places them; every refusal that it cannot mend itself is raised."""

    def __init__(self, services: Services, places: Places, board_edit_seconds: float) -> None:
        self._services = services
        self._places = places
        self._rest = timedelta(seconds=board_edit_seconds)
        self._started_at = datetime.now(UTC)
        self._refused_edits: Counter[tuple[int, str]] = Counter()
        self._kinds = {
            PostKind.TASK: self._task,
            PostKind.BOARD: self._board,
            PostKind.NEWS: self._news,
            PostKind.LEADER: self._news,
            PostKind.BALLOT: self._ballot,
            PostKind.VERSION: self._version,
            PostKind.RECEIPT: self._receipt,
        }

    async def place(self, post: Post) -> None:
        """Bring one post to where it belongs, and write down that it stands there."""
        await self._kinds[post.kind](post)

    async def look(self, post: Post) -> None:
        """See whether a standing message is still there: without message events nobody tells us of a deletion."""
        if not await self._places.has_message(await self._location(post), post.message_id or 0):
            await self._services.posts.gone(post)

    async def _task(self, post: Post) -> None:
        sheet = await self._services.tasks.sheet(post.guild_id, post.subject_id)
        task, screen = sheet.task, task_post(sheet)
        if post.message_id is not None:
            if await self._drawn_anew(post, post.message_id, screen):
                await self._tagged(post, sheet, post.message_id)
            return
        channel = await self._places.channel(post.channel_id or 0)
        if isinstance(channel, discord.ForumChannel):
            message_id = thread_id = await self._posted_in_forum(post, channel, task, screen)
        else:
            message_id, thread_id = await self._posted_in_channel(post, channel, task, screen)
        if thread_id != task.thread_id:
            await self._services.tasks.record_thread(post.guild_id, task.id, thread_id)
        await self._stands(post, channel.id, message_id, screen)

    async def _posted_in_forum(self, post: Post, forum: discord.ForumChannel, task: Task, screen: Screen) -> int:
        """The forum's post of a task: our own one that a crash left unrecorded, or a new one."""
        known = task.thread_id
        if known is None and self._may_stand_already(post, task.created_at):
            known = await self._places.find_post(forum, task)
        if known is None or not await self._edited(known, known, screen):
            known = await self._places.open_post(forum, task, screen)
        return known

    async def _posted_in_channel(
        self, post: Post, channel: discord.TextChannel, task: Task, screen: Screen
    ) -> tuple[int, int]:
        """The message of a task in a text channel, found or new, and its thread, which outlives the message."""
        known = task.thread_id
        if known is None and self._may_stand_already(post, task.created_at):
            known = await self._places.find_message(channel.id, control_id(TASK_MARK, task.id))
        if known is None or not await self._edited(channel.id, known, screen):
            known = await self._places.send(channel.id, screen, nonce_in_place_of(post))
        thread_id = task.thread_id
        if thread_id is None or not await self._places.exists(thread_id):
            thread_id = await self._places.open_thread(channel.id, known, task)
        return known, thread_id

    async def _tagged(self, post: Post, sheet: TaskSheet, thread_id: int) -> None:
        channel = await self._places.channel(post.channel_id or 0)
        if isinstance(channel, discord.ForumChannel):
            await self._places.tag(channel, sheet.task, thread_id)

    async def _board(self, post: Post) -> None:
        board = await self._services.standings.board(post.guild_id, post.subject_id)
        screen = boards.board(board)
        if post.message_id is not None:
            try:
                await self._drawn_anew(post, post.message_id, screen)
            except (discord.RateLimited, discord.HTTPException) as refusal:
                if not self._tired_of(post, refusal):
                    raise
                await self._board_reposted(post, post.message_id, screen)
            return
        await self._found_or_sent(post, post.channel_id or 0, control_id(BOARD_MARK, post.subject_id), screen)

    async def _board_reposted(self, post: Post, old_id: int, screen: Screen) -> None:
        """A new message in place of one that Discord lets us edit no more."""
        channel_id = post.channel_id or 0
        new_id = await self._places.send(channel_id, screen, nonce_in_place_of(post))
        await self._stands(post, channel_id, new_id, screen)
        self._refused_edits.pop((post.guild_id, post.key), None)
        try:
            await self._places.delete(channel_id, old_id)
        except discord.HTTPException:
            return

    async def _ballot(self, post: Post) -> None:
        sheet = await self._services.gold.ballot_sheet(post.guild_id, post.subject_id)
        screen = ballots.public_ballot(sheet)
        if post.message_id is not None:
            await self._drawn_anew(post, post.message_id, screen)
        elif sheet.task.thread_id is None:
            await self._services.posts.put_off(post, WAIT_FOR_THREAD, NO_THREAD)
        else:
            await self._found_or_sent(post, sheet.task.thread_id, control_id(BALLOT_MARK, post.subject_id), screen)

    async def _found_or_sent(self, post: Post, channel_id: int, mark: str, screen: Screen) -> None:
        """Our own message that a crash left unrecorded, drawn anew, or a new one."""
        message_id = await self._places.find_message(channel_id, mark)
        if message_id is None or not await self._edited(channel_id, message_id, screen):
            message_id = await self._places.send(channel_id, screen, nonce_in_place_of(post))
        await self._stands(post, channel_id, message_id, screen)

    async def _news(self, post: Post) -> None:
        told = await self._services.posts.news(post)
        channel_id = post.channel_id or told.task.thread_id
        if channel_id is None:
            await self._services.posts.put_off(post, WAIT_FOR_THREAD, NO_THREAD)
            return
        screen = news.news(told)
        message_id = await self._places.send(channel_id, screen, nonce_of(post.guild_id, post.key, post.version))
        rest = REST_OF_LEADERS if post.kind is PostKind.LEADER else NO_REST
        await self._services.posts.sent(post, channel_id, message_id, screen.fingerprint, rest)

    async def _version(self, post: Post) -> None:
        told = await self._services.records.version_news(post.guild_id, post.subject_id)
        channel_id = post.channel_id or told.task.thread_id
        if channel_id is None:
            await self._services.posts.put_off(post, WAIT_FOR_THREAD, NO_THREAD)
            return
        screen = versions.version_news(told)
        message_id = await self._places.send(channel_id, screen, nonce_of(post.guild_id, post.key, post.version))
        await self._services.posts.sent(post, channel_id, message_id, screen.fingerprint, NO_REST)

    async def _receipt(self, post: Post) -> None:
        if post.address is None or post.address.expires_at <= datetime.now(UTC):
            await self._services.posts.drop(post)
            return
        receipt = await self._services.submissions.receipt(post.guild_id, post.subject_id)
        screen = receipts.receipt(receipt)
        await self._places.answer(post.address, screen)
        if receipts.is_final(receipt):
            await self._services.posts.drop(post)
        else:
            await self._services.posts.sent(post, None, None, screen.fingerprint, NO_REST)

    async def _drawn_anew(self, post: Post, message_id: int, screen: Screen) -> bool:
        """Whether the message that we know of shows the screen now; where it is gone, a new one becomes due."""
        if screen.fingerprint != post.content_hash and not await self._edited(
            await self._location(post), message_id, screen
        ):
            await self._services.posts.gone(post)
            return False
        self._refused_edits.pop((post.guild_id, post.key), None)
        await self._stands(post, post.channel_id or 0, message_id, screen)
        return True

    async def _location(self, post: Post) -> int:
        """The channel that the message itself is in: a forum's post is the first message of its own thread."""
        channel_id = post.channel_id or 0
        if post.kind is PostKind.TASK and isinstance(await self._places.channel(channel_id), discord.ForumChannel):
            return post.message_id or 0
        return channel_id

    async def _stands(self, post: Post, channel_id: int, message_id: int, screen: Screen) -> None:
        """Write down what stands where; it is then left alone for a while."""
        rest = rest_after_edit(message_id, self._rest)
        await self._services.posts.sent(post, channel_id, message_id, screen.fingerprint, rest)

    async def _edited(self, channel_id: int, message_id: int, screen: Screen) -> bool:
        """Whether the message was there to be drawn anew."""
        try:
            await self._places.edit(channel_id, message_id, screen)
        except discord.NotFound as refusal:
            if refusal.code not in GONE:
                raise
            return False
        return True

    def _may_stand_already(self, post: Post, since: datetime) -> bool:
        """Whether an earlier try, perhaps of an earlier life of this bot, may have reached Discord."""
        return post.attempts > 0 or since < self._started_at

    def _tired_of(self, post: Post, refusal: Exception) -> bool:
        """Whether Discord has refused this edit of an old message too often to go on asking."""
        limited = isinstance(refusal, discord.RateLimited) or (
            isinstance(refusal, discord.HTTPException)
            and (refusal.code == OLD_MESSAGE_EDITED_TOO_OFTEN or refusal.status == 429)
        )
        if limited:
            self._refused_edits[post.guild_id, post.key] += 1
        return self._refused_edits[post.guild_id, post.key] >= REFUSALS_BEFORE_REPOST


def nonce_in_place_of(post: Post) -> str:
    """The name of the sending that replaces the message known so far: a repetition of it makes no second message."""
    return nonce_of(post.guild_id, post.key, post.version, post.message_id or 0)


def rest_after_edit(message_id: int, rest: timedelta) -> timedelta:
    """How long a message is left alone after an edit: Discord allows fewer edits once it is an hour old."""
    age = datetime.now(UTC) - discord.utils.snowflake_time(message_id)
    return max(rest, REST_OF_OLD) if age > OLD_AFTER else rest
