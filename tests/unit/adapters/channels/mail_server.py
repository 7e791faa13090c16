"""A real SMTP server on the loopback, in the loop of the test."""

import asyncio
import contextlib
import email
import email.policy
from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any, Final

from aiosmtpd.smtp import SMTP, AuthResult

PASSWORD: Final = "rahasia-sekali"


class Mailbox:
    """Handler of aiosmtpd: keeps what comes, answers what a test says."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.sessions: set[int] = set()
        self.rcpt_answer = "250 OK"
        self.data_answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.data_answer.startswith("250"):
            self.raw.append(envelope.content)
            self.mails.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
            self.sessions.add(id(session))
        return self.data_answer


def authenticate(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@contextlib.asynccontextmanager
async def mail_server(handler: object) -> AsyncIterator[int]:
    """Serve SMTP by a handler of aiosmtpd on a free port; yield the port."""
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(
            handler,
            hostname="127.0.0.1",
            authenticator=authenticate,
            auth_require_tls=False,
            loop=loop,
        )

    server = await loop.create_server(session, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
