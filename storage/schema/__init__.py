"""Every table. A key begins with the guild, and so does every reference: no row can point into another guild.

After a change here, `python -m storage.migrations "what changed"` writes the revision that carries it out.
"""

from storage.schema.analysis import baseline_score, item_analysis
from storage.schema.changes import amendment, proposed_item
from storage.schema.gold import gold_answer, gold_version, item, suspect
from storage.schema.submissions import output_bucket, scorecard, submission, submission_file
from storage.schema.tasks import approval, draft, guild, link, member, reviewer, task
from storage.schema.voting import ballot, vote
from storage.schema.work import event, fact, job, post

__all__ = [
    "amendment",
    "approval",
    "ballot",
    "baseline_score",
    "draft",
    "event",
    "fact",
    "gold_answer",
    "gold_version",
    "guild",
    "item",
    "item_analysis",
    "job",
    "link",
    "member",
    "output_bucket",
    "post",
    "proposed_item",
    "reviewer",
    "scorecard",
    "submission",
    "submission_file",
    "suspect",
    "task",
    "vote",
]
