"""In which municipality and town an address lies, read from its words: addresses are kept as they are written."""

import re
import unicodedata

PREFECTURE = re.compile(r"^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)")
# 四日市市, 野々市市: the name itself ends like one. 余市郡余市町: a county comes before towns and villages only.
COUNTY = re.compile(r"^(?:[^市]|市(?=郡)){1,6}?郡(?=(?:[^市]|市(?=町)){1,6}[町村])")
CITY = re.compile(r"^.{1,6}?市(?!郡)(?:市)?(?:[^0-9町村]{1,4}?区)?")
WARD_OR_TOWN = re.compile(r"^.{1,7}?(?:村町|[区町村])")
# What counts within a town: numbers, 丁目, 字, 番地.
NUMBERED = re.compile(r"[0-9\-‐－―ー~〜]|[一二三四五六七八九十]+(?:丁目|番|条)|字|番地|号")
TOWN = re.compile(r"^(.{1,10}?町)(?=.)")
LONGEST = 12


def area_of(address: str) -> tuple[str, str]:
    """The municipality and, in it, the town, each empty where the words do not say so: "登米市", "迫町"."""
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", address))
    written = PREFECTURE.sub("", written)
    county = COUNTY.match(written)
    rest = written[county.end() :] if county else written
    found = WARD_OR_TOWN.match(rest) if county else CITY.match(rest) or WARD_OR_TOWN.match(rest)
    if found is None:
        return "", ""
    return found.group(), town_of(rest[found.end() :])


def town_of(rest: str) -> str:
    words = NUMBERED.split(rest.removeprefix("大字"), maxsplit=1)[0]
    if town := TOWN.match(words):
        words = town.group(1)
    return words if len(words) <= LONGEST else ""


def area_key(address: str) -> str:
    """Both in one, as a browser sends it: "登米市 迫町", "登米市" or nothing."""
    return " ".join(filter(None, area_of(address)))


def is_in(address: str, wanted: str) -> bool:
    """Whether an address lies there; whoever wants a municipality wants all its towns."""
    key = area_key(address)
    return not wanted or key == wanted or key.startswith(f"{wanted} ")
