"""Things that a member picks or attaches, and the `resolved` data that the bot gets of them."""

from sandbox import payloads, rendering
from sandbox.actors.errors import Refused
from sandbox.actors.person import Person
from sandbox.model import Channel, Member, Role
from sandbox.permissions import permissions_in
from sandbox.uploads import Upload, store
from sandbox.wire import Json

Target = Channel | Role | Member


class Resolved:
    """Collects the `resolved` data of one interaction, as the acting member may see it."""

    def __init__(self, member: Member, channel: Channel) -> None:
        self._member = member
        self._channel = channel
        self.data: Json = {}

    def add(self, thing: object) -> str:
        """Put a thing in; the id that stands for it in the values."""
        thing = getattr(thing, "member", thing)
        if isinstance(thing, Upload):
            return self._upload(thing)
        if isinstance(thing, Channel):
            if not permissions_in(self._member, thing):
                raise Refused(f"{self._member.user.name} does not see #{thing.name}.")
            return self._put("channels", thing.id, payloads.partial_channel(thing, self._member))
        if isinstance(thing, Role):
            return self._put("roles", thing.id, payloads.role(thing))
        if isinstance(thing, Member):
            permissions = str(int(permissions_in(thing, self._channel)))
            self._put("members", thing.id, {**payloads.partial_member(thing), "permissions": permissions})
            return self._put("users", thing.id, payloads.user(thing.user))
        raise Refused(f"{thing!r} is no channel, role, member or upload.")

    def _upload(self, upload: Upload) -> str:
        guild = self._channel.guild
        if len(upload.content) > guild.upload_limit:
            limit = guild.upload_limit // (1024 * 1024)
            raise Refused(f"{upload.name} is larger than this server's limit of {limit} MiB.")
        attachment = store(
            guild.world,
            upload.name,
            upload.content,
            channel_id=self._channel.id,
            ephemeral=True,
            content_type=upload.content_type,
        )
        return self._put("attachments", attachment.id, rendering.attachment(guild.world, attachment))

    def _put(self, kind: str, number: int, payload: Json) -> str:
        self.data.setdefault(kind, {})[str(number)] = payload
        return str(number)


def member_of(thing: Person | Member) -> Member:
    """The member that a person is."""
    return thing if isinstance(thing, Member) else thing.member
