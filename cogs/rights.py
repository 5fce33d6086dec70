"""What the bot itself must be allowed to do in a channel, in the words of Discord's settings."""

from collections.abc import Iterable

import discord

POSTING = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
IN_FORUM = {"send_messages": "Create Posts", "send_messages_in_threads": "Send Messages in Posts"}
IN_TEXT = {
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}

PostingChannel = discord.TextChannel | discord.ForumChannel


def missing_for_tasks(channel: PostingChannel) -> tuple[str, ...]:
    """What the bot lacks for posting tasks with their threads."""
    if isinstance(channel, discord.ForumChannel):
        return _missing(channel, (POSTING | IN_FORUM).items())
    return _missing(channel, (POSTING | IN_TEXT).items())


def missing_for_posts(channel: PostingChannel) -> tuple[str, ...]:
    """What the bot lacks for posting boards and news."""
    return _missing(channel, POSTING.items())


def _missing(channel: PostingChannel, names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    allowed = channel.permissions_for(channel.guild.me)
    return tuple(name for right, name in names if not getattr(allowed, right))
