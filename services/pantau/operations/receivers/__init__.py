"""Operations on what receivers get: channels, and the form of messages."""
