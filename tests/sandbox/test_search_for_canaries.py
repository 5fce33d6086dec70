"""The search for canaries finds what it is to find, so that finding nothing means something."""

import base64
import gzip
import io
import struct
import zipfile
import zlib

import pytest

from tests.fixtures.searching import PNG, holds

WORD = "zqhiddencanary"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + bytes(4)


def zipped(content: bytes, name: str = "a.txt") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


SECRET_TEXT = f"One {WORD} of many".encode()
PLACES = {
    "plain": SECRET_TEXT,
    "in capitals": SECRET_TEXT.upper(),
    "in hexadecimal": SECRET_TEXT.hex().encode(),
    "in gzip": gzip.compress(SECRET_TEXT),
    "in a zip": zipped(SECRET_TEXT),
    "in gzip in a zip": zipped(gzip.compress(SECRET_TEXT)),
    "in the name of a file": zipped(b"", f"{WORD}.txt"),
    "in a picture's text": PNG + chunk(b"tEXt", b"Title\0" + SECRET_TEXT),
    "in a picture's packed text": PNG
    + chunk(b"IHDR", bytes(13))
    + chunk(b"zTXt", b"a\0\0" + zlib.compress(SECRET_TEXT)),
    "in a picture's packed words": PNG + chunk(b"iTXt", b"a\0\1\0en\0b\0" + zlib.compress(SECRET_TEXT)),
    **{f"in base64 after {n}": base64.b64encode(b"x" * n + SECRET_TEXT) for n in range(3)},
}


@pytest.mark.parametrize("place", PLACES)
def test_the_search_finds_a_word_wherever_it_may_hide(place: str) -> None:
    assert holds(PLACES[place], WORD)
    assert not holds(PLACES[place], WORD[::-1])
