"""Libraries of records, as the tests of searching have them."""

from tests.search.conftest import home, sample

__all__ = ["home", "sample"]
