"""Records of JSON: a line each, an array, or one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, Reason, UnreadableReport, read_members

TEXT = "全市上下团结一心，各项事业取得新的进展。"


def read(data: object, name: str = "r.json") -> list[Reading | UnreadableReport]:
    written = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return list(read_members(written.encode("utf-8", "surrogatepass"), name))


def readings(data: object, name: str = "r.json") -> list[Reading]:
    found = read(data, name)
    assert all(isinstance(item, Reading) for item in found), found
    return [item for item in found if isinstance(item, Reading)]


def refused(data: object) -> UnreadableReport:
    (problem,) = read(data)
    assert isinstance(problem, UnreadableReport)
    return problem


def test_each_line_is_a_report_named_by_its_number() -> None:
    data = f'{{"title":"防汛","content":"{TEXT}"}}\n\n{{"title":"抗旱","content":"{TEXT}"}}\n'
    found = readings(data, "r.jsonl")
    assert [(item.report.sources, item.report.title) for item in found] == [
        (("r.jsonl!/1",), "防汛"),
        (("r.jsonl!/3",), "抗旱"),
    ]
    assert [p.text for p in found[0].paragraphs] == ["防汛", TEXT]


def test_a_broken_line_is_an_error_of_that_line_and_the_others_are_read() -> None:
    data = f'{{"text":"{TEXT}"}}\n{{"text":"{TEXT}}}\n{{"text": nothing}}\n{{"text":"{TEXT}"}}\n'
    found = read(data, "r.jsonl")
    problems = [item for item in found if isinstance(item, UnreadableReport)]
    assert [(item.source, item.reason) for item in problems] == [
        ("r.jsonl!/2", Reason.DAMAGED),
        ("r.jsonl!/3", Reason.DAMAGED),
    ]
    assert len(found) == 4


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"a": 1, "data": {"b": rows}}])
def test_the_records_of_the_one_array_there_is_are_reports(wrap: object) -> None:
    assert callable(wrap)
    rows = [{"title": "防汛", "body": TEXT}, {"title": "抗旱", "body": TEXT}]
    found = readings(wrap(rows))
    assert [item.report.sources for item in found] == [("r.json!/1",), ("r.json!/2",)]


def test_an_object_with_a_text_is_one_report_whatever_arrays_it_has() -> None:
    record = {"title": "防汛", "content": TEXT, "files": [{"name": "附件"}, {"name": "附图"}]}
    (found,) = readings(record)
    assert found.report.sources == ("r.json",)
    assert found.report.title == "防汛"


def test_values_of_inner_objects_are_columns_too() -> None:
    record = {"meta": {"title": "防汛", "date": "2020-03-04"}, "data": {"text": TEXT}}
    (found,) = readings(record)
    assert (found.report.title, str(found.report.published)) == ("防汛", "2020-03-04")


def test_strings_of_a_list_are_paragraphs() -> None:
    (found,) = readings([{"text": ["各项工作", "取得进展", TEXT]}])
    assert [p.text for p in found.paragraphs] == ["各项工作", "取得进展", TEXT]


def test_records_without_a_text_are_a_document() -> None:
    (found,) = readings([{"指标": "产值", "值": 1.5}, {"指标": "人口", "值": 2, "注": None}])
    assert found.report.sources == ("r.json",)
    assert [p.text for p in found.paragraphs] == ["指标\t值\t注", "产值\t1.5", "人口\t2"]


@pytest.mark.parametrize("data", ["[" * 200_000, '{"a":' * 200_000, '[{"text":' + "[" * 200_000])
def test_values_nested_without_end_are_refused(data: str) -> None:
    assert refused(data).reason is Reason.DAMAGED


@pytest.mark.parametrize("data", ["{", '"甲', "[1,]", "甲", "1" * 5_000, "\ufeff{", "nul"])
def test_what_is_not_json_is_refused(data: str) -> None:
    assert refused(data).reason is Reason.DAMAGED


def test_halves_of_characters_do_not_get_into_the_text() -> None:
    (found,) = readings('{"text": "\\ud800新的进展。"}')
    assert [p.text for p in found.paragraphs] == ["\ufffd新的进展。"]


@pytest.mark.parametrize("data", ["[" + "1," * 4_100_000 + "1]", "[" + "{}," * 4_100_000 + "{}]"])
def test_more_values_than_memory_is_for_are_refused(data: str) -> None:
    assert refused(data).reason is Reason.TOO_LARGE


def test_records_that_share_no_key_are_refused_if_they_are_many() -> None:
    assert refused([{f"k{i}": 1} for i in range(3_000)]).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("data", ["[]", "{}", "[{}]", '[{"text": ""}]', "null", '[""]'])
def test_nothing_but_brackets_is_empty(data: str) -> None:
    assert refused(data).reason is Reason.EMPTY


def test_a_byte_order_mark_does_not_matter() -> None:
    (found,) = readings("\ufeff" + json.dumps({"text": TEXT}))
    assert found.report.encoding == "utf-8-sig"


words = st.text(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=9)


@given(records=st.lists(st.fixed_dictionaries({"title": words, "text": words}), min_size=2))
@pytest.mark.parametrize("lined", [True, False])
def test_records_come_back_in_order(records: list[dict[str, str]], lined: bool) -> None:
    ended = [{"title": r["title"], "text": r["text"] + "。"} for r in records]
    data = "\n".join(map(json.dumps, ended)) if lined else json.dumps(ended)
    found = readings(data)
    assert [item.report.title for item in found] == [r["title"] for r in records]
    assert [item.paragraphs[-1].text for item in found] == [r["text"] for r in ended]
