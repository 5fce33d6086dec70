"""What metrics there are, and what one makes of pairs that a member pasted."""

from collections.abc import Sequence

import discord

from bench.errors import TouchstoneError
from bench.language.specification import parse_signature
from bench.metrics.catalogue import METRICS, MetricDescription, OptionDescription, OptionValue, find_metric
from bench.metrics.pairs import EdgeCase, Trial, in_one_line
from cogs.screens.screen import (
    WARNING,
    Attached,
    Part,
    Screen,
    attachment,
    button,
    menu,
    panel,
    row,
    rule,
    screen,
    text,
)
from cogs.screens.words import ELLIPSIS, TO, cell, code, percent, plain, plural, said
from services.job_values import TriedOut

TRIAL_FILE, TYPED_FILE = "trial.txt", "typed.txt"
ROOM_FOR_PAIRS = 2300
LONGEST_TEXT, LONGEST_IN_FILE = 60, 400
ANSWERS_SHOWN = 3
CASE, SCORE = 31, 7


def metric_list() -> Screen:
    """Every metric in a line, with a menu that opens the page of one."""
    lines = [f"- **{metric.name}**: {metric.summary}" for metric in METRICS]
    heading = f"**{plural(len(METRICS), 'metric')}**; choose one to see its options and an example."
    return screen(panel(text(heading, *lines), _menu()))


def metric_page(number: int) -> Screen:
    """All about the metric of that place in the catalogue."""
    metric = METRICS[number]
    others = [code(name) for name in metric.normalizers if name != metric.default_normalizer.name]
    instead = f" (or {', '.join(others)})" if others else " (no other)"
    lines = [
        f"**{metric.name}**: {metric.summary}.",
        f"- **Extraction**, where you name none: {code(metric.default_extraction.colon_form)}",
        f"- **Normaliser**, where you name none: {code(metric.default_normalizer.colon_form)}{instead}",
        f"- **Accepted answers**: each {metric.answers}",
        *(f"- **Option** {_option(option)}" for option in metric.options),
    ]
    return screen(
        panel(
            text(*lines, _caution(metric)),
            text("An example:", f"```toml\n{metric.example.strip()}\n```", _example(metric)),
            text(f"-# {metric.source}"),
            row(button("Try it", "trymetric", number)),
            _menu(),
        )
    )


def trial(tried: TriedOut) -> Screen:
    """What the pairs scored and how that came about, then the table of edge cases; all of it in full in a file."""
    blocks = [_pair(number, one) for number, one in enumerate(tried.trials, start=1)]
    shown: list[str] = []
    for block in blocks:
        if sum(map(len, shown)) + len(block) > ROOM_FOR_PAIRS:
            break
        shown.append(block)
    left = len(blocks) - len(shown)
    more = f"{ELLIPSIS} and {plural(left, 'more pair', 'more pairs')} in the file." if left else None
    metric = parse_signature(tried.signature).metric
    content = "\n".join(_in_full(tried)).encode("utf-8", "replace")
    return screen(
        panel(
            text(f"**{plural(len(tried.trials), 'pair')} tried**", *shown, more, _caution(find_metric(metric))),
            rule(),
            text(*_edge_cases(tried.edge_cases)),
            text(f"-# {code(tried.signature, 180)}"),
            attachment(TRIAL_FILE),
        ),
        files=[Attached(TRIAL_FILE, content)],
    )


def refused_trial(error: TouchstoneError, specification: str, pairs: str) -> Screen:
    """Why nothing was tried; what was typed comes back in a file, since the form is gone."""
    typed = f"{specification.strip()}\n\n{pairs.strip()}\n".encode("utf-8", "replace")
    back = "What you typed is in this file, to be mended and pasted again."
    return screen(
        panel(text(said(str(error))), text(back), attachment(TYPED_FILE), colour=WARNING),
        files=[Attached(TYPED_FILE, typed)],
    )


def _menu() -> Part:
    options = [
        discord.SelectOption(label=metric.name, description=plain(metric.summary), value=str(number))
        for number, metric in enumerate(METRICS)
    ]
    return row(menu("Explain one…", "metric", 0, options))


def _caution(metric: MetricDescription | None) -> str | None:
    return f"⚠️ {metric.caution}" if metric and metric.caution else None


def _option(option: OptionDescription) -> str:
    default = "to be given" if option.is_required else f"{_value(option.default)} unless given"
    return f"{code(option.name)}: {option.summary} ({default})"


def _value(value: OptionValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return code(f'"{value}"')
    return f"{value:g}" if isinstance(value, int | float) else ", ".join(value)


def _example(metric: MetricDescription) -> str:
    answers = " or ".join(_quoted(answer) for answer in metric.pair.answers)
    return f"It gives the output {_quoted(metric.pair.output)} beside {answers} **{percent(metric.pair.score)}**."


def _pair(number: int, one: Trial) -> str:
    columns = "".join(f" · {name} {percent(score)}" for name, score in one.columns)
    answers = " | ".join(
        _quoted(answer) + ("" if kept == answer else f" → {_quoted(kept)}")
        for answer, kept in list(zip(one.answers, one.accepted, strict=True))[:ANSWERS_SHOWN]
    )
    more = f" and {len(one.answers) - ANSWERS_SHOWN} more" if len(one.answers) > ANSWERS_SHOWN else ""
    return f"{number}. **{_score(one)}**{columns} · {_way(one)}\n-# accepted {answers}{more}"


def _way(one: Trial) -> str:
    """From the output to what is compared; a step that changes nothing is not told."""
    if one.extracted is None or one.normalized is None:
        return f"{_quoted(one.output)} → nothing extracted"
    extracted = "" if one.extracted == one.output else f" → extracted {_quoted(one.extracted)}"
    normalized = "" if one.normalized == one.extracted else f" → normalised {_quoted(one.normalized)}"
    return f"{_quoted(one.output)}{extracted}{normalized}"


def _edge_cases(cases: Sequence[EdgeCase]) -> list[str]:
    rows = [f"{cell(case.name, CASE)}{cell(_score(case.trial), SCORE, right=True)}" for case in cases]
    return [f"**Edge cases**, most of them around {_quoted(cases[0].trial.answers[0])}", "```", *rows, "```"]


def _in_full(tried: TriedOut) -> list[str]:
    pairs = [(f"pair {number}", one) for number, one in enumerate(tried.trials, start=1)]
    cases = [(f"edge case: {case.name}", case.trial) for case in tried.edge_cases]
    lines = [tried.signature]
    for name, one in (*pairs, *cases):
        lines += [
            "",
            f"{name}: {_score(one)}",
            *(f"  {part}: {percent(score)}" for part, score in one.columns),
            f"  output:      {_whole(one.output)}",
            f"  extracted:   {_whole(one.extracted)}",
            f"  normalised:  {_whole(one.normalized)}",
            *(
                f"  accepted:    {_whole(answer)}, normalised: {_whole(kept)}"
                for answer, kept in zip(one.answers, one.accepted, strict=True)
            ),
        ]
    return lines


def _score(one: Trial) -> str:
    return TO if one.score is None else percent(one.score)


def _quoted(said_text: str) -> str:
    """A text in a code span, with its line breaks in the form in which a member types them."""
    return code(in_one_line(said_text), LONGEST_TEXT) if said_text.strip() else "nothing"


def _whole(said_text: str | None) -> str:
    """A text for the file, where blanks and invisible characters are to be seen too."""
    if said_text is None:
        return "nothing"
    cut = said_text if len(said_text) <= LONGEST_IN_FILE else f"{said_text[: LONGEST_IN_FILE - 1]}{ELLIPSIS}"
    return repr(cut)
