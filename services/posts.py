"""The outbox: messages that are projections of the database, from due to posted.

A use case marks a post due in its own transaction; the publisher renders whatever is due and reports what came of it.
A wake-up only says "look now": what is lost with a crash is found again by looking.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.model import GuildSettings, Task, TaskState
from services.clock import Clock
from services.values import News, NewsKind, Post, PostKind, ReplyAddress
from services.waking import Waker
from storage import events, posts, tasks
from storage.database import Connection, Database
from storage.events import Event
from storage.posts import PostRow

LONGEST_WAIT = timedelta(seconds=30)
RECEIPT_PATIENCE = timedelta(seconds=1.5)
BEFORE_LAUNCH = frozenset({TaskState.PROPOSED, TaskState.PILOT})


Details = dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something worth telling about a task, as it is written in the transaction that made it happen."""

    kind: NewsKind
    actor_id: int
    at: datetime
    details: Details


class Posts:
    """What the publisher asks: which messages are due, and what each one should say."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waker = Waker()

    def wake(self) -> None:
        """Say that something may be due."""
        self._waker.wake()

    async def wait(self, longest: timedelta = LONGEST_WAIT) -> None:
        """Return when woken, when the next post is due, or after `longest`."""
        due_at = await self._database.read(posts.next_due_at)
        await self._waker.wait(longest if due_at is None else min(longest, due_at - self._clock()))

    async def standing(self) -> tuple[Post, ...]:
        """The lasting messages that should be found in their channels."""
        kinds = (PostKind.TASK.value, PostKind.BOARD.value)
        rows = await self._database.read(lambda connection: posts.list_standing(connection, kinds))
        return tuple(_post(row) for row in rows)

    async def due(self) -> tuple[Post, ...]:
        """The posts that are due now, the longest waiting first."""
        rows = await self._database.read(lambda connection: posts.list_due(connection, self._clock()))
        return tuple(_post(row) for row in rows)

    async def sent(
        self, post: Post, channel_id: int | None, message_id: int | None, content_hash: str, rest: timedelta
    ) -> None:
        """The message stands; its next edit is not due before `rest` has passed."""
        now = self._clock()
        await self._database.write(
            lambda connection: posts.record_posted(
                connection,
                post.guild_id,
                post.key,
                version=post.version,
                channel_id=channel_id,
                message_id=message_id,
                content_hash=content_hash,
                at=now,
                rest_until=now + rest,
            )
        )

    async def put_off(self, post: Post, wait: timedelta, why: str) -> None:
        """Try again after `wait`."""
        due_at = self._clock() + wait
        await self._database.write(lambda connection: posts.put_off(connection, post.guild_id, post.key, due_at, why))

    async def park(self, post: Post, why: str) -> None:
        """Stop trying until something changes: Discord refuses for a reason that only a person can mend."""
        await self._database.write(lambda connection: posts.park(connection, post.guild_id, post.key, why))

    async def gone(self, post: Post) -> None:
        """The message was deleted at Discord: it is forgotten, and a new one is due."""
        now = self._clock()

        def write(connection: Connection) -> None:
            if post.message_id and posts.forget_message(connection, post.guild_id, post.key, post.message_id):
                posts.mark_due(connection, post.guild_id, post.key, post.kind.value, post.subject_id, due_at=now)

        await self._database.write(write)
        self.wake()

    async def drop(self, post: Post) -> None:
        """The post is done for good."""
        await self._database.write(lambda connection: posts.remove_post(connection, post.guild_id, post.key))

    async def news(self, post: Post) -> News:
        """What an announcement says, with its task as it stands now."""

        def read(connection: Connection) -> News:
            if post.kind is not PostKind.LEADER:
                return _news(connection, events.get_event(connection, post.guild_id, post.subject_id))
            kind = NewsKind.NEW_LEADER.value
            return _news(
                connection,
                events.list_events(connection, post.guild_id, task_id=post.subject_id, kind=kind, limit=1)[0],
            )

        return await self._database.read(read)


def task_post_due(connection: Connection, task: Task, settings: GuildSettings, at: datetime) -> None:
    """The task's own post shows something that changed."""
    posts.mark_due(
        connection,
        task.guild_id,
        f"task:{task.id}",
        PostKind.TASK.value,
        task.id,
        channel_id=settings.forum_id,
        due_at=at,
    )


def board_due(connection: Connection, task: Task, settings: GuildSettings, at: datetime) -> None:
    """The task's leaderboard shows something that changed; before its launch a task has none."""
    if task.state in BEFORE_LAUNCH:
        return
    posts.mark_due(
        connection,
        task.guild_id,
        f"board:{task.id}",
        PostKind.BOARD.value,
        task.id,
        channel_id=settings.board_channel_id,
        due_at=at,
    )


def posts_of_guild_due(connection: Connection, settings: GuildSettings, at: datetime) -> None:
    """The guild was set up anew: what Discord refused is tried again, and boards move where their channel changed."""
    posts.retry_parked(connection, settings.guild_id, at)
    posts.mark_all_due(connection, PostKind.TASK.value, at, guild_id=settings.guild_id)
    for row in posts.list_posts(connection, settings.guild_id, PostKind.BOARD.value):
        task = tasks.get_task(connection, settings.guild_id, row.subject_id)
        board_due(connection, task, settings, at)


def news_due(connection: Connection, task: Task, happening: Happening) -> None:
    """Tell it in the task's thread and in every channel that is linked to it."""
    event_id = _told(connection, task, happening)
    for channel_id in _ears(connection, task):
        posts.mark_due(
            connection,
            task.guild_id,
            f"news:{event_id}:{channel_id or 'thread'}",
            PostKind.NEWS.value,
            event_id,
            channel_id=channel_id,
            due_at=happening.at,
        )


def leader_due(connection: Connection, task: Task, happening: Happening) -> None:
    """Tell that another system leads now; while the last such message rests, a later leader replaces an earlier one."""
    _told(connection, task, happening)
    for channel_id in _ears(connection, task):
        posts.mark_due(
            connection,
            task.guild_id,
            f"leader:{task.id}:{channel_id or 'thread'}",
            PostKind.LEADER.value,
            task.id,
            channel_id=channel_id,
            due_at=happening.at,
        )


def ballot_due(connection: Connection, task: Task, ballot_id: int, at: datetime) -> None:
    """A public ballot in the task's thread shows something that changed."""
    key = f"ballot:{ballot_id}"
    posts.mark_due(connection, task.guild_id, key, PostKind.BALLOT.value, ballot_id, due_at=at)


def version_due(connection: Connection, task: Task, event_id: int, at: datetime) -> None:
    """A new gold version is to be told wherever the task's news are."""
    for channel_id in _ears(connection, task):
        posts.mark_due(
            connection,
            task.guild_id,
            f"version:{event_id}:{channel_id or 'thread'}",
            PostKind.VERSION.value,
            event_id,
            channel_id=channel_id,
            due_at=at,
        )


def receipt_due(
    connection: Connection, guild_id: int, submission_id: int, address: ReplyAddress, due_at: datetime
) -> None:
    """The answer to a submission is to be written where the member waits for it."""
    posts.mark_due(
        connection,
        guild_id,
        f"receipt:{submission_id}",
        PostKind.RECEIPT.value,
        submission_id,
        address=posts.Address(address.application_id, address.token, address.expires_at),
        due_at=due_at,
    )


def receipt_changed(connection: Connection, guild_id: int, submission_id: int, at: datetime) -> None:
    """The submission came to its end: whoever still waits for the answer gets it now."""
    key = f"receipt:{submission_id}"
    if posts.find_post(connection, guild_id, key) is not None:
        posts.mark_due(connection, guild_id, key, PostKind.RECEIPT.value, submission_id, due_at=at)


def _told(connection: Connection, task: Task, happening: Happening) -> int:
    return events.add_event(
        connection,
        task.guild_id,
        at=happening.at,
        actor_id=happening.actor_id,
        kind=happening.kind.value,
        task_id=task.id,
        subject_id=task.id,
        data=happening.details,
    )


def _ears(connection: Connection, task: Task) -> tuple[int | None, ...]:
    """Where news of the task are told: its thread, which stands as None, and the channels linked to it."""
    return (None, *tasks.list_links(connection, task.guild_id, task.id))


def _news(connection: Connection, event: Event) -> News:
    task = tasks.get_task(connection, event.guild_id, event.task_id or 0)
    return News(NewsKind(event.kind), task, event.actor_id, event.at, dict(event.data))


def _post(row: PostRow) -> Post:
    address = row.address
    return Post(
        row.guild_id,
        row.key,
        PostKind(row.kind),
        row.subject_id,
        row.version,
        row.channel_id or row.message_channel_id,
        row.message_id,
        row.content_hash,
        row.posted_at,
        row.attempts,
        None if address is None else ReplyAddress(address.application_id, address.token, address.expires_at),
    )
