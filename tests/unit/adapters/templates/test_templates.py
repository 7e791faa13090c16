"""Templates of messages: what they can do, what is refused, and what they can never do."""

from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.templates.budget import FILTER_NAMES, HANDLED, PARTS
from pantau.adapters.templates.own_texts import own_texts
from pantau.adapters.templates.rendering import CHARACTERS, render
from pantau.adapters.templates.sandbox import DEPTH
from pantau.common.channels.mailbox import read_mailbox
from pantau.errors import UsageError
from pantau.notifier.bodies.slack import slack_body
from pantau.notifier.bodies.teams import teams_body
from pantau.notifier.composing.own_form import fields_of, own_view, sample_view
from pantau.notifier.mails.summary import compose_message
from pantau.ports import AnyMessage, Message, RuleMessage
from pantau_schemas.events.subscription import EmailChannel, FileChannel, MessageTemplate
from tests.unit.notifier.messages import content, five
from tests.unit.notifier.support import TITLE, alert, delivery

TO = EmailChannel(to="desk@example.org")
SENDER = read_mailbox("pantau@example.org")
FIELDS = fields_of(sample_view("Banjir", "en"))


def made(text: str, part: str = "text") -> str:
    return render(MessageTemplate.model_validate({part: text}), FIELDS)[part]


def refusal(text: str, part: str = "text") -> str:
    with pytest.raises(UsageError) as caught:
        made(text, part)
    return str(caught.value)


def message(template: MessageTemplate | None, about: str = "satu") -> Message:
    return Message(delivery(), alert(about=about), TO, "id", template)


def mail_of(given: AnyMessage) -> tuple[str, str, str]:
    """Return subject, text and HTML of the mail of a message."""
    found = compose_message(given, sender=SENDER, to=TO.to, texts=own_texts(given))
    read = message_from_bytes(found.content, policy=default)
    plain, page = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert page is not None
    text, content = (one.get_content().replace("\r\n", "\n") for one in (plain, page))
    return read["subject"], text, content


class TestForm:
    def test_fields_choices_and_lists_are_shown(self) -> None:
        text = (
            "{% for one in stories %}{{ loop.index }}. {{ one.title | upper }} "
            "{% if one.link %}<{{ one.link }}>{% endif %} "
            "{{ one.passages | join('; ', attribute='text') }}{% endfor %}"
        )
        assert made(text).startswith("1. ")
        assert "<https://example.org/1>" in made(text)

    def test_html_is_escaped_and_text_is_not(self) -> None:
        fields = {**FIELDS, "name": "<b>&"}
        template = MessageTemplate(subject="{{ name }}", text="{{ name }}", html="{{ name }}")
        assert render(template, fields) == {
            "subject": "<b>&", "text": "<b>&", "html": "&lt;b&gt;&amp;",
        }  # fmt: skip

    @pytest.mark.parametrize("name", FILTER_NAMES)
    def test_every_filter_that_is_named_exists(self, name: str) -> None:
        field = "lead" if name == "join" else "name"
        assert made("{{ " + f"{field} | {name}" + " }}")

    def test_a_mail_has_it_and_keeps_its_foot(self) -> None:
        template = MessageTemplate(
            subject="!! {{ stories[0].title }}",
            text="Halo\n{{ stories[0].title }}",
            html="<h1>{{ stories[0].title }}</h1>",
        )
        subject, text, page = mail_of(message(template))
        usual = mail_of(message(None))
        assert subject == f"!! {TITLE}"
        assert text.startswith(f"Halo\n{TITLE}\n\n-- \n")
        assert text.partition("-- \n")[2] == usual[1].partition("-- \n")[2]
        assert f"<h1>{TITLE}</h1>" in page
        assert page.partition('<p class="foot">')[2] == usual[2].partition('<p class="foot">')[2]

    @pytest.mark.parametrize("body", [slack_body, teams_body])
    def test_chat_programs_show_its_text_as_text(self, body: object) -> None:
        template = MessageTemplate(text="*bold* <!channel> {{ stories[0].title }}\n\nsecond")
        given = message(template)
        view = own_view(given, own_texts(given))
        assert view.lead[0].startswith("*bold* <!channel> Banjir")
        assert view.stories == ()
        assert b"second" in body(view)  # type: ignore[operator]  # one of the two above


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("a\n{{ name", "text, line 2: "),
            ("{% for one in stories %}", "text, line 1: "),
            ("\n\n{{ storie }}", "text, line 3: there is no storie; there are foot, lang"),
            ("{{ stories[0].titel }}", "text, line 1: 'dict object' has no attribute 'titel'"),
            ("a\n{{ name | reverse }}", "text, line 2: there is no filter reverse; there are"),
            ("{{ name is callable }}", "there is no test callable"),
            ("{% for one in name %}{% endfor %}", "a loop goes through a list of fields"),
            ("{{ lead[9] }}", "has no element 9"),
            ("{{ name | truncate('x') }}", "text, line 1: "),
        ],
    )
    def test_the_fault_is_named_by_part_and_line(self, text: str, fault: str) -> None:
        assert fault in refusal(text)

    @pytest.mark.parametrize(
        "text",
        [
            "{{ name.__class__ }}", "{{ name['__class__'] }}", "{{ ''.__class__.__mro__ }}",
            "{{ _steps }}", "{{ name.upper() }}", "{{ range(9) }}", "{{ cycler('a').next() }}",
            "{{ lipsum() }}", "{{ self.__init__ }}", "{{ stories.__len__ }}", "{{ loop }}",
            "{{ [].append }}", "{{ joiner }}", "{{ namespace }}", "{{ dict }}",
            "{{ name | attr('__class__') }}", "{{ name | format }}", "{{ name | map('upper') }}",
            "{% import 'x' as y %}", "{% include 'x' %}", "{% extends 'x' %}",
            "{% set x = name %}{{ x }}", "{% set x %}a{% endset %}",
            "{% macro x() %}{% endmacro %}",
            "{% block x %}{% endblock %}", "{% filter upper %}x{% endfilter %}",
            "{% with x = 1 %}{% endwith %}", "{% call x() %}{% endcall %}",
            "{% for x in stories recursive %}{{ loop(x.others) }}{% endfor %}",
        ],
    )  # fmt: skip
    def test_nothing_else_is_reached(self, text: str) -> None:
        assert refusal(text).startswith("text, line 1: ")

    @pytest.mark.parametrize(
        "text",
        [
            "{{ 'a' * 999999999 }}", "{{ 9 ** 9 ** 9 }}", "{{ 'a' ~ 'b' }}",
            "{{ '%999999999d' % 1 }}",
            "{{ 'a' + 'a' }}", "{{ name | center(999999999) }}",
            "{{ name | replace('a', 'aaaa') }}",
            "{{ name | indent(999999999) }}", "{{ lead | join(' ' * 999) }}",
            "{% for a in lead %}" * (DEPTH + 1) + "{% endfor %}" * (DEPTH + 1),
            "{{ " + "(" * 5_000 + "name" + ")" * 5_000 + " }}",
            "{{ " + "not " * 4_900 + "name }}",
            "{% if name %}" * 800 + "{% endif %}" * 800,
        ],
    )  # fmt: skip
    def test_nothing_costly_is_computed(self, text: str) -> None:
        assert refusal(text).startswith("text, line ")

    def test_loops_and_output_end(self) -> None:
        many = {**FIELDS, "stories": FIELDS["stories"] * 25}
        loops = "{% for a in stories %}{% for b in stories %}{% for c in stories %}"
        with pytest.raises(UsageError, match="more than 5000 steps"):
            render(MessageTemplate(text=f"{loops}x{'{% endfor %}' * 3}"), many)
        long = "{% for a in stories %}" + "x" * 19_000 + "{% endfor %}"
        with pytest.raises(UsageError, match=f"more than {CHARACTERS} characters"):
            render(MessageTemplate(text=long), many)
        with pytest.raises(UsageError, match="join adds more than"):
            render(MessageTemplate(text="{{ stories | join('" + "x" * 9_000 + "') }}"), many)

    @pytest.mark.parametrize(
        "body",
        [
            "{% if stories | join == 'x' %}{% endif %}" * 400,
            "{% if stories | title == 'x' %}{% endif %}" * 400,
            "{% if stories[0].title | upper | lower | capitalize == 'x' %}{% endif %}" * 200,
            "{% if '" + "&" * 19_000 + "' | e == 'x' %}{% endif %}",
            "{% if stories | e | trim | urlencode %}{% endif %}" * 100,
            "{% if a.passages[0].text | truncate(9) == 'x' %}{% endif %}" * 90,
        ],
    )
    def test_filters_end_where_nothing_comes_of_them(self, body: str) -> None:
        fields = {**FIELDS, "stories": FIELDS["stories"] * 25}
        loops = "{% for a in stories %}{% for b in stories %}" + body + "{% endfor %}{% endfor %}"
        with pytest.raises(UsageError, match=f"take in more than {HANDLED} characters"):
            render(MessageTemplate(text=loops), fields)

    def test_constants_are_not_computed_before_there_is_a_budget(self) -> None:
        grows = "{{ '" + "&" * 15_000 + "'" + " | e | title" * 90 + " }}"
        assert f"take in more than {HANDLED} characters" in refusal(grows)

    def test_the_bodies_of_loops_end(self) -> None:
        fields = {**FIELDS, "stories": FIELDS["stories"] * 60}
        loops = "{% for a in stories %}{% for b in stories %}{% endfor %}{% endfor %}"
        body = "{% if a %}{% endif %}" * 200
        with pytest.raises(UsageError, match=f"evaluate more than {PARTS} parts"):
            render(
                MessageTemplate(text=loops.replace("{% endfor %}", f"{body}{{% endfor %}}")), fields
            )


class TestFailing:
    BROKEN = MessageTemplate(subject="x", text="{{ stories[5].title }}", html="{{ name }}")

    def test_the_usual_message_comes_and_says_so(self) -> None:
        given = message(self.BROKEN)
        subject, text, page = mail_of(given)
        assert subject == f"[Banjir Jawa Tengah] {TITLE}"
        for part in (text, page):
            assert "warga kembali ke rumah" in part
            assert "Templat langganan ini gagal (text, baris 1: " in part
        view = own_view(given, own_texts(given))
        assert view.stories
        assert "text, baris 1" in view.foot[-1]

    def test_notices_have_no_template(self) -> None:
        told = content("channel-stopped", ())
        given = RuleMessage(delivery(), told, FileChannel(path="/x"), "id", template=self.BROKEN)
        assert own_texts(given) is None
        suspended = alert(kind="suspended", problem="too costly")
        assert own_texts(Message(delivery(), suspended, TO, "id", self.BROKEN)) is None

    def test_digests_have_it(self) -> None:
        template = MessageTemplate(text="{{ stories | length }}")
        given = RuleMessage(delivery(), content("digest", five()), TO, "id", template=template)
        texts = own_texts(given)
        assert texts is not None
        assert texts.text == "3"


PIECES = (
    "{{", "}}", "{%", "%}", "for a in stories", "endfor", "if", "a.title", "name", "|", "upper",
    "(", ")", "[0]", ".", "'x'", "loop.index", "is defined", "endif", "else", "not", "in", " ",
)  # fmt: skip
FRAMES = (
    ("", ""),
    ("{{ ", " }}"),
    ("{% if ", " %}a{% endif %}"),
    ("{% for a in ", " %}{% endfor %}"),
)


@given(
    st.text(min_size=1, max_size=60)
    | st.lists(st.sampled_from(PIECES), min_size=1, max_size=16).map(" ".join),
    st.sampled_from(FRAMES),
)
def test_whatever_is_written_is_rendered_or_refused(written: str, frame: tuple[str, str]) -> None:
    begin, end = frame
    try:
        made(f"{begin}{written}{end}")
    except UsageError as error:
        said = str(error)
    else:
        return
    assert said.startswith("text, line ")
