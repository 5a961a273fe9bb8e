"""`tasks_hubspot.csv`: the plan's dated work as HubSpot takes it. `grid run` writes what it hands out alike."""

from gridlang.crm.systems.hubspot import SYSTEM
from gridlang.targets.crm_work import CrmWork

TARGET = CrmWork(SYSTEM)
