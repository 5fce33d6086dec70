from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.limit_rules import COMMANDS, Json, Rule, hold, letters, told, violations

LONG, BETWEEN, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
NAME = "STRING_TYPE_REGEX"
LARGE = "APPLICATION_COMMAND_TOO_LARGE"
FIRST = "0.options.0"


def command(name: str = "submit", **more: object) -> Json:
    return {"name": name, "type": 1, "description": "Send a file", **more}


def option(name: str = "task", kind: int = 3, **more: object) -> Json:
    return {"type": kind, "name": name, "description": "The task", **more}


def choices(count: int = 1, **more: object) -> list[Json]:
    return [{"name": f"a{index}", "value": "b", **more} for index in range(count)]


def menu(name: str = "High Five", kind: int = 2) -> Json:
    return {"name": name, "type": kind}


COMMAND = (
    Rule("name of 32", command(letters(32)), command(letters(33)), "0.name", BETWEEN),
    Rule("has a name", command("a"), command(""), "0.name", BETWEEN),
    Rule("lower case", command("größe"), command("Größe"), "0.name", NAME),
    Rule("no space", command("gold-vote_1'"), command("gold vote"), "0.name", NAME),
    Rule("no emoji", command("标准"), command("gold🥇"), "0.name", NAME),
    Rule("Devanagari with its marks", command("हिन्दी"), command("हिन्दी!"), "0.name", NAME),
    Rule("Thai with its marks", command("ที่"), command("ที่฿"), "0.name", NAME),
    Rule(
        "description of 100",
        command(description=letters(100)),
        command(description=letters(101)),
        "0.description",
        BETWEEN,
    ),
    Rule("has a description", command(), command(description=""), "0.description", BETWEEN),
    Rule(
        "localized name follows the same rules",
        command(name_localizations={"es-ES": "enviar"}),
        command(name_localizations={"es-ES": "Enviar"}),
        "0.name_localizations.es-ES",
        NAME,
    ),
    Rule(
        "localized description too",
        command(description_localizations={"de": letters(100)}),
        command(description_localizations={"de": letters(101)}),
        "0.description_localizations.de",
        BETWEEN,
    ),
    Rule(
        "known locale",
        command(name_localizations={"de": "senden"}),
        command(name_localizations={"xx": "senden"}),
        "0.name_localizations.xx",
        "BASE_TYPE_CHOICES",
    ),
    Rule(
        "25 options",
        command(options=[option(f"o{index}") for index in range(25)]),
        command(options=[option(f"o{index}") for index in range(26)]),
        "0.options",
        LONG,
    ),
    Rule("knows its fields", command(nsfw=False), command(nfsw=False), "0.nfsw", "UNKNOWN_FIELD"),
    Rule("known type", menu(kind=3), menu(kind=5), "0.type", "BASE_TYPE_CHOICES"),
    Rule("known context", command(contexts=[0]), command(contexts=[3]), "0.contexts.0", "BASE_TYPE_CHOICES"),
    Rule("menu takes any letters", menu(letters(32)), menu(letters(33)), "0.name", BETWEEN),
    Rule("menu has no description", menu(), {**menu(), "description": "a"}, "0.description", LONG),
)
OPTION = (
    Rule("name of 32", [option(letters(32))], [option(letters(33))], f"{FIRST}.name", BETWEEN),
    Rule("lower case", [option("gold_file")], [option("goldFile")], f"{FIRST}.name", NAME),
    Rule(
        "localized",
        [option(name_localizations={"es-ES": "tarea"})],
        [option(name_localizations={"es-ES": "la tarea"})],
        f"{FIRST}.name_localizations.es-ES",
        NAME,
    ),
    Rule("description", [option()], [{"type": 3, "name": "a"}], f"{FIRST}.description", REQUIRED),
    Rule(
        "description of 100",
        [option(description=letters(100))],
        [option(description=letters(101))],
        f"{FIRST}.description",
        BETWEEN,
    ),
    Rule(
        "names differ",
        [option("a"), option("b")],
        [option("a"), option("a")],
        "0.options.1.name",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
    ),
    Rule(
        "required comes first",
        [option("a", required=True), option("b")],
        [option("a"), option("b", required=True)],
        "0.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    Rule(
        "choices or autocomplete",
        [option(choices=choices(), autocomplete=False)],
        [option(choices=choices(), autocomplete=True)],
        FIRST,
        "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_INVALID",
    ),
    Rule("25 choices", [option(choices=choices(25))], [option(choices=choices(26))], f"{FIRST}.choices", LONG),
    Rule(
        "choice name of 100",
        [option(choices=choices(name=letters(100)))],
        [option(choices=choices(name=letters(101)))],
        f"{FIRST}.choices.0.name",
        BETWEEN,
    ),
    Rule(
        "choice value of 100",
        [option(choices=choices(value=letters(100)))],
        [option(choices=choices(value=letters(101)))],
        f"{FIRST}.choices.0.value",
        LONG,
    ),
    Rule(
        "choice names differ",
        [option(choices=choices(2))],
        [option(choices=choices(2, name="a"))],
        f"{FIRST}.choices.1.name",
        "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_ALREADY_EXISTS",
    ),
    Rule(
        "choice value fits the option",
        [option(kind=4, choices=choices(value=1))],
        [option(kind=4, choices=choices(value="1"))],
        f"{FIRST}.choices.0.value",
        "BASE_TYPE_BAD_TYPE",
    ),
    Rule(
        "length of 6000", [option(max_length=6000)], [option(max_length=6001)], f"{FIRST}.max_length", "NUMBER_TYPE_MAX"
    ),
    Rule(
        "least below most",
        [option(kind=10, min_value=0.5, max_value=0.5)],
        [option(kind=10, min_value=0.6, max_value=0.5)],
        f"{FIRST}.min_value",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "integers up to 2 to the 53",
        [option(kind=4, max_value=2**53 - 1)],
        [option(kind=4, max_value=2**53)],
        f"{FIRST}.max_value",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "lengths are for text",
        [option(kind=3, max_length=5)],
        [option(kind=4, max_length=5)],
        f"{FIRST}.max_length",
        "UNKNOWN_FIELD",
    ),
    Rule("known type", [option(kind=11)], [option(kind=12)], f"{FIRST}.type", "UNION_TYPE_CHOICES"),
    Rule(
        "subcommands only",
        [option("a", 1), option("b", 2)],
        [option("a", 1), option("b", 3)],
        "0.options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    Rule(
        "two levels",
        [option("a", 2, options=[option("b", 1)])],
        [option("a", 2, options=[option("b", 2)])],
        f"{FIRST}.options.0.type",
        "UNION_TYPE_CHOICES",
    ),
    Rule(
        "rules hold inside subcommands",
        [option("a", 1, options=[option("b", required=True), option("c")])],
        [option("a", 1, options=[option("b"), option("c", required=True)])],
        f"{FIRST}.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
)
ALL_COMMANDS = (
    Rule(
        "100 slash commands",
        [command(f"c{index}") for index in range(100)],
        [command(f"c{index}") for index in range(101)],
        "",
        "TOO_MANY_COMMANDS",
    ),
    Rule(
        "15 user commands",
        [menu(f"c{index}") for index in range(15)],
        [menu(f"c{index}") for index in range(16)],
        "",
        "TOO_MANY_COMMANDS",
    ),
    Rule(
        "names differ within a type",
        [command("a"), menu("a"), menu("a", 3)],
        [command("a"), command("a")],
        "1.name",
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
    ),
)


@told(COMMAND)
def test_a_command_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(COMMANDS, rule, lambda body: [body])


@told(OPTION)
def test_an_option_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(COMMANDS, rule, lambda options: [command(options=options)])


@told(ALL_COMMANDS)
def test_a_set_of_commands_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(COMMANDS, rule, lambda commands: commands)


def test_more_than_130_commands_are_refused_at_once() -> None:
    commands = [command(f"c{index}") for index in range(131)]
    assert violations(COMMANDS, commands) == [("", LONG), ("", "TOO_MANY_COMMANDS")]


def test_one_command_alone_is_held_to_the_same_limits() -> None:
    route = "POST /applications/{application_id}/commands"
    assert violations(route, command()) == []
    assert violations(route, command("Submit")) == [("name", NAME)]


def command_of(size: int, *more_options: Json, **more: object) -> Json:
    """A command of exactly so many characters: four subcommands with 25 options, whose descriptions fill it up."""
    rest = size - 2 - 4 * 3 - 100 * 3
    lengths = [rest // 100 + (index < rest % 100) for index in range(100)]
    options = [option(f"o{index:02}", description=letters(length)) for index, length in enumerate(lengths)]
    subcommands = [
        option(f"s{first}", 1, description="d", options=options[25 * first : 25 * first + 25]) for first in range(4)
    ]
    return command("c", description="d", options=[*subcommands, *more_options], **more)


@given(st.integers(7900, 8100))
def test_a_command_has_8000_characters_with_all_that_is_in_it(size: int) -> None:
    assert violations(COMMANDS, [command_of(size)]) == ([("0", LARGE)] if size > 8000 else [])


def test_choices_count_with_their_names_and_values() -> None:
    def body(value: str) -> Json:
        return command_of(
            7900,
            option(
                "t",
                1,
                description="d",
                options=[option("o", description="d", choices=[{"name": letters(50), "value": value}])],
            ),
        )

    assert violations(COMMANDS, [body(letters(46))]) == []
    assert violations(COMMANDS, [body(letters(47))]) == [("0", LARGE)]


def test_of_a_localized_text_the_longest_counts() -> None:
    def body(length: int) -> Json:
        return command_of(7960, description_localizations={"de": letters(length), "fr": letters(7)})

    assert violations(COMMANDS, [body(41)]) == []
    assert violations(COMMANDS, [body(42)]) == [("0", LARGE)]
