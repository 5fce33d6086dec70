"""What curators are told of a task's submissions: flags kind by kind, and what no flag rests on."""

from bench.model import TaskState
from cogs.screens.screen import WARNING, Part, Screen, button, panel, row, rule, screen, text
from cogs.screens.words import code, plural, safe
from services.anomaly_values import AnomalyPage, Look

TITLE, SENTENCE, LOOKED_AT = 200, 300, 230
FLAGS_SHOWN = 8
FEWEST_OF_A_KIND = 2
NO_VERDICTS = (
    "-# Flags to look at, never verdicts: honest systems on one base model share mistakes, and a new model may rise at "
    "once. No flag is no acquittal. Ask before you judge; this screen is for curators and names no item."
)
NOTHING_YET = {
    TaskState.PROPOSED: "Nothing was submitted: the task is still to be approved, and then launched (`/task check`).",
    TaskState.PILOT: "Nothing was submitted: the task is still to be launched (`/task check` says what is missing).",
    TaskState.OPEN: "Nothing is scored so far. Anyone can take part: `/task kit`, then `/submit`; look again then.",
}


def anomalies(page: AnomalyPage) -> Screen:
    """The flags of each kind, then one quiet line for each kind without any."""
    footer = f"-# gold v{page.gold_version} · {code(page.signature, 180)}"
    heading = f"## What deserves a look in {safe(page.task.title, TITLE)}"
    if not page.looks:
        nothing = NOTHING_YET.get(page.task.state, "Nothing was scored here, so there is nothing to look at.")
        return screen(panel(text(heading, nothing), text(footer)))
    flagged = [look for look in page.looks if look.flags]
    quiet = [f"-# {safe(look.looked_at, LOOKED_AT)}" for look in page.looks if not look.flags]
    total = sum(look.found for look in flagged)
    parts: list[Part] = [text(heading, f"**{plural(total, 'flag')}**" if total else "**No flags.**")]
    if flagged:
        room = max(FEWEST_OF_A_KIND, FLAGS_SHOWN // len(flagged))
        parts += [text(*_flags(look, room)) for look in flagged]
        parts.append(rule())
    parts += [text(*quiet)] if quiet else []
    parts += [text(NO_VERDICTS, footer), row(button("Board", "board", page.task.id))]
    return screen(panel(*parts, colour=WARNING) if flagged else panel(*parts))


def _flags(look: Look, room: int) -> list[str]:
    lines = [f"- {safe(sentence, SENTENCE)}" for sentence in look.flags[:room]]
    left = look.found - len(lines)
    more = [f"- … and {left:,} more"] if left else []
    return [f"**{look.kind.value}**", *lines, *more]
