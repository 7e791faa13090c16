from pantau.query import parse
from pantau.query.explain.snippets import Excerpts, lead
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from pantau_schemas.base import Span
from pantau_schemas.events.alert import Snippet
from pantau_schemas.events.article import Entity
from tests.support import enriched

TEXT = (
    "KUDUS - Bupati Ratna membuka pasar. "
    + "Pedagang datang dari desa-desa. " * 20
    + "Ratna pulang."
)
PLACES = [TEXT.index("Ratna"), TEXT.rindex("Ratna")]
ARTICLE = enriched(
    "pasar",
    title="Pasar dibuka",
    text=TEXT,
    people=("Ratna",),
    places=("Kudus",),
    entities=(
        Entity(
            type="person",
            name="Ratna",
            mentions=tuple(Span(field="text", start=at, end=at + 5) for at in PLACES),
        ),
        Entity(type="place", name="Kudus", mentions=(Span(field="text", start=0, end=5),)),
    ),
)


def shown(query: str) -> tuple[Snippet, ...]:
    parsed = parse(query)
    match = evaluate(parsed, Document.from_article(ARTICLE))
    assert match is not None
    return Excerpts(ARTICLE).of(match.spans, parsed)


def marked(query: str) -> list[str]:
    return [one.text[start:end] for one in shown(query) for start, end in one.marks]


def test_words_of_the_text_come_first() -> None:
    assert marked("people:Ratna AND pedagang") == ["Pedagang"] * len(
        marked("people:Ratna AND pedagang")
    )


def test_who_is_named_by_a_field_is_marked_where_mentioned() -> None:
    assert marked("people:Ratna") == ["Ratna", "Ratna"]
    assert marked("people:Rat*") == ["Ratna", "Ratna"]
    assert marked("places:Kudus AND NOT people:Budi") == ["KUDUS"]
    assert marked("title:pasar AND places:Kudus") == ["Pasar", "KUDUS"]


def test_who_is_excluded_is_not_marked() -> None:
    assert marked("lang:id AND NOT people:Budi") == []


def test_without_anything_to_mark_the_lead_is_shown() -> None:
    (only,) = shown("lang:id")
    assert only.marks == ()
    assert only.text.startswith("KUDUS - Bupati Ratna membuka pasar.")
    assert only.text.endswith("…")
    assert len(only.text) <= 161
    title, text = shown("title:pasar")
    assert (title.field, text.field) == ("title", "text")


def test_a_lead_is_cut_between_words() -> None:
    assert lead("satu dua  tiga\nempat", 12).text == "satu dua…"
    assert lead("satu dua", 12).text == "satu dua"
    assert lead("x" * 40, 12).text == "x" * 12 + "…"
    assert lead("satu   dua", 12).text == "satu dua"
