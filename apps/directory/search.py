"""From what a person types to what the index holds: words, and their one- and two-letter pieces."""

import re

from apps.kernel.folding import fold_name

# Nobody types more; a pasted book must not become ten thousand conditions.
MOST_CHARACTERS = 100
MOST_WORDS = 5


def words(text: str) -> list[str]:
    """The folded words to look for; a word that is nothing but a corporate form asks for nothing."""
    typed = re.split(r"\s+", text[:MOST_CHARACTERS].strip())
    return [folded for word in typed[:MOST_WORDS] if (folded := fold_name(word))]


def grams(word: str) -> list[str]:
    """The pieces a text must hold to contain the word: the same pieces that `directory_grams` cuts in PostgreSQL."""
    if len(word) == 1:
        return [word]
    return sorted({word[place : place + 2] for place in range(len(word) - 1)})


def search_text(*, name: str, kana: str) -> str:
    """What is searched of a name: folded name and folded reading, one to a line."""
    return "\n".join(dict.fromkeys(folded for text in (name, kana) if (folded := fold_name(text))))
