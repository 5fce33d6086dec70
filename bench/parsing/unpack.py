"""From the bytes that arrived to the bytes of a text file: size, gzip within bounds, and what is no text at all."""

import io
import zlib

from bench.parsing.limits import (
    ACCEPTED_FORMATS,
    HARMLESS_BYTES,
    MAX_EXPANSION,
    MAX_FILE_BYTES,
    MAX_GZIP_MEMBERS,
    MAX_UNPACKED_BYTES,
    MEBIBYTE,
)
from bench.parsing.problems import Fault, refusal

GZIP_MAGIC = b"\x1f\x8b"

_CHUNK_BYTES = 65_536
_GZIP_WINDOW = 31

_SAVE_AS_TEXT = "Save the table as CSV or JSONL and send that."
_SAVE_FROM_OFFICE = "Choose “Save as”, then “CSV UTF-8”, and send that."
_UNPACK = "Unpack it and send the CSV, TSV, JSONL or JSON file inside."
_RECOMPRESS = "Send the file as it is, or compressed with gzip."

# A file that is not text is known by its first bytes.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive", _UNPACK),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"PAR1", "a Parquet file", _SAVE_AS_TEXT),
    (b"ARROW1", "an Arrow file", _SAVE_AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Office file", _SAVE_FROM_OFFICE),
    (b"\x93NUMPY", "a NumPy file", _SAVE_AS_TEXT),
    (b"\x89HDF", "an HDF5 file", _SAVE_AS_TEXT),
    (b"SQLite format 3\0", "a SQLite database", _SAVE_AS_TEXT),
    (b"%PDF", "a PDF", _SAVE_AS_TEXT),
    (b"\x89PNG", "a picture", _SAVE_AS_TEXT),
    (b"\xff\xd8\xff", "a picture", _SAVE_AS_TEXT),
    (b"BZh", "a bzip2 file", _RECOMPRESS),
    (b"\xfd7zXZ", "an xz file", _RECOMPRESS),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", _RECOMPRESS),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
)
# Which entry of the archive comes first depends on who wrote it, so they are looked for in all of it.
_OFFICE_MARKS = (b"[Content_Types].xml", b"application/vnd.oasis.opendocument")
_PICKLES = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))


def unpack(content: bytes) -> bytes:
    """The content, gunzipped when it is gzip; raises `BadFile` on what is too large, damaged or no text file."""
    if not content:
        raise refusal(Fault("an empty file", "rows", "Send the file again; it may not have been saved."))
    if len(content) > MAX_FILE_BYTES:
        raise refusal(
            Fault(
                f"{len(content) / MEBIBYTE:.1f} MiB",
                f"at most {MAX_FILE_BYTES // MEBIBYTE} MiB",
                "Compress the file with gzip, or shorten its longest outputs.",
            )
        )
    if content.startswith(GZIP_MAGIC):
        content = _gunzip(content)
        if not content:
            raise refusal(Fault("an empty file in the gzip file", "rows", "Compress the file again and send that."))
    _refuse_binary(content)
    return content


def _refuse_binary(content: bytes) -> None:
    expected = ACCEPTED_FORMATS
    if content.startswith(GZIP_MAGIC):
        raise refusal(Fault("a gzip file inside a gzip file", expected, "Compress the file only once."))
    if content.startswith(_PICKLES):
        raise refusal(Fault("a Python pickle", expected, _SAVE_AS_TEXT))
    for signature, kind, remedy in _SIGNATURES:
        if content.startswith(signature):
            if any(mark in content for mark in _OFFICE_MARKS):
                raise refusal(Fault("an Excel or other Office file", expected, _SAVE_FROM_OFFICE))
            raise refusal(Fault(kind, expected, remedy))


def _gunzip(content: bytes) -> bytes:
    """All members of a gzip file, never holding more than the bound.

    The input is fed in small pieces: what follows a member comes back as a copy, and a file of many small members
    would be copied whole for each of them.
    """
    bound = min(MAX_UNPACKED_BYTES, max(HARMLESS_BYTES, MAX_EXPANSION * len(content)))
    unpacked = io.BytesIO()
    size, members = 0, 1
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    for start in range(0, len(content), _CHUNK_BYTES):
        waiting = content[start : start + _CHUNK_BYTES]
        while waiting:
            if inflater.eof:
                waiting = waiting.lstrip(b"\0")  # padding after the last member is legal
                if not waiting:
                    break
                inflater = zlib.decompressobj(_GZIP_WINDOW)
                members += 1
            piece = _inflate(inflater, waiting, bound + 1 - size)
            size += unpacked.write(piece)
            if size > bound or members > MAX_GZIP_MEMBERS:
                raise refusal(_too_much(size, bound, members))
            waiting = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if not inflater.eof:
        raise refusal(
            Fault("a gzip file that ends too early", "a whole one", "Compress the file again, or send it as it is.")
        )
    return unpacked.getvalue()


def _inflate(inflater: "zlib._Decompress", waiting: bytes, room: int) -> bytes:
    try:
        return inflater.decompress(waiting, room)
    except zlib.error:
        raise refusal(
            Fault("a damaged gzip file", "a whole one", "Compress the file again, or send it as it is.")
        ) from None


def _too_much(size: int, bound: int, members: int) -> Fault:
    if size > bound and bound == MAX_UNPACKED_BYTES:
        limit = f"{MAX_UNPACKED_BYTES // MEBIBYTE} MiB"
        return Fault(
            f"a gzip file that unpacks to more than {limit}", f"at most {limit}", "Send fewer or shorter rows."
        )
    if size > bound:
        return Fault(
            f"a gzip file that unpacks to more than {bound // MEBIBYTE} MiB, over {MAX_EXPANSION} times its size",
            f"at most {MAX_EXPANSION} times its size",
            "Check that it holds outputs and not one text over and over; if it does, send it without gzip.",
        )
    return Fault(
        f"a gzip file of more than {members - 1:,} parts",
        "one part",
        "Compress the file again in one go, or send it as it is.",
    )
