"""The last chapters: the board appears, comes back when it is deleted, and can be read by anyone at any time."""

import asyncio
from pathlib import Path
from typing import Final

from sandbox.actors import Message
from sandbox.demo.stage import timed, unescaped
from sandbox.demo.telling import StoryBrokenError, Telling

PICTURE_NAME: Final = "board.png"
ROWS: Final = 10
NAME_SHOWN: Final = 18


async def lose_board(telling: Telling) -> None:
    """The board stands in its channel, until somebody deletes it."""
    telling.narrator.chapter("The board stands in its channel, and is deleted by mistake")
    board, milliseconds = await timed(full_board(telling))
    telling.show(board, f"in #{telling.stage.board.name}, everyone sees this", milliseconds)
    telling.deed(telling.stage.admin, "deletes the board's message")
    telling.stage.admin.delete(board)


async def find_board(telling: Telling, output: Path) -> None:
    """The next submission brought the board back; its picture is saved."""
    name = telling.stage.board.name
    telling.narrator.chapter("The board is back")
    board, milliseconds = await timed(full_board(telling))
    telling.show(board, f"in #{name}, a new message, everyone sees this", milliseconds)
    telling.outcome.board_text = board.text
    telling.outcome.picture = await save_picture(board, output)
    telling.narrator.remark(f"The picture is saved as {telling.outcome.picture}")


async def look_back(telling: Telling) -> None:
    """Anyone asks for the board; a submitter looks at the submissions made so far."""
    stage, title = telling.stage, telling.story.title
    telling.narrator.chapter("Whoever wants to know, asks")
    telling.deed(stage.author, "/leaderboard show", ("task", title))
    await telling.answer(stage.author, stage.author.slash("leaderboard show", task=title), title)
    telling.deed(stage.submitters[0], "/submissions")
    await telling.answer(stage.submitters[0], stage.submitters[0].slash("submissions"), "Your submissions")


async def full_board(telling: Telling) -> Message:
    """The board's message, once it names every system submitted so far (of more, ten) and shows them in a picture."""
    stage = telling.stage
    systems = list(telling.outcome.scores)

    def find() -> Message | None:
        for message in reversed(stage.author.messages(stage.board)):
            text = unescaped(message)
            named = sum(system[:NAME_SHOWN] in text for system in systems)
            drawn = bool(message.attachments) or not systems
            if drawn and telling.story.title in text and named >= min(ROWS, len(systems)):
                return message
        return None

    await telling.holds(lambda: find() is not None)
    found = find()
    if found is None:
        raise StoryBrokenError(f"No board with {', '.join(systems)} appeared in #{stage.board.name}.")
    return found


async def save_picture(board: Message, output: Path) -> Path:
    """Save the board's picture into the folder."""
    picture = next(one for one in board.attachments if one.name.endswith(".png"))
    path = output / PICTURE_NAME
    await asyncio.to_thread(output.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread(path.write_bytes, await picture.read())
    return path
