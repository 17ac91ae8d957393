"""OFD documents: parts that name each other, and text objects with their transformations."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corpus import UnreadableReport, read_bytes
from corpus.errors import Reason
from corpus.formats import choose
from corpus.formats.base import Draft, Source
from corpus.formats.ofd import Ofd
from corpus.limits import Budget, Limits

from .writing import zipped
from .writing_pages import BOX, NAMESPACE, TOP, Words, ofd, page_part, pages_of, text_object

BODY = "全市上下坚持稳中求进工作总基调，统筹推进经济社会发展，地区生产总值增长百分之六点五。" * 2
MANY = [f"{chr(ord('甲') + number)}区{BODY}" for number in range(12)]
PAGE = "Doc_0/Pages/Page_0/Content.xml"
FEW = Limits(unpacked=50_000)
IMAGE = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="9"/>'


def read(data: bytes) -> Draft:
    return Ofd().read(Source("r.ofd", data))


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data).lines]


def refusal(data: bytes, limits: Limits | None = None) -> UnreadableReport:
    budget = Budget("r.ofd", limits or Limits())
    with pytest.raises(UnreadableReport) as caught:
        Ofd().read(Source("r.ofd", data, budget=budget))
    return caught.value


def shown(*codes: str, attributes: str = 'Boundary="30 40 150 10"') -> list[str]:
    """Read a page with one text object of these text codes."""
    return texts(ofd([f'<ofd:TextObject Size="5" {attributes}>{"".join(codes)}</ofd:TextObject>']))


def test_paragraphs_go_over_pages_and_know_where_they_begin() -> None:
    reading = read_bytes(ofd(pages_of(MANY)), "r.ofd")
    assert [paragraph.text for paragraph in reading.paragraphs] == MANY
    assert (reading.paragraphs[0].page, reading.paragraphs[-1].page) == (1, 2)


def test_steps_may_be_given_for_many_characters_at_once() -> None:
    code = '<ofd:TextCode X="0" Y="5" DeltaX="g 3 5 20 g 3 5">河道管理办法规定</ofd:TextCode>'
    assert shown(code) == ["河道管理\t办法规定"]


def test_a_code_that_says_no_place_goes_on_on_the_line_of_the_one_before() -> None:
    codes = (
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5">河道管理</ofd:TextCode>',
        '<ofd:TextCode X="20">办法</ofd:TextCode>',
    )
    assert shown(*codes) == ["河道管理办法"]


def test_characters_without_steps_stand_as_wide_as_they_are() -> None:
    assert shown('<ofd:TextCode X="0" Y="5">河道 River 管理</ofd:TextCode>') == ["河道 River 管理"]


@pytest.mark.parametrize(
    ("matrix", "boundary"),
    [
        ("0.3527 0 0 0.3527 0 0", "30 40 150 10"),
        ("0 1 -1 0 0 0", "100 40 10 150"),
        ("0 -1 1 0 0 0", "100 240 10 150"),
    ],
)
def test_objects_are_placed_by_their_transformation(matrix: str, boundary: str) -> None:
    objects = "".join(
        f'<ofd:TextObject Size="5" CTM="{matrix}" Boundary="{boundary}">'
        f'<ofd:TextCode X="0" Y="{place}" DeltaX="g 9 5">{text}</ofd:TextCode></ofd:TextObject>'
        for place, text in ((5, "关于做好工作的通知"), (14, "各县人民政府："))
    )
    assert texts(ofd([objects])) == ["关于做好工作的通知", "各县人民政府："]


def test_a_watermark_aslant_is_no_text() -> None:
    aslant = (
        '<ofd:TextObject Size="20" CTM="0.7 0.7 -0.7 0.7 0 0" Boundary="30 40 150 10">'
        "<ofd:TextCode>内部资料</ofd:TextCode></ofd:TextObject>"
    )
    (page,) = pages_of([BODY])
    assert texts(ofd([aslant + "".join(map(text_object, page))])) == [BODY]


def test_bold_type_is_known_by_its_font_or_its_weight() -> None:
    (page,) = pages_of(["一、总体要求", BODY])
    by_font = [replace(page[0], font="F2"), *page[1:]]
    heavy = text_object(page[0]).replace("<ofd:TextObject", '<ofd:TextObject Weight="700"')
    assert [line.strong for line in read(ofd([by_font])).lines] == [True, False]
    by_weight = read(ofd([heavy + "".join(map(text_object, page[1:]))])).lines
    assert [line.strong for line in by_weight] == [True, False]


def document(common: str, pages: str) -> str:
    return (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData>{BOX}{common}</ofd:CommonData>"
        f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    )


def test_the_text_of_a_template_is_text_of_the_page_that_is_laid_over_it() -> None:
    before = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    parts = {
        "Doc_0/Document.xml": document(
            '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
            '<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>',
        ),
        "Doc_0/Tpls/Tpl_0/Content.xml": page_part(text_object(Words("登记表"))),
        PAGE: page_part(text_object(Words("姓名：张建国", y=TOP + 60)), before),
    }
    assert texts(ofd([], parts=parts)) == ["登记表", "姓名：张建国"]


def test_the_running_head_of_a_template_is_no_text() -> None:
    before = '<ofd:Template TemplateID="7"/>'
    pages = pages_of(MANY * 3)
    links = "".join(
        f'<ofd:Page BaseLoc="Pages/Page_{n}/Content.xml"/>' for n, _ in enumerate(pages)
    )
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpl.xml"/>'
    parts = {
        "Doc_0/Document.xml": document(common, links),
        "Doc_0/Tpl.xml": page_part(text_object(Words("某某市人民政府公报", 240, 40, 9))),
        **{
            f"Doc_0/Pages/Page_{n}/Content.xml": page_part("".join(map(text_object, page)), before)
            for n, page in enumerate(pages)
        },
    }
    assert texts(ofd([], parts=parts)) == MANY * 3


def test_text_within_composite_objects_and_blocks_is_text() -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>'
        f"{text_object(Words('特此公告。', 0, 20))}"
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    page = (
        f"<ofd:PageBlock>{text_object(Words('公告'))}</ofd:PageBlock>"
        '<ofd:CompositeObject ResourceID="5" Boundary="40 60 100 20"/>'
    )
    parts = {"Doc_0/PublicRes.xml": f"<ofd:Res {NAMESPACE}>{unit}</ofd:Res>"}
    assert texts(ofd([page], parts=parts)) == ["公告", "特此公告。"]


def test_a_unit_that_holds_itself_costs_more_than_it_may() -> None:
    unit = '<ofd:CompositeObject ResourceID="5"/>' * 20
    parts = {
        "Doc_0/PublicRes.xml": f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>"
        f'<ofd:CompositeGraphicUnit ID="5">{unit}</ofd:CompositeGraphicUnit>'
        f"</ofd:CompositeGraphicUnits></ofd:Res>"
    }
    assert refusal(ofd([unit], parts=parts), FEW).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "location",
    [
        "/Doc_0/Document.xml",
        "./Doc_0/../Doc_0/Document.xml",
        "Doc_0\\Document.xml",
        "doc_0/document.xml",
    ],
)
def test_parts_are_found_however_their_place_is_written(location: str) -> None:
    body = f"<ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody>"
    root = f"<ofd:OFD {NAMESPACE}>{body}</ofd:OFD>"
    assert texts(ofd(pages_of(["公告"]), parts={"OFD.xml": root})) == ["公告"]


def test_nothing_outside_the_package_is_ever_read() -> None:
    root = (
        f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>../../../../etc/passwd</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>"
    )
    error = refusal(ofd([], parts={"OFD.xml": root}))
    assert error.reason is Reason.DAMAGED
    assert "missing" in error.detail


def test_other_namespaces_and_lower_case_attributes_are_read_too() -> None:
    data = ofd([text_object(Words("公告")).replace(' Size="', ' size="')])
    assert texts(data) == ["公告"]


def test_all_documents_of_a_package_are_read_one_after_the_other() -> None:
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        for number in (0, 1)
    )
    root = f"<ofd:OFD {NAMESPACE}>{bodies}</ofd:OFD>"
    parts = {
        "OFD.xml": root,
        "Doc_1/Document.xml": document("", '<ofd:Page BaseLoc="Content.xml"/>'),
        "Doc_1/Content.xml": page_part(text_object(Words("第二份文件。"))),
    }
    draft = read(ofd(pages_of(["第一份文件。"]), parts=parts))
    assert [(line.text, line.page) for line in draft.lines] == [
        ("第一份文件。", 1),
        ("第二份文件。", 2),
    ]


def test_what_the_producer_states_under_known_labels_is_metadata() -> None:
    info = (
        "<ofd:Title>关于加强河道管理的通知</ofd:Title><ofd:CustomDatas>"
        '<ofd:CustomData Name="发文字号">云政发〔2021〕3号</ofd:CustomData>'
        '<ofd:CustomData Name="template-version">1.0</ofd:CustomData></ofd:CustomDatas>'
    )
    draft = read(ofd(pages_of(["关于加强河道管理的通知", BODY]), info=info))
    assert draft.title == "关于加强河道管理的通知"
    assert draft.fields == {"发文字号": "云政发〔2021〕3号"}


def test_a_title_that_the_text_does_not_bear_is_left_out() -> None:
    info = "<ofd:Title>新建 Microsoft Word 文档</ofd:Title>"
    assert read(ofd(pages_of([BODY]), info=info)).title == ""


def test_pages_of_pictures_are_a_scan_and_blank_ones_are_empty() -> None:
    assert refusal(ofd([IMAGE, IMAGE])).reason is Reason.SCAN
    assert refusal(ofd(["", ""])).reason is Reason.EMPTY


def test_pages_without_text_are_named_where_others_have_some() -> None:
    draft = read(ofd([*pages_of(MANY), IMAGE]))
    assert [line.text for line in draft.lines] == MANY
    assert draft.flaws == ("page 3 of 3 shows a picture in place of text",)


@pytest.mark.parametrize("content", ["", "<ofd:Page"])
def test_a_page_that_is_missing_or_damaged_does_not_hide_the_others(content: str) -> None:
    parts = {"Doc_0/Pages/Page_1/Content.xml": content}
    draft = read(ofd([*pages_of(["公告"]), []], parts=parts))
    assert [line.text for line in draft.lines] == ["公告"]
    assert draft.flaws == ("page 2 of 2 cannot be read",)


def test_glyphs_that_stand_for_no_character_are_no_text() -> None:
    assert refusal(ofd([[Words("¤" * 30)]])).reason is Reason.SCAN


def test_an_encrypted_document_is_said_to_be_so() -> None:
    data = ofd(pages_of([BODY]), parts={"Encryptions.xml": "<x/>"})
    assert refusal(data).reason is Reason.ENCRYPTED


def test_damaged_packages_are_damaged() -> None:
    whole = ofd(pages_of([BODY]))
    assert choose(".ofd", whole[:-40]).name == "ofd"
    assert refusal(whole[:-40]).reason is Reason.DAMAGED
    assert refusal(ofd([], parts={"OFD.xml": "<x/>"})).reason is Reason.DAMAGED
    assert refusal(ofd([], parts={"Doc_0/Document.xml": ""})).reason is Reason.DAMAGED


def test_an_archive_of_documents_is_no_document() -> None:
    archive = zipped({"甲.ofd": ofd(pages_of([BODY]))}, 0)
    assert not Ofd().claims(archive)


def test_text_is_counted_against_what_may_be_unpacked() -> None:
    assert refusal(ofd(pages_of(MANY * 4)), FEW).reason is Reason.TOO_LARGE


ODD = ('"nan"', '"1e309 5"', '"g 1000000000 5"', '"g g g"', '"-1"', '""', '"9999999999999999999"')


def test_odd_values_anywhere_are_read_or_refused() -> None:
    dice = random.Random(5)
    objects = "".join(map(text_object, pages_of([BODY])[0]))
    pieces = objects.split('"')
    for _ in range(400):
        changed = list(pieces)
        for _ in range(dice.randint(1, 6)):
            place = 2 * dice.randrange(len(pieces) // 2) + 1
            changed[place] = dice.choice(ODD).strip('"')
        try:
            read(ofd(['"'.join(changed)]))
        except UnreadableReport:
            continue
