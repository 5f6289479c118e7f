"""Helpers for tests of intake: issues as the code host creates them from a form, with valid answers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.issue_intake.forms import Form, Question
from generator.issue_intake.issue_forms import AGREE_LABEL, AGREEMENTS

ABOUT = (
    "A bright hall with twelve benches where boats get new engines. Students see how a team of four takes an engine "
    "apart, cleans it and puts it together again, and they may hold the tools that are not sharp."
)
#: Form -> question -> what somebody types or chooses; a tuple lists the checked boxes.
GOOD: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "join": {
        "name": "Harbor Lights Marine Repair",
        "sectors": ("Transportation",),
        "city": "Chula Vista",
        "area": "South County",
        "size_band": "10 to 49 people",
        "summary": "We repair the engines of fishing boats and ferries.",
        "about": ABOUT,
        "pathways": "Systems Diagnostics, Services, and Repair",
        "website": "https://www.harbor-lights.example/",
        "languages": ("English", "Spanish"),
        "contact_role": "Shop floor coordinator",
        "contact_email": "learning@harbor-lights.example",
    },
    "refer": {
        "name": "Granite Hill Bakery",
        "sectors": ("Hospitality, Tourism, and Recreation",),
        "city": "Escondido",
        "area": "North County Inland",
        "summary": "A bakery that makes bread for forty schools.",
        "about": ABOUT,
        "website": "www.granite-hill.example",
        "languages": ("English",),
        "contact_email": "hello@granite-hill.example",
    },
    "offer": {
        "employer": "Bahía Vista Family Clinic",
        "activity": "Job shadow",
        "name": "A morning at the front intake",
        "summary": "One student follows the front intake for a morning.",
        "description": ABOUT,
        "grades": ("11", "12"),
        "group_size_max": "1",
        "mode": "In person",
        "area": "South County",
        "areas_served": ("South County", "East County"),
        "languages": ("English",),
        "duration_hours": "4",
        "lead_time_days": "14",
        "cost_usd_per_student": "$0",
        "transport_help": "Near a bus or trolley stop",
        "accessibility": ("Step-free access",),
        "safety_rules": "- Closed shoes\n- No photographs",
        "skills": ("Communication",),
        "pathways": "Patient Care",
    },
    "need": {
        "employer": "bahia vista family clinic",
        "name": "Nurses for the new floor",
        "occupation": "Registered nurse",
        "number_band": "2 to 5 people",
        "horizon": "Within a year",
        "skills": ("Communication", "Dependability"),
        "technical_skills": "Taking vital signs",
    },
    "resource": {
        "name": "Tide Tables for Classrooms",
        "publisher": "Example Institute of the Sea",
        "official_url": "https://www.sea-institute.example/tides",
        "summary": "Classes read tide tables and plan a day at the harbor.",
        "kind": "Lessons",
        "audiences": ("Students", "Educators"),
        "languages": ("English",),
        "skills": ("Collaboration",),
    },
    "opportunity": {
        "name": "Saturday helper at the harbor",
        "kind": "Jobs",
        "provider": "Harbor Lights Marine Repair",
        "summary": "Four hours on Saturdays, cleaning parts and learning their names.",
        "description": ABOUT,
        "grades": ("11", "12"),
        "minimum_age": "16",
        "pay_kind": "Paid by the hour",
        "pay_usd_min": "$19.50",
        "closes_on": "February 14, 2027",
        "mode": "In person",
        "city": "Chula Vista",
        "area": "South County",
        "apply_url": "https://www.harbor-lights.example/jobs",
    },
    "event": {
        "name": "Open doors at the harbor",
        "kind": "Open houses",
        "summary": "See the benches, meet the team.",
        "starts_at": "February 20, 2027 10:00 AM",
        "ends_at": "February 20, 2027 2 PM",
        "mode": "In person",
        "place": "Hall 3",
        "address": "1 Example Way",
        "city": "Chula Vista",
        "area": "South County",
        "audiences": ("Students", "Families"),
        "host": "Harbor Lights Marine Repair",
        "cost_usd": "0",
        "registration_email": "learning@harbor-lights.example",
    },
    "mistake": {"page": "https://careers.example/", "wrong": "The telephone number is old."},
}


def issue(form: Form, given: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return the text that the code host makes from a form with these answers."""
    parts = [f"### {question.label}\n\n{_answer(question, given.get(question.id, ''))}" for question in form.questions]
    boxes = "\n".join(f"- [x] {words}" for words in AGREEMENTS)
    return "\n\n".join([*parts, f"### {AGREE_LABEL}\n\n{boxes}"]) + "\n"


def _answer(question: Question, given: str | tuple[str, ...]) -> str:
    if question.kind == "some":
        checked = given if isinstance(given, tuple) else (given,)
        boxes = [f"- [{'x' if words in checked else ' '}] {words}" for words in question.options]
        return "\n".join([*boxes, *(f"- [x] {words}" for words in checked if words and words not in question.options)])
    return str(given) or ("None" if question.kind == "one" else "_No response_")
