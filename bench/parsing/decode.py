"""Making sure that the bytes are UTF-8 text, and saying exactly where they are not."""

import codecs

from bench.errors import BadFile
from bench.parsing.problems import Fault, quote, refusal

_UTF8_BOM = codecs.BOM_UTF8
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32 text"),
    (codecs.BOM_UTF32_BE, "UTF-32 text"),
    (codecs.BOM_UTF16_LE, "UTF-16 text"),
    (codecs.BOM_UTF16_BE, "UTF-16 text"),
)
_EXPECTED = "UTF-8 text"
_SAVE_AS_UTF8 = "Save the file again as UTF-8 (in Excel: “CSV UTF-8”)."
_CHUNK_BYTES = 2**16


def unmarked(content: bytes) -> bytes:
    """The content without its byte order mark; raises `BadFile` on another encoding's mark and on NUL."""
    for mark, encoding in _WIDE_BOMS:
        if content.startswith(mark):
            raise refusal(Fault(encoding, _EXPECTED, _SAVE_AS_UTF8))
    content = content.removeprefix(_UTF8_BOM)
    nul = content.find(b"\0")
    if nul >= 0:
        raise _nul_refusal(content, nul)
    return content


def line_of(content: bytes, position: int) -> int:
    """The line (from 1) on which a byte stands, as an editor counts: LF, CR LF and a lone CR end one."""
    before = content[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def is_utf8(content: bytes) -> bool:
    """Whether the content is UTF-8."""
    try:
        check_utf8(content)
    except BadFile:
        return False
    return True


def check_utf8(content: bytes) -> None:
    """Raise `BadFile` unless the content is UTF-8; decoded piece by piece, as text may take four times the bytes."""
    if content.isascii():
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _CHUNK_BYTES):
        piece = content[start : start + _CHUNK_BYTES]
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=start + _CHUNK_BYTES >= len(content))
        except UnicodeDecodeError as error:
            raise _bad_byte_refusal(content, start - waiting + error.start) from None


def _nul_refusal(content: bytes, position: int) -> Exception:
    head = content[:1000]
    if max(head[0::2].count(0), head[1::2].count(0)) > len(head) // 4:
        return refusal(Fault("UTF-16 text", _EXPECTED, _SAVE_AS_UTF8))
    line, column = _place(content, position)
    fault = Fault("a NUL character", "text", "Remove it; the file may be damaged or not a text file.")
    return refusal(fault, line=line, column=column)


def _bad_byte_refusal(content: bytes, position: int) -> Exception:
    line, column = _place(content, position)
    byte = content[position]
    if content[position : position + 1] == b"\xed" and content[position + 1 : position + 2] >= b"\xa0":
        fault = Fault("half of a surrogate pair", _EXPECTED, "Write the whole character, or remove it.")
    else:
        fault = Fault(f"the byte 0x{byte:02X}{_windows_guess(content, position)}", _EXPECTED, _SAVE_AS_UTF8)
    return refusal(fault, line=line, column=column)


def _windows_guess(content: bytes, position: int) -> str:
    """What the byte is in Windows-1252, the usual stranger, when the text around it could be that."""
    try:
        character = content[position : position + 200].decode("cp1252")[0]
    except UnicodeDecodeError:
        return ""
    return f" ({quote(character)} in Windows-1252)"


def _place(content: bytes, position: int) -> tuple[int, str]:
    """The line and the column (in characters, from 1) of a byte."""
    before = content[:position]
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    return line_of(content, position), str(len(before[start:].decode("utf-8", "replace")) + 1)
