"""Legal forms of companies, for the names of articles: the same ones occur in most of them."""

from typing import Final

from pantau.common.text import legal_forms
from pantau.enricher.lexicon.memo import remembered_name

without_legal_form: Final = remembered_name(legal_forms.without_legal_form)
