"""Who gets which status where, written by hand: above each group of addresses stands what every visitor gets.

`in` means: please sign in first (a redirect for pages, 401 in the API). What lies in the next township is not there
for strangers (404) unless their role does not open such a page at all (403, whatever the address says).
A route that stands nowhere here fails the test beside it. Names in braces are keys of Town.ids.
"""

TABLE = """
nobody trainee neighbour trainer village_leader township_leader admin auditor stranger stranger_leader closed

# open to anybody
200 200 200 200 200 200 200 200 200 200 200
GET /healthz
GET /readyz
GET /metrics
GET /sw.js
GET /static/any/app.js
GET /exam-shell
GET /receipts
GET /receipts/{receipt}
GET /api/v1/csrf
GET /api/v1/openapi.json
GET /api/v1/receipts/{receipt}
GET /api/v1/schemas/village-result.v1.json
POST /api/v1/session

200 302 302 302 302 302 302 302 302 302 200
GET /sign-in

302 302 302 302 302 302 302 302 302 302 302
POST /sign-in

303 303 303 303 303 303 303 303 303 303 303
POST /me/preferences

# whoever is signed in; each sees what is their own
in 200 200 200 200 200 200 200 200 200 in
GET /
GET /campaigns
GET /exams
GET /me
GET /me/password
GET /ranking
GET /study
GET /study/search?q=居住
GET /study/stage
GET /study/stage/{article}
GET /api/v1/exams

in 404 404 404 404 404 404 404 404 404 in
GET /pictures/0000

in 303 303 303 303 303 303 303 303 303 in
POST /me/devices
POST /me/password
POST /study/stage/{article}

in 302 302 302 302 302 302 302 302 302 in
POST /sign-out

in 204 204 204 204 204 204 204 204 204 in
DELETE /api/v1/session

# the township's own
in 200 200 200 200 200 200 200 404 404 in
GET /campaigns/{campaign}
GET /ranking/{released}
GET /ranking/{released}/screen
GET /api/v1/rankings/{released}

# the exam's audience
in 200 200 404 404 404 404 404 404 404 in
GET /exams/{exam}
POST /api/v1/exams/{exam}/attempts

in 303 303 404 404 404 404 404 404 404 in
POST /exams/{exam}

# whose attempt it is
in 200 404 404 404 404 404 404 404 404 in
GET /attempts/{attempt}
GET /attempts/{attempt}/submission
GET /attempts/{done}
GET /api/v1/attempts/{attempt}
GET /api/v1/attempts/{done}
PUT /api/v1/attempts/{attempt}/answers
POST /api/v1/attempts/{attempt}/signals
POST /api/v1/attempts/{attempt}/submission

in 303 404 404 404 404 404 404 404 404 in
POST /attempts/{attempt}/answers
POST /attempts/{attempt}/submission

# people: leaders and administrators, each within their units
in 403 403 403 200 200 200 403 403 200 in
GET /people

in 403 403 403 200 200 200 403 403 404 in
GET /people?unit={village}
GET /people/{trainee}
GET /turnout/{exam}
GET /campaigns/{campaign}/roster
POST /people/{trainee}/code

in 403 403 403 404 200 200 403 403 404 in
GET /people?unit={township}
GET /people/{neighbour}
GET /people/{township_leader}
POST /people/{neighbour}/code

in 403 403 403 303 303 303 403 403 404 in
POST /people/slips

in 403 403 403 403 403 200 403 403 403 in
GET /people/new
GET /people/roster
GET /people/roster/template.xlsx
GET /people/{trainee}/change
POST /people/new

in 403 403 403 403 403 303 403 403 403 in
POST /people/{trainee}/change
POST /people/{trainee}/closing
POST /people/{closed}/reopening

in 403 403 403 403 403 422 403 403 403 in
POST /people/roster

in 403 403 403 403 403 409 403 403 403 in
POST /people/roster/taking

# units
in 403 403 200 200 200 200 200 403 200 in
GET /units

in 403 403 200 200 200 200 200 403 404 in
GET /units/{village}

in 403 403 200 404 200 200 200 403 404 in
GET /units/{township}
GET /units/{next_village}

in 403 403 403 403 403 200 403 403 403 in
GET /units/{village}/name
GET /units/{village}/place
GET /units/{township}/units

in 403 403 403 403 403 303 403 403 403 in
POST /units/{village}/name
POST /units/{village}/place
POST /units/{township}/units

# is it safe to go?
in 403 403 403 200 200 200 403 403 200 in
GET /readiness

# the audit trail
in 403 403 403 403 403 403 200 403 403 in
GET /audit

# the clock
in 403 403 403 403 403 200 403 403 403 in
GET /manage/clock

in 403 403 403 403 403 409 403 403 403 in
POST /manage/clock

# campaigns
in 403 403 403 403 403 200 403 403 403 in
GET /campaigns/new
GET /campaigns/{campaign}/edit

in 403 403 403 403 403 303 403 403 403 in
POST /campaigns/new
POST /campaigns/{campaign}/edit

in 403 403 403 404 200 403 403 403 404 in
GET /campaigns/{campaign}/roster/{trainee}

in 403 403 403 404 303 403 403 403 404 in
POST /campaigns/{campaign}/roster/{trainee}

# banks and handbooks: trainers
in 403 403 200 403 403 403 403 403 403 in
GET /banks
GET /banks/stage
GET /banks/stage/export
GET /banks/stage/{question}
GET /banks/stage/imports
GET /banks/spare/unfinished
GET /banks/stage/changes
GET /banks/stage/health
GET /banks/stage/pairs
GET /banks/stage/articles
GET /banks/stage/new
GET /banks/stage/{question}/edit
GET /manage/banks/new
GET /manage/banks/review
GET /manage/banks/template.docx
GET /manage/banks/template.xlsx
GET /manage/handbooks/new

in 403 403 303 403 403 403 403 403 403 in
POST /banks/stage/{question}/retirement
POST /banks/stage/{question}/return
POST /banks/spare/imports/{import}/undoing
POST /banks/spare/handbook
POST /banks/spare/unfinished
POST /banks/spare/unfinished/{unfinished}
POST /banks/stage/changes?id={question}&points=3
POST /banks/stage/new
POST /banks/stage/{question}/edit
POST /banks/stage/health
POST /banks/stage/{question}/review
POST /banks/stage/{question}/agreement

in 403 403 404 403 403 403 403 403 403 in
POST /banks/stage/pairs/{question}/{question}

in 403 403 409 403 403 403 403 403 403 in
POST /banks/stage/{question}/sending-back
POST /banks/stage/{question}/still-right

in 403 403 200 403 403 403 403 403 403 in
POST /banks/stage/look

in 403 403 422 403 403 403 403 403 403 in
POST /banks/stage/export
POST /manage/banks/new
POST /manage/handbooks/new

in 403 403 409 403 403 403 403 403 403 in
GET /manage/banks/new/0000
GET /manage/handbooks/new/0000
POST /manage/banks/new/0000
POST /manage/banks/new/0000/drop
POST /manage/banks/new/0000/place
POST /manage/banks/new/0000/questions/0
POST /manage/banks/new/0000/reading
POST /manage/banks/new/0000/repeats
POST /manage/handbooks/new/0000

# looking after exams
in 403 403 200 200 200 200 403 403 200 in
GET /manage/exams

in 403 403 200 200 200 200 403 403 404 in
GET /manage/exams/{exam}
GET /manage/exams/{exam}/live
GET /manage/exams/{exam}/live?unit={village}
GET /manage/exams/{exam}/live/screen
GET /manage/exams/{exam}/participation

in 403 403 403 200 200 200 403 403 404 in
GET /manage/exams/{exam}/attempts/{attempt}

in 403 403 403 404 200 200 403 403 404 in
GET /manage/exams/{exam}/attempts/{attempt}/closing
GET /manage/exams/{exam}/attempts/{neighbours_attempt}

in 403 403 403 404 303 303 403 403 404 in
POST /manage/exams/{exam}/attempts/{attempt}/closing

in 403 403 403 404 200 200 403 403 404 in
GET /manage/exams/{exam}/outages/all/{outage}

in 403 403 403 404 303 303 403 403 404 in
POST /manage/exams/{exam}/outages/all/{outage}/dismissal

in 403 403 200 403 403 200 403 403 403 in
GET /manage/exams/new
GET /manage/exams/{coming}/edit
GET /manage/exams/{exam}/close
GET /manage/exams/{exam}/preview
GET /manage/exams/{exam}/papers
GET /manage/exams/{exam}/papers/0
GET /manage/exams/{exam}/papers/0/pdf

in 403 403 409 403 403 409 403 403 403 in
POST /manage/exams/{coming}/papers

in 403 403 422 403 403 422 403 403 403 in
POST /manage/exams/new
POST /manage/exams/{coming}/edit

in 403 403 303 403 403 303 403 403 403 in
POST /manage/exams/{exam}/closing

in 403 403 403 200 200 200 403 403 404 in
GET /manage/exams/{released}/release

in 403 403 403 404 303 303 403 403 404 in
POST /manage/exams/{released}/releasing

in 403 403 403 404 200 200 403 403 404 in
GET /manage/exams/{exam}/time

in 403 403 403 404 303 303 403 403 404 in
POST /manage/exams/{exam}/time

# answer files: the person, and whoever looks after their unit
in 200 200 200 200 200 200 200 200 200 in
GET /answer-files

in 404 200 404 404 200 200 404 404 404 in
GET /answer-files/{taken_in}

in 303 422 422 303 303 303 422 422 422 in
POST /answer-files

# answers that came late
in 403 403 403 404 200 200 403 403 404 in
GET /manage/exams/{late_exam}/late
GET /manage/exams/{late_exam}/late/{late_attempt}

in 403 403 403 404 303 403 403 403 404 in
POST /manage/exams/{late_exam}/late/{late_attempt}

# deeds of two people
in 403 403 200 200 200 200 403 403 200 in
GET /decisions

in 403 403 200 404 200 200 403 403 404 in
GET /decisions/{proposal}

in 403 403 403 404 303 303 403 403 404 in
POST /decisions/{proposal}/acceptance
POST /decisions/{proposal}/refusal

in 403 403 303 404 404 404 403 403 404 in
POST /decisions/{proposal}/withdrawal

# evaluation
in 403 403 403 302 302 302 302 403 200 in
GET /evaluation

in 403 403 403 200 200 200 200 403 404 in
GET /evaluation/{campaign}
GET /evaluation/{campaign}/sheet
GET /evaluation/{campaign}/units/{village}
GET /api/v1/evaluations/{campaign}
GET /api/v1/evaluations/{campaign}/units/{village}

in 403 403 403 404 200 200 200 403 404 in
GET /evaluation/{campaign}/units/{next_village}
GET /api/v1/evaluations/{campaign}/units/{next_village}

in 403 403 403 404 200 403 403 403 404 in
GET /evaluation/{campaign}/publish
GET /evaluation/{campaign}/units/{village}/contest

in 403 403 403 404 303 403 403 403 404 in
POST /evaluation/{campaign}/publish
POST /evaluation/{campaign}/units/{village}/contest

# deliveries
in 403 403 403 200 200 200 200 403 200 in
GET /deliveries

in 403 403 403 404 200 200 200 403 404 in
GET /received/{receiver}

in 403 403 403 404 303 303 403 403 404 in
POST /deliveries/{delivery}
"""

# What unsafe requests carry, so that whoever may do the deed does it; the others send nothing but the token.
BODIES = {
    "POST /sign-in": {"login": "trainee", "password": "crane-over-the-lake-7"},
    "POST /api/v1/session": {"login": "trainee", "password": "crane-over-the-lake-7"},
    "POST /me/preferences": {"text": "large", "back": "/me"},
    "POST /me/password": {"old": "crane-over-the-lake-7", "new": "heron-by-the-pond-8", "again": "heron-by-the-pond-8"},
    "PUT /api/v1/attempts/{attempt}/answers": {"epoch": 1, "answers": [{"slot": "1", "seq": 9, "value": None}]},
    "POST /api/v1/attempts/{attempt}/signals": {"device": "a-browser", "left": 1, "away_seconds": 9},
    "POST /api/v1/attempts/{attempt}/submission": {"epoch": 1},
    "POST /attempts/{attempt}/answers": {"slot": "1", "epoch": "1", "seq": "9", "go": "2"},
    "POST /banks/spare/handbook": {"handbook": "stage"},
    "POST /banks/spare/unfinished/{unfinished}": {"deed": "drop"},
    "POST /people/slips": {"unit": "{village}"},
    "POST /people/new": {"login": "fresh", "name": "何惊鸿", "unit": "{village}", "roles": "trainee"},
    "POST /people/{trainee}/change": {"name": "周满", "unit": "{village}", "post": "村专干", "roles": "trainee"},
    "POST /units/{village}/name": {"name": "柳塘新村"},
    "POST /units/{village}/place": {"parent": "{township}"},
    "POST /units/{township}/units": {"code": "999901101203", "name": "桃溪村", "kind": "village"},
    "POST /manage/exams/{exam}/time": {"unit": "{village}", "minutes": "10", "reason": "停电", "confirm": "1"},
    "POST /campaigns/new": {
        "title": "又一次练兵", "unit_code": "{township}", "starts_on": "2099-01-01", "ends_on": "2099-03-01",
        "roster_on": "2099-01-01", "handbooks": "stage",
    },
    "POST /campaigns/{campaign}/edit": {
        "title": "改了名字", "starts_on": "2099-01-01", "ends_on": "2099-03-01", "handbooks": "stage",
    },
    "POST /campaigns/{campaign}/roster/{trainee}": {"reason": "产假"},
    "POST /manage/exams/{exam}/closing": {"reason": "考场停电"},
    "POST /answer-files": {"text": "{answer_file}"},
    "POST /manage/exams/{late_exam}/late/{late_attempt}": {"reason": "村里断网"},
    "POST /decisions/{proposal}/refusal": {"reason": "已经恢复供电"},
    "POST /manage/exams/{exam}/attempts/{attempt}/closing": {"reason": "手机坏了"},
    "POST /manage/exams/{exam}/outages/all/{outage}/dismissal": {"reason": "没有这回事"},
    "POST /banks/stage/new": {"kind": "true_false", "stem": "新写的题。", "truth": "true", "points": "1"},
    "POST /banks/stage/{question}/review": {"number": "1"},
    "POST /banks/stage/{question}/agreement": {"number": "1"},
    "POST /banks/stage/{question}/sending-back": {"number": "1", "note": "哪盏灯？"},
    "POST /banks/stage/look": {"kind": "true_false", "stem": "新写的题。"},
    "POST /banks/stage/{question}/edit": {
        "number": "1", "stem": "改过的题（ ）", "option_0": "甲", "option_1": "乙", "right": "A", "points": "1",
    },
    "POST /banks/stage/changes?id={question}&points=3": {"expected": "1"},
    "POST /evaluation/{campaign}/units/{village}/contest": {"value": "80", "evidence": "竞赛记录第三页"},
}  # fmt: skip
