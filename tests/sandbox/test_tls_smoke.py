import asyncio
import os
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
import trustme

from sandbox.server import Sandbox
from sandbox.uploads import Upload

HOSTS = ("discord.com", "gateway.discord.gg", "cdn.discordapp.com")
CLIENT = Path(__file__).with_name("tls_client.py")


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """The server's side: one certificate for all of Discord's names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*HOSTS).configure_cert(context)
    return context


@asynccontextmanager
async def client_process(authority: Path, sandbox: Sandbox) -> AsyncIterator[None]:
    """The bot in a process of its own, in which no test has bent discord.py."""
    port = str(urlsplit(sandbox.url).port)
    environment = {**os.environ, "DISCORD_TOKEN": sandbox.token}
    process = await asyncio.create_subprocess_exec(sys.executable, CLIENT, authority, port, env=environment)
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_unpatched_discord_py_logs_in_downloads_and_answers_over_tls(
    authority: trustme.CA, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    async with Sandbox.open(tls=certificate) as sandbox:
        guild = sandbox.add_guild("Slang lab")
        ada = sandbox.actor(guild, "Ada")
        async with client_process(trusted, sandbox):
            await sandbox.ready(timeout=20)
            reply = await ada.slash("count", file=Upload("outputs.csv", b"id,output\n1,x\n"))
            await reply.settled(10)
        assert reply.text == "14 bytes by way of discord.com, gateway.discord.gg, cdn.discordapp.com"
        assert sandbox.log.violations == []


async def test_a_client_that_does_not_trust_the_authority_stays_out(certificate: ssl.SSLContext) -> None:
    async with Sandbox.open(tls=certificate) as sandbox, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(f"{sandbox.url}/api/v10/users/@me")
