"""The bounds of a file from a stranger, and the formats that are read.

They hold before anything is built from the file, so that no upload can cost more than seconds and some hundred MB.
"""

from typing import Final

MEBIBYTE: Final = 2**20

MAX_FILE_BYTES: Final = 10 * MEBIBYTE
"""The file as it arrives."""

MAX_UNPACKED_BYTES: Final = 32 * MEBIBYTE
"""What a gzip file may unpack to."""

MAX_EXPANSION: Final = 200
"""How many times its size a gzip file may unpack to, once it passes `HARMLESS_BYTES`; real tables stay below 50."""

HARMLESS_BYTES: Final = 8 * MEBIBYTE
"""Up to here a gzip file may expand as it likes."""

MAX_GZIP_MEMBERS: Final = 4096
"""Parallel compressors write one member per 64 KiB or more; a file of a million tiny ones only costs time."""

MAX_DOCUMENT_BYTES: Final = 16 * MEBIBYTE
"""One JSON document must be held as a whole; the formats with a row per line need not be."""

MAX_LINE_BYTES: Final = MEBIBYTE
MAX_LINES: Final = 2_000_000
"""More than rows, as a quoted field may run over many lines."""

MAX_ROWS: Final = 200_000
MAX_SEPARATORS: Final = 1_500_000
"""Commas and brackets (in a table: separators) of a file that must be read value by value."""

MAX_COLUMNS: Final = 64
MAX_FIELD_CHARACTERS: Final = 65_536
MAX_ID_CHARACTERS: Final = 200
MAX_NUMBER_CHARACTERS: Final = 64
MAX_DEPTH: Final = 32
MAX_ANSWERS: Final = 50
"""Accepted answers of one item."""

MAX_TAGS: Final = 16
MAX_TAG_CHARACTERS: Final = 64

DELIMITED_SUFFIXES: Final = frozenset({"csv", "tsv", "txt"})
JSON_SUFFIXES: Final = frozenset({"json", "jsonl", "ndjson"})
SUFFIXES: Final = DELIMITED_SUFFIXES | JSON_SUFFIXES

ACCEPTED_FORMATS: Final = "CSV, TSV, JSONL or JSON (.csv, .tsv, .txt, .jsonl, .ndjson, .json), plain or gzipped (.gz)"
