"""What is told about a task in its thread and in the channels linked to it."""

from collections.abc import Callable

from discord import ButtonStyle

from bench.model import Interval, TaskState
from cogs.screens.screen import GOOD, NEUTRAL, Part, Screen, button, channel_url, link, panel, row, screen, text
from cogs.screens.words import interval, percent, plural, safe
from services.values import News, NewsKind


def news(news: News) -> Screen:
    """One announcement."""
    task = news.task
    buttons: list[Part] = []
    if news.kind in ABOUT_GOLD:
        buttons.append(button("Vote on gold", "goldvote", task.id, ButtonStyle.primary))
    elif task.state is TaskState.OPEN:
        buttons += [
            button("Submit", "submit", task.id, ButtonStyle.primary),
            button("My place", "place", task.id),
        ]
    if task.thread_id is not None:
        buttons.append(link("Discuss", channel_url(task.guild_id, task.thread_id)))
    parts: list[Part] = [text(SENTENCES[news.kind](news))]
    if buttons:
        parts.append(row(*buttons))
    return screen(panel(*parts, colour=NEUTRAL if news.kind is NewsKind.CLOSED else GOOD))


def _approved(news: News) -> str:
    by = "by a curator" if news.details.get("curator") else f"by {plural(int(news.details['approvals']), 'member')}"
    return (
        f"**{_title(news)}** is approved {by}. Next comes its pilot: vote on its gold, so that it can be launched; "
        "`/task check` says what it still needs."
    )


def _launched(news: News) -> str:
    items, waived = plural(int(news.details["items"]), "item"), int(news.details.get("waived", 0))
    lines = f"{plural(waived, 'line')} of its checklist {'is' if waived == 1 else 'are'} not met, as its board says."
    past = f" A curator launched it; {lines}" if waived else ""
    return f"**{_title(news)}** is open, with {items}. Get the kit, let your model answer, and submit the file.{past}"


def _closed(news: News) -> str:
    return f"**{_title(news)}** is closed. Its board stays, and its ranks stand."


def _new_leader(news: News) -> str:
    details = news.details
    leads = f"**{safe(str(details['system']))}** by <@{details['user_id']}> leads **{_title(news)}**"
    between = Interval(float(details["low"]), float(details["high"]), 0)
    score = f"{percent(float(details['score']))} ({interval(between)})"
    passed = f"{safe(str(details['passed_system']))} had {percent(float(details['passed_score']))}"
    return f"{leads} with {score}; {passed}."


def _items_proposed(news: News) -> str:
    items = plural(int(news.details["items"]), "item")
    return f"<@{news.actor_id}> proposes {items} for **{_title(news)}**. They count once the votes have settled them."


def _suspects(news: News) -> str:
    items = int(news.details["items"])
    which = "an item whose" if items == 1 else f"{items} items whose"
    return (
        f"Strong systems agree on {which} gold says otherwise, at **{_title(news)}**. Nothing is changed by that: "
        "please vote again."
    )


def _title(news: News) -> str:
    return safe(news.task.title, 200)


SENTENCES: dict[NewsKind, Callable[[News], str]] = {
    NewsKind.APPROVED: _approved,
    NewsKind.LAUNCHED: _launched,
    NewsKind.CLOSED: _closed,
    NewsKind.NEW_LEADER: _new_leader,
    NewsKind.ITEMS_PROPOSED: _items_proposed,
    NewsKind.SUSPECTS: _suspects,
}
ABOUT_GOLD = frozenset({NewsKind.APPROVED, NewsKind.ITEMS_PROPOSED, NewsKind.SUSPECTS})
