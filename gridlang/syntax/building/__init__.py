"""The builder's methods, by what they build."""
