"""Bytes to text: by byte order mark, as UTF-8, by declaration, by what reads like Chinese.

UTF-8 is tried before any declaration: text of another encoding hardly ever is
valid UTF-8 by chance, while pages that declare the wrong encoding are common.
GB18030 accepts nearly any bytes, Big5 text among them, so a decoding that succeeds
proves little; what decides between them is how many of the characters are common
ones. The right decoding of a report scores above 0.5, a wrong one below 0.1.

A text with a few bytes that are no characters is read all the same. They are shown as
U+FFFD, and what was found is said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import euc_tw
from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_WIDE = ("utf-16-le", "utf-16-be")
_BY_HAND = {"euctw": euc_tw.NAME, "xeuctw": euc_tw.NAME}
"""Encodings without a codec, by their names without hyphens."""

_SEVEN_BIT = {"hz": "~{", "utf-7": "+"}
"""Encodings that are ASCII to look at, and what shows them."""

_PLAUSIBLE = 0.2
_FEW = 40
"""Characters up to which rare ones prove nothing: a name may have no other."""

_MOST_FAULTS = 0.1
"""Share of undecodable bytes, among those beyond ASCII, that a text is read with."""

_MOST_FAULTS_ASKED = 0.5
"""The same for an encoding that was asked for."""

UNDECODED = "\ufffd"
"""What is shown for bytes that are no characters."""

_GAP = re.compile("[\ud800-\udfff]+")
_REST = re.compile("[\ud800-\udbff]|[\udc81-\udcfe][\udc80-\udcff]{0,2}")
"""The beginning of a character, at the end of a text."""

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
    """Decoded text.

    Attributes:
        text: the characters.
        encoding: the name of the encoding they were decoded from.
        flaws: what of the bytes could not be decoded, a sentence each.
    """

    text: str
    encoding: str
    flaws: tuple[str, ...] = ()


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
            return _insisted(source, [codec], _MOST_FAULTS, recorded, len(mark))
    if b"\0" in source.data:
        return _with_nuls(source)
    try:
        text = source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.end == len(source.data) and error.reason == "unexpected end of data"
        if cut and not source.data[: error.start].isascii():
            return next(_readings(source.data, ["utf-8"], mended=True)).decoded()
        return _detected(source, declared)
    return _seven_bit(text, declared) if text.isascii() else Decoded(text, "utf-8")


@dataclass(frozen=True, slots=True)
class _Reading:
    """Bytes as an encoding has them.

    Attributes:
        data: the bytes.
        codec: the encoding.
        text: the characters; a lone surrogate stands for each byte that is none.
        gaps: where such surrogates are, run by run.
    """

    data: bytes
    codec: str
    text: str
    gaps: tuple[tuple[int, int], ...] = ()

    @property
    def plausibility(self) -> float:
        """The share of common characters among those not ASCII; 1.0 for pure ASCII."""
        beyond = [char for char in self.text if char > "\x7f"]
        return sum(map(_COMMON.__contains__, beyond)) / len(beyond) if beyond else 1.0

    @property
    def faults(self) -> float:
        """The share of undecodable bytes among those beyond ASCII."""
        lost = sum(stop - start for start, stop in self.gaps)
        if not lost:
            return 0.0
        if self.codec in _WIDE:
            return lost / len(self.text)
        return lost / (len(self.data.translate(None, bytes(range(0x80)))) or 1)

    def decoded(self, recorded: str = "", start: int = 0) -> Decoded:
        """Give the text, and what is wrong with it.

        Args:
            recorded: the name of the encoding to record, if not that of the codec.
            start: where the bytes begin in the source.
        """
        name = recorded or _RECORDED.get(self.codec, self.codec)
        text, gaps, flaws = self.text, [*self.gaps], []
        if gaps and gaps[-1][1] == len(text) and _REST.fullmatch(text, *gaps[-1]):
            text = text[: gaps.pop()[0]]
            flaws.append(Message("it breaks off within a character, which is lost"))
        if gaps:
            first = start + _first_failure(self.data, self.codec)
            flaws.append(_lost(sum(stop - begin for begin, stop in gaps), first, name))
            text = _GAP.sub(UNDECODED, text)
        return Decoded(text, name, tuple(flaws))


def _lost(count: int, first: int, name: str) -> Message:
    if count == 1:
        return Message(
            "the byte at {first:,} is no {name}; it is shown as \ufffd",
            first=first,
            name=name.upper(),
        )
    return Message(
        "{count:,} bytes from byte {first:,} on are no {name}; they are shown as \ufffd",
        count=count,
        first=first,
        name=name.upper(),
    )


def _as_asked(source: Source, name: str) -> Decoded:
    codec = _codec(name)
    if codec is None:
        detail = Message(
            "no encoding is called {name!r}; use one such as utf-8, gb18030, big5, utf-16",
            name=name,
        )
        raise UnreadableReport(source.name, Reason.NOT_TEXT, detail)
    for mark, marked, recorded in _MARKS:
        if source.data.startswith(mark) and marked.startswith(codec.removesuffix("-sig")):
            return _insisted(source, [marked], _MOST_FAULTS_ASKED, recorded, len(mark))
    return _insisted(source, _SUPERSETS.get(codec, (codec,)), _MOST_FAULTS_ASKED)


def _insisted(
    source: Source, names: Sequence[str], most: float, recorded: str = "", start: int = 0
) -> Decoded:
    """Decode by the first of some encodings that fits, else by the first that nearly does."""
    data = source.data[start:]
    for mended in (False, True):
        for reading in _readings(data, names, mended=mended):
            if reading.faults <= most:
                return reading.decoded(recorded, start)
    first = start + _first_failure(data, names[0])
    detail = Message(
        "it is no {name}, from byte {first} on; name its encoding if you know it",
        name=names[0],
        first=first,
    )
    raise UnreadableReport(source.name, Reason.NOT_TEXT, detail)


def _with_nuls(source: Source) -> Decoded:
    """Decode bytes that hold NUL: UTF-16 without a mark, a stray NUL, or no text at all."""
    best = _best(_readings(source.data, _WIDE, mended=True))
    if best is not None:
        return best.decoded()
    if source.data.count(0) <= len(source.data) * _NUL_SHARE:
        whole = next(_readings(source.data, ["utf-8"]), None)
        return _detected(source, ()) if whole is None else whole.decoded()
    raise UnreadableReport(source.name, Reason.NOT_TEXT, Message("the file holds binary data"))


def _seven_bit(text: str, declared: Iterable[str]) -> Decoded:
    """Decode what is ASCII: it may be written in one of the encodings made of it."""
    for codec, mark in _SEVEN_BIT.items():
        if mark in text and (codec == "hz" or codec in map(_codec, declared)):
            found = _best(_readings(text.encode("ascii"), [codec]))
            if found is not None and not found.text.isascii():
                return found.decoded()
    return Decoded(text, "utf-8")


def _detected(source: Source, declared: Iterable[str]) -> Decoded:
    """Decode what is not UTF-8 by declaration where that is believable, else by plausibility."""
    data, named = source.data, tuple(_codecs(declared))
    for mended in (False, True):
        for choices in (*([name] for name in named), _CANDIDATES, [euc_tw.NAME]):
            best = _best(_readings(data, choices, mended=mended))
            if best is not None:
                return best.decoded()
    few = _best((each for each in _readings(data, _CANDIDATES) if len(each.text) <= _FEW), 0.0)
    if few is not None:
        return few.decoded()
    other = _foreign(data)
    if other is not None:
        return other
    detail = Message(
        "not UTF-8 (fails at byte {first}), and in GB18030, Big5, EUC-TW or UTF-16 it "
        "makes no sense; name its encoding if you know it",
        first=_first_failure(data, "utf-8"),
    )
    raise UnreadableReport(source.name, Reason.NOT_TEXT, detail)


def _best(readings: Iterable[_Reading], least: float = _PLAUSIBLE) -> _Reading | None:
    """Give the most plausible reading, if it is plausible enough."""
    scored = [(each.plausibility, each) for each in readings if each.faults <= _MOST_FAULTS]
    score, best = max(scored, default=(-1.0, None), key=lambda pair: pair[0])
    return best if score >= least else None


def _first_failure(data: bytes, codec: str) -> int:
    try:
        _decoded(data, codec)
    except UnicodeDecodeError as error:
        return error.start
    except UnicodeError:
        return 0  # a codec that says no more
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
    """Give the name of an encoding of text; None for rot13, hex and the unknown."""
    by_hand = _BY_HAND.get(name.lower().replace("-", "").replace("_", ""))
    if by_hand is not None:
        return by_hand
    try:
        b"a".decode(name)
    except UnicodeDecodeError:
        pass  # a codec of wider units: what matters is that it decodes at all
    except (LookupError, ValueError):
        return None
    return codecs.lookup(name).name


def _readings(data: bytes, names: Sequence[str], *, mended: bool = False) -> Iterator[_Reading]:
    """Give the readings that bytes have: without gaps, or with them."""
    for name in names:
        try:
            text = _decoded(data, name, "surrogateescape" if mended else "strict")
        except UnicodeError:
            continue
        gaps = tuple(match.span() for match in _GAP.finditer(text)) if mended else ()
        yield _Reading(data, name, text, gaps)


def _decoded(data: bytes, codec: str, errors: str = "strict") -> str:
    if codec == euc_tw.NAME:
        return euc_tw.decode(data, errors)
    if errors != "strict" and codec in _WIDE:
        rest = "\udcfe" if len(data) % 2 else ""
        return data[: len(data) & ~1].decode(codec, "surrogatepass") + rest
    return data.decode(codec, errors)
