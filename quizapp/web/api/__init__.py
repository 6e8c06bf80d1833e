"""The JSON API, version 1: one file a noun, shapes in `shapes.py`, the machinery in `endpoint.py`."""
