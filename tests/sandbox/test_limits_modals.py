from tests.sandbox.limit_rules import CALLBACK, Json, Rule, hold, letters, select, told, violations

LONG, BETWEEN, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
TOP, FIELD = "data.components.0", "data.components.0.component"


def field(**more: object) -> Json:
    return {"type": 4, "custom_id": "title", "style": 1, **more}


def label(component: Json | None = None, **more: object) -> Json:
    return {"type": 18, "label": "Title", "component": component or field(), **more}


def labels(count: int) -> list[Json]:
    return [label(field(custom_id=str(index))) for index in range(count)]


def upload(**more: object) -> Json:
    return {"type": 19, "custom_id": "gold", **more}


def group(kind: int, options: int, **more: object) -> Json:
    choices = [{"label": f"Option {index}", "value": str(index)} for index in range(options)]
    return {"type": kind, "custom_id": "group", "options": choices, **more}


def modal(**more: object) -> Json:
    return {"custom_id": "propose", "title": "Propose a task", "components": labels(1), **more}


MODALS = (
    Rule("title of 45", modal(title=letters(45)), modal(title=letters(46)), "data.title", BETWEEN),
    Rule("has a title", modal(), modal(title=""), "data.title", BETWEEN),
    Rule("custom_id of 100", modal(custom_id=letters(100)), modal(custom_id=letters(101)), "data.custom_id", BETWEEN),
    Rule("five at the top", modal(components=labels(5)), modal(components=labels(6)), "data.components", BETWEEN),
    Rule("one at the top", modal(components=labels(1)), modal(components=[]), "data.components", BETWEEN),
    Rule("knows its fields", modal(), modal(titel="a"), "data.titel", "UNKNOWN_FIELD"),
    Rule(
        "no button",
        modal(),
        modal(components=[{"type": 2, "style": 1, "label": "a", "custom_id": "b"}]),
        f"{TOP}.type",
        "UNION_TYPE_CHOICES",
    ),
    Rule(
        "one field in an old row",
        modal(components=[{"type": 1, "components": [field(label="a")]}]),
        modal(components=[{"type": 1, "components": [field(label="a"), field(label="a", custom_id="b")]}]),
        f"{TOP}.components",
        BETWEEN,
    ),
    Rule(
        "label of a field in an old row",
        modal(components=[{"type": 1, "components": [field(label="a")]}]),
        modal(components=[{"type": 1, "components": [field()]}]),
        f"{TOP}.components.0.label",
        REQUIRED,
    ),
    Rule(
        "custom_ids differ",
        modal(components=labels(2)),
        modal(components=[label(), label()]),
        "data.components.1.component.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
)
FIELDS = (
    Rule("label of 45", label(label=letters(45)), label(label=letters(46)), f"{TOP}.label", BETWEEN),
    Rule(
        "description of 100",
        label(description=letters(100)),
        label(description=letters(101)),
        f"{TOP}.description",
        BETWEEN,
    ),
    Rule("holds a field", label(), {"type": 18, "label": "a"}, f"{TOP}.component", REQUIRED),
    Rule("holds no label", label(), label(label()), f"{FIELD}.type", "UNION_TYPE_CHOICES"),
    Rule(
        "placeholder of 100",
        label(field(placeholder=letters(100))),
        label(field(placeholder=letters(101))),
        f"{FIELD}.placeholder",
        LONG,
    ),
    Rule("value of 4000", label(field(value=letters(4000))), label(field(value=letters(4001))), f"{FIELD}.value", LONG),
    Rule(
        "input of 4000",
        label(field(max_length=4000)),
        label(field(max_length=4001)),
        f"{FIELD}.max_length",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "least below most",
        label(field(min_length=5, max_length=5)),
        label(field(min_length=6, max_length=5)),
        f"{FIELD}.min_length",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "ten files",
        label(upload(max_values=10)),
        label(upload(max_values=11)),
        f"{FIELD}.max_values",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "a file where one is required",
        label(upload(min_values=0, required=False)),
        label(upload(min_values=0)),
        f"{FIELD}.min_values",
        "NUMBER_TYPE_MIN",
    ),
    Rule("two radio buttons", label(group(21, 2)), label(group(21, 1)), f"{FIELD}.options", BETWEEN),
    Rule("ten radio buttons", label(group(21, 10)), label(group(21, 11)), f"{FIELD}.options", BETWEEN),
    Rule(
        "one radio button is set",
        label(group(21, 2)),
        label({**group(21, 2), "options": [{"label": "a", "value": value, "default": True} for value in "ab"]}),
        f"{FIELD}.options",
        "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
    ),
    Rule("ten check boxes", label(group(22, 10)), label(group(22, 11)), f"{FIELD}.options", BETWEEN),
    Rule(
        "check boxes differ",
        label(group(22, 2)),
        label({**group(22, 2), "options": [{"label": "a", "value": "b"}] * 2}),
        f"{FIELD}.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    Rule(
        "a check box has a custom_id",
        label({"type": 23, "custom_id": "ok"}),
        label({"type": 23}),
        f"{FIELD}.custom_id",
        REQUIRED,
    ),
    Rule(
        "a select chooses something where it is required",
        label(select(min_values=0, required=False)),
        label(select(min_values=0)),
        f"{FIELD}.min_values",
        "NUMBER_TYPE_MIN",
    ),
    Rule(
        "nothing is disabled",
        label(select(disabled=False)),
        label(select(disabled=True)),
        f"{FIELD}.disabled",
        "MODAL_COMPONENT_DISABLED",
    ),
)
SUGGESTIONS = (
    Rule(
        "25 suggestions", [{"name": "a", "value": "b"}] * 25, [{"name": "a", "value": "b"}] * 26, "data.choices", LONG
    ),
    Rule(
        "name of 100",
        [{"name": letters(100), "value": "b"}],
        [{"name": letters(101), "value": "b"}],
        "data.choices.0.name",
        BETWEEN,
    ),
    Rule(
        "value of 100",
        [{"name": "a", "value": letters(100)}],
        [{"name": "a", "value": letters(101)}],
        "data.choices.0.value",
        LONG,
    ),
    Rule("has a name", [{"name": "a", "value": 1}], [{"name": "", "value": 1}], "data.choices.0.name", BETWEEN),
    Rule(
        "value is text or number",
        [{"name": "a", "value": 1.5}],
        [{"name": "a", "value": {}}],
        "data.choices.0.value",
        "NUMBER_TYPE_COERCE",
    ),
)


@told(MODALS)
def test_a_modal_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(CALLBACK, rule, lambda data: {"type": 9, "data": data})


@told(FIELDS)
def test_a_field_of_a_modal_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(CALLBACK, rule, lambda component: {"type": 9, "data": modal(components=[component])})


@told(SUGGESTIONS)
def test_suggestions_that_just_break_a_limit_are_refused(rule: Rule) -> None:
    hold(CALLBACK, rule, lambda choices: {"type": 8, "data": {"choices": choices}})


def test_an_answer_has_a_known_type_and_its_data() -> None:
    assert violations(CALLBACK, {"type": 1}) == []
    assert violations(CALLBACK, {"type": 5, "data": {"flags": 64}}) == []
    assert violations(CALLBACK, {"type": 6}) == []
    assert violations(CALLBACK, {"type": 7, "data": {"content": None}}) == []
    assert violations(CALLBACK, {"type": 4}) == [("data", "EMPTY_MESSAGE")]
    assert violations(CALLBACK, {"type": 9}) == [("data", REQUIRED)]
    assert violations(CALLBACK, {"type": 2}) == [("type", "BASE_TYPE_CHOICES")]
    assert violations(CALLBACK, {}) == [("type", REQUIRED)]
