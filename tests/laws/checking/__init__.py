"""What the independent checker of outputs stands on. It knows the schedule's JSON and the rules, and no code of
gridlang: what both had wrong in the same way, nobody would see."""
