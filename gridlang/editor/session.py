"""One client's session: its open texts, the plans they belong to, and what each plan was understood as.

`Plan.understood` is the one way in which the editor compiles; everything else is a function of what it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import attrs

from gridlang.analysis import analyse
from gridlang.cache import remembered
from gridlang.diagnostics import Diagnostic, Level, Outcome
from gridlang.diagnostics.united import united
from gridlang.editor import disk
from gridlang.files import SUFFIX
from gridlang.rehearsal import rehearsed
from gridlang.semantics.again import Again
from gridlang.semantics.build import check
from gridlang.semantics.model import Model
from gridlang.semantics.program import load
from gridlang.semantics.scope import Folder, Scope
from gridlang.semantics.workspace import Workspace
from gridlang.settings import Settings
from gridlang.source import Source, Span
from gridlang.syntax import nodes

MOST_REMEMBERED = 500


@attrs.frozen(eq=False)
class Understood:
    """What a plan's texts mean, however broken they are.

    `model` is None when there is no plan to stand on; beside errors it holds what could be built.
    """

    scope: Scope
    model: Model | None
    problems: tuple[Diagnostic, ...]
    failed: bool
    """Whether any problem is an error: then nothing is rehearsed."""
    cache: dict[str, Any] = attrs.field(factory=dict)
    """What features worked out of it, by their own names."""

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, worked out once for this understanding."""
        if name not in self.cache:
            self.cache[name] = make()
        return self.cache[name]


@attrs.define(eq=False)
class Memory:
    """What is dear to work out, kept while the session lasts; public holidays are kept on the disk too."""

    _known: dict[tuple[str, str], Any] = attrs.field(factory=dict)

    def __call__(self, name: str, key: str, compute: Callable[[], Any], /) -> Any:
        if (name, key) not in self._known:
            while len(self._known) >= MOST_REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[name, key] = remembered(name, key, compute) if name == "holidays" else compute()
        return self._known[name, key]


def understand(workspace: Workspace, remember: Memory, again: Again) -> Understood:
    """Load, check and analyse a plan; rehearsing it takes longer and is asked for by itself (`rehearse`)."""
    loaded = load(workspace, again)
    checked = check(loaded.value, workspace, remember, again)
    problems = (*loaded.problems, *checked.problems)
    failed = any(problem.level is Level.ERROR for problem in problems)
    if checked.value is not None:
        problems = (*problems, *analyse(checked.value, understood=not failed))
        failed = any(problem.level is Level.ERROR for problem in problems)
    return Understood(loaded.value, checked.value, united(problems), failed)


def rehearse(understood: Understood, remember: Memory) -> tuple[Diagnostic, ...]:
    """What a rehearsal shows of a plan without errors."""
    if understood.model is None or understood.failed:
        return ()
    return united(rehearsed(understood.model, remember))


class Files(Workspace, Protocol):
    """What the session asks of a plan's files beside what semantics asks."""

    def forget(self) -> None: ...

    def uri(self, path: str) -> str: ...

    def place(self, path: str) -> str: ...

    def settings(self) -> Outcome[Settings]: ...

    def texts_beside(self, folder: str, ending: str = "") -> tuple[str, ...]: ...


@attrs.define(eq=False)
class Plan:
    """A plan that the session looks at."""

    key: str
    """Its folder, or the address of a text without one."""
    files: Files
    remember: Memory
    again: Again = attrs.field(factory=Again)
    """What the last understanding leaves for the next."""
    stale: bool = True
    sample: str | None = None
    """The sample person that was chosen (see `sample`)."""
    sound: Understood | None = None
    """The last understanding without errors: what is shown of a declaration while it is broken."""
    _understood: Understood | None = None

    def understood(self) -> Understood:
        """What the plan means now."""
        if self._understood is None or self.stale:
            self._understood = understand(self.files, self.remember, self.again)
            self.stale = False
            if not self._understood.failed and self._understood.model is not None:
                self.sound = self._understood
        return self._understood

    def rehearsed(self) -> tuple[Diagnostic, ...]:
        """The findings of a rehearsal of the plan as it is now."""
        understood = self.understood()
        found: tuple[Diagnostic, ...] = understood.once("rehearsal", lambda: rehearse(understood, self.remember))
        return found

    def rehearsal(self) -> tuple[Diagnostic, ...] | None:
        """The same, if it was rehearsed already."""
        found: tuple[Diagnostic, ...] | None = self.understood().cache.get("rehearsal")
        return found

    def holds(self, path: str) -> bool:
        """Whether the plan reads `.grid` files of the folder of an absolute path."""
        home = disk.folder_of(path)
        return any(self.files.place(folder) == home for folder in self.understood().scope.folders if folder != "std")


@attrs.frozen(eq=False)
class Text:
    """A text as a request names it: its plan, its source and its nodes there, and the folder it stands in."""

    plan: Plan
    understood: Understood
    folder: Folder
    file: nodes.File

    @property
    def source(self) -> Source:
        return self.file.source

    @property
    def scope(self) -> Scope:
        return self.understood.scope

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)


@attrs.define(eq=False)
class Session:
    """The open texts by absolute path (or address, where there is no path), and the plans by folder."""

    open: dict[str, str] = attrs.field(factory=dict)
    plans: dict[str, Plan] = attrs.field(factory=dict)
    remember: Memory = attrs.field(factory=Memory)
    options: dict[str, Any] = attrs.field(factory=dict)
    """What the client said when it began: `preview` when it can show one."""
    refresh: bool = False
    """Whether the client should ask for its hints again."""
    versions: dict[str, int | None] = attrs.field(factory=dict)
    """How the client numbers its open texts."""
    _homes: dict[str, str] = attrs.field(factory=dict)
    """By folder: the key of the plan to which its texts belong, until a file comes or goes."""
    _dropped: list[Plan] = attrs.field(factory=list)
    """Folders that were taken for plans until somebody imported them."""
    _uris: dict[str, str] = attrs.field(factory=dict)
    """How the client spells the addresses of its open texts."""

    def key(self, uri: str) -> str:
        """The path of an address; itself where it has none."""
        return disk.path_of(uri) or uri

    def uri(self, plan: Plan, path: str) -> str:
        """The address of a source's path, spelled as the client does."""
        place = plan.files.place(path)
        return self._uris.get(place) or plan.files.uri(path)

    def is_plan_text(self, uri: str) -> bool:
        """Whether an address is of a `.grid` file, or of a new text that is going to be one."""
        return uri.endswith(SUFFIX) or disk.path_of(uri) is None

    def update(self, uri: str, text: str | None, version: int | None = None) -> tuple[Plan, ...]:
        """A text was opened or edited, or (None) closed: the plans that may mean something else now."""
        key = self.key(uri)
        opened = text is not None and key not in self.open
        if text is None:
            self.open.pop(key, None)
            self.versions.pop(key, None)
        else:
            self.open[key] = text
            self.versions[key] = version
            self._uris[key] = uri
        if opened or text is None:
            self._homes.clear()
        if opened and self.is_plan_text(uri):
            self.plan_of(uri)
        return self.touch(key)

    def touch(self, key: str) -> tuple[Plan, ...]:
        """Plans that see a file have to be understood anew."""
        touched = tuple(plan for plan in self.plans.values() if _sees(plan, key))
        for plan in touched:
            plan.stale = True
            if not key.endswith(SUFFIX):
                plan.again.file_changed(key)
        return touched

    def changed_on_disk(self, uris: list[str]) -> tuple[Plan, ...]:
        """Files came, went or were written by somebody else."""
        self._homes.clear()
        touched: dict[str, Plan] = {}
        for uri in uris:
            touched |= {plan.key: plan for plan in self.touch(self.key(uri))}
        for plan in touched.values():
            plan.files.forget()
        return tuple(touched.values())

    def plan_of(self, uri: str) -> Plan:
        """The plan to which a text belongs: the one of its folder, or one beside that imports it."""
        path = disk.path_of(uri)
        if path is None:
            return self._plan(uri, lambda: disk.LooseText(self.open, uri))
        if disk.in_library(path):
            return next(iter(self.plans.values()), None) or self._plan(uri, lambda: disk.LooseText({}, uri))
        folder = disk.folder_of(path)
        known = self.plans.get(self._homes.get(folder, ""))
        if known is None:
            known = self._searched(path, folder)
            self._homes[folder] = known.key
        return known

    def _searched(self, path: str, folder: str) -> Plan:
        """The plan of a folder, or one that imports it; a folder that nobody imports is looked at by itself."""
        own = self.plans.get(folder) or Plan(folder, disk.PlanFiles(folder, self.open), self.remember)
        if own.understood().scope.own("plan"):
            return self.plans.setdefault(folder, own)
        importing = next((plan for plan in self.plans.values() if plan is not own and plan.holds(path)), None)
        importing = importing or (None if folder in self.plans else self._importing(path, folder))
        if importing is None:
            return self.plans.setdefault(folder, own)
        if self.plans.pop(folder, None) is not None:
            self._dropped.append(own)
        return importing

    def _importing(self, path: str, folder: str) -> Plan | None:
        for near in disk.importing_near(folder):
            if near not in self.plans:
                plan = Plan(near, disk.PlanFiles(near, self.open), self.remember)
                if plan.holds(path):
                    self.plans[near] = plan
                    return plan
        return None

    def _plan(self, key: str, files: Callable[[], Files]) -> Plan:
        if key not in self.plans:
            self.plans[key] = Plan(key, files(), self.remember)
        return self.plans[key]

    def text(self, uri: str) -> Text | None:
        """The text that an address means, with what its plan was understood as; None when no plan holds it."""
        key = self.key(uri)
        plan = self._known_plan(uri, key)
        if plan is None:
            return None
        understood = plan.understood()
        for folder in understood.scope.folders.values():
            for file in folder.files:
                if plan.files.place(file.source.path) == key:
                    return Text(plan, understood, folder, file)
        return None

    def _known_plan(self, uri: str, key: str) -> Plan | None:
        """The plan of a text that is open, or that an open text's plan reads; nothing else is looked for."""
        if key in self.open and self.is_plan_text(uri):
            return self.plan_of(uri)
        if disk.in_library(key):
            return next(iter(self.plans.values()), None)
        return next((plan for plan in self.plans.values() if key.endswith(SUFFIX) and plan.holds(key)), None)

    def forgotten(self) -> Iterator[Plan]:
        """Plans of which no text is open any more, and folders that are none: they are let go."""
        while self._dropped:
            yield self._dropped.pop()
        for plan in list(self.plans.values()):
            if not any(_sees(plan, key) for key in self.open):
                del self.plans[plan.key]
                yield plan


def _sees(plan: Plan, key: str) -> bool:
    """Whether a file can have a part in a plan: it stands in one of its folders, or under one as a text."""
    if plan.key == key:
        return True
    understood = plan._understood
    folders = [plan.files.place(path) for path in understood.scope.folders if path != "std"] if understood else []
    if key.endswith(SUFFIX):
        return disk.folder_of(key) in (plan.key, *folders)
    return any(disk.stands_under(key, folder) for folder in (plan.key, *folders))
