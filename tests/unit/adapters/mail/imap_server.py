"""A small IMAP server over TLS (RFC 3501), which can also misbehave."""

import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

_COMMAND: Final = re.compile(rb"(\S+) (UID )?(\S+) ?(.*)\r\n")


@dataclass
class ImapServer:
    """Serves one folder, `News`, to one user; `commands` are those that it received."""

    certificate: tuple[str, str]
    mails: list[bytes] = field(default_factory=list)
    password: str = "geheim"
    greeting: bytes = b"* OK ready\r\n"
    hangs_at: bytes = b""
    commands: list[bytes] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*self.certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ended = threading.Event()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        # Closed alone it would be accepted at on: once that is interrupted, at the next server's,
        # which has the same descriptor.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(one,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(plain, server_side=True) as client:
            client.sendall(self.greeting)
            stream = client.makefile("rb")
            while line := stream.readline(10_000):
                found = _COMMAND.fullmatch(line)
                if found is None:
                    return
                tag, _, name, rest = found.groups()
                self.commands.append(name + b" " + rest)
                if name == self.hangs_at:
                    self._ended.wait(60)
                    return
                client.sendall(self._answer(tag, name, rest))

    def _answer(self, tag: bytes, name: bytes, rest: bytes) -> bytes:
        done = tag + b" OK done\r\n"
        match name:
            case b"CAPABILITY":
                return b"* CAPABILITY IMAP4rev1\r\n" + done
            case b"LOGIN":
                fits = rest == b'desk "%s"' % self.password.encode()
                return done if fits else tag + b" NO wrong\r\n"
            case b"SELECT" | b"EXAMINE":
                if rest != b'"News"':
                    return tag + b" NO no such folder\r\n"
                return b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n" % len(self.mails) + done
            case b"SEARCH":
                uids = b" ".join(b"%d" % (number + 1) for number in range(len(self.mails)))
                return b"* SEARCH " + uids + b"\r\n" + done
            case b"FETCH":
                number, limit = re.fullmatch(rb"(\d+) \(BODY.PEEK\[\]<0\.(\d+)>\)", rest).groups()  # type: ignore[union-attr]
                mail = self.mails[int(number) - 1][: int(limit)]
                head = b"* %s FETCH (UID %s BODY[]<0> {%d}\r\n" % (number, number, len(mail))
                return head + mail + b")\r\n" + done
            case _:
                return tag + b" BAD what\r\n"
