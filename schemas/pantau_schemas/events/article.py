"""Articles: as read by the poller, and as annotated by the enricher."""

from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, Language, Model, Span, UtcTime

TITLE_LIMIT = 2_000
"""Maximum length of a title in characters; the poller truncates longer ones."""
TEXT_LIMIT = 500_000
"""Maximum length of a text in characters; the poller truncates longer ones."""

IMAGE_LIMIT = 2_000
"""Maximum length of the address of an image; longer ones are left out."""


class ArticleFields(Event):
    """The fields known when a feed lists an article; every later event carries them unchanged."""

    article_id: Identifier = Field(
        description="See `pantau_schemas.ids.article_id`; never changes."
    )
    revision: int = Field(
        default=1, ge=1, description="1 when first seen; raised by one at every change."
    )
    feed_id: Identifier | None = None
    feed: tuple[str, ...] = Field(
        default=(),
        description="The feed as queries name it: its id, and its title if it has one.",
    )
    source: str | None = Field(
        default=None, description="Who published it, such as `antaranews.com`."
    )
    url: str | None = None
    title: str = ""
    text: str = Field(
        default="", description="Plain text, paragraphs on lines of their own; never changed later."
    )
    author: str | None = None
    tags: tuple[str, ...] = Field(
        default=(), description="Categories of the item, then the tags of the feed."
    )
    published: UtcTime | None = Field(
        default=None, description="What the source says; absent if it says nothing."
    )
    first_seen: UtcTime = Field(description="Set once by the poller, kept over all revisions.")
    historical: bool = Field(
        default=False,
        description="Back-filled, replayed, of a feed's first poll, or old when first seen: "
        "alerts only when asked.",
    )
    lang: Language | None = Field(
        default=None, description="Given by the source itself; kept by the enricher."
    )
    feed_language: str | None = Field(
        default=None, description="What the feed declares: a hint, often wrong."
    )
    image: str | None = Field(
        default=None,
        max_length=IMAGE_LIMIT,
        description="Address of its lead image: that of the page, else that of the feed.",
    )


class Article(ArticleFields):
    """A new or changed article. Key: `article_id`."""

    schema_version: Literal[2] = 2


TextOrigin = Literal["feed", "page", "stub"]


class PageFields(ArticleFields):
    """The fields of an article once its page was read, or need not be."""

    feed_revision: int | None = Field(
        default=None,
        ge=1,
        description="Revision of the feed's article that it was made of; absent in older events. "
        "`revision` is higher where the text of the page came late.",
    )
    text_from: TextOrigin = Field(
        default="feed",
        description="Where the text is from: the `feed`, the article's `page`, or the feed because "
        "the page is a `stub` that asks for a subscription.",
    )
    same_as: tuple[str, ...] = Field(
        default=(),
        max_length=5,
        description="Other addresses of the article, such as the canonical one that its page "
        "declares.",
    )


class FullArticle(PageFields):
    """An article with its full text, as far as that can be had. Key: `article_id`."""

    schema_version: Literal[1] = 1


EntityType = Literal["person", "organization", "place"]
Prominence = Literal["title", "lead", "body"]
BoilerplateKind = Literal["dateline", "byline", "credit", "related", "notice"]
ServiceKind = Literal["horoscope", "schedule", "prices", "results", "forecast"]
CutPart = Literal["boilerplate", "names", "quotations", "roles", "dates"]


class Entity(Model):
    """A person, an organisation or a place that the article names, with every mention."""

    type: EntityType
    id: Identifier | None = Field(
        default=None,
        description="Stable id of a known one: `id:31` (the register of Indonesian regions), "
        "`geonames:1880252`, `iso:ID`, `org:kpk`, `region:java`, `person:joko-widodo`, or what a "
        "user's dictionary says.",
    )
    name: str = Field(
        description="Normal form: the fullest name in the article, an organisation's short one."
    )
    long_name: str | None = Field(
        default=None, description="What an abbreviation stands for, if the article says."
    )
    roles: tuple[str, ...] = Field(default=(), description="Offices held, such as `Kepala BNPT`.")
    mentions: tuple[Span, ...] = Field(
        description="In order of field (title first) and start; never overlapping."
    )
    surfaces: tuple[str, ...] = Field(
        default=(),
        description="The forms in which the article writes it, in the order of their first "
        "mention.",
    )
    aliases: tuple[str, ...] = Field(
        default=(),
        description="Other names of a known one, whether the article uses them or not.",
    )
    prominence: Prominence = Field(
        default="body",
        description="The best place of a mention: title, first paragraph, elsewhere.",
    )
    country: str | None = Field(
        default=None, description="Of a known place or organisation: ISO 3166-1 alpha-2 code."
    )
    latitude: float | None = Field(
        default=None, ge=-90, le=90, description="Of a known place, in degrees."
    )
    longitude: float | None = Field(
        default=None, ge=-180, le=180, description="Of a known place, in degrees."
    )


class DateMention(Span):
    """A day or a range of days that the article names: `10-12 Mei 2022`."""

    first: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="First day, ISO 8601.")
    last: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Last day, included; ISO 8601.")


QuotationKind = Literal["direct", "indirect"]


class Quotation(Span):
    """Words that the article puts in quotation marks, or a clause that it attributes to a speaker.

    The quotation marks are not in the span.
    """

    kind: QuotationKind = Field(
        default="direct",
        description="`direct`: the speaker's own words; `indirect`: what the speaker says in the "
        "article's words, as after `bahwa` and `Menurut ...,`.",
    )

    speaker: str | None = Field(
        default=None,
        description="Normal form of the entity that says it, where that is told; `people` has it.",
    )


class Boilerplate(Span):
    """A part of the article that is not editorial text, and its kind."""

    kind: BoilerplateKind = Field(
        default="notice",
        description="`dateline`: the outlet in it; `byline`: who wrote; `credit`: of a photo; "
        "`related`: other articles.",
    )


class StoryCoverage(Model):
    """The other articles of a story that were known when an article was assigned to it."""

    articles: int = Field(ge=1, description="Articles of the story, this one included.")
    other_sources: tuple[str, ...] = Field(
        default=(),
        max_length=10,
        description="Other sources of the story, those with most articles first.",
    )
    more_sources: int = Field(
        default=0, ge=0, description="Other sources beyond those of `other_sources`."
    )


class EnrichedArticle(PageFields):
    """An article with the enricher's annotations. Key: `article_id`."""

    schema_version: Literal[7] = 7
    enricher_version: str = Field(
        description="Engine and version, such as `rules-1`, then a digest of the enricher after "
        "`+e:` and one of the user's dictionaries after `+d:`."
    )
    people: tuple[str, ...] = Field(
        default=(),
        description="Names of people: the normal form of each first, then every other form.",
    )
    organizations: tuple[str, ...] = Field(
        default=(),
        description="Names of organisations: normal forms first, then other forms and aliases.",
    )
    places: tuple[str, ...] = Field(
        default=(),
        description="Names of places: normal forms first, then other forms and aliases.",
    )
    entity_ids: tuple[str, ...] = Field(
        default=(), description="Stable ids of the known entities, such as `org:kpk`, each once."
    )
    place_codes: tuple[str, ...] = Field(
        default=(), description="ISO 3166-1 alpha-2 codes of the countries named."
    )
    roles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = Field(
        default=(), description="The words of the direct ones of `quotations`, in their order."
    )
    story_id: Identifier | None = None
    story: StoryCoverage | None = Field(
        default=None,
        description="Who else covered the story before; None in events of before version 6.",
    )
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = Field(
        default=(), description="In order of field (title first) and start."
    )
    quotations: tuple[Quotation, ...] = Field(
        default=(),
        description="Where each of `quotes` stands, and who says it; clauses of indirect speech as "
        "well. In order of field (title first) and start.",
    )
    boilerplate: tuple[Boilerplate, ...] = Field(
        default=(), description="Spans that are not the article's own words."
    )
    service: ServiceKind | None = Field(
        default=None,
        description="Kind of a service piece, which reports no event: a `horoscope`, a `schedule`, "
        "`prices` or rates, `results` or a table of a league, a weather `forecast`.",
    )
    fingerprint: str | None = Field(
        default=None, description="What near-duplicates share; see `pantau.stories.fingerprint`."
    )
    cut: tuple[CutPart, ...] = Field(
        default=(),
        description="Parts of the enrichment that were cut off, as the article took too long: "
        "what is found there is not all.",
    )
