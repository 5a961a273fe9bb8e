"""Audiences as advertising systems take them: people as digests, and only those who may be shown to them now."""
