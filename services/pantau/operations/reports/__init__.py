"""Operations on reports."""
