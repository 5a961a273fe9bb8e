"""Every code, as data, a file per stage: G00xx files, G01xx syntax, G02xx declarations and names, G03xx types and
units, G04xx flows, G05xx maps, rules and consent; L01xx what a plan leaves open (warnings, with their rule in
`analysis/rules/`)."""
