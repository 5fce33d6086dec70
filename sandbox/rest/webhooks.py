"""What follows the first response: edits of it and further messages, by the interaction's token."""

from sandbox import messages, payloads
from sandbox.errors import unknown_webhook
from sandbox.interactions import Interaction
from sandbox.rest.routing import Answer, Call, Routes

routes = Routes(needs_token=False)

_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


@routes("POST", _WEBHOOK)
async def follow_up(call: Call) -> Answer:
    """Send a further message."""
    message = call.world.interactions.follow_up(_interaction(call), call.message)
    return Answer(payloads.message(message))


@routes("GET", _WEBHOOK + "/messages/@original")
@routes("GET", _WEBHOOK + "/messages/{message_id}")
async def get_message(call: Call) -> Answer:
    """The first response or a follow-up."""
    found = call.world.interactions.message_of(_interaction(call), call.ids.get("message_id", "@original"))
    return Answer(payloads.message(found))


@routes("PATCH", _WEBHOOK + "/messages/@original")
@routes("PATCH", _WEBHOOK + "/messages/{message_id}")
async def edit_message(call: Call) -> Answer:
    """Edit the first response or a follow-up."""
    interaction = _interaction(call)
    message = call.world.interactions.message_of(interaction, call.ids.get("message_id", "@original"))
    return Answer(payloads.message(call.world.interactions.edit(interaction, message, call.message)))


@routes("DELETE", _WEBHOOK + "/messages/@original")
@routes("DELETE", _WEBHOOK + "/messages/{message_id}")
async def delete_message(call: Call) -> Answer:
    """Delete the first response or a follow-up."""
    interaction = _interaction(call)
    interaction.acts += 1
    messages.delete(call.world.interactions.message_of(interaction, call.ids.get("message_id", "@original")))
    return Answer()


def _interaction(call: Call) -> Interaction:
    webhook_id = call.ids["webhook_id"]
    if not webhook_id.isdigit():
        raise unknown_webhook()
    return call.world.interactions.by_token(int(webhook_id), call.ids["webhook_token"])
