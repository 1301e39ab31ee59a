"""Goods by HS heading: what they are made of, how they are packed, how they are stowed."""
