"""`tasks_pipedrive.csv`: the plan's dated work as Pipedrive takes it. `grid run` writes what it hands out alike."""

from gridlang.crm.systems.pipedrive import SYSTEM
from gridlang.targets.crm_work import CrmWork

TARGET = CrmWork(SYSTEM)
