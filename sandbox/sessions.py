"""Gateway sessions: what each client asked to hear, and what it missed while it was away."""

import secrets
from collections import deque
from enum import IntFlag
from typing import TYPE_CHECKING

from sandbox.connection import Connection, Opcode
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.events import Event
    from sandbox.guild import Guild

_REPLAYED = 5_000
_SESSIONS = 16


class Intent(IntFlag):
    """The groups of events that a client can ask for, as far as they exist here."""

    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    MESSAGES = 1 << 9
    MESSAGE_CONTENT = 1 << 15
    PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT


_PREFIXES = (
    ("GUILD_MEMBER_", Intent.MEMBERS),
    ("GUILD_", Intent.GUILDS),
    ("CHANNEL_", Intent.GUILDS),
    ("THREAD_", Intent.GUILDS),
    ("MESSAGE_", Intent.MESSAGES),
)


class Session:
    """One IDENTIFY and its events by number; it outlives its connection."""

    def __init__(self, intents: Intent, connection: Connection, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.shard = shard
        self.connection: Connection | None = connection
        self._sequence = 0
        self._sent: deque[tuple[int, str, Json]] = deque(maxlen=_REPLAYED)

    @property
    def sees_members(self) -> bool:
        """Whether it hears of members other than the bot itself."""
        return Intent.MEMBERS in self.intents

    def serves(self, guild: "Guild") -> bool:
        """Whether the server belongs to this session's shard."""
        number, count = self.shard
        return (guild.id >> 22) % count == number

    def wants(self, event: "Event") -> bool:
        """Whether the event is for this session's shard and intents; interactions are always sent."""
        if not self.serves(event.guild):
            return False
        return next((intent in self.intents for prefix, intent in _PREFIXES if event.name.startswith(prefix)), True)

    def view(self, event: "Event", bot_id: int) -> Json:
        """The event as this session may see it: without the content intent, others' messages come empty."""
        data = event.data
        is_message = event.name in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}
        if not is_message or Intent.MESSAGE_CONTENT in self.intents:
            return data
        if data["author"]["id"] == str(bot_id) or any(one["id"] == str(bot_id) for one in data["mentions"]):
            return data
        return {**data, "content": "", "embeds": [], "attachments": [], "components": []}

    def dispatch(self, name: str, data: Json) -> None:
        """Number an event, keep it for a resume, send it when connected."""
        self._sequence += 1
        self._sent.append((self._sequence, name, data))
        if self.connection is not None:
            self._send(self._sequence, name, data)

    def resume(self, connection: Connection, sequence: int) -> bool:
        """Go on over a new connection and repeat what came after `sequence`; False when too much was missed."""
        oldest = self._sent[0][0] if self._sent else 1
        if sequence + 1 < oldest or sequence > self._sequence:
            return False
        self.connection = connection
        for number, name, data in self._sent:
            if number > sequence:
                self._send(number, name, data)
        return True

    def _send(self, sequence: int, name: str, data: Json) -> None:
        if self.connection is not None:
            self.connection.send(Opcode.DISPATCH, data, sequence=sequence, name=name)


class Sessions:
    """The sessions that can still be resumed; the oldest one without a connection makes room for a new one."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def all(self) -> list[Session]:
        """Every session, connected or not."""
        return list(self._sessions.values())

    def add(self, intents: Intent, connection: Connection, shard: tuple[int, int]) -> Session:
        """A new session."""
        away = [session for session in self._sessions.values() if session.connection is None]
        for session in away[: max(0, len(away) + 1 - _SESSIONS)]:
            self.remove(session)
        session = Session(intents, connection, shard)
        self._sessions[session.id] = session
        return session

    def find(self, session_id: str) -> Session | None:
        """The session, if it can still be resumed."""
        return self._sessions.get(session_id)

    def remove(self, session: Session) -> None:
        """End a session for good."""
        self._sessions.pop(session.id, None)
