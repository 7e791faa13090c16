"""What a stage is made of, the envelope of records, dead letters."""
