"""Every failure of the product, drawn as a tree: a stable code, an HTTP status and a sentence for the citizen.

Problem                 400  something the person can mend
├── BadNumber           400  an application, publication or trademark number that is none
├── BadSymbol           400  a classification symbol that is none
├── BadRecord           422  one row or document of an import that cannot become a record
├── BadFile             422  a whole file that cannot be read (kind unknown, broken, too large, hostile)
├── BadQuery            400  a query that cannot be understood; says where and proposes a mend
├── BadInput            400  a form field, parameter or option with a wrong value
├── BadParameter        422  a parameter of the API that is unknown or has a value it cannot have
├── BadToken            401  a token of the API that is none of ours, has run out or was taken back
├── TooMany             429  more was asked for than one may in an hour; says when that is over
├── NotFound            404  nothing is held under that number
├── NotAllowed          403  the person may not do this
├── WrongMethod         405  the API is only read; something was to be written
├── WrongState          409  the thing is not in a state that allows this
├── TooLarge            413  more was sent than is taken at once
├── WrongSetting        500  a ZHIQUAN_* setting the start cannot accept
├── EngineDown          503  the search engine cannot answer now
└── Broken              500  a fault of ours, told without its inside; the log has it
"""

from __future__ import annotations


class Problem(Exception):
    """A failure with a sentence for the person: what, where and how to mend it (Chinese).

    `retry` are the seconds after which the same may succeed; 0 where waiting does not help.
    """

    code = "problem"
    status = 400
    retry = 0

    def __init__(self, sentence: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.sentence} {self.mend}".rstrip()


class BadNumber(Problem):
    code = "bad_number"


class BadSymbol(Problem):
    code = "bad_symbol"


class BadRecord(Problem):
    """One row or document that cannot become a record; the import goes on without it and keeps it for mending.

    `position` is the place in the file people can find again (row number, element path, document number);
    `raw` is the text of the row or document, cut at `RAW_LIMIT` characters.
    """

    code = "bad_record"
    status = 422
    RAW_LIMIT = 20_000

    def __init__(self, sentence: str, *, position: str = "", raw: str = "", where: str = "", mend: str = "") -> None:
        super().__init__(sentence, where=where, mend=mend)
        self.position = position
        self.raw = raw[: self.RAW_LIMIT]


class BadFile(Problem):
    code = "bad_file"
    status = 422


class BadQuery(Problem):
    """A query that cannot be understood: `start`..`end` is the faulty span in the text as typed."""

    code = "bad_query"

    def __init__(
        self, sentence: str, *, start: int = 0, end: int = 0, expected: str = "", suggestion: str = "", mend: str = ""
    ) -> None:
        super().__init__(sentence, mend=mend)
        self.start = start
        self.end = end
        self.expected = expected
        self.suggestion = suggestion


class BadInput(Problem):
    code = "bad_input"


class BadParameter(Problem):
    code = "bad_parameter"
    status = 422


class BadToken(Problem):
    code = "bad_token"
    status = 401


class TooMany(Problem):
    code = "too_many"
    status = 429


class NotFound(Problem):
    code = "not_found"
    status = 404


class NotAllowed(Problem):
    code = "not_allowed"
    status = 403


class WrongMethod(Problem):
    code = "wrong_method"
    status = 405


class WrongState(Problem):
    code = "wrong_state"
    status = 409


class TooLarge(Problem):
    code = "too_large"
    status = 413


class WrongSetting(Problem):
    code = "wrong_setting"
    status = 500


class EngineDown(Problem):
    code = "engine_down"
    status = 503
    retry = 5


class Broken(Problem):
    code = "broken"
    status = 500
