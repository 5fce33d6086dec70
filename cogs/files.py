"""Attachments into memory, on a short leash: Discord's own hosts, a size said beforehand, and little time."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from yarl import URL

from bench.errors import BadInput
from services.values import UploadedFile

LARGEST_FILE = 10 * 2**20
CONNECT_SECONDS = 5
TOTAL_SECONDS = 20
CHUNK = 64 * 1024
AGAIN = "Nothing was stored and no attempt was used; send it again."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a member attached: its name, the size in bytes that Discord declares, and where it lies."""

    filename: str
    size: int
    url: str

    @classmethod
    def from_attachment(cls, attachment: discord.Attachment) -> "SentFile":
        """As a command's option brings it."""
        return cls(attachment.filename, attachment.size, attachment.url)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "SentFile":
        """As a form's payload brings it."""
        return cls(str(payload["filename"]), int(payload["size"]), str(payload["url"]))


class Downloader:
    """Reads attachments from the hosts that it was given, and from no others."""

    def __init__(
        self, session: aiohttp.ClientSession, hosts: frozenset[str], *, total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._session = session
        self._hosts = hosts
        self._timeout = aiohttp.ClientTimeout(total=total_seconds, sock_connect=CONNECT_SECONDS)

    async def download(self, file: SentFile) -> UploadedFile:
        """The whole file; raises BadInput with one clear sentence wherever that is not possible."""
        check_size(file)
        url = checked_url(file, self._hosts)
        try:
            async with self._session.get(url, timeout=self._timeout, allow_redirects=False) as response:
                if response.status != 200:
                    raise BadInput(f"Discord did not hand the file over (HTTP {response.status}). {AGAIN}")
                content = await _read(response, file)
        except TimeoutError:
            raise BadInput(f"Discord took too long to hand the file over. {AGAIN}") from None
        except aiohttp.ClientError:
            raise BadInput(f"The file broke off on its way here. {AGAIN}") from None
        if len(content) != file.size:
            raise BadInput(f"Only {len(content):,} of the file's {file.size:,} bytes arrived. {AGAIN}")
        return UploadedFile(file.filename, content)


def check_size(file: SentFile) -> None:
    """Refuse what is too large before a byte of it is read."""
    if file.size > LARGEST_FILE:
        raise BadInput(
            f"The file has {file.size / 2**20:.1f} MiB; at most {LARGEST_FILE // 2**20} MiB can be read. "
            "Compress it with gzip (.csv.gz, .jsonl.gz) and send it again; no attempt was used."
        )


def checked_url(file: SentFile, hosts: frozenset[str]) -> URL:
    """The file's address, if it lies where Discord keeps attachments.

    Only a host on this very machine (the sandbox) may be spoken to without TLS.
    """
    try:
        url = URL(file.url)
        host = url.host or ""
        allowed = host in hosts or url.authority in hosts
    except ValueError:
        raise BadInput(f"The file has no usable address. {AGAIN}") from None
    secure = url.scheme == "https" or (url.scheme == "http" and _is_loopback(host))
    if not (allowed and secure) or url.user is not None:
        raise BadInput(f"The file does not lie where Discord keeps attachments, so it was not read. {AGAIN}")
    return url


async def _read(response: aiohttp.ClientResponse, file: SentFile) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > file.size:
            raise BadInput(f"The file is larger than the {file.size:,} bytes that Discord declared. {AGAIN}")
    return bytes(content)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
