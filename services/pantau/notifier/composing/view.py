"""A message as what a person reads: headings, articles, lines. Each channel gives it a form.

All texts are from outside or of the catalogue, in one language. Those of articles may hold
anything: whoever renders them escapes them for the form. Links are http or https, or empty.
"""

from dataclasses import dataclass

from pantau_schemas.events.alert import Snippet


@dataclass(frozen=True, slots=True)
class MatchedPassage:
    """An excerpt with the matched words marked, and the clauses of the query that they satisfy."""

    snippet: Snippet
    clauses: str  # such as `matches: banjir, Demak`; may be empty


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article."""

    title: Snippet
    link: str
    source: str
    when: str
    passages: tuple[MatchedPassage, ...] = ()
    clauses: str = ""  # those that no passage shows

    @property
    def facts(self) -> str:
        """Source and time in one line."""
        return " · ".join(one for one in (self.source, self.when) if one)


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story: its first article in full, the others as titles."""

    article: ArticleView
    also: str = ""  # its other sources
    heading: str = ""  # of the others
    others: tuple[ArticleView, ...] = ()
    more: str = ""  # articles that are not shown


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message."""

    lang: str
    name: str  # of the subscription
    subject: str
    lead: tuple[str, ...]  # why it came
    stories: tuple[StoryView, ...]
    more: str  # alerts that are not shown, and how to see them
    foot: tuple[str, ...]  # query, and how to mute it
    read: str  # text of the link to an article
