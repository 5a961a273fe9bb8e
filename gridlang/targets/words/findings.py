"""The kinds of findings for readers of a page: what it is called, why it matters, and the way out, in their language.

The check speaks English and of one place; these sentences speak of the kind, so that a page in another language says
something to those who do not read the compiler's.
"""

from __future__ import annotations

import attrs

from gridlang.targets.words import phrase


@attrs.frozen
class Kind:
    """A kind of finding: a heading, a reason and a way out, each a text of the catalogue."""

    title: str
    why: str
    way_out: str


KINDS = {
    "G0119": Kind(
        phrase("A text that belongs to nothing"),
        phrase("What was written for the readers of the plan reaches none of them."),
        phrase("Move it to what it is about."),
    ),
    "G0218": Kind(
        phrase("A name that hides the library's"),
        phrase("Whoever knows the library's meaning may read another into it."),
        phrase("Choose another name if that was not meant."),
    ),
    "G0316": Kind(
        phrase("An attribute that may be missing"),
        phrase("People without it silently fall out here."),
        phrase("Ask first whether it is known."),
    ),
    "G0325": Kind(
        phrase("Braces that put nothing in"),
        phrase("The customer would read the braces."),
        phrase("Write two pairs of braces."),
    ),
    "L0101": Kind(
        phrase("Somebody the approver listens to hears nothing"),
        phrase("The sale then depends on somebody we have said nothing to."),
        phrase("Add a campaign for them in this phase."),
    ),
    "L0102": Kind(
        phrase("An empty cell"),
        phrase("Everybody around the buyer is somewhere in the grid, and nothing is said to those here."),
        phrase("Add a campaign for this cell."),
    ),
    "L0103": Kind(
        phrase("A barrier that no message answers"),
        phrase("We know what holds customers back, and never speak of it."),
        phrase("Say on the message that does so that it answers it."),
    ),
    "L0104": Kind(
        phrase("A phase in which the dialogue can fall silent"),
        phrase("The dialogue should never end by itself; whoever is forgotten here stays forgotten."),
        phrase("Let the last arm lead on, or keep in touch at intervals."),
    ),
    "L0105": Kind(
        phrase("Accounts that no segment takes"),
        phrase("Who fits none of the conditions falls out of the plan."),
        phrase("Add a segment for everybody else."),
    ),
    "L0106": Kind(
        phrase("Work that must begin before the plan does"),
        phrase("The medium takes longer from the order to the first day than there is time for."),
        phrase("Let it start later, or order it now."),
    ),
    "L0107": Kind(
        phrase("Something declared that nothing uses"),
        phrase("Whoever reads the plan takes it for part of it."),
        phrase("Use it, or delete it."),
    ),
    "L0108": Kind(
        phrase("Media for more than the budget"),
        phrase("Money would be spent that nobody has granted."),
        phrase("Show for a shorter time, or raise the budget."),
    ),
    "L0109": Kind(
        phrase("A cap that is longer than the patience"),
        phrase("A touch that finds no room is dropped before room can come."),
        phrase("Give the channel more patience, or say that it is meant to be dropped."),
    ),
    "L0110": Kind(
        phrase("Two arms that hold for the same people"),
        phrase("Whoever reads the flowchart cannot see which arrow these people take."),
        phrase("Make the second arm say what the first leaves."),
    ),
    "L0111": Kind(
        phrase("Segments that overlap"),
        phrase("The sizes of the two would count the same accounts twice."),
        phrase("Say in the second what the first leaves."),
    ),
    "L0112": Kind(
        phrase("A chosen day on which the channel is closed"),
        phrase("The customer hears from us on another day than the one that was chosen."),
        phrase("Open the channel on that day, or choose another."),
    ),
    "L0113": Kind(
        phrase("A wait that can end while the channel is closed"),
        phrase("What follows then comes later than it was written."),
        phrase("Wait in working days if their number is what counts."),
    ),
    "L0114": Kind(
        phrase("A campaign that reaches nobody"),
        phrase("Only those to whom the CRM itself gives the role would hear anything."),
        phrase("Add a map that gives somebody the role, or leave the role out."),
    ),
    "L0115": Kind(
        phrase("A rule that asks for nothing"),
        phrase("Its readers would count on something that nobody is held to."),
        phrase("Say what it forbids or limits."),
    ),
    "L0116": Kind(
        phrase("A task for a team without members"),
        phrase("It would stand in no colleague's list."),
        phrase("Name the members of the team."),
    ),
    "L0117": Kind(
        phrase("An answer that the journey uses up"),
        phrase("The journey acts on it before the flow can, so this arm is never taken there."),
        phrase("Give the phase a campaign of its own, or take the event from the journey's arrow."),
    ),
    "L0118": Kind(
        phrase("A conversation that is nobody's work"),
        phrase("Only a task stands in a colleague's list, with a deadline, and brings back what came of it."),
        phrase("Make it a task."),
    ),
    "L0119": Kind(
        phrase("A channel that takes longer than it is waited for"),
        phrase("Both are counted from the moment the message is ready, so it is dropped."),
        phrase("Give it more patience, or a shorter lead."),
    ),
    "L0120": Kind(
        phrase("A team that is never at work while the channel is open"),
        phrase("A task waits for both, so nobody gets it."),
        phrase("Let their hours and days meet, or choose another team."),
    ),
    "L0121": Kind(
        phrase("A blackout longer than the patience"),
        phrase("What is ready then is not put off: it is dropped."),
        phrase("Give the channel more patience, or make the blackout shorter."),
    ),
    "L0122": Kind(
        phrase("A touch that a rule forbids to some"),
        phrase("For them it waits until the rule no longer holds, and is dropped when that takes too long."),
        phrase("Ask before it whom it may reach, if the others should get something else."),
    ),
    "L0201": Kind(
        phrase("The plan runs into its own cap"),
        phrase("So much can come to one person at once that the plan itself puts a touch off or drops it."),
        phrase("Put a wait before it, lower what comes before, or raise the cap."),
    ),
    "L0301": Kind(
        phrase("A finding that is allowed without a reason"),
        phrase("Whoever reads the plan next cannot tell a decision from an oversight."),
        phrase("Write the reason behind it."),
    ),
    "L0302": Kind(
        phrase("A remark that allows what is not there"),
        phrase("It hides the next finding of its kind, on which nobody has decided."),
        phrase("Remove it."),
    ),
    "L0303": Kind(
        phrase("A remark that allows something unknown"),
        phrase("It allows nothing, though its writer counts on it."),
        phrase("Write the name of a kind of finding."),
    ),
    "L0304": Kind(
        phrase("A remark that the compiler does not understand"),
        phrase("What was meant by it does not happen."),
        phrase("Mend its words, or let it begin otherwise."),
    ),
}
"""By code: every warning and note about a plan."""
