"""Registers of mobile members: who is away, who has come, and since when."""
