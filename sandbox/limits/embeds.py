"""Embeds (discord-api-docs: resources/message, Embed Object and Embed Limits)."""

from collections.abc import Iterator
from itertools import chain

from sandbox.limits.schema import (
    Anything,
    Array,
    Boolean,
    Number,
    Object,
    Schema,
    String,
    indexed,
    join,
    objects,
    required,
    text,
)
from sandbox.limits.values import Violation

EMBEDS_PER_MESSAGE = 10
CHARACTERS_OF_ALL_EMBEDS = 6000

URL = String(most=2048)
MEDIA: Schema = Object(
    optional={
        "url": URL,
        "proxy_url": URL,
        "width": Anything(),
        "height": Anything(),
        "flags": Anything(),
        "content_type": Anything(),
        "placeholder": Anything(),
        "placeholder_version": Anything(),
        "description": String(most=4096),
    }
)
EMBED: Schema = Object(
    optional={
        "type": Anything(),
        "url": URL,
        "title": String(most=256, trimmed=True),
        "description": String(most=4096, trimmed=True),
        "color": Number(0, 0xFFFFFF),
        "timestamp": String(),
        "author": Object(
            optional={
                "name": String(most=256, trimmed=True),
                "url": URL,
                "icon_url": URL,
                "proxy_icon_url": URL,
            }
        ),
        "footer": Object(
            optional={"text": String(most=2048, trimmed=True), "icon_url": URL, "proxy_icon_url": URL},
        ),
        "image": MEDIA,
        "thumbnail": MEDIA,
        "video": MEDIA,
        "provider": Object(optional={"name": String(most=256), "url": URL}),
        "fields": Array(
            Object(
                required={
                    "name": String(most=256, trimmed=True),
                    "value": String(most=1024, trimmed=True),
                },
                optional={"inline": Boolean()},
            ),
            most=25,
        ),
        "flags": Anything(),
    }
)
EMBEDS: Schema = Array(EMBED, most=EMBEDS_PER_MESSAGE)

WEB = ("http", "https")
WEB_OR_FILE = (*WEB, "attachment")
SCHEMES_BY_PLACE = {
    ("url",): WEB,
    ("author", "url"): WEB,
    ("author", "icon_url"): WEB_OR_FILE,
    ("footer", "icon_url"): WEB_OR_FILE,
    ("image", "url"): WEB_OR_FILE,
    ("thumbnail", "url"): WEB_OR_FILE,
}
VISIBLE_FIELDS = ("title", "description", "author", "footer", "image", "thumbnail", "video", "fields")


def embed_problems(embeds: object, path: str) -> Iterator[Violation]:
    """Yield everything wrong with a message's list of embeds."""
    if embeds is None:
        return
    yield from EMBEDS.problems(embeds, path)
    for place, embed in indexed(embeds, path):
        yield from _blank_problems(embed, place)
        yield from _address_problems(embed, place)
    if sum(_length(embed) for embed in objects(embeds)) > CHARACTERS_OF_ALL_EMBEDS:
        message = f"Embed size exceeds maximum size of {CHARACTERS_OF_ALL_EMBEDS}"
        yield Violation(path, "MAX_EMBED_SIZE_EXCEEDED", message)


def scheme_problems(address: object, path: str, schemes: tuple[str, ...]) -> Iterator[Violation]:
    """Yield an address that Discord does not take there; whether there must be one is no matter of this rule."""
    if not isinstance(address, str):
        return
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in schemes or not rest:
        found = scheme if rest else ""
        message = f'Scheme "{found}" is not supported. Scheme must be one of {schemes}.'
        yield Violation(path, "URL_TYPE_INVALID_SCHEME", message)
    elif " " in rest or rest.startswith("/"):
        yield Violation(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def _blank_problems(embed: dict[str, object], path: str) -> Iterator[Violation]:
    if not any(embed.get(name) for name in VISIBLE_FIELDS):
        yield required(join(path, "description"))
    for place, entry in indexed(embed.get("fields"), join(path, "fields")):
        for name in ("name", "value"):
            if isinstance(entry.get(name), str) and not text(entry[name]).strip():
                yield required(join(place, name))


def _address_problems(embed: dict[str, object], path: str) -> Iterator[Violation]:
    for steps, schemes in SCHEMES_BY_PLACE.items():
        value: object = embed
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        yield from scheme_problems(value, ".".join((path, *steps)), schemes)


def _length(embed: dict[str, object]) -> int:
    named = [(embed, "title"), (embed, "description")]
    for part, name in (("author", "name"), ("footer", "text")):
        value = embed.get(part)
        if isinstance(value, dict):
            named.append((value, name))
    fields = objects(embed.get("fields"))
    entries = chain(named, ((entry, name) for entry in fields for name in ("name", "value")))
    return sum(len(text(holder.get(name)).strip()) for holder, name in entries)
