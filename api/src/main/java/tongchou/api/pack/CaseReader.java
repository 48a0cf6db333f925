package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.BenefitYear;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.money.Fen;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Counter;
import tongchou.core.settlement.RefusalCode;
import tongchou.core.settlement.YearToDate;

/// Reads worked examples (算例).
final class CaseReader {

    static final Set<String> AMOUNTS = Stream.concat(
            Stream.of("total", "full-self-pay", "over-limit", "pre-pay", "in-scope", "deductible", "fund", "person"),
            Stream.of(Payer.values()).map(Payer::word)).collect(Collectors.toUnmodifiableSet());

    private static final String[] INSTITUTION = {"tier", "grade", "kind", "administration", "specialty", "code"};

    private final Findings findings;
    private final ChargeReader charges;

    CaseReader(Findings findings) {
        this.findings = findings;
        this.charges = new ChargeReader(findings);
    }

    List<Case> read(Tree.Mapping file, List<Policy> policies) {
        return read(Section.of(file, findings, "cases").list("cases"), policies);
    }

    List<Case> read(List<Tree> cases, List<Policy> policies) {
        return cases.stream().map(tree -> example(tree, policies)).toList();
    }

    private Case example(Tree tree, List<Policy> policies) {
        var section = Section.of(tree, findings, "case", "origin", "area", "known-on", "person", "institution",
                "account", "year-to-date", "encounters", "working", "waiting");
        var origin = section.text("origin");
        if (!List.of("official", "press", "hand", "derived").contains(origin)) {
            section.complain("origin", "official、press、hand 或 derived", "official, press, hand or derived");
        }
        section.text("working");
        var known = section.has("known-on") ? new KnownOn(section.day("known-on")) : KnownOn.LATEST;
        if (section.has("waiting")) {
            return new Case(tree.file(), tree.line(), section.text("case"), origin, "", known, YearToDate.NOTHING,
                    List.of(), waiting(section.at("waiting").orElseThrow()));
        }
        var policy = policies.stream().filter(candidate -> candidate.area().equals(section.text("area"))).findFirst();
        if (policy.isEmpty()) {
            section.complain("area", "本包的地区", "an area of this pack");
        }
        var division = policy.map(found -> found.divisions().isEmpty() ? "" : found.divisions().getFirst()).orElse("");
        var turns = new ArrayList<Case.Turn>();
        for (var encounter : section.list("encounters")) {
            turns.add(turn(section, encounter, division, turns.size() + 1));
        }
        if (turns.isEmpty()) {
            section.complain("encounters", "至少一次就诊", "at least one encounter");
        }
        return new Case(tree.file(), tree.line(), section.text("case"), origin, section.text("area"), known,
                start(section, policy, turns), turns, null);
    }

    private Case.Waiting waiting(Tree tree) {
        var section = Section.of(tree, findings, "missed-years", "repaired-years", "rejoined", "expect", "never");
        var expect = Section.of(section.at("expect").orElse(tree), findings, section.has("expect")
                ? new String[] {"months", "first-day"} : section.tree().entries().keySet().toArray(String[]::new));
        var never = section.at("never").map(at -> Section.of(at, findings, "months").number("months", -1)).orElse(-1);
        return new Case.Waiting(section.number("missed-years", 0), section.number("repaired-years", 0),
                section.day("rejoined"), expect.number("months", 0), expect.day("first-day"), never);
    }

    /// The counters before the first encounter, in the period that this encounter falls into.
    private YearToDate start(Section section, Optional<Policy> policy, List<Case.Turn> turns) {
        var sums = new HashMap<Counter.Key, Long>();
        for (var tree : section.list("year-to-date")) {
            var row = Section.of(tree, findings, "counter", "per", "sum", "stays");
            var period = row.choice("per", Period.class);
            var sum = row.has("stays") ? row.number("stays", 0) : row.yuan("sum").value();
            if (!turns.isEmpty() && policy.isPresent()) {
                var claim = turns.getFirst().claim();
                var year = policy.get().benefits().stream()
                        .filter(benefit -> benefit.applies().holds(claim, claim.encounter().to(), 1)).findFirst()
                        .map(benefit -> benefit.year()).orElse(BenefitYear.CALENDAR);
                sums.put(new Counter.Key(row.text("counter"), period, period.key(claim.encounter().to(), year,
                        claim.institution().code(), claim.episode())), sum);
            }
        }
        return new YearToDate(sums);
    }

    private Case.Turn turn(Section example, Tree tree, String division, int number) {
        var section = Section.of(tree, findings, "care", "from", "to", "day", "place", "filing", "referral", "disease",
                "supply-weeks", "channel", "institution", "contract", "designated", "bill", "lines", "clinical",
                "expect", "refusal", "never");
        var institution = institution(section.has("institution") ? section : example, division);
        var member = Section.of(example.at("person").orElse(example.tree()), findings, example.has("person")
                ? new String[] {"scheme", "status", "born", "plan", "relief", "civil-servant", "claim-free-years",
                    "enrolled-since",
                    "entitled-from", "retired-on", "contract", "designated", "diseases", "tags"}
                : example.tree().entries().keySet().toArray(String[]::new));
        var encounter = encounter(section);
        var standing = standing(member, section, institution, division);
        var claim = new Claim("case-" + number, new Member("case", member.day("born")), standing, institution,
                encounter, purse(example));
        if (section.has("bill") && section.has("lines")) {
            section.complain("lines", "bill 与 lines 只写一个", "either a bill or lines");
        }
        var refusal = section.has("refusal") ? refusal(section) : null;
        if (refusal == null && !section.has("expect")) {
            section.complain("expect", "expect 或 refusal", "expect or refusal");
        }
        return new Case.Turn(section.at("expect").orElse(tree).line(), claim,
                section.has("bill") ? List.of() : charges.charges(section), charges.clinical(section),
                amounts(section, "expect"), refusal, amounts(section, "never"));
    }

    private static String refusal(Section section) {
        var code = section.text("refusal");
        if (Stream.of(RefusalCode.values()).noneMatch(known -> known.name().equals(code))) {
            var codes = String.join(", ", Stream.of(RefusalCode.values()).map(Enum::name).toList());
            section.complain("refusal", "以下之一：" + codes, "one of: " + codes);
        }
        return code;
    }

    private Map<String, Fen> amounts(Section section, String key) {
        var amounts = new LinkedHashMap<String, Fen>();
        section.at(key).ifPresent(at -> {
            var named = Section.of(at, findings, AMOUNTS.toArray(String[]::new));
            AMOUNTS.stream().filter(named::has).forEach(name -> amounts.put(name, named.yuan(name)));
        });
        return amounts;
    }

    private Institution institution(Section holder, String division) {
        var section = Section.of(holder.at("institution").orElse(holder.tree()), findings, holder.has("institution")
                ? INSTITUTION : holder.tree().entries().keySet().toArray(String[]::new));
        var tier = section.choice("tier", Tier.class);
        var kind = section.choice("kind", Institution.Kind.class, Institution.Kind.HOSPITAL);
        var administration = section.choice("administration", Institution.Administration.class,
                Institution.Administration.CITY);
        var specialty = section.choice("specialty", Institution.Specialty.class, Institution.Specialty.GENERAL);
        var grade = section.choice("grade", Institution.Grade.class, Institution.Grade.NONE);
        var code = section.text("code", String.join("-", Section.word(tier), Section.word(grade), Section.word(kind),
                Section.word(administration), Section.word(specialty)));
        return new Institution(code, code, division, tier, grade, kind, administration, specialty, InForce.ALWAYS);
    }

    private Standing standing(Section person, Section encounter, Institution institution, String division) {
        var enrolled = person.day("enrolled-since", LocalDate.of(2000, 1, 1));
        var contract = encounter.has("contract") ? encounter.text("contract") : person.text("contract", "none");
        if (!List.of("none", "here", "elsewhere").contains(contract)) {
            person.complain("contract", "none、here 或 elsewhere", "none, here or elsewhere");
        }
        var designated = encounter.has("designated") ? encounter.flag("designated", false)
                : person.flag("designated", false);
        return new Standing(InForce.ALWAYS, division, person.choice("scheme", Scheme.class),
                person.choice("status", Status.class), person.text("plan", ""),
                person.choice("relief", Relief.class, Relief.NONE), person.flag("civil-servant", false),
                person.number("claim-free-years", 0), enrolled,
                person.day("entitled-from", enrolled),
                person.has("retired-on") ? person.day("retired-on") : null,
                contract.equals("none") ? null : new Contract(contract.equals("here") ? institution.code() : "another",
                        InForce.ALWAYS),
                designated ? List.of(institution.code()) : List.of(), new HashSet<>(person.words("diseases")),
                new HashSet<>(person.words("tags")));
    }

    private Purse purse(Section example) {
        if (!example.has("account")) {
            return Purse.EMPTY;
        }
        var account = Section.of(example.at("account").orElseThrow(), findings, "current-year", "earlier-years",
                "family");
        return new Purse(yuan(account, "current-year"), yuan(account, "earlier-years"), yuan(account, "family"));
    }

    private static Fen yuan(Section section, String key) {
        return section.has(key) ? section.yuan(key) : Fen.ZERO;
    }

    private Encounter encounter(Section section) {
        var care = section.choice("care", Care.class);
        var from = section.has("day") ? section.day("day") : section.day("from");
        var to = section.day("to", from);
        var place = section.choice("place", Place.class, Place.LOCAL);
        var filing = section.choice("filing", Filing.class, Filing.NONE);
        var referral = referral(section);
        var lines = section.has("bill") ? charges.bill(section.at("bill").orElseThrow()) : List.<ChargeLine>of();
        var disease = section.text("disease", "");
        return switch (care) {
            case INPATIENT, DAY_SURGERY, HOME_BED ->
                new Encounter.Stay(care, from, section.inForce(from, to).to().equals(LocalDate.MAX) ? from : to, place,
                        filing, referral, disease, lines);
            default -> new Encounter.Visit(care, from, place, filing, referral, disease,
                    section.number("supply-weeks", 1), section.choice("channel", Channel.class, Channel.COUNTER),
                    lines);
        };
    }

    private @Nullable Referral referral(Section section) {
        if (!section.has("referral")) {
            return null;
        }
        var referral = Section.of(section.at("referral").orElseThrow(), findings, "direction", "episode", "issued",
                "carried");
        return new Referral(referral.choice("direction", Referral.Direction.class), referral.text("episode"),
                referral.day("issued"), Set.copyOf(referral.words("carried")));
    }
}
