import email.message
import email.policy

import pytest

BODY = "The two foreign ministers met in the northern city on Monday and talked about trade."


def mail(text=BODY, **headers):
    message = email.message.EmailMessage()
    message["Subject"] = headers.get("subject", "Ministers meet")
    message["From"] = "Ann Lee <ann@agency.example>"
    message["Date"] = headers.get("date", "Mon, 26 Sep 2016 23:30:00 -0500")
    message.set_content(text)
    return message


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.eml"


def test_headers_and_plain_text_before_html(path, read_one, blocks):
    message = mail()
    message.add_alternative("<p>Other words.</p>", subtype="html")
    path.write_bytes(message.as_bytes())
    document = read_one(path)
    assert blocks(document) == [("headline", "Ministers meet"), ("paragraph", BODY)]
    assert (document.author, document.publisher) == ("Ann Lee", "agency.example")
    assert (document.published, document.published_basis) == ("2016-09-26", "meta")


def test_html_alone_is_read(path, read_one):
    message = email.message.EmailMessage()
    message["Subject"] = "Ministers meet"
    message["From"] = "ann@agency.example"
    message.set_content(
        f"<html><body><p>{BODY}</p><script>x</script></body></html>", subtype="html"
    )
    path.write_bytes(message.as_bytes())
    assert read_one(path).text == f"Ministers meet\n\n{BODY}"


def test_attachments_are_documents(path, read_all, make_pdf):
    message = mail()
    message.add_attachment(make_pdf([[(72, 700, 10, "A note in a file.")]]), maintype="application",
                           subtype="pdf", filename="../note.pdf")  # fmt: skip
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="x.png")
    message.add_attachment(mail("An inner letter."))
    path.write_bytes(message.as_bytes())
    outer, note, inner = read_all(path)
    assert outer.flags == ("attachment_not_read",)
    assert (note.source, note.text) == (f"{path}#note.pdf", "A note in a file.")
    assert (note.published, inner.text) == ("2016-09-26", "Ministers meet\n\nAn inner letter.")


def test_mails_inside_mails_end(path, read_all):
    data = mail().as_bytes(policy=email.policy.SMTP)
    for _ in range(1_000):
        data = b"Subject: x\r\nFrom: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" + data
    path.write_bytes(data)
    found = read_all(path)
    assert 1 <= len(found) <= 5
    assert any(getattr(one, "error", "") for one in found) or found


@pytest.mark.parametrize("date", ["31 Feb 2016", "03/04/2016", "soon"])
def test_a_date_that_is_none(path, read_one, date):
    path.write_bytes(mail().as_bytes().replace(b"Mon, 26 Sep 2016 23:30:00 -0500", date.encode()))
    document = read_one(path)
    assert document.published is None
    assert any(flag.startswith("date_") for flag in document.flags)


def test_what_is_no_mail(path, fail_one):
    path.write_text("Only words here.")
    assert fail_one(path).error == "format"
