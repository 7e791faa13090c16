"""A real Kafka with two more listeners: one demands certificates, one tokens (OAUTHBEARER)."""

import base64
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pantau.local.jars import KAFKA, installed
from pantau.local.kafka import Kafka
from pantau.local.servers import START_SECONDS
from pantau.settings import KafkaSettings

HOST = "127.0.0.1"
_CLASSES = "org.apache.kafka.common.security.oauthbearer"


@dataclass(frozen=True)
class Secured:
    """Where the listeners are, and a folder with what clients show."""

    mutual: str
    token: str
    folder: Path

    def by_certificate(self, name: str | None) -> KafkaSettings:
        shown = {} if name is None else {"cert_file": self.folder / name}
        return KafkaSettings.model_validate(
            {
                "servers": (self.mutual,),
                "security": "tls",
                "ca_file": self.folder / "ca.pem",
                **shown,
            }
        )

    def by_token(self, name: str) -> KafkaSettings:
        return KafkaSettings(
            servers=(self.token,),
            security="sasl_tls",
            sasl_mechanism="OAUTHBEARER",
            ca_file=self.folder / "ca.pem",
            token_file=self.folder / name,
        )


@contextmanager
def secured_broker(folder: Path, ports: list[int]) -> Iterator[Secured]:
    """Run a broker; `ports` are of its listeners: plain, controller, certificates, tokens."""
    authority = trustme.CA()
    kafka = Kafka(folder, ports[0], ports[1])
    home = installed(KAFKA, lambda _: None)
    kafka.prepare(home, lambda _: None)
    settings = folder / "server.properties"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(_secured(text, ports, authority), encoding="utf-8")
    _write_credentials(folder, authority)
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            kafka.command(home, full_speed=False), stdout=out, stderr=subprocess.STDOUT
        )
        try:
            until = time.monotonic() + START_SECONDS
            while not kafka.answers():
                assert process.poll() is None, (folder / "out").read_text(errors="replace")
                assert time.monotonic() < until, "the broker did not start in time"
                time.sleep(0.1)
            yield Secured(f"{HOST}:{ports[2]}", f"{HOST}:{ports[3]}", folder)
        finally:
            process.kill()
            process.wait()


def _secured(text: str, ports: list[int], authority: trustme.CA) -> str:
    """Return the broker's settings with both listeners and their certificate."""
    server = authority.issue_cert(HOST)
    key = load_pem_private_key(server.private_key_pem.bytes(), None)
    chain = b"".join(one.bytes() for one in server.cert_chain_pems)
    plain = f"PLAINTEXT://{HOST}:{ports[0]}"
    more = f"{plain},MUTUAL://{HOST}:{ports[2]},TOKEN://{HOST}:{ports[3]}"
    known = "PLAINTEXT:PLAINTEXT,"
    login = f"{_CLASSES}.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="
    values = {
        "inter.broker.listener.name": "PLAINTEXT",
        "ssl.keystore.type": "PEM",
        "ssl.truststore.type": "PEM",
        "ssl.keystore.certificate.chain": _line(chain),
        "ssl.keystore.key": _line(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        ),
        "ssl.truststore.certificates": _line(authority.cert_pem.bytes()),
        "listener.name.mutual.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "OAUTHBEARER",
        "listener.name.token.oauthbearer.sasl.jaas.config": f'{login}"admin";',
        # It reads tokens without a signature: that of a real one is the broker's affair.
        "listener.name.token.oauthbearer.sasl.server.callback.handler.class": (
            f"{_CLASSES}.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler"
        ),
    }
    changed = text.replace(plain, more).replace(known, f"{known}MUTUAL:SSL,TOKEN:SASL_SSL,")
    return changed + "".join(f"{name}={value}\n" for name, value in values.items())


def _line(pem: bytes) -> str:
    return pem.decode().strip().replace("\n", "\\n")


def _write_credentials(folder: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(folder / "ca.pem")
    for name, issuer in (("good.pem", authority), ("foreign.pem", trustme.CA())):
        client = issuer.issue_cert("pantau.example")
        client.private_key_and_cert_chain_pem.write_to_path(folder / name)
    now = time.time()
    for name, begins, ends in (("good", now - 60, now + 3_600), ("expired", 1.0, 2.0)):
        claims = {"sub": "pantau", "iat": begins, "exp": ends}
        token = f"{_part({'alg': 'none'})}.{_part(claims)}."
        (folder / f"{name}.token").write_text(token + "\n", encoding="utf-8")


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
