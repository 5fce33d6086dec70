"""The parts of a message that point at its files: attachments, embeds and components, with links that work now."""

from typing import TYPE_CHECKING

from sandbox.links import signed_link
from sandbox.wire import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.model import Attachment, Message
    from sandbox.world import World

_REFERENCE = "attachment://"
_MEDIA_FIELDS = ("media", "file")
_EMBED_MEDIA = ("image", "thumbnail", "video")
_EMBED_ICONS = ("author", "footer")


def attachment(world: "World", one: "Attachment") -> Json:
    """A file's JSON."""
    link = signed_link(world, one)
    payload: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.content),
        "url": link,
        "proxy_url": link,
    }
    optional: Json = {
        "content_type": one.content_type,
        "description": one.description,
        "width": one.width,
        "height": one.height,
        "ephemeral": one.ephemeral or None,
    }
    return payload | {name: value for name, value in optional.items() if value is not None}


def attachments(message: "Message") -> list[Json]:
    """The files that stand on their own: not those shown in an embed, and none in Components V2.

    That Components V2 messages list no attachments is Discord's intent: github.com/discord/discord-api-docs/issues/8277
    """
    if message.is_components_v2:
        return []
    shown = {url.removeprefix(_REFERENCE) for embed in message.embeds for url in _embed_urls(embed)}
    world = message.channel.guild.world
    return [attachment(world, one) for one in message.attachments if one.filename not in shown]


def embeds(message: "Message") -> list[Json]:
    """The embeds, `attachment://` replaced by links."""
    return [_embed(message, embed) for embed in message.embeds]


def _embed(message: "Message", embed: Json) -> Json:
    rendered: Json = {"type": "rich", **embed}
    for field in _EMBED_MEDIA:
        if isinstance(embed.get(field), dict):
            rendered[field] = {**embed[field], **_media(message, str(embed[field].get("url", "")))}
            rendered[field].pop("attachment_id", None)
    for field in _EMBED_ICONS:
        icon = embed[field].get("icon_url") if isinstance(embed.get(field), dict) else None
        if icon is not None:
            media = _media(message, str(icon))
            rendered[field] = {**embed[field], "icon_url": media["url"], "proxy_icon_url": media["proxy_url"]}
    return rendered


def components(message: "Message") -> list[Json]:
    """The components, each with an id, `attachment://` replaced by links."""
    return [_component(message, one) for one in message.components]


def _component(message: "Message", component: Json) -> Json:
    rendered = dict(component)
    for field in _MEDIA_FIELDS:
        if isinstance(component.get(field), dict):
            rendered[field] = _media(message, str(component[field].get("url", "")))
            if field == "file":
                found = _find(message, str(component[field].get("url", "")))
                rendered |= {} if found is None else {"name": found.filename, "size": len(found.content)}
    if "items" in component:
        rendered["items"] = [_component(message, item) for item in component["items"]]
    if "components" in component:
        rendered["components"] = [_component(message, child) for child in component["components"]]
    if isinstance(component.get("accessory"), dict):
        rendered["accessory"] = _component(message, component["accessory"])
    return rendered


def _media(message: "Message", url: str) -> Json:
    found = _find(message, url)
    if found is None:
        return {"url": url, "proxy_url": url}
    link = signed_link(message.channel.guild.world, found)
    media: Json = {
        "id": str(found.id),
        "url": link,
        "proxy_url": link,
        "attachment_id": str(found.id),
        "content_type": found.content_type,
        "loading_state": 2,
        "flags": 0,
        "placeholder": "",
    }
    if found.width is not None:
        media |= {"width": found.width, "height": found.height}
    return media


def _find(message: "Message", url: str) -> "Attachment | None":
    name = url.removeprefix(_REFERENCE)
    return next(
        (one for one in reversed(message.attachments) if url.startswith(_REFERENCE) and one.filename == name), None
    )


def _embed_urls(embed: Json) -> "Iterator[str]":
    for field in _EMBED_MEDIA:
        if isinstance(embed.get(field), dict):
            yield str(embed[field].get("url", ""))
    for field in _EMBED_ICONS:
        if isinstance(embed.get(field), dict):
            yield str(embed[field].get("icon_url", ""))


def references(embeds: "list[Json]", components: "list[Json]") -> "Iterator[str]":
    """Every file name that embeds and components ask for by `attachment://`."""
    urls = [url for embed in embeds for url in _embed_urls(embed)]
    urls += [str(found.get("url", "")) for component in walk(components) for found in _media_of(component)]
    return (url.removeprefix(_REFERENCE) for url in urls if url.startswith(_REFERENCE))


def _media_of(component: Json) -> list[Json]:
    return [component[field] for field in _MEDIA_FIELDS if isinstance(component.get(field), dict)]


def walk(components: "list[Json]") -> "Iterator[Json]":
    """Every component with those inside it, in the order of reading; gallery items count as components."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk(component.get("items", []))
        for field in ("component", "accessory"):
            if isinstance(component.get(field), dict):
                yield from walk([component[field]])
