from tests.sandbox.limit_rules import CHANNEL, THREAD_OF_MESSAGE, THREADS, Json, Rule, hold, letters, told, violations

BETWEEN, LONG = "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_MAX_LENGTH"


def post(**more: object) -> Json:
    return {"name": "Slang", "message": {"content": "."}, **more}


POSTS = (
    Rule("name of 100", post(name=letters(100)), post(name=letters(101)), "name", BETWEEN),
    Rule("has a name", post(name="a"), post(name=""), "name", BETWEEN),
    Rule("five tags", post(applied_tags=["1"] * 5), post(applied_tags=["1"] * 6), "applied_tags", LONG),
    Rule(
        "known pause",
        post(auto_archive_duration=1440),
        post(auto_archive_duration=1441),
        "auto_archive_duration",
        "BASE_TYPE_CHOICES",
    ),
    Rule("says something", post(), post(message={}), "message", "EMPTY_MESSAGE"),
    Rule(
        "slow mode of six hours",
        post(rate_limit_per_user=21600),
        post(rate_limit_per_user=21601),
        "rate_limit_per_user",
        "NUMBER_TYPE_MAX",
    ),
    Rule("knows its fields", post(), post(tags=[]), "tags", "UNKNOWN_FIELD"),
)
EDITS = (
    Rule("name of 100", {"name": letters(100)}, {"name": letters(101)}, "name", BETWEEN),
    Rule("five tags", {"applied_tags": ["1"] * 5}, {"applied_tags": ["1"] * 6}, "applied_tags", LONG),
    Rule(
        "20 tags of a forum",
        {"available_tags": [{"name": "a"}] * 20},
        {"available_tags": [{"name": "a"}] * 21},
        "available_tags",
        LONG,
    ),
    Rule(
        "tag of 20",
        {"available_tags": [{"name": letters(20)}]},
        {"available_tags": [{"name": letters(21)}]},
        "available_tags.0.name",
        BETWEEN,
    ),
    Rule("archived or not", {"archived": True}, {"archived": 1}, "archived", "BOOLEAN_TYPE_CONVERT"),
)


@told(POSTS)
def test_a_forum_post_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(THREADS, rule, lambda body: body)


@told(EDITS)
def test_an_edit_of_a_channel_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(CHANNEL, rule, lambda body: body)


def test_a_thread_in_a_text_channel_has_a_name_and_a_type() -> None:
    assert violations(THREADS, {"name": letters(100), "type": 12, "invitable": False}) == []
    assert violations(THREADS, {"name": letters(101), "type": 11}) == [("name", BETWEEN)]
    assert violations(THREADS, {"name": "a", "type": 0}) == [("type", "BASE_TYPE_CHOICES")]


def test_a_thread_from_a_message_has_a_name() -> None:
    assert violations(THREAD_OF_MESSAGE, {"name": letters(100)}) == []
    assert violations(THREAD_OF_MESSAGE, {"name": letters(101)}) == [("name", BETWEEN)]
    assert violations(THREAD_OF_MESSAGE, {}) == [("name", "BASE_TYPE_REQUIRED")]
