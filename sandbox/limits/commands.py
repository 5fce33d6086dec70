"""Application commands (discord-api-docs: interactions/application-commands)."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final
from unicodedata import category

from sandbox.limits.schema import (
    Anything,
    Array,
    Boolean,
    Enum,
    Map,
    Number,
    Object,
    Schema,
    Snowflake,
    String,
    Union,
    bad_length,
    indexed,
    join,
    number,
    objects,
    text,
)
from sandbox.limits.values import Violation

SUBCOMMAND: Final = 1
GROUP: Final = 2
STRING: Final = 3
INTEGER: Final = 4
NUMBER: Final = 10
NESTING: Final = (SUBCOMMAND, GROUP)

COMMANDS_IN_ONE_REQUEST: Final = 130
COMMANDS_BY_TYPE: Final = {1: 100, 2: 15, 3: 15, 4: 1}
CHARACTERS_OF_COMMAND: Final = 8000

# discord-api-docs: reference, Locales
LOCALES: Final = frozenset(
    (
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    )
)
# The scripts whose combining marks a name may hold, beside letters and digits: Devanagari and Thai.
MARKED_SCRIPTS: Final = ((0x0900, 0x097F), (0xA8E0, 0xA8FF), (0x11B00, 0x11B5F), (0x0E01, 0x0E3A), (0x0E40, 0x0E5B))
PUNCTUATION_OF_NAMES: Final = "-_'"


class Name(String):
    """The name of a slash command or of an option: letters, digits, ``-``, ``_`` and ``'``, in lower case."""

    __slots__ = ()

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a wrong length, or a character that a name may not hold."""
        yield from String(32, 1).problems(value, path)
        name = text(value)
        if name != name.lower() or not all(_may_stand_in_name(character) for character in name):
            yield Violation(path, "STRING_TYPE_REGEX", "String value did not match validation regex.")


class ChoiceValue:
    """The value of a choice: a text of at most 100 code points, or a number."""

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield any other type and a text that is too long."""
        schema: Schema = String(100) if isinstance(value, str) else Number(whole=False)
        yield from schema.problems(value, path)


CHOICE_VALUES = ChoiceValue()
DESCRIPTION = String(100, 1)
NAMED: dict[str, Schema] = {"name": Name(), "description": DESCRIPTION}
LOCALIZED: dict[str, Schema] = {
    "name_localizations": Map(LOCALES, Name()),
    "description_localizations": Map(LOCALES, DESCRIPTION),
}


def option(more: dict[str, Schema] | None = None) -> Schema:
    """The table of one kind of option."""
    return Object({"type": Anything(), **NAMED}, {**LOCALIZED, "required": Boolean(), **(more or {})})


CHOICES: dict[str, Schema] = {
    "choices": Array(
        Object({"name": String(100, 1), "value": CHOICE_VALUES}, {"name_localizations": Map(LOCALES, String(100, 1))}),
        most=25,
    ),
    "autocomplete": Boolean(),
}
SAFE_INTEGER: Final = 2**53 - 1
PARAMETERS: dict[int, Schema] = {
    STRING: option({**CHOICES, "min_length": Number(0, 6000), "max_length": Number(1, 6000)}),
    INTEGER: option(
        {
            **CHOICES,
            "min_value": Number(-SAFE_INTEGER, SAFE_INTEGER),
            "max_value": Number(-SAFE_INTEGER, SAFE_INTEGER),
        }
    ),
    5: option(),
    6: option(),
    7: option({"channel_types": Array(Number(0))}),
    8: option(),
    9: option(),
    NUMBER: option({**CHOICES, "min_value": Number(whole=False), "max_value": Number(whole=False)}),
    11: option(),
}
SUBCOMMANDS: dict[int, Schema] = {SUBCOMMAND: option({"options": Array(Union(PARAMETERS), most=25)})}
OPTIONS: Schema = Array(
    Union(
        {**SUBCOMMANDS, GROUP: option({"options": Array(Union(SUBCOMMANDS), most=25)}), **PARAMETERS},
    ),
    most=25,
)
COMMON: dict[str, Schema] = {
    "id": Snowflake(),
    "type": Enum((1, 2, 3, 4)),
    "default_member_permissions": Snowflake(),
    "dm_permission": Boolean(),
    "default_permission": Boolean(),
    "nsfw": Boolean(),
    "integration_types": Array(Enum((0, 1)), least=1),
    "contexts": Array(Enum((0, 1, 2)), least=1),
}
SLASH_COMMAND: Schema = Object(NAMED, {**COMMON, **LOCALIZED, "options": OPTIONS})
MENU_COMMAND: Schema = Object(
    {"name": String(32, 1)},
    {**COMMON, "name_localizations": Map(LOCALES, String(32, 1)), "description": String(0), "handler": Anything()},
)


def command_list_problems(body: object) -> Iterator[Violation]:
    """Yield everything wrong with a whole set of commands that replaces the one before."""
    if not isinstance(body, list):
        yield Violation("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    if len(body) > COMMANDS_IN_ONE_REQUEST:
        yield bad_length("", COMMANDS_IN_ONE_REQUEST)
    seen: set[tuple[int, str]] = set()
    for path, command in indexed(body, ""):
        yield from command_problems(command, path)
        key = (number(command.get("type"), 1), text(command.get("name")))
        if key in seen:
            message = "Application command names must be unique"
            yield Violation(join(path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)
    counts = Counter(number(command.get("type"), 1) for command in objects(body))
    for kind, most in COMMANDS_BY_TYPE.items():
        if counts[kind] > most:
            yield Violation("", "TOO_MANY_COMMANDS", f"Maximum number of application commands reached ({most}).")


def command_problems(command: object, path: str) -> Iterator[Violation]:
    """Yield everything wrong with one command."""
    kind = number(command.get("type"), 1) if isinstance(command, dict) else 1
    yield from (SLASH_COMMAND if kind == 1 else MENU_COMMAND).problems(command, path)
    if not isinstance(command, dict):
        return
    yield from _options_problems(command.get("options"), join(path, "options"))
    size = characters(command)
    if size > CHARACTERS_OF_COMMAND:
        message = f"Command exceeds maximum size ({CHARACTERS_OF_COMMAND})"
        yield Violation(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def characters(command: dict[str, object]) -> int:
    """The size of a command: each name, description and value in it and in its options and choices.

    Of a text that is localized, the longest locale counts.
    """
    own = sum(_longest(command, name) for name in ("name", "description"))
    own += len(str(command["value"])) if "value" in command else 0
    children = chain(objects(command.get("options")), objects(command.get("choices")))
    return own + sum(characters(child) for child in children)


def _longest(holder: dict[str, object], name: str) -> int:
    localizations = holder.get(f"{name}_localizations")
    texts = [text(holder.get(name)), *(localizations.values() if isinstance(localizations, dict) else ())]
    return max(len(text(value)) for value in texts)


def _may_stand_in_name(character: str) -> bool:
    is_marked = any(first <= ord(character) <= last for first, last in MARKED_SCRIPTS)
    return character in PUNCTUATION_OF_NAMES or category(character)[0] in "LN" or is_marked


def _options_problems(options: object, path: str) -> Iterator[Violation]:
    names: set[str] = set()
    an_optional_came = False
    nests = {entry.get("type") in NESTING for entry in objects(options)}
    if len(nests) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Violation(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    for place, entry in indexed(options, path):
        name = text(entry.get("name"))
        if name in names:
            message = f'Option "{name}" already exists'
            yield Violation(join(place, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message)
        names.add(name)
        if entry.get("required") is True and an_optional_came:
            message = "Required options must be placed before non-required options"
            yield Violation(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        an_optional_came = an_optional_came or entry.get("required") is not True
        yield from _option_problems(entry, place)
        yield from _options_problems(entry.get("options"), join(place, "options"))


def _option_problems(entry: dict[str, object], path: str) -> Iterator[Violation]:
    choices = objects(entry.get("choices"))
    if choices and entry.get("autocomplete") is True:
        message = "Autocomplete cannot be used together with choices"
        yield Violation(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_INVALID", message)
    names = [choice.get("name") for choice in choices]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f'Option choice "{name}" already exists'
            code = "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_ALREADY_EXISTS"
            yield Violation(join(path, f"choices.{index}.name"), code, message)
    for index, choice in enumerate(choices):
        is_text = isinstance(choice.get("value"), str)
        if is_text != (entry.get("type") == STRING):
            yield Violation(join(path, f"choices.{index}.value"), "BASE_TYPE_BAD_TYPE", "The value has a wrong type.")
    for least, most in (("min_length", "max_length"), ("min_value", "max_value")):
        low, high = entry.get(least), entry.get(most)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
            yield Violation(join(path, least), "NUMBER_TYPE_MAX", f"value should be less than or equal to {high}.")
