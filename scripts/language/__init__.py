"""Check the language of the code: `python -m scripts.language`.

Names and docstrings follow one vocabulary (`scripts.language.words`). The width of lines in Python
is ruff's part (E501), that of documents is checked by `tests/docs`.
"""
