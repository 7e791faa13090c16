"""Which method and path calls which operation."""

import re
from dataclasses import dataclass
from typing import Final

from pantau.operations.base.operation import FaceOperation
from pantau.operations.catalogue import OPERATIONS

_NAMED: Final = re.compile(r"\{(\w+)\}")
VERSION_FIELD: Final = "if_version"
"""Field of an input that the header `If-Match` fills."""


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """An operation at a method and a path; `status` is that of its answer."""

    method: str
    path: str
    operation: FaceOperation
    status: int = 200

    @property
    def path_fields(self) -> tuple[str, ...]:
        """The fields of the input that the path has."""
        return tuple(_NAMED.findall(self.path))

    @property
    def has_body(self) -> bool:
        """True if the fields that are not in the path are in a body, else in the query string."""
        return self.method in {"POST", "PATCH"}

    @property
    def is_conditional(self) -> bool:
        """True if a change can be made to depend on the version that was read."""
        return VERSION_FIELD in self.operation.takes.model_fields

    @property
    def takes_key(self) -> bool:
        """True if a repeat can be recognised by the header `Idempotency-Key`."""
        return self.method == "POST" and self.operation.effect != "reads"

    @property
    def other_fields(self) -> tuple[str, ...]:
        """The fields of the input in the body, or in the query string."""
        known = {*self.path_fields, VERSION_FIELD}
        return tuple(one for one in self.operation.takes.model_fields if one not in known)


def _route(line: str, name: str, status: int = 200) -> ApiRoute:
    method, _, path = line.partition(" ")
    return ApiRoute(method, path, OPERATIONS[name], status)


ROUTES: Final = (
    _route("GET /search", "search_articles"),
    _route("GET /articles/{id}", "read_article"),
    _route("GET /articles/{id}/reasons", "explain_alert"),
    _route("GET /stories", "list_stories"),
    _route("GET /stories/{id}", "read_story"),
    _route("GET /entities", "list_entities"),
    _route("GET /entities/{type}/{id}", "read_entity"),
    _route("GET /reports/{date}", "read_report"),
    _route("GET /reports/{date}/file", "export_report"),
    _route("GET /report-schedules", "list_report_schedules"),
    _route("POST /report-schedules", "schedule_report", 201),
    _route("DELETE /report-schedules/{id}", "remove_report_schedule"),
    _route("GET /alerts", "list_alerts"),
    _route("GET /alerts/{id}", "read_alert"),
    _route("POST /alerts/triage", "triage_alerts"),
    _route("GET /inbox", "list_inbox"),
    _route("POST /queries/check", "check_query"),
    _route("POST /queries/explain", "explain_query"),
    _route("GET /subscriptions", "list_subscriptions"),
    _route("POST /subscriptions", "create_subscription", 201),
    _route("POST /subscriptions/preview", "preview_subscription"),
    _route("GET /subscriptions/{id}", "read_subscription"),
    _route("PATCH /subscriptions/{id}", "update_subscription"),
    _route("DELETE /subscriptions/{id}", "remove_subscription"),
    _route("POST /subscriptions/{id}/copy", "copy_subscription", 201),
    _route("POST /subscriptions/{id}/pause", "pause_subscription"),
    _route("POST /subscriptions/{id}/resume", "resume_subscription"),
    _route("POST /subscriptions/{id}/mute", "mute_subscription"),
    _route("POST /subscriptions/{id}/unmute", "unmute_subscription"),
    _route("GET /subscriptions/{id}/template", "read_template"),
    _route("POST /subscriptions/{id}/template", "change_template"),
    _route("POST /subscriptions/{id}/test", "send_trial_messages"),
    _route("POST /subscriptions/{id}/feed-address", "make_feed_address", 201),
    _route("DELETE /subscriptions/{id}/feed-address", "revoke_feed_address"),
    _route("GET /feeds", "list_feeds"),
    _route("POST /feeds", "add_feed"),
    _route("GET /feeds/{id}", "read_feed"),
    _route("PATCH /feeds/{id}", "update_feed"),
    _route("DELETE /feeds/{id}", "remove_feed"),
    _route("POST /feeds/{id}/poll", "poll_feed"),
    _route("POST /feeds/{id}/pause", "pause_feed"),
    _route("POST /feeds/{id}/resume", "resume_feed"),
    _route("GET /channels", "list_channels"),
    _route("POST /channels/{id}/resume", "resume_channel"),
    _route("GET /lists", "list_name_lists"),
    _route("GET /lists/{id}", "read_name_list"),
    _route("PATCH /lists/{id}", "change_name_list"),
    _route("DELETE /lists/{id}", "remove_name_list"),
    _route("GET /accounts", "list_accounts"),
    _route("POST /accounts", "add_account", 201),
    _route("GET /accounts/{id}", "read_account"),
    _route("PATCH /accounts/{id}", "change_account"),
    _route("POST /accounts/{id}/password", "reset_password"),
    _route("POST /accounts/{id}/end-sessions", "end_sessions"),
    _route("POST /accounts/{id}/unlock", "unlock_account"),
    _route("GET /status", "read_status"),
    _route("GET /dead-letters", "list_dead_letters"),
    _route("POST /dead-letters/{id}/retry", "retry_dead_letter"),
    _route("POST /dead-letters/{id}/discard", "discard_dead_letter"),
)
"""All routes, below `mount.PREFIX`."""
