"""The services put together: each gets what it needs passed in, and the job loop runs while they are open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from services.additions import Additions
from services.analyses import BASELINES_KIND, ITEMS_KIND, Analyses, leave
from services.anomalies import Anomalies
from services.ballots import PUBLISH_KIND
from services.clock import Clock, utc_now
from services.comparisons import Comparisons
from services.gold import GoldVotes
from services.gold_records import GoldRecords
from services.guilds import Guilds
from services.metrics import Metrics
from services.owners import Owners
from services.posts import Posts
from services.progress import Progress
from services.recounts import Recounts
from services.runner import JobHandler, Runner, running
from services.scoring import JOB_KIND, ScoringJobs, give_up
from services.standings import StandingsOfTasks
from services.submissions import Submissions
from services.tasks import Tasks
from services.versions import Versions, leave_for_later
from services.workers import WorkerLimits, open_workers
from storage import jobs
from storage.database import Database

SETTLE_FOR = timedelta(minutes=1)
LEASE_BEYOND_LIMIT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case of the bot."""

    guilds: Guilds
    tasks: Tasks
    additions: Additions
    owners: Owners
    submissions: Submissions
    gold: GoldVotes
    records: GoldRecords
    recounts: Recounts
    standings: StandingsOfTasks
    comparisons: Comparisons
    anomalies: Anomalies
    metrics: Metrics
    posts: Posts


@asynccontextmanager
async def open_services(
    database: Database, limits: WorkerLimits, clock: Clock = utc_now, settle_for: timedelta = SETTLE_FOR
) -> AsyncIterator[Services]:
    """Start the workers and the job loop; on the way out let running jobs end and give back the rest.

    `settle_for` is how long decisions on gold gather before they become one version.
    """
    if database.is_exclusive:
        await database.write(lambda connection: jobs.release_jobs(connection, None))
    async with open_workers(limits) as workers:
        posts = Posts(database, clock)
        # One job more than there are workers is read while they work; it may have to wait for one of them to end.
        lease = 2 * timedelta(seconds=limits.job_seconds) + LEASE_BEYOND_LIMIT
        runner = Runner(database, clock, slots=limits.workers + 1, lease=lease)
        progress = Progress()
        standings = StandingsOfTasks(database, workers, progress)
        scoring = ScoringJobs(database, workers, posts, clock)
        versions = Versions(database, workers, posts, clock, progress)
        analyses = Analyses(database, workers, posts, clock)
        handlers = {
            JOB_KIND: JobHandler(scoring.perform, give_up),
            PUBLISH_KIND: JobHandler(versions.perform, leave_for_later),
            BASELINES_KIND: JobHandler(analyses.score_baselines, leave),
            ITEMS_KIND: JobHandler(analyses.look_at_items, leave),
        }
        async with running(runner, handlers):
            yield Services(
                Guilds(database, posts, clock),
                Tasks(database, workers, posts, runner, clock),
                Additions(database, workers, posts, clock),
                Owners(database, posts, runner, clock, settle_for),
                Submissions(database, standings, posts, runner, clock),
                GoldVotes(database, posts, runner, clock, settle_for),
                GoldRecords(database, standings, clock),
                Recounts(database, posts, runner, clock, settle_for),
                standings,
                Comparisons(database, workers, standings),
                Anomalies(database, workers, standings),
                Metrics(workers),
                posts,
            )
