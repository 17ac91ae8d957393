"""What a web page sets around a report is not its text; what the report says is."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import read_bytes

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。" * 2
HEAD = "2021年某市政府工作报告"


def texts(*lines: str) -> list[str]:
    return [p.text for p in read_bytes("\n".join(lines).encode(), "r.txt").paragraphs]


@pytest.mark.parametrize(
    "furniture",
    [
        ["下载", "打印", "全屏", "收藏"],
        ["【字号：", "加大", "还原", "减小", "】"],
        ["【字体：大 中 小】"],
        ["【字体：", "大", "中", "小", "】"],
        ["您的位置:", "首页", ">", "政务公开", ">", "工作报告", "工作报告"],
        ["来源：https://example.org/2021/report.html"],
        ["https://example.org/2021/report.html"],
        ["来源：某市日报"],
        ["来源：", "某市日报"],
        ["发表时间：", "2021-02-09 09:45:30"],
        ["2021-02-03 09:02:33"],
        ["2021年02月10日 07时41分"],
        ["阅读量：", "【字体：", "小", "中", "大", "】"],
        ["2015-07-02 05:18:09\u3000来源: 某市日报(某市)"],
        ["某网某市频道 ( 2012-06-04 09:20:26 )        稿件来源：某市日报"],
        ["王某某 2015-06-19 11:20:11 0人参与评论"],
        ["位置：首页 >  新闻动态"],
        ["打印  字体： 放大 正常 缩小  分享"],
        ["分享到:", "分享到微信", "×"],
        ["市长王某某作政府工作报告。本报记者 李某某 摄"],
        ["政府工作报告。 某报记者 李某某 摄"],
        [HEAD],
    ],
    ids=lambda lines: "|".join(lines)[:40],
)
def test_furniture_above_the_text_is_dropped(furniture: list[str]) -> None:
    assert texts(HEAD, *furniture, "各位代表：", BODY, BODY) == [HEAD, "各位代表：", BODY, BODY]


@pytest.mark.parametrize(
    "furniture",
    [
        ["相关报道："],
        ["相关链接>>", "某市人大关于政府工作报告的决议", "市民热议政府工作报告"],
        ["扫一扫在手机打开当前页", "【", "打印本页", "】", "【", "关闭窗口", "】"],
        ["责任编辑：", "李某某"],
        ["（来源：某市日报）", "编辑：李某某"],
        ["收藏", "|", "分享到:", "分享到微信", "×", "相关文档："],
        ["上一篇：某市召开会议", "下一篇：没有了"],
        ["本文来源：某市日报 作者：王某某 责任编辑：NF041"],
        ["更多精彩资讯请点击 某网"],
        ["重点推荐", "某市召开会议"],
        ["版权所有 某市人民政府 Copyright 2018", "地址：某市某路1号", "传真：0000-0000000"],
        ["Public domain", "false", "false"],
    ],
    ids=lambda lines: "|".join(lines)[:40],
)
def test_furniture_below_the_text_is_dropped(furniture: list[str]) -> None:
    assert texts(HEAD, "各位代表：", BODY, BODY, *furniture) == [HEAD, "各位代表：", BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "下载",
        "打印",
        "来源：本报",
        "https://example.org/a",
        "相关报道：",
        "责任编辑：李某某",
    ],
)
def test_the_same_line_amid_the_text_stays(line: str) -> None:
    assert line in texts(HEAD, "各位代表：", BODY, line, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "推广政务服务事项网上下载打印，群众办事更加方便。",
        "来源于群众的意见得到重视。",
        "现在，我代表市人民政府，向大会作政府工作报告。",
        "市长 王某某",
        "中华人民共和国国务院令",
        "大力实施城市更新行动情况",
        "小区改造工作",
        "更多群众得到实惠",
        "重点推荐项目",
        "——2021年2月3日在某市第三届人民代表大会第一次会议上",
    ],
)
def test_a_line_of_the_head_that_only_holds_such_a_word_stays(line: str) -> None:
    assert line in texts(HEAD, line, "各位代表：", BODY)


def test_link_titles_go_but_a_long_annex_below_such_a_line_stays() -> None:
    annex = "某市二〇二一年民生实事项目清单，" * 8
    assert annex in texts(HEAD, BODY, "相关附件：", annex)


def test_dates_in_the_furniture_become_the_date_of_publication() -> None:
    text = "\n".join([HEAD, "日期：2021-02-09", "下载", "各位代表：", BODY])
    assert read_bytes(text.encode(), "r.txt").report.published == date(2021, 2, 9)
