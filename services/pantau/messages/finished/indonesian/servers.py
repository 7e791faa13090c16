"""Reports of the drivers of Kafka, Elasticsearch and Kibana, and of their settings."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "elasticsearch.url and more_urls mix http and https: use one of them for all": (
        "elasticsearch.url dan more_urls mencampur http dan https: pakai salah satu untuk semuanya"
    ),
    "elasticsearch.url: expected scheme, host and port, such as http://elasticsearch:9200; the "
    "same goes for each of elasticsearch.more_urls": (
        "elasticsearch.url: seharusnya skema, host, dan porta, misalnya "
        "http://elasticsearch:9200; begitu pula setiap elasticsearch.more_urls"
    ),
    "Elasticsearch at {address} cannot be reached: {reason}": (
        "Elasticsearch di {address} tidak dapat dihubungi: {reason}"
    ),
    "elasticsearch.url: {address} is not an Elasticsearch": (
        "elasticsearch.url: {address} bukan Elasticsearch"
    ),
    "Elasticsearch at {address} did not answer in time (elasticsearch.timeout_seconds)": (
        "Elasticsearch di {address} tidak menjawab tepat waktu (elasticsearch.timeout_seconds)"
    ),
    "Elasticsearch at {address} cannot be trusted ({reason}); see elasticsearch.ca_file": (
        "Elasticsearch di {address} tidak dapat dipercaya ({reason}); lihat elasticsearch.ca_file"
    ),
    "Elasticsearch at {address} cannot do it now ({status}): {reason}": (
        "Elasticsearch di {address} tidak dapat melakukannya sekarang ({status}): {reason}"
    ),
    "Elasticsearch at {address} refuses us ({status}): {reason}; see elasticsearch.username, "
    "password and api_key": (
        "Elasticsearch di {address} menolak kita ({status}): {reason}; lihat "
        "elasticsearch.username, password, dan api_key"
    ),
    "elasticsearch.url or elasticsearch.ca_file cannot be used: {reason}": (
        "elasticsearch.url atau elasticsearch.ca_file tidak dapat dipakai: {reason}"
    ),
    "Elasticsearch at {address} could not refresh every shard": (
        "Elasticsearch di {address} tidak dapat menyegarkan semua shard"
    ),
    "Elasticsearch at {address} could not count in every shard": (
        "Elasticsearch di {address} tidak dapat menghitung di semua shard"
    ),
    "Elasticsearch cannot look up articles now: {reason}": (
        "Elasticsearch tidak dapat mencari artikel sekarang: {reason}"
    ),
    "the new index {index} does not take {id}: {reason}": (
        "indeks baru {index} tidak menerima {id}: {reason}"
    ),
    "the new index {index} has {count} articles, not the {expected} of {old}": (
        "indeks baru {index} memiliki {count} artikel, bukan {expected} seperti {old}"
    ),
    "the index template {name} in Elasticsearch is not Pantau's: choose another "
    "elasticsearch.prefix, or delete it": (
        "templat indeks {name} di Elasticsearch bukan milik Pantau: pilih elasticsearch.prefix "
        "lain, atau hapus templat itu"
    ),
    "the index template {name} in Elasticsearch is of version {found}, made by a newer Pantau "
    "(this one makes {own}): upgrade this one, or choose another elasticsearch.prefix": (
        "templat indeks {name} di Elasticsearch berversi {found}, dibuat oleh Pantau yang "
        "lebih baru (yang ini membuat {own}): mutakhirkan yang ini, atau pilih "
        "elasticsearch.prefix lain"
    ),
    "Elasticsearch at {address} cannot take articles: {reason}": (
        "Elasticsearch di {address} tidak dapat menerima artikel: {reason}"
    ),
    "Elasticsearch at {address} does not take articles into the index {index}: {reason}": (
        "Elasticsearch di {address} tidak menerima artikel ke dalam indeks {index}: {reason}"
    ),
    "Elasticsearch at {address} cannot take {count} articles now: {reason}": (
        "Elasticsearch di {address} tidak dapat menerima {count} artikel sekarang: {reason}"
    ),
    "Elasticsearch at {address} cannot make the index {index}: {reason}": (
        "Elasticsearch di {address} tidak dapat membuat indeks {index}: {reason}"
    ),
    "Elasticsearch: index {index} was made by an older Pantau and lacks fields; `pantau setup` "
    "adds them ({reason})": (
        "Elasticsearch: indeks {index} dibuat oleh Pantau yang lebih lama dan kekurangan "
        "kolom; `pantau setup` menambahkannya ({reason})"
    ),
    "Elasticsearch does not let us write: {reason}": (
        "Elasticsearch tidak mengizinkan kita menulis: {reason}"
    ),
    "Kibana at {address} is not ready (status {status})": (
        "Kibana di {address} belum siap (status {status})"
    ),
    "Kibana refuses (status {status}): set elasticsearch.username and password, or api_key": (
        "Kibana menolak (status {status}): atur elasticsearch.username dan password, atau api_key"
    ),
    "Kibana did not take all objects: {reason}": "Kibana tidak menerima semua objek: {reason}",
    "Kibana's certificate is not trusted ({reason}); set elasticsearch.ca_file": (
        "sertifikat Kibana tidak dipercaya ({reason}); atur elasticsearch.ca_file"
    ),
    "Kibana at {address} does not answer: {reason}": "Kibana di {address} tidak menjawab: {reason}",
    "elasticsearch.ca_file cannot be used: {reason}": (
        "elasticsearch.ca_file tidak dapat dipakai: {reason}"
    ),
    "Kafka at {address} does not answer as it should ({reason})": (
        "Kafka di {address} tidak menjawab sebagaimana mestinya ({reason})"
    ),
    "Kafka at {address} cannot be reached ({reason})": (
        "Kafka di {address} tidak dapat dihubungi ({reason})"
    ),
    "Kafka has not compacted {topic} within {seconds} seconds; what was removed is gone for "
    "all readers, and its bytes go with the next compaction": (
        "Kafka belum memadatkan {topic} dalam {seconds} detik; yang dihapus sudah tidak "
        "terlihat oleh semua pembaca, dan bitanya hilang pada pemadatan berikutnya"
    ),
    "Kafka at {address} gave group {group} nothing in time": (
        "Kafka di {address} tidak memberi grup {group} apa pun tepat waktu"
    ),
    "another member of group {group} took over {topic} {partition}": (
        "anggota lain dari grup {group} mengambil alih {topic} {partition}"
    ),
    "another member of group {group} took over {topic}": (
        "anggota lain dari grup {group} mengambil alih {topic}"
    ),
    "group {group} has not let this member in for {seconds} s: its brokers do not answer, or other "
    "members are slow": (
        "grup {group} belum menerima anggota ini selama {seconds} detik: brokernya tidak menjawab, "
        "atau anggota lain lambat"
    ),
    "group {group} does not come to rest": "grup {group} tidak kunjung tenang",
    "group {group} is connecting anew ({reason})": "grup {group} menyambung lagi ({reason})",
    "group {group} starts over ({reason})": "grup {group} mulai lagi ({reason})",
    "group {group}: already left": "grup {group}: sudah ditinggalkan",
    "group {group} cannot be joined: {reason}": "grup {group} tidak dapat diikuti: {reason}",
    "group {group}: membership has ended: {reason}": (
        "grup {group}: keanggotaan telah berakhir: {reason}"
    ),
    "the log was closed": "log sudah ditutup",
    "{topic}: {key} has {size} bytes; at most {most} can be kept": (
        "{topic}: {key} berukuran {size} bita; yang dapat disimpan paling besar {most}"
    ),
    "{topic}: key or headers have half a character ({reason})": (
        "{topic}: kunci atau header memuat setengah karakter ({reason})"
    ),
    "Kafka at {address} accepts connections, but does not speak the protocol expected "
    "({reason}): check that the port belongs to the listener of kafka.security = {security}": (
        "Kafka di {address} menerima sambungan, tetapi tidak memakai protokol yang diharapkan "
        "({reason}): periksa apakah porta itu milik listener dengan kafka.security = {security}"
    ),
    "Kafka at {address} refuses the login ({reason}): check {names}": (
        "Kafka di {address} menolak kita masuk ({reason}): periksa {names}"
    ),
    "kafka.servers: {address} is no address; expected HOST:PORT, such as kafka:9092": (
        "kafka.servers: {address} bukan alamat; seharusnya HOST:PORTA, misalnya kafka:9092"
    ),
    "topics are missing ({names}): `pantau setup` makes them": (
        "ada topik yang belum ada ({names}): `pantau setup` membuatnya"
    ),
    "the topic {name} is missing: run `pantau setup`": (
        "topik {name} belum ada: jalankan `pantau setup`"
    ),
    "Kafka at {address} gives nothing to read": (
        "Kafka di {address} tidak memberikan apa pun untuk dibaca"
    ),
    "{name}: already closed": "{name}: sudah ditutup",
    "{name}: reading has ended: {reason}": "{name}: pembacaan telah berakhir: {reason}",
    "kafka.cert_file, kafka.key_file or kafka.key_password cannot be used ({reason}): expected "
    "a certificate and its private key in PEM": (
        "kafka.cert_file, kafka.key_file, atau kafka.key_password tidak dapat dipakai "
        "({reason}): seharusnya sertifikat dan kunci privatnya dalam PEM"
    ),
    "kafka.ca_file cannot be used ({reason}): expected certificates in PEM": (
        "kafka.ca_file tidak dapat dipakai ({reason}): seharusnya sertifikat dalam PEM"
    ),
    "kafka.token_file: {path} cannot be read ({reason})": (
        "kafka.token_file: {path} tidak dapat dibaca ({reason})"
    ),
    "expected an address such as https://login.example.org/token": (
        "seharusnya alamat seperti https://login.example.org/token"
    ),
    "expected an address such as https://login.example.org, without a query": (
        "seharusnya alamat seperti https://login.example.org, tanpa kueri"
    ),
    "issuer is set: set client_id as well": "issuer diatur: atur juga client_id",
    "key_file is the key of a certificate: set cert_file as well": (
        "key_file adalah kunci suatu sertifikat: atur juga cert_file"
    ),
    "cert_file is shown in TLS: set security to tls or sasl_tls": (
        "cert_file ditunjukkan dalam TLS: atur security ke tls atau sasl_tls"
    ),
    "OAUTHBEARER takes its tokens from one place: set token_url or token_file": (
        "OAUTHBEARER mengambil token dari satu tempat: atur token_url atau token_file"
    ),
    "token_url is asked with a client's id and secret: set username and password": (
        "token_url diminta dengan id dan rahasia klien: atur username dan password"
    ),
    "observe.host and observe.port: {host} port {port} cannot be listened on: {reason}; set "
    "PANTAU_OBSERVE__PORT to a free port": (
        "observe.host dan observe.port: {host} porta {port} tidak dapat dibuka: {reason}; atur "
        "PANTAU_OBSERVE__PORT ke porta yang bebas"
    ),
    "observe.port needs the package prometheus-client: pip install 'pantau[distributed]'": (
        "observe.port memerlukan paket prometheus-client: pip install 'pantau[distributed]'"
    ),
    "observe.otlp_endpoint needs opentelemetry-sdk: pip install 'pantau[distributed]'": (
        "observe.otlp_endpoint memerlukan opentelemetry-sdk: pip install 'pantau[distributed]'"
    ),
    "websub.public_url needs the HTTP server that hubs reach: set observe.port "
    "(PANTAU_OBSERVE__PORT), too": (
        "websub.public_url memerlukan server HTTP yang dapat dihubungi hub: atur juga "
        "observe.port (PANTAU_OBSERVE__PORT)"
    ),
    "{path}: {reason}; the jars of {program} cannot be kept": (
        "{path}: {reason}; jar {program} tidak dapat disimpan"
    ),
    "{name} are broken: {names}": "{name} rusak: {names}",
    "{name} cannot be fetched: {reason}; the first start needs a connection to Maven's "
    "repository": (
        "{name} tidak dapat diambil: {reason}; penyalaan pertama memerlukan sambungan ke "
        "repositori Maven"
    ),
    "Kafka's data folder cannot be formatted: {reason}": (
        "folder data Kafka tidak dapat diformat: {reason}"
    ),
    "no {count} free ports between {first} and {last} on {host}": (
        "tidak ada {count} porta bebas antara {first} dan {last} di {host}"
    ),
    "Faust gave up: {reason}": "Faust menyerah: {reason}",
    "Faust did not start: {reason}": "Faust tidak mulai: {reason}",
    "{name}: Faust does not stop; a new process has to go on": (
        "{name}: Faust tidak berhenti; proses baru harus melanjutkan"
    ),
    "records wait, but Faust does not give them": (
        "ada rekaman yang menunggu, tetapi Faust tidak memberikannya"
    ),
    "{name} ended by itself": "{name} berhenti sendiri",
    "a topic is missing: run `pantau setup`": "ada topik yang belum ada: jalankan `pantau setup`",
    "the record is larger than Kafka takes: raise max.message.bytes of the topic, or run "
    "`pantau setup`": (
        "rekaman lebih besar daripada yang diterima Kafka: naikkan max.message.bytes topik "
        "itu, atau jalankan `pantau setup`"
    ),
    "Kafka does not take the record": "Kafka tidak menerima rekaman itu",
    "Kafka does not permit this: give the user of kafka.username the rights to its topics and "
    "groups": (
        "Kafka tidak mengizinkan ini: beri pengguna kafka.username hak atas topik dan grupnya"
    ),
    "Kafka does not let us in: see kafka.security, kafka.sasl_mechanism, kafka.username and "
    "kafka.password": (
        "Kafka tidak mengizinkan kita masuk: lihat kafka.security, kafka.sasl_mechanism, "
        "kafka.username, dan kafka.password"
    ),
    "Kafka does not take these settings: see kafka.replication and kafka.partitions": (
        "Kafka tidak menerima pengaturan ini: lihat kafka.replication dan kafka.partitions"
    ),
    "this Kafka is too old: 3.0 or later is needed": (
        "Kafka ini terlalu lama: diperlukan 3.0 atau yang lebih baru"
    ),
    "another member of the group took over": "anggota lain dari grup mengambil alih",
    "{group} {topic}: its position is not accepted": "{group} {topic}: posisinya tidak diterima",
    "brokers do not answer": "broker tidak menjawab",
    "the brokers do not answer": "broker tidak menjawab",
    "{name} cannot be read up to its end: {reason}": (
        "{name} tidak dapat dibaca sampai akhir: {reason}"
    ),
    "the token in kafka.token_file, kafka.sasl_mechanism and kafka.security": (
        "token dalam kafka.token_file, kafka.sasl_mechanism, dan kafka.security"
    ),
    "Kafka at {address} does not let us in: {reason}": (
        "Kafka di {address} tidak mengizinkan kita masuk: {reason}"
    ),
    "kafka.servers: the name {host} cannot be resolved: check its spelling": (
        "kafka.servers: nama {host} tidak ditemukan: periksa ejaannya"
    ),
    "kafka.servers: nothing listens at {address}: check the port, and that the broker runs": (
        "kafka.servers: tidak ada yang mendengarkan di {address}: periksa porta, dan apakah "
        "broker berjalan"
    ),
    "the certificate of Kafka at {address} is not trusted ({reason}): set kafka.ca_file to the "
    "certificate of its authority, and use a name that it holds": (
        "sertifikat Kafka di {address} tidak dipercaya ({reason}): atur kafka.ca_file ke "
        "sertifikat otoritasnya, dan pakai nama yang dimuatnya"
    ),
    "Kafka at {address} does not speak TLS on this port ({reason}): check the port and "
    "kafka.security": (
        "Kafka di {address} tidak memakai TLS pada porta ini ({reason}): periksa porta dan "
        "kafka.security"
    ),
    "kafka.servers: {address} does not answer: check the address and the firewall": (
        "kafka.servers: {address} tidak menjawab: periksa alamat dan tembok api"
    ),
    "kafka.servers: {address} cannot be reached ({reason})": (
        "kafka.servers: {address} tidak dapat dihubungi ({reason})"
    ),
    "it refuses the certificate of this client ({reason}): set {names}": (
        "sertifikat klien ini ditolak ({reason}): atur {names}"
    ),
    "kafka.token_file: {path} holds no token": "kafka.token_file: {path} tidak berisi token",
    "the authorization server refuses the client ({reason}): check kafka.username, "
    "kafka.password and kafka.token_scope": (
        "server otorisasi menolak klien ({reason}): periksa kafka.username, kafka.password, "
        "dan kafka.token_scope"
    ),
    "kafka.token_url: the authorization server gives no token (status {status})": (
        "kafka.token_url: server otorisasi tidak memberi token (status {status})"
    ),
    "kafka.token_url: the authorization server does not answer ({reason})": (
        "kafka.token_url: server otorisasi tidak menjawab ({reason})"
    ),
    "Elasticsearch refuses the request ({status}): {reason}": (
        "Elasticsearch menolak permintaan ({status}): {reason}"
    ),
    "the query is too complex for Elasticsearch: {reason}": (
        "kueri terlalu rumit bagi Elasticsearch: {reason}"
    ),
    "revision: {revision}; Elasticsearch takes up to {most}": (
        "revision: {revision}; Elasticsearch menerima sampai {most}"
    ),
    "there is an index named {name}, which is the name of the alias of all articles: delete "
    "it, or choose another elasticsearch.prefix": (
        "ada indeks bernama {name}, padahal itu nama alias semua artikel: hapus indeks itu, "
        "atau pilih elasticsearch.prefix lain"
    ),
    "the index {index} was not made from Pantau's template ({reason}): delete it and run "
    "`pantau replay`, which fills it again": (
        "indeks {index} tidak dibuat dari templat Pantau ({reason}): hapus dan jalankan "
        "`pantau replay`, yang mengisinya lagi"
    ),
    "it lacks the alias {name}": "alias {name} tidak ada",
    "{name} that is not indexed": "{name} yang tidak diindeks",
    "no reason given": "tanpa alasan",
    "the jars of {program} {version}": "jar {program} {version}",
}
