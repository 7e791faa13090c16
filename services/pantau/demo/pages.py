"""Pages of the newsroom's articles, in the structure of real ones."""

from html import escape

from pantau.demo.newsroom import FeedSource, Story


def page_of(feed: FeedSource, story: Story) -> str:
    """Return the page of an article: with menu, share bar, related articles and footer."""
    title, site = escape(story.title), escape(feed.title)
    paragraphs = [f"<p>{escape(one)}</p>" for one in story.paragraphs]
    paragraphs.insert(1, "<p>Baca juga: <a href='/lain'>Harga Beras di Pasar Induk Turun</a></p>")
    return (
        f"<!DOCTYPE html><html lang='{feed.language}'><head><meta charset='utf-8'>"
        f"<title>{title} - {site}</title><meta property='og:title' content='{title}'></head><body>"
        f"<header><a href='/'>{site}</a><nav><ul><li><a href='/daerah'>Daerah</a></li>"
        "<li><a href='/olahraga'>Olahraga</a></li></ul></nav></header>"
        f"<main><article><h1>{title}</h1><div class='share'><a href='#'>Bagikan</a></div>"
        f"<div class='article-body'>{''.join(paragraphs)}</div></article>"
        "<aside><h2>Terpopuler</h2><ol><li><a href='/a'>Jadwal Kapal Feri Pekan Ini</a></li>"
        "<li><a href='/b'>Pasar Tani Dibuka Lagi</a></li></ol></aside></main>"
        f"<footer>&copy; {site}</footer></body></html>"
    )
