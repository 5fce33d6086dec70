"""What a system answered, kept so that the outputs of a few items can be read without the rest.

When gold changes, the cost of rescoring must follow the changed items and not the size of the task: outputs lie in
buckets by a hash of the item's id, some sixty-four to a bucket, each packed by itself.
"""

import zlib
from collections.abc import Collection, Iterable

import msgspec

from bench.model import Outputs

ITEMS_IN_A_BUCKET = 64
FASTEST = 1


def bucket_count(items: int) -> int:
    """How many buckets outputs of so many items take."""
    return max(1, -(-items // ITEMS_IN_A_BUCKET))


def bucket_of(item_id: str, count: int) -> int:
    """Which of `count` buckets an item lies in; the same on every machine and for ever."""
    return zlib.crc32(item_id.encode()) % count


def buckets_of(item_ids: Iterable[str], count: int) -> frozenset[int]:
    """All buckets that hold these items."""
    return frozenset(bucket_of(item_id, count) for item_id in item_ids)


def pack_outputs(outputs: Outputs, count: int) -> tuple[bytes, ...]:
    """The outputs in `count` packed buckets."""
    buckets: list[dict[str, str | None]] = [{} for _ in range(count)]
    for item_id, output in outputs.by_id.items():
        buckets[bucket_of(item_id, count)][item_id] = output
    return tuple(zlib.compress(msgspec.json.encode(bucket), FASTEST) for bucket in buckets)


def unpack_outputs(buckets: Iterable[bytes], item_ids: Collection[str]) -> Outputs:
    """The outputs of these items, out of the buckets that hold them; an item without an output is left out."""
    found: dict[str, str | None] = {}
    wanted = frozenset(item_ids)
    for bucket in buckets:
        kept = msgspec.json.decode(zlib.decompress(bucket), type=dict[str, str | None])
        found.update((item_id, output) for item_id, output in kept.items() if item_id in wanted)
    return Outputs(found)
