"""What the owner of a task does to its items: reword, change answers, take out, bring back; all of it in the open."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bench.amendments import Amendment, edited
from bench.answers import checked_reason
from bench.errors import NotAllowed, NotFound, WrongState
from bench.language.specification import parse_signature
from bench.model import Actor, Item, Task
from bench.spellings import shown
from services.ballots import VOTED_STATES, become_reviewer, version_due_for
from services.clock import Clock
from services.gold_values import ItemPage
from services.guilds import is_curator, needed
from services.job_values import unpack_figures
from services.posts import Posts
from services.runner import Runner
from storage import analysis, ballots, changes, drafts, events, gold, guilds, reviewers, tasks
from storage.database import Connection, Database

AMENDMENT_EVENT = "amendment"

Change = Callable[[Connection, Task], Item | None]


class Owners:
    """The use cases of an item's page: reviewers read it, the author and curators amend the item."""

    def __init__(self, database: Database, posts: Posts, runner: Runner, clock: Clock, settle_for: timedelta) -> None:
        self._database = database
        self._posts = posts
        self._runner = runner
        self._clock = clock
        self._settle_for = settle_for

    async def page(self, actor: Actor, task_id: int, item_id: str) -> ItemPage:
        """All about one item, for who has seen the task's gold before; raises NotAllowed for others."""

        def read(connection: Connection) -> ItemPage:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            if actor.user_id != task.author_id and not _is_reviewer(connection, actor, task):
                raise NotAllowed(f"Only reviewers of “{task.title}” see its items with their answers.")
            return _page(connection, actor, task, item_id)

        return await self._database.read(read)

    async def must_be_told(self, actor: Actor, task_id: int) -> bool:
        """Whether the member may look into the gold, as a curator, and has not seen any of it so far."""

        def read(connection: Connection) -> bool:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            seen = actor.user_id == task.author_id or _is_reviewer(connection, actor, task)
            return not seen and is_owner(connection, actor, task)

        return await self._database.read(read)

    async def remember(self, actor: Actor, page: ItemPage, number: int) -> None:
        """Keep which item a page shows, so that its buttons find it again, also after a restart."""
        now, fields = self._clock(), {"task": page.task.id, "item": page.item.id}
        await self._database.write(
            lambda connection: drafts.add_draft(connection, actor.guild_id, number, actor.user_id, fields, now)
        )

    async def remembered(self, actor: Actor, number: int) -> ItemPage:
        """The page that `remember` kept, as it is now; only for whom it was shown."""
        fields = await self._database.read(
            lambda connection: drafts.get_draft(connection, actor.guild_id, number, actor.user_id)
        )
        return await self.page(actor, fields["task"], fields["item"])

    async def initiate(self, actor: Actor, task_id: int) -> Task:
        """Make a curator a reviewer, who is told before what that means; members become reviewers by voting."""
        now = self._clock()

        def write(connection: Connection) -> Task:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            if not is_owner(connection, actor, task):
                raise NotAllowed(
                    f"Only curators look into the gold of “{task.title}” without voting; members use /gold vote."
                )
            become_reviewer(connection, actor, task, now)
            return task

        return await self._database.write(write)

    async def edit(
        self, actor: Actor, task_id: int, item_id: str, prompt: str, answers: Sequence[str], reason: str, number: int
    ) -> Amendment:
        """Reword an item or change its answers; its votes begin anew with the next version."""

        def change(connection: Connection, task: Task) -> Item:
            item, _ = gold.get_item(connection, task.guild_id, task.id, item_id)
            return edited(item, prompt, answers, parse_signature(task.signature))

        return await self._amend(actor, task_id, item_id, change, reason, number)

    async def take_out(self, actor: Actor, task_id: int, item_id: str, reason: str, number: int) -> Amendment:
        """Take an item out of the gold."""

        def change(connection: Connection, task: Task) -> None:
            gold.get_item(connection, task.guild_id, task.id, item_id)

        return await self._amend(actor, task_id, item_id, change, reason, number)

    async def bring_back(self, actor: Actor, task_id: int, item_id: str, reason: str, number: int) -> Amendment:
        """Bring an item back that was taken out, as it was then."""

        def change(connection: Connection, task: Task) -> Item:
            found = gold.find_former_item(connection, task.guild_id, task.id, item_id)
            if found is None:
                raise NotFound(f"“{task.title}” has no item {item_id[:60]!r} that was taken out.")
            return found

        return await self._amend(actor, task_id, item_id, change, reason, number)

    async def _amend(
        self, actor: Actor, task_id: int, item_id: str, change: Change, reason: str, number: int
    ) -> Amendment:
        now, why = self._clock(), checked_reason(reason)

        def write(connection: Connection) -> Amendment:
            task = tasks.lock_task(connection, actor.guild_id, task_id)
            if not is_owner(connection, actor, task):
                raise NotAllowed(f"Only the author of “{task.title}” or a curator can change its items.")
            if task.state not in VOTED_STATES:
                raise WrongState(f"“{task.title}” is {task.state.value}, so its gold stands.")
            known = changes.find_amendment(connection, actor.guild_id, number)
            if known is not None:
                return known
            after = change(connection, task)
            return self._kept(
                connection, Amendment(task.guild_id, number, task.id, item_id, after, actor.user_id, why, now)
            )

        kept = await self._database.write(write)
        self._posts.wake()
        self._runner.wake()
        return kept

    def _kept(self, connection: Connection, amendment: Amendment) -> Amendment:
        """Keep it, write it down, and let it become a version."""
        kept, task = changes.add_amendment(connection, amendment), _task_of(connection, amendment)
        facts = {"item": kept.item_id, "why": kept.reason}
        events.add_event(connection, task.guild_id, kept.at, kept.actor_id, AMENDMENT_EVENT, task.id, None, facts)
        version_due_for(connection, task, kept.id, kept.actor_id, kept.at + self._settle_for)
        return kept


def is_owner(connection: Connection, actor: Actor, task: Task) -> bool:
    """Whether the member may change the task's items: its author and the curators."""
    settings = needed(guilds.find_settings(connection, actor.guild_id))
    return actor.user_id == task.author_id or is_curator(actor, settings)


def _task_of(connection: Connection, amendment: Amendment) -> Task:
    return tasks.get_task(connection, amendment.guild_id, amendment.task_id)


def _is_reviewer(connection: Connection, actor: Actor, task: Task) -> bool:
    return reviewers.is_reviewer(connection, task.guild_id, task.id, actor.user_id)


def _page(connection: Connection, actor: Actor, task: Task, item_id: str) -> ItemPage:
    of = (task.guild_id, task.id)
    former = gold.find_former_item(connection, *of, item_id)
    item = former or changes.get_question(connection, *of, item_id)[0]
    asked = ballots.list_ballots(connection, *of, item_id=item_id, limit=10)
    packed = analysis.find_analysis(connection, *of)
    figures = None if packed is None else unpack_figures(packed.content).get(item_id)
    owns = is_owner(connection, actor, task)
    return ItemPage(
        task,
        item if owns else shown(item),
        asked,
        is_out=former is not None,
        is_proposed=any(one.item.id == item_id for one in changes.list_proposed_items(connection, *of)),
        figures=figures,
        systems=0 if packed is None else packed.submissions,
        may_change=owns and task.state in VOTED_STATES,
    )
