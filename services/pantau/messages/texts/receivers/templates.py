"""Templates: messages in their owner's own form, and what is wrong with one."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "template.fault": Text(en="{part}, line {line}: {text}", id="{part}, baris {line}: {text}"),
    "template.failed": Text(
        en="The template of this subscription failed ({fault}), so this is the usual message.",
        id="Templat langganan ini gagal ({fault}), jadi ini pesan yang biasa.",
    ),
    "template.refused": Text(en="the template is refused: {fault}", id="templat ditolak: {fault}"),
    "template.no-toml": Text(
        en='{file} is no TOML: {reason}; expected subject, text and html, as in text = """..."""',
        id="{file} bukan TOML: {reason}; seharusnya subject, text dan html, seperti "
        'text = """..."""',
    ),
    "template.no-part": Text(
        en="{file}: expected subject, text or html, each a text of at most 20,000 characters; "
        "{reason}",
        id="{file}: seharusnya subject, text atau html, masing-masing teks paling panjang 20.000 "
        "karakter; {reason}",
    ),
    "template.empty": Text(
        en="write a subject, a text or HTML, or go back to the usual form",
        id="tulis subjek, teks atau HTML, atau kembali ke bentuk biasa",
    ),
    "template.no-json": Text(
        en="{column}: expected an object of JSON with subject, text and html, such as "
        '{{"text": "..."}}; in channel_template, one for each channel',
        id="{column}: seharusnya objek JSON dengan subject, text dan html, seperti "
        '{{"text": "..."}}; di channel_template, satu untuk setiap saluran',
    ),
    "template.no-such-channel": Text(
        en="channel {channel}: it names none, or several, of the channels of the subscription: "
        "{channels}",
        id="saluran {channel}: tidak menyebut satu pun, atau menyebut beberapa, dari saluran "
        "langganannya: {channels}",
    ),
    "template.fixed-form": Text(
        en="messages to {channel} have a fixed form; templates are for mails and for webhooks in "
        "the formats slack and teams",
        id="pesan ke {channel} berbentuk tetap; templat adalah untuk surel dan untuk webhook "
        "berformat slack dan teams",
    ),
    "template.saved-channel": Text(
        en="saved: messages of {name} to {channel} have this form from now on",
        id="disimpan: pesan {name} ke {channel} mulai sekarang berbentuk ini",
    ),
    "template.removed-channel": Text(
        en="messages of {name} to {channel} have the form of the subscription again",
        id="pesan {name} ke {channel} kembali ke bentuk langganan",
    ),
    "template.none-channel": Text(
        en="{name} has no template for {channel}; its messages have the form of the subscription",
        id="{name} tidak memiliki templat untuk {channel}; pesannya berbentuk seperti langganannya",
    ),
    "template.saved": Text(
        en="saved: messages of {name} have this form from now on",
        id="disimpan: pesan {name} mulai sekarang berbentuk ini",
    ),
    "template.removed": Text(
        en="messages of {name} have the usual form again",
        id="pesan {name} kembali ke bentuk biasa",
    ),
    "template.none": Text(
        en="{name} has no template; its messages have the usual form",
        id="{name} tidak memiliki templat; pesannya berbentuk biasa",
    ),
    "template.too-large": Text(
        en="{file} is larger than {most} bytes; a template is a page of text",
        id="{file} lebih besar dari {most} bita; templat adalah sehalaman teks",
    ),
    "template.unread": Text(en="{file}: {reason}", id="{file}: {reason}"),
    "template.file-and-remove": Text(
        en="give either a FILE or --remove", id="berikan FILE atau --remove, bukan keduanya"
    ),
}
