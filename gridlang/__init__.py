"""gridlang: the compiler for integrated marketing plans.

A plan goes one way through this house:

    source -> syntax -> semantics -> analysis -> schedule -> targets
                                                    \\-> runtime (executes a schedule)
"""

__version__ = "0.1.0"
