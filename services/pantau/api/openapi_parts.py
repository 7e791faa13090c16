"""Parts of the OpenAPI document that are the same for many routes: headers, problems, streams."""

from http import HTTPStatus
from typing import Any, Final

from pantau.api.conditional import IF_MATCH as FORM_OF_IF_MATCH
from pantau.api.problems import MEDIA_TYPE, ProblemDetails
from pantau.api.routes import ApiRoute

IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag that was read: another version is the problem 412.",
    "schema": {"type": "string", "pattern": FORM_OF_IF_MATCH},
}
IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of an answer that the client has: 304 if it is still the same.",
    "schema": {"type": "string"},
}
KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "1 to 200 visible ASCII characters, such as a UUID, made for this request.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
LANGUAGE: Final = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Language of sentences: `en` or `id`.",
    "schema": {"type": "string"},
}
ETAG: Final = {
    "ETag": {
        "description": "Of this answer, for `If-None-Match`; of a resource that can be changed "
        "also for `If-Match`.",
        "schema": {"type": "string"},
    }
}
NOT_MODIFIED: Final[dict[str, Any]] = {
    "description": "The client has the current answer.",
    "headers": ETAG,
}
_RETRY: Final = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}
SECURITY: Final[dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of an account, where people sign in; else none is needed.",
    }
}
_STATUSES: Final = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503)
EVENTS: Final = "/events"
"""The path of the stream, below `mount.PREFIX`."""


def problem_responses(route: ApiRoute) -> dict[str, Any]:
    """Return the problems that a route can answer with, by status, and any other."""
    statuses = {400, 401, 403, 404, 429, 503}
    if route.takes_key:
        statuses |= {409, 422}
    if "confirm" in route.operation.takes.model_fields:
        statuses |= {409}
    if route.is_conditional:
        statuses |= {412}
    if route.method != "GET":
        statuses |= {413, 415}
    return problems(statuses)


def problems(statuses: set[int]) -> dict[str, Any]:
    """Return responses for statuses of problems, and for any other one."""
    found = {str(one): _to_problem(str(one)) for one in sorted(statuses)}
    return {**found, "default": _to_problem("default")}


def problem_components() -> dict[str, Any]:
    """Return what the responses of `problems` refer to."""
    named = {f"problem-{one}": _problem(one) for one in _STATUSES}
    return {**named, "problem-default": _problem(None)}


def _to_problem(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/problem-{name}"}


def _problem(status: int | None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    made: dict[str, Any] = {
        "description": "Any other problem." if status is None else f"{HTTPStatus(status).phrase}.",
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    return {**made, "headers": _RETRY} if status in {429, 503} else made


def events_path() -> dict[str, Any]:
    """Return the description of the stream of new alerts."""
    return {
        "get": {
            "operationId": "stream_events",
            "tags": ["events"],
            "summary": "Stream new alerts as server-sent events",
            "description": (
                "An event `alert` has one line of JSON with `alert_id`, `subscription_id`, "
                "`subscription`, `article_id`, `story_id`, `title`, `source`, `url` and "
                "`matched_at`; its id resumes the stream. `hello` gives an id to resume from. "
                "After `reset` read the list of alerts anew: too many were missed. Comments keep "
                "the connection alive."
            ),
            "parameters": [
                {
                    "name": "Last-Event-ID",
                    "in": "header",
                    "description": "Id of the last event that was received.",
                    "schema": {"type": "string"},
                },
                LANGUAGE,
            ],
            "responses": {
                "200": {
                    "description": "Events, until the client or the server ends the stream.",
                    "content": {"text/event-stream": {"schema": {"type": "string"}}},
                },
                **problems({401, 503}),
            },
        }
    }
