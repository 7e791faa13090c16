"""Other extractors over pages from standard input; run by the interpreter that has them installed.

Reads a JSON list of [url, html], writes a JSON object of the texts of each extractor that is there.
"""

import json
import sys
import time
from collections.abc import Callable


def _trafilatura() -> Callable[[str, str], str]:
    import trafilatura  # noqa: PLC0415 (each may be absent)

    return lambda url, html: trafilatura.extract(html, url=url, include_comments=False) or ""


def _newspaper4k() -> Callable[[str, str], str]:
    import newspaper  # noqa: PLC0415 (as above)

    def read(url: str, html: str) -> str:
        article = newspaper.Article(url)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return read


def _resiliparse() -> Callable[[str, str], str]:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 (as above)

    return lambda _, html: str(extract_plain_text(html, main_content=True))


def main() -> None:
    """Run every peer that is installed."""
    pages = json.load(sys.stdin)
    found = {}
    for name, build in (
        ("trafilatura", _trafilatura),
        ("newspaper4k", _newspaper4k),
        ("resiliparse", _resiliparse),
    ):
        try:
            read = build()
        except ImportError:
            continue
        read(*pages[0])
        began = time.perf_counter()
        texts = [read(*one) for one in pages]
        found[name] = {"texts": texts, "seconds": time.perf_counter() - began}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
