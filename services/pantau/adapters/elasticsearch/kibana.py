"""Imports Pantau's saved objects into Kibana.

Objects with the same ids are replaced. The address is the operator's own, given on the command
line, and only it is contacted: no proxy of the environment, no redirect is followed. Kibana accepts
the credentials of Elasticsearch. Interface:
https://www.elastic.co/docs/api/doc/kibana/operation/operation-post-saved-objects-import
"""

import base64
import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from pantau.errors import RetryError, StopError, UsageError
from pantau.problems import problem
from pantau.settings import ElasticSettings

_PATH: Final = "/api/saved_objects/_import?overwrite=true"
_LIMIT: Final = 1_000_000
_BOUNDARY: Final = "pantau-saved-objects"
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Transient statuses: Kibana answers 503 until it is ready."""


def import_objects(url: str, objects: str, settings: ElasticSettings) -> int:
    """Import objects, one JSON object per line; return how many Kibana accepted.

    Raises RetryError when it does not answer or is not ready, StopError when it refuses, UsageError
    when `url` is not an address of a Kibana.
    """
    status, body = _post(url, _multipart(objects), settings)
    if status in _PASSING:
        message = f"Kibana at {url} is not ready (status {status})"
        raise RetryError(message)
    if status in {401, 403}:
        message = (
            f"Kibana refuses (status {status}): set elasticsearch.username and password, or api_key"
        )
        raise StopError(message)
    answer = _read(body)
    if status != 200 or "successCount" not in answer:
        other = problem("settings.kibana-other", url=url, status=status, reason=_reason(answer))
        raise UsageError(other)
    if not answer.get("success"):
        message = f"Kibana did not take all objects: {_reason(answer)}"
        raise StopError(message)
    return int(answer["successCount"])


def _multipart(objects: str) -> bytes:
    head = 'Content-Disposition: form-data; name="file"; filename="pantau.ndjson"'
    kind = "Content-Type: application/ndjson"
    return f"--{_BOUNDARY}\r\n{head}\r\n{kind}\r\n\r\n{objects}\r\n--{_BOUNDARY}--\r\n".encode()


def _post(url: str, body: bytes, settings: ElasticSettings) -> tuple[int, bytes]:
    scheme, host, port, path = _address(url)
    headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}", "kbn-xsrf": "pantau"}
    headers |= _credentials(settings)
    connection = _connect(scheme, host, port, settings)
    try:
        connection.request("POST", path + _PATH, body, headers)
        response = connection.getresponse()
        return response.status, response.read(_LIMIT)
    except ssl.SSLCertVerificationError as error:
        message = (
            f"Kibana's certificate is not trusted ({error.verify_message}); set "
            "elasticsearch.ca_file"
        )
        raise StopError(message) from error
    except (OSError, http.client.HTTPException) as error:
        message = f"Kibana at {url} does not answer: {error}"
        raise RetryError(message) from error
    finally:
        connection.close()


def _address(url: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(url)
        if parts.hostname and parts.scheme in {"http", "https"} and "@" not in parts.netloc:
            return parts.scheme, parts.hostname, parts.port, parts.path.rstrip("/")
    except ValueError:  # an invalid port
        pass
    # The address is not repeated: it may contain a password.
    raise UsageError(problem("settings.kibana-address"))


def _connect(
    scheme: str, host: str, port: int | None, settings: ElasticSettings
) -> http.client.HTTPConnection:
    timeout = settings.timeout_seconds
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        message = f"elasticsearch.ca_file cannot be used: {error.strerror or error}"
        raise StopError(message) from error
    return http.client.HTTPSConnection(host, port, timeout=timeout, context=context)


def _credentials(settings: ElasticSettings) -> dict[str, str]:
    if settings.api_key is not None:
        return {"Authorization": f"ApiKey {settings.api_key.get_secret_value()}"}
    if settings.username is not None and settings.password is not None:
        pair = f"{settings.username}:{settings.password.get_secret_value()}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _reason(answer: Mapping[str, Any]) -> str:
    """Return Kibana's error message, truncated to one line."""
    errors = [
        f"{one.get('type')} {one.get('id')}: {one.get('error', {}).get('type')}"
        for one in answer.get("errors", ())
        if isinstance(one, dict) and isinstance(one.get("error", {}), dict)
    ]
    return ("; ".join(errors) or str(answer.get("message") or "no reason given"))[:500]
