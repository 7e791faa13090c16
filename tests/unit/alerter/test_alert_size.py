"""An alert is small, whatever the article, the query and the subscription."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pantau.alerter.decide import ALERT_BYTES, MATCHES, Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.query import parse
from pantau.query.meaning.evaluate import MARKED_WORDS, evaluate
from pantau.query.text.document import Document
from pantau.query.text.sizes import clipped, fits, json_size
from pantau_schemas.base import Span
from pantau_schemas.codec import encode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle, Entity
from tests.support import START, enriched, subscription

WORDS = (
    "banjir",
    "a",
    "\u5730",
    "\U0001f30a",
    "\u0001",
    '"',
    "\\",
    "x" * 255,
    "\u00e9\u0301",
    "\n",
    "\u0e01",
)
PIECES = st.builds(
    lambda words, gap, times: gap.join(words * times),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.sampled_from((" ", "", "\u0001", ". ", "\n\n")),
    st.integers(1, 3_000),
)
QUERIES = (
    "banjir",
    "a",
    "\u5730",
    "\U0001f30a",
    "a OR banjir",
    "x*",
    "lang:id",
    "people:*",
    "title:(a OR \u5730)",
)


def alert_of(article: EnrichedArticle, query: str, *, name: str = "Banjir") -> Alert | None:
    parsed = parse(query)
    match = evaluate(parsed, Document.from_article(article))
    if match is None:
        return None
    given = subscription("s" * 200, query).model_copy(update={"name": name})
    return Composer(article, START).compose(MatchedQuery.of(given), match)


@settings(deadline=None, max_examples=60)
@given(
    title=PIECES,
    text=PIECES,
    query=st.sampled_from(QUERIES),
    name=PIECES,
    source=PIECES,
    url=st.sampled_from(
        ("https://kabar.example/" + "\u5730" * 2_700, "https://kabar.example/" + "x" * 8_000)
    ),
    padding=st.integers(0, 19_900),
)
@example(
    "\u0001" * 2_000, "\u5730" * 50_000, "\u5730", "\u0001" * 500, "\U0001f30a" * 300, "x", 19_900
)
@example(
    "a " * 1_000,
    "banjir " * 7_000,
    "a OR banjir",
    "n",
    "s",
    "https://x.example/" + "y" * 1_482,
    19_900,
)
def test_an_alert_is_small_whatever_is_in_it(
    title: str, text: str, query: str, name: str, source: str, url: str, padding: int
) -> None:
    article = enriched(
        title=title[:2_000],
        text=text[:500_000],
        url=url,
        source=source,
        people=("a" * 300,),
        entities=(
            Entity(type="person", name="a" * 300, mentions=(Span(field="text", start=0, end=300),)),
        ),
        published=START,
        feed_id="f" * 26,
        story_id="t" * 26,
    )
    alert = alert_of(article, query + " " * padding, name=name)
    if alert is None:
        return
    assert len(encode(alert)) <= ALERT_BYTES
    assert len(alert.matches) <= MATCHES
    for snippet in alert.snippets:
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
    assert list(alert.matches) == sorted(
        alert.matches, key=lambda one: (one.field != "title", one.start)
    )


@pytest.mark.parametrize("count", [1, MATCHES, MATCHES + 1, 4_000, 60_000])
def test_what_is_not_carried_is_counted(count: int) -> None:
    alert = alert_of(enriched(text="banjir " * count), "banjir")
    assert alert is not None
    assert len(alert.matches) == min(count, MATCHES)
    assert len(alert.matches) + alert.more_matches == min(count, MARKED_WORDS)


def test_an_ordinary_alert_has_all_that_matched_and_everything_whole() -> None:
    article = enriched(
        title="Banjir di Demak", text="Hujan deras. " * 40 + "Banjir merendam tiga desa. " * 3
    )
    alert = alert_of(article, "banjir", name="Banjir dan longsor")
    assert alert is not None
    assert [article_word(article, one) for one in alert.matches] == ["Banjir"] * 4
    assert alert.more_matches == 0
    assert (alert.article.title, alert.article.url, alert.article.source) == (
        article.title,
        article.url,
        article.source,
    )
    assert (alert.subscription_name, alert.query) == ("Banjir dan longsor", "banjir")


def article_word(article: EnrichedArticle, span: Span) -> str:
    return str(getattr(article, span.field))[span.start : span.end]


def test_the_title_and_what_is_shown_come_before_the_first_words() -> None:
    text = "hujan lebat " * 100 + "Tepi. " * 100 + "hujan " * 20
    article = enriched(title="Hujan lagi", text=text)
    alert = alert_of(article, "hujan")
    assert alert is not None
    carried = {(one.field, one.start) for one in alert.matches}
    assert ("title", 0) in carried
    end = text.rindex("Tepi.")
    assert sum(start > end for _, start in carried) == 20, "those of the last piece, which is shown"
    assert len(alert.matches) == MATCHES
    assert alert.more_matches == 121 - MATCHES


def test_a_long_title_is_shown_around_what_matched() -> None:
    title = "Kata " * 300 + "banjir " + "kata " * 90
    alert = alert_of(enriched(title=title, text="Teks."), "banjir")
    assert alert is not None
    assert alert.article.title.endswith("…")
    piece = next(one for one in alert.snippets if one.field == "title")
    assert [piece.text[start:end] for start, end in piece.marks] == ["banjir"]
    assert len(piece.text) < 200


@given(st.text(max_size=400), st.integers(3, 300))
def test_a_clipped_text_takes_no_more_than_it_may(text: str, limit: int) -> None:
    cut = clipped(text, limit)
    assert json_size(cut) <= limit
    assert cut == text or (
        cut.endswith("…") and text.startswith(cut[:-1]) and not fits(text, limit)
    )
