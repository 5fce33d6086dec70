"""Discord's own OpenAPI document as a checker of requests and responses (github.com/discord/discord-api-spec, MIT).

The document is a preview and no part of this project: development only. It misses the rules of `sandbox.limits` and is
wrong in a few places, which `GAPS` names.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import jsonschema_rs

VARIABLE: Final = "DISCORD_OPENAPI"
BASE: Final = "urn:discord"
JSON_TYPE: Final = "application/json"
PROBLEMS_SHOWN: Final = 20
QUOTED: Final = 100
UNIONS: Final = ("anyOf", "oneOf")

Validate = Callable[[object], list[str]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the document is wrong.

    `pointer` (RFC 6901, from the document's components; a last ``-`` appends) leads to what `value` replaces; `reason`
    says what Discord does instead.
    """

    pointer: str
    value: object
    reason: str


GAPS: Final = (
    Gap(
        "/schemas/ChannelTypes/oneOf/-",
        {"const": 16},
        "GUILD_MEDIA exists; discord.py asks for it with every option that takes a forum",
    ),
    Gap(
        "/schemas/InnerErrors/properties/_errors/items",
        {"type": "object", "properties": {"code": {"type": "string"}, "message": {"type": "string"}}},
        "the code of a form's error is a text such as BASE_TYPE_MAX_LENGTH (reference, Error Messages)",
    ),
    Gap(
        "/schemas/RatelimitedResponse/allOf/0",
        {"type": "object", "properties": {"message": {"type": "string"}, "code": {"type": "integer"}}},
        "most rate limits have no code (topics/rate-limits, Rate Limit Response Structure)",
    ),
)


def locate(root: Path) -> Path | None:
    """Find the document: where DISCORD_OPENAPI says, else beside the project; None when it is not there."""
    named = os.environ.get(VARIABLE)
    path = Path(named) if named else root.parent / "shared" / "facts" / "discord-openapi.json"
    return path if path.is_file() else None


@dataclass(slots=True)
class Document:
    """The operations of the document, each compiled to a validator when it is first needed."""

    paths: Mapping[str, Mapping[str, object]]
    responses: Mapping[str, object]
    compile: Callable[[object], Validate]
    _templates: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    _validators: dict[tuple[str, ...], Validate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Order the templates so that a literal path wins over a parameter (``messages/@original``)."""
        ordered = sorted(self.paths, key=lambda template: template.count("{"))
        self._templates = [(_pattern(template), template) for template in ordered]

    @classmethod
    def load(cls, path: Path) -> "Document":
        """Read the document from a file.

        Raises ImportError with a clear text when jsonschema-rs, a dependency of development only, is not installed.
        """
        try:
            import jsonschema_rs  # noqa: PLC0415 - a dependency of development, needed nowhere else
        except ImportError as error:
            message = "Checking against Discord's OpenAPI document needs jsonschema-rs; run `make .venv/development`."
            raise ImportError(message) from error
        document = json.loads(path.read_text(encoding="utf-8"))
        components = document["components"]
        for gap in GAPS:
            _fill(components, gap)
        registry = jsonschema_rs.Registry([(BASE, {"components": relaxed(components)})])

        def compile_schema(schema: object) -> Validate:
            resolved = _absolute(relaxed(schema))
            if not isinstance(resolved, dict):
                message = f"{path} has a schema that is no object: {resolved!r}"
                raise TypeError(message)
            validator = jsonschema_rs.Draft202012Validator(resolved, registry=registry, validate_formats=True)
            return lambda instance: [] if validator.is_valid(instance) else _problems(validator.iter_errors(instance))

        return cls(document["paths"], components.get("responses", {}), compile_schema)

    def request_problems(self, method: str, path: str, body: object) -> list[str]:
        """Tell what is wrong with a request's JSON body; `path` is the concrete one, without ``/api/v10``."""
        template = self.template(path)
        operation = self._operation(method, template)
        if template is None or operation is None:
            return [f"{method.upper()} {path} is no operation of the document"]
        content = _at(operation, "requestBody", "content")
        if not isinstance(content, dict):
            return [] if body is None else [f"{method.upper()} {template} takes no body"]
        schema = _at(content, JSON_TYPE, "schema") or _at(content, "multipart/form-data", "schema")
        if body is None and _at(operation, "requestBody", "required") is not True:
            return []
        return self._check((method.upper(), template, "request"), schema, body)

    def response_problems(self, method: str, path: str, status: int, body: object) -> list[str]:
        """Tell what is wrong with a response's JSON body (None: no body)."""
        template = self.template(path)
        operation = self._operation(method, template)
        if template is None or operation is None:
            return [f"{method.upper()} {path} is no operation of the document"]
        response = self._response(operation, status)
        if response is None:
            return [] if status >= 500 else [f"{method.upper()} {template} never answers {status}"]
        schema = _at(response, "content", JSON_TYPE, "schema")
        if schema is None:
            return [] if body is None else [f"{method.upper()} {template} answers {status} without a body"]
        return self._check((method.upper(), template, str(status)), schema, body)

    def template(self, path: str) -> str | None:
        """Find the template of a concrete path, for example ``/channels/{channel_id}``."""
        bare = path.partition("?")[0]
        return next((template for pattern, template in self._templates if pattern.fullmatch(bare)), None)

    def _operation(self, method: str, template: str | None) -> object:
        return None if template is None else self.paths[template].get(method.lower())

    def _response(self, operation: object, status: int) -> object:
        for key in (str(status), f"{status // 100}XX", "default"):
            response = _at(operation, "responses", key)
            if response is not None:
                reference = _at(response, "$ref")
                return response if reference is None else self.responses[str(reference).rpartition("/")[2]]
        return None

    def _check(self, key: tuple[str, ...], schema: object, body: object) -> list[str]:
        if key not in self._validators:
            self._validators[key] = None if schema is None else self.compile(schema)
        validate = self._validators[key]
        return [] if validate is None else validate(body)


def relaxed(schema: object) -> object:
    """Widen the document where it is stricter than Discord.

    A snowflake may be a number; of a union more than one branch may fit (``oneOf`` becomes ``anyOf``); an address need
    not be a URI (``attachment://`` with any file name).
    """
    if isinstance(schema, list):
        return [relaxed(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "snowflake":
        return {"type": ["string", "integer"], "pattern": "^[0-9]+$"}
    widened = {name: relaxed(value) for name, value in schema.items() if not (name == "format" and value == "uri")}
    if "oneOf" in widened:
        widened["anyOf"] = widened.pop("oneOf")
    return widened


def _fill(components: object, gap: Gap) -> None:
    *steps, last = gap.pointer.split("/")[1:]
    holder = components
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else _at(holder, step)
    if isinstance(holder, dict):
        holder[last] = gap.value
    elif isinstance(holder, list):
        at = len(holder) if last == "-" else int(last)
        holder[at : at + 1] = [gap.value]


def _absolute(schema: object) -> object:
    """Point the references of a schema into the registry, so that nothing is inlined."""
    if isinstance(schema, list):
        return [_absolute(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: f"{BASE}{value}" if name == "$ref" and isinstance(value, str) else _absolute(value)
        for name, value in schema.items()
    }


def _pattern(template: str) -> re.Pattern[str]:
    literals = re.split(r"\{[^{}]*\}", template)
    return re.compile("[^/]+".join(re.escape(literal) for literal in literals))


def _at(value: object, *steps: str) -> object:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _problems(errors: "Iterator[jsonschema_rs.ValidationError]") -> list[str]:
    found = [_sentence(leaf) for error in errors for leaf in _leaves(error)]
    return list(dict.fromkeys(found))[:PROBLEMS_SHOWN]


def _leaves(error: "jsonschema_rs.ValidationError") -> "list[jsonschema_rs.ValidationError]":
    """The errors that explain one: of a union, those of the branch that was most likely meant.

    That is a branch for this kind of thing, and of these the one with the fewest errors.
    """
    branches = error.kind.as_dict().get("context") if error.kind.name in UNIONS else None
    if not branches:
        return [error]
    explained = [
        (
            any(_is_of_other_kind(inner, error) for inner in branch),
            [leaf for inner in branch for leaf in _leaves(inner)],
        )
        for branch in branches
        if branch
    ]
    return min(explained, key=lambda pair: (pair[0], len(pair[1])), default=(False, [error]))[1]


def _is_of_other_kind(inner: "jsonschema_rs.ValidationError", union: "jsonschema_rs.ValidationError") -> bool:
    """Whether a branch describes another kind of thing: another JSON type, or another value of the field `type`."""
    if inner.instance_path == union.instance_path:
        return inner.kind.name == "type"
    return inner.instance_path == [*union.instance_path, "type"] and inner.kind.name in {"enum", "const"}


def _sentence(error: "jsonschema_rs.ValidationError") -> str:
    """Say where and what; a long value is quoted in part, since what is wrong with it stands at the end."""
    place = ".".join(str(step) for step in error.instance_path) or "the body"
    message = error.message
    clipped = message if len(message) <= 2 * QUOTED else f"{message[:QUOTED]}…{message[-QUOTED:]}"
    return f"{place}: {clipped}"
