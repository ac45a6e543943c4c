import pytest

LEFT = [
    "The ministers of both states met in",
    "the northern city and talked about",
    "trade and a joint com-",
    "mission of customs officers for the",
    "well-known crossings in the east of",
    "the country.",
]
RIGHT = [
    "The second column speaks of the next",
    "meeting, which is planned for spring",
    "and will be held in the capital. The",
    "agenda is not known yet, and neither",
    "side would say who will come to it.",
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.pdf"


def column(x, lines, top=680, size=10):
    return [(x, top - 12 * number, size, line) for number, line in enumerate(lines)]


def test_columns_and_hyphens_are_mended(path, make_pdf, read_one, blocks):
    title = [(72, 730, 20, "Ministers meet in the city")]
    path.write_bytes(make_pdf([title + column(330, RIGHT) + column(72, LEFT)]))
    kinds = blocks(read_one(path))
    assert kinds[0] == ("headline", "Ministers meet in the city")
    assert kinds[1][1] == (
        "The ministers of both states met in the northern city and talked about trade and a joint"
        " commission of customs officers for the well-known crossings in the east of the country."
    )
    assert kinds[2][1].startswith("The second column speaks of the next meeting, which")


def test_running_heads_and_page_numbers_are_dropped(path, make_pdf, read_one):
    pages = [
        [(72, 760, 9, "The Weekly Review"), *column(72, LEFT), (300, 30, 9, f"Page {n} of 3")]
        for n in (1, 2, 3)
    ]
    path.write_bytes(make_pdf(pages))
    text = read_one(path).text
    assert "Weekly Review" not in text
    assert "Page" not in text
    assert text.count("The ministers of both states") == 3


def test_a_sentence_goes_on_over_a_page(path, make_pdf, read_one):
    path.write_bytes(make_pdf([column(72, LEFT[:2]), column(72, ["both trade and transit."])]))
    assert "and talked about both trade and transit." in read_one(path).text


def test_information(path, make_pdf, read_one):
    info = "/Title (Weekly note) /Author (Ann Lee) /CreationDate (D:20160926103000+02'00')"
    path.write_bytes(make_pdf([column(72, LEFT)], info))
    document = read_one(path)
    assert (document.title, document.author) == ("Weekly note", "Ann Lee")
    assert (document.published, document.published_basis) == ("2016-09-26", "meta")


def test_a_pdf_without_text(path, make_pdf, fail_one):
    path.write_bytes(make_pdf([[], []]))
    error = fail_one(path)
    assert (error.error, error.reason) == ("no_text", "the PDF holds no text: it may be a scan")


def test_a_pdf_with_a_password(path, make_pdf, fail_one):
    digits = "00" * 32
    encrypt = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{digits}> /U <{digits}> /P -4 >> /ID [<00><00>]"
    path.write_bytes(make_pdf([column(72, LEFT)], trailer=encrypt))
    assert fail_one(path).error == "encrypted"


def test_a_cut_pdf_is_told_or_read(path, make_pdf, fail_one):
    path.write_bytes(make_pdf([column(72, LEFT)])[:60])
    assert fail_one(path).error == "truncated"


def test_of_too_many_pages_the_first_are_read_and_that_is_noted(path, make_pdf, read_one):
    path.write_bytes(
        make_pdf([column(72, [f"Page {number} tells of trade."]) for number in range(5)])
    )
    document = read_one(path, max_pages=4)
    assert "pages_cut" in document.flags
    assert ("Page 3" in document.text, "Page 4" in document.text) == (True, False)


def test_a_circular_page_tree_ends(path, make_pdf, read_all):
    data = make_pdf([column(72, LEFT)]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    path.write_bytes(data)
    (found,) = read_all(path, read_seconds=5.0)
    assert found.error in {"damaged", "no_text", "timeout", "empty"}


def test_a_pdf_by_another_name(tmp_path, make_pdf, read_one):
    (tmp_path / "a.txt").write_bytes(make_pdf([column(72, LEFT)]))
    assert "northern city" in read_one(tmp_path / "a.txt").text
