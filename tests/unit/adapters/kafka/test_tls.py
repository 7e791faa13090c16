"""Certificates towards brokers: whom we trust, what we show, and what is said of a fault."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr, ValidationError

from pantau.adapters.kafka.client import connection
from pantau.adapters.kafka.reachable import explain
from pantau.adapters.kafka.tls import client_context
from pantau.errors import RetryError, StopError
from pantau.runtimes.distributed.faust_config import build_app
from pantau.settings import KafkaSettings

AUTHORITY = trustme.CA()
CLIENT = AUTHORITY.issue_cert("pantau.example")
SERVER = AUTHORITY.issue_cert("127.0.0.1")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Write an authority, and the certificate and key of a client."""
    paths = {name: tmp_path / name for name in ("ca", "cert", "key", "both")}
    AUTHORITY.cert_pem.write_to_path(paths["ca"])
    CLIENT.cert_chain_pems[0].write_to_path(paths["cert"])
    CLIENT.private_key_pem.write_to_path(paths["key"])
    CLIENT.private_key_and_cert_chain_pem.write_to_path(paths["both"])
    return paths


def settings(**given: Any) -> KafkaSettings:
    return KafkaSettings(servers=("127.0.0.1:9",), security="tls", **given)


@contextmanager
def broker(*, demands: bool) -> Iterator[tuple[str, list[Any]]]:
    """Yield the address of a server with TLS, and the certificates that it was shown."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    SERVER.configure_cert(context)
    AUTHORITY.configure_trust(context)
    if demands:
        context.verify_mode = ssl.CERT_REQUIRED
    shown: list[Any] = []

    def serve(server: socket.socket) -> None:
        try:
            accepted, _ = server.accept()
        except OSError:  # the test is over
            return
        with closing(accepted):
            accepted.settimeout(60)
            try:
                with context.wrap_socket(accepted, server_side=True) as secured:
                    shown.append(secured.getpeercert())
                    secured.recv(1)  # until the client has heard enough
            except OSError as error:
                shown.append(error)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", shown
        thread.join(60)
        assert not thread.is_alive()


class TestContext:
    @pytest.mark.parametrize("together", [True, False])
    def test_the_certificate_is_shown_to_the_broker(
        self, files: dict[str, Path], *, together: bool
    ) -> None:
        own = (
            {"cert_file": files["both"]}
            if together
            else {"cert_file": files["cert"], "key_file": files["key"]}
        )
        context = client_context(settings(ca_file=files["ca"], **own))
        with broker(demands=True) as (address, shown):
            host, _, port = address.partition(":")
            with (
                socket.create_connection((host, int(port)), 60) as plain,
                context.wrap_socket(plain, server_hostname=host) as secured,
            ):
                assert secured.version() == "TLSv1.3"
                secured.sendall(b"x")
        (certificate,) = shown
        assert ("DNS", "pantau.example") in certificate["subjectAltName"]

    @pytest.mark.parametrize("name", ["cert", "key"])
    def test_a_file_that_is_missing_is_named_by_its_setting(
        self, files: dict[str, Path], name: str
    ) -> None:
        files[name].unlink()
        with pytest.raises(StopError, match=r"kafka\.cert_file.*cannot be used"):
            client_context(settings(cert_file=files["cert"], key_file=files["key"]))

    def test_a_key_that_is_locked_asks_nobody_on_the_terminal(self, files: dict[str, Path]) -> None:
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 (here alone)
            BestAvailableEncryption,
            Encoding,
            PrivateFormat,
            load_pem_private_key,
        )

        key = load_pem_private_key(files["key"].read_bytes(), None)
        locked = key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"rahasia")
        )
        files["key"].write_bytes(locked)
        own = {"cert_file": files["cert"], "key_file": files["key"]}
        client_context(settings(key_password=SecretStr("rahasia"), **own))
        for wrong in (None, SecretStr("lain")):
            with pytest.raises(StopError, match=r"kafka\.key_password") as caught:
                client_context(settings(key_password=wrong, **own))
            assert "lain" not in str(caught.value)

    def test_no_certificates_in_the_file_of_the_authority(self, tmp_path: Path) -> None:
        (tmp_path / "ca").write_text("nothing", encoding="utf-8")
        with pytest.raises(StopError, match=r"kafka\.ca_file"):
            client_context(settings(ca_file=tmp_path / "ca"))

    def test_both_clients_get_the_certificate(self, files: dict[str, Path]) -> None:
        """Its absence fails where it would be used, in kafka-python's options and in Faust's."""
        good = settings(ca_file=files["ca"], cert_file=files["both"])
        assert isinstance(connection(good)["ssl_context"], ssl.SSLContext)
        of_faust: Any = build_app("enricher", good, 1).conf.broker_credentials
        assert isinstance(of_faust.context, ssl.SSLContext)
        bad = good.model_copy(update={"cert_file": files["ca"]})
        with pytest.raises(StopError, match=r"kafka\.cert_file"):
            connection(bad)
        with pytest.raises(StopError, match=r"kafka\.cert_file"):
            build_app("enricher", bad, 1)

    def test_without_tls_there_is_no_context(self) -> None:
        assert "ssl_context" not in connection(KafkaSettings(servers=("a:1",)))


class TestRefusals:
    def test_a_broker_that_demands_a_certificate_is_understood(
        self, files: dict[str, Path]
    ) -> None:
        with broker(demands=True) as (address, shown):
            given = settings(ca_file=files["ca"]).model_copy(update={"servers": (address,)})
            error = explain(OSError("closed"), given)
        assert isinstance(error, StopError)
        assert "kafka.cert_file" in str(error)
        assert isinstance(shown[0], OSError)

    def test_one_that_demands_none_is_not_accused(self, files: dict[str, Path]) -> None:
        with broker(demands=False) as (address, _):
            given = settings(ca_file=files["ca"]).model_copy(update={"servers": (address,)})
            error = explain(OSError("closed"), given)
        assert isinstance(error, RetryError)
        assert "does not speak the protocol" in str(error)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"security": "tls", "key_file": "k.pem"}, "cert_file"),
        ({"cert_file": "c.pem"}, "security"),
        ({"security": "sasl_plaintext", "cert_file": "c.pem"}, "security"),
        ({"security": "sasl_tls", "sasl_mechanism": "OAUTHBEARER"}, "token_url or token_file"),
        (
            {
                "security": "sasl_tls",
                "sasl_mechanism": "OAUTHBEARER",
                "token_url": "https://a.example/t",
                "token_file": "t",
            },
            "token_url or token_file",
        ),
        (
            {
                "security": "sasl_tls",
                "sasl_mechanism": "OAUTHBEARER",
                "token_url": "https://a.example/t",
                "username": "u",
            },
            "username and password",
        ),
        ({"token_url": "login.example/token"}, "https://login.example.org/token"),
        ({"token_url": "https://u:p@login.example/token"}, "https://login.example.org/token"),
        ({"token_url": "https://login.example:x/"}, "https://login.example.org/token"),
    ],
)
def test_combinations_that_can_never_log_in_are_refused(given: dict[str, str], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        KafkaSettings.model_validate(given)
