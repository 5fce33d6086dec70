"""First responses to interactions."""

from sandbox import payloads
from sandbox.errors import invalid_form
from sandbox.interactions import Interaction, ResponseKind
from sandbox.messages import Body
from sandbox.model import Message
from sandbox.rest.routing import Answer, Call, Routes
from sandbox.wire import Json

routes = Routes(needs_token=False)


@routes("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
async def respond(call: Call) -> Answer:
    """Answer an interaction; with `with_response` the answer tells what became of it, else 204."""
    interaction = call.world.interactions.find(call.id("interaction_id"), call.ids["interaction_token"])
    try:
        kind = ResponseKind(int(call.json.get("type") or 0))
    except ValueError:
        raise invalid_form("type", "BASE_TYPE_CHOICES", "Value is no type of a response") from None
    message = call.world.interactions.respond(interaction, kind, Body(call.json.get("data") or {}, call.files))
    if call.query.get("with_response", "").lower() not in {"1", "true"}:
        return Answer()
    return Answer(_described(interaction, kind, message))


def _described(interaction: Interaction, kind: ResponseKind, message: Message | None) -> Json:
    about: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    original = interaction.original
    if original is not None:
        about |= {
            "response_message_id": str(original.id),
            "response_message_loading": original.is_loading,
            "response_message_ephemeral": payloads.is_ephemeral(original),
            "channel_id": str(interaction.channel.id),
            "guild_id": str(interaction.channel.guild.id),
        }
    if message is None or kind is ResponseKind.DEFER_MESSAGE:
        return {"interaction": about}
    return {"interaction": about, "resource": {"type": int(kind), "message": payloads.message(message)}}
