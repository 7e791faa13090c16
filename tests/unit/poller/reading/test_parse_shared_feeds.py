"""`pantau feeds parse` on feeds of other projects' tests.

Every item, and what feedparser itself reads of it.
"""

import calendar
import io
import json
import re
import subprocess
import sys
import warnings
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pantau.bootstrap import build_reader
from pantau.common.files.jsonlines import Complaints
from pantau.common.text.normal_text import normalise_text
from pantau.poller.reading.batch import parse_file
from pantau_schemas.base import format_time
from pantau_schemas.ids import article_id
from pantau_schemas.links.canonical import normalise_link

NO_ADDRESS = "feedparser takes an id such as urn:... or tag:... for a link"
NAME_ALONE = "of a name and an address we keep the name"
BEHIND_A_PROXY = "feedburner:origLink, the address behind a proxy of feeds, is the article's"
EXPLAINED = {
    ("rss2__rss_2.0_rps.xml", "url"): BEHIND_A_PROXY,
    ("atom__atom_example_3.xml", "url"): BEHIND_A_PROXY,
    ("rss0__rss_0.92_spec_1.xml", "url"): "without a link, the address of its enclosure",
    ("atom__atom_entry_1.xml", "url"): NO_ADDRESS,
    ("atom__atom_example_7.xml", "url"): NO_ADDRESS,
    ("atom__atom_example_1.xml", "author"): NAME_ALONE,
    ("rss1__rss_1.0_spec_2.xml", "author"): NAME_ALONE,
    ("rss2__rss_2.0_ilgiornale.xml", "author"): NAME_ALONE,
    ("rss2__rss_2.0_relurl_1.xml", "author"): NAME_ALONE,
    ("rss__feed_item_fallbacks_-_rss_channel_item_extensions.xml", "author"): NAME_ALONE,
    ("rss1__rss_1.0_example_1.xml", "url"): "resolved against the link of the feed",
    ("rss2__rss_2.0_ilmessaggero.xml", "published"): "weekdays and months of other languages",
    ("rss2__rss_2.0_nbcny.xml", "published"): "12-hour clock, which feedparser reads as 24 hours",
}
"""Where we read another value than feedparser, and why."""

NO_PAGE_OF_THEIR_OWN = {
    ("rss2__rss_2.0_kdist.xml", "https://kernel.org"),
    ("jsonfeed__jsonfeed_elastic_1.1.json", "https://example.com"),
    ("rss2__rss_2.0_spec_1.xml", "https://scriptingnews.userland.com/backissues/2002/09/29"),
}
"""Items that link to the site itself or share a page: their guid distinguishes them."""


def _lines(path: Path) -> list[dict[str, Any]]:
    told = io.StringIO()
    complaints = Complaints(told)
    with closing(build_reader()) as reader:
        found = list(parse_file(path.name, path.read_bytes(), None, complaints, reader))
    assert complaints.unreadable == 0, told.getvalue()
    return found


def _reference(path: Path) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's own, of fields that changed places
        return [_of_feedparser(one) for one in feedparser.parse(path.read_bytes()).entries]


def _of_feedparser(entry: Any) -> dict[str, Any]:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    published = moment and format_time(datetime.fromtimestamp(calendar.timegm(moment), UTC))
    title = unescape(re.sub(r"<[^>]*>", "", unescape(entry.get("title", ""))))
    tags = dict.fromkeys(one.get("label") or one.get("term") for one in entry.get("tags", []))
    return {
        "title": normalise_text(" ".join(title.split())),
        "url": entry.get("link") or None,
        "published": published and published[:19],
        "author": entry.get("author") or None,
        "tags": list(tags),
    }


def test_what_feedparser_reads_is_read(shared_data: Path) -> None:
    differences = set()
    for path in sorted((shared_data / "feeds").glob("*.xml")):
        ours, theirs = _lines(path), _reference(path)
        assert len(ours) == len(theirs), path.name
        for one, other in zip(ours, theirs, strict=True):
            read = {"tags": [], **one, "published": (one.get("published") or "")[:19] or None}
            differences |= {
                (path.name, name) for name, value in other.items() if read.get(name) != value
            }
    assert differences == set(EXPLAINED)


def test_every_line_has_the_promised_form(shared_data: Path) -> None:
    paths = sorted((shared_data / "feeds").iterdir())
    by_something_else = set()
    for path in paths:
        for line in _lines(path):
            keys = ["id", "title", "text", "url", "published", "author", "tags", "feed"]
            assert list(line) == [key for key in keys if key in line]
            assert re.fullmatch("[a-z2-7]{26}", line["id"])
            assert line["feed"] == path.name
            assert "\n" not in line["title"]
            assert line["title"] == line["title"].strip()
            assert line["text"] == line["text"].strip()
            assert not re.search(
                r"&(?:[a-z]+|#\d+);|</?(?:p|a|div|br|b|span)\b", line["title"] + line["text"]
            )
            if "published" in line:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["published"])
            if "tags" in line:
                assert all(isinstance(tag, str) and tag.strip() for tag in line["tags"])
            link = normalise_link(line.get("url", ""))
            if link is not None and line["id"] != article_id(link=link):
                by_something_else.add((path.name, link))
    assert by_something_else == NO_PAGE_OF_THEIR_OWN


@pytest.mark.parametrize("name", ["rss2__rss_2.0_bbc.xml", "jsonfeed__jsonfeed_spec_1.json"])
def test_the_command_prints_the_same(shared_data: Path, name: str) -> None:
    path = shared_data / "feeds" / name
    command = [sys.executable, "-m", "pantau.cli", "feeds", "parse", name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, check=False, timeout=240)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.splitlines()] == _lines(path)


def test_undeclared_encodings_are_told(shared_data: Path) -> None:
    scripts = {
        "big5": "[\u4e00-\u9fff]", "eucjp": "[\u3040-\u30ff]", "euckr": "[\uac00-\ud7af]",
        "gb2312": "[\u4e00-\u9fff]", "koi8r": "[\u0400-\u04ff]", "shiftjis": "[\u3040-\u30ff]",
        "tis620": "[\u0e00-\u0e7f]", "windows1255": "[\u0590-\u05ff]",
    }  # fmt: skip
    from pantau.feeds.encoding.charset import decode  # noqa: PLC0415 (for this test alone)

    for name, script in scripts.items():
        body = (
            shared_data / "feeds-torture" / "illformed" / "chardet" / f"{name}.xml"
        ).read_bytes()
        text = decode(body).text
        assert len(re.findall(script, text)) > 10, name
        assert "\ufffd" not in text
