"""Names of companies with and without their legal forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.text.legal_forms import legal_variants, without_legal_form

FORMS = st.sampled_from(
    ["PT", "CV", "Tbk", "(Persero)", "Inc.", "Co.,", "Ltd", "Acme", "Uji", "PD"]
)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("PT Acme (Persero) Tbk.", "Acme"),
        ("PT. Acme Tbk", "Acme"),
        ("Acme Inc.", "Acme"),
        ("Acme, Inc.", "Acme"),
        ("Acme Co., Ltd.", "Acme"),
        ("Perum Acme", "Acme"),
        ("Acme Sdn. Bhd.", "Acme"),
        ("Acme", "Acme"),
        ("PT", "PT"),
        ("Tbk PT", "Tbk PT"),
        ("", ""),
    ],
)
def test_a_name_without_its_legal_form(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


def test_variants_leave_out_legal_forms() -> None:
    assert set(legal_variants("PT Acme (Persero) Tbk.")) == {
        "PT Acme (Persero) Tbk",
        "PT Acme (Persero)",
        "PT Acme Tbk",
        "PT Acme",
        "Acme (Persero) Tbk",
        "Acme (Persero)",
        "Acme Tbk",
        "Acme",
    }
    assert legal_variants("Acme Uji") == ()


@given(st.lists(FORMS, max_size=9).map(" ".join))
def test_variants_are_few_and_end_with_the_bare_name(name: str) -> None:
    found = legal_variants(name)
    assert len(found) <= 10
    assert name not in found
    if found:
        assert without_legal_form(name) in found
