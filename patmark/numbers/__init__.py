"""Application, publication and trademark numbers: every spelling in, one key out, and back to the form people copy."""

from patmark.numbers.check_digits import cn_check_digit, ep_check_digit
from patmark.numbers.cn import TYPE_NAMES, parse_cn_application, parse_cn_publication, suggest_check_digit
from patmark.numbers.guess import Guess, Reading, guess
from patmark.numbers.offices import is_office, office_name, offices
from patmark.numbers.parse import display, parse_application, parse_publication, parse_trademark
from patmark.numbers.shapes import ApplicationNo, PublicationNo, TrademarkNo

__all__ = [
    "TYPE_NAMES",
    "ApplicationNo",
    "Guess",
    "PublicationNo",
    "Reading",
    "TrademarkNo",
    "cn_check_digit",
    "display",
    "ep_check_digit",
    "guess",
    "is_office",
    "office_name",
    "offices",
    "parse_application",
    "parse_cn_application",
    "parse_cn_publication",
    "parse_publication",
    "parse_trademark",
    "suggest_check_digit",
]
