"""A place that moves over the tokens of an update."""

from loaders.writing.tokens import Token, Tokens, UnreadableError
from queries.tokens import IRI_REFERENCE, PREFIXED, SIGN, WORD

SPACE_IT = "A keyword stands apart from what follows it."


class Cursor:
    """Moves over the tokens of a text; `at` is the index of the next one.

    What is not as it has to be raises UnreadableError.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.at = 0

    def group(self) -> int:
        """Where the group that begins here ends."""
        close = self.tokens.closing.get(self.at)
        self.sign("{")
        assert close is not None
        self.at = close + 1
        return self.tokens.found[close].end

    def iri(self) -> Token:
        """The next token, which is to be an IRI."""
        return self.take(IRI_REFERENCE, PREFIXED)

    def peek(self) -> Token | None:
        """The next token, which stays the next; None behind the last."""
        return self.tokens.found[self.at] if self.at < len(self.tokens.found) else None

    def take(self, *kinds: str) -> Token:
        """The next token, which is to be of one of these kinds."""
        token = self.peek()
        if token is None or token.kind not in kinds:
            raise self.unreadable(SPACE_IT)
        self.at += 1
        return token

    def word(self, *words: str) -> Token | None:
        """The next token, where it is one of these words."""
        token = self.peek()
        if token is None or token.kind != WORD or token.text.upper() not in words:
            return None
        self.at += 1
        return token

    def must(self, word: str) -> None:
        """Pass a word that has to stand here."""
        if self.word(word) is None:
            raise self.unreadable(f"{word} stands here.")

    def next_is(self, sign: str) -> bool:
        """Whether the next token is this sign, which is passed if so."""
        token = self.peek()
        if token is None or token.kind != SIGN or token.text != sign:
            return False
        self.at += 1
        return True

    def sign(self, sign: str) -> Token:
        """The next token, which is to be this sign."""
        if not self.next_is(sign):
            raise self.unreadable(f"“{sign}” stands here.")
        return self.tokens.found[self.at - 1]

    def unreadable(self, reason: str) -> UnreadableError:
        """The fault of a text that goes on otherwise than it may here."""
        token = self.peek()
        return UnreadableError(len(self.text) if token is None else token.start, reason)
