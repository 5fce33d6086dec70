"""The command line. Each command imports what it needs when it is called, so that `--help` answers at once."""
# ruff: noqa: PLC0415

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from bench.errors import TouchstoneError

EXIT_FAILURE: Final = 1
EXIT_CONFIGURATION: Final = 78  # EX_CONFIG of sysexits.h: a supervisor must not try again


app = typer.Typer(
    name="python -m bot",
    help="Touchstone: a community's own benchmarks of language models, on Discord. Without a command it runs the bot.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
db = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(db, name="db")


@dataclass(frozen=True, slots=True)
class Common:
    """What stands before the command."""

    env_file: Path


@app.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    env_file: Annotated[Path, typer.Option("--settings", help="The file with the settings.")] = Path(".env"),
) -> None:
    """Start the bot, unless one of the commands below is named."""
    context.obj = Common(env_file)
    if context.invoked_subcommand is not None:
        return
    from bot.logs import start_logging
    from bot.settings import Settings, load_settings, readable_by_others

    settings = load_settings(Settings, env_file)
    start_logging(settings.log_level, [settings.discord_token.get_secret_value()])
    if readable_by_others(env_file):
        typer.echo(f"{env_file} can be read by other users of this machine; run: chmod 600 {env_file}", err=True)
    from bot.app import run as run_bot

    asyncio.run(run_bot(settings))


@app.command(short_help="See the bot at work here, without a token.")
def demo(
    *,
    tour: Annotated[  # noqa: ARG001 - a promise: what is told in the terminal stays so when there are other ways
        bool, typer.Option("--tour", help="Tell the story in the terminal, then end: so far the only way.")
    ] = True,
    data: Annotated[
        Path | None, typer.Option(help="A folder with gold.jsonl and one file of outputs for each system.")
    ] = None,
    metric: Annotated[str | None, typer.Option(help="How the outputs of --data are scored; as for score.")] = None,
    port: Annotated[int, typer.Option(help="The port of the stand-in; 0 takes a free one.", min=0, max=65535)] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the bot's database and log when it ends.")] = False,
) -> None:
    """See the bot do its work on this machine: no token, no account, no network."""
    from bot.demo import run as run_demo
    from sandbox.demo.data import NUMBER_AFTER_A
    from services.offline import read_specification

    specification = NUMBER_AFTER_A if metric is None else read_specification(metric).to_toml()
    run_demo(data=data, specification=specification, port=port, keep=keep)


@app.command(short_help="Score files of outputs against gold.")
def score(  # noqa: PLR0913 - one parameter for each option of the line
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of outputs, one for each system.")],
    *,
    gold: Annotated[Path, typer.Option(help="The file with the items and their accepted answers.")],
    metric: Annotated[
        str,
        typer.Option(help="A TOML file, its text, a signature line, or the name of a metric with the options below."),
    ],
    extract: Annotated[str | None, typer.Option(help="With a metric's name: the extraction, e.g. after:A:")] = None,
    normalize: Annotated[str | None, typer.Option(help="With a metric's name: the normaliser, e.g. squad-en")] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(help="With a metric's name: one of its options as NAME=VALUE, e.g. absolute=0.01"),
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Count items without a row as wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines instead of a table.")] = False,
    chart: Annotated[Path | None, typer.Option(help="Draw the board into this PNG file.")] = None,
) -> None:
    """Score files of outputs against gold, as the bot does, without Discord or a database."""
    from services.offline import draw, read_specification, score_files
    from services.offline_reports import as_json as in_json
    from services.offline_reports import as_table, refusals

    specification = read_specification(metric, extract, normalize, option or ())
    comparison = score_files(gold, specification, files, partial=partial)
    if chart is not None and comparison.scorecards:
        draw(comparison, chart, title=gold.stem)
    if as_json or comparison.scorecards:
        typer.echo(in_json(comparison) if as_json else as_table(comparison))
    if comparison.refused:
        typer.echo(refusals(comparison), err=True)
        raise typer.Exit(EXIT_FAILURE)


@app.command(short_help="Check all that the bot needs.")
def doctor(context: typer.Context) -> None:
    """Check all that the bot needs, one line each, and say what to do."""
    from bot.doctor import examine

    healthy = True
    for finding in examine(context.obj.env_file):
        typer.echo(finding.line)
        healthy = healthy and not finding.broken
    raise typer.Exit(0 if healthy else EXIT_FAILURE)


@db.command(short_help="Bring it to the revision of this version.")
def upgrade(context: typer.Context) -> None:
    """Bring the database to the revision of this version; the bot's start does the same."""
    from bot.maintenance import upgrade as upgrade_database

    typer.echo(asyncio.run(upgrade_database(_database_url(context))))


@db.command()
def backup(
    context: typer.Context,
    target: Annotated[Path | None, typer.Argument(help="The new file; by default a dated one in backups/.")] = None,
) -> None:
    """Copy the database into one checked file."""
    from bot.maintenance import backup as backup_database

    typer.echo(asyncio.run(backup_database(_database_url(context), target)))


@db.command()
def info(context: typer.Context) -> None:
    """Say where the database is, its revision and its size."""
    from bot.maintenance import info as describe_database

    typer.echo(asyncio.run(describe_database(_database_url(context))))


def main() -> None:
    """Run the command line: what a person can mend is told in its own words, without a traceback."""
    from bot.settings import ConfigurationError

    try:
        app()
    except TouchstoneError as error:
        typer.echo(str(error), err=True)
        sys.exit(EXIT_CONFIGURATION if isinstance(error, ConfigurationError) else EXIT_FAILURE)


def _database_url(context: typer.Context) -> str:
    from bot.settings import LocalSettings, load_settings

    return load_settings(LocalSettings, context.obj.env_file).database_url
