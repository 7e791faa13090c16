"""Changes of a Kafka's state that operators and retention make behind the back of the services."""

from contextlib import closing

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from pantau_schemas.topics import TOPICS

DECOYS = 5
"""Records of each partition that are removed unread."""


def other_codec(kafka: str, prefix: str, codec: str) -> None:
    """Set the brokers to compress every topic with a codec, whatever producers choose."""
    changes = [
        ConfigResource(ConfigResourceType.TOPIC, prefix + one, configs={"compression.type": codec})
        for one in TOPICS
    ]
    with closing(KafkaAdminClient(bootstrap_servers=kafka)) as admin:
        admin.alter_configs(changes)


def delete_offsets(kafka: str, group: str) -> None:
    """Delete a group without members, and with it how far it has come."""
    with closing(KafkaAdminClient(bootstrap_servers=kafka)) as admin:
        admin.delete_groups([group])


def remove_unread(kafka: str, topic: str) -> int:
    """Append records to every partition of a topic and remove all that it has; return how many.

    Call it while nobody writes the topic and everything in it was read.
    """
    reader = KafkaConsumer(bootstrap_servers=kafka)
    writer = KafkaProducer(bootstrap_servers=kafka)
    with closing(reader), closing(writer), closing(KafkaAdminClient(bootstrap_servers=kafka)) as it:
        places = [TopicPartition(topic, one) for one in reader.partitions_for_topic(topic)]
        for place in places:
            for number in range(DECOYS):
                key = f"decoy-{place.partition}-{number}".encode()
                writer.send(topic, key=key, value=b"{}", partition=place.partition)
        writer.flush()
        it.delete_records(reader.end_offsets(places))
    return len(places) * DECOYS
