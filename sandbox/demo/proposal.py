"""The first chapters: a server is set up, a benchmark is proposed, and the community agrees to try it."""

from math import ceil
from typing import Final

from sandbox.actors import Message, Upload
from sandbox.demo.narration import Seen
from sandbox.demo.stage import SUBMITTERS, timed, unescaped
from sandbox.demo.telling import StoryBrokenError, Telling

USUAL_ATTEMPTS: Final = 5
MOST_ATTEMPTS: Final = 50
FORMATS: Final = 3


async def set_up(telling: Telling) -> None:
    """An administrator chooses where the bot posts and who curates."""
    stage, names = telling.stage, telling.stage.names()
    telling.narrator.chapter("An empty server is set up")
    telling.deed(
        stage.admin,
        "/setup",
        ("forum", names[stage.forum.id]),
        ("board", names[stage.board.id]),
        ("curator", names[stage.curator.id]),
    )
    await telling.answer(
        stage.admin, stage.admin.slash("setup", forum=stage.forum, board=stage.board, curator=stage.curator)
    )


async def propose(telling: Telling) -> None:
    """A member fills in the form; the post appears in the forum."""
    author, story = telling.stage.author, telling.story
    telling.narrator.chapter("A member proposes a benchmark")
    attempts = attempts_needed(telling)
    options = {} if attempts == USUAL_ATTEMPTS else {"attempts_per_day": attempts}
    telling.deed(author, "/task propose", *((name, str(value)) for name, value in options.items()))
    form = (await author.slash("task propose", **options)).form
    telling.deed(
        author,
        f"fills in “{form.title}”",
        ("title", story.title),
        ("statement", story.statement),
        ("metric", " · ".join(story.specification.splitlines())),
        ("gold", f"{story.gold.name} ({len(story.gold.content) / 1000:,.0f} kB)"),
    )
    sent = form.submit(
        title=story.title,
        statement=story.statement,
        language=story.language,
        metric=story.specification,
        gold=Upload(story.gold.name, story.gold.content),
    )
    await telling.answer(author, sent, "is proposed")
    post, milliseconds = await timed(task_post(telling, "Approve"))
    telling.show(post, f"in #{telling.stage.forum.name}, everyone sees this", milliseconds, lines=40)


async def agree(telling: Telling) -> None:
    """Two members approve by clicking."""
    telling.narrator.chapter("The community agrees")
    for member in telling.stage.submitters[:2]:
        post = await task_post(telling, "Approve")
        telling.deed(member, "clicks [Approve]")
        approved, milliseconds = await timed(telling.settled(member.click(post, "Approve")))
        line = next((line for line in approved.text.splitlines() if "Approvals" in line), approved.text)
        telling.narrator.answer(Seen(line), "the post is redrawn for everyone", milliseconds)


async def task_post(telling: Telling, label: str) -> Message:
    """The task's post in the forum, once it has a button with this label."""
    stage = telling.stage

    def find() -> Message | None:
        for thread in stage.author.threads(stage.forum):
            for message in stage.author.messages(thread):
                if label in message.buttons and telling.story.title in unescaped(message):
                    return message
        return None

    await telling.holds(lambda: find() is not None)
    found = find()
    if found is None:
        raise StoryBrokenError(f"No post with the button {label} appeared in #{stage.forum.name}.")
    return found


def attempts_needed(telling: Telling) -> int:
    """The attempts per day that the submitters need: each system goes to one of them, in every format."""
    if not telling.story.every_format:
        return USUAL_ATTEMPTS
    each = FORMATS * ceil(len(telling.story.systems) / len(SUBMITTERS))
    return min(MOST_ATTEMPTS, max(USUAL_ATTEMPTS, each))
