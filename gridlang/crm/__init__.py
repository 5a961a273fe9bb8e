"""Task lists as other systems take them: the import formats of CRMs, each a file in `systems/`.

A build has work that is due by a day known beforehand, a run has tasks for people; both become `Item`s, and a system
says what its columns hold of one. It names its limits: files are split, texts are cut at a word, with a mark.
"""
