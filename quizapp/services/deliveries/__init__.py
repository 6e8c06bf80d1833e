"""Deliveries: published sheets on their way to receivers, each sent until its receiver has it, applied once."""
