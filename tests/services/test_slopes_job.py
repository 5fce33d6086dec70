from services.gold_values import Move
from services.jobs import draw_slopes_of


def test_the_worker_ranks_by_score_and_tells_equal_names_apart() -> None:
    moves = (
        Move("same", "Ada", (1, 3), (1, 3), 0.7, 0.9),
        Move("same", "Ben", (1, 3), (1, 3), 0.8, 0.8),
        Move("other", "Eve", (1, 3), (1, 3), 0.7, 0.8),
    )
    picture, words = draw_slopes_of(moves, "Slang", 4)
    assert picture.startswith(b"\x89PNG")
    assert words == (
        "Ranks by score before and after, Gold v4: Slang: same (Ada) from 2 to 1 (70.0% to 90.0%); "
        "same (Ben) from 1 to 2 (80.0% to 80.0%). 1 system keeps its rank."
    )
