"""ROOM 3: what people do here. Load rows, ask the rules, save; the only room that commits."""
