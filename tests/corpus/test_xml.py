"""Feeds, entry by entry, and the text of other XML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from corpus import Reading, Reason, UnreadableReport, read_members, read_reports

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "各区要落实防汛责任，确保安全度汛。"
ESCAPED = f"&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;请认真执行。&lt;/p&gt;"


def read(markup: str, encoding: str = "utf-8") -> list[Reading | UnreadableReport]:
    return list(read_members(markup.encode(encoding), "f.xml"))


def readings(markup: str, encoding: str = "utf-8") -> list[Reading]:
    found = read(markup, encoding)
    assert all(isinstance(one, Reading) for one in found), found
    return [one for one in found if isinstance(one, Reading)]


def texts(reading: Reading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs]


RSS = (
    '<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>通知公告</title>'
    "<item><title>关于防汛的通知</title><link>http://example.org/1</link>"
    "<pubDate>Tue, 02 Mar 2021 09:30:00 +0800</pubDate><description>{content}</description></item>"
    "<item><title>关于抗旱的通知</title><description>抓好抗旱。</description></item></channel></rss>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>通知公告</title>'
    '<entry><title type="text">关于防汛的通知</title><link href="http://example.org/1"/>'
    '<updated>2021-03-02T09:30:00+08:00</updated><content type="xhtml"><div><p>{text}</p>'
    "<p>请认真执行。</p></div></content></entry></feed>"
)


@pytest.mark.parametrize(
    "content",
    [ESCAPED, f"<![CDATA[<p>{TEXT}</p><p>请认真执行。</p>]]>"],
    ids=["escaped", "character data"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_every_entry_of_a_feed_is_a_report(content: str, encoding: str) -> None:
    markup = RSS.format(encoding=encoding, content=content)
    first, second = readings(markup, encoding)
    assert texts(first) == ["关于防汛的通知", TEXT, "请认真执行。"]
    assert (first.report.title, first.report.published) == ("关于防汛的通知", date(2021, 3, 2))
    assert first.report.sources == ("f.xml!/1",)
    assert texts(second) == ["关于抗旱的通知", "抓好抗旱。"]


def test_a_feed_with_its_content_as_markup_is_read() -> None:
    (reading,) = readings(ATOM.format(text=TEXT))
    assert texts(reading) == ["关于防汛的通知", TEXT, "请认真执行。"]
    assert reading.report.published == date(2021, 3, 2)


def test_a_declaration_that_lies_is_survived() -> None:
    markup = RSS.format(encoding="utf-8", content=ESCAPED)
    assert texts(readings(markup, "gb18030")[0])[1] == TEXT


def test_an_entry_with_nothing_but_a_picture_has_its_title_for_a_text() -> None:
    markup = RSS.format(encoding="utf-8", content="&lt;img src='a.png'&gt;")
    assert texts(readings(markup)[0]) == ["关于防汛的通知"]


@pytest.mark.parametrize("cut", range(40, 430, 13))
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(cut: int) -> None:
    markup = RSS.format(encoding="utf-8", content=ESCAPED)[:cut]
    for found in read(markup):
        assert isinstance(found, Reading) or found.reason is Reason.EMPTY


def test_elements_that_hold_text_are_lines() -> None:
    markup = f'<?xml version="1.0"?><doc><head>通知</head><p>{TEXT}<b>请</b>执行。</p></doc>'
    (reading,) = readings(markup)
    assert texts(reading) == ["通知", f"{TEXT}请执行。"]


def test_entities_are_those_of_characters_only() -> None:
    markup = (
        '<!DOCTYPE d [<!ENTITY a "泄露"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        f"<doc><p>{TEXT}&amp;&#x4e2d;&a;&b;</p></doc>"
    )
    (reading,) = readings('<?xml version="1.0"?>' + markup)
    assert texts(reading)[-1] == f"{TEXT}&中&a;&b;"


def test_an_entry_knows_where_it_was_published() -> None:
    for markup in (RSS.format(encoding="utf-8", content=ESCAPED), ATOM.format(text=TEXT)):
        assert readings(markup)[0].report.url == "http://example.org/1"


def test_an_entry_is_dated_as_feeds_of_every_age_date_it() -> None:
    for element in ("issued", "dc:date", "modified", "pubDate"):
        markup = ATOM.format(text=TEXT).replace("updated", element)
        assert readings(markup)[0].report.published == date(2021, 3, 2)


def test_an_entry_that_was_not_decoded_says_so_and_others_do_not() -> None:
    data = RSS.format(encoding="gb2312", content=ESCAPED * 9).encode("gb18030")
    data = data.replace("请认真执行".encode("gb18030"), b"\xff", 1)
    first, second = read_members(data, "f.xml")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.report.flaws
    assert not second.report.flaws


SEEDS = [
    "<item>", "</item>", "<![CDATA[", "<!--", "<", "&#", "<title>", "<item ", "<title ", "<a", "<!",
    "<item><title>a", "<link href=", "\ue0000\ue001", "<item><description><![CDATA[a",
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_one_sign_over_and_over_is_read_or_refused(seed: str) -> None:
    for found in read('<?xml version="1.0"?><rss><item>' + seed * (100_000 // len(seed))):
        assert isinstance(found, Reading | UnreadableReport)


def test_real_feeds_are_read_entry_by_entry(real_data: Path) -> None:
    feeds = sorted((real_data / "messy").glob("charset_*/*.xml"))
    assert len(feeds) == 22
    for path in feeds:
        if "chromium" in path.name:
            continue  # a page that is called .xml
        codec = "big5hkscs" if "Big5" in str(path) else "gb18030"
        markup = path.read_bytes().decode(codec, "replace")
        found = list(read_reports(path))
        assert len(found) == markup.count("</item>") + markup.count("</entry>"), path.name
        assert all(isinstance(item, Reading) for item in found), path.name
