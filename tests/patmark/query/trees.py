"""Query trees as hypothesis draws them: every kind of leaf with values the shipped tables know, nested a few levels."""

from hypothesis import strategies as st

from patmark.fields import FIELDS, FieldKind, Subject
from patmark.query import default_context
from patmark.query.tree import And, Class, Code, Everything, Freq, Near, Not, Number, Or, Phrase, Range, Wild, Within
from patmark.text import phrase

CONTEXT = default_context()
KEYS = {
    (subject, kind): [row.key for row in FIELDS[subject] if row.kind is kind and row.key != "num"]
    for subject in Subject
    for kind in FieldKind
}
LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"))
TEXT = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() and not phrase(text).empty)
DAYS = (
    st.dates()
    .map(lambda day: day.replace(year=1900 + day.year % 200))
    .map(lambda day: day.year * 10_000 + day.month * 100 + day.day)
)
COUNTS = st.integers(0, 999_999_999)
PLACES = {
    "prov": "安徽 北京 34 江苏",
    "city": "安庆 合肥 3408",
    "dist": "桐城 宿松 大观区 340881",
    "zone": "安庆高新区",
}
SYMBOLS = {
    "ipc": "H H01 H01M H01M10 H01M10/00 H01M10/0525 A61K31/00 G06F17/30",
    "mipc": "H01M10/0525 A01B",
    "cpc": "Y02E60/10 H01M10/0525 Y",
    "loc": "12-16 12",
    "sg": "0901 09",
    "vc": "26.4.2 26.4 26",
}
NUMBERS = {
    "apno": "201110297790.0 95115608.X PCT/CN2011/000001 US16/123,456 JP2020-100059 201110297790.9",
    "prno": "201110297790.0 US62/123,456 EP20123456.7",
    "div": "201110297790.0",
    "pn": "CN102541888A CN102541888 US11234567B2 WO2011/000001 EP1234567A1 DE102010012345A1",
    "cite": "CN102541888A US5123456",
    "fam": "WO2011000001A1",
    "pct": "PCT/CN2011/000001 WO2011/000001",
    "uscc": "91110000600037341L",
    "rn": "12345678 12345678A G1234567 G1234567H US87654321",
}


def phrases(subject):
    keys = KEYS[subject, FieldKind.TEXT] + KEYS[subject, FieldKind.NAME] + KEYS[subject, FieldKind.GROUP]
    bare = st.sampled_from(
        [
            "锂电池",
            "隔膜",
            "5G通信",
            "LiFePO4",
            "3:1",
            "聚(乙烯醇)薄膜",
            "and",
            "A61K31/00",
            "电池、电机",
            "与非门",
            "和",
        ]
    )
    return st.one_of(
        st.builds(Phrase, st.sampled_from(keys), TEXT, st.just(True)),
        st.builds(Phrase, st.sampled_from(keys), bare, st.just(False)),
    )


def positions(subject):
    """Conditions on positions as they can be typed: one field, distances of two digits, something written out."""
    keys = KEYS[subject, FieldKind.TEXT] + KEYS[subject, FieldKind.NAME] + KEYS[subject, FieldKind.GROUP]
    patterns = st.sampled_from(["锂*池", "colo?r", "电~?池", "lith*", "5G*信", "*ion", "聚(乙烯*醇)薄膜"])
    words = st.sampled_from(["锂电池", "5G通信", "and", "2020-01-01", "3:1", "102541888", "电池、电机"])

    def on(key):
        word = st.builds(Phrase, st.just(key), words) | st.builds(Phrase, st.just(key), TEXT, st.just(True))
        one = word | st.builds(Wild, st.just(key), patterns)
        side = one | st.lists(one, min_size=2, max_size=3).map(lambda items: Or(tuple(items)))

        def near(below):
            apart = st.builds(Near, st.just(key), below, below, st.integers(0, 99), st.booleans())
            within = st.sampled_from([Within.SENTENCE, Within.PARAGRAPH, Within.FIELD])
            return apart | st.builds(Near, st.just(key), below, below, ordered=st.booleans(), within=within)

        sides = st.recursive(side, near, max_leaves=4)
        return (
            st.builds(Wild, st.just(key), patterns)
            | near(sides)
            | st.builds(Freq, st.just(key), sides, st.integers(1, 99))
        )

    return st.sampled_from(keys).flatmap(on)


def ranges(subject):
    def between(key, values):
        open_ends = st.one_of(st.none(), values)
        pairs = st.tuples(open_ends, open_ends).map(
            lambda ends: ends if None in ends or ends[0] <= ends[1] else ends[::-1]
        )
        return pairs.map(lambda ends: Range(key, *ends))

    days = st.sampled_from(KEYS[subject, FieldKind.DATE]).flatmap(lambda key: between(key, DAYS))
    counts = st.sampled_from(KEYS[subject, FieldKind.COUNT]).flatmap(lambda key: between(key, COUNTS))
    return st.one_of(days, counts)


def coded(subject):
    found = []
    for key in [*KEYS[subject, FieldKind.CODE], *KEYS[subject, FieldKind.COUNT]]:
        words = PLACES[key].split() if key in PLACES else list(CONTEXT.words(subject, key))
        found += [value for word in words for value in CONTEXT.codes(subject, key, word)]
    if subject is Subject.PATENT:
        found += CONTEXT.codes(subject, "sub", "H01M") + CONTEXT.codes(subject, "sec", "A")
    return st.sampled_from([Code(one.field, one.code, one.label) for one in found])


def numbers(subject):
    wholes = [
        Number(key, CONTEXT.number(key, word).key)
        for key, words in NUMBERS.items()
        for word in words.split()
        if key in KEYS[subject, FieldKind.NUMBER]
    ]
    beginnings = [
        Number(key, CONTEXT.beginning(key, word), prefix=True)
        for key in KEYS[subject, FieldKind.NUMBER]
        for word in ("2011102", "CN12", "1")
    ]
    return st.sampled_from(wholes + beginnings)


def symbols(subject):
    found = [
        (key, CONTEXT.symbol(key, word))
        for key, words in SYMBOLS.items()
        for word in words.split()
        if key in KEYS[subject, FieldKind.CLASS]
    ]
    return st.builds(lambda one, low: Class(*one, low), st.sampled_from(found), st.booleans())


def trees(subject):
    """Trees as people could type them: operators with two operands at least, no empty phrases."""
    leaf = st.one_of(
        phrases(subject),
        positions(subject),
        ranges(subject),
        coded(subject),
        numbers(subject),
        symbols(subject),
        st.just(Everything()),
    )
    return st.recursive(
        leaf,
        lambda below: st.one_of(
            st.lists(below, min_size=2, max_size=4).map(lambda items: And(tuple(items))),
            st.lists(below, min_size=2, max_size=4).map(lambda items: Or(tuple(items))),
            below.map(Not),
        ),
        max_leaves=12,
    )
