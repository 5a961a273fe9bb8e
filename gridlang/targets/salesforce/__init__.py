"""`tasks_salesforce.csv`: the plan's dated work as Salesforce takes it. `grid run` writes what it hands out alike."""

from gridlang.crm.systems.salesforce import SYSTEM
from gridlang.targets.crm_work import CrmWork

TARGET = CrmWork(SYSTEM)
