"""Build an invented county the way docs/how-to/another-county.md tells its staff to, changing nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import copy_project

REGION = """\
site_name: Example County careers
site_description: Careers that Example County really offers, and how to get there.
site_url: https://careers.example-county.example/
county: Example County
office: Example County School District
metropolitan_area: Exampletown, NV
state: Nevada
essential_skills_note: The county named these six.
timezone: America/Los_Angeles
languages: [en]
product: career portal
department: Career Education
contact_email: careers@example-county.example
contact_role: career portal coordinator
contact_phone: 775-555-0100
reply_within_days: 5
repository: none
edit_path: edit/main/
areas:
  - {id: upper-valley, name: Upper Valley}
  - {id: lower-valley, name: Lower Valley}
"""
TABLES = {
    "institutions": """\
id,name,kind,state_code,ipeds_unitid,high_school_grades,city,county,website
upper-valley-unified-district,Upper Valley Unified,unified-district,,,true,Exampletown,Example,
exampletown-college,Exampletown College,community-college,,,,Exampletown,Example,
""",
    "schools": """\
id,name,district,city,kind,cds_code
exampletown-high-school,Exampletown High School,upper-valley-unified-district,Exampletown,high-school,32000000000001
""",
    "school_programs": """\
school,program,pathway,mapping,seen_in,document_date
exampletown-high-school,Health careers,patient-care,ours,exampletown.example,2026-03
""",
    "programs": """\
institution,cip_code,award_level,completions,year
exampletown-college,51.3801,associate,24,2023-24
""",
    "wages": """\
occupation,area,area_name,vintage,median_usd_per_year,employment_jobs,location_quotient
registered-nurses,region,"Exampletown, NV",May 2025,90000,1200,1.1
registered-nurses,state,Nevada,May 2025,91000,24000,1.0
registered-nurses,country,United States,May 2025,93600,3100000,1.0
""",
    "outlook": """\
occupation,area,period,jobs_start,jobs_end,growth_percent,openings_per_year,source,note
registered-nurses,country,2024–34,3391000,3557100,4.9,189100,bls-ep-2024-34,
""",
    "industry_employment": """\
id,name,kind,month,value,unit,change_percent_12_months,preliminary
total,Total nonfarm,total,2026-04,101.5,thousands,1.1,true
""",
    "local_rules": """\
id,name,topic,statement,citation,source,note,activities,review_by_on
minimum-wage,Minimum wage,pay,Work in Example County pays at least $15 an hour.,,bls-oews-2025,,internship,
""",
    "region_priorities": """\
id,name,scheme,year,sectors,source
health,Health care,County plan,2025,health-science-medical-technology,bls-oews-2025
""",
}
EMPLOYER = """\
id: granite-wash-hospital
name: Granite Wash Hospital
sectors: [health-science-medical-technology]
pathways: [patient-care]
city: Exampletown
area: upper-valley
summary: A hospital with sixty beds.
about: |
  Sixty beds on three floors, a laboratory, and a kitchen that cooks for four hundred people a day.
languages: [en]
contact_email: learning@granite-wash.example
first_listed_on: 2026-08-17
last_confirmed_on: 2026-10-05
"""
OFFER = """\
id: granite-wash-tour
name: Three floors in two hours
employer: granite-wash-hospital
activity: workplace-tour
summary: Follow a tray of samples from a bed to the laboratory.
grades: [11, 12]
group_size_max: 20
mode: in-person
area: upper-valley
areas_served: [upper-valley, lower-valley]
languages: [en]
lead_time_days: 21
first_listed_on: 2026-08-17
last_confirmed_on: 2026-10-05
"""
OPPORTUNITY = """\
id: granite-wash-helper
name: Weekend helper
kind: job
employer: granite-wash-hospital
summary: Bring meals and keep people company.
description: |
  Eight hours on weekends.
pay_kind: hourly
pay_usd_min: 19
closes_on: 2027-03-12
mode: in-person
area: upper-valley
apply_url: https://www.granite-wash.example/jobs
first_listed_on: 2026-10-05
last_confirmed_on: 2026-10-05
"""
LISTS = {
    "needs": """\
- id: granite-wash-nurses
  name: Nurses for the third floor
  employer: granite-wash-hospital
  occupation: registered-nurses
  skills: [communication]
  horizon: within-1-year
  number_band: 2-5
  stated_on: 2026-10-05
""",
    "events": """\
- id: open-floors
  name: Open floors
  kind: open-house
  summary: See the laboratory at work.
  starts_at: 2027-02-11T15:30
  ends_at: 2027-02-11T17:30
  mode: in-person
  place: The laboratory
  city: Exampletown
  area: upper-valley
  audiences: [students]
  employer: granite-wash-hospital
""",
    "stories": """\
- id: a-morning-on-the-third-floor
  name: A morning on the third floor
  teller: Ana (made-up name), student in grade 11
  summary: A tour made one student sign up for a job shadow.
  story: |
    I carried the tray and asked too many questions.
  consent_given_on: 2026-10-12
  consent_ends_on: 2027-10-11
""",
}
FILES = {"employers": EMPLOYER, "offers": OFFER, "opportunities": OPPORTUNITY}
PAGES = ("consortium", "cte", "figures", "glossary")


def make(target: Path, local: re.Pattern[str]) -> Path:
    """Create the project of Example County; `local` matches what a reader would take for the former county's."""
    project = copy_project(target)
    data = project / "data"
    (data / "region.yaml").write_text(REGION, encoding="utf-8")
    (data / "addresses.txt").unlink()
    for name, text in TABLES.items():
        _remove(data, name)
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    for name in (*LISTS, *FILES):
        _remove(data, name)
    for name, text in LISTS.items():
        (data / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in FILES.items():
        (data / name).mkdir()
        (data / name / f"{text.split()[1]}.yaml").write_text(text, encoding="utf-8")
    for name in PAGES:
        (project / "content/about" / f"{name}.md").write_text(f"# {name.capitalize()}\n\nOurs.\n", encoding="utf-8")
    _without_local_lines(data / "resources.csv", local)
    _without_local_lines(data / "search_words.csv", local)
    _without_local_lines(data / "search_words.csv", re.compile("/institutions/[a-z]"))
    _without_local_licenses(data / "licenses.yaml", local)
    _own_sources(data, local)
    return project


def _remove(data: Path, dataset: str) -> None:
    for path in data.glob(f"{dataset}.*"):
        path.unlink()
    shutil.rmtree(data / dataset, ignore_errors=True)


def _without_local_lines(path: Path, local: re.Pattern[str]) -> None:
    """Remove the rows of a table that only make sense in the former county."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not local.search(line)), encoding="utf-8")


def _without_local_licenses(path: Path, local: re.Pattern[str]) -> None:
    """Remove the licenses that the former county issues or whose steps name it."""
    items = re.split(r"\n(?=- id: )", path.read_text(encoding="utf-8"))
    path.write_text("\n".join(item for item in items if not local.search(item)), encoding="utf-8")


def _own_sources(data: Path, local: re.Pattern[str]) -> None:
    """Replace the former county's sources with new ones and remove their IDs from all remaining records."""
    listing = data / "sources.yaml"
    items = re.split(r"\n(?=- id: )", listing.read_text(encoding="utf-8"))
    renamed = {}
    kept = []
    for number, item in enumerate(items):
        name = re.match(r"(?:#.*\n)*- id: (\S+)", item)[1]
        if local.search(item) or "sd" in name:
            renamed[name] = f"source-{number}"
            own = f"- id: source-{number}\n  name: Source {number}\n  publisher: Example publisher\n"
            kept.append(f"{own}  used_for: facts\n")
        else:
            kept.append(item)
    listing.write_text("\n".join(kept), encoding="utf-8")
    names = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, renamed))})(?![\w-])")
    for path in [*data.glob("*.csv"), *data.glob("**/*.yaml")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(names.sub(lambda match: renamed[match[1]], text), encoding="utf-8")
    listed = data / "datapackage.yaml"
    text = listed.read_text(encoding="utf-8").replace("San Diego County", "Example County")
    listed.write_text(text.replace("san-diego", "example-county"), encoding="utf-8")
