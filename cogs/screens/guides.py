"""Screens that explain: help, how a task is scored, and how the set-up stands."""

from collections.abc import Mapping, Sequence

from bench.language.extract import EXTRACTIONS
from bench.language.normalize import NORMALIZERS
from bench.language.specification import Specification, parse_signature
from bench.language.steps import Step, StepDescription
from bench.metrics.catalogue import find_metric
from bench.model import GuildSettings, Task
from cogs.screens.screen import GOOD, WARNING, Attached, Screen, attachment, panel, screen, text
from cogs.screens.words import ACCENT, code, listed, plural, safe


def help_page(settings: GuildSettings | None, open_tasks: Sequence[Task], *, manages_guild: bool) -> Screen:
    """What this person can do now, shortest way first."""
    if settings is None:
        first = (
            "Start with `/setup`: choose a forum for the tasks and a channel for the leaderboards."
            if manages_guild
            else "Touchstone is not set up in this server yet; an administrator runs `/setup`."
        )
        return screen(panel(text("**Touchstone** keeps this server's own benchmarks of language models.", first)))
    lines = [
        "**Touchstone** keeps this server's own benchmarks of language models.",
        f"- **Take part**: {_taking_part(open_tasks)}",
        "- **Your results**: `/submissions` lists them and takes one back; *My place* under a board shows your rank.",
        f"- **Boards** are in <#{settings.board_channel_id}>; `/leaderboard show` brings one here.",
        "- **Vote on gold** with `/gold vote`; `/dispute` claims an answer that was counted as wrong.",
        "- **Add items** to a task with `/task add`; `/gold item` looks one up, `/gold history` says what changed.",
        "- **Metrics**: `/metric list` explains them, and `/metric try` scores pairs that you paste.",
        f"- **Propose a task** with `/task propose`; it is discussed and approved in <#{settings.forum_id}>.",
        "- **Read a score**: the interval says how far luck reaches; entries that share ranks cannot be told apart.",
    ]
    if manages_guild:
        lines.append("- **You manage this server**: `/setup` changes channels, curator role and quorum at any time.")
    return screen(panel(text(*lines)))


def scoring_page(task: Task) -> Screen:
    """How a task is scored, from the model's words to the rank."""
    specification = parse_signature(task.signature)
    metric = find_metric(specification.metric)
    summary = "" if metric is None else f": {metric.summary}"
    trimmed = "".join(f", after {code(step.colon_form)}" for step in specification.trimmings)
    is_mean = is_mean_of_items(specification)
    score = "the mean over" if is_mean else "one figure for all of"
    interval = "Wilson" if is_mean else "by drawing the items again and again"
    return screen(
        panel(
            text(
                f"**How {safe(task.title, 200)} is scored**",
                f"1. **Extraction** {_explained(specification.extraction, EXTRACTIONS)}.",
                f"2. **Normalisation** of both sides {_explained(specification.normalizer, NORMALIZERS)}{trimmed}.",
                f"3. **Metric**, for each item, {code(specification.metric)}{summary}.",
                f"4. **Score**: {score} {plural(task.items, 'item')}; a missing output counts as wrong.",
                f"5. **Interval**: 95% ({interval}). **Ranks** are ranges: two entries share ranks unless a paired "
                "test on the same items tells them apart.",
            ),
            text("To score a file yourself, get the kit and use this specification:", _toml(task)),
            text(f"-# {code(task.signature, 180)} · gold v{task.gold_version}"),
        )
    )


def is_mean_of_items(specification: Specification) -> bool:
    """Whether a score is the mean of its items' scores, as that of a corpus metric is not."""
    if specification.parts:
        return all(is_mean_of_items(part.specification) for part in specification.parts)
    metric = find_metric(specification.metric)
    return metric is None or metric.aggregation == "mean"


def setup_page(settings: GuildSettings, missing: Mapping[int, Sequence[str]]) -> Screen:
    """The set-up as it stands; `missing` are the names of the permissions that the bot lacks, by channel."""
    curators = "nobody but those who manage the server"
    if settings.curator_role_id is not None:
        curators = f"<@&{settings.curator_role_id}>"
    lines = [
        f"- **Tasks** are posted in <#{settings.forum_id}>",
        f"- **Leaderboards** are posted in <#{settings.board_channel_id}>",
        f"- **Curators**: {curators}",
        f"- **Quorum**: {plural(settings.quorum, 'approval')} besides the author's",
    ]
    lacks = [
        f"⚠️ In <#{channel}> I miss {listed(f'**{name}**' for name in names)}." for channel, names in missing.items()
    ]
    if not lacks:
        ready = "✅ All permissions are there. Next: anyone can propose a task with `/task propose`."
        return screen(panel(text("**Touchstone is set up.**", *lines), text(ready), colour=GOOD))
    mend = "Open the channel's settings, then Permissions, add my role, allow these, and run `/setup` again."
    heading = "**The settings are saved, but I cannot post yet.**"
    return screen(panel(text(heading, *lines), text(*lacks, mend), colour=WARNING))


def linked(task: Task, channel_id: int, missing: Sequence[str], *, removed: bool) -> Screen:
    """The news of a task go to one more channel, or no longer."""
    title = safe(task.title, 200)
    if removed:
        return screen(panel(text(f"News about **{title}** no longer go to <#{channel_id}>.")))
    done = f"News about **{title}** go to <#{channel_id}> too."
    if not missing:
        return screen(panel(text(done), colour=GOOD))
    lacks = f"⚠️ I cannot post there yet: I miss {listed(f'**{name}**' for name in missing)}."
    return screen(panel(text(done, lacks), colour=WARNING))


def proposed(task: Task, settings: GuildSettings) -> Screen:
    """The proposal is in the community's hands."""
    return screen(
        panel(
            text(
                f"**{safe(task.title, 200)}** is proposed with {plural(task.items, 'item')}.",
                f"Its post appears in <#{settings.forum_id}> in a moment. It needs "
                f"{plural(settings.quorum, 'approval')} besides yours, or a curator's; then launch it.",
            ),
            colour=GOOD,
        )
    )


def kit(task: Task, content: bytes) -> Screen:
    """The kit of a task, to download."""
    name = f"kit-{task.id}.zip"
    words = f"The kit of **{safe(task.title, 200)}**: fill in the sample submission and send it with `/submit`."
    return screen(panel(text(words), attachment(name)), files=[Attached(name, content)])


def _taking_part(open_tasks: Sequence[Task]) -> str:
    if not open_tasks:
        return "no task is open now; `/task list` shows what is being prepared."
    names = listed(f"**{safe(task.title, 60)}**" for task in open_tasks[:3])
    more = f" and {len(open_tasks) - 3} more" if len(open_tasks) > 3 else ""
    return f"`/task kit` gives you the prompts, `/submit` scores your file. Open now: {names}{more}."


def _explained(step: Step, descriptions: Sequence[StepDescription]) -> str:
    summary = next((one.summary for one in descriptions if one.name == step.name), "")
    return f"{code(step.colon_form)}: {summary}"


def _toml(task: Task) -> str:
    body = parse_signature(task.signature).to_toml().replace("```", 3 * ACCENT)
    return f"```toml\n{body}\n```"
