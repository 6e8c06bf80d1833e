"""What every application compiles anew, compiled once in a process: each test makes an application and lets go of it.

Templates and routes took a third of the processor time that the tests of pages need.
"""

from jinja2 import BytecodeCache
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Jinja's compiled templates, in memory; Jinja compares their source itself."""

    kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket) -> None:
        """Fill the bucket with what is kept for it."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket) -> None:
        """Keep what the bucket holds."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def compile_once(rule: Rule, append_unknown: bool = True):
    """Return the function that builds addresses of such a rule; equal rules share it."""
    key = repr((rule._trace, rule.defaults, append_unknown))
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


_builders = {}
_compile, Rule._compile_builder = Rule._compile_builder, compile_once
