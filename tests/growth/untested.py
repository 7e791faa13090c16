"""Functions and classes that grow with no text from outside, each with its reason.

What has a reason here is not measured; so a reason is given for a function, and for a class only where none of its
methods looks into a text.
"""

from typing import Final

_OWN = "takes what the program itself wrote down: tables, rules, models, settings"
_IDS = "takes ids, keys, names and numbers of the program"
_PARTS = "puts parts together"
_MOVES = "moves what others read and write, and looks into no text"
_NETWORK = "speaks to a server; what comes back is read by parts that are measured"
_TREE = "makes one node of nodes; the queries that it is part of are measured"

UNTESTED: Final = {
    "pantau.adapters.alert_file.AlertFileDriver": _MOVES,
    "pantau.adapters.alert_file.append": _MOVES,
    "pantau.adapters.alert_file.convert": _OWN,
    "pantau.adapters.http1.IdleConnections": _MOVES,
    "pantau.adapters.http1.connect": _NETWORK,
    "pantau.adapters.http_fetcher.GuardedFetcher": _NETWORK,
    "pantau.adapters.http_fetcher.convert": _OWN,
    "pantau.adapters.langid.Runs.__init__": _OWN,
    "pantau.adapters.smtp.SmtpDriver": _NETWORK,
    "pantau.adapters.smtp.convert": "one answer of the operator's own mail server",
    "pantau.enricher.build.build_enricher": _PARTS,
    "pantau.enricher.day_names.either_case": _OWN,
    "pantau.enricher.enricher.Enricher.use": _PARTS,
    "pantau.enricher.gazetteer.Gazetteer.__init__": _OWN,
    "pantau.enricher.gazetteer.rank": _OWN,
    "pantau.enricher.judge.is_personal": "looks at one word and its neighbours",
    "pantau.enricher.memo.remembered": "decorates functions that are measured",
    "pantau.enricher.network.Network.unclear": "for the model's makers",
    "pantau.enricher.speakers.Speakers.told": "takes places that `find_quotations` found, which is measured",
    "pantau.enricher.words.word_sections": _OWN,
    "pantau.enricher.words.words_with": _OWN,
    "pantau.envelope.removal_of": _IDS,
    "pantau.jsonlines.discard": _PARTS,
    "pantau.notifier.attempt.is_paused": _IDS,
    "pantau.notifier.attempt.look_up": _IDS,
    "pantau.notifier.attempt.send": _MOVES,
    "pantau.notifier.book.Book": _IDS,
    "pantau.notifier.book.place": _IDS,
    "pantau.notifier.dispatch.Dispatcher": _MOVES,
    "pantau.notifier.history.AlertHistory": _IDS,
    "pantau.notifier.lane.Lane": _IDS,
    "pantau.notifier.mail_settings.mail_warnings": _OWN,
    "pantau.notifier.registry.Registry": _IDS,
    "pantau.notifier.settle.backoff_seconds": _IDS,
    "pantau.notifier.settle.lane_pause_seconds": _IDS,
    "pantau.notifier.settle.settle": _IDS,
    "pantau.notifier.telling.tell_try": _IDS,
    "pantau.poller.feedbook.FeedBook": _IDS,
    "pantau.poller.guard.check_address": _IDS,
    "pantau.poller.guard.unwrap": _IDS,
    "pantau.poller.queue.PollQueue": _IDS,
    "pantau.poller.registry.Registry": _IDS,
    "pantau.poller.round.PollReport": _IDS,
    "pantau.poller.round.Round": _MOVES,
    "pantau.poller.schedule.after_failure": _IDS,
    "pantau.poller.schedule.after_success": _IDS,
    "pantau.poller.schedule.fitted_interval": _IDS,
    "pantau.poller.service.Poller": _MOVES,
    "pantau.poller.service.read_body": "calls `parse_feed` and `discover_feeds`, which are measured",
    "pantau.poller.telling.tell_poll": _IDS,
    "pantau.poller.writer.LogWriter": _MOVES,
    "pantau.query.derivatives.Automaton.__init__": _TREE,
    "pantau.query.derivatives.complement": _TREE,
    "pantau.query.derivatives.star": _TREE,
    "pantau.query.elastic_places.translate": _TREE,
    "pantau.query.elastic_places.wider": _TREE,
    "pantau.query.fts.both": _TREE,
    "pantau.query.plain_leaves.Teller.listed": _TREE,
    "pantau.query.plain_leaves.Teller.why_nothing": _TREE,
    "pantau.query.positional.restricted": _TREE,
    "pantau.query.token_rules.ranges_of": _OWN,
    "pantau.query.tokens.spans": "takes words that it found itself; called so by parts that are measured",
    "pantau.stories.features.similarity": "takes vectors of a fixed length",
    "pantau.stories.grouping.Grouping.doubles": _IDS,
    "pantau.stories.grouping.Grouping.merge": _IDS,
    "pantau.stories.lookup.story_ids": _IDS,
    "pantau.stories.merges.Merges.beginning": _IDS,
    "pantau.stories.ranking.with_titles": _IDS,
    "pantau.stories.rarity.Rarity.__init__": _OWN,
}


def has_reason(name: str) -> bool:
    """Tell whether a function, or the class that it is a method of, has a reason."""
    return name in UNTESTED or name.rpartition(".")[0] in UNTESTED
