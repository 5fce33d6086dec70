"""A file between Discord's disks and the bot: too large, slow, lying, lost."""

import pytest

from sandbox.actors import Refused, Upload
from sandbox.faults import Lie
from tests.fixtures.town import PATIENCE, TITLE, Town, answer, outputs_file

ELEVEN = 11 * 2**20
NOTHING_USED = "Nothing was stored and no attempt was used; send it again."


async def test_eleven_mebibytes_are_refused_before_a_byte_is_read(town: Town) -> None:
    post = await town.open_task()
    with pytest.raises(Refused, match="10 MiB"):
        await town.dan.slash("submit", task=TITLE, file=Upload("a.csv", bytes(ELEVEN)), system="large")
    town.guild.upload_limit = 25 * 2**20
    town.sandbox.faults.fail_cdn(503)
    refusal = await answer(town.dan.slash("submit", task=TITLE, file=Upload("a.csv", bytes(ELEVEN)), system="large"))
    assert "The file has 11.0 MiB; at most 10 MiB can be read." in refusal.text
    assert "Compress it with gzip" in refusal.text
    form = await town.dan.click(post, "Submit")
    refusal = await answer(form.submit(system="large", file=Upload("a.csv", bytes(ELEVEN))))
    assert "The file has 11.0 MiB" in refusal.text
    met_the_fault = await answer(town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="model"))
    assert "HTTP 503" in met_the_fault.text


@pytest.mark.parametrize("status", [404, 503])
async def test_a_file_that_discord_does_not_hand_over_costs_nothing(town: Town, status: int) -> None:
    await town.open_task()
    town.sandbox.faults.fail_cdn(status)
    refusal = await answer(town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="model"))
    assert refusal.ephemeral
    assert f"Discord did not hand the file over (HTTP {status}). {NOTHING_USED}" in refusal.text
    assert "4 of 5 attempts left" in (await town.submit(town.dan, 18)).text


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (Lie.MORE, "The file broke off on its way here."),
        (Lie.LESS, "bytes arrived."),
        (Lie.ENDLESS, "The file is larger than the"),
    ],
)
async def test_a_file_that_is_not_what_was_declared_costs_nothing(town: Town, lie: Lie, said: str) -> None:
    await town.open_task()
    town.sandbox.faults.lying_cdn(lie)
    refusal = await answer(town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="model"))
    assert said in refusal.text
    assert NOTHING_USED in refusal.text
    assert "no submissions here yet" in (await town.dan.slash("submissions")).text


async def test_a_slow_file_is_waited_for_and_keeps_nobody_else_waiting(town: Town) -> None:
    await town.open_task()
    town.sandbox.faults.slow_cdn(delay=4, bytes_per_second=1_000_000)
    slow = await town.dan.slash("submit", task=TITLE, file=outputs_file(12), system="slow")
    assert slow.message.is_thinking
    quick = await town.submit(town.eve, 18, system="quick")
    assert "## 75.0%" in quick.text
    await slow.until("## 50.0%", PATIENCE)


async def test_a_file_that_never_comes_is_given_up(town: Town) -> None:
    await town.open_task()
    town.sandbox.faults.slow_cdn(delay=60)
    refusal = await town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="model")
    await refusal.until("Discord took too long to hand the file over.", PATIENCE)
    assert NOTHING_USED in refusal.text
