"""What an operator types: one file a noun, loaded only when its command is called."""

from importlib import import_module

import click

from quizapp.cli.help import speak_the_language, translated
from quizapp.cli.report import Said, words

# command -> (module, attribute, one line of help); a noun with several verbs is a group in its module
COMMANDS = {
    "serve": ("serve", "serve", "Serve the site, with a worker beside it"),
    "worker": ("worker", "worker", "Do what is due: close, mark, release, deliver"),
    "clock": ("clock", "clock", "Whether the clock can be trusted"),
    "init": ("init", "init", "Set up a real instance: township and first administrator"),
    "demo": ("demo", "demo", "Fill an empty instance with a demo township"),
    "units": ("units", "units", "The organisation tree"),
    "people": ("people", "people", "The roster"),
    "handbook": ("handbooks", "handbook", "Handbooks: check, import, compare editions, export"),
    "bank": ("banks", "bank", "Question banks: check, import, export"),
    "campaign": ("campaigns", "campaign", "Campaigns: list, set up"),
    "exam": ("exams", "exam", "Exams: list, set up, give more time, close, release"),
    "ranking": ("rankings", "ranking", "The ranking of an exam"),
    "evaluation": ("evaluation", "evaluation", "Village evaluation: show, publish, verify"),
    "receivers": ("receivers", "receivers", "Who receives published sheets"),
    "deliveries": ("deliveries", "deliveries", "What is on its way to receivers"),
    "ready": ("ready", "ready", "Say whether it is safe to go"),
    "rehearse": ("rehearse", "rehearse", "Play a coming exam on a copy, and say whether it would go well"),
    "backup": ("backups", "backup", "Write a backup to a file, beside a running server"),
    "restore": ("backups", "restore", "Restore a backup into an empty instance"),
    "verify": ("verify", "verify", "Check chains, signatures and the database"),
}


class Nouns(click.Group):
    """The commands by name; a module is imported when its command is called, so that `check` starts at once."""

    def list_commands(self, context):
        return list(COMMANDS)

    def get_command(self, context, name):
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        return translated(getattr(import_module(f"quizapp.cli.{module}"), attribute))

    def format_commands(self, context, formatter):
        with formatter.section(words("Commands")):
            formatter.write_dl([(name, words(line)) for name, (_, _, line) in COMMANDS.items()])


@click.command(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quizapp")
def quizapp():
    """Job-skills drills for a township."""


def main() -> None:
    """Run a command: exit 0 when done, 1 when the input is refused, 2 when called wrongly."""
    speak_the_language()
    with Said():
        translated(quizapp)(standalone_mode=True)
