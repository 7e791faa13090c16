"""The operations on subscriptions, with their place in every face."""

from typing import Final

from pantau.operations.base.faces import FILES, LATER, READER, RECEIVER, Missing, row

_REPOSITORY: Final = "subscriptions.repository"
SUBSCRIPTION_ROWS: Final = (
    row(
        "subscriptions",
        f"{_REPOSITORY}.SubscriptionRepository",
        "subscriptions list",
        "list_subscriptions",
        "/subscriptions",
    ),
    row(
        "subscription",
        f"{_REPOSITORY}.SubscriptionRepository",
        "subscriptions show",
        "read_subscription",
        "/subscriptions/{id}",
    ),
    row(
        "subscribe",
        "subscriptions.subscribing.subscribe",
        "subscribe",
        "create_subscription",
        "/subscriptions/new, /start/alert",
    ),
    row(
        "change a subscription",
        "subscriptions.editing.edit",
        "subscriptions edit",
        "update_subscription",
        "/subscriptions/{id}/edit, /subscriptions/{id}/edit/backtest",
    ),
    row(
        "change subscriptions with a tag",
        "subscriptions.tagged.edit_tagged",
        "subscriptions edit",
        Missing("programs list those with a tag, and change each at the version they have read"),
        "/subscriptions/tagged",
    ),
    row(
        "copy a subscription",
        "subscriptions.editing.copy",
        "subscriptions copy",
        "copy_subscription",
        "/subscriptions/{id}/copy",
    ),
    row(
        "pause a subscription",
        f"{_REPOSITORY}.set_paused",
        "subscriptions pause",
        "pause_subscription",
        "/subscriptions/{id}/pause",
    ),
    row(
        "resume a subscription",
        f"{_REPOSITORY}.set_paused",
        "subscriptions resume",
        "resume_subscription",
        "/subscriptions/{id}/resume",
    ),
    row(
        "remove a subscription",
        f"{_REPOSITORY}.remove",
        "subscriptions remove",
        "remove_subscription",
        "/subscriptions/{id}/remove",
    ),
    row(
        "mute",
        "rules.muting.mute",
        "subscriptions mute",
        "mute_subscription",
        "/subscriptions/{id}/mute, /mute/{token}",
    ),
    row(
        "unsubscribe",
        "channels.unsubscribing.unsubscribe",
        RECEIVER,
        RECEIVER,
        "/unsubscribe/{token}",
    ),
    row(
        "unmute",
        "rules.muting.unmute",
        "subscriptions unmute",
        "unmute_subscription",
        "/subscriptions/{id}/unmute",
    ),
    row(
        "trial message",
        "channels.trial.send_trials",
        "subscriptions test",
        "send_trial_messages",
        "/subscriptions/{id}/test",
    ),
    row(
        "feed address",
        "subscriptions.feed_addresses.make_feed_address",
        "subscriptions feed",
        "make_feed_address",
        "/subscriptions/{id}/feed-address",
    ),
    row(
        "end a feed address",
        "subscriptions.feed_addresses.revoke_feed_address",
        "subscriptions feed",
        "revoke_feed_address",
        "/subscriptions/{id}/feed-address/end",
    ),
    row(
        "feed of a subscription",
        "subscriptions.feed_addresses.find_by_secret",
        READER,
        READER,
        "/s/{name}",
    ),
    row(
        "preview",
        "subscriptions.backtest.backtest.backtest",
        "subscriptions preview",
        "preview_subscription",
        "/subscriptions/new, /subscriptions/new/backtest",
    ),
    row(
        "subscriptions of a file",
        "subscriptions.importing.import_rows",
        "subscriptions import, subscriptions export",
        FILES,
        LATER,
    ),
)
"""Rows of `faces.ROWS`."""
