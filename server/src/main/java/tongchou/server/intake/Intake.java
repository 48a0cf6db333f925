package tongchou.server.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.AccountUse;
import tongchou.api.http.ClassTotals;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.EncounterFacts;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.Fault;
import tongchou.api.http.LineFacts;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.ReferralFacts;
import tongchou.api.http.Refused;
import tongchou.api.http.SettlementRequest;
import tongchou.api.http.SumFacts;
import tongchou.core.alliance.Institution;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.judging.Judgement;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.policy.Axis;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;
import tongchou.core.settlement.YearToDate;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.storage.Person;

/// Turns requests into claims and has them settled (受理). It stores nothing and reads no clock.
public final class Intake {

    static final Set<Care> STAYS = Set.of(Care.INPATIENT, Care.DAY_SURGERY, Care.HOME_BED);
    private static final Map<String, Integer> USUAL_AGES = Map.of("ACTIVE", 45, "RETIRED", 70, "CHILD", 4, "PUPIL", 12,
            "STUDENT", 20, "ADULT", 45, "ELDERLY", 70);

    private final Packs packs;
    private final Applicable applicable;
    private final Pricing pricing;

    /// An intake that settles by these packs, whether they are in force or not.
    public Intake(Packs packs) {
        this(packs, new Applicable(packs, null, null), Pricing.AS_CHARGED);
    }

    /// An intake that settles by the rules of one of these packs, whatever another has taken over since.
    ///
    /// @param pack its id
    /// @param pricing at which prices
    public Intake(Packs packs, String pack, Pricing pricing) {
        this(packs, new Applicable(packs, null, pack), pricing);
    }

    /// An intake that settles by the versions that are in force, where only such book.
    public Intake(Packs packs, @Nullable PackSwitch packSwitch) {
        this(packs, new Applicable(packs, packSwitch, null), Pricing.AS_CHARGED);
    }

    private Intake(Packs packs, Applicable applicable, Pricing pricing) {
        this.packs = packs;
        this.applicable = applicable;
        this.pricing = pricing;
    }

    /// Checks what can be checked without the book.
    ///
    /// @param booking whether the request is to be booked, which needs a key, a member and an institution of the book
    /// @throws Refused with everything that is wrong
    public void check(SettlementRequest request, boolean booking) {
        var faults = new ArrayList<Fault>();
        if (booking) {
            required(request.key(), "key", faults);
            required(request.member(), "member", faults);
            required(request.institution(), "institution", faults);
            forbidden(request.person(), "person", faults);
            forbidden(request.institutionFacts(), "institution_facts", faults);
            forbidden(request.yearToDate().isEmpty() ? null : request.yearToDate(), "year_to_date", faults);
        } else {
            either(request.member(), "member", request.person(), "person", faults);
            either(request.institution(), "institution", request.institutionFacts(), "institution_facts", faults);
            if (request.member() != null) {
                forbidden(request.yearToDate().isEmpty() ? null : request.yearToDate(), "year_to_date", faults);
            }
        }
        sums(request.yearToDate(), faults);
        CareRules.check(request.encounter(), faults);
        var sum = request.lines().stream().mapToLong(LineFacts::amountFen).sum();
        if (sum != request.totalFen()) {
            faults.add(Fault.of(ProblemCode.TOTAL_DIFFERS, "total_fen", Long.toString(request.totalFen()),
                    "明细合计 " + sum, "the sum of the lines, " + sum));
        }
        giveUpOn(faults);
    }

    private static void sums(List<SumFacts> sums, List<Fault> faults) {
        for (var i = 0; i < sums.size(); i++) {
            either(sums.get(i).sumFen(), "year_to_date[" + i + "].sum_fen", sums.get(i).stays(),
                    "year_to_date[" + i + "].stays", faults);
        }
    }

    /// Settles a claim without booking it (预结算).
    ///
    /// @param records where the member and the institution are looked up when the request does not describe them
    /// @throws Refused with everything that is wrong
    public Settled preview(SettlementRequest request, Records records) {
        check(request, false);
        var faults = new ArrayList<Fault>();
        var token = request.member();
        var person = token == null ? given(request) : records.person(token).orElse(null);
        if (person == null) {
            faults.add(unknownMember(Objects.requireNonNull(token), 422, "member"));
        }
        var institution = institution(request, records, faults);
        giveUpOn(faults);
        var at = Objects.requireNonNull(institution);
        var yearToDate = token == null ? YearToDate.NOTHING : records.yearToDate(token);
        var name = at.code() + "/" + Objects.requireNonNullElse(request.key(), "preview");
        return settle(request, Objects.requireNonNull(person), at, name, yearToDate);
    }

    private Person given(SettlementRequest request) {
        var facts = Objects.requireNonNull(request.person());
        var standings = Facts.standings(facts.standings(), "person.standings", facts.birth());
        DivisionCodes.check(standings, packs.library().divisions(), "person.standings");
        return new Person(new Member("preview", facts.birth()), standings, Facts.purse(facts.account()), List.of());
    }

    private @Nullable Institution institution(SettlementRequest request, Records records, List<Fault> faults) {
        if (request.institutionFacts() != null) {
            var facts = Facts.institution(request.institutionFacts(), "institution_facts");
            DivisionCodes.check(facts, packs.library().divisions(), "institution_facts");
            return facts;
        }
        var code = Objects.requireNonNull(request.institution());
        var institution = records.institution(code, lastDay(request)).orElse(null);
        if (institution == null) {
            faults.add(unknownInstitution(code, lastDay(request), records));
        }
        return institution;
    }

    /// The day on which the institution must be in force: the visit or the discharge.
    public static LocalDate lastDay(SettlementRequest request) {
        return Objects.requireNonNullElse(request.encounter().to(), request.encounter().from());
    }

    /// The fault of an institution that nobody knows, or that is known but not on this day.
    public static Fault unknownInstitution(String code, LocalDate day, Records records) {
        return records.knows(code) ? Replies.fault(notInForce(code, day))
                : unknownInstitution(code, 422, "institution");
    }

    /// The fault of an institution that nobody knows.
    public static Fault unknownInstitution(String code, int status, String field) {
        return Fault.of(ProblemCode.UNKNOWN_INSTITUTION, status, field, code, "已登记的机构编码",
                "the code of a registered institution");
    }

    /// The fault of a member nobody knows.
    public static Fault unknownMember(String token, int status, String field) {
        return Fault.of(ProblemCode.UNKNOWN_MEMBER, status, field, token, "已登记的参保人代号",
                "the token of a registered member");
    }

    private static Refusal notInForce(String code, LocalDate day) {
        return new Refusal(RefusalCode.INSTITUTION_NOT_IN_FORCE, "institution", code + " " + day,
                "机构资料在 " + day + " 有效", "an institution whose data hold on " + day);
    }

    /// Settles a claim of the book or of a preview.
    ///
    /// @param person who, with standings and account money
    /// @param institution where
    /// @param name the encounter's name
    /// @throws Refused when the encounter begins before the person's birth
    public Settled settle(SettlementRequest request, Person person, Institution institution, String name,
            YearToDate yearToDate) {
        var known = known(request.knownOn());
        var purse = purse(person.purse(), request.account());
        var encounter = request.encounter();
        Facts.notBefore(person.member().birth(), encounter.from(), "encounter.from");
        var to = Objects.requireNonNullElse(encounter.to(), encounter.from());
        var standing = on(person, to).or(() -> on(person, encounter.from())).orElse(null);
        if (standing == null) {
            return Settled.before(notInsured(to));
        }
        var first = find(request, person.member(), standing, institution, name, purse, known);
        if (!standing.inForce().covers(first.day())) {
            // The day that binds is another than the last: the standing of that day counts.
            var other = on(person, first.day()).orElse(null);
            first = other == null ? first : find(request, person.member(), other, institution, name, purse, known);
        }
        return first.refusal() != null ? Settled.before(first.refusal())
                : settle(first, known, yearToDate, request.yearToDate());
    }

    /// A claim with the rules found for it, or the refusal to go on.
    private record Ready(@Nullable Claim claim, @Nullable Waterfalls rules, LocalDate day,
            @Nullable Judgement judgement, @Nullable Refusal refusal) {

        static Ready refused(LocalDate day, @Nullable Refusal refusal) {
            return new Ready(null, null, day, null, refusal);
        }
    }

    private Ready find(SettlementRequest request, Member member, Standing standing, Institution institution,
            String name, Purse purse, KnownOn known) {
        var encounter = request.encounter();
        var to = Objects.requireNonNullElse(encounter.to(), encounter.from());
        // Which rules apply does not depend on the lines; what the lines are may depend on the rules.
        var draft = new Claim(name, member, standing, institution, encounter(request, List.of()), purse);
        var choice = applicable.of(draft, known).orElse(null);
        if (choice == null) {
            return Ready.refused(to,
                    unknownArea(standing.area(), request.person() == null ? "member" : "person.standings"));
        }
        var rules = choice.rules();
        var found = choice.found();
        if (found.refusal() != null) {
            return Ready.refused(found.day(), found.refusal());
        }
        var judged = judge(rules, request.lines(), draft, found.day(), known, encounter.clinical());
        return judged.refusal() != null ? Ready.refused(found.day(), judged.refusal()) : new Ready(new Claim(name,
                member, standing, institution, encounter(request, judged.lines()), purse), rules, found.day(), judged,
                null);
    }

    private Settled settle(Ready ready, KnownOn known, YearToDate yearToDate, List<SumFacts> sums) {
        var claim = Objects.requireNonNull(ready.claim());
        var rules = Objects.requireNonNull(ready.rules());
        var start = yearToDate;
        if (!sums.isEmpty()) {
            start = start(claim, rules, ready.day(), known, sums);
        }
        return new Settled(rules.settle(claim, start, known, new Workings()), ready.judgement(),
                packs.holding(rules.policy()).documents(rules.policy().pack()));
    }

    private YearToDate start(Claim claim, Waterfalls rules, LocalDate day, KnownOn known, List<SumFacts> sums) {
        var waterfall = Objects.requireNonNull(rules.find(claim, known).waterfall());
        var keys = waterfall.keys(claim, day);
        var start = new HashMap<Counter.Key, Long>();
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < sums.size(); i++) {
            var sum = sums.get(i);
            var unit = sum.stays() == null ? Counter.Unit.FEN : Counter.Unit.STAYS;
            var value = Objects.requireNonNullElse(sum.stays(), sum.sumFen());
            var before = start.size();
            for (var slot = 0; slot < keys.size(); slot++) {
                if (keys.get(slot).name().equals(sum.counter()) && waterfall.counters().get(slot).unit() == unit) {
                    start.put(keys.get(slot), value);
                }
            }
            if (start.size() == before) {
                var names = waterfall.counters().stream().map(Counter::name).distinct().toList();
                faults.add(Fault.of(ProblemCode.UNKNOWN_COUNTER, "year_to_date[" + i + "].counter", sum.counter(),
                        "以下之一，每项一次：" + String.join("、", names),
                        "one of these, each once: " + String.join(", ", names)));
            }
        }
        giveUpOn(faults);
        return new YearToDate(start);
    }

    /// Answers the benefit calculator.
    ///
    /// @throws Refused when fields contradict each other
    public Settled estimate(EstimateRequest request) {
        var faults = new ArrayList<Fault>();
        either(request.totals(), "totals", request.lines().isEmpty() ? null : request.lines(), "lines", faults);
        if (request.status().scheme() != request.scheme()) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "status", word(request.status()),
                    "属于险种 " + word(request.scheme()) + " 的人员类别",
                    "a kind of person of the scheme " + word(request.scheme())));
        }
        var stay = STAYS.contains(request.care());
        if (!stay && request.days() != null) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "days", request.days().toString(), "只用于住院",
                    "only with stays"));
        }
        if (stay && request.channel() == Channel.INTERNET) {
            faults.add(CareRules.onlyVisits("channel"));
        }
        if (stay && request.supplyWeeks() != null) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, "supply_weeks", request.supplyWeeks().toString(),
                    "只用于门诊处方", "only with outpatient prescriptions"));
        }
        sums(request.yearToDate(), faults);
        giveUpOn(faults);
        if (packs.policy(request.area()).isEmpty()) {
            return Settled.before(unknownArea(request.area(), "area"));
        }
        var known = known(request.knownOn());
        var institution = institution(request);
        var standing = standing(request, institution);
        var age = Objects.requireNonNullElse(request.age(), USUAL_AGES.get(request.status().name()));
        var member = new Member("estimate", request.date().minusYears(age));
        var purse = new Purse(Fen.ZERO, Fen.of(Objects.requireNonNullElse(request.accountFen(), 0L)), Fen.ZERO);
        var draft = new Claim("estimate", member, standing, institution, encounter(request, List.of()), purse);
        var choice = applicable.of(draft, known).orElseThrow();
        var rules = choice.rules();
        var found = choice.found();
        if (found.refusal() != null) {
            return Settled.before(Objects.requireNonNull(found.refusal()));
        }
        var asked = request.totals() == null ? request.lines() : byClass(request.totals());
        var judged = judge(rules, asked, draft, found.day(), known, request.clinical());
        if (judged.refusal() != null) {
            return Settled.before(judged.refusal());
        }
        var claim = new Claim("estimate", member, standing, institution, encounter(request, judged.lines()), purse);
        return settle(new Ready(claim, rules, found.day(), judged, null), known, YearToDate.NOTHING,
                request.yearToDate());
    }

    private static Institution institution(EstimateRequest request) {
        var kind = Objects.requireNonNullElse(request.kind(), switch (request.tier()) {
            case PRIMARY -> Institution.Kind.TOWNSHIP;
            case SECONDARY, TERTIARY -> Institution.Kind.HOSPITAL;
        });
        var administration = Objects.requireNonNullElse(request.administration(), switch (request.tier()) {
            case PRIMARY -> Institution.Administration.TOWNSHIP;
            case SECONDARY -> Institution.Administration.COUNTY;
            case TERTIARY -> Institution.Administration.CITY;
        });
        return new Institution("estimate", "", request.area(), request.tier(),
                Objects.requireNonNullElse(request.grade(), Institution.Grade.NONE), kind, administration,
                Objects.requireNonNullElse(request.specialty(), Institution.Specialty.GENERAL), InForce.ALWAYS);
    }

    private static Standing standing(EstimateRequest request, Institution institution) {
        var years = Objects.requireNonNullElse(request.yearsEnrolled(), 1);
        var enrolled = request.date().minusYears(years);
        var contract = switch (Objects.requireNonNullElse(request.contract(), Axis.Contracted.NONE)) {
            case NONE -> null;
            case ELSEWHERE -> new Contract("elsewhere", InForce.ALWAYS);
            case HERE -> new Contract(institution.code(), InForce.ALWAYS);
        };
        return new Standing(InForce.ALWAYS, request.area(), request.scheme(), request.status(),
                Objects.requireNonNullElse(request.plan(), ""),
                Objects.requireNonNullElse(request.relief(), Relief.NONE), request.civilServant(), enrolled,
                LocalDate.MIN, null, contract, List.of(institution.code()),
                request.disease() == null ? Set.of() : Set.of(request.disease()), Set.copyOf(request.tags()));
    }

    private static Encounter encounter(EstimateRequest request, List<ChargeLine> lines) {
        var place = Objects.requireNonNullElse(request.place(), Place.LOCAL);
        var filing = Objects.requireNonNullElse(request.filing(), Filing.NONE);
        var disease = Objects.requireNonNullElse(request.disease(), "");
        var first = STAYS.contains(request.care())
                ? request.date().minusDays(Objects.requireNonNullElse(request.days(), 7)) : request.date();
        var referral = request.referral() == null || request.referral() == Referral.Direction.NONE
                ? null : new Referral(request.referral(), "estimate", first);
        return STAYS.contains(request.care())
                ? new Encounter.Stay(request.care(), first, request.date(), place, filing, referral, disease, lines)
                : new Encounter.Visit(request.care(), first, place, filing, referral, disease,
                        Objects.requireNonNullElse(request.supplyWeeks(), 4),
                        Objects.requireNonNullElse(request.channel(), Channel.COUNTER), lines);
    }

    private static List<LineFacts> byClass(ClassTotals totals) {
        var lines = new ArrayList<LineFacts>();
        add(lines, "class-a", totals.classAFen(), PayClass.A, null);
        add(lines, "class-b", totals.classBFen(), PayClass.B, totals.prePayBp());
        add(lines, "class-c", totals.classCFen(), PayClass.C, null);
        return lines;
    }

    private static void add(
            List<LineFacts> lines, String item, @Nullable Long fen, PayClass payClass, @Nullable Long prePayBp) {
        if (fen != null) {
            lines.add(new LineFacts(item, null, fen, payClass, null, prePayBp, null, null, null));
        }
    }

    private static Encounter encounter(SettlementRequest request, List<ChargeLine> lines) {
        var facts = request.encounter();
        var place = Objects.requireNonNullElse(facts.place(), Place.LOCAL);
        var filing = Objects.requireNonNullElse(facts.filing(), Filing.NONE);
        var disease = Objects.requireNonNullElse(facts.disease(), "");
        var referral = facts.referral() == null ? null
                : referral(facts.referral());
        return STAYS.contains(facts.care())
                ? new Encounter.Stay(facts.care(), facts.from(), Objects.requireNonNull(facts.to()), place, filing,
                        referral, disease, lines)
                : new Encounter.Visit(facts.care(), facts.from(), place, filing, referral, disease,
                        Objects.requireNonNullElse(facts.supplyWeeks(), 4),
                        Objects.requireNonNullElse(facts.channel(), Channel.COUNTER), lines);
    }

    private static Referral referral(ReferralFacts facts) {
        return new Referral(facts.direction(), facts.episode(), facts.issued(),
                facts.prescription() == null ? Set.of() : Set.copyOf(facts.prescription().items()));
    }

    private Judgement judge(Waterfalls rules, List<LineFacts> lines, Claim draft, LocalDate day, KnownOn known,
            @Nullable ClinicalFacts clinical) {
        var policy = rules.policy();
        var priced = pricing.on(packs.holding(policy).catalogue(policy.pack(), policy.area()), lines, draft, day);
        return Bill.judge(priced.catalogue(), priced.lines(), draft, day, known, clinical);
    }

    private static KnownOn known(@Nullable LocalDate day) {
        return day == null ? KnownOn.LATEST : new KnownOn(day);
    }

    private static Purse purse(Purse all, @Nullable AccountUse use) {
        return switch (Objects.requireNonNullElse(use, AccountUse.FAMILY)) {
            case NONE -> Purse.EMPTY;
            case OWN -> new Purse(all.currentYear(), all.earlierYears(), Fen.ZERO);
            case FAMILY -> all;
        };
    }

    private static Optional<Standing> on(Person person, LocalDate day) {
        for (var standing : person.standings()) {
            if (standing.inForce().covers(day)) {
                return Optional.of(standing);
            }
        }
        return Optional.empty();
    }

    private static Refusal notInsured(LocalDate day) {
        return new Refusal(RefusalCode.NOT_INSURED, "encounter.to", day.toString(), "在该日有有效参保状态的参保人",
                "a member whose insurance is in force on that day");
    }

    private Refusal unknownArea(String area, String field) {
        return new Refusal(RefusalCode.UNKNOWN_AREA, field, area, "已加载政策包的参保地：" + packs.divisions(),
                "an area of a loaded pack: " + packs.divisions());
    }

    private static String word(Enum<?> constant) {
        return tongchou.api.http.Words.of(constant);
    }

    private static void required(@Nullable Object value, String field, List<Fault> faults) {
        if (value == null) {
            faults.add(Fault.of(ProblemCode.MISSING_FIELD, field, "", "入账必须给出 " + field, "needed to book: " + field));
        }
    }

    private static void forbidden(@Nullable Object value, String field, List<Fault> faults) {
        if (value != null) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, field, "…", "不填：此请求以账簿中的资料为准",
                    "nothing: here the book has the facts"));
        }
    }

    private static void either(@Nullable Object left, String leftName, @Nullable Object right, String rightName,
            List<Fault> faults) {
        if (left == null && right == null) {
            faults.add(Fault.of(ProblemCode.MISSING_FIELD, leftName, "", leftName + " 或 " + rightName + " 二选一",
                    leftName + " or " + rightName));
        } else if (left != null && right != null) {
            faults.add(Fault.of(ProblemCode.FIELDS_CONFLICT, rightName, "…", leftName + " 与 " + rightName + " 只能给一个",
                    "either " + leftName + " or " + rightName + ", not both"));
        }
    }

    private static void giveUpOn(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Refused(faults);
        }
    }
}
