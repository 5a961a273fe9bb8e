"""The features of the language server, a file each: `FEATURES` says which methods it answers."""
