"""Faust's configuration for a stage: an application without files, tables or a web server."""

import logging
from typing import Any, Final

import faust

from pantau.adapters.kafka.async_tokens import AsyncTokenProvider
from pantau.adapters.kafka.client import group_name
from pantau.adapters.kafka.tls import client_context
from pantau.adapters.kafka.tokens import token_source
from pantau.runtimes.distributed.faust_consumer import FETCH_BYTES
from pantau.settings import KafkaSettings

COMMIT_SECONDS: Final = 1.0
"""Commit interval in seconds. Uncommitted work is repeated after a crash."""
SESSION_SECONDS: Final = 10.0
"""Session time-out in seconds: partitions of a silent member go to others."""
HEARTBEAT_SECONDS: Final = 2.0
KEEP_SECONDS: Final = 7 * 24 * 3600.0
"""How long a member may process before it has to poll.

A server may be down for long. Requests to the group have a limit of their own (`patience`).
"""
METADATA_SECONDS: Final = 30.0
"""How soon a member learns of new partitions, including those of a topic that was missing."""


class _App(faust.App):
    """An application without files."""

    logger = logging.getLogger("faust.app")

    async def on_first_start(self) -> None:
        """Do nothing: without tables no folders are needed."""


def build_app(stage: str, settings: KafkaSettings, batch: int) -> faust.App:
    """Build the application of one stage, which buffers a few batches of records."""
    # Faust's own limit for its producer is twenty minutes, and a start waits as long for a broker
    # that accepts connections and says nothing. So does a member that asks to be let into its group
    # (JoinGroup, SyncGroup). A rebalance may last longer, up to `broker_rebalance_timeout`: then it
    # asks again as the same member, which does not prolong it (`kafka.group.membership`).
    patience = max(settings.timeout_seconds, SESSION_SECONDS + 1.0)
    return _App(
        group_name(stage, settings),
        broker=[f"kafka://{server}" for server in settings.servers],
        broker_credentials=_credentials(settings),
        broker_client_id="pantau",
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
        processing_guarantee="at_least_once",
        broker_commit_interval=COMMIT_SECONDS,
        broker_session_timeout=SESSION_SECONDS,
        broker_heartbeat_interval=HEARTBEAT_SECONDS,
        broker_request_timeout=patience,
        producer_request_timeout=patience,
        broker_max_poll_interval=KEEP_SECONDS,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=FETCH_BYTES,
        consumer_metadata_max_age_ms=round(METADATA_SECONDS * 1000),
        stream_buffer_maxsize=max(20 * batch, 1_000),
        # see `FaustStage._finish_batch`: a batch that waits for a server must not delay a rebalance
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        # no tables: this selects the standard assignor, which other tools can read
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        autodiscover=False,
    )


def _credentials(settings: KafkaSettings) -> Any:
    context = client_context(settings) if settings.security.endswith("tls") else None
    if not settings.security.startswith("sasl"):
        return faust.SSLCredentials(context) if context is not None else None
    if settings.sasl_mechanism == "OAUTHBEARER":
        return faust.OAuthCredentials(
            oauth_cb=AsyncTokenProvider(token_source(settings)), ssl_context=context
        )
    password = settings.password.get_secret_value() if settings.password is not None else None
    return faust.SASLCredentials(
        username=settings.username,
        password=password,
        ssl_context=context,
        mechanism=settings.sasl_mechanism,
    )
