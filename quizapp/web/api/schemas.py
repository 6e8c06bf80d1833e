"""JSON Schemas of what is sent to other systems."""

from quizapp.rules.village_result_schema import SCHEMA
from quizapp.web.access import PUBLIC
from quizapp.web.api import blueprint
from quizapp.web.api.endpoint import endpoint


@endpoint(
    blueprint, "GET", "/schemas/village-result.v1.json", PUBLIC, {200: dict}, "JSON Schema of what receivers are sent"
)
def village_result():
    return 200, SCHEMA
