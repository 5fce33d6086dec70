"""Where posts stand at Discord: finding our own, making new ones, and drawing them anew in place."""

import hashlib
import logging
from collections.abc import AsyncIterator, Iterable
from typing import Any, Final

import discord
from discord.ext import commands

from bench.errors import WrongState
from bench.model import Task, TaskState
from cogs.refusals import ARCHIVED_THREAD, GONE, THREAD_EXISTS
from cogs.screens.screen import Screen, control_id
from cogs.screens.words import plain
from services.values import ReplyAddress

log = logging.getLogger(__name__)

LOOK_BACK = 50
KEEP_IN_LIST_MINUTES: Final = 10080
LONGEST_NONCE = 25
ORIGINAL: Any = "@original"
# The client's default goes with new messages only: discord.py leaves it out of edits without a content.
NO_PINGS: Final = discord.AllowedMentions.none()

TASK_MARK, BOARD_MARK, BALLOT_MARK = "kit", "scoring", "gopen"


class Places:
    """Discord's channels as the publisher uses them."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    async def channel(self, channel_id: int) -> discord.ForumChannel | discord.TextChannel:
        """A channel that tasks are posted in."""
        channel = self._bot.get_channel(channel_id) or await self._bot.fetch_channel(channel_id)
        if not isinstance(channel, discord.ForumChannel | discord.TextChannel):
            raise WrongState(f"Channel {channel_id} is neither a forum nor a text channel; run /setup again.")
        return channel

    async def send(self, channel_id: int, screen: Screen, nonce: str) -> int:
        """A new message; the nonce keeps a crash right after it from making a second one."""
        messages = self._bot.get_partial_messageable(channel_id)
        sent = await messages.send(view=screen.view, files=screen.uploads(), nonce=nonce)
        return sent.id

    async def edit(self, channel_id: int, message_id: int, screen: Screen) -> None:
        """Draw a message of ours anew; one in a sleeping thread is woken first."""
        message = self._bot.get_partial_messageable(channel_id).get_partial_message(message_id)
        try:
            await message.edit(view=screen.view, attachments=screen.uploads(), allowed_mentions=NO_PINGS)
        except discord.HTTPException as refusal:
            if refusal.code != ARCHIVED_THREAD:
                raise
            thread = await self._bot.fetch_channel(channel_id)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)
            await message.edit(view=screen.view, attachments=screen.uploads(), allowed_mentions=NO_PINGS)

    async def delete(self, channel_id: int, message_id: int) -> None:
        """Remove a message of ours."""
        await self._bot.get_partial_messageable(channel_id).get_partial_message(message_id).delete()

    async def answer(self, address: ReplyAddress, screen: Screen) -> None:
        """Write the answer that a member is waiting for in an interaction of theirs."""
        webhook = discord.Webhook.partial(address.application_id, address.token, client=self._bot)
        await webhook.edit_message(ORIGINAL, view=screen.view, attachments=screen.uploads())

    async def open_post(self, forum: discord.ForumChannel, task: Task, screen: Screen) -> int:
        """A new post in a forum: thread and first message have the same id."""
        post = await forum.create_thread(
            name=plain(task.title),
            view=screen.view,
            files=screen.uploads(),
            applied_tags=applied_tags(forum, task.state),
            auto_archive_duration=KEEP_IN_LIST_MINUTES,
        )
        await self._remove_twins(forum, task, post.thread.id)
        return int(post.thread.id)

    async def open_thread(self, channel_id: int, message_id: int, task: Task) -> int:
        """The thread under a message of ours in a text channel; it has the message's id."""
        channel = self._bot.get_partial_messageable(channel_id, guild_id=task.guild_id)
        message = channel.get_partial_message(message_id)
        try:
            await message.create_thread(name=plain(task.title), auto_archive_duration=KEEP_IN_LIST_MINUTES)
        except discord.HTTPException as refusal:
            if refusal.code != THREAD_EXISTS:
                raise
        return message_id

    async def tag(self, forum: discord.ForumChannel, task: Task, thread_id: int) -> None:
        """Let the post carry the tag of its task's state; a forum that refuses keeps the tag it has."""
        thread = forum.get_thread(thread_id)
        wanted = applied_tags(forum, task.state)
        if thread is None or not wanted or wanted == thread.applied_tags:
            return
        try:
            await thread.edit(applied_tags=wanted)
        except discord.HTTPException as refusal:
            log.info("The post of task %s keeps its tag: %s", task.id, refusal)

    async def has_message(self, channel_id: int, message_id: int) -> bool:
        """Whether a message is still there."""
        try:
            await self._bot.get_partial_messageable(channel_id).fetch_message(message_id)
        except discord.NotFound as refusal:
            return refusal.code not in GONE
        return True

    async def exists(self, channel_id: int) -> bool:
        """Whether a thread or channel is still there."""
        try:
            return (self._bot.get_channel(channel_id) or await self._bot.fetch_channel(channel_id)) is not None
        except discord.NotFound:
            return False

    async def find_post(self, forum: discord.ForumChannel, task: Task) -> int | None:
        """Our own post of this task, if one was made and the bot died before it could write that down."""
        async for thread in self._own_posts(forum, task):
            return thread.id
        return None

    async def _remove_twins(self, forum: discord.ForumChannel, task: Task, kept: int) -> None:
        """Delete other posts of the task: discord.py sends a request again whose answer got lost, and posts twice."""
        async for twin in self._own_posts(forum, task, besides=kept):
            try:
                await twin.delete()
            except discord.HTTPException as refusal:
                log.warning("A second post of task %s stays: %s", task.id, refusal)

    async def _own_posts(
        self, forum: discord.ForumChannel, task: Task, besides: int | None = None
    ) -> AsyncIterator[discord.Thread]:
        for thread in forum.threads:
            if thread.owner_id == self._own_id and thread.id > task.id and thread.id != besides:
                try:
                    first = await thread.fetch_message(thread.id)
                except discord.NotFound:
                    continue
                if control_id(TASK_MARK, task.id) in custom_ids(first.components):
                    yield thread

    async def find_message(self, channel_id: int, mark: str) -> int | None:
        """Our own recent message that carries this custom_id."""
        try:
            async for message in self._recent(channel_id):
                if message.author.id == self._own_id and mark in custom_ids(message.components):
                    return message.id
        except discord.Forbidden:
            return None
        return None

    def _recent(self, channel_id: int) -> AsyncIterator[discord.Message]:
        return self._bot.get_partial_messageable(channel_id).history(limit=LOOK_BACK)

    @property
    def _own_id(self) -> int:
        return self._bot.user.id if self._bot.user is not None else 0


def custom_ids(components: Iterable[Any]) -> set[str]:
    """Every custom_id in a message's components, however deep."""
    found: set[str] = set()
    for component in components:
        found.add(getattr(component, "custom_id", None) or "")
        found |= custom_ids(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            found |= custom_ids((accessory,))
    return found - {""}


def applied_tags(forum: discord.ForumChannel, state: TaskState) -> list[discord.ForumTag]:
    """The forum's tag that is called like the state; any one where the forum insists on a tag."""
    tags = list(forum.available_tags)
    named = [tag for tag in tags if tag.name.casefold() == state.value]
    return (named or tags)[:1] if forum.flags.require_tag else named[:1]


def nonce_of(*parts: object) -> str:
    """A short name for one sending: Discord takes a second message of the same name for the first."""
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:LONGEST_NONCE]
