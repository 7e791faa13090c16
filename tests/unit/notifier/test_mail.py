import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pantau.errors import RejectError
from pantau.notifier.mail import compose, mail_address
from pantau_schemas.alert import Alert, ArticleSummary, Snippet
from tests.support import START
from tests.unit.notifier.support import TITLE, alert

ANY_TEXT = st.text(st.characters(), max_size=200)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Content-Language", "MIME-Version",
    "Content-Type",
}  # fmt: skip


def mail(about: Alert, to: str = "desk@example.org") -> EmailMessage:
    """Compose a mail, and read it back from its bytes."""
    sent = compose(about, delivery_id="d1", sender="pantau@example.net", to=to).as_bytes()
    return email.message_from_bytes(sent, policy=email.policy.default)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def english() -> Alert:
    article = ArticleSummary(article_id="e", revision=1, title="Flood", lang="en", first_seen=START)
    return alert(
        article=article, snippets=(Snippet(field="text", text="a <b>flood</b> here", marks=((5, 10),)),)
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
    assert set(message.keys()) == HEADERS


def test_text_has_the_matched_words_in_stars() -> None:
    text = part(mail(alert()), "plain")
    assert "*Banjir Demak* surut, warga kembali ke rumah" in text
    assert "… genangan *banjir* di *Demak* mulai surut …" in text
    assert "Sumber: kabar.example" in text
    assert "Terbit: 2 Maret 2026 08:00 UTC" in text
    assert "Kueri: banjir AND Demak" in text
    assert "https://kabar.example/satu?a=1&b=2" in text


def test_html_has_the_matched_words_in_bold() -> None:
    page = LexborHTMLParser(part(mail(alert()), "html"))
    assert [node.text() for node in page.css("h2 b")] == ["Banjir", "Demak"]
    assert [node.text() for node in page.css("p b")] == ["Banjir Jawa Tengah", "banjir", "Demak"]
    assert [node.attributes["href"] for node in page.css("a")] == ["https://kabar.example/satu?a=1&b=2"] * 2


def test_english_for_english_articles() -> None:
    message = mail(english())
    assert message["Content-Language"] == "en"
    assert "Found: 2 March 2026 08:00 UTC" in part(message, "plain")
    assert "a &lt;b&gt;<b>flood</b>&lt;/b&gt; here" in part(message, "html")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", None])
def test_only_web_addresses_are_links(url: str | None) -> None:
    article = ArticleSummary(article_id="e", revision=1, title="T", url=url, first_seen=START)
    assert "<a " not in part(mail(alert(article=article, snippets=())), "html")


@given(name=ANY_TEXT, title=ANY_TEXT, url=ANY_TEXT, source=ANY_TEXT, query=ANY_TEXT, text=ANY_TEXT)
def test_no_value_gets_out_of_its_place(
    *, name: str, title: str, url: str, source: str, query: str, text: str
) -> None:
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
    about = alert().model_copy(
        update={
            "subscription_name": name,
            "article": article,
            "query": query,
            "snippets": (Snippet.model_construct(field="text", text=text, marks=((0, 3), (2, 9))),),
        }
    )
    message = mail(about)
    assert set(message.keys()) == HEADERS
    assert message["To"] == "desk@example.org"
    assert len(message["Subject"]) <= 200
    page = LexborHTMLParser(part(message, "html"))
    tags = {node.tag for node in page.css("*")}
    assert tags <= {
        "html",
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


def test_a_header_cannot_be_injected() -> None:
    message = mail(alert(subscription_name="x\r\nBcc: all@example.org", query="a\nb"))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("[x Bcc: all@example.org]")


@pytest.mark.parametrize(
    "text",
    [
        "", "desk", "@example.org", "desk@", "a@b\r\nBcc: c@d", "a@b, c@d", "Desk <a@b.example>", "a b@c.example",
        "a@b@c.example", "a@exa mple.org", "désk@example.org", "a@" + "x" * 70 + ".org", "a@.example", "a@b.example\x00",
        "<a@b.example>", "a@b.example (comment)",
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
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert mail_address(text).addr_spec == address
