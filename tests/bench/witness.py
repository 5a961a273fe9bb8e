"""A process engine on the flow of `invite_to_meeting` as BPMN: `python tests/bench/witness.py [SECONDS]`.

SpiffWorkflow (LGPL) is a witness here and no dependency: it comes with what developers install (`gridlang[dev]`); name
its Python to `engine.py` with `--witness`. Every instance gets the answers that a household of the population gives;
whatever waits is completed at once. Prints one line of JSON: instances and tasks a second of one process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

FLOW = Path(__file__).with_name("invite_to_meeting.bpmn")
ANSWERS = (
    # What a household answers, one after the other, to the question and to the calls; "" is silence or a wait's end.
    *[("meeting_booked",)] * 37,
    *[("", "not_now")] * 12,
    *[("", "no_time", "", "", "not_now")] * 9,
    *[("", "no_answer", "", "no_answer", "", "meeting_booked")] * 8,
    *[("", "meeting_booked")] * 34,
)
"""A hundred households, in the shares of the population's routes; the unanswered are given an answer, so that every
instance ends."""


def main(seconds: float) -> dict[str, float]:
    """Run instances for so long; what one process does in a second of the processor."""
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser

    parser = BpmnParser()
    parser.add_bpmn_file(str(FLOW))
    spec = parser.get_spec("invite_to_meeting")
    instances = tasks = 0
    start = time.process_time()
    while (taken := time.process_time() - start) < seconds:
        tasks += sum(_run(BpmnWorkflow(spec), answers, TaskState) for answers in ANSWERS)
        instances += len(ANSWERS)
    return {"instances": instances / taken, "tasks": tasks / taken}


def _run(workflow: Any, answers: tuple[str, ...], state: Any) -> int:
    """One instance from its start to its end; how many tasks it completed."""
    workflow.do_engine_steps()
    for answer in answers:
        task = workflow.get_next_task(state=state.READY, manual=True)
        task.data["answer"] = answer
        task.run()
        workflow.do_engine_steps()
    assert workflow.is_completed(), answers
    return len(workflow.get_tasks(state=state.COMPLETED))


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)))
