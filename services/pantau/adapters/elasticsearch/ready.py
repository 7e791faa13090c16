"""A check that Elasticsearch answers."""

from contextlib import closing
from http import HTTPStatus

from elasticsearch import ApiError

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.errors import StopError
from pantau.settings import ElasticSettings


def require_answer(settings: ElasticSettings, seconds: float) -> None:
    """Check that the server answers within `seconds`.

    Raises RetryError while it does not, StopError if it refuses the login or is something else. A
    user who may write articles, but not ask for the cluster's health, is answered all the same.
    """
    quick = settings.model_copy(update={"timeout_seconds": seconds})
    try:
        with closing(ElasticClient(quick)) as client, client.use() as server:
            server.cluster.health()
    except StopError as error:
        cause = error.__cause__
        if not isinstance(cause, ApiError) or cause.status_code != HTTPStatus.FORBIDDEN:
            raise
