"""Matching of articles against subscriptions, which produces alerts.

stage            an article against all subscriptions; follows their tables
decide           whether an article alerts, and the alert with its snippets  (pure)
details          what else an alert carries, each part within a bound         (pure)
copies           the same article under other addresses                       (pure)
matched_query    what is held of a subscription                               (pure)
list_table       lists of names, followed as a table
suspend, suspensions   subscriptions that cost too much
"""
