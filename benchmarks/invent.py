"""Generate employers and offers, the same for every generator; a record's number determines all of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

CITIES = "Chula Vista,Oceanside,Escondido,El Cajon,San Marcos,Vista,Encinitas,La Mesa,Poway,National City".split(",")
SECTORS = (
    "Arts and Media,Building Trades,Business,Child Development,Energy,Engineering,Fashion,Food Service,Health,"
    "Hospitality,Information Technology,Manufacturing,Marketing,Public Service,Transport"
).split(",")
PATHWAYS = (
    "Animation,Biotechnology,Cabinetmaking,Cybersecurity,Dental Care,Drone Operation,Early Learning,Event Planning,"
    "Fire Science,Games Design,Graphic Arts,Hotel Management,Landscape Design,Law Practice,Machining,Marine Repair,"
    "Networking,Nursing,Patient Care,Product Design,Robotics,Software,Solar Power,Welding"
).split(",")
SKILLS = "Communication,Critical Thinking,Digital Literacy,Growth Mindset,Leadership,Teamwork".split(",")
ACTIVITIES = (
    "Apprenticeship,Career Fair,Classroom Project,Clinical Placement,Guest Speaker,Informational Interview,"
    "Internship,Job Shadow,Mentoring,Mock Interview,Service Learning,Workplace Tour"
).split(",")
MONTHS = "January February March April May June July August September October November December".split()
FIRST = "Amber Bay Canyon Coast Desert Eagle Harbor Lagoon Mesa Palm Ridge Summit Tide Valley West".split()
SECOND = "Design Freight Foods Health Labs Learning Marine Media Power Robotics Studios Supply Systems Tools".split()
WORDS = (
    "students learn from people who work here every day and see how a small team plans builds tests and repairs "
    "what our customers need we show the whole shop answer questions and let visitors try safe tools with a mentor "
    "beside them the first visit is short later ones last a morning and end with time to talk about school pay and "
    "the next step many who came as guests now work with us and help others to begin"
).split()
WORDS_A_PARAGRAPH = 75
WORDS_A_SENTENCE = 15


class Named(NamedTuple):
    """A record of a short list: sector, pathway, skill, activity."""

    id: str
    name: str
    summary: str


class Offer(NamedTuple):
    """A row of the table on an employer's page."""

    id: str
    employer: str
    name: str
    activity: Named
    places: int
    month: str


class Employer(NamedTuple):
    """One of the many records."""

    id: str
    name: str
    city: str
    sector: Named
    pathways: tuple[Named, ...]
    skills: tuple[Named, ...]
    summary: str
    paragraphs: tuple[str, str]
    offers: tuple[Offer, ...]


def _listed(names: list[str], what: str) -> tuple[Named, ...]:
    return tuple(Named(n.lower().replace(" ", "-"), n, f"What {n} is about, a {what} of the sample.") for n in names)


LISTS = {
    "sectors": _listed(SECTORS, "sector"),
    "pathways": _listed(PATHWAYS, "pathway"),
    "skills": _listed(SKILLS, "skill"),
    "activities": _listed(ACTIVITIES, "kind of work-based learning"),
}
TITLES = {"sectors": "Sectors", "pathways": "Pathways", "skills": "Skills", "activities": "Activities"}


def employers(count: int) -> Iterator[Employer]:
    """Yield `count` employers; the n-th is always the same."""
    for number in range(1, count + 1):
        yield _employer(number)


def _employer(number: int) -> Employer:
    dice = random.Random(number)
    id_ = f"employer-{number:06}"
    name = f"{dice.choice(FIRST)} {dice.choice(SECOND)} {number}"
    city, sector = dice.choice(CITIES), dice.choice(LISTS["sectors"])
    pathways = tuple(dice.sample(LISTS["pathways"], dice.randint(2, 4)))
    return Employer(
        id=id_,
        name=name,
        city=city,
        sector=sector,
        pathways=pathways,
        skills=tuple(dice.sample(LISTS["skills"], dice.randint(2, 3))),
        summary=f"{name} in {city} opens its doors to classes and single students.",
        paragraphs=(
            f"{name} works in **{sector.name}**. {_sentences(dice)}",
            f"Most visitors come from [{pathways[0].name}](/pathways/{pathways[0].id}/). {_sentences(dice)}",
        ),
        offers=tuple(_offer(dice, id_, place) for place in range(1, dice.randint(3, 6) + 1)),
    )


def _offer(dice: random.Random, employer: str, place: int) -> Offer:
    activity = dice.choice(LISTS["activities"])
    name = f"{activity.name} with {dice.choice(FIRST)} team"
    return Offer(f"{employer}-{place}", employer, name, activity, dice.randint(1, 30), dice.choice(MONTHS))


def _sentences(dice: random.Random) -> str:
    """Return nonsense prose with the letter and length distribution of English."""
    count = WORDS_A_PARAGRAPH // WORDS_A_SENTENCE
    sentences = (" ".join(dice.choices(WORDS, k=WORDS_A_SENTENCE)) for _ in range(count))
    return " ".join(f"{one.capitalize()}." for one in sentences)
