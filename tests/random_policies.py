"""Random policies, and what an author may make of them, with a record of what moved that is complete as it has to be."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from policysite.text.provision_text import ProvisionText

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = (
    "data",
    "user",
    "회사는",
    "개인정보를",
    "30",
    "days",
    "keeps",
    "deletes",
    "약관",
    "本サービスを",
    "七日以内。",
    "a\tb",
)


class Point(NamedTuple):
    """A point; ``was`` is the id that it had, empty if it is new."""

    was: str
    text: str


class Article(NamedTuple):
    """An article; ``text`` are its own blocks, on lines of their own, ``after`` those that follow its points."""

    was: str
    title: str
    text: str
    points: tuple[Point, ...]
    after: str = ""


class Author:
    """Writes a policy and edits it, always the same way for the same *seed*."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.articles = [self._article(number) for number in range(1, self.chance.randint(2, 6))]
        self.edits = (
            self._insert,
            self._delete,
            self._move,
            self._reword,
            self._add_point,
            self._drop_point,
            self._split,
        )

    def edit(self) -> None:
        """Change something."""
        self.chance.choice(self.edits)(self.chance.randrange(len(self.articles)))

    def _words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 7)))

    def _article(self, number: int) -> Article:
        points = tuple(
            Point(f"art-{number}-point-{place}", self._words())
            for place in range(1, self.chance.randint(1, 5))
        )
        text = "\n".join(self._words() for _ in range(self.chance.randint(0, 3)))
        after = self._words() if points and self.chance.random() < 0.3 else ""
        return Article(f"art-{number}", f"T{number} {self._words()}", text, points, after)

    def _insert(self, place: int) -> None:
        point = Point("", self._words())
        self.articles.insert(place, Article("", f"N {self._words()}", self._words(), (point,)))

    def _delete(self, place: int) -> None:
        if len(self.articles) > 1:
            self.articles.pop(place)

    def _move(self, place: int) -> None:
        self.articles.insert(place, self.articles.pop(self.chance.randrange(len(self.articles))))

    def _reword(self, place: int) -> None:
        article = self.articles[place]
        text = f"{article.text} {self._words()}".strip()
        self.articles[place] = article._replace(text=text)

    def _add_point(self, place: int) -> None:
        article = self.articles[place]
        points = (*article.points[:1], Point("", self._words()), *article.points[1:])
        self.articles[place] = article._replace(points=points)

    def _drop_point(self, place: int) -> None:
        article = self.articles[place]
        self.articles[place] = article._replace(points=article.points[1:])

    def _split(self, place: int) -> None:
        article = self.articles[place]
        first, _, rest = article.text.partition("\n")
        self.articles[place] = article._replace(text=first, points=article.points[:1], after="")
        title = f"S {self._words()}"
        second = Article(article.was, title, rest, article.points[1:], article.after)
        self.articles.insert(place + 1, second)


def edited(seed: int) -> tuple[list[ProvisionText], list[ProvisionText], dict[str, str]]:
    """Return a random text, what an author made of it, and the record of what moved."""
    author = Author(seed)
    old = _flat(author.articles)
    for _ in range(author.chance.randint(0, 4)):
        author.edit()
    moved: dict[str, str] = {}
    for number, article in enumerate(author.articles, start=1):
        if article.was:
            moved[f"art-{number}"] = article.was
        for place, point in enumerate(article.points, start=1):
            if point.was:
                moved[f"art-{number}-point-{place}"] = point.was
    return old, _flat(author.articles), moved


def _flat(articles: Sequence[Article]) -> list[ProvisionText]:
    found = []
    for number, article in enumerate(articles, start=1):
        own, cited = f"art-{number}", f"Article {number}"
        title, text = article.title, article.text
        found.append(ProvisionText(own, "", cited, title, title, text, article.after))
        for place, point in enumerate(article.points, start=1):
            mark = f"{place}."
            found.append(
                ProvisionText(f"{own}-point-{place}", mark, f"{cited} {mark}", text=point.text)
            )
    return found
