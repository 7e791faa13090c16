"""The parts of a stage, the envelope of records, dead letters."""
