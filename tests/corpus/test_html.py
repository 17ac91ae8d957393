"""Web pages as they are saved: the article as a reader would quote it, and nothing else."""

from __future__ import annotations

import contextlib
import html
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from corpus import Reason, UnreadableReport, read_bytes, read_report

if TYPE_CHECKING:
    from pathlib import Path

    from corpus import Reading

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。" * 2
LINKS = "".join(f'<li><a href="/{i}.html">栏目之{i}</a></li>' for i in range(12))
MENU = f"<ul>{LINKS}</ul>"


def read(markup: str, name: str = "r.html") -> Reading:
    return read_bytes(markup.encode(), name)


def texts(markup: str, name: str = "r.html") -> list[str]:
    return [paragraph.text for paragraph in read(markup, name).paragraphs]


def framed(article: str, title: str = "") -> str:
    """A page with menus on all sides of an article, in elements without names."""
    return (
        f"<html><head><title>{title}</title></head><body><div>{MENU}<p>欢迎光临本站</p></div>"
        f"<div><div>{article}</div><div>{MENU}</div></div><div>本站热线<br>{MENU}</div>"
    )


def test_the_article_is_what_holds_the_running_text() -> None:
    assert texts(framed(f"<p>{BODY}</p><p>{BODY}</p>")) == [BODY, BODY]


def test_short_lines_within_the_article_are_kept() -> None:
    article = f"<p>一、总体要求</p><p>{BODY}</p><p>某市人民政府</p><p>2021年3月2日</p>"
    assert texts(framed(article)) == ["一、总体要求", BODY, "某市人民政府", "2021年3月2日"]


def test_an_abstract_beside_the_article_is_kept() -> None:
    article = f"<div>摘要：全市工作取得新的成效。</div><div><p>{BODY}</p><p>{BODY}</p></div>"
    assert texts(framed(article)) == ["摘要：全市工作取得新的成效。", BODY, BODY]


def test_parts_of_an_article_in_elements_of_their_own_are_kept() -> None:
    article = "".join(f"<div><p>{number}是{BODY}</p></div>" for number in "一二三")
    assert texts(framed(article)) == [f"{number}是{BODY}" for number in "一二三"]


def test_a_title_and_what_is_below_it_are_kept_from_above_the_container() -> None:
    page = framed(
        "<h1>河道管理办法</h1><div>某政发〔2021〕3号</div>"
        "<div>2021-03-02 09:30 来源：某市水务局</div>"
        f"<div>{MENU}</div><div class='TRS_Editor'><p>{BODY}</p></div>",
        "河道管理办法-某市水务局",
    )
    reading = read(page)
    assert [p.text for p in reading.paragraphs] == ["河道管理办法", "某政发〔2021〕3号", BODY]
    assert (reading.report.title, reading.report.published) == ("河道管理办法", date(2021, 3, 2))


def test_a_site_that_the_title_names_is_taken_off_where_the_article_shows_it() -> None:
    page = framed(f"<p>河道管理的情况</p><p>{BODY}</p>", "河道管理的情况 - 河长办")
    assert read(page).report.title == "河道管理的情况"


def test_a_table_of_data_is_kept_and_a_menu_in_a_table_is_not() -> None:
    rows = "".join(
        f"<tr><td>{name}区</td><td>{n}亿元</td></tr>" for n, name in enumerate("东西", 1)
    )
    menu = f"<table><tr>{LINKS.replace('li>', 'td>')}</tr></table>"
    article = f"<p>{BODY}</p><table>{rows}</table>{menu}<p>{BODY}</p>"
    assert texts(framed(article)) == [BODY, "东区\t1亿元", "西区\t2亿元", BODY]


def test_links_to_documents_and_within_the_page_are_text() -> None:
    files = "".join(f'<p><a href="/f/{n}.docx">附件{n}：任务分工</a></p>' for n in range(1, 5))
    places = "".join(f'<p><a href="#{n}">第{n}章 总则</a></p>' for n in range(1, 5))
    found = texts(framed(f"<div>{places}</div><p>{BODY}</p><div>{files}</div>"))
    assert found == [
        *(f"第{n}章 总则" for n in range(1, 5)),
        BODY,
        *(f"附件{n}：任务分工" for n in range(1, 5)),
    ]


def test_a_few_links_amid_the_text_are_text() -> None:
    laws = "<a href='/1.html'>《水法》</a>和<a href='/2.html'>《防洪法》</a>"
    assert texts(framed(f"<p>根据{laws}，制定本法。</p><p>{BODY}</p>")) == [
        "根据《水法》和《防洪法》，制定本法。",
        BODY,
    ]


def test_a_page_without_many_links_is_its_own_article() -> None:
    page = f"<p>某市人民政府文件</p><div><p>{BODY}</p></div><p>某市人民政府</p><p>2021年3月2日</p>"
    assert texts(page) == ["某市人民政府文件", BODY, "某市人民政府", "2021年3月2日"]


def test_a_container_that_holds_little_of_the_text_is_not_believed() -> None:
    article = f"<div><p>{BODY}</p><p>{BODY}</p></div><div id='zoom'><p>转载请注明。</p></div>"
    assert texts(framed(article)) == [BODY, BODY, "转载请注明。"]


def test_several_containers_of_one_name_are_read_together() -> None:
    part = f"<div class='TRS_Editor'><p>{BODY}</p></div>"
    assert texts(framed(f"{part}<div>{part}</div>")) == [BODY, BODY]


def test_comments_below_the_article_are_none_of_it() -> None:
    comments = f"<div class='comment-list'><p>{BODY}</p></div>"
    page = framed(f"<p>{BODY}</p><p>结束。</p>").replace("本站热线", comments)
    assert texts(page) == [BODY, "结束。"]


@pytest.mark.parametrize(
    "below",
    [
        "相关阅读：<ul><li>某市召开会议</li><li>市民热议</li></ul>",
        "<p>责任编辑：李某某</p><p>【打印本页】【关闭窗口】</p>",
        "<p>热门推荐</p><p>某市召开会议</p>",
        "<p>版权所有 某市人民政府 某ICP备05000000号</p><p>地址：某路1号 邮编：100000</p>",
    ],
)
def test_what_pages_list_below_an_article_is_dropped(below: str) -> None:
    assert texts(framed(f"<p>{BODY}</p><p>{BODY}</p>{below}")) == [BODY, BODY]


def test_the_text_in_a_form_is_read_and_its_fields_are_not() -> None:
    page = f"<form><input value='甲'><select><option>乙</option></select><p>{BODY}</p></form>"
    assert texts(page) == [BODY]


def test_hidden_elements_are_no_text() -> None:
    for hidden in ("style='display: none'", "hidden", "style='VISIBILITY:hidden;color:red'"):
        assert texts(f"<p>{BODY}</p><div {hidden}>秘密。</div>") == [BODY]


def test_readings_above_characters_are_no_text() -> None:
    assert texts("<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字。</p>") == ["汉字。"]


def test_paragraphs_that_are_parted_by_line_breaks_are_paragraphs() -> None:
    page = (
        "<div>\u3000\u3000全市如下。<br><br>\u3000\u3000一是增长。<br>&nbsp;<br />二是稳定。</div>"
    )
    assert texts(page) == ["全市如下。", "一是增长。", "二是稳定。"]


def test_characters_that_are_written_by_number_are_read() -> None:
    assert texts("<p>&#x4e2d;&#22269;&ldquo;&middot;&#x20bb7;&rdquo;。</p>") == ["中国“·𠮷”。"]


def test_a_page_that_word_saved_is_read_whatever_it_is_called() -> None:
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator '
        'content="Microsoft Word 11"><!--[if gte mso 9]><xml><o:Author>甲</o:Author></xml>'
        "<![endif]--><style>p{mso-x:1}</style></head><body><div class=Section1>"
        "<p class=MsoTitle align=center><b>关于防汛的通知<o:p></o:p></b></p>"
        "<p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]></span>落实责任。"
        "<o:p></o:p></p><p class=MsoNormal><span style='mso-hide:all'>旧稿。</span>"
        "<o:p>&nbsp;</o:p></p></div></body></html>"
    )
    reading = read(page, "通知.doc")
    assert reading.report.format == "html"
    assert [p.text for p in reading.paragraphs] == ["关于防汛的通知", "1.\xa0落实责任。"]


def problem(markup: str) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as caught:
        read(markup)
    return caught.value


def test_a_page_of_frames_says_what_to_save() -> None:
    found = problem(
        "<html><frameset cols='1,2'><frame src=a.htm><frame src=b.htm></frameset></html>"
    )
    assert (found.reason, "frames" in found.detail) == (Reason.UNSUPPORTED, True)


def test_a_page_whose_text_a_script_puts_in_is_empty_and_says_so() -> None:
    found = problem(f"<html><body><div id=app></div><script>show('{BODY}')</script></body></html>")
    assert (found.reason, "script" in found.detail) == (Reason.EMPTY, True)


def test_a_page_of_nothing_but_menus_is_empty() -> None:
    assert problem(f"<html><body>{MENU}</body></html>").reason is Reason.EMPTY


def test_an_element_with_attributes_without_end_is_refused() -> None:
    attributes = " ".join(f"a{number}" for number in range(50_000))
    assert problem(f"<p {attributes}>{BODY}</p>").reason is Reason.DAMAGED
    assert texts(f"<p title='{attributes}'>{BODY}</p>") == [BODY]


HOSTILE = {
    "tables": "<table><tr><td>甲</td></tr></table>",
    "rows": "<tr><td>甲</td><td>乙</td></tr>",
    "cells": "<td>甲</td>",
    "frames": "<div class='nav footer'>甲</div>",
    "containers": "<div class='TRS_Editor'>甲。</div>",
    "articles": "<article>甲。</article>",
    "lists": "<ul><li><a href='x'>甲</a></li><li><a href='x'>乙</a></li></ul>",
    "links": "<a href='x'>甲</a>",
    "comments": "<!-- ",
    "headings": "<h1>甲</h1>",
    "line breaks": "甲<br>",
    "labels": "<table><tr><td>标题</td><td>甲</td></tr><tr><td>文号</td><td>乙</td></tr></table>",
    "quotes": "<p x='",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_one_element_over_and_over_is_read_or_refused(piece: str) -> None:
    for markup in (piece * 20_000, "<table><tr><td>" * 600 + piece * 5_000):
        with contextlib.suppress(UnreadableReport):
            assert texts(markup)


PAGES = [
    ("html/gne_cmse_1", "天宫一号与神舟九号载人交会对接", "2012年6月24日", "愿意回答大家的提问。"),
    ("html/gne_other_1", "全国人民代表大会常务委员会关于", "全国人民代表大会常务", "3365.53亿元。"),
    ("html/gne_shanxi_1", "山西品牌丝路行（南美站", "成功举办中国（山西）", "根廷举行。（张巨峰）"),
    ("html/gne_sxmu_1", "中华人民共和国监察法", "《中华人民共和国监察", "政监察法》同时废止。"),
    ("html/gne_zyyfy_1", "【不忘初心 牢记使命】我院", "本站讯（职工通讯员", "医院的药学服务水平。"),
    ("html_gbk/archive.org", "话剧《约定无期限》河", "一个约定，信守15年", "观、人生观、价值观。"),
    ("html_gbk/cx_10.", "欧阳觅剑:收费公路亏损扩", "高速公路超前发展有必", "收入的比例有高有低。"),
    ("html_gbk/cx_12.", "李克强：培育长期稳定健康", "记者从中国政府网获悉", "一步创新和深化合作。"),
    ("html_gbk/cx_14.", "刘姝威：严惩违法做空中国股市", "6月12日沪指达到5", "很多股票变得很便宜。"),
    ("html_gbk/cx_16.", "张道达法师看盘：还需更重", "周三晚间，证监会、交", "很难达到救市的效果。"),
    ("html_gbk/cx_18.", "易宪容：拿什么来稳定投资", "基于当前股市的脆弱性", "康发展道路就还很远。"),
    ("html_gbk/cx_2.", "埃洛普离职：微软卧底成弃儿", "[摘要：在埃洛普入主", "智慧型知识型新媒体。"),
    ("html_gbk/cx_21.", "兖州煤业投资澳洲两年净亏73", "记者梳理发现，自20", "发稿也尚未得到回复。"),
    ("html_gbk/cx_23.", "孙立坚:股市怎样才能从", "股市怎样才能从“空心", "真正有效地体现出来。"),
    ("html_gbk/cx_25.", "近500家公司停牌 上市公司", "近期大盘宽幅震荡，不", "均出现波段上涨行情。"),
    ("html_gbk/cx_27.", "本周纽约原油期货重挫4.5%", "香港万得通讯社报道，", "日（周五）休市一天。"),
    ("html_gbk/cx_29.", "中国股市巨震引警觉 华尔", "近期中国股市跌跌不休", "绝不对中国掉以轻心。"),
    ("html_gbk/cx_30.", "三星失意 路在何方？", "[摘要：三星的手机虽", "上三星还需多做努力。"),
    ("html_gbk/cx_32.", "收评：沪指暴跌5.77%失守37", "网易财经7月3日讯", "展？时间可说明一切。"),
    ("html_gbk/cx_34.", "国泰君安落实两融新规 6日", "国泰君安方面今日表示", "股票调出担保券范围。"),
    ("html_gbk/cx_36.", "多地高温津贴数年未涨 发放", "各地高温津贴一览。", "政策的刚性和权威性。"),
    ("html_gbk/cx_38.", "外媒称不到10%中国家庭持", "【环球时报综合报道】", "有助于改善公司治理。"),
    ("html_gbk/cx_4.", "刷单是Uber中国的危机？", "[摘要：刷单泛滥背后", "者，《微革命》作者。"),
    ("html_gbk/cx_41.", "沪指三周跌30%失守3700", "证监会新闻发言人张晓", "加注重新兴市场股票。"),
    ("html_gbk/cx_43.", "去杠杆引发踩踏 “杠杆牛", "“杠杆牛”已然夭折。", "输得起。”孔辉表示。"),
    ("html_gbk/cx_45.", "大连太平湾投资2000亿 未批先", "计划投资2000亿元", "创造良好的物流环境。"),
]  # fmt: skip
"""Of each page: its file, how its title begins, how its text begins below that, how it ends."""

ELSEWHERE = re.compile(
    "相关阅读|网易荐新闻|证券要闻|热点新闻|用微信扫描|网友评论|跟贴|关键词阅读|发表评论|打印本|关闭窗口"
    "|分享到|返回顶部|首页|责任编辑|版权所有|您的位置|本文来源|更多>>|ICP备"
)
"""What stands around the articles of these pages."""


def page_of(real_data: Path, name: str) -> Path:
    folder, start = name.split("/")
    (path,) = (real_data / "messy" / folder).glob(f"{start}*")
    return path


@pytest.mark.parametrize(("name", "title", "first", "last"), PAGES, ids=[row[0] for row in PAGES])
def test_real_pages_read_as_a_reader_would_quote_them(
    real_data: Path, name: str, title: str, first: str, last: str
) -> None:
    reading = read_report(page_of(real_data, name))
    found = [paragraph.text for paragraph in reading.paragraphs]
    assert reading.report.title.startswith(title)
    assert any(text.startswith(first) for text in found[:5])
    assert any(text.endswith(last) for text in found[-2:])
    assert [text for text in found if ELSEWHERE.search(text) and len(text) < 40] == []


@pytest.mark.parametrize("name", [row[0] for row in PAGES])
def test_no_sentence_of_a_real_page_is_lost(real_data: Path, name: str) -> None:
    path = page_of(real_data, name)
    encoding = "gb18030" if "gbk" in name else "utf-8"
    markup = re.sub(r"(?s)<!--.*?-->|<script.*?</script>", "", path.read_text(encoding, "replace"))
    found = squeezed("".join(p.text for p in read_report(path).paragraphs))
    for paragraph in re.findall(r"(?si)<p\b[^>]*>(.*?)</p>", markup):
        text = squeezed(html.unescape(re.sub(r"<[^>]*>", "", paragraph)))
        if "。" in text and len(text) >= 20 and not re.search("网易|扫描|分辨率|观察家", text):
            assert text in found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
