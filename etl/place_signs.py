"""What in the text of a place tells one location from another: street and number, a town, a name; the rest is noise."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["place", "room", "elsewhere", "online", "home"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STREETS = _set(
    """street st road rd avenue ave boulevard blvd drive dr lane ln way court ct place pl square sq highway hwy parkway pkwy
    crescent cres terrace terr close circle cir row mews"""
)
ROOMS = _set(
    """exam exams room rooms rm op ops operatory suite ste unit floor flr level theatre theater surgery bay ward chair consult
    consulting consultation treatment procedure procedures conference meeting board boardroom lobby kitchen reception desk lab
    laboratory xray x-ray kennel kennels lounge hall basement upstairs downstairs front back staff break building bldg wing
    door entrance office offices pharmacy waiting recovery prep"""
)
NUMBERED = _set("site clinic branch location practice pier dock gate building bldg campus hospital centre center")
"""Words that mean another place with another number behind them: Clinic 1 is not Clinic 2, but Exam 1 is where Exam 2 is."""
PRACTICES = _set(
    """clinic clinics hospital practice veterinary veterinarian vet vets animal animals pet pets cat cats dog dogs equine dental
    dentist dentists dentistry medical medicine health healthcare family care physio physiotherapy optometry optical eye eyes
    vision centre center group surgeries location site branch main campus"""
)
REGIONS = _set(
    """canada usa america england scotland wales ireland australia zealand germany france kingdom united states ontario quebec
    québec alberta manitoba saskatchewan columbia british brunswick scotia nova newfoundland labrador alabama alaska arizona
    arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky
    louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey
    mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington
    wisconsin wyoming"""
)
FILLING = _set("the and at in of for with near our your from via see not tbd tba area behind next opposite corner")
ELSEWHERE = _set(
    """hotel inn cafe café coffee starbucks restaurant diner pub bistro pizzeria airport school church gym bank university
    convention library golf stadium arena mall theatre-royal museum station supermarket courthouse embassy ymca"""
)
SCREENS = _set("zoom webex skype facetime gotomeeting whereby jitsi online virtual virtually telehealth telemedicine hangouts")
"""Words that mean a meeting at no place wherever they stand."""
CALLS = _set("teams meet phone telephone tel call calls video videocall web webinar remote remotely dial")
"""Words that mean it where nothing else stands beside them."""
CALL_FILLING = _set(
    """meeting meetings join microsoft ms google link links email e-mail invite invitation by on my a or id passcode pin to be
    sent chat personal room details description body click here app code number cell mobile conference http https with bridge line
    address mail is will me you we us i them"""
)
HOME = _set("home at office my working work from wfh the house desk own kitchen")

HOST = re.compile(
    r"(?:\b[a-z][a-z0-9+.\-]{1,30}://)?(?<![\w@.])((?:[^\W_](?:[\w\-]*[^\W_])?\.)+"
    r"(?:com|net|org|us|io|me|app|co|ca|uk|eu|de|fr|au|nz|ie|edu|gov|live|dev|video|chat|link|biz|info))(?![\w])(?:[:/?]\S*)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NUMBER = re.compile(r"\d{1,6}[a-z]?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Sign:
    """What the text of one place says.

    `words` tell it from others, in the text's order; `number` and `street` are both there or both empty. `screens` is True
    where a link or a word like Zoom stands beside them: then it may be an online meeting all the same.
    """

    kind: Kind
    number: str = ""
    street: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    screens: bool = False


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, case-folded."""
    return [found.group().casefold().replace("’", "'") for found in _TOKEN.finditer(text)]


def read(text: str, noise: Collection[str] = ()) -> Sign:
    """The sign of a place. `noise` are more words that tell nothing, such as those of the practice's own name."""
    found = tokens(HOST.sub(" ", text))
    screens = HOST.search(text) is not None or any(token in SCREENS for token in found)
    if set(found) <= HOME and {"home", "wfh"} & set(found):
        return Sign("home")
    if screens or any(token in CALLS for token in found):
        rest = [token for token in found if token not in SCREENS | CALLS | CALL_FILLING | HOME | FILLING and not _empty(token)]
        if not rest:
            return Sign("online")
        if screens:
            found = rest
    number, street, found = _address(_without_rooms(found))
    told = tuple(dict.fromkeys(token for token in _numbered(found) if _tells(token, noise)))
    kind: Kind = "place" if street or told else "room"
    if any(token in ELSEWHERE for token in told):
        kind = "elsewhere"
    return Sign(kind, number, street, told, screens)


def address_in(text: str, sign: Sign) -> str:
    """Number, street and the word for a street as the text writes them: `1204 Mill Rd`; '' where it has none."""
    if not sign.street:
        return ""
    gap = r"[^\w,;]+"
    written = gap.join(map(re.escape, (sign.number, *sign.street)))
    found = re.search(rf"(?<!\w){written}{gap}[^\W\d_]+", text, re.IGNORECASE)
    return found.group() if found else ""


def _empty(token: str) -> bool:
    return len(token) < 3 or any(sign.isdigit() for sign in token)


def _tells(token: str, noise: Collection[str]) -> bool:
    if " " in token:
        return True
    return not _empty(token) and token not in ROOMS | PRACTICES | REGIONS | FILLING | STREETS and token not in noise


def _without_rooms(found: list[str]) -> list[str]:
    """The tokens but for rooms: a word for one with the number or letter behind it."""
    kept, room = [], False
    for token in found:
        if room and (_NUMBER.fullmatch(token) or len(token) == 1):
            room = False
            continue
        room = token in ROOMS and token not in NUMBERED
        if not room:
            kept.append(token)
    return kept


def _address(found: list[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """Number and street, where a number, one to three words and a word for a street follow each other; and the rest."""
    for start, number in enumerate(found):
        if not _NUMBER.fullmatch(number) or (start and found[start - 1] in NUMBERED):
            continue
        for end in range(start + 2, min(start + 5, len(found))):
            name = found[start + 1 : end]
            if any(_NUMBER.fullmatch(word) and not _ORDINAL.fullmatch(word) for word in name):
                break
            if found[end] in STREETS and not (found[end] == "st" and end + 1 < len(found) and found[end + 1] in STREETS):
                return number, tuple(name), found[:start] + found[end + 1 :]
    return "", (), found


def _numbered(found: list[str]) -> list[str]:
    """`clinic 2` as one token."""
    joined: list[str] = []
    for token in found:
        if joined and joined[-1] in NUMBERED and _NUMBER.fullmatch(token):
            joined[-1] += f" {token}"
        else:
            joined.append(token)
    return joined
