"""Reads mailboxes in threads, within limits of time and bytes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final

from pantau.adapters.http.resolver import Resolver, checked_addresses, resolve
from pantau.adapters.http.tls import tls_context
from pantau.adapters.mail.imap import FoundMails, ImapTask, read_imap
from pantau.adapters.mail.local import read_maildir, read_mbox
from pantau.feeds.formats.mail import pack_mails
from pantau.net.mailbox_address import MailboxAddress, parse_mailbox
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings

THREADS: Final = 4
"""Mailboxes read at once; one that hangs, such as a network drive, keeps one of them."""


class ThreadedMailboxes:
    """Implements `pantau.ports.Mailboxes`: documents of mails, see `pantau.feeds.formats.mail`."""

    def __init__(self, settings: FetchSettings, *, resolver: Resolver = resolve) -> None:
        self._settings = settings
        self._resolver = resolver
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mailbox")

    async def read(self, request: FetchRequest, now: datetime) -> FetchResponse:
        """Return the newest mails of a mailbox as one document. Raises FetchError."""
        try:
            mailbox = parse_mailbox(request.url)
        except ValueError as error:
            raise FetchError("refused", str(error)) from error
        seconds = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                found = await self._found(mailbox, request, now)
        except TimeoutError as error:
            message = f"it did not end within {seconds:g} seconds; see fetch.timeout_seconds"
            raise FetchError("timeout", message) from error
        if found.mails is None:
            return FetchResponse(request.url, 304, {}, b"")
        headers = {"etag": found.version} if found.version else {}
        return FetchResponse(request.url, 200, headers, pack_mails(found.mails))

    async def _found(
        self, mailbox: MailboxAddress, request: FetchRequest, now: datetime
    ) -> FoundMails:
        access = request.access
        limit = (access.max_bytes if access is not None else None) or self._settings.max_bytes
        loop = asyncio.get_running_loop()
        if mailbox.kind != "imaps":
            read = read_maildir if mailbox.kind == "maildir" else read_mbox
            return FoundMails(await loop.run_in_executor(self._threads, read, mailbox.path, limit))
        networks = self._settings.allow_networks
        # The address that was checked is the one that is connected to, as with feeds of the web.
        addresses = await checked_addresses(mailbox.host, mailbox.port, networks, self._resolver)
        password = access.password if access is not None else None
        bundle = access.ca_bundle if access is not None else None
        task = ImapTask(
            mailbox,
            addresses[0],
            password.get_secret_value() if password is not None else "",
            tls_context(bundle, verify=access is None or access.verify_tls),
            now,
            self._settings.timeout_seconds,
            limit,
            request.etag,
        )
        return await loop.run_in_executor(self._threads, read_imap, task)

    async def close(self) -> None:
        """Release the threads; one that hangs ends with the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)
