"""Offices and occupations around names in English text."""

import pytest

from pantau.enricher.linking.english_roles import english_role


def role_of(text: str) -> str | None:
    start = text.index("Jane Roe")
    ceiling = text.find("John Doe", start)
    return english_role(text, (start, start + 8), 0, ceiling if ceiling > 0 else len(text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("survivor Jane Roe told the court", "survivor"),
        ("said executive director Jane Roe.", "executive director"),
        ("Senior political analyst Jane Roe said", "Senior political analyst"),
        ("Attorney General Jane Roe said", "Attorney General"),
        ("U.N. Secretary-General Jane Roe urged restraint", "Secretary-General"),
        ("Mayor-elect Jane Roe thanked them", "Mayor-elect"),
        ("former Demak mayor Jane Roe was jailed", "mayor"),
        ("His lawyer, Jane Roe, said he would appeal", "lawyer"),
        ("A spokesman for the family, Jane Roe, denied it", "spokesman for the family"),
        ("The chair of judges, Jane Roe, praised it", "chair of judges"),
        ("Acme's finance director, Jane Roe.", "finance director"),
        ("After meeting the president, Jane Roe left", None),
        ("Jane Roe, head of research at Acme, said", "head of research"),
        ("Jane Roe, Acme's vice president for sales, said", "vice president for sales"),
        ("Jane Roe, a 58-year-old teacher, fled", "teacher"),
        ("named Jane Roe as its new chief financial officer, replacing", "chief financial officer"),
        ("Jane Roe was appointed managing director on Friday", "managing director"),
        ("Jane Roe became the first mayor of Demak in 2019", "mayor of Demak"),
        ("Jane Roe has been named as chief executive.", "chief executive"),
        ("Detective Inspector Jane Roe appealed for help", "Detective Inspector"),
        ("Jane Roe became a mother", None),
        ("Jane Roe was named after her teacher", None),
        ("The victim, Jane Roe, was a teacher.", None),
        ("Jane Roe was elected and the judge left", None),
        ("Asked about Jane Roe, the judge John Doe replied", None),
        ("Jane Roe, who fled, and others", None),
        ("Jane Roe as usual left", None),
        ("The blast, Jane Roe said, was loud", None),
    ],
)
def test_the_office_of_a_person(text: str, role: str | None) -> None:
    assert role_of(text) == role
