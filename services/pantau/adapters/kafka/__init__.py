"""The log in Kafka: consumers, producer, and tables as local copies."""
