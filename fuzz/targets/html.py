"""HTML to plain text."""

from fuzz.promises import answer, require, require_clean, text_of
from pantau.feeds.html.text import html_to_text, one_line, tidy

KIND = "markup"
MAX_LEN = 6_000
SEEDS = (
    b"<p>Satu <b>dua</b><br>tiga</p><ul><li>a<li>b</ul>",
    (
        b"<table><tr><td>1<td>2</table><pre>a\n  b</pre><script>var "
        b"a='</p>';</script><style>p{}</style>x"
    ),
    (
        b"<!-- a --> &amp; &lt;b&gt; &#128512; &#xd800; &nbsp; <a href='x>y'>t</a> <![CDATA[z]]> "
        b"<?php a ?> </"
    ),
    "<div>漢字 \u202e \u0301 <p>😀".encode(),
)


def check(data: bytes) -> None:
    """Convert markup to text: clean, tidy, never much longer."""
    markup = text_of(data)
    text: str = answer(lambda: html_to_text(markup))
    require_clean(text.encode("utf-8", "replace").decode(), "plain text")
    require(tidy(text) == text, "plain text is tidy", text)
    require(
        len(text) <= 4 * len(markup) + 10,
        "plain text is of the size of its markup",
        len(text),
        len(markup),
    )
    require("\n" not in one_line(markup), "one line is one line", one_line(markup))
