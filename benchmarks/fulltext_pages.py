"""60 pages in the structure of real Indonesian and English news sites, made by a generator.

Fifteen layouts, four articles each. Every layout has what its kind of site has around the text:
menus, share bars, lead images with captions, "Baca juga" between paragraphs, related lists,
newsletters, comments, a paywall, AMP, a text that is in the page's data alone. The words are ours.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from benchmarks.fulltext_parts import (
    aside,
    blocks,
    comments,
    document,
    footer,
    image,
    ld,
    links,
    menu,
    related,
    share,
)
from benchmarks.fulltext_texts import Story, make_story

EACH: Final = 4
SEED: Final = 2026


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the text to be found; `stub` if it has the beginning only."""

    layout: str
    url: str
    html: str
    text: str
    stub: bool = False


def make_pages(seed: int = SEED) -> list[Page]:
    """Return all pages; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 (made-up articles)
    pages = []
    for name, (lang, layout) in LAYOUTS.items():
        for number in range(EACH):
            story = make_story(chance, lang)
            url = f"https://{name.replace('_', '-')}.example/news/{number}/artikel"
            shown = _first(story, 2) if name.endswith("paywall") else story
            pages.append(Page(name, url, layout(shown, url), shown.text, shown is not story))
    return pages


def _first(story: Story, count: int) -> Story:
    return Story(story.lang, story.title, story.author, story.blocks[:count], story.others)


def _linksisip(story: Story, url: str) -> str:
    """Build a page of a large portal: links as tables, an advertisement, "scroll", a video."""

    def between(at: int) -> str:
        if at == 1:
            link = f'<a href="/x">{escape(story.others[1])}</a>'
            cell = f"<td><strong>Baca juga:</strong> {link}</td>"
            return f'<table class="linksisip"><tr>{cell}</tr></table>'
        if at == 2:
            return '<p class="para_caption">ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p>'
        return ""

    body = (
        f"{menu('id')}<article class='detail'><h1 class='detail__title'>{escape(story.title)}</h1>"
        f"<div class='detail__author'>{story.author} - situs</div>"
        f"<div class='detail__date'>Senin, 02 Mar 2026 08:00 WIB</div>{share('id')}{image(story)}"
        f"<div class='detail__body-text itp_bodycontent'>{blocks(story, between)}"
        "<div class='sisip_video'><strong>Simak Video: Suasana di Lokasi</strong></div>"
        f"<strong>(abc/def)</strong></div></article>{related(story)}{aside(story)}"
        f"{comments('id')}{footer('id')}"
    )
    return document(story, url, body, ld(story, url, body=False))


def _baca_juga(story: Story, url: str) -> str:
    """Return the page of another portal.

    "Baca juga" in paragraphs, tags, a channel to join.
    """

    def between(at: int) -> str:
        if at in {1, 4}:
            return f'<p><strong>Baca juga: <a href="/y">{escape(story.others[at])}</a></strong></p>'
        return ""

    body = (
        f"{menu('id')}<div class='container'><h1 class='read__title'>{escape(story.title)}</h1>"
        f"<div class='credit'>Penulis: {story.author}</div>{image(story)}"
        f"<div class='read__content'><div class='clearfix'>{blocks(story, between)}"
        "<p>Dapatkan update berita pilihan setiap hari dari situs ini. Mari bergabung di Grup "
        "Telegram kami, lalu klik join.</p></div></div>"
        f"<div class='tag'><ul>{links(('banjir', 'jembatan', 'daerah'))}</ul></div>{share('id')}"
        f"{related(story)}</div>{comments('id')}{aside(story)}{footer('id')}"
    )
    return document(story, url, body, ld(story, url, body=False))


def _regional(story: Story, url: str) -> str:
    """Return the page of a network of regional papers.

    The outlet in the first line, a note at the end.
    """

    def between(at: int) -> str:
        if at == 2:
            return f'<p class="baca">Baca Juga: <a href="/z">{escape(story.others[3])}</a></p>'
        return ""

    body = (
        f"{menu('id')}<div id='article'><h1>{escape(story.title)}</h1>"
        f"{share('id')}{image(story)}"
        f"<div class='side-article txt-article multi-fontsize'>{blocks(story, between)}"
        f"<p>Artikel ini telah tayang di situs lain dengan judul {escape(story.title)}</p></div>"
        f"<div class='mt10'>Editor: {story.author}</div></div>{aside(story)}{comments('id')}"
        f"{footer('id')}"
    )
    return document(story, url, body)


def _agency(story: Story, url: str) -> str:
    """Return the page of a news agency.

    Text with breaks only, credits and a notice of rights after it.
    """
    text = "<br><br>".join(escape(text) for _, text in story.blocks)
    body = (
        f"{menu('id')}<div class='wrap__article-detail'><h1>{escape(story.title)}</h1>"
        f"{image(story)}<div class='wrap__article-detail-content post-content'>{text}"
        f"<br><br><span class='baca-juga'>Baca juga: <a href='/b'>{escape(story.others[2])}</a>"
        "</span>"
        f"<p class='text-muted'>Pewarta: {story.author}<br>Editor: Redaktur<br>"
        "Copyright © SITUS 2026</p></div></div>"
        f"{related(story)}{aside(story)}{footer('id')}"
    )
    return document(story, url, body)


def _broadcaster(story: Story, url: str) -> str:
    """Return the page of a broadcaster.

    Videos named in brackets, initials at the end, infinite related list.
    """

    def between(at: int) -> str:
        return "<p>[Gambas:Video Situs]</p>" if at == 2 else ""

    body = (
        f"{menu('id')}<div class='content'><h1>{escape(story.title)}</h1>{share('id')}"
        f"{image(story)}<div class='detail-text'>{blocks(story, between)}<p>(ghi/jkl)</p>"
        f"<div class='related'><h3>ARTIKEL TERKAIT</h3>{links(story.others[1:5], 'article')}</div>"
        f"</div></div>{aside(story)}{footer('id')}"
    )
    return document(story, url, body)


def _weekly_paywall(story: Story, url: str) -> str:
    """Return the page of an Indonesian weekly.

    Two paragraphs, then a wall.
    """
    wall = (
        "<div class='paywall'><h3>Berlangganan untuk melanjutkan membaca</h3><p>Sudah "
        """Return the page of a broadcaster.

    Videos are named in brackets; initials end the text; a list of related articles is in it.
    """
    )
    body = (
        f"{menu('id')}<main><article><h1>{escape(story.title)}</h1>{image(story)}"
        f"<div class='detail-konten'>{blocks(story)}</div>{wall}</article>{related(story)}</main>"
        f"{footer('id')}"
    )
    return document(story, url, body, ld(story, url, body=False, free=False))


def _local_blog(story: Story, url: str) -> str:
    """Return the page of a small paper on blog software.

    Share buttons and related posts inside the text.
    """
    body = (
        f"{menu('id')}<div id='content'><article class='post hentry'><h1 class='entry-title'>"
        f"{escape(story.title)}</h1><div class='entry-meta'>2 Maret 2026 oleh {story.author}</div>"
        f"<div class='entry-content'>{image(story)}{blocks(story)}"
        "<div class='sharedaddy'><h3>Bagikan ini:</h3><ul><li>Facebook</li><li>X</li></ul></div>"
        f"<div id='jp-relatedposts'><h3>Terkait</h3>{links(story.others[:3], 'p')}</div></div>"
        f"</article>{comments('id')}</div>{aside(story)}{footer('id')}"
    )
    return document(story, url, body)


def _amp(story: Story, url: str) -> str:
    """Return the AMP page of an Indonesian site."""
    related = f"<p>BACA JUGA: <a href='/c'>{escape(story.others[4])}</a></p>"
    body = (
        "<amp-analytics type='gtag'></amp-analytics><amp-sidebar id='s'><ul>"
        f"{links(('Beranda', 'Daerah'))}</ul></amp-sidebar><main><h1>{escape(story.title)}</h1>"
        "<amp-img src='/foto.jpg' width='1' height='1'></amp-img>"
        "<amp-social-share type='whatsapp'></amp-social-share><div class='isi'>"
        f"{blocks(story, lambda at: related if at == 3 else '')}</div>"
        "<amp-ad width='300' height='250'></amp-ad><h2>Berita Lainnya</h2>"
        f"<ul>{links(story.others[4:9])}</ul></main>{footer('id')}"
    )
    return document(story, url, body)


def _public_broadcaster(story: Story, url: str) -> str:
    """Return the page of a British broadcaster.

    Blocks of components, a list of topics.
    """
    found = "".join(
        f"<div data-component='text-block' class='e5tfeyi1'>{blocks(_one(story, at))}</div>"
        for at in range(len(story.blocks))
    )
    body = (
        f"{menu('en')}<main id='main-content'><article><header><h1>{escape(story.title)}</h1>"
        f"</header><div data-component='byline-block'>By {story.author}</div>"
        f"<div data-component='image-block'>{image(story)}</div>{found}"
        f"<section data-component='topic-list'><h2>Related Topics</h2><ul>"
        f"{links(('Weather', 'Transport'))}</ul></section>"
        f"<section data-component='links-block'><h2>More on this story</h2>"
        f"<ul>{links(story.others[1:4])}</ul></section></article></main>{footer('en')}"
    )
    return document(story, url, body, ld(story, url, body=False))


def _one(story: Story, at: int) -> Story:
    return Story(story.lang, story.title, story.author, (story.blocks[at],), story.others)


def _newspaper(story: Story, url: str) -> str:
    """Return the page of a British newspaper.

    A newsletter and a rich link between paragraphs, an appeal after.
    """

    def between(at: int) -> str:
        if at == 1:
            return (
                "<aside class='newsletter'><p>Sign up to First Edition</p><p>Our morning email "
                "breaks down the key stories of the day. Enter your email address.</p></aside>"
            )
        if at == 3:
            return f"<aside class='rich-link'><a href='/r'>{escape(story.others[2])}</a></aside>"
        return ""

    body = (
        f"{menu('en')}<main><article><h1>{escape(story.title)}</h1>"
        f"<div class='standfirst'></div>{image(story)}{share('en')}"
        f"<div id='maincontent' class='article-body-viewer'>{blocks(story, between)}</div>"
        "<div class='contributions'><h2>Support independent journalism</h2><p>We need your help to "
        f"keep reporting. It takes less than a minute.</p></div></article></main>{aside(story)}"
        f"{comments('en')}{footer('en')}"
    )
    return document(story, url, body)


def _daily_paywall(story: Story, url: str) -> str:
    """Return the page of an American daily.

    The beginning, then a wall.
    """
    body = (
        f"{menu('en')}<main><article id='story'><header><h1>{escape(story.title)}</h1>"
        f"{image(story)}<p class='byline'>By {story.author}</p></header>"
        f"<section name='articleBody'>{blocks(story)}</section></article>"
        "<div class='gateway'><h2>Subscribe to continue reading</h2><p>Already a subscriber? "
        f"Log in. Get unlimited access for one dollar a week.</p></div></main>{footer('en')}"
    )
    return document(story, url, body, ld(story, url, body=False, free=False))


def _wire(story: Story, url: str) -> str:
    """Return the page of an American agency.

    Related stories among paragraphs.
    """

    def between(at: int) -> str:
        if at == 2:
            return (
                "<div class='PageListEnhancementGeneric'><div class='title'>Related Stories</div>"
                f"{links(story.others[3:6], 'div')}</div>"
            )
        return ""

    body = (
        f"{menu('en')}<div class='Page-content'>"
        f"<h1 class='Page-headline'>{escape(story.title)}</h1>"
        f"<div class='Page-lead'>{image(story)}</div>"
        f"<div class='Page-actions'>{share('en')}</div>"
        f"<div class='RichTextStoryBody RichTextBody'>{blocks(story, between)}"
        f"<p>___</p><p>Follow our coverage on WhatsApp and Facebook.</p></div></div>{aside(story)}"
        f"{footer('en')}"
    )
    return document(story, url, body)


def _divisions(story: Story, url: str) -> str:
    """Return the page of a British agency.

    Paragraphs are divisions with test ids.
    """
    found = "".join(
        f"<div data-testid='paragraph-{at}' class='text__text'>{escape(text)}</div>"
        for at, (_, text) in enumerate(story.blocks)
    )
    body = (
        f"{menu('en')}<article><header><h1 data-testid='Heading'>{escape(story.title)}</h1>"
        f"<div>By {story.author}</div></header>{image(story)}"
        f"<div class='article-body__content'>{found}"
        f"<div class='sign-off'>Reporting by {story.author}; Editing by Ann Hale</div></div>"
        "<div class='trust-badge'>Our Standards: The Trust Principles.</div></article>"
        f"<section class='read-next'><h2>Read Next</h2><ul>{links(story.others[:4])}</ul>"
        "</section>"
        f"{footer('en')}"
    )
    return document(story, url, body)


def _data_only(story: Story, url: str) -> str:
    """Return the page of a site that scripts draw.

    Its text is in its data.
    """
    body = f"{menu('en')}<div id='root'><div class='skeleton'>Loading...</div></div>{footer('en')}"
    return document(story, url, body, ld(story, url, body=True))


def _tabloid(story: Story, url: str) -> str:
    """Return the page of a tabloid.

    A list of links and videos between short paragraphs, comments before the end.
    """

    def between(at: int) -> str:
        if at in {1, 3, 5}:
            found = links(story.others[at : at + 2], "li")
            return f"<div class='mol-factbox'><h3>READ MORE</h3><ul>{found}</ul></div>"
        return ""

    body = (
        f"{menu('en')}<div id='js-article-text'><h1>{escape(story.title)}</h1>"
        f"<ul class='mol-bullets'></ul>{share('en')}<div itemprop='articleBody'>{image(story)}"
        f"{blocks(story, between)}</div>{comments('en')}</div>{aside(story)}{footer('en')}"
    )
    return document(story, url, body)


LAYOUTS: Final[dict[str, tuple[str, Callable[[Story, str], str]]]] = {
    "linksisip": ("id", _linksisip),
    "baca_juga": ("id", _baca_juga),
    "regional": ("id", _regional),
    "agency": ("id", _agency),
    "broadcaster": ("id", _broadcaster),
    "weekly_paywall": ("id", _weekly_paywall),
    "local_blog": ("id", _local_blog),
    "amp": ("id", _amp),
    "public_broadcaster": ("en", _public_broadcaster),
    "newspaper": ("en", _newspaper),
    "daily_paywall": ("en", _daily_paywall),
    "wire": ("en", _wire),
    "divisions": ("en", _divisions),
    "data_only": ("en", _data_only),
    "tabloid": ("en", _tabloid),
}
"""Layouts by name, with their language."""
