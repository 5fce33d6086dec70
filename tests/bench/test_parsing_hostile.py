"""Files made to hurt: each ends in one refusal, in a child process with 512 MB beyond what Python itself takes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTRA_MEMORY = 512 * 2**20
PATIENCE = 60
"""Seconds until a child counts as hanging; what it takes on a quiet machine is under two, and is printed."""

CHILD = r"""
import gzip, json, os, random, resource, sys, time, zlib
from bench.errors import BadFile
from bench.parsing import read_gold, read_outputs

M = 2**20
def bomb(size):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([packer.compress(bytes(M)) for _ in range(size)] + [packer.flush()])
def noise(size):
    return random.Random(1).randbytes(size // 2).hex().encode()

content, name = eval(sys.argv[1]), sys.argv[2]
with open("/proc/self/status") as status:
    used = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Vm")}
limit = int(used["VmSize"]) * 1024 + int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for read in (lambda: read_outputs(content, name, ["q1", "q2"]), lambda: read_gold(content, name)):
    started = time.process_time()
    try:
        read()
        text = "read"
    except BadFile as error:
        text = str(error)
    print(json.dumps({"seconds": time.process_time() - started, "text": text}))
"""

HOSTILE = {
    "1 MiB of commas": ("b','*M", "a.csv", "Line 1: found 1,048,577 columns"),
    "10 MiB of commas": ("b','*10*M", "a.csv", "Line 1: found a line of more than 1 MiB"),
    "10 MiB of lines of commas": (
        "b'id,output\\n' + (b','*1000 + b'\\n')*10000",
        "a.csv",
        "The file: found more than 1,500,000 commas and brackets",
    ),
    "lines of commas below the bound": (
        "b'id,output\\n' + (b','*100 + b'\\n')*14000",
        "a.csv",
        "Line 2, column 3: found 101 fields",
    ),
    "10 MiB of line ends": ("b'id,output\\n' + b'\\n'*(9*M)", "a.csv", "The file: found more than 2,000,000 lines"),
    "an unclosed quote over 3 MiB": (
        "b'id,output\\nq1,\"' + b'abcdefg\\n'*400000",
        "a.csv",
        "Line 2: found a field of more than 65,536 characters",
    ),
    "10 MiB of brackets": ("b'['*10*M", "a.json", "The file: found more than 1,500,000 commas and brackets"),
    "1 MiB of brackets": ("b'['*M", "a.json", "Line 1: found lists or objects nested more than 32 deep"),
    "a tower of objects": ("b'{\"a\":'*M", "a.json", "Line 1: found lists or objects nested more than 32 deep"),
    "10 MiB of empty lists": (
        "b'[' + b'[],'*(3*M) + b'[]]'",
        "a.json",
        "The file: found more than 1,500,000 commas and brackets",
    ),
    "a row of 700,000 lists": (
        "b'[{\"id\":\"q1\",\"output\":[' + b'[],'*700000 + b'[]]}]'",
        "a.json",
        "Line 1: found a value of more than 1 MiB",
    ),
    "lines of 100,000 lists": (
        "(b'{\"id\":1,\"output\":[' + b'[],'*100000 + b'[]]}\\n')*7",
        "a.jsonl",
        "no id of this task",
    ),
    "a million repeated keys": (
        "b'{' + b'\"\":0,'*1400000 + b'\"\":0}'",
        "a.json",
        "The file: found more than 200,000 rows",
    ),
    "lines of 180,000 repeated keys": (
        "(b'{' + b'\"\":0,'*180000 + b'\"\":0}\\n')*8",
        "a.jsonl",
        "found 180,001 columns",
    ),
    "500,000 rows": (
        'b\'{"id":1,"output":1}\\n\'*500000',
        "a.jsonl",
        "The file: found more than 200,000 rows",
    ),
    "200,000 broken lines": (
        "b'{\\n'*200000",
        "a.jsonl",
        "Line 1, column 2: found the end of the line (and in 199,999 more",
    ),
    "190,000 half characters": (
        'b\'{"id":"\\\\ud800","output":"\\\\ud800"}\\n\'*190000',
        "a.jsonl",
        "found half of a surrogate pair",
    ),
    "a number of 9 MiB": (
        "b'[{\"id\":\"q1\",\"output\":' + b'9'*(9*M) + b'}]'",
        "a.json",
        "Line 1: found a value of more than 1 MiB",
    ),
    "a number of 5,000 digits": (
        'b\'{"id":"q1","output":\' + b\'9\'*5000 + b\'}\\n{"id":"q2","output":""}\'',
        "a.jsonl",
        "Line 1, column output: found a number of 5,000 characters",
    ),
    "a text of 10 MiB": (
        "b'[\"' + b'a'*(9*M)",
        "a.json",
        "Line 1: found a value of more than 1 MiB",
    ),
    "a gzip bomb of 300 MiB": ("bomb(300)", "a.csv.gz", "The file: found a gzip file that unpacks to more than 32 MiB"),
    "a small gzip bomb": (
        "bomb(20)",
        "a.csv.gz",
        "The file: found a gzip file that unpacks to more than 8 MiB, over 200 times its size; expected at most 200",
    ),
    "400,000 gzip members": (
        "gzip.compress(b'', 0)*400000",
        "a.csv.gz",
        "The file: found a gzip file of more than 4,096 parts",
    ),
    "a truncated gzip of 9 MiB": (
        "gzip.compress(os.urandom(9*M), 1)[:-9]",
        "a.csv.gz",
        "found a gzip file that ends too early",
    ),
    "30 MiB of lists behind noise": (
        "gzip.compress((b'{\"id\":\"' + noise(20000) + b'\",\"output\":[' + b'[],'*340000 + b'[]]}\\n')*28)",
        "a.jsonl.gz",
        "The file: found more than 1,500,000 commas and brackets",
    ),
    "30 MiB of wide characters": (
        (
            "(lambda text: gzip.compress(b''.join(b'{\"id\":%d,\"output\":\"\\xf0\\x9f\\x98\\x80' % i + b'a'*950 "
            "+ text[i*50:i*50+50] + b'\"}\\n' for i in range(29000)), 5))(noise(29000*50))"
        ),
        "a.jsonl.gz",
        "The file: found no id of this task",
    ),
    "11 MiB": ("bytes(11*M)", "a.csv", "The file: found 11.0 MiB; expected at most 10 MiB"),
    "10 MiB of NUL": ("bytes(10*M)", "a.csv", "The file: found UTF-16 text"),
    "a bad byte at the end of 10 MiB": (
        "'é'.encode()*(5*M - 1) + b'\\xff'",
        "a.csv",
        "Line 1, column 5242880: found the byte 0xFF",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_in_a_refusal_within_its_memory(
    case: str, record_property: Callable[[str, object], None]
) -> None:
    recipe, name, sentence = HOSTILE[case]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, recipe, name, str(EXTRA_MEMORY)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    outputs, gold = map(json.loads, child.stdout.splitlines())
    record_property("cpu_seconds", [outputs["seconds"], gold["seconds"]])
    sys.stdout.write(f"{case}: {outputs['seconds']:.2f} s as outputs, {gold['seconds']:.2f} s as gold\n")
    assert sentence in outputs["text"]
    assert len(outputs["text"].splitlines()) <= 20
    assert gold["text"]
    assert max(outputs["seconds"], gold["seconds"]) < 10
