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
        "signatory": "签发人 signatory",
        "addressees": "主送机关 主送单位 addressees",
        "province": "省份 province",
        "written": "成文日期 成文时间 生成日期 written",
        "printed": "印发日期 printed",
        "published": "发布日期 发布时间 公开日期 发文日期 发表时间 发表日期 日期 时间 "
        "published date pubdate",
        "year": "年份 年度 year",
        "url": "url",
        "": "索引号 主题词 主题分类号 有效性 信息索引 公开方式 公开形式 效力状态",
    }.items()
    for label in labels.split()
}

_COLUMNS: dict[str, str] = {
    name: meaning
    for meaning, names in {
        "text": "正文 全文 内容 正文内容 文章内容 文件内容 信息内容 公文内容 报告内容 文本 "
        "文本内容 text content body fulltext maintext",
        "title": "题目 题名 文章标题 报告标题 headline",
        "kind": "公文种类 doctype",
        "issuer": "机关 单位 发布单位 发文部门 发布部门 agency department",
        "region": "地区名称 省市 city area",
        "url": "网址 链接 链接地址 原文链接 原文网址 来源链接 网页地址 link href sourceurl pageurl",
        "number": "字号 docnumber documentnumber docno",
        "written": "成文 writtendate",
        "published": "发布 公布日期 公布时间 印发时间 publishdate publishtime publishedat "
        "releasedate time",
    }.items()
    for name in names.split()
}
"""What columns are called besides: words that as labels amid a text would prove nothing."""

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


def column(name: str) -> str:
    """Say what a column of a table, or a key of a record, holds.

    Args:
        name: as it stands in the table: 发布日期, publish_date, data.title.

    Returns:
        "text" for the text of a report, else what `meaning` says.
    """
    for known in (name, name.rpartition(".")[2]):
        plain = squeeze(known).strip("：:【】*").lower().replace("_", "").replace("-", "")
        found = _COLUMNS.get(plain, "") or meaning(plain)
        if found:
            return found
    return ""
