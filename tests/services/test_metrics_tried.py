"""Trying a metric through a worker process."""

import pytest

from bench.errors import BadInput
from tests.services.community import Community

COMPOSITE = 'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "token_f1"'


async def test_pasted_pairs_come_back_scored_with_the_edge_cases(community: Community) -> None:
    tried = await community.services.metrics.try_out(COMPOSITE, "black cat => cat\ncat => dog | cat")
    assert tried.signature.startswith("composite(parts=")
    assert [trial.score for trial in tried.trials] == [pytest.approx(1 / 3), 1.0]
    assert [case.trial.score for case in tried.edge_cases if case.name == "empty"] == [0.0]


@pytest.mark.parametrize(
    ("specification", "pairs", "words"),
    [
        ("exakt", "a => a", "there is no .*exakt.* Did you mean exact"),
        ('metric = "exact', "a => a", "not valid TOML"),
        ("exact", "a", "Line 1 of the pairs has no =>"),
        ("numeric", "5 => 5\n5 => five", "Line 2 of the pairs: numeric cannot use"),
    ],
)
async def test_what_cannot_be_tried_is_refused_with_its_place(
    community: Community, specification: str, pairs: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        await community.services.metrics.try_out(specification, pairs)
