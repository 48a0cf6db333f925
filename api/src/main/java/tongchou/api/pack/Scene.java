package tongchou.api.pack;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.PayClass;
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
import tongchou.core.policy.Axis;

/// Who comes where and how, as far as rules ask for it (情形): the facts of a made-up claim, each with its axis.
///
/// Facts that are left open are the plain ones: forty years old, local, without filing, referral or contract.
///
/// @param numbers the facts of listed and numeric axes: the place in [Axis#choices()], or the number
/// @param words the facts of text axes
record Scene(Map<Axis, Long> numbers, Map<Axis, String> words) {

    /// A scene about which nothing is known.
    static final Scene PLAIN = new Scene(Map.of(), Map.of());

    private static final int AGE = 40;

    /// Copies the facts.
    Scene {
        numbers = Map.copyOf(numbers);
        words = Map.copyOf(words);
    }

    /// The same scene with one fact more, or another.
    Scene with(Axis axis, long value) {
        var changed = new EnumMap<Axis, Long>(Axis.class);
        changed.putAll(numbers);
        changed.put(axis, value);
        return new Scene(changed, words);
    }

    /// The same scene with another word.
    Scene with(Axis axis, String word) {
        var changed = new EnumMap<Axis, String>(Axis.class);
        changed.putAll(words);
        changed.put(axis, word);
        return new Scene(numbers, changed);
    }

    /// The same scene with a value of a listed axis.
    Scene with(Axis axis, Enum<?> value) {
        return with(axis, value.ordinal());
    }

    /// The same scene with some facts left open.
    Scene without(Set<Axis> axes) {
        if (axes.stream().noneMatch(axis -> numbers.containsKey(axis) || words.containsKey(axis))) {
            return this;
        }
        var fewer = new EnumMap<Axis, Long>(Axis.class);
        fewer.putAll(numbers);
        fewer.keySet().removeAll(axes);
        return new Scene(fewer, words);
    }

    /// Which stay of the year it is.
    long stayNumber() {
        return number(Axis.STAY_NUMBER, 1);
    }

    /// A claim with these facts and a bill wholly in scope.
    ///
    /// @param day the last day of care
    /// @param division division that insures the person and in which the institution lies
    Claim claim(LocalDate day, String division, Fen bill) {
        return claim(day, division, List.of(ChargeLine.of(1, "scene", bill, PayClass.A)));
    }

    /// A claim with these facts and lines.
    Claim claim(LocalDate day, String division, List<ChargeLine> lines) {
        var kind = choice(Axis.KIND, Institution.Kind.values(), Institution.Kind.HOSPITAL);
        var institution = new Institution("here", "here", division, choice(Axis.TIER, Tier.values(), Tier.TERTIARY),
                choice(Axis.GRADE, Institution.Grade.values(), Institution.Grade.NONE), kind,
                choice(Axis.ADMINISTRATION, Institution.Administration.values(),
                        Institution.Administration.CITY),
                choice(Axis.SPECIALTY, Institution.Specialty.values(), Institution.Specialty.GENERAL),
                InForce.ALWAYS);
        return new Claim("scene", new Member("scene", birth(day)), standing(day, division), institution,
                encounter(day, lines), Purse.EMPTY);
    }

    /// A claim with another bill wholly in scope.
    static Claim withBill(Claim claim, Fen bill) {
        return claim.with(List.of(ChargeLine.of(1, "scene", bill, PayClass.A)));
    }

    private LocalDate birth(LocalDate day) {
        return numbers.containsKey(Axis.BORN) ? LocalDate.ofEpochDay(numbers.get(Axis.BORN))
                : day.minusYears(number(Axis.AGE, AGE)).minusDays(1);
    }

    private Standing standing(LocalDate day, String division) {
        var enrolled = day.minusYears(number(Axis.YEARS_ENROLLED, 10)).minusDays(1);
        var disease = word(Axis.DISEASE);
        var status = choice(Axis.STATUS, Status.values(), Status.ACTIVE);
        return new Standing(InForce.ALWAYS, division, choice(Axis.SCHEME, Scheme.values(), Scheme.EMPLOYEE),
                status, word(Axis.PLAN), choice(Axis.RELIEF, Relief.values(), Relief.NONE),
                number(Axis.CIVIL_SERVANT, 0) == 1, Math.toIntExact(number(Axis.CLAIM_FREE_YEARS, 0)),
                enrolled, enrolled, retirement(status, day), contract(),
                number(Axis.DESIGNATED, 0) == 1 ? List.of("here") : List.of(),
                diseases(disease),
                words.containsKey(Axis.TAG) ? Set.of(word(Axis.TAG)) : Set.of());
    }

    /// The diseases the person is registered for, the claimed one among them unless the scene says otherwise.
    private Set<String> diseases(String claimed) {
        var diseases = new HashSet<String>();
        if (number(Axis.REGISTERED, 1) == 1) {
            diseases.add(claimed);
        }
        for (var i = diseases.size(); i < number(Axis.REGISTERED_DISEASES, 0); i++) {
            diseases.add("another " + i);
        }
        return diseases;
    }

    private @Nullable LocalDate retirement(Status status, LocalDate day) {
        if (numbers.containsKey(Axis.RETIRED_ON)) {
            return LocalDate.ofEpochDay(numbers.get(Axis.RETIRED_ON));
        }
        return status == Status.RETIRED ? day.minusYears(5) : null;
    }

    private @Nullable Contract contract() {
        return switch (choice(Axis.CONTRACT, Axis.Contracted.values(), Axis.Contracted.NONE)) {
            case NONE -> null;
            case ELSEWHERE -> new Contract("elsewhere", InForce.ALWAYS);
            case HERE -> new Contract("here", InForce.ALWAYS);
        };
    }

    private Encounter encounter(LocalDate day, List<ChargeLine> lines) {
        var care = choice(Axis.CARE, Care.values(), Care.INPATIENT);
        var place = choice(Axis.PLACE, Place.values(), Place.LOCAL);
        var filing = choice(Axis.FILING, Filing.values(), Filing.NONE);
        var stays = care == Care.INPATIENT || care == Care.DAY_SURGERY || care == Care.HOME_BED;
        var from = stays ? day.minusDays(number(Axis.STAY_DAYS, 10)) : day;
        var direction = choice(Axis.REFERRAL, Referral.Direction.values(), Referral.Direction.NONE);
        var referral = direction == Referral.Direction.NONE ? null
                : new Referral(direction, "scene", from.minusDays(number(Axis.REFERRAL_DAYS, 1)));
        return stays ? new Encounter.Stay(care, from, day, place, filing, referral, word(Axis.DISEASE), lines)
                : new Encounter.Visit(care, day, place, filing, referral, word(Axis.DISEASE),
                        Math.toIntExact(number(Axis.SUPPLY_WEEKS, 1)),
                        choice(Axis.CHANNEL, Channel.values(), Channel.COUNTER), lines);
    }

    private long number(Axis axis, long otherwise) {
        return numbers.getOrDefault(axis, otherwise);
    }

    private String word(Axis axis) {
        return words.getOrDefault(axis, "");
    }

    private <E extends Enum<E>> E choice(Axis axis, E[] values, E otherwise) {
        return numbers.containsKey(axis) ? values[Math.toIntExact(numbers.get(axis))] : otherwise;
    }

    /// The facts in the words of the pack format, for example `status retired, tier primary`.
    @Override
    public String toString() {
        var listed = Stream.of(Axis.values()).filter(numbers::containsKey)
                .map(axis -> axis.word() + " " + text(axis, numbers.get(axis)));
        var free = Stream.of(Axis.values()).filter(axis -> !word(axis).isEmpty())
                .map(axis -> axis.word() + " " + word(axis));
        return Stream.concat(listed, free).collect(Collectors.joining(", "));
    }

    private static String text(Axis axis, long value) {
        if (axis.isListed()) {
            return axis.choices().get(Math.toIntExact(value));
        }
        return axis == Axis.BORN || axis == Axis.RETIRED_ON ? LocalDate.ofEpochDay(value).toString()
                : Long.toString(value);
    }
}
