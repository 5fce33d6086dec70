"""People for the tests and the demo: each does what an ordinary client lets them do, and reads what they see."""

from sandbox.actors.actor import Actor
from sandbox.actors.commands import Choice
from sandbox.actors.errors import ActorError, NoAnswer, Refused
from sandbox.actors.forms import Field, Form
from sandbox.actors.message import File, Message
from sandbox.actors.reply import Reply
from sandbox.uploads import Upload

__all__ = [
    "Actor",
    "ActorError",
    "Choice",
    "Field",
    "File",
    "Form",
    "Message",
    "NoAnswer",
    "Refused",
    "Reply",
    "Upload",
]
