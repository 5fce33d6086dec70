"""What each submission answered, in numbered buckets, so that the outputs of a few items are read without the rest."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from storage.schema import output_bucket


def record_outputs(connection: Connection, guild_id: int, submission_id: int, buckets: Sequence[bytes]) -> None:
    """Keep the buckets of a submission, numbered from 0, in place of those that it had."""
    connection.execute(delete(output_bucket).where(_of(guild_id, submission_id)))
    key = {"guild_id": guild_id, "submission_id": submission_id}
    rows = [{**key, "number": number, "content": content} for number, content in enumerate(buckets)]
    if rows:
        connection.execute(insert(output_bucket), rows)


def list_buckets(
    connection: Connection, guild_id: int, submission_id: int, numbers: Collection[int] | None
) -> dict[int, bytes]:
    """The buckets with these numbers, as far as the submission has them, or all of them where None is given."""
    chosen = select(output_bucket.c.number, output_bucket.c.content).where(_of(guild_id, submission_id))
    if numbers is not None:
        chosen = chosen.where(output_bucket.c.number.in_(numbers))
    return {row.number: row.content for row in connection.execute(chosen)}


def count_buckets(connection: Connection, guild_id: int, submission_id: int) -> int:
    """How many buckets the submission was cut into; 0 if its outputs were never kept."""
    chosen = select(func.count()).select_from(output_bucket).where(_of(guild_id, submission_id))
    return connection.execute(chosen).scalar_one()


def _of(guild_id: int, submission_id: int) -> ColumnElement[bool]:
    return (output_bucket.c.guild_id == guild_id) & (output_bucket.c.submission_id == submission_id)
