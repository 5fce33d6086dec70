"""Members who send a file at the same moment, and what each of them has seen of the answer."""

import asyncio
from dataclasses import dataclass

from sandbox.actors import Actor, Message, NoAnswer, Reply
from tests.fixtures.town import PATIENCE, Town, gold_file, outputs_file

ITEMS = 240


@dataclass
class Sender:
    """One member with one file of ITEMS outputs; `right` tells the files, and so their scores, apart."""

    who: Actor
    right: int
    reply: Reply | None = None

    @property
    def system(self) -> str:
        """The system's name, in which no other one's is contained."""
        return f"model-{self.right:03}"

    @property
    def score(self) -> str:
        """The score as a receipt shows it."""
        return f"{100 * self.right / ITEMS:.1f}%"

    @property
    def submission_id(self) -> int:
        """What the submission is kept under, if it is; 0 before the bot answered at all."""
        return 0 if self.reply is None else self.reply.interaction.id

    @property
    def is_assured(self) -> bool:
        """Whether the member sees anything but "thinking…"."""
        return self.reply is not None and not self.reply.message.is_thinking

    async def send(self, post: Message) -> None:
        """Press Submit, fill in the form, send it; no answer is an answer, for the bot may be dead by now."""
        try:
            await self.fill_in(await self.who.click(post, "Submit"))
        except NoAnswer:
            return

    async def fill_in(self, form: Reply) -> None:
        """Fill in the form and send it."""
        self.reply = await form.submit(system=self.system, file=outputs_file(self.right, items=ITEMS))

    async def receipt(self) -> str:
        """The text of the receipt with the score, once it is there."""
        assert self.reply is not None
        return (await self.reply.until(self.score, PATIENCE)).text


def new_senders(town: Town, rights: range) -> list[Sender]:
    """New members of the town, one for each number of right outputs."""
    return [Sender(town.sandbox.actor(town.guild, f"Member {right}"), right) for right in rights]


async def send_all(senders: list[Sender], post: Message) -> None:
    """All of them at once."""
    await asyncio.gather(*(sender.send(post) for sender in senders))


async def submittable(town: Town) -> Message:
    """The post of an open task of ITEMS items, once its Submit button is there."""
    post = await town.open_task(gold=gold_file(ITEMS))
    assert await town.sandbox.world.wait_until(lambda: "Submit" in post.buttons, PATIENCE)
    return post
