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
    if task.state is TaskState.OPEN:
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
    return f"**{_title(news)}** is approved {by}. Its author or a curator can launch it now."


def _launched(news: News) -> str:
    items = plural(int(news.details["items"]), "item")
    return f"**{_title(news)}** is open, with {items}. Get the kit, let your model answer, and submit the file."


def _closed(news: News) -> str:
    return f"**{_title(news)}** is closed. Its board stays, and its ranks stand."


def _new_leader(news: News) -> str:
    details = news.details
    leads = f"**{safe(str(details['system']))}** by <@{details['user_id']}> leads **{_title(news)}**"
    between = Interval(float(details["low"]), float(details["high"]), 0)
    score = f"{percent(float(details['score']))} ({interval(between)})"
    passed = f"{safe(str(details['passed_system']))} had {percent(float(details['passed_score']))}"
    return f"{leads} with {score}; {passed}."


def _title(news: News) -> str:
    return safe(news.task.title, 200)


SENTENCES: dict[NewsKind, Callable[[News], str]] = {
    NewsKind.APPROVED: _approved,
    NewsKind.LAUNCHED: _launched,
    NewsKind.CLOSED: _closed,
    NewsKind.NEW_LEADER: _new_leader,
}
