"""What a work report does where: it reviews, names problems, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus import Reading, read_bytes, read_report

if TYPE_CHECKING:
    from pathlib import Path

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。"
PROBLEM = "同时，我们也清醒地看到，发展中还存在不少困难和问题：产业结构仍然偏重，创新能力不强。"
HEAD = ("政府工作报告", "——2026年1月8日在澜川市第八届人民代表大会第五次会议上", "各位代表：")


def sections(*lines: str, head: tuple[str, ...] = HEAD) -> list[str]:
    """Read lines below the head of a report; give each one's section."""
    reading = read_bytes("\n".join((*head, *lines)).encode(), "r.txt")
    return [paragraph.section for paragraph in reading.paragraphs[len(head) :]]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、2025年工作回顾", "回顾"),
        ("一、过去五年工作回顾", "回顾"),
        ("一、“十四五”时期和2025年工作回顾", "回顾"),
        ("一、2025年主要工作和“十四五”发展成就", "回顾"),
        ("一、主要做法及成效", "回顾"),
        ("一、主要举措和成效", "回顾"),
        ("一、法治政府建设推进情况", "回顾"),
        ("一、2025年重点工作", "回顾"),
        ("一、重点任务完成情况", "回顾"),
        ("二、存在的问题和不足", "问题"),
        ("二、存在的主要问题及原因", "问题"),
        ("二、困难和挑战", "问题"),
        ("二、主要问题", "问题"),
        ("二、2026年工作安排", "计划"),
        ("二、2026年重点工作", "计划"),
        ("二、总体要求和主要目标", "计划"),
        ("二、“十五五”时期主要目标任务", "计划"),
        ("二、重点任务", "计划"),
        ("二、下一步工作打算", "计划"),
        ("二、对今年政府工作的建议", "计划"),
        ("二、关于《澜川市国民经济和社会发展第十五个五年规划纲要（草案）》的说明", "计划"),
        ("二、澜江的治理", ""),
        ("二、关于三农问题", ""),
        ("二、当前形势和基本任务", ""),
        ("二、“十四五”发展成就和“十五五”主要目标", ""),
        ("二、存在的问题和下一步打算", ""),
    ],
)
def test_the_heading_of_a_part_says_what_it_does(heading: str, section: str) -> None:
    assert sections(heading, BODY) == [section, section]


def test_the_nearest_heading_outwards_decides() -> None:
    lines = (
        "一、2025年工作回顾",
        "（一）存在的问题",
        BODY,
        "（二）工业和信息化",
        BODY,
    )
    assert sections(*lines) == ["回顾", "问题", "问题", "回顾", "回顾"]


@pytest.mark.parametrize(
    "heading",
    [
        "（一）聚力落实国家重大战略任务",
        "（一）突出提高民生工作质效",
        "（一）着力解决群众身边的突出问题",
        "（一）完成全年目标任务，实现“十四五”圆满收官",
    ],
)
def test_a_heading_within_a_review_that_says_more_changes_nothing(heading: str) -> None:
    assert sections("一、2025年工作回顾", heading, BODY) == ["回顾"] * 3


def test_headings_within_a_part_of_two_kinds_decide() -> None:
    lines = (
        "一、“十四五”发展成就和“十五五”主要目标",
        "（一）“十四五”发展成就",
        BODY,
        "（二）“十五五”主要目标",
        BODY,
    )
    assert sections(*lines) == ["", "回顾", "回顾", "计划", "计划"]


def test_what_a_report_demands_after_its_review_is_of_the_plan() -> None:
    lines = ("一、2025年工作回顾", BODY, "二、加快产业升级", BODY, "三、改善民生", BODY)
    assert sections(*lines) == ["回顾"] * 2 + ["计划"] * 4


def test_the_last_part_after_a_plan_is_of_the_plan_and_annexes_are_not() -> None:
    lines = (
        "一、2026年重点工作", BODY, "二、一以贯之转作风", BODY, "附件", "名词解释", BODY,
    )  # fmt: skip
    assert sections(*lines)[2:4] == ["计划"] * 2
    assert set(sections(*lines)[4:]) == {""}


@pytest.mark.parametrize(
    "opening",
    [
        PROBLEM,
        "在肯定成绩的同时，我们也清醒认识到，发展中老问题、新挑战仍然不少，主要是：创新能力不强。",
        "成绩固然可喜，问题也不容忽视。一是生态环境本底仍然脆弱。",
        "同时，我市经济社会发展还面临一些困难和挑战，主要是：产业转型任务依然紧迫。",
        "五年来取得的成就是巨大的，但前进中仍然存在不少困难和问题，工作中也还有不少缺点。",
    ],
)
def test_a_review_that_turns_to_problems_speaks_of_them_to_its_end(opening: str) -> None:
    lines = ("一、2025年工作回顾", BODY, opening, BODY, "二、2026年重点工作", BODY)
    assert sections(*lines) == ["回顾", "回顾", "问题", "问题", "计划", "计划"]


def test_a_review_may_turn_from_problems_again() -> None:
    thanks = "各位代表！一年来的成绩来之不易，我代表市人民政府，向全市人民表示衷心的感谢。"
    assert sections("一、2025年工作回顾", PROBLEM, thanks) == ["回顾", "问题", "回顾"]


@pytest.mark.parametrize(
    "text",
    [
        "过去一年，我市发展面临多重困难和严峻挑战，全市上下迎难而上，取得了新的成绩。",
        "我们深刻认识到，党的坚强领导是我们战胜一切困难的最大底气。",
        "解决了一批群众反映强烈的问题，困难群众得到妥善安置，各方面都有新的进步。",
    ],
)
def test_a_review_that_only_mentions_problems_is_still_a_review(text: str) -> None:
    assert sections("一、2025年工作回顾", text) == ["回顾", "回顾"]


def test_problems_in_a_plan_are_part_of_the_plan() -> None:
    assert sections("一、2026年重点工作", PROBLEM) == ["计划", "计划"]


def test_the_head_and_a_report_without_headings_stay_unmarked() -> None:
    assert sections(BODY, PROBLEM, BODY) == ["", "", ""]
    reading = read_bytes("\n".join((*HEAD, "一、2025年工作回顾", BODY)).encode(), "r.txt")
    assert [p.section for p in reading.paragraphs[: len(HEAD)]] == [""] * len(HEAD)


def test_other_documents_have_no_such_sections() -> None:
    head = ("澜川市人民政府关于防汛的通知", "各有关单位：")
    assert sections("一、存在的问题", BODY, "二、重点任务", BODY, head=head) == [""] * 4


def test_a_report_on_the_rule_of_law_has_them() -> None:
    head = ("望江区2017年度法治政府建设情况报告", "市人民政府：")
    lines = (
        "一、2017年主要工作情况", BODY, "二、存在的不足和原因", BODY, "三、2018年工作打算", BODY,
    )  # fmt: skip
    assert sections(*lines, head=head) == ["回顾"] * 2 + ["问题"] * 2 + ["计划"] * 2


# What the parts of real reports do, by hand: R reviews, P plans, "-" neither or both.
PARTS = {
    "national/1956": "RPP",
    "national/1957": "-----",
    "national/1960": "----",
    "national/1979": "----",
    "national/1983": "RP",
    "national/1992": "RPPP--",
    "national/1994": "-PPPP--",
    "national/1999": "-PPPPPPP--",
    "national/2000": "RPPPPPPP--",
    "national/2003": "RP",
    "national/2005": "RPPPPP-",
    "national/2006": "RPP",
    "national/2008": "RP",
    "national/2011": "RPP",
    "national/2013": "RPP",
    "national/2015": "RPPPPP",
    "national/2018": "RPP",
    "national/2021": "R-P",
    "national/2023": "RP",
    "national/2025": "RPP",
    "provincial/2026_上海市": "RPPP",
    "provincial/2026_内蒙古": "RP-",
    "provincial/2026_北京市": "R-P",
    "provincial/2026_吉林省": "RPPP",
    "provincial/2026_广东省": "RPP--",
    "provincial/2026_广西": "R-P",
    "provincial/2026_江西省": "RPP-",
    "provincial/2026_浙江省": "RPP",
    "provincial/2026_甘肃省": "RPP",
    "provincial/2026_福建省": "RPPP",
    "provincial/2026_辽宁省": "RPP",
    "provincial/2026_陕西省": "RPP",
}
LETTERS = {"回顾": "R", "计划": "P", "": "-"}

# Where they turn to their problems: the first words of the paragraph.
PROBLEMS = {
    "national/2000": "我们清醒地看到，前进中还有不少困难和问题",
    "national/2008": "我们也清醒地认识到，经济社会发展和政府工作中还存在不少问题",
    "national/2015": "我们既要看到成绩，更要看到前进中的困难和挑战",
    "national/2025": "在肯定成绩的同时，我们也清醒看到面临的问题和挑战",
    "provincial/2026_内蒙古": "成绩固然可喜，问题也不容忽视",
    "provincial/2026_河北省": "同时，我省经济社会发展还面临一些困难和挑战",
    "provincial/2026_新疆": "我们也清醒地看到，外部环境仍然复杂严峻",
    "provincial/2026_江苏省": "在看到成绩的同时，我们也认识到老问题、新挑战仍然不少",
}


def real(folder: Path, name: str) -> Reading:
    (path,) = (folder / "reports").glob(f"{name}*")
    return read_report(path)


@pytest.mark.parametrize("name", PARTS)
def test_the_parts_of_a_real_report_are_marked_as_a_reader_would(
    real_data: Path, name: str
) -> None:
    parts: dict[str, str] = {}
    for paragraph in real(real_data, name).paragraphs:
        if paragraph.heading and paragraph.heading[0] not in parts:
            parts[paragraph.heading[0]] = LETTERS[paragraph.section]
    assert "".join(parts.values()) == PARTS[name]


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_real_report_turns_to_its_problems_where_it_says_so(real_data: Path, name: str) -> None:
    found = [p.text for p in real(real_data, name).paragraphs if p.section == "问题"]
    assert found
    assert found[0].startswith(PROBLEMS[name])


def test_every_provincial_report_reviews_then_names_problems_then_plans(real_data: Path) -> None:
    for path in sorted((real_data / "reports" / "provincial").iterdir()):
        marked = [p.section for p in read_report(path).paragraphs if p.section]
        order = [section for i, section in enumerate(marked) if marked[i - 1 : i] != [section]]
        assert order == ["回顾", "问题", "计划"], path.name
