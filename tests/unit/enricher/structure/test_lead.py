from pantau.enricher.structure.lead import LEAD_REACH, lead_end

LONG = "Air laut surut sejak pagi dan para nelayan Demak kembali melaut bersama-sama."


def test_the_first_paragraph_is_the_lead() -> None:
    assert lead_end(f"{LONG}\n{LONG}", ()) == len(LONG)


def test_headings_and_boilerplate_are_no_paragraph() -> None:
    byline = "Editor : Ani Wijaya dari meja penyuntingan berita daerah pesisir utara Jawa"
    text = f"{byline}\nDemak\n{LONG}\n{LONG}"
    assert lead_end(text, [(0, len(byline))]) == len(byline) + len("\nDemak\n") + len(LONG)


def test_without_paragraphs_it_is_the_beginning() -> None:
    assert lead_end(LONG * 20, ()) == LEAD_REACH
    assert lead_end("Air surut.", ()) == len("Air surut.")
    assert lead_end("", ()) == 0
