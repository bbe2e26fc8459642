"""The policy and the actions name each other: no action without a rule, no rule without an action or a page."""

from importlib import import_module

from tests.architecture.tree import files
from zhiquan.accounts.policy import POLICY
from zhiquan.common.action import actions
from zhiquan.common.page import ANYONE, pages

for path in files("zhiquan"):
    if path.name == "actions.py":
        import_module(f"zhiquan.{path.parent.name}.actions")

PRODUCT = {name: where for name, where in actions().items() if where.startswith("zhiquan.")}


def test_every_action_has_a_rule():
    assert set(PRODUCT) - set(POLICY) == set()


def test_every_rule_is_for_an_action_or_a_page():
    assert set(POLICY) - set(PRODUCT) - {page.may for page in pages()} == set()


def test_every_page_asks_for_something_the_policy_knows():
    assert {page.may for page in pages()} - {ANYONE} - set(POLICY) == set()
