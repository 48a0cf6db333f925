package tongchou.core.policy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Channel;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.people.Relief;
import tongchou.core.people.Scheme;
import tongchou.core.people.Status;

/// A fact about a claim that rules may ask for (条件维度).
///
/// The axes are the whole vocabulary of conditions: a region's own words (在职, 社区, 小点, 已签约...) are named
/// conditions over them. A new rule of a new area should need a new value of an axis, seldom a new axis.
public enum Axis {

    /// The insurance scheme (险种).
    SCHEME(Scheme.values()),
    /// The kind of insured person (人员类别).
    STATUS(Status.values()),
    /// The assistance group (救助对象).
    RELIEF(Relief.values()),
    /// Whether the civil-servant supplement covers the person (公务员).
    CIVIL_SERVANT(YesNo.values()),
    /// The family-doctor contract seen from the treating institution (家庭医生签约).
    CONTRACT(Contracted.values()),
    /// Whether the person chose the treating institution (选定机构).
    DESIGNATED(YesNo.values()),
    /// The kind of care (医疗类别).
    CARE(Care.values()),
    /// The tier of the institution (医院等级).
    TIER(Tier.values()),
    /// What the institution is (机构类别).
    KIND(Institution.Kind.values()),
    /// Who runs the institution (隶属关系).
    ADMINISTRATION(Institution.Administration.values()),
    /// What the institution specialises in (专科).
    SPECIALTY(Institution.Specialty.values()),
    /// Where care is given (就医地).
    PLACE(Place.values()),
    /// The footing of care out of area (备案).
    FILING(Filing.values()),
    /// The direction of the referral (转诊方向).
    REFERRAL(Referral.Direction.values()),
    /// Whether the registered diseases of the person contain the one claimed (慢特病备案).
    REGISTERED(YesNo.values()),
    /// The grade of the institution within its tier (等次).
    GRADE(Institution.Grade.values()),
    /// How patient and institution met (就诊渠道).
    CHANNEL(Channel.values()),

    /// Completed years of age (周岁).
    AGE,
    /// Date of birth as a day number (出生日期).
    BORN,
    /// Day of retirement as a day number; [#UNKNOWN] where not known (退休日期).
    RETIRED_ON,
    /// Whole years of unbroken enrolment (连续参保年数).
    YEARS_ENROLLED,
    /// Which stay of the benefit year this is, from one (第几次住院).
    STAY_NUMBER,
    /// Days between the referral and the first day (转诊间隔天数); [#UNKNOWN] without a referral.
    REFERRAL_DAYS,
    /// Days of the stay (住院天数).
    STAY_DAYS,
    /// Weeks of drugs that a prescription supplies (处方周数).
    SUPPLY_WEEKS,
    /// How many diseases the person is registered for (备案病种数).
    REGISTERED_DISEASES,
    /// Years without a payment of the fund that still count (零报销年数).
    CLAIM_FREE_YEARS,
    /// The whole bill in fen (总费用): a rule that asks for it can make a higher bill cheaper for the fund.
    BILL,

    /// The plan of the area (参保档次).
    PLAN(true),
    /// The disease claimed (病种).
    DISEASE(true),
    /// The area's own tags on the person (人员标识).
    TAG(true);

    /// The value of a numeric axis that is not known; no range contains it.
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final List<String> choices;
    private final boolean words;

    Axis(Enum<?>... values) {
        this.choices = Stream.of(values).map(Axis::word).toList();
        this.words = false;
    }

    Axis(boolean words) {
        this.choices = List.of();
        this.words = words;
    }

    /// Whether a fact is one of a closed list of values.
    public boolean isListed() {
        return !choices.isEmpty();
    }

    /// Whether a fact is free text that a pack defines.
    public boolean isWords() {
        return words;
    }

    /// The values in the words of the pack format (lower case, hyphens), in order; empty for other axes.
    public List<String> choices() {
        return choices;
    }

    /// The axis in the words of the pack format, for example `stay-number`.
    public String word() {
        return word(this);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The fact of a listed axis as its place in [#choices()], or the number of a numeric axis.
    ///
    /// @param day the day that binds the claim
    /// @param stayNumber which stay of the benefit year this is
    public long read(Claim claim, LocalDate day, long stayNumber) {
        return switch (this) {
            case SCHEME -> claim.standing().scheme().ordinal();
            case STATUS -> claim.standing().status().ordinal();
            case RELIEF -> claim.standing().relief().ordinal();
            case CIVIL_SERVANT -> YesNo.of(claim.standing().civilServant());
            case CONTRACT -> Contracted.of(claim, day).ordinal();
            case DESIGNATED -> YesNo.of(claim.standing().designated().contains(claim.institution().code()));
            case CARE -> claim.encounter().care().ordinal();
            case TIER -> claim.institution().tier().ordinal();
            case KIND -> claim.institution().kind().ordinal();
            case ADMINISTRATION -> claim.institution().administration().ordinal();
            case SPECIALTY -> claim.institution().specialty().ordinal();
            case PLACE -> claim.encounter().place().ordinal();
            case FILING -> claim.encounter().filing().ordinal();
            case REFERRAL -> direction(claim).ordinal();
            case REGISTERED -> YesNo.of(claim.standing().diseases().contains(claim.encounter().disease()));
            case AGE -> claim.member().age(day);
            case BORN -> claim.member().birth().toEpochDay();
            case RETIRED_ON -> dayNumber(claim.standing().retiredOn());
            case YEARS_ENROLLED -> ChronoUnit.YEARS.between(claim.standing().enrolledSince(), day);
            case STAY_NUMBER -> stayNumber;
            case REFERRAL_DAYS -> referralDays(claim);
            case STAY_DAYS -> claim.encounter().days();
            case SUPPLY_WEEKS -> claim.encounter().supplyWeeks();
            case GRADE -> claim.institution().grade().ordinal();
            case CHANNEL -> claim.encounter().channel().ordinal();
            case REGISTERED_DISEASES -> claim.standing().diseases().size();
            case CLAIM_FREE_YEARS -> claim.standing().claimFreeYears();
            case BILL -> bill(claim);
            case PLAN, DISEASE, TAG -> throw new IllegalStateException(this + " is read as words");
        };
    }

    private static long bill(Claim claim) {
        var sum = 0L;
        for (var line : claim.encounter().lines()) {
            sum += line.amount().value();
        }
        return sum;
    }

    private static Referral.Direction direction(Claim claim) {
        var referral = claim.encounter().referral();
        return referral == null ? Referral.Direction.NONE : referral.direction();
    }

    private static long dayNumber(@Nullable LocalDate day) {
        return day == null ? UNKNOWN : day.toEpochDay();
    }

    private static long referralDays(Claim claim) {
        var referral = claim.encounter().referral();
        return referral == null ? UNKNOWN : claim.encounter().from().toEpochDay() - referral.issued().toEpochDay();
    }

    /// Whether the words of a text axis contain one of those given.
    boolean hasWord(Claim claim, Set<String> wanted) {
        return switch (this) {
            case PLAN -> wanted.contains(claim.standing().plan());
            case DISEASE -> wanted.contains(claim.encounter().disease());
            case TAG -> claim.standing().tags().stream().anyMatch(wanted::contains);
            default -> throw new IllegalStateException(this + " has no words");
        };
    }

    /// Yes or no.
    public enum YesNo {
        /// The fact does not hold (否).
        NO,
        /// The fact holds (是).
        YES;

        static long of(boolean holds) {
            return holds ? 1 : 0;
        }
    }

    /// A family-doctor contract as the treating institution sees it.
    public enum Contracted {
        /// No contract in force (未签约).
        NONE,
        /// A contract with another institution (签约在别处).
        ELSEWHERE,
        /// A contract with the treating institution (签约本机构).
        HERE;

        static Contracted of(Claim claim, LocalDate day) {
            var contract = claim.standing().contract();
            if (contract == null || !contract.inForce().covers(day)) {
                return NONE;
            }
            return contract.institution().equals(claim.institution().code()) ? HERE : ELSEWHERE;
        }
    }
}
