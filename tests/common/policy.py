"""A policy of one line for the tests of the door: everything but one action is allowed."""


def may(actor, action, target=None):
    return action != "test.forbidden"
