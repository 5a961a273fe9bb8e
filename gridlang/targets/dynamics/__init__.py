"""`tasks_dynamics.csv`: the plan's dated work as Dynamics 365 takes it. `grid run` writes what it hands out alike."""

from gridlang.crm.systems.dynamics import SYSTEM
from gridlang.targets.crm_work import CrmWork

TARGET = CrmWork(SYSTEM)
