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


def test_texts_without_names_beside_the_first_are_other_forms_of_it() -> None:
    message = mail()
    message.set_content("纯文本。")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment("说明。", filename="说明.txt", disposition="inline")
    assert [reading.report.sources[0] for reading in read(message)] == [
        "m.eml",
        "m.eml!/说明.txt",
    ]


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


def test_a_saved_page_knows_where_it_was_published() -> None:
    url = "https://example.org/page.html"
    message = EmailMessage()
    message["Snapshot-Content-Location"] = url
    message.set_content(PAGE, subtype="html")
    assert read(message, "页.mhtml")[0].report.url == url
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    message["Content-Location"] = url
    assert read(message, "页.mht")[0].report.url == url


def test_an_attached_document_that_no_format_reads_is_named() -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_attachment(b"Rar!\x1a\x07\x00", "application", "rar", filename="附件.rar")
    problem = list(read_members(message.as_bytes(), "信.eml"))[-1]
    assert isinstance(problem, UnreadableReport)
    assert (problem.source, problem.reason) == ("信.eml!/附件.rar", Reason.UNSUPPORTED)


def test_the_day_on_which_a_page_was_saved_is_not_that_of_its_publication() -> None:
    message = mail()
    message.replace_header("From", "<Saved by Blink>")
    message.set_content(PAGE, subtype="html")
    assert read(message, "页.mhtml")[0].report.published is None


def test_a_saved_page_that_is_called_doc_is_read_as_what_it_is() -> None:
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    assert choose(".doc", message.as_bytes()).name == "mail"


@pytest.mark.parametrize(
    "head",
    [
        "From: 防汛办",
        "From: 防汛办\nTo: 各区\nDate: 2021年3月2日\nSubject: 防汛",
        "第一: MIME-Version: 1.0",
        "说明：\nMIME-Version: 1.0",
    ],
)
def test_a_text_that_begins_like_a_mail_stays_text(head: str) -> None:
    assert read_bytes(f"{head}\n\n{TEXT}".encode(), "r.txt").report.format == "text"


def test_a_page_that_shows_only_a_picture_leaves_the_plain_text() -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_alternative("<html><body><img src='cid:a'></body></html>", subtype="html")
    assert texts(read(message)[0]) == [TEXT]


def test_the_encoding_that_a_part_states_is_believed_where_its_bytes_prove_nothing() -> None:
    data = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-7\n\n+YqVUSg- 1\n"
    assert texts(read_bytes(data.encode(), "m.eml")) == ["报告 1"]


def test_no_address_of_a_mail_is_text() -> None:
    message = mail()
    message["To"] = "all@example.org"
    message.set_content(TEXT)
    assert texts(read(message)[0]) == [TEXT]


def test_a_mailbox_line_before_the_header_is_none_of_it() -> None:
    data = f"From nobody Tue Mar  2 09:30:00 2021\nMIME-Version: 1.0\nSubject: a\n\n{TEXT}"
    assert texts(read_bytes(data.encode(), "m.txt")) == [TEXT]


def test_names_in_pieces_and_in_any_encoding_are_put_together() -> None:
    long = "关于加强河道管理工作的实施方案和有关责任分工的说明（征求意见稿）" * 3 + ".txt"
    message = mail()
    message.set_content(TEXT)
    message.add_attachment(TEXT.encode(), "text", "plain", filename=long)
    assert read(message)[1].report.sources == (f"m.eml!/{long}",)
    word = b64encode("方案.txt".encode("gb2312"))
    parted = b"=?gb2312?B?" + b64encode("方案".encode("gb2312")[:3]) + b"?="
    rest = b"=?gb2312?B?" + b64encode("方案.txt".encode("gb2312")[3:]) + b"?="
    for stated in (b"=?gb2312?B?" + word + b"?=", parted + b" " + rest, "方案.txt".encode("gbk")):
        data = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" + (
            b'Content-Disposition: attachment; filename="' + stated + b'"\n\n' + TEXT.encode()
        )
        assert read_bytes(data, "m.eml").report.sources == ("m.eml!/方案.txt",)


def test_a_boundary_that_begins_with_another_is_not_taken_for_it() -> None:
    inner = f"Content-Type: multipart/mixed; boundary=ab\n\n--ab\n\n{TEXT}\n--ab--\n"
    data = f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n{inner}--a--"
    reading = read_bytes(data.encode(), "m.eml")
    assert (texts(reading), reading.report.flaws) == ([TEXT], ())


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nSubject: " + b"=?a?q?" * 50_000,
        b"MIME-Version: 1.0\nSubject: " + b"=?a?b?QQ?= " * 30_000,
        b"MIME-Version: 1.0\nContent-Type: a" + b';b="' * 50_000,
        b"MIME-Version: 1.0\nContent-Type: multipart/a; boundary=a\n\n" + b"--a\n" * 100_000,
        b"MIME-Version: 1.0\n" + b"Content-Type: multipart/a; boundary=a\n\n--a\n" * 10_000,
        b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 10_000,
        b"MIME-Version: 1.0\nContent-Type: text/plain; charset=rot13\n\n\xff",
        b"MIME-Version: 1.0\nDate: Tue, 99 Xyz 99999999999999 99:99\n\na",
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" + b"=" * 100_000,
    ],
)
def test_mails_that_were_made_to_hurt_end_in_readings_or_errors_of_ours(data: bytes) -> None:
    for found in read_members(data, "m.eml"):
        assert isinstance(found, Reading | UnreadableReport)


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
