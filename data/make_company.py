"""Make the people of the sample company: employees.csv, skills.csv and preferences.csv.

Everything here is made up. Departments, queues and work patterns are hand-made tables beside this script; it reads the
work patterns to give each person the weekly hours the pattern holds. One seed, so every run writes the same bytes.
Absences and core staff come from make_sample_weeks.py, meetings from make_calendars.py.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from invented_names import FAMILY, GIVEN

HERE = Path(__file__).parent
SEED = 160
DENVER = "America/Denver"

EMPLOYEE_COLUMNS = (
    *("employee_id", "name", "email", "department_id", "weekly_hours", "work_pattern_id"),
    *("timezone", "endpoint", "mentor", "starts_on", "ends_on"),
)

# Department -> (work pattern, branch zone or site, people).
ROSTER: dict[str, list[tuple[str, str, int]]] = {
    "customer_service": [
        *[("office", "", 4), ("mid", "", 3), ("late", "", 5), ("tue_sat", "", 2)],
        *[("day30", "", 1), ("evening30", "", 2), ("morning20", "", 1)],
    ],
    "marketing_sales": [
        *[("office", "", 5), ("mid", "", 2), ("late", "", 3), ("tue_sat", "", 3), ("three_days", "", 1)],
        *[("office", DENVER, 3), ("late", DENVER, 1)],
    ],
    "installation_repair": [
        *[("early", "", 9), ("seven", "", 4), ("tue_sat", "", 4), ("sun_thu", "", 2)],
        *[("early", DENVER, 3), ("seven", DENVER, 2)],
    ],
    "construction": [("early", "", 9), ("seven", "", 3)],
    "outside_plant": [("early", "", 8), ("seven", "", 3), ("late", "", 2), ("sun_thu", "", 1)],
    "central_office": [
        *[("night", "", 4), ("night_weekend", "", 2), ("weekend", "", 2), ("late", "", 4), ("office", "", 2)],
    ],
    "internet_support": [
        *[("office", "", 3), ("mid", "", 3), ("late", "", 4), ("sun_thu", "", 2), ("tue_sat", "", 1)],
        *[("evening20", "", 1), ("office", DENVER, 3), ("late", DENVER, 1)],
    ],
    "engineering": [("office", "", 7), ("mid", "", 3), ("late", "", 1), ("day30", "", 1)],
    "finance_billing": [
        *[("office", "", 6), ("mid", "", 1), ("late", "", 2), ("three_days", "", 1)],
        *[("morning20", "", 1), ("friday5", "", 1)],
    ],
    "it": [("office", "", 3), ("mid", "", 2), ("late", "", 2), ("three_late", "", 1)],
    "human_resources": [("office", "", 2), ("mid", "", 1), ("afternoon20", "", 1), ("day30", "", 1)],
    "executive": [("office", "", 4), ("late", "", 1)],
}
HOME_SHARE = {"customer_service": 0.5, "internet_support": 0.5, "finance_billing": 0.25, "marketing_sales": 0.25}

# How near each queue lies to a department's own work; drawn without putting back.
NEARNESS = {
    "customer_service": {"billing": 4, "sales": 4, "repair": 2, "business": 1},
    "marketing_sales": {"sales": 6, "business": 2, "billing": 2, "internet": 2},
    "installation_repair": {"repair": 5, "internet": 4, "sales": 2},
    "construction": {"repair": 4, "billing": 3, "sales": 3},
    "outside_plant": {"repair": 4, "internet": 3, "billing": 2, "sales": 1},
    "central_office": {"repair": 5, "internet": 3, "billing": 1},
    "internet_support": {"internet": 6, "repair": 2, "sales": 2},
    "engineering": {"internet": 4, "repair": 3, "business": 1, "sales": 1},
    "finance_billing": {"billing": 6, "business": 1, "sales": 2},
    "it": {"internet": 4, "billing": 3, "repair": 1},
    "human_resources": {"billing": 3, "sales": 2},
    "executive": {"sales": 3, "business": 1, "billing": 2},
}
# A queue that answers while the pattern's unusual hours run.
FIRST_QUEUE = {
    **{"night": "repair", "night_weekend": "repair", "weekend": "repair"},
    **{"sun_thu": "internet", "tue_sat": "sales"},
}
SPEAK_SPANISH = 28
MENTORS = 32
LEVEL_SHARES = {1: 12, 2: 20, 3: 30, 4: 23, 5: 15}
WAITING_FOR_TRAINING = {"E060": "2026-11-16", "E127": "2026-11-23", "E150": "2026-11-30"}
LEAVING = {"E031": "2026-12-16", "E088": "2027-06-30"}
# Certificates with dates: nth certificate of the person -> certified_on, expires_on.
DATED = {
    "E005": ("2024-02-15", "2026-02-15"),
    "E019": ("2024-12-02", "2026-12-02"),
    "E027": ("2025-06-30", "2028-06-30"),
    "E048": ("2025-09-15", "2028-09-15"),
    "E075": ("2026-01-12", ""),
    "E101": ("2026-02-02", "2029-02-02"),
    "E116": ("2025-03-31", "2028-03-31"),
    "E142": ("2026-01-26", ""),
}


@dataclass
class Person:
    """One employee while the tables are made."""

    employee_id: str
    name: str
    department_id: str
    pattern: str
    timezone: str
    skills: dict[str, int] = field(default_factory=dict)
    mentor: bool = False


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one table beside this script: UTF-8, commas, LF."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def pattern_hours() -> dict[str, float]:
    """Work pattern -> hours a week its rows hold."""
    hours: dict[str, float] = defaultdict(float)
    with (HERE / "work_patterns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            (h1, m1), (h2, m2) = (map(int, row[edge].split(":")) for edge in ("start", "end"))
            hours[row["work_pattern_id"]] += h2 - h1 + (m2 - m1) / 60
    return hours


def mailbox(name: str) -> str:
    """An address in plain ASCII letters from a name."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("ı", "i").replace(" ", "."))
    kept = "".join(letter for letter in plain.lower() if letter.isascii() and (letter.isalnum() or letter in ".-"))
    return kept.replace("..", ".") + "@example.com"


def hire(random: Random) -> list[Person]:
    """160 people in the order of ROSTER, E001 to E160."""
    given = random.sample(GIVEN, len(GIVEN)) + random.sample(GIVEN, len(GIVEN))
    family = random.sample(FAMILY, len(FAMILY))
    posts = [(d, p, z) for d, posts in ROSTER.items() for p, z, number in posts for _ in range(number)]
    names = zip(given, family, strict=False)
    return [
        Person(f"E{number:03d}", " ".join(name), *post)
        for number, (post, name) in enumerate(zip(posts, names, strict=False), start=1)
    ]


def certify(people: list[Person], random: Random) -> None:
    """Give everybody but the newest one to three queues with a level, and choose the mentors."""
    ready = [person for person in people if person.employee_id not in WAITING_FOR_TRAINING]
    spanish = {person.employee_id for person in random.sample(ready, SPEAK_SPANISH)}
    for person in ready:
        near = dict(NEARNESS[person.department_id])
        wanted = random.choices((1, 2, 3), (15, 45, 40))[0] - (person.employee_id in spanish)
        chosen = [FIRST_QUEUE[person.pattern]] if person.pattern in FIRST_QUEUE else []
        while len(chosen) < wanted and len(chosen) < len(near):
            left = {queue: weight for queue, weight in near.items() if queue not in chosen}
            chosen.append(random.choices(list(left), list(left.values()))[0])
        chosen += ["spanish"] if person.employee_id in spanish else []
        for queue in chosen:
            person.skills[queue] = random.choices(list(LEVEL_SHARES), list(LEVEL_SHARES.values()))[0]
    choose_mentors(ready, random)


def choose_mentors(ready: list[Person], random: Random) -> None:
    """Make mentors queue after queue, so that each has some: people of level 4 or 5 there, in different patterns."""
    queues = ("repair", "billing", "internet", "sales", "spanish", "business")
    for turn in range(MENTORS):
        queue = queues[turn % len(queues)]
        fit = [person for person in ready if not person.mentor and person.skills.get(queue, 0) >= 4]
        taken = {person.pattern for person in ready if person.mentor and queue in person.skills}
        random.choice([person for person in fit if person.pattern not in taken] or fit).mentor = True


def employee_rows(people: list[Person], random: Random) -> Iterable[tuple[object, ...]]:
    """Rows of employees.csv."""
    hours = pattern_hours()
    for number, person in enumerate(people, start=1):
        home = random.random() < HOME_SHARE.get(person.department_id, 0.0)
        endpoint = f"Local/{5100 + number}@home" if home else f"PJSIP/{1000 + number}"
        joined = date(2008, 1, 7) + timedelta(days=random.randrange(0, 6400))
        starts_on = WAITING_FOR_TRAINING.get(person.employee_id, joined.isoformat())
        yield (
            *(person.employee_id, person.name, mailbox(person.name), person.department_id),
            *(f"{hours[person.pattern]:g}", person.pattern, person.timezone, endpoint),
            *("yes" if person.mentor else "no", starts_on, LEAVING.get(person.employee_id, "")),
        )


def skill_rows(people: list[Person]) -> Iterable[tuple[object, ...]]:
    """Rows of skills.csv; DATED gives dates to a person's first certificate."""
    for person in people:
        for nth, (queue, level) in enumerate(person.skills.items()):
            dates = DATED.get(person.employee_id, ("", "")) if nth == 0 else ("", "")
            yield person.employee_id, queue, level, *dates


def preference_rows(people: list[Person], random: Random) -> Iterable[tuple[object, ...]]:
    """Rows of preferences.csv for half of the people; one in six of them refuses Friday evenings."""
    for person in sorted(random.sample(people, 80), key=lambda each: each.employee_id):
        days = random.sample(["mon", "tue", "wed", "thu"], random.choice((1, 1, 2)))
        for day in sorted(days, key=["mon", "tue", "wed", "thu"].index):
            start, end = random.choice((("08:00", "12:00"), ("13:00", "17:00"), ("10:00", "14:00"), ("16:00", "20:00")))
            yield person.employee_id, day, start, end, random.choice((-2, -1, 1, 2, 3))
        if random.random() < 1 / 6 or person.pattern == "evening30":
            yield person.employee_id, "fri", "16:00", "20:00", -3


def main() -> None:
    """Write the three tables."""
    random = Random(SEED)
    people = hire(random)
    certify(people, random)
    write("employees.csv", EMPLOYEE_COLUMNS, employee_rows(people, random))
    write("skills.csv", ("employee_id", "queue_id", "level", "certified_on", "expires_on"), skill_rows(people))
    write("preferences.csv", ("employee_id", "weekday", "start", "end", "weight"), preference_rows(people, random))


if __name__ == "__main__":
    main()
