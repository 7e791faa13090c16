"""`pantau setup` and `pantau local`: what was done to servers, and what is under way."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "servers.topic-made": Text(en="topic {name} made", id="topik {name} dibuat"),
    "servers.topic-changed": Text(en="topic {name}: {values}", id="topik {name}: {values}"),
    "servers.topics-kept": Text(
        en="{count:n topic is as it should be|topics are as they should be}",
        id="{count:n topik} sudah sebagaimana mestinya",
    ),
    "servers.group-adopted": Text(
        en="group {group} goes on in {topic} where {former} stood",
        id="grup {group} melanjutkan {topic} dari tempat {former} berhenti",
    ),
    "servers.partitions": Text(
        en="{topic} has {found} partitions, not {wanted}: left as it is, since more partitions "
        "would break the order of each key. Set kafka.partitions to {found}; or use a new "
        "kafka.prefix and begin anew",
        id="{topic} memiliki {found} partisi, bukan {wanted}: dibiarkan, karena menambah partisi "
        "merusak urutan tiap kunci. Atur kafka.partitions ke {found}; atau pakai kafka.prefix baru "
        "dan mulai dari awal",
    ),
    "servers.copies": Text(
        en="{topic} has {found} copies of each partition, not {wanted}: change them with Kafka's "
        "own kafka-reassign-partitions.sh",
        id="{topic} memiliki {found} salinan tiap partisi, bukan {wanted}: ubah dengan "
        "kafka-reassign-partitions.sh milik Kafka",
    ),
    "servers.template-new": Text(
        en="Elasticsearch {address}: template {name} version {version} (new)",
        id="Elasticsearch {address}: templat {name} versi {version} (baru)",
    ),
    "servers.template-again": Text(
        en="Elasticsearch {address}: template {name} version {version} (written again)",
        id="Elasticsearch {address}: templat {name} versi {version} (ditulis lagi)",
    ),
    "servers.template-replaced": Text(
        en="Elasticsearch {address}: template {name} version {version} "
        "(in place of version {former})",
        id="Elasticsearch {address}: templat {name} versi {version} (menggantikan versi {former})",
    ),
    "servers.indexes-stems": Text(
        en="Elasticsearch {address}: indexes words and their stems",
        id="Elasticsearch {address}: mengindeks kata beserta kata dasarnya",
    ),
    "servers.indexes-words": Text(
        en="Elasticsearch {address}: indexes words as they are",
        id="Elasticsearch {address}: mengindeks kata apa adanya",
    ),
    "servers.deleted-by-policy": Text(
        en="{indexes}; months past their time are deleted by the server itself, by its lifecycle "
        "policy",
        id="{indexes}; bulan yang lewat masa simpannya dihapus oleh server sendiri menurut "
        "kebijakan siklus hidup (lifecycle policy)",
    ),
    "servers.deleted-by-pantau": Text(
        en="{indexes}; months past their time are deleted by Pantau alone",
        id="{indexes}; bulan yang lewat masa simpannya hanya dihapus oleh Pantau",
    ),
    "servers.index-widened": Text(
        en="Elasticsearch {address}: index {name} got the fields {fields}",
        id="Elasticsearch {address}: indeks {name} mendapat kolom {fields}",
    ),
    "servers.kibana-objects": Text(
        en="Kibana: {count:n object|objects}", id="Kibana: {count:n objek}"
    ),
    "servers.fetching-jars": Text(
        en="fetching the jars of {program} {version} (once)",
        id="mengunduh jar {program} {version} (sekali saja)",
    ),
    "servers.formatting": Text(
        en="formatting Kafka's data folder", id="menyiapkan folder data Kafka"
    ),
    "servers.starting": Text(
        en="starting {name} at {address}", id="menyalakan {name} di {address}"
    ),
    "servers.answers": Text(en="{name} answers at {address}", id="{name} menjawab di {address}"),
    "servers.answers-but": Text(
        en="{name} answers at {address}, but some indices cannot be searched; "
        "{address}/_cluster/allocation/explain says why",
        id="{name} menjawab di {address}, tetapi ada indeks yang tidak dapat dicari; "
        "{address}/_cluster/allocation/explain menjelaskan sebabnya",
    ),
    "servers.port-taken": Text(
        en="port {port} of {host} is taken by another program: end that, or delete {file} for "
        "other ports",
        id="porta {port} di {host} dipakai program lain: hentikan program itu, atau hapus {file} "
        "untuk memakai porta lain",
    ),
    "servers.ended": Text(
        en="{name} ended instead of starting; {log} ends with:\n{lines}",
        id="{name} berhenti saat dinyalakan; {log} berakhir dengan:\n{lines}",
    ),
    "servers.no-answer": Text(
        en="{name} did not answer in time and was ended; {log} ends with:\n{lines}",
        id="{name} tidak menjawab tepat waktu dan dihentikan; {log} berakhir dengan:\n{lines}",
    ),
}
