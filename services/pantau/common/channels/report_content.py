"""The content of a report as every form of it shows it: mails, webhooks, DOCX, PDF.

It is bounded, and its texts are of one line each. Those of articles may hold anything else: whoever
renders them escapes them for the form. Links are http or https, or empty.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pantau.messages.languages import Lang

STORIES: Final = 200
"""Maximum number of stories of a report's content; the others are counted."""
ARTICLES: Final = 50
"""Maximum number of articles of a story; the others are counted."""
LISTED: Final = 3_000
"""Maximum number of articles of all stories, but for the first one of each; the others are counted.
A page of PDF takes about a megabyte while it is set."""
SPEAKERS: Final = 20
"""Maximum number of speakers of a story."""
WORDS: Final = 10
"""Maximum number of quotations of a speaker."""
QUOTED: Final = 400_000
"""Maximum number of characters of all quotations: whole newspapers of them would make a mail that
no server takes. Stories after that have none, and a note says so."""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article: its headline, and by whom and when it was reported."""

    article_id: str
    title: str
    link: str
    source: str
    seen: datetime
    when: str  # `seen` in words


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words of a speaker. `source` is the first that has them."""

    text: str
    is_direct: bool
    source: str
    article_id: str

    @property
    def shown(self) -> str:
        """The words, in quotation marks where they are direct."""
        return f"“{self.text}”" if self.is_direct else self.text


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """A speaker with the office that articles name, and the words."""

    name: str
    words: tuple[QuotedWords, ...]


@dataclass(frozen=True, slots=True)
class StorySection:
    """A story: its articles, the oldest first, and who is quoted."""

    story_id: str | None
    title: str
    counts: str  # articles and sources in words
    articles: tuple[ArticleLine, ...]
    more: str  # articles that are not listed, in words; may be empty
    speakers: tuple[QuotedSpeaker, ...]
    sources: tuple[str, ...]
    unlisted: int = 0  # articles that `more` counts


@dataclass(frozen=True, slots=True)
class CountLine:
    """A subscription of the report, its articles, and how many are usual; None: not counted."""

    name: str
    articles: int | None
    usual: int | None

    @property
    def cells(self) -> tuple[str, str, str]:
        """Name and numbers as texts; a dash where there is no number."""
        articles, usual = ("–" if one is None else str(one) for one in (self.articles, self.usual))
        return self.name, articles, usual


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report in one language."""

    name: str
    title: str
    lang: Lang
    time_zone: str
    day: date
    since: datetime
    until: datetime
    summary: str
    notes: tuple[str, ...]  # what is left out, as sentences
    headings: tuple[str, str, str]  # of the columns of `counts`
    counts: tuple[CountLine, ...]  # empty for a report of one subscription
    stories: tuple[StorySection, ...]
    more: str  # stories that are not shown, in words; may be empty
    articles: int
    usual: int
    story_count: int
