"""Sitting: agenda, summons, attendance, votes."""
