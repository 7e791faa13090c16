"""How long ago a time was, in words; `pantau.common.time.written` writes the time itself."""

import re
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup

from pantau.common.time.written import time_text
from pantau.messages.languages import Lang
from pantau.problems import Problem, problem
from pantau_schemas.events.article import EnrichedArticle

SEEN_LATE: Final = timedelta(days=1)
"""From when on a list says that an article was seen long after it was published."""
_TIME: Final = Markup('<time datetime="{}" title="{}">{}</time>')
_STORED: Final = re.compile(
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z"
)
"""A time within a sentence that was stored, as `format_time` writes it."""


def age_of(moment: datetime, now: datetime) -> Problem:
    """Return how long ago a time was, or how far ahead, in its largest unit."""
    distance = now - moment
    seconds = round(abs(distance) / timedelta(seconds=1))
    ahead = distance < timedelta(0)
    if seconds < 60:
        return problem("console.in-seconds" if ahead else "console.seconds-ago", count=seconds)
    if seconds < 3600:
        return problem(
            "console.in-minutes" if ahead else "console.minutes-ago", count=seconds // 60
        )
    if seconds < 86_400:
        return problem("console.in-hours" if ahead else "console.hours-ago", count=seconds // 3600)
    return problem("console.in-days" if ahead else "console.days-ago", count=seconds // 86_400)


def published_or_seen(article: EnrichedArticle, now: datetime, lang: Lang) -> Markup:
    """Return when an article was published, as readers of a list expect; the title has both times.

    One that was seen long after it was published says both: lists are in the order of first sight.
    """
    seen, published = article.first_seen, article.published
    seen_text = time_text(seen, lang)
    if published is None:
        title = problem("pages.undated", seen=seen_text).text(lang)
        return _TIME.format(seen.isoformat(), title, age_of(seen, now).text(lang))
    told = problem("pages.published-and-seen", published=time_text(published, lang), seen=seen_text)
    shown = age_of(published, now).text(lang)
    if seen - published >= SEEN_LATE:
        shown = problem("pages.published-ago", ago=shown, seen=age_of(seen, now)).text(lang)
    return _TIME.format(published.isoformat(), told.text(lang), shown)


def with_local_times(text: str, lang: Lang) -> str:
    """Return a stored sentence with its times as people of a language write them.

    They are in the zone of the settings. What only looks like a time stays as it is.
    """

    def local(found: re.Match[str]) -> str:
        try:
            return time_text(datetime.fromisoformat(found[0]), lang)
        except ValueError:
            return found[0]

    return _STORED.sub(local, text)
