"""One file of outputs in each format that the bot reads."""

import csv
import io
import json
from pathlib import PurePath

from sandbox.demo.data import DataFile


def in_every_format(file: DataFile) -> tuple[DataFile, ...]:
    """The same outputs as CSV, JSONL and JSON."""
    outputs = outputs_of(file)
    stem = PurePath(file.name).stem
    return (
        DataFile(f"{stem}.csv", as_csv(outputs)),
        DataFile(f"{stem}.jsonl", as_jsonl(outputs)),
        DataFile(f"{stem}.json", as_json(outputs)),
    )


def outputs_of(file: DataFile) -> dict[str, str]:
    """The outputs by id of a well-formed file with the columns `id` and `output`."""
    text = file.content.decode("utf-8")
    suffix = PurePath(file.name).suffix
    if suffix == ".jsonl":
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    elif suffix == ".json":
        value = json.loads(text)
        rows = value if isinstance(value, list) else [{"id": id_, "output": value[id_]} for id_ in value]
    else:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if suffix == ".tsv" else ","))
    return {str(row["id"]): str(row["output"]) for row in rows}


def as_csv(outputs: dict[str, str]) -> bytes:
    """A CSV with a header, quoted where an output needs it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("id", "output"))
    writer.writerows(outputs.items())
    return buffer.getvalue().encode()


def as_jsonl(outputs: dict[str, str]) -> bytes:
    """One object to a line."""
    rows = ({"id": id_, "output": output} for id_, output in outputs.items())
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def as_json(outputs: dict[str, str]) -> bytes:
    """One map from id to output."""
    return json.dumps(outputs, ensure_ascii=False, indent=1).encode()
