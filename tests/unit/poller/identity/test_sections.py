"""Pages with the news of the hour, whose link, title or id says nothing of which news it is."""

import pytest

from tests.unit.poller.identity.test_identity_kinds import SITE, counts, item, play


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ("peringatan", f"{SITE}/peringatan/"),
        (f"{SITE}/cuaca/rss.xml", f"{SITE}/cuaca/rss.xml"),
        (f"{SITE}/gempa", f"{SITE}/gempa"),
        (f"{SITE}/terkini.php", f"{SITE}/cuaca/terkini.php"),
        (f"{SITE}/?p=", f"{SITE}/?p="),
        (f"{SITE}/?p=0", f"{SITE}/?p=0"),
        ("?id=undefined", f"{SITE}/?id=undefined"),
        ("tidak tersedia", "tidak tersedia"),
        ("Not available", f"{SITE}/belum-ada"),
    ],
)
def test_other_news_of_a_section_are_other_articles(guid: str, link: str) -> None:
    polls = [[item(n, guid=guid, link=link)] for n in (1, 2, 3)]
    again = [*polls, polls[-1], polls[-1]]
    assert counts(play(*again)) == (3, 3)


@pytest.mark.parametrize("link", [f"{SITE}/peringatan", f"{SITE}/berita/1", f"{SITE}/a/b/c"])
@pytest.mark.parametrize("kept", ["title", "date", "text"])
def test_what_has_anything_in_common_is_the_same_article(link: str, kept: str) -> None:
    first, second = (item(n, guid=link, link=link) for n in (1, 2))
    assert counts(play([first], [second | {kept: first[kept]}])) == (1, 1)


def test_an_article_of_its_own_address_may_become_wholly_another() -> None:
    links = f"{SITE}/banjir-demak", f"{SITE}/2026/03/banjir", f"{SITE}/baca/a/b/c"
    for link in links:
        assert counts(play([item(1, guid=link, link=link)], [item(2, guid=link, link=link)])) == (
            (1, 1)
        )


def test_two_bulletins_with_the_same_titles_are_no_articles_with_new_ids() -> None:
    def bulletins(n: int) -> list[dict[str, str | None]]:
        return [
            item(n, guid=f"{place}-{n}", link=f"{SITE}/{place}/1", title="Peringatan dini")
            | {"text": f"{place.title()} siaga: {item(n)['text']}"}
            for place in ("demak", "kudus")
        ]

    assert counts(play(*(bulletins(n) for n in (1, 2, 3)))) == (6, 6)
