"""The failure of a query with the line of the query and the caret under the place, in the one shape of failures."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from patmark.errors import BadQuery, Problem
from patmark.query import caret


def pointed(problem: Problem, given: QueryDict) -> Problem:
    """The same problem; one of a query says in `where` which line and where in it, in `mend` what would be right."""
    if not isinstance(problem, BadQuery):
        return problem
    texts = [("q", given.get("q", "")), *(("within", one) for one in given.getlist("within"))]
    name, text = next(((name, one) for name, one in texts if 0 < problem.end <= len(one)), ("q", ""))
    if text:
        problem.where = f"{name}\n{caret(text, problem)}"
    elif not problem.where:
        problem.where = name
    if problem.suggestion:
        problem.mend = _("%(mend)s 可以改为：%(query)s") % {"mend": problem.mend, "query": problem.suggestion}
    return problem
