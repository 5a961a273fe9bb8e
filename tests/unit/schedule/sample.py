"""A complete schedule, built by hand, for every test that needs one and not the compiler.

`schedule()` is a small family-car plan for 2027 in Copenhagen, in Danish: five phases, two segments, five roles, four
persons (two of them not in the CRM), two maps with influence, levels of relation, channels of every reach (`email`,
`letter` with a lead, `phone` with hours and workdays, `showroom`, `tv` and `press` with leads, `facebook` as audience),
rules of every sort, teams with and without capacity, holidays of Easter and Christmas, a company holiday, a working
Saturday and a blackout. Its campaigns:

- `dream` (mass; owner marketing; starts 2027-03-01): two `show` and one `show` of a draft
- `invite` (contact, target): `send` with `or`, `ask`, `task` with counted jump and overdue, `notify`, `wait`, `move`
- `close_the_sale` (sale, target; starts by an event; goal; holdout): `task`, `wait`, `choose`, `send else`,
  `wait_for`, `move`
- `loyalty` (loyalty, target; reentry once): `wait_until` in its three ways, `split`, audience `send`, `stop`,
  `repeat` with a body

so all fourteen kinds of step stand in it, and every kind of expression. `place(n)` numbers its places: line n of
`plan.grid`. `campaign(schedule, name)` finds one; `attrs.evolve` makes variants. Nothing here has gone through the
checker, and no test should lean on its marketing.
"""

from __future__ import annotations

import functools

from gridlang.schedule import expressions as e
from gridlang.schedule import model as m
from gridlang.schedule import steps as s

LINES = 120


@functools.cache
def schedule() -> m.Schedule:
    return m.Schedule(
        plan=m.Plan(
            name="family_car",
            place=0,
            title="Familiebil 2027",
            doc="Fra drøm til genkøb.",
            starts="2027-01-04",
            ends="2027-12-31",
            timezone="Europe/Copenhagen",
            locale="da",
            currency="DKK",
            seed="family_car",
            budget="1450000 DKK",
        ),
        journey=_journey(),
        relations=_relations(),
        roles=(
            m.Role(name="initiator", place=1),
            m.Role(name="user", place=2),
            m.Role(name="influencer", place=3),
            m.Role(name="approver", place=4, decides=True),
            m.Role(name="target", place=5),
        ),
        segments=_segments(),
        persons=_persons(),
        maps=_maps(),
        person_fields=_person_fields(),
        account_fields=(m.Field(name="region", place=24, type="Text", optional=True),),
        events=_events(),
        channels=_channels(),
        rules=_rules(),
        messages=_messages(),
        needs=(
            m.Need(name="safety", place=50, title="At alle kommer hjem"),
            m.Need(name="freedom", place=50),
        ),
        barriers=(m.Barrier(name="price", place=51, title="Er den for dyr?"),),
        teams=(
            m.Team(
                name="sales_desk",
                place=52,
                title="Salg",
                members=("mette@example.dk", "jonas@example.dk"),
                hours=(m.Hours(start="09:00", end="17:00", place=53),),
                days=m.Days(workdays=True, weekdays=(), place=53),
                capacity="25 per calendar day",
                capacity_place=53,
            ),
            m.Team(name="marketing", place=54, members=("lise@example.dk",)),
        ),
        calendar=_calendar(),
        campaigns=(_dream(), _invite(), _close_the_sale(), _loyalty()),
        kpis=(
            m.Kpi(
                name="orders",
                place=60,
                title="Ordrer",
                counts="ordered",
                aim="40 per calendar quarter",
                responsible="sales_desk",
                reward="Middag for holdet",
            ),
        ),
        places=tuple(
            m.Place(file="plan.grid", line=line + 1, column=1, declaration="plan family_car") for line in range(LINES)
        ),
        sources=(m.SourceFile(path="plan.grid", sha256="0" * 64),),
    )


def campaign(of: m.Schedule, name: str) -> m.Campaign:
    return next(each for each in of.campaigns if each.name == name)


def _journey() -> m.Journey:
    return m.Journey(
        name="car_journey",
        place=6,
        start="awareness",
        phases=(
            m.Phase(name="awareness", place=6, title="Kendskab", feelings=("nysgerrig",)),
            m.Phase(name="contact", place=6, title="Kontakt", needs=("freedom",)),
            m.Phase(name="sale", place=6, title="Salg", barriers=("price",), triggers=("Bilen skal til syn",)),
            m.Phase(name="standby", place=6, title="Stand-by", resting=True),
            m.Phase(name="loyalty", place=6, title="Loyalitet", resting=True, purpose="De køber igen"),
        ),
        transitions=(
            m.Transition(source="awareness", target="contact", events=("clicked",), place=7),
            m.Transition(source="contact", target="sale", events=("meeting_booked",), place=8),
            m.Transition(source="contact", target="standby", events=("declined",), place=9),
            m.Transition(source="sale", target="standby", events=(), place=9),
            m.Transition(source="standby", target="sale", events=("replied", "clicked"), place=9),
            m.Transition(source="sale", target="loyalty", events=("ordered",), place=9),
            m.Transition(source="loyalty", target="sale", events=("lease_ends_soon",), place=9),
        ),
    )


def _relations() -> tuple[m.Relation, ...]:
    purchases = e.Count("account", "purchase", within="24mo")
    return (
        m.Relation(name="prospect", place=10),
        m.Relation(name="first_purchase", place=10, when=e.Compare(">=", purchases, e.Value("Int", "1"))),
        m.Relation(
            name="loyal",
            place=10,
            when=e.All(
                (
                    e.Compare(">=", e.Count("account", "purchase"), e.Value("Int", "4")),
                    e.Compare("<", e.Since("account", "purchase"), e.Value("Duration", "12mo")),
                )
            ),
            contact_every="3mo",
        ),
    )


def _segments() -> tuple[m.Segment, ...]:
    registered = e.Attribute("person", "first_registered", "Date")
    older = e.All((e.Has(registered), e.Compare(">=", e.Age(registered), e.Value("Duration", "6y"))))
    children = e.Compare(
        ">=",
        e.Arithmetic("+", e.Attribute("person", "children", "Int"), e.Value("Int", "0")),
        e.Value("Int", "1"),
    )
    return (
        m.Segment(
            name="growing_families",
            place=11,
            title="Børnefamilier med ældre bil",
            where=e.All((children, e.AnyOf((e.Ever("account", "ordered"), older)))),
            size=12000,
        ),
        m.Segment(name="everyone_else", place=12, title="Øvrige husstande", size=30000),
    )


def _persons() -> tuple[m.Person, ...]:
    household = e.Attribute("person", "household_role", "Text")
    return (
        m.Person(
            name="father",
            place=13,
            title="Far",
            when=e.Compare("==", household, e.Value("Text", "father")),
            criteria=("økonomi", "plads"),
        ),
        m.Person(
            name="mother",
            place=14,
            title="Mor",
            when=e.Among(household, (e.Value("Text", "mother"), e.Value("Text", "stepmother"))),
            motive=("safety",),
        ),
        m.Person(name="teenager", place=15, title="Teenagesønnen", known=False, motive=("freedom",)),
        m.Person(name="friend", place=15, title="Vennen", known=False, attitude=("vil være eksperten",)),
    )


def _maps() -> tuple[m.Map, ...]:
    return (
        m.Map(
            name="first_talk",
            place=16,
            title="Kontaktfasen",
            segments=("growing_families",),
            phases=("awareness", "contact"),
            parts=(
                m.Part(person="father", roles=("target", "approver"), place=17),
                m.Part(person="mother", roles=("user", "influencer"), place=18),
            ),
            influence=(m.Influence(source="mother", target="father", strength="strong", place=19),),
        ),
        m.Map(
            name="decision",
            place=20,
            title="Salgsfasen",
            segments=("growing_families",),
            phases=("sale", "standby"),
            parts=(
                m.Part(person="father", roles=("target", "approver"), place=20),
                m.Part(person="mother", roles=("user", "influencer"), place=20),
                m.Part(person="teenager", roles=("initiator", "user"), place=20),
                m.Part(person="friend", roles=("influencer",), place=20),
            ),
            influence=(
                m.Influence(source="mother", target="father", strength="strong", place=21),
                m.Influence(source="teenager", target="mother", strength="weak", place=21),
                m.Influence(source="friend", target="father", strength="normal", place=21),
            ),
            barriers=("price",),
        ),
    )


def _person_fields() -> tuple[m.Field, ...]:
    return (
        m.Field(name="first_name", place=22, type="Text"),
        m.Field(name="email", place=22, type="Text", optional=True),
        m.Field(name="mobile", place=22, type="Text", optional=True),
        m.Field(name="address", place=22, type="Text", optional=True),
        m.Field(name="household_role", place=22, type="Text", options=("father", "mother", "stepmother", "child")),
        m.Field(name="first_registered", place=22, type="Date", optional=True),
        m.Field(name="children", place=22, type="Int"),
        m.Field(name="lease_ends", place=22, type="Date", optional=True),
        m.Field(name="consent", place=23, type="List", of="channel"),
    )


def _events() -> tuple[m.Event, ...]:
    lease_ends = e.Attribute("person", "lease_ends", "Date")
    amount = m.Field(name="amount", place=25, type="Money", currency="DKK", optional=True)
    return (
        m.Event(name="purchase", place=25, carries=(amount,)),
        m.Event(name="replied", place=26, channels=("email", "letter")),
        m.Event(name="clicked", place=27, channels=("email", "web")),
        m.Event(name="declined", place=27, channels=("email",)),
        m.Event(name="meeting_booked", place=28, title="Møde booket", channels=("web", "phone")),
        m.Event(
            name="ordered", place=29, title="Ordre lagt", ancestors=("purchase",), channels=("phone", "showroom", "web")
        ),
        m.Event(name="lease_ends_soon", place=30, title="Leasing udløber", date=e.Shift(lease_ends, -1, "120d")),
        m.Event(
            name="big_order",
            place=30,
            when=e.Compare(">", e.Last("person", "ordered", "amount", "Money"), e.Value("Money", "300000 DKK")),
        ),
    )


def _channels() -> tuple[m.Channel, ...]:
    workdays = m.Days(workdays=True, weekdays=(), place=33)
    business = (m.Hours(start="09:00", end="17:00", place=34),)
    return (
        m.Channel(
            name="email",
            place=31,
            title="E-mail",
            address="email",
            consent="consent",
            quiet=(m.Hours(start="20:00", end="08:00", place=32),),
        ),
        m.Channel(name="letter", place=33, address="address", lead="3 workdays", days=workdays, cost="25 DKK"),
        m.Channel(
            name="phone",
            place=34,
            address="mobile",
            consent="consent",
            hours=(m.Hours(start="09:00", end="20:00", place=34),),
            days=workdays,
            cap=m.Cap(rate="1 per calendar day", place=34, channels=("phone",)),
            on_cap="skip",
            patience="21d",
        ),
        m.Channel(name="meeting", place=35, hours=business, days=workdays),
        m.Channel(
            name="showroom",
            place=36,
            title="Forhandleren",
            ancestors=("meeting",),
            hours=business,
            days=workdays,
            cost="350 DKK",
        ),
        m.Channel(name="web", place=37, title="Website", reach=("mass",), inbound=True),
        m.Channel(name="tv", place=38, title="TV", reach=("mass",), lead="6w"),
        m.Channel(name="press", place=39, title="Presse", reach=("mass",), lead="2w"),
        m.Channel(name="facebook", place=39, title="Facebook", reach=("mass", "audience")),
    )


def _rules() -> tuple[m.Rule, ...]:
    return (
        m.Rule(
            name="calm_standby",
            place=40,
            title="Stand-by må ikke virke anmassende",
            phases=("standby",),
            forbid=("phone", "meeting", "showroom"),
            cap=m.Cap(rate="1 per 14d", place=41),
        ),
        m.Rule(
            name="contact_pressure",
            place=42,
            title="Højst tre henvendelser om ugen",
            cap=m.Cap(rate="3 per 7d", place=42, per_account=True),
        ),
        m.Rule(
            name="night",
            place=43,
            channels=("phone",),
            segments=("growing_families",),
            roles=("influencer",),
            quiet=(m.Hours(start="17:00", end="09:00", place=43),),
            when=e.Not(e.Has(e.Attribute("person", "mobile", "Text"))),
        ),
        m.Rule(
            name="first_things_first",
            place=44,
            order=(m.Order(first="invitation", then="offer", place=44),),
        ),
    )


def _messages() -> tuple[m.Message, ...]:
    return (
        m.Message(name="dream_film", place=45, title="Drømmen om weekenden", wording=m.Wording(), wakes=("freedom",)),
        m.Message(name="poster", place=45, title="Plakaten", wording=m.Wording(), draft=True),
        m.Message(
            name="invitation",
            place=46,
            title="Invitation til prøvetur",
            wording=m.Wording(subject="{{ first_name }}, prøv den", body="Kære {{ first_name }}\n"),
            languages={"en": m.Wording(subject="{{ first_name }}, try it", body="Dear {{ first_name }}\n")},
        ),
        m.Message(
            name="call_script",
            place=47,
            title="Ring og aftal en prøvetur",
            wording=m.Wording(script="Spørg til hunden\n"),
        ),
        m.Message(
            name="offer",
            place=48,
            title="=Regnestykket",
            wording=m.Wording(subject="Regnestykket"),
            answers=("price",),
            draft=True,
        ),
        m.Message(
            name="news", place=49, title="Nyhedsbrev", wording=m.Wording(subject="Nyt", body="Nyt fra værkstedet\n")
        ),
    )


def _calendar() -> m.Calendar:
    return m.Calendar(
        name="denmark",
        place=55,
        title="Danmark",
        country="DK",
        holidays=(
            m.Holiday(date="2027-01-01", name="Nytårsdag"),
            m.Holiday(date="2027-03-25", name="Skærtorsdag"),
            m.Holiday(date="2027-03-26", name="Langfredag"),
            m.Holiday(date="2027-03-28", name="Påskedag"),
            m.Holiday(date="2027-03-29", name="Anden påskedag"),
            m.Holiday(date="2027-05-06", name="Kristi himmelfartsdag"),
            m.Holiday(date="2027-12-25", name="Juledag"),
            m.Holiday(date="2027-12-26", name="Anden juledag"),
        ),
        closed=(m.Stretch(start="2027-12-24", end="2027-12-24", name="Juleaften", place=56),),
        open=(m.Stretch(start="2027-11-27", end="2027-11-27", name="Åbent hus", place=57),),
        blackout=(m.Stretch(start="2027-07-12", end="2027-07-18", name="Sommerferie", place=58),),
        named={"open_house": ("2027-04-17", "2027-11-27")},
    )


def _dream() -> m.Campaign:
    return m.Campaign(
        name="dream",
        place=61,
        title="Kendskab: filmen",
        segments=("growing_families",),
        phases=("awareness",),
        starts=m.Starts(place=62, date=e.Value("Date", "2027-03-01")),
        owner="marketing",
        mass=True,
        steps=(
            s.Show(
                id="show:tv:dream_film",
                place=63,
                next="show:press:dream_film",
                channel="tv",
                message="dream_film",
                duration="3w",
                budget="600000 DKK",
            ),
            s.Show(
                id="show:press:dream_film",
                place=64,
                next="show:facebook:poster",
                channel="press",
                message="dream_film",
                duration="2w",
            ),
            s.Show(id="show:facebook:poster", place=65, channel="facebook", message="poster", duration="10d"),
        ),
    )


def _invite() -> m.Campaign:
    return m.Campaign(
        name="invite",
        place=66,
        title="Kontakt: mødeinvitation",
        doc="Han inviteres; svarer han ikke, bliver han ringet op.",
        segments=("growing_families",),
        phases=("contact",),
        roles=("target",),
        addressed=(("first_talk", "father"),),
        steps=(
            s.Send(
                id="invite",
                place=67,
                label="invite",
                next="ask:Booker han selv et møde?",
                channels=("email", "letter"),
                message="invitation",
                at="09:00",
            ),
            s.Ask(
                id="ask:Booker han selv et møde?",
                place=68,
                question="Booker han selv et møde?",
                within="5d",
                arms=(s.EventArm(events=("meeting_booked",), next="move:1", place=69),),
                nothing="call",
                nothing_place=70,
            ),
            s.Move(id="move:1", place=69, phase="sale"),
            s.Task(
                id="call",
                place=71,
                label="call",
                next="pool",
                channel="phone",
                message="call_script",
                team="sales_desk",
                due="2 workdays",
                arms=(
                    s.OutcomeArm(outcomes=("meeting_booked",), next="move:1", place=72),
                    s.OutcomeArm(outcomes=("no_time", "ferie"), next="pool", place=73),
                    s.OutcomeArm(outcomes=("no_answer",), next="wait:1", place=74),
                ),
                has_overdue=True,
                overdue="notify:1",
                overdue_place=75,
            ),
            s.Wait(id="wait:1", place=74, next="jump:1", duration="2 workdays"),
            s.Jump(id="jump:1", place=74, next="call", times=3, otherwise="pool"),
            s.Notify(id="notify:1", place=75, next="pool", team="sales_desk", text="Ingen nåede at ringe"),
            s.Wait(id="pool", place=76, label="pool", next="invite", duration="60d", was="puljen"),
        ),
    )


def _close_the_sale() -> m.Campaign:
    registered = e.Attribute("person", "first_registered", "Date")
    return m.Campaign(
        name="close_the_sale",
        place=80,
        title="Salg",
        segments=("growing_families",),
        phases=("sale",),
        roles=("target",),
        starts=m.Starts(place=81, event="meeting_booked", until=e.Value("Date", "2027-11-30")),
        goal=m.Goal(event="ordered", within="90d", place=82),
        priority=80,
        holdout=1000,
        patience="7d",
        steps=(
            s.Task(
                id="task:showroom:offer",
                place=83,
                next="wait:1",
                channel="showroom",
                message="offer",
                team="sales_desk",
                due="5 workdays",
                arms=(s.OutcomeArm(outcomes=("lost",), next="give_up", place=84),),
            ),
            s.Wait(id="wait:1", place=85, next="choose:Hvad tvivler han på?", duration="3 workdays"),
            s.Choose(
                id="choose:Hvad tvivler han på?",
                place=86,
                next="wait_for:1",
                question="Hvad tvivler han på?",
                arms=(
                    s.PredicateArm(
                        when=e.Between(
                            registered,
                            e.Value("Date", "2000-01-01"),
                            e.Value("Date", "2017-12-31"),
                            inclusive=True,
                        ),
                        next="send:letter:invitation",
                        place=87,
                    ),
                ),
                otherwise="send:email:offer",
                otherwise_place=88,
            ),
            s.Send(
                id="send:letter:invitation", place=87, next="wait_for:1", channels=("letter",), message="invitation"
            ),
            s.Send(
                id="send:email:offer",
                place=88,
                next="wait_for:1",
                channels=("email",),
                message="offer",
                skipped="give_up",
            ),
            s.WaitFor(id="wait_for:1", place=89, next="give_up", event="ordered", role="approver", within="10d"),
            s.Move(id="give_up", place=90, label="give_up", phase="standby"),
        ),
    )


def _loyalty() -> m.Campaign:
    large = e.Compare(">", e.Payload("amount", "Money"), e.Value("Money", "300000 DKK"))
    return m.Campaign(
        name="loyalty",
        place=91,
        title="Loyalitet",
        phases=("loyalty",),
        roles=("target", "user"),
        relations=("first_purchase", "loyal"),
        reentry="once",
        owner="marketing",
        was="welcome_home",
        steps=(
            s.WaitUntil(id="wait_until:1", place=92, next="wait_until:2", weekday=1, at="10:00"),
            s.WaitUntil(id="wait_until:2", place=93, next="wait_until:3", days=("2027-04-17", "2027-11-27")),
            s.WaitUntil(
                id="wait_until:3",
                place=94,
                next="split:Brev eller mail?",
                when=e.Shift(e.Last("person", "ordered", "at", "DateTime", large), 1, "30d"),
            ),
            s.Split(
                id="split:Brev eller mail?",
                place=95,
                next="send:facebook:dream_film",
                question="Brev eller mail?",
                arms=(
                    s.ShareArm(share=5000, next="send:facebook:dream_film", place=96),
                    s.ShareArm(share=5000, next="stop:1", place=97),
                ),
            ),
            s.Stop(id="stop:1", place=97),
            s.Send(
                id="send:facebook:dream_film",
                place=98,
                next="repeat:1",
                channels=("facebook",),
                message="dream_film",
                duration="30d",
            ),
            s.Repeat(
                id="repeat:1",
                place=99,
                every="4w",
                body="send:email:news",
                body_steps=("send:email:news",),
                weekday=1,
                at="10:00",
                start="2027-02-02",
            ),
            s.Send(id="send:email:news", place=100, channels=("email",), message="news"),
        ),
    )
