"""The connection to Elasticsearch, and the conversion of its errors.

Nothing connects before the first request.
"""

import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TlsError, TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from pantau.errors import PantauError, RetryError, StopError, UsageError
from pantau.settings import ElasticSettings

log = logging.getLogger(__name__)

PASSING: Final = frozenset(
    {
        "circuit_breaking_exception",
        "cluster_block_exception",  # a disk that is nearly full makes indexes read-only
        "es_rejected_execution_exception",
        "index_closed_exception",
        "index_not_found_exception",
        "master_not_discovered_exception",
        "no_shard_available_action_exception",
        "process_cluster_event_timeout_exception",
        "unavailable_shards_exception",
        "validation_exception",  # the cluster has reached its maximum number of shards
    }
)
"""Errors caused by the state of the cluster, whatever their status.

They are transient and not the document's fault.
"""
_TOO_COMPLEX: Final = ("too_many", "maxClauseCount", "max_clause_count", "nested", "too complex")


class _QuietNode(Urllib3HttpNode):
    """Logs warnings of the server.

    A Python warning would not reach the operator.
    """

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        response = super().perform_request(*args, **kwargs)
        warning = response.meta.headers.get("warning")
        if warning is not None:
            del response.meta.headers["warning"]
            log.debug("Elasticsearch warns: %s", warning)
        return response


class ElasticClient:
    """One client, shared by all threads.

    Requests go through `use`, which converts errors to Pantau's.
    """

    def __init__(self, settings: ElasticSettings) -> None:
        """Validate the settings. Raises StopError if they cannot work."""
        self.address = ", ".join([_address(one) for one in (settings.url, *settings.more_urls)])
        self.timeout_seconds = settings.timeout_seconds
        self._settings = settings
        # It logs every failure; callers report them more concisely.
        logging.getLogger("elastic_transport").setLevel(logging.ERROR)
        try:
            self._client = _connect(settings)
        except (ValueError, OSError, TransportError) as error:
            reason = getattr(error, "strerror", None) or error
            message = f"elasticsearch.url or elasticsearch.ca_file cannot be used: {reason}"
            raise StopError(message) from error

    @contextmanager
    def use(self, refused: type[PantauError] = StopError) -> Iterator[Elasticsearch]:
        """Yield the client and convert its errors; an invalid request is converted to `refused`."""
        try:
            yield self._client
        except (ApiError, TransportError) as error:
            raise converted(error, self.address, refused) from error

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _urls(settings: ElasticSettings) -> tuple[str, ...]:
    """Return the addresses of all nodes, each once.

    Raises StopError if they mix http and https: credentials would be sent unencrypted to some.
    """
    urls = tuple(dict.fromkeys((settings.url, *settings.more_urls)))
    if len({urlsplit(one).scheme for one in urls}) > 1:
        message = "elasticsearch.url and more_urls mix http and https: use one of them for all"
        raise StopError(message)
    return urls


def _address(url: str) -> str:
    """Return the address without user name and password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port is None:
        message = (
            "elasticsearch.url: expected scheme, host and port, such as "
            "http://elasticsearch:9200; the same goes for each of elasticsearch.more_urls"
        )
        raise StopError(message)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}"


def _connect(settings: ElasticSettings) -> Elasticsearch:
    given: dict[str, Any] = {}
    if settings.api_key is not None:
        given["api_key"] = settings.api_key.get_secret_value()
    elif settings.username is not None:
        password = settings.password.get_secret_value() if settings.password else ""
        given["basic_auth"] = (settings.username, password)
    urls = _urls(settings)
    if settings.ca_file is not None and urls[0].startswith("https"):
        given["ssl_context"] = ssl.create_default_context(cafile=settings.ca_file)
    return Elasticsearch(
        list(urls),
        node_class=_QuietNode,
        request_timeout=settings.timeout_seconds,
        # One immediate retry, for a connection that the server closed, and one for each further
        # node; callers do longer retries.
        max_retries=len(urls),
        retry_on_status=(),
        retry_on_timeout=False,
        **given,
    )


def converted(
    error: Exception, address: str, refused: type[PantauError] = StopError
) -> PantauError:
    """Return the Pantau error that determines what happens next."""
    if isinstance(error, UnsupportedProductError):
        return StopError(f"elasticsearch.url: {address} is not an Elasticsearch")
    if isinstance(error, ApiError):
        return _of_status(error, address, refused)
    if isinstance(error, ConnectionTimeout):
        return RetryError(
            f"Elasticsearch at {address} did not answer in time (elasticsearch.timeout_seconds)"
        )
    if isinstance(error, TlsError):
        return RetryError(
            f"Elasticsearch at {address} cannot be trusted ({error.message}); see "
            "elasticsearch.ca_file"
        )
    return RetryError(f"Elasticsearch at {address} cannot be reached: {_first_line(error)}")


def _of_status(error: ApiError, address: str, refused: type[PantauError]) -> PantauError:
    kind, reason = reason_of(error.body)
    status = error.meta.status
    if kind in PASSING or status in {404, 408, 429} or status >= 500:
        return RetryError(f"Elasticsearch at {address} cannot do it now ({status}): {reason}")
    if status in {401, 403}:
        return StopError(
            f"Elasticsearch at {address} refuses us ({status}): {reason}; "
            "see elasticsearch.username, password and api_key"
        )
    if refused is UsageError and any(sign in reason for sign in _TOO_COMPLEX):
        return refused(f"the query is too complex for Elasticsearch: {reason}")
    return refused(f"Elasticsearch refuses the request ({status}): {reason}")


def reason_of(body: object) -> tuple[str, str]:
    """Return type and reason of an error, of a request or of one item of a bulk request."""
    error: object = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(error, Mapping):
        return "", _shortened(str(error))
    inner = error
    while True:  # the root cause is the most specific
        causes = inner.get("root_cause") or [inner.get("caused_by")]
        if not isinstance(causes[0], Mapping) or causes[0] == inner:
            break
        inner = causes[0]
    kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
    root = str(inner.get("reason", ""))
    if kind == "search_phase_execution_exception":
        kind, reason = str(inner.get("type", "")), root
    elif root and root not in reason:
        reason = f"{reason}: {root}"
    return kind, _shortened(f"{kind}: {reason}")


def _shortened(text: str) -> str:
    return text if len(text) <= 500 else f"{text[:500]}..."


def _first_line(error: Exception) -> str:
    """Return the problem without the driver's object representations."""
    text = str(getattr(error, "message", "")) or type(error).__name__
    if "refused" in text:
        return "connection refused"
    return _shortened(text.rpartition(": ")[2] if ">: " in text else text)
