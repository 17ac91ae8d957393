"""Page furniture: what a web page sets around a report.

Only whole lines go, and only above the first and below the last line of body text:
a paragraph that speaks of 打印 or 分享 stays. Dates that head lines state are kept
as labelled values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, ends_sentence, squeeze
from corpus.labels import meaning
from corpus.numbering import Style, mark_of
from corpus.numerals import find_date
from corpus.official import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.formats.base import Line

_BUTTONS = frozenset(
    """
    下载 打印 打印本页 打印本文 打印此页 全屏 收藏 收藏本页 分享 分享到 分享至 分享到微信 微信 微博
    关闭 关闭窗口 关闭本页 首页 返回首页 返回顶部 字号 字体 加大 还原 减小 放大 正常 缩小 大 中 小
    × > >> 》
    QQ QQ空间 扫一扫在手机打开当前页 扫一扫在手机上打开当前页面 我要纠错 false true
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
"""Words on buttons and in menus. A line of nothing else is a bar of buttons:
下载 打印, 【字号：大 中 小】, and each line of such a bar that is spread over several."""

_BETWEEN_BUTTONS = re.compile(r"[\s\u200b\[\]【】「」：:|｜]+")

_LABELS = frozenset(
    """
    来源 信息来源 文章来源 稿件来源 本文来源 作者 编辑 责任编辑 责编 校对 审核 记者
    字号 字体 字体大小 阅读量 阅读次数 浏览次数 浏览量 点击数 点击量 访问量 访问次数
    上一篇 下一篇 上一条 下一条 日期 时间 发布时间 发布日期 发表时间 更新时间 原文链接 网址
    您的位置 当前位置 您当前的位置 您现在的位置 所在位置
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_LABELLED = re.compile(
    r"[（(]?(?P<label>[^\s：:]{2,8})\s?[：:]\s?(?P<value>[^。；]{0,120}?)[)）]?$"
)
_LONGEST_VALUE = 40

_PATTERNS = re.compile(
    r"(?:来源\s?[：:]\s?)?https?://\S+$"
    r"|(?:[^\s：:]{2,8}[：:]\s?)?首页(?:\s*[>＞»›/]{1,2}\s*[^\s>＞»›/]{1,30}){1,9}$"
    r"|[>》＞\s]*点击[^。]{0,20}(?:专题|查看|进入)[^。]{0,20}$"
    r"|(?:\S{1,20}\s+)?[(（]?\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+"
    r"\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2})?[分秒]?\s*[)）]?"
    r"(?:\s*(?:稿件)?来源\s?[：:][^。]{0,60}|\s*\d+人参与\S{0,4})?$"
    r"|更多[^。]{0,20}(?:点击|关注|登录)[^。]{0,40}$"
    r"|[0-9a-f]{32}[：:]?$"
    r"|(?:版权所有|Copyright|(?:主办|承办|主办单位|承办单位|网站标识码)\s?[：:]|.{2,12}(?:ICP备|公网安备))[^。]{0,200}$"
    r"|(?:建议|推荐)使用[^。]{0,40}(?:分辨率|浏览器)[^。]{0,40}。?$"
)
_CREDIT = re.compile(
    r"(?!.{0,60}我).{0,80}?(?:作政府工作报告。?|(?:记者|通讯员|摄影)\s?[^，。；]{1,40})$"
)
"""Words under a photograph of the speaker: 省长某某作政府工作报告。本报记者 某某摄."""

_TRAILER = re.compile(
    r"(?:相关(?:报道|文档|链接|附件|阅读|新闻|稿件|文章|解读)|延伸阅读|扩展阅读)\s?(?:[：:>》]|$)"
    r"|本作品是中华人民共和国的|Public domain$|版权所有|(?:重点|热门|精彩|编辑)推荐$"
)
"""Lines below which a page lists other pages, or a wiki states its licence."""

_TRAILING_LINES = 40
_TRAILING_WIDTH = 80
_ZONE = 80
_BODY = 60
_ADDRESSEE = re.compile("(?:各位|同志们|主任)[^。；]{0,30}[：:！!]$")
_CRUMB = frozenset(">＞»")


@dataclass(frozen=True, slots=True)
class Cleared:
    """Lines without furniture, and the labelled values that furniture held."""

    lines: tuple[Line, ...]
    fields: dict[str, str]


def clear(lines: Sequence[Line]) -> Cleared:
    """Remove the furniture above and below the body of a text."""
    texts = [line.text.strip(INVISIBLE) for line in lines]
    head, tail = _head(texts), _tail(texts)
    tail = max(head, tail)
    fields: dict[str, str] = {}
    dropped = _in_zone(texts, range(head), fields)
    dropped |= _repeated(texts, range(head), dropped)
    end = _trailer(texts, tail)
    dropped |= _in_zone(texts, range(tail, end), {})
    kept = tuple(line for index, line in enumerate(lines[:end]) if index not in dropped)
    return Cleared(kept, fields)


def _is_body(text: str) -> bool:
    return len(text) >= _BODY and ends_sentence(text) and "记者" not in text[-_BODY:]


def _head(texts: Sequence[str]) -> int:
    """Give the place where the head ends: at the addressee, a numbered heading, or body text."""
    for index, text in enumerate(texts[:_ZONE]):
        mark = mark_of(text)
        numbered = mark is not None and mark.style <= Style.BRACKETED and len(text) > len(mark.text)
        if numbered or _ADDRESSEE.match(text) or _is_body(text):
            return index
    return min(len(texts), _ZONE)


def _tail(texts: Sequence[str]) -> int:
    """Give the place below the last line of body text."""
    for index in range(len(texts) - 1, max(-1, len(texts) - 1 - _ZONE), -1):
        if _is_body(texts[index]):
            return index + 1
    return max(0, len(texts) - _ZONE)


def _trailer(texts: Sequence[str], tail: int) -> int:
    """Give the place where the page goes over to other pages; its end if it does not."""
    for index in range(tail, len(texts)):
        rest = texts[index:]
        if (
            _TRAILER.match(texts[index])
            and len(rest) <= _TRAILING_LINES
            and all(len(text) <= _TRAILING_WIDTH for text in rest[1:])
        ):
            return index
    return len(texts)


def _in_zone(texts: Sequence[str], zone: range, fields: dict[str, str]) -> set[int]:
    """Give the places of furniture in a zone, and note the values it states."""
    dropped: set[int] = set()
    for index in zone:
        if index not in dropped:
            dropped.update(_furniture_at(texts, index, zone.stop, fields))
    return dropped | _crumbs(texts, zone)


def _furniture_at(texts: Sequence[str], index: int, stop: int, fields: dict[str, str]) -> range:
    """Give the lines, from this one on, that are one piece of furniture; or none."""
    text = texts[index]
    if _is_bar(text):
        return range(index, index + 1)
    if _PATTERNS.match(text) or _CREDIT.match(text):
        if find_date(text) and "://" not in text:
            fields.setdefault("发布日期", text)
        return range(index, index + 1)
    return range(index, index + _labelled(texts[index : min(index + 2, stop)], fields))


def _is_bar(text: str) -> bool:
    """Whether a line holds nothing but buttons, or but the brackets around them."""
    return all(word in _BUTTONS for word in _BETWEEN_BUTTONS.split(text) if word)


def _labelled(texts: Sequence[str], fields: dict[str, str]) -> int:
    """Give how many lines a label and its value take (来源： or 来源：四川日报), 0 for none."""
    match = _LABELLED.match(texts[0])
    if match is None or squeeze(match["label"]) not in _LABELS:
        return 0
    label, value, size = match["label"], match["value"], 1
    if not value and len(texts) > 1 and _is_value(label, texts[1]):
        value, size = texts[1], 2
    if value and meaning(label):
        fields.setdefault(label, value)
    return size


def _is_value(label: str, text: str) -> bool:
    if meaning(label):
        return find_date(text) is not None and len(text) <= _LONGEST_VALUE
    if label.endswith(("量", "数", "位置")):
        return text.isdecimal()
    plain = _LABELLED.match(text) is None and not _is_bar(text)
    return plain and len(text) <= _LONGEST_VALUE and not ends_sentence(text)


def _crumbs(texts: Sequence[str], zone: range) -> set[int]:
    """Give the places of a path of links (首页 > 政务公开 > 工作报告), one link a line."""
    signs = [index for index in zone if texts[index] in _CRUMB]
    found = {near for index in signs for near in (index - 1, index, index + 1) if near in zone}
    names = {texts[index] for index in found}
    after = max(found, default=-1) + 1
    while after in zone and texts[after] in names:
        found.add(after)
        after += 1
    return found


def _repeated(texts: Sequence[str], zone: range, dropped: set[int]) -> set[int]:
    """Give the places where the page's first lines come again, as the head of the article."""
    kept = [index for index in zone if index not in dropped]
    again: set[int] = set()
    if not kept or not kind_of(texts[kept[0]]):
        return again
    expected = 0
    for place, index in enumerate(kept[1:], start=1):
        if expected < place and texts[index] == texts[kept[expected]]:
            again.add(index)
            expected += 1
        elif expected:
            break
    return again
