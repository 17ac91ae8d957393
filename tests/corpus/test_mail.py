"""Mails and saved pages: their text, their subject and day, and what is attached."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from email.message import EmailMessage

import pytest

from corpus import Reading, Reason, UnreadableReport, read_bytes, read_members
from corpus.formats import choose

TEXT = "各区要落实防汛责任，确保安全度汛。"
PAGE = f"<html><body><h1>关于防汛工作的通知</h1><p>{TEXT}</p></body></html>"


def mail(subject: str = "关于防汛工作的通知") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "office@example.org"
    message["Date"] = "Tue, 02 Mar 2021 09:30:00 +0800"
    return message


def read(message: EmailMessage, name: str = "m.eml") -> list[Reading]:
    found = list(read_members(message.as_bytes(), name))
    assert all(isinstance(one, Reading) for one in found), found
    return [one for one in found if isinstance(one, Reading)]


def texts(reading: Reading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
@pytest.mark.parametrize("sent_as", ["base64", "quoted-printable"])
def test_the_text_of_a_mail_is_read_whatever_way_it_was_sent(charset: str, sent_as: str) -> None:
    text = TEXT if charset != "big5" else "各區要落實防汛責任，確保安全度汛。"
    message = mail()
    message.set_content(text * 3, charset=charset, cte=sent_as)
    (reading,) = read(message)
    assert texts(reading) == [text * 3]
    assert reading.report.title == "关于防汛工作的通知"
    assert reading.report.published == date(2021, 3, 2)
    assert reading.report.sources == ("m.eml",)


def test_a_page_is_read_rather_than_the_plain_text_beside_it() -> None:
    message = mail("转发: 关于防汛工作的通知")
    message.set_content("请用能显示网页的程序阅读")
    message.add_alternative(PAGE, subtype="html")
    (reading,) = read(message)
    assert texts(reading) == ["关于防汛工作的通知", TEXT]


def test_what_is_attached_is_read_as_files_of_its_own() -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_attachment(f"# 方案\n\n{TEXT}".encode(), "text", "markdown", filename="方案.md")
    message.add_attachment(b"\x89PNG", "image", "png", filename="图.png")
    message.add_attachment(
        f"标题,正文\n甲,{TEXT * 3}\n".encode(), "text", "csv", filename="../表.csv"
    )
    sources = [reading.report.sources[0] for reading in read(message)]
    assert sources == ["m.eml", "m.eml!/1/方案.md", "m.eml!/2/表.csv!/2"]


def test_a_mail_within_a_mail_is_read() -> None:
    inner = mail("内部通知")
    inner.set_content(TEXT)
    message = mail()
    message.set_content("见附件。")
    message.add_attachment(inner)
    _, attached = read(message)
    assert (attached.report.title, texts(attached)) == ("内部通知", [TEXT])


def test_a_saved_page_is_one_report_under_the_name_of_its_file() -> None:
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    message.add_related(b"\x89PNG", "image", "png", filename="图.png")
    (reading,) = read(message, "页.mht")
    assert reading.report.sources == ("页.mht",)
    assert texts(reading) == ["关于防汛工作的通知", TEXT]


def test_a_saved_page_that_is_called_doc_is_read_as_what_it_is() -> None:
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    assert choose(".doc", message.as_bytes()).name == "mail"


def test_a_text_that_begins_like_a_mail_stays_text() -> None:
    assert read_bytes(f"From: 防汛办\n\n{TEXT}".encode(), "r.txt").report.format == "text"


def test_a_mail_without_text_is_empty() -> None:
    (problem,) = read_members(mail().as_bytes(), "m.eml")
    assert isinstance(problem, UnreadableReport)
    assert problem.reason is Reason.EMPTY


def test_a_mail_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    body = b64encode(TEXT.encode() * 9).decode()
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        f"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{body[:-9]}"
    )
    reading = read_bytes(data.encode(), "m.eml")
    assert texts(reading)[0].startswith(TEXT)
    assert any("breaks off" in flaw for flaw in reading.report.flaws)
