"""The parts of news pages around the text of an article, for `fulltext_pages.py`."""

import json
from collections.abc import Callable
from html import escape
from typing import Final

from benchmarks.fulltext_texts import Story


def document(story: Story, url: str, body: str, head: str = "") -> str:
    """Return a page around a body."""
    title = escape(story.title)
    return (
        f'<!DOCTYPE html><html lang="{story.lang}"><head><meta charset="utf-8">'
        f'<title>{title} | Situs Berita</title><link rel="canonical" href="{url}">'
        f'<meta property="og:title" content="{title}"><meta property="og:url" content="{url}">'
        f'<meta name="author" content="{escape(story.author)}">{head}'
        "<style>.a{color:red}</style><script>window.dataLayer=[]</script></head>"
        f"<body>{body}<script>track('view')</script></body></html>"
    )


def links(titles: tuple[str, ...], wrap: str = "li") -> str:
    """Return links in elements."""
    return "".join(f'<{wrap}><a href="/{n}">{escape(t)}</a></{wrap}>' for n, t in enumerate(titles))


def menu(lang: str) -> str:
    """Return the menu of a site."""
    words = ("Beranda", "Politik", "Ekonomi", "Olahraga", "Gaya Hidup", "Indeks")
    words = words if lang == "id" else ("Home", "Politics", "Business", "Sport", "Culture", "More")
    return f'<header><nav class="menu"><ul>{links(words)}</ul></nav></header>'


def share(lang: str) -> str:
    """Return a share bar."""
    told = "Bagikan" if lang == "id" else "Share"
    sites = links(("Facebook", "X", "WhatsApp", "Telegram", "Salin tautan"), "span")
    return f'<div class="share-bar social"><span>{told}</span>{sites}</div>'


def image(story: Story) -> str:
    """Return a lead image with its caption."""
    told = "Foto: dokumentasi redaksi" if story.lang == "id" else "Photograph: staff"
    return (
        '<figure class="lead-image"><img src="/foto.jpg" alt="">'
        f"<figcaption>{escape(story.others[0])}. ({told})</figcaption></figure>"
    )


def comments(lang: str) -> str:
    """Return readers' comments."""
    said = (
        ("Semoga cepat selesai ya, kami menunggu.", "Setuju sekali dengan berita ini!")
        if lang == "id"
        else ("Took them long enough, if you ask me.", "Could not agree more with this.")
    )
    made = "".join(f'<div class="comment"><b>anon</b><p>{one}</p></div>' for one in said)
    return f'<section id="comments" class="comments"><h3>Komentar</h3>{made}</section>'


def footer(lang: str) -> str:
    """Return the foot of a site."""
    told = "Hak cipta dilindungi" if lang == "id" else "All rights reserved"
    pages = links(("Tentang", "Iklan"))
    return f"<footer><p>© 2026 Situs Berita. {told}.</p><ul>{pages}</ul></footer>"


def aside(story: Story) -> str:
    """Return a list of popular articles."""
    told = "Terpopuler" if story.lang == "id" else "Most read"
    return f'<aside class="sidebar"><h3>{told}</h3><ol>{links(story.others[5:10])}</ol></aside>'


def related(story: Story) -> str:
    """Return a list of related articles."""
    told = "Berita Terkait" if story.lang == "id" else "Related stories"
    items = links(story.others[2:6])
    return f'<div class="related-list"><h4>{told}</h4><ul>{items}</ul></div>'


_TAGS: Final = {"p": "p", "h2": "h2", "quote": "blockquote"}


def blocks(story: Story, between: Callable[[int], str] = lambda _: "", tag: str = "p") -> str:
    """Return the blocks as elements, with what a site puts between them."""
    made, listed = [], False
    for at, (kind, text) in enumerate(story.blocks):
        if (kind == "li") != listed:
            made.append("<ul>" if kind == "li" else "</ul>")
            listed = kind == "li"
        name = tag if kind == "p" else _TAGS.get(kind, "li")
        made.append(f"<{name}>{escape(text)}</{name}>")
        if kind == "p":
            made.append(between(at))
    return "".join(made) + ("</ul>" if listed else "")


def ld(story: Story, url: str, *, body: bool, free: bool = True) -> str:
    """Return the JSON-LD of an article."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "datePublished": "2026-03-02T08:00:00+07:00",
        "image": [f"{url}/foto.jpg"],
        "mainEntityOfPage": url,
        "isAccessibleForFree": free,
    }
    if body:
        data["articleBody"] = story.text
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'
