import email
import email.policy
import re
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pantau.common.channels.mailbox import read_mailbox
from pantau.common.text.safe_text import harmless, one_line
from pantau.errors import RejectError
from pantau.notifier.mail import compose, mail_address
from pantau_schemas.events.alert import Alert, ArticleSummary, Snippet
from tests.support import START
from tests.unit.notifier.support import TITLE, alert

NASTY = st.sampled_from(
    [
        "=?utf-8?q?a=0d=0aReply-To:_x=40evil.example=0d=0a=0d=0a=3Ch1=3E?=",
        "=?utf-8?b?DQpCY2M6IHg=?=", "=?utf-8?q?", "?=", "=?", "=?iso-8859-1?q?=1b[2J?=",
        "=?utf-8?b?4oCu?=", "\r\n", "\n.\n", "\r", "\n\n", "\nFrom ", "From ", ".", "\u202e",
        "\x1b[31m", "\x00", "\u2028", "\x85", "<b>", "&lt;", '"', "\\", "--=_", "=_", "=", "=3D",
        "\t", " ", "x" * 90, "é", "日本", "👩\u200d🚀", "\ud800", "]", "[", "<a@b.example>", ",", ";",
        "%", "{0}", "$(id)",
    ]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(), max_size=200) | st.lists(NASTY, max_size=12).map("".join)
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Content-Language",
    "MIME-Version", "Content-Type",
]  # fmt: skip


def mail(of: Alert, to: str = "desk@example.org") -> EmailMessage:
    """Compose a mail, and read it back from its bytes."""
    return email.message_from_bytes(sent(of, to), policy=email.policy.default)


def sent(of: Alert, to: str = "desk@example.org", sender: str = "pantau@example.net") -> bytes:
    return compose(of, delivery_id="d1", sender=read_mailbox(sender), to=to).content


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def english() -> Alert:
    article = ArticleSummary(article_id="e", revision=1, title="Flood", lang="en", first_seen=START)
    return alert(
        article=article,
        snippets=(Snippet(field="text", text="a <b>flood</b> here", marks=((5, 10),)),),
    )


def test_headers() -> None:
    message = mail(alert())
    assert message["Subject"] == f"[Banjir Jawa Tengah] {TITLE}"
    assert message["To"] == "desk@example.org"
    assert message["From"] == "Pantau <pantau@example.net>"
    assert message["Message-ID"] == "<d1@example.net>"
    assert message["List-Id"] == "<banjir.pantau.example.net>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 02 Mar 2026 08:00:00 +0000"
    assert message.keys() == HEADERS


def test_text_has_the_matched_words_in_stars() -> None:
    text = part(mail(alert()), "plain")
    assert "*Banjir Demak* surut, warga kembali ke rumah" in text
    assert "… genangan *banjir* di *Demak* mulai surut …" in text
    assert "Sumber: kabar.example" in text
    assert "Terbit: 2 Maret 2026 08.00 UTC" in text
    assert "Kueri: banjir AND Demak" in text
    assert "https://kabar.example/satu?a=1&b=2" in text


def test_html_has_the_matched_words_in_bold() -> None:
    page = LexborHTMLParser(part(mail(alert()), "html"))
    assert [node.text() for node in page.css("h2 b")] == ["Banjir", "Demak"]
    assert [node.text() for node in page.css("p b")] == ["Banjir Jawa Tengah", "banjir", "Demak"]
    assert [node.attributes["href"] for node in page.css("a")] == [
        "https://kabar.example/satu?a=1&b=2"
    ] * 2


def test_english_for_english_articles() -> None:
    message = mail(english())
    assert message["Content-Language"] == "en"
    assert "Found: 2 March 2026 08:00 UTC" in part(message, "plain")
    assert "a &lt;b&gt;<b>flood</b>&lt;/b&gt; here" in part(message, "html")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "2 Maret 2026 15.00 WIB"),
        ("Asia/Jayapura", "2 Maret 2026 17.00 WIT"),
        ("America/Sao_Paulo", "2 Maret 2026 05.00 UTC-03"),
        ("Mars/Olympus", "2 Maret 2026 08.00 UTC"),
    ],
)
def test_times_are_in_the_zone_of_the_subscription(zone: str, shown: str) -> None:
    message = mail(alert().model_copy(update={"time_zone": zone}))
    for kind in ("plain", "html"):
        assert shown in part(message, kind)


def test_the_footer_names_the_subscription_and_what_stops_it() -> None:
    odd = alert().model_copy(update={"subscription_id": "a b;c"})
    for kind in ("plain", "html"):
        text = part(mail(odd), kind).replace("&#x27;", "'")
        assert "untuk langganan Banjir Jawa Tengah." in text
        assert "pantau subscriptions pause 'a b;c'" in text
        assert "pantau subscriptions remove 'a b;c'" in text
    ours = part(mail(english()), "plain")
    assert "To pause: pantau subscriptions pause banjir\n" in ours


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", None])
def test_only_web_addresses_are_links(url: str | None) -> None:
    article = ArticleSummary(article_id="e", revision=1, title="T", url=url, first_seen=START)
    assert "<a " not in part(mail(alert(article=article, snippets=())), "html")


def about(name: str, title: str, url: str, source: str, query: str, text: str) -> Alert:
    """Build an alert of texts that bypass the schema."""
    article = ArticleSummary.model_construct(
        article_id="e",
        revision=1,
        title=title,
        url=url,
        source=source,
        lang=None,
        published=None,
        first_seen=START,
    )
    return alert().model_copy(
        update={
            "subscription_name": name,
            "article": article,
            "query": query,
            "snippets": (Snippet.model_construct(field="text", text=text, marks=((0, 3), (2, 9))),),
        }
    )


TAGS = {
    "span",
    "html",
    "style",
    "main",
    "div",
    "br",
    "head",
    "meta",
    "body",
    "p",
    "b",
    "h2",
    "a",
    "table",
    "tbody",
    "tr",
    "td",
    "hr",
    "small",
}


@given(name=ANY_TEXT, title=ANY_TEXT, url=ANY_TEXT, source=ANY_TEXT, query=ANY_TEXT, text=ANY_TEXT)
def test_no_value_gets_out_of_its_place(
    *, name: str, title: str, url: str, source: str, query: str, text: str
) -> None:
    raw = sent(about(name, title, url, source, query, text))
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message.items() == [(key, message[key]) for key in HEADERS]
    assert message["To"] == "desk@example.org"
    assert message["From"] == "Pantau <pantau@example.net>"
    subject = one_line(f"[{one_line(name, 80)}] {one_line(title) or '(…)'}", 200)
    assert message["Subject"] == subject
    assert harmless(message["Subject"]) == message["Subject"]
    unfolded = email.message_from_bytes(raw)["Subject"].replace("\r\n ", " ").replace("\n ", " ")
    assert str(make_header(decode_header(unfolded))) == subject
    assert [one.get_content_type() for one in message.iter_parts()] == ["text/plain", "text/html"]
    plain = part(message, "plain")
    assert plain.startswith(f"Berita baru untuk langganan {one_line(name, 80)}\n")
    assert f"\nKueri: {one_line(query, 500)}\n" in plain
    page = LexborHTMLParser(part(message, "html"))
    assert {node.tag for node in page.css("*")} <= TAGS


@given(name=ANY_TEXT, title=ANY_TEXT, text=ANY_TEXT)
def test_the_bytes_are_such_that_nothing_on_the_way_changes_them(
    name: str, title: str, text: str
) -> None:
    raw = sent(about(name, title, "https://kabar.example/" + text, text, text, text))
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 78 or b" " not in line for line in lines)
    assert all(len(line) <= 998 for line in lines)
    assert not any(line.startswith(b"From ") for line in lines)
    assert not re.search(rb"[^ -~\r\n]", raw)
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    assert raw == sent(about(name, title, "https://kabar.example/" + text, text, text, text))


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        ("pantau@example.net", "Pantau <pantau@example.net>"),
        ("Pantau <pantau@example.org>", "Pantau <pantau@example.org>"),
        ('"News, Desk" <pantau@example.org>', '"News, Desk" <pantau@example.org>'),
        (r'"The \"Desk\"" <pantau@example.org>', r'"The \"Desk\"" <pantau@example.org>'),
        (
            "Redaksi Béla ꦗꦮ <pantau@bücher.example>",
            "Redaksi Béla ꦗꦮ <pantau@xn--bcher-kva.example>",
        ),
        ("=?utf-8?q?x?= <pantau@example.org>", "=?utf-8?q?x?= <pantau@example.org>"),
        ("Kantor Berita Indonesia " * 5 + "<pantau@example.org>", None),
    ],
)
def test_the_senders_name_is_shown(sender: str, header: str | None) -> None:
    raw = sent(alert(), sender=sender)
    shown = email.message_from_bytes(raw, policy=email.policy.default)["From"]
    (box,) = shown.addresses
    assert (box.display_name, box.addr_spec) == (
        read_mailbox(sender).name or "Pantau",
        read_mailbox(sender).address,
    )
    if header is not None and "=?" not in header:
        assert shown == header
    assert (
        compose(alert(), delivery_id="d", sender=read_mailbox(sender), to="a@b.example").sender
        == box.addr_spec
    )


def test_ids_of_any_length_and_script_make_headers() -> None:
    about_it = alert().model_copy(update={"subscription_id": "🌊.?=" * 50})
    composed = compose(
        about_it,
        delivery_id="=?x?" * 50,
        sender=read_mailbox("a@[127.0.0.1]"),
        to='"a b"@c.example',
    )
    message = email.message_from_bytes(composed.content)
    assert re.fullmatch(r"<[a-z2-7]{26}@localhost>", message["Message-ID"])
    assert re.fullmatch(r"<[a-z2-7]{26}\.pantau\.localhost>", message["List-Id"])
    assert composed.to == '"a b"@c.example'


def test_an_address_leads_to_the_same_place_and_shows_all_of_it() -> None:
    article = alert().article.model_copy(
        update={"url": " https://kabar.example/a b\u200d\u202e\n-ü "}
    )
    message = mail(alert(article=article, snippets=()))
    link = "https://kabar.example/a%20b%E2%80%8D%E2%80%AE%0A-ü"
    assert f"\n{link}\n" in part(message, "plain")
    page = LexborHTMLParser(part(message, "html"))
    assert [node.attributes["href"] for node in page.css("a")] == [link] * 2


def test_a_header_cannot_be_injected() -> None:
    message = mail(alert(subscription_name="x\r\nBcc: all@example.org", query="a\nb"))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("[x Bcc: all@example.org]")


@pytest.mark.parametrize(
    "text",
    [
        "", "desk", "@example.org", "desk@", "a@b\r\nBcc: c@d", "a@b, c@d", "a b@c.example",
        "a@b@c.example", "a@exa mple.org", "désk@example.org", "a@" + "x" * 70 + ".org",
        "a@.example", "a@b.example\x00", "Desk <a@b.example>, c@d.example", "Desk: a@b.example;",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(RejectError, match=r"expected one such as desk@example\.org"):
        mail_address(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("desk@example.org", "desk@example.org"),
        ("a.b+c@sub.example.org", "a.b+c@sub.example.org"),
        ("redaksi@bücher.example", "redaksi@xn--bcher-kva.example"),
        ("pantau@localhost", "pantau@localhost"),
        ("Desk <a@b.example>", "a@b.example"),
        ("<a@b.example>", "a@b.example"),
        ("a@b.example (comment)", "a@b.example"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert mail_address(text).address == address
