"""The clock: whether the time carried on and the clock on the wall agree, and an administrator's word where not."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from quizapp.services import time_keeping
from quizapp.web import edge
from quizapp.web.access import access, actor

blueprint = Blueprint("clock", __name__, url_prefix="/manage/clock")


@blueprint.get("")
@access(time_keeping.DEED)
def page():
    return render_template("clock/page.html", alarm=time_keeping.find_alarm(), now=edge.reply_time())


@blueprint.post("")
@access(time_keeping.DEED)
def confirm():
    time_keeping.confirm(actor(), edge.now(), edge.trace())
    flash(gettext("The time is confirmed. What was due is done within seconds."), "done")
    return redirect(url_for(".page"), 303)
