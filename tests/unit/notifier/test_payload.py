"""The message of alerts: of the article, its story, so that receivers can group."""

import pytest

from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.notifier.payload import alert_data
from pantau.query import parse
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from tests.support import START, enriched, subscription


@pytest.mark.parametrize(("story", "told"), [("s-demak", {"story_id": "s-demak"}), (None, {})])
def test_the_story_of_the_article(story: str | None, told: dict[str, str]) -> None:
    article = enriched("a", title="Banjir Demak", story_id=story)
    match = evaluate(parse("banjir"), Document.from_article(article))
    assert match is not None
    alert = Composer(article, START).compose(MatchedQuery.of(subscription("s", "banjir")), match)
    said = alert_data(alert)["article"]
    assert {name: value for name, value in said.items() if name == "story_id"} == told
    assert said["title"] == "Banjir Demak"
