"""The engine on Spark (extra `gridlang[spark]`): the same kernel, each account where its partition is.

`handing` makes a table of people, accounts and events, which Spark parts by account and sorts; `partition` executes the
accounts of one partition; `wire` is how its results come back; `members` and `execution` add up what is of the plan as
a whole: who of a team takes a task, campaigns that are one run for the plan, issues, the budget, counts. A capacity
(R18) lets accounts wait for each other, which no partition can see: `refusals` says so.

Only modules that run where Spark is import it, and only when they are asked.
"""

from gridlang.runtime.engine.spark.refusals import refused

__all__ = ["refused"]
