"""An invented city: plausible patents and trademarks of firms that do not exist, always the same."""

from patmark.demo.bodies import City, city
from patmark.demo.days import END
from patmark.demo.files import parts, records, write
from patmark.demo.marks import MadeMark, marks
from patmark.demo.patents import MARK, MadePatent, patents

__all__ = ["END", "MARK", "City", "MadeMark", "MadePatent", "city", "marks", "parts", "patents", "records", "write"]
