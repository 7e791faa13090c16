"""Messages in words: why each came, grouped by story, in the reader's zone. Pure."""

import shlex
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final
from urllib.parse import quote

from pantau.common.channels.message_content import MessageContent, StoryAlerts
from pantau.common.stored_problems import from_data
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone, local_time, zone_label
from pantau.messages.catalogue import is_known
from pantau.messages.languages import Lang
from pantau.messages.times import clock_text
from pantau.notifier.composing.passages import is_title, passages_of
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau.problems import Problem, problem
from pantau_schemas.events.alert import Alert, Snippet
from pantau_schemas.events.message import Occasion

STORIES_SHOWN: Final = 25
"""Maximum number of stories that a message shows; the others are counted."""
OTHERS_SHOWN: Final = 5
"""Maximum number of further articles of a story that are named."""
SOURCES_NAMED: Final = 8
NAME_LIMIT: Final = 80
TITLE_LIMIT: Final = 300
QUERY_LIMIT: Final = 500
_MONTHS: Final[dict[Lang, str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_SUBJECTS: Final[dict[Occasion, str]] = {
    "spike": "messages.subject-spike",
    "silence": "messages.subject-silence",
    "expired": "messages.subject-expired",
    "channel-stopped": "messages.subject-channel-stopped",
}
_LEADS: Final[dict[Occasion, str]] = {
    "collected": "messages.collected",
    "digest": "messages.digest",
    "quiet-ended": "messages.quiet-ended",
    "mute-ended": "messages.mute-ended",
    "grown": "messages.grown",
    "count": "messages.count",
    "spike": "messages.spike",
    "silence": "messages.silence",
    "expired": "messages.expired",
    "channel-stopped": "messages.channel-stopped",
    "resumed": "messages.resumed",
}


def moment_text(moment: datetime, zone: tzinfo, lang: Lang) -> str:
    """Format a time in words with the name of its zone: `2 March 2026 15:15 WIB`.

    In Indonesian the clock has a full stop: `2 Maret 2026 15.15 WIB`.
    """
    local = local_time(moment, zone)
    month = _MONTHS[lang].split()[local.month - 1]
    return f"{local.day} {month} {local.year} {_clock(local, lang)} {zone_label(local)}"


def _clock(local: datetime, lang: Lang) -> str:
    return clock_text(f"{local:%H:%M}", lang)


def span_texts(since: datetime, until: datetime, zone: tzinfo, lang: Lang) -> tuple[str, str]:
    """Format both ends of a time; what they share stands once: `2 March 08:00`, `3 March 2026 ...`.

    Over a change of clocks or of the year both are whole.
    """
    first, last = local_time(since, zone), local_time(until, zone)
    whole = moment_text(since, zone, lang), moment_text(until, zone, lang)
    label = zone_label(last)
    if first.year != last.year or zone_label(first) != label:
        return whole
    begin = whole[0].removesuffix(f" {label}")
    if first.date() == last.date():
        return begin, f"{_clock(last, lang)} {label}"
    return begin.replace(f" {first.year} ", " "), whole[1]


def web_link(url: str | None) -> str:
    """Return an equivalent http or https address without invisible characters; empty for others."""
    link = one_line(
        "".join(
            one if one.isprintable() and one != " " else quote(one, errors="replace")
            for one in (url or "").strip()
        )
    )
    return link if link.lower().startswith(("http://", "https://")) else ""


def view_of_alert(alert: Alert, lang: Lang) -> MessageView:
    """Return what a message about a single alert says."""
    zone = known_zone(alert.time_zone)
    article = _article(alert, zone, lang, whole=True)
    name = one_line(alert.subscription_name, NAME_LIMIT)
    story = StoryView(article, also=_also(*_coverage(alert), lang))
    return MessageView(
        lang=lang,
        name=name,
        subject=f"[{name}] {_title(alert, lang)}",
        lead=(problem("messages.single", name=name).text(lang),),
        stories=(story,),
        more="",
        foot=_foot(alert.query, alert.subscription_id, lang),
        read=problem("messages.read").text(lang),
    )


def view_of_content(content: MessageContent) -> MessageView:
    """Return what a message of several alerts says."""
    lang: Lang = "id" if content.lang == "id" else "en"
    zone = known_zone(content.time_zone)
    shown = content.stories[:STORIES_SHOWN]
    left = content.count - sum(len(one.alerts) for one in shown)
    name = one_line(content.name, NAME_LIMIT)
    return MessageView(
        lang=lang,
        name=name,
        subject=f"[{name}] {_subject(content, lang)}",
        lead=_lead(content, zone, lang),
        stories=tuple(_story(one, content.message.occasion, zone, lang) for one in shown),
        more=_more(left, content.message.subscription_id, lang),
        foot=_foot(content.query, content.message.subscription_id, lang),
        read=problem("messages.read").text(lang),
    )


def stories_of(content: MessageContent) -> int:
    """Return the number of stories that a message is about."""
    return max(content.message.stories, len(content.stories))


def why_of(content: MessageContent, lang: Lang) -> str:
    """Return what the rule found, as a sentence; empty where this version has no words for it."""
    found = from_data(content.message.why)
    return found.text(lang) if found is not None and is_known(found.code) else ""


def _subject(content: MessageContent, lang: Lang) -> str:
    occasion, stories = content.message.occasion, content.stories
    counts = {"count": content.count, "stories": stories_of(content)}
    code = _SUBJECTS.get(occasion)
    if code is not None:
        return Problem(code, counts).text(lang)
    if len(stories) != 1 or stories_of(content) != 1 or not content.shown:
        return Problem("messages.subject-several", counts).text(lang)
    title = _title(stories[0].first, lang)
    if occasion == "grown":
        return problem("messages.subject-grown", title=title).text(lang)
    more = content.count - 1
    return problem("messages.subject-copies", title=title, count=more).text(lang) if more else title


def _lead(content: MessageContent, zone: tzinfo, lang: Lang) -> tuple[str, ...]:
    command = (
        f"pantau subscriptions edit {_quoted(content.message.subscription_id)} --expires never"
    )
    since, until = span_texts(content.since, content.until, zone, lang)
    lead = Problem(
        _LEADS[content.message.occasion],
        {
            "count": content.count,
            "stories": stories_of(content),
            "since": since,
            "until": until,
            "command": command,
        },
    ).text(lang)
    # What silence and expiry found stands in the lead already.
    stands_in_lead = content.message.occasion in {"silence", "expired"}
    why = "" if stands_in_lead else one_line(why_of(content, lang), 1_000)
    return (lead, why) if why else (lead,)


def _story(story: StoryAlerts, occasion: Occasion, zone: tzinfo, lang: Lang) -> StoryView:
    others = story.alerts[1:]
    heading = "messages.new-since" if occasion == "grown" else "messages.others"
    left = len(others) - OTHERS_SHOWN
    return StoryView(
        article=_article(story.first, zone, lang, whole=True),
        also=_also(story.other_sources, story.more_sources, lang),
        heading=Problem(heading).text(lang) if others else "",
        others=tuple(_article(one, zone, lang, whole=False) for one in others[:OTHERS_SHOWN]),
        more=problem("messages.more-of-story", count=left).text(lang) if left > 0 else "",
    )


def _article(alert: Alert, zone: tzinfo, lang: Lang, *, whole: bool) -> ArticleView:
    article = alert.article
    # The snippet of the title has the marks, but may be cut.
    title = next((one for one in alert.snippets if is_title(one, alert)), None)
    passages, clauses = passages_of(alert, lang) if whole else ((), "")
    published = article.published
    found = moment_text(article.first_seen, zone, lang)
    when = (
        problem("messages.found", when=found).text(lang)
        if published is None
        else moment_text(published, zone, lang)
    )
    shown = Snippet(field="title", text=_title(alert, lang), marks=())
    return ArticleView(
        title=shown if title is None or len(title.text) > TITLE_LIMIT else title,
        link=web_link(article.url),
        source=one_line(article.source or "", NAME_LIMIT),
        when=when,
        passages=passages,
        clauses=clauses,
    )


def _title(alert: Alert, lang: Lang) -> str:
    title = one_line(alert.article.title, TITLE_LIMIT)
    return title or problem("messages.no-title").text(lang)


def _coverage(alert: Alert) -> tuple[Sequence[str], int]:
    story = alert.article.story
    return ((), 0) if story is None else (story.other_sources, story.more_sources)


def _also(sources: Sequence[str], more: int, lang: Lang) -> str:
    """Return which other sources a story has: `also in 6 more sources: ...`."""
    count = len(sources) + more
    if not count:
        return ""
    named = ", ".join(one_line(one, NAME_LIMIT) for one in sources[:SOURCES_NAMED])
    left = count - len(sources[:SOURCES_NAMED])
    if left:
        named = problem("messages.also-unnamed", names=named, count=left).text(lang)
    return problem("messages.also", count=count, names=named).text(lang)


def _more(left: int, subscription_id: str, lang: Lang) -> str:
    command = f"pantau alerts --subscription {_quoted(subscription_id)}"
    return problem("messages.more", count=left, command=command).text(lang) if left > 0 else ""


def _foot(query: str, subscription_id: str, lang: Lang) -> tuple[str, ...]:
    command = f"pantau subscriptions mute {_quoted(subscription_id)}"
    lines = (
        (problem("messages.query"), one_line(query, QUERY_LIMIT)),
        (problem("messages.mute"), command),
    )
    return tuple(f"{label.text(lang)}: {value}" for label, value in lines)


def _quoted(identifier: str) -> str:
    return shlex.quote(one_line(identifier))
