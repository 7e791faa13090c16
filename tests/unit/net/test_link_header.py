"""The `Link` header as servers write it."""

import pytest

from pantau.net.link_header import read_link_header


@pytest.mark.parametrize(
    ("value", "kind", "title"),
    [
        (
            '</rss>; rel="alternate"; title="A, \\"B\\"; C"; type="text/rss"',
            "text/rss",
            'A, "B"; C',
        ),
        ("</rss>; rel='alternate'; type='text/rss'", "text/rss", None),
        ("</rss>;REL=Alternate;TYPE=text/rss", "text/rss", None),
        ('</rss>; rel="alternate"; title="ujung \\\\"; type=text/rss', "text/rss", "ujung \\"),
        ('</rss>; rel="alternate"; title="tidak ditutup; type=text/rss', "", None),
    ],
)
def test_parameters_in_any_marks(value: str, kind: str, title: str | None) -> None:
    (link,) = read_link_header(f"{value}, </b.css>; rel=preload")[:1]
    assert (link.target, *link.relations) == ("/rss", "alternate")
    assert (link.type, link.title) == (kind, title)
