"""ROOM 1: pure rules. Plain values in, plain values out; no Flask, tables, disk, clock or dice."""
