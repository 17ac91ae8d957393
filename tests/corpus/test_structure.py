"""Headings, and the path of headings that every paragraph stands under."""

from __future__ import annotations

import pytest

from corpus import read_bytes

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。"


def paths(*lines: str) -> list[tuple[str, ...]]:
    """Read lines below an addressee; give each one's path."""
    text = "\n".join(("各位代表：", *lines))
    return [p.heading for p in read_bytes(text.encode(), "r.txt").paragraphs[1:]]


def test_the_usual_styles_nest_in_the_usual_order() -> None:
    lines = ("一、经济", "（一）工业", "1.规模", "（1）产值", "①指标", BODY)
    assert paths(*lines)[-1] == lines[:-1]


def test_parts_chapters_sections_and_articles_nest() -> None:
    lines = ("第一编 总则", "第二章 财政", "第三节 预算", "第十条 预算应当公开。", BODY)
    assert paths(*lines)[-1] == ("第一编 总则", "第二章 财政", "第三节 预算", "第十条")


def test_a_heading_line_ends_its_own_path() -> None:
    assert paths("一、经济", BODY) == [("一、经济",), ("一、经济",)]


def test_a_later_heading_closes_its_like_and_all_below() -> None:
    assert paths("一、经济", "（一）工业", BODY, "二、民生", BODY)[-1] == ("二、民生",)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一是抓好防汛备汛。加固堤防二十公里，储备物资三千件。", "一是抓好防汛备汛"),
        (
            "（一）强化责任意识，形成工作合力。各级各部门要明确分工。",
            "（一）强化责任意识，形成工作合力",
        ),
        ("(二)完善制度，严格程序。修订规则三项。", "(二)完善制度，严格程序"),
        ("2.优化服务。压缩办理时限。", "2.优化服务"),
        ("第一，坚持稳中求进。保持政策连续。", "第一，坚持稳中求进"),
        ("三、推进改革！全面落实各项任务。", "三、推进改革"),
    ],
)
def test_a_run_in_heading_ends_the_path_and_the_text_stays_whole(text: str, heading: str) -> None:
    reading = read_bytes(f"各位代表：\n{text}\n{BODY}".encode(), "r.txt")
    assert reading.paragraphs[1].text == text
    assert reading.paragraphs[1].heading == (heading,)
    assert not reading.paragraphs[1].is_heading


def test_a_paragraph_after_a_run_in_list_returns_to_the_heading_above() -> None:
    item = "二是加强宣传引导。全年举办活动三十场。"
    assert paths("一、成效", "（一）工作机制", item, BODY)[-1] == ("一、成效", "（一）工作机制")


def test_a_paragraph_after_a_run_in_bracketed_heading_stays_under_it() -> None:
    item = "（二）加强宣传引导。全年举办活动三十场。"
    assert paths("一、成效", item, BODY)[-1] == ("一、成效", "（二）加强宣传引导")


def test_a_numbered_sentence_on_a_line_of_its_own_heads_what_follows() -> None:
    lines = ("一、成效", "一是经济运行平稳。", BODY, "二是民生持续改善。", BODY)
    assert paths(*lines)[-1] == ("一、成效", "二是民生持续改善。")


def test_a_list_within_a_sentence_heads_nothing() -> None:
    text = "要做到：一是坚持人民至上；二是坚持依法行政；三是坚持勤俭节约。"
    item = "一是坚持人民至上；二是坚持依法行政；三是坚持勤俭节约。"
    assert paths("一、要求", text, item) == [("一、要求",)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "1.5万亿元的总量再上台阶。",
        "2025年全市生产总值增长。",
        "3、4月份降雨偏多。",
        "一、二、三产业协调发展。",
        "一、二季度增速回升。",
        "2025.1版目录发布。",
        "11.“五统一、一开放”：",
        "18.“一张网”平台：指统一的信息平台。",
        "（一）因公出差取得的补贴；",
        "1.新增就业十万人以上，改造住房两万套；支持企业吸纳毕业生。",
    ],
)
def test_what_only_looks_numbered_or_headed_is_no_heading(text: str) -> None:
    assert paths("一、成效", BODY, text, BODY)[2:] == [("一、成效",)] * 2


def test_items_of_a_list_are_no_headings() -> None:
    items = ("1.新建学校三所。", "2.改造道路五条。", "3.新增床位一百张。")
    assert paths("一、实事", *items) == [("一、实事",)] * 4


def test_the_last_item_of_a_list_is_no_heading() -> None:
    items = ("（一）涂改证件的；", "（二）出借证件的。")
    assert paths("一、处罚", *items, BODY) == [("一、处罚",)] * 4


def test_items_of_an_article_are_no_headings() -> None:
    lines = (
        "第一章 总则",
        "第二条 有下列情形的：",
        "（一）在本市居住的",
        "（二）在本市就业的。",
        BODY,
    )
    assert set(paths(*lines)[1:]) == {("第一章 总则", "第二条")}


def test_an_article_is_named_by_its_number_alone() -> None:
    assert paths("第十二条之一 本办法所称河道包括湖泊。")[0] == ("第十二条之一",)


def test_an_article_may_bear_a_heading_in_brackets() -> None:
    assert paths("第一章 总则", "第二条【适用范围】", BODY)[1:] == [("第一章 总则", "第二条")] * 2


def test_a_sentence_about_an_article_is_no_article() -> None:
    assert paths("第十二条规定的情形除外，其他依照本办法执行。") == [()]


def test_a_short_line_amid_body_text_is_a_heading_above_the_numbers() -> None:
    lines = (BODY, "五年工作回顾", BODY, "今年重点工作", BODY, "一、经济", BODY)
    assert paths(*lines)[-1] == ("今年重点工作", "一、经济")


def test_a_short_line_below_a_number_is_a_heading_below_it() -> None:
    lines = ("一、经济", BODY, "工业和信息化", BODY, "二、民生", BODY)
    assert paths(*lines)[3:] == [("一、经济", "工业和信息化"), ("二、民生",), ("二、民生",)]


def test_the_lines_of_the_head_are_no_headings() -> None:
    text = f"年度报告\n某市市长 王某某\n各位代表：\n{BODY}"
    assert {p.heading for p in read_bytes(text.encode(), "r.txt").paragraphs} == {()}


def test_turning_to_the_assembly_ends_a_point() -> None:
    assert paths("一、成效", "（一）经济", BODY, "各位代表！" + BODY)[-1] == ("一、成效",)


def test_the_date_of_the_signature_ends_the_document() -> None:
    lines = ("一、要求", BODY, "某市人民政府", "2021年3月5日", "附件", BODY)
    assert paths(*lines)[2:] == [(), (), ("附件",), ("附件",)]


def test_a_list_of_annexes_heads_nothing() -> None:
    lines = ("一、要求", BODY, "附件：1.责任分工表", "2.时间安排表", BODY)
    assert paths(*lines)[2:] == [("一、要求",)] * 3


def test_a_document_may_nest_two_styles_the_other_way() -> None:
    lines = [
        line
        for number in (1, 2, 3)
        for line in (f"{number}.方面", "（一）现状", BODY, "（二）问题", BODY)
    ]
    assert paths(*lines)[-1] == ("3.方面", "（二）问题")


def test_an_item_without_a_heading_is_not_under_the_item_before_it() -> None:
    lines = ("一、措施", "（一）优化服务。压缩办理时限。", "（二）" + BODY)
    assert paths(*lines)[-1] == ("一、措施",)


def test_the_title_of_an_annex_heads_its_numbers() -> None:
    lines = ("一、措施", BODY, "附件", "联席会议制度", BODY, "一、职能", BODY)
    assert paths(*lines)[-1] == ("附件", "联席会议制度", "一、职能")


def test_a_document_may_number_its_parts_in_brackets() -> None:
    lines = (
        "（一）形势",
        BODY,
        "（二）任务",
        "一、农业",
        BODY,
        "二、工业",
        BODY,
        "（三）外交",
        BODY,
    )
    assert paths(*lines)[6] == ("（二）任务", "二、工业")


def test_numbers_that_run_on_do_not_turn_the_order() -> None:
    lines = ("一、甲", "（一）子", BODY, "（二）丑", BODY, "二、乙", "（三）寅", BODY)
    assert paths(*lines)[-1] == ("二、乙", "（三）寅")


def test_levels_given_by_markup_outrank_numbers() -> None:
    text = f"# 题目\n\n## 一、经济\n\n（一）工业\n\n{BODY}\n\n## 民生\n\n{BODY}\n"
    reading = read_bytes(text.encode(), "r.md")
    assert [p.heading for p in reading.paragraphs] == [
        (),
        ("一、经济",),
        ("一、经济", "（一）工业"),
        ("一、经济", "（一）工业"),
        ("民生",),
        ("民生",),
    ]


def test_a_bold_numbered_line_of_a_page_is_a_heading_despite_its_full_stop() -> None:
    markup = f"<p>{BODY}</p><p><b>1.加强领导。</b></p><p>各级要明确分工。</p>"
    reading = read_bytes(markup.encode(), "r.html")
    assert [p.heading for p in reading.paragraphs] == [(), ("1.加强领导。",), ("1.加强领导。",)]


def test_a_line_of_a_table_of_contents_heads_nothing() -> None:
    lines = ("目录", "第一章 总则\t1", "附录\t20", "第一章 总则", BODY, "第二章 附则", BODY)
    dotted = ("目录", "第一章 总则……（1）", "第二章 附则.....20", *lines[3:])
    assert paths(*dotted)[:4] == [(), (), (), ("第一章 总则",)]
    assert paths(*lines)[:5] == [(), (), (), ("第一章 总则",), ("第一章 总则",)]


def test_a_table_of_contents_without_pages_heads_nothing_and_ends_where_the_text_begins() -> None:
    contents = ("目  录", "第一章 总则", "*第一节 一般规定", "第二章 附 则")
    text = (
        "第一章 总 则",
        "第一节 一般规定",
        f"第一条 {BODY}",
        "第二章 附则",
        f"第二条 {BODY}",
    )
    assert paths(*contents, *text) == [
        *[()] * len(contents),
        ("第一章 总 则",),
        ("第一章 总 则", "第一节 一般规定"),
        ("第一章 总 则", "第一节 一般规定", "第一条"),
        ("第二章 附则",),
        ("第二章 附则", "第二条"),
    ]


def test_a_line_that_says_contents_and_lists_nothing_that_comes_again_is_like_any_other() -> None:
    lines = ("第一章 清单", BODY, "目录", "（一）防汛物资", BODY)
    assert paths(*lines)[-1] == ("第一章 清单", "（一）防汛物资")


def test_parts_of_parts_stand_between_parts_and_chapters() -> None:
    lines = ("第二编 物权", "第一分编 通则", "第一章 一般规定", "第二百零五条 本编调整。")
    assert paths(*lines, "第二分编 所有权", BODY)[-2:] == [
        ("第二编 物权", "第二分编 所有权"),
        ("第二编 物权", "第二分编 所有权"),
    ]
    assert paths(*lines)[-1] == ("第二编 物权", "第一分编 通则", "第一章 一般规定", "第二百零五条")


def test_a_supplement_without_a_number_ranks_with_the_outermost_parts() -> None:
    lines = ("第一编 总则", "第一章 任务", "第一条 为了防汛。", "附则", "第二条 自公布之日起施行。")
    assert paths(*lines)[-1] == ("附则", "第二条")


def test_a_chapter_goes_on_from_the_one_before_it_whatever_order_its_markup_says() -> None:
    orders = {"第五章 决定": 2, "第一节 一般规定": 3, "第六章 执行": 3, "第七章 附则": 2}
    markup = "".join(f"<h{order}>{text}</h{order}><p>{BODY}</p>" for text, order in orders.items())
    reading = read_bytes(markup.encode(), "r.html")
    assert [p.heading for p in reading.paragraphs if not p.is_heading] == [
        ("第五章 决定",),
        ("第五章 决定", "第一节 一般规定"),
        ("第六章 执行",),
        ("第七章 附则",),
    ]
