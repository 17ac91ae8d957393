"""Bytes to text: by byte order mark, as UTF-8, by declaration, by what reads like Chinese.

UTF-8 is tried before any declaration: text of another encoding hardly ever is
valid UTF-8 by chance, while pages that declare the wrong encoding are common.
GB18030 accepts nearly any bytes, Big5 text among them, so a decoding that succeeds
proves little; what decides between them is how many of the characters are common
ones. The right decoding of a report scores above 0.5, a wrong one below 0.1.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus.formats.base import Source

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
"""Byte order mark, codec for what follows it, and the name to record. UTF-32 goes
before UTF-16, whose little-endian mark is the beginning of its own."""

_SUPERSETS = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "gb18030": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "cp950": ("big5hkscs", "cp950"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "utf-16": ("utf-16-le", "utf-16-be"),
}
"""Codecs to try for a named one: publishers say gb2312 and use all of GB18030."""

_RECORDED = {"big5hkscs": "big5", "cp950": "big5"}
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_WIDE = ("utf-16-le", "utf-16-be")

_PLAUSIBLE = 0.2
_FEW = 40
"""Characters up to which rare ones prove nothing: a name may have no other."""

_NUL_SHARE = 0.01
"""A damaged text may hold a stray NUL; more than one in a hundred bytes is no text."""

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机"
    "当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心"
    "反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程"
    "展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期"
    "根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志"
    "世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每"
    "目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律"
    "市省县府届案审准监督令号批复企委员会计划委环境保护责任城乡镇村街居民众服务"
    "這個國時來們會發動過說產種後對學經進著電裡現實體當從業應開還間樣與關線數內結問無軍題黨員"
    "條長資邊級圖統較將組見計別期論運農區強決幹戰則據處隊給門規熱領東導壓爭濟階術極聯認權證採轉單風"
    "場車務萬達積議聲報鬥類離華確張馬節話溫傳許廣記監審號縣鎮鄉環護責眾"
    "，。、；：？！“”‘’「」（）《》【】　—…·〔〕１２３４５６７８９０％"
)
"""Common characters of either script, and the punctuation of Chinese text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text, and the name of the encoding it was decoded from."""

    text: str
    encoding: str


def decode(source: Source, declared: Iterable[str] = ()) -> Decoded:
    """Decode a source, over all of its bytes.

    Args:
        source: the bytes, and the encoding that the caller insists on, if any.
        declared: encodings that the bytes declare of themselves, likeliest first.

    Raises:
        UnreadableReport: the encoding asked for is unknown or does not fit, the
            bytes are not text, or no encoding fits them.
    """
    if source.encoding is not None:
        return _as_asked(source, source.encoding)
    for mark, codec, recorded in _MARKS:
        if source.data.startswith(mark):
            return Decoded(_strictly(source, codec, len(mark)), recorded)
    if b"\0" in source.data:
        return _with_nuls(source)
    text = _try(source.data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    return _detected(source, declared)


def _as_asked(source: Source, name: str) -> Decoded:
    codec = _codec(name)
    if codec is None:
        detail = f"no encoding is called {name!r}; use one such as utf-8, gb18030, big5, utf-16"
        raise UnreadableReport(source.name, Reason.NOT_TEXT, detail)
    for mark, marked, recorded in _MARKS:
        if source.data.startswith(mark) and marked.startswith(codec.removesuffix("-sig")):
            return Decoded(_strictly(source, marked, len(mark)), recorded)
    choices = _SUPERSETS.get(codec, (codec,))
    for choice in choices:
        text = _try(source.data, choice)
        if text is not None:
            return Decoded(text, _RECORDED.get(choice, choice))
    return Decoded(_strictly(source, choices[0], 0), choices[0])


def _with_nuls(source: Source) -> Decoded:
    """Decode bytes that hold NUL: UTF-16 without a mark, a stray NUL, or no text at all."""
    best = max(_scored(source.data, _WIDE), default=None, key=lambda scored: scored[0])
    if best is not None and best[0] >= _PLAUSIBLE:
        return best[1]
    if source.data.count(0) <= len(source.data) * _NUL_SHARE:
        text = _try(source.data, "utf-8")
        return Decoded(text, "utf-8") if text is not None else _detected(source, ())
    raise UnreadableReport(source.name, Reason.NOT_TEXT, "the file holds binary data")


def _detected(source: Source, declared: Iterable[str]) -> Decoded:
    """Decode what is not UTF-8 by declaration where that is believable, else by plausibility."""
    for score, decoded in _scored(source.data, _codecs(declared)):
        if score >= _PLAUSIBLE:
            return decoded
    best = max(_scored(source.data, _CANDIDATES), default=None, key=lambda scored: scored[0])
    if best is not None and best[0] >= _PLAUSIBLE:
        return best[1]
    if best is not None and len(best[1].text) <= _FEW:
        return best[1]
    other = _foreign(source.data)
    if other is not None:
        return other
    detail = (
        f"not UTF-8 (fails at byte {_first_failure(source.data)}), and in GB18030, Big5 or UTF-16 "
        "it makes no sense; name its encoding if you know it"
    )
    raise UnreadableReport(source.name, Reason.NOT_TEXT, detail)


def _first_failure(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _foreign(data: bytes) -> Decoded | None:
    """Decode text that is not Chinese, by a library that knows the world's encodings."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_exclusion=[*_CANDIDATES, "gbk", "gb2312", "big5", "hz"]).best()
    return None if best is None else Decoded(str(best), best.encoding.replace("_", "-"))


def _codecs(names: Iterable[str]) -> Iterator[str]:
    for codec in filter(None, map(_codec, names)):
        yield from _SUPERSETS.get(codec, (codec,))


def _codec(name: str) -> str | None:
    """Give Python's name for an encoding of text; None for rot13, hex and the unknown."""
    try:
        b"a".decode(name)
    except UnicodeDecodeError:
        pass  # a codec of wider units: what matters is that it decodes at all
    except (LookupError, ValueError):
        return None
    return codecs.lookup(name).name


def _scored(data: bytes, names: Iterable[str]) -> Iterator[tuple[float, Decoded]]:
    for name in names:
        text = _try(data, name)
        if text is not None:
            yield _plausibility(text), Decoded(text, _RECORDED.get(name, name))


def _plausibility(text: str) -> float:
    """Give the share of common characters among those that are not ASCII; 1.0 for pure ASCII."""
    beyond = [char for char in text if char > "\x7f"]
    return sum(map(_COMMON.__contains__, beyond)) / len(beyond) if beyond else 1.0


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _strictly(source: Source, codec: str, start: int) -> str:
    try:
        return source.data[start:].decode(codec)
    except UnicodeDecodeError as error:
        detail = f"not valid {codec} at byte {start + error.start}: {error.reason}"
        raise UnreadableReport(source.name, Reason.NOT_TEXT, detail) from None
