"""One pair of brackets while it is read: operands and operators in, a piece of the tree out."""

from __future__ import annotations

from patmark.errors import BadQuery
from patmark.fields import Field
from patmark.query.lexer import Mark, Token
from patmark.query.mending import fault, quoted, replaced
from patmark.query.placing import near, often
from patmark.query.tree import And, Node, Not, Or

#: Levels of a finished tree: engines and comparisons walk it, so it stays well within what they can.
DEEPEST_TREE = 200


def too_deep(token: Token) -> BadQuery:
    sentence = f"括号或 NOT 嵌套超过 {DEEPEST_TREE} 层。"
    return fault(token.span, sentence, expected="较浅的检索式，可以拆成几次检索")


class Group:
    """The inside of one pair of brackets, or of the whole query. `scope` is the field its bare words are looked up in.

    `branches` are what OR parts; `height` is how many levels the tallest of them has.
    """

    def __init__(self, text: str, opening: Token | None = None, scope: Field | None = None) -> None:
        self.text = text
        self.opening = opening
        self.scope = scope
        self.branches: list[list[Node]] = [[]]
        self.waiting: Token | None = None
        self.nots = 0
        self.height = 0
        self.placed: tuple[Node, Token] | None = None

    def operand(self, node: Node, token: Token, height: int = 1) -> None:
        """Takes one operand; `height` is how many levels it has."""
        height += self.nots
        for _ in range(self.nots):
            node = Not(node)
        if self.placed is not None:
            left, operator = self.placed
            self.placed = None
            node, height = near(self.text, left, operator, node), 1
        # One level for AND and one for OR may still come above it.
        if height + 2 > DEEPEST_TREE:
            raise too_deep(token)
        self.nots = 0
        self.waiting = None
        self.height = max(self.height, height)
        self.branches[-1].append(node)

    def operator(self, token: Token) -> None:
        """Takes AND, OR or NOT; raises where an operand is missing before it."""
        if token.mark is Mark.NOT:
            self.nots += 1
            if self.nots > DEEPEST_TREE:
                raise too_deep(token)
            self.waiting = token
            return
        if self.waiting is not None:
            raise self._without_right(self.waiting, token)
        if not self.branches[-1]:
            raise self._without(token, f"运算符 {token.text} 前面没有检索词。")
        self.waiting = token
        if token.mark is Mark.OR:
            self.branches.append([])

    def place(self, token: Token) -> None:
        """Takes an operator of nearness: what stands before it is its left side. It binds before NOT, AND and OR."""
        self.placed = (self._counted(token), token)
        self.branches[-1].pop()
        self.waiting = token

    def often(self, token: Token) -> None:
        """Takes an operator of frequency, which stands behind what it counts."""
        self.branches[-1][-1] = often(self.text, self._counted(token), token)

    def _counted(self, token: Token) -> Node:
        """The operand an operator of position stands behind."""
        if self.waiting is not None:
            raise self._without_right(self.waiting, token)
        if not self.branches[-1]:
            raise self._without(token, f"运算符 {token.text} 前面没有检索词。")
        return self.branches[-1][-1]

    def _without_right(self, token: Token, following: Token | None = None) -> BadQuery:
        sentence = f"运算符 {token.text} 后面没有检索词。"
        if following is not None:
            sentence = f"运算符 {token.text} 后面直接跟着 {following.text}，中间没有检索词。"
        return self._without(token, sentence)

    def _without(self, token: Token, sentence: str) -> BadQuery:
        # A query of one operator may have been meant as a word.
        better = replaced(self.text, token.span, "") or quoted(token.text)
        return fault(token.span, sentence, expected="词或条件", suggestion=better)

    def finish(self) -> Node | None:
        """The tree of what was read; None where there was nothing. Raises where an operator waits for its operand."""
        if self.waiting is not None:
            raise self._without_right(self.waiting)
        branches = [items[0] if len(items) == 1 else And(tuple(items)) for items in self.branches if items]
        if not branches:
            return None
        if any(len(items) > 1 for items in self.branches):
            self.height += 1
        if len(branches) > 1:
            self.height += 1
            return Or(tuple(branches))
        return branches[0]

    def empty(self, closing: Token) -> BadQuery:
        """The error for brackets with nothing in them, closed by this token."""
        start = self.opening.start if self.opening else 0
        rest = replaced(self.text, (start, closing.end), "")
        return fault((start, closing.end), "括号里是空的。", expected="词或条件", suggestion=rest)
