"""Files from strangers: outputs and gold in CSV, TSV, JSONL or JSON, read without changing a character, or refused."""

from bench.parsing.gold import read_gold
from bench.parsing.limits import ACCEPTED_FORMATS, MAX_FILE_BYTES, MAX_ROWS
from bench.parsing.outputs import read_outputs
from bench.parsing.problems import quote

__all__ = ["ACCEPTED_FORMATS", "MAX_FILE_BYTES", "MAX_ROWS", "quote", "read_gold", "read_outputs"]
