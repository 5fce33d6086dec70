from datetime import timedelta

import discord
import pytest

from cogs.places import nonce_of
from cogs.publisher import lane_of
from cogs.refusals import Deed, Refusal, backoff, decide
from services.values import Post, PostKind


def post(kind: PostKind, key: str, channel_id: int | None) -> Post:
    return Post(1, key, kind, 5, 1, channel_id, None, None, None, 0)


@pytest.mark.parametrize("kind", [PostKind.TASK, PostKind.BOARD, PostKind.NEWS])
@pytest.mark.parametrize("code", [50001, 50013])
def test_a_missing_right_parks_the_post_at_once(kind: PostKind, code: int) -> None:
    assert decide(Refusal(403, code), kind, 0).deed is Deed.PARK


def test_a_rate_limit_is_waited_for_as_long_as_discord_says() -> None:
    decision = decide(Refusal.of(discord.RateLimited(280.5)), PostKind.BOARD, 0)
    assert decision.deed is Deed.PUT_OFF
    assert decision.wait == timedelta(seconds=280.5)


@pytest.mark.parametrize(
    "refusal", [Refusal(404, 10015), Refusal(404, 10008), Refusal(401, 50027), Refusal(400, 50027)]
)
def test_a_receipt_that_nobody_can_be_shown_is_dropped(refusal: Refusal) -> None:
    assert decide(refusal, PostKind.RECEIPT, 0).deed is Deed.DROP


def test_news_for_a_channel_that_is_gone_are_dropped_but_a_board_waits_for_a_person() -> None:
    assert decide(Refusal(404, 10003), PostKind.NEWS, 0).deed is Deed.DROP
    assert decide(Refusal(404, 10003), PostKind.BOARD, 0).deed is Deed.PARK


def test_discords_own_failures_and_ours_are_tried_again_ever_more_slowly() -> None:
    waits = [decide(refusal, PostKind.TASK, 3).wait for refusal in (Refusal(503), Refusal.of(KeyError("x")))]
    assert waits == [backoff(3), backoff(3)]
    steps = [backoff(attempts) for attempts in range(30)]
    assert steps == sorted(steps)
    assert steps[0] == timedelta(seconds=2)
    assert steps[-1] == timedelta(minutes=10)


def test_a_message_that_discord_never_takes_is_parked_after_a_few_tries() -> None:
    assert decide(Refusal(400, 50035), PostKind.BOARD, 0).deed is Deed.PUT_OFF
    assert decide(Refusal(400, 50035), PostKind.BOARD, 5).deed is Deed.PARK


def test_posts_of_one_channel_wait_for_each_other_and_receipts_for_nobody() -> None:
    board, other = post(PostKind.BOARD, "board:1", 9), post(PostKind.BOARD, "board:2", 9)
    assert lane_of(board) == lane_of(other)
    assert lane_of(board) != lane_of(post(PostKind.TASK, "task:1", 8))
    receipts = [post(PostKind.RECEIPT, f"receipt:{number}", None) for number in (1, 2)]
    assert lane_of(receipts[0]) != lane_of(receipts[1])


def test_a_nonce_is_the_same_for_the_same_sending_and_short_enough() -> None:
    assert nonce_of(1, "news:5:9") == nonce_of(1, "news:5:9")
    assert nonce_of(1, "news:5:9") != nonce_of(2, "news:5:9")
    assert len(nonce_of(1, "news:5:9")) == 25
