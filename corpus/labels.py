"""The labels under which publishers state what a document is."""

from __future__ import annotations

from corpus.characters import squeeze

_MEANINGS: dict[str, str] = {
    label: meaning
    for meaning, labels in {
        "title": "标题 文件名称 文件标题 名称 信息名称 title articletitle",
        "kind": "文种 kind type",
        "issuer": "发文机关 制发机关 发文单位 发文机构 发布机构 发布机关 制定机关 issuer",
        "region": "地区 行政区划 区域 region",
        "number": "发文字号 文号 文件编号 公文号 发文号 number",
        "subject": "主题分类 分类 信息分类 subject",
        "written": "成文日期 成文时间 生成日期 印发日期 written",
        "published": "发布日期 发布时间 公开日期 发文日期 发表时间 发表日期 日期 时间 "
        "published date pubdate",
        "year": "年份 年度 year",
        "": "索引号 主题词 主题分类号 有效性 信息索引 公开方式 公开形式 效力状态",
    }.items()
    for label in labels.split()
}

_IRRELEVANT = "-"


def meaning(label: str) -> str:
    """Say which field of a report a label stands for.

    Args:
        label: as published: spaced out, with or without its colon, in any case.

    Returns:
        A field's name; "-" for a label that belongs to such a table but to no
        field; "" for what is no label.
    """
    known = _MEANINGS.get(squeeze(label).strip("：:【】").lower())
    return "" if known is None else known or _IRRELEVANT
