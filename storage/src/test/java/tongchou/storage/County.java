package tongchou.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tongchou.core.alliance.Institution;
import tongchou.core.alliance.Tier;
import tongchou.core.calendar.BenefitYear;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.KnownOn;
import tongchou.core.calendar.Period;
import tongchou.core.catalogue.PayClass;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.encounter.Claim;
import tongchou.core.encounter.Encounter;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;
import tongchou.core.money.Rounding;
import tongchou.core.people.Contract;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Relief;
import tongchou.core.people.Standing;
import tongchou.core.people.Status;
import tongchou.core.policy.Amount;
import tongchou.core.policy.Bands;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Burden;
import tongchou.core.policy.Ceiling;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Deductible;
import tongchou.core.policy.Document;
import tongchou.core.policy.Layer;
import tongchou.core.policy.Payer;
import tongchou.core.policy.Policy;
import tongchou.core.policy.Row;
import tongchou.core.policy.Table;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Waterfalls;
import tongchou.core.settlement.Workings;

/// A county for tests: the fund pays half of what exceeds 100 yuan a year, at most 1,000 yuan a year; of the rest the
/// current year's account money pays first, then the whole own account, then the family's; what remains is cash.
final class County {

    static final LocalDate YEAR = LocalDate.of(2026, 1, 1);
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final String HOSPITAL = "H33010200001";

    private static final InForce SINCE = InForce.from(LocalDate.of(2020, 1, 1));
    private static final Document DOCUMENT = new Document("demo", "演示办法", "", "演示县", LocalDate.of(2019, 12, 1),
            SINCE, Document.Grade.DEMONSTRATION, null);

    static final Waterfalls RULES = rules("1.0.0", "0", "50%");

    private County() {
    }

    private static <V> Table<V> always(V value) {
        return new Table<>(List.of(new Row<>(Condition.ALWAYS, value, SINCE, LocalDate.of(2019, 12, 1),
                new Citation(DOCUMENT, "第一条", "county", ""), "一律")));
    }

    /// A version of the county's rules in which the fund pays another share.
    static Waterfalls rules(String version, String hashDigit, String ratio) {
        return new Waterfalls(new Policy("demo-county", version, hashDigit.repeat(64), "county", "演示县",
                "Demonstration county", List.of("330199"), SINCE, true, List.of(benefit(Ratio.of(ratio)))));
    }

    private static Benefit benefit(Ratio ratio) {
        var deductible = new Deductible(Period.YEAR, "年度起付线", false,
                always((Amount) new Amount.Yuan(Fen.ofYuan("100"))), List.of());
        var bands = new Bands(Bands.Measure.EXPENSE, Period.ENCOUNTER, "", Bands.Origin.ABOVE_DEDUCTIBLE,
                always(new Bands.Band(Fen.ZERO, ratio)));
        var ceiling = new Ceiling(Ceiling.On.PAYMENT, Period.YEAR, "年度封顶线", false,
                always((Amount) new Amount.Yuan(Fen.ofYuan("1000"))), Table.empty());
        var pooled = new Layer("统筹基金", "Pooled fund", Payer.POOLED, Table.empty(), List.of(Burden.IN_SCOPE),
                Table.empty(), deductible, bands, List.of(), Table.empty(), List.of(ceiling), Rounding.HALF_UP);
        return new Benefit("门诊", "Outpatient", Condition.ALWAYS, BenefitYear.CALENDAR, Benefit.Binding.LAST_DAY, "",
                always(Ratio.of("10%")), Table.empty(), List.of(pooled,
                        account("当年账户", Payer.ACCOUNT_CURRENT_YEAR, Burden.DEDUCTIBLE),
                        account("个人账户", Payer.ACCOUNT, Burden.CO_PAY, Burden.OVER_CEILING, Burden.DEDUCTIBLE),
                        account("共济账户", Payer.FAMILY_ACCOUNT, Burden.CO_PAY, Burden.OVER_CEILING,
                                Burden.DEDUCTIBLE)));
    }

    private static Layer account(String name, Payer payer, Burden... base) {
        return new Layer(name, name, payer, Table.empty(), List.of(base), Table.empty(), null, null, List.of(),
                Table.empty(), List.of(), Rounding.HALF_UP);
    }

    static Institution hospital() {
        return hospital(HOSPITAL, YEAR.minusYears(1), LocalDate.MAX);
    }

    static Institution hospital(String code, LocalDate from, LocalDate to) {
        return new Institution(code, "演示县人民医院", "330199", Tier.SECONDARY, Institution.Kind.HOSPITAL,
                Institution.Administration.COUNTY, Institution.Specialty.GENERAL, new InForce(from, to));
    }

    static Standing standing(LocalDate from, LocalDate to, Status status) {
        return new Standing(new InForce(from, to), "330199", status.scheme(), status, "", Relief.NONE, false,
                LocalDate.of(2015, 1, 1), LocalDate.of(2015, 1, 1), null,
                new Contract(HOSPITAL, InForce.from(YEAR)), List.of(HOSPITAL, "H2"), Set.of("M001", "M002"),
                Set.of("村医"));
    }

    /// A member with no account.
    static Person person(String token) {
        return person(token, 0, 0);
    }

    /// A member with money on the account, in yuan, and relatives who share theirs.
    static Person person(String token, long currentYear, long earlierYears, String... sharers) {
        return new Person(new Member(token, LocalDate.of(1980, 2, 29)),
                List.of(standing(LocalDate.of(2015, 1, 1), LocalDate.MAX, Status.ACTIVE)),
                new Purse(Fen.of(currentYear * 100), Fen.of(earlierYears * 100), Fen.ZERO), List.of(sharers));
    }

    /// A bill of several lines that come to the amount, in fen.
    static List<ChargeLine> bill(long fen, int lines) {
        return IntStream.range(0, lines).mapToObj(i -> ChargeLine.of(i + 1, "XA01BC%06d".formatted(i * 37),
                Fen.of(i == 0 ? fen - fen / lines * (lines - 1) : fen / lines), PayClass.A)).toList();
    }

    static Claim claim(Book.Situation situation, String name, List<ChargeLine> lines) {
        return claim(situation, name, DAY, lines);
    }

    static Claim claim(Book.Situation situation, String name, LocalDate day, List<ChargeLine> lines) {
        return new Claim(name, situation.person().member(), situation.person().standings().getLast(),
                situation.institution().orElseThrow(), new Encounter.Visit(Care.OUTPATIENT, day, Place.LOCAL,
                        Filing.NONE, null, "", 0, lines), situation.person().purse());
    }

    /// Settles a bill; the reply says what everybody paid.
    static Book.Decide settle(String name, List<ChargeLine> lines) {
        return settle(name, DAY, lines);
    }

    static Book.Decide settle(String name, LocalDate day, long fen) {
        return settle(name, day, bill(fen, 3));
    }

    static Book.Decide settle(String name, LocalDate day, List<ChargeLine> lines) {
        return situation -> switch (RULES.settle(
                claim(situation, name, day, lines), situation.yearToDate(), KnownOn.LATEST, new Workings())) {
            case Settlement settlement -> new Book.Decision.Settle(settlement, reply(name, settlement));
            case Refusal refusal -> new Book.Decision.Refuse(refusal);
        };
    }

    static Book.Decide settle(String name, long fen) {
        return settle(name, bill(fen, 3));
    }

    static byte[] reply(String name, Settlement settlement) {
        return (name + " " + settlement.amounts()).getBytes(StandardCharsets.UTF_8);
    }

    static Book.Submission submission(String member, String key) {
        return submission(member, key, "content of " + key);
    }

    static Book.Submission submission(String member, String key, String content) {
        return new Book.Submission("S-" + member + "-" + key, HOSPITAL, key, content.getBytes(StandardCharsets.UTF_8),
                member, DAY, Instant.parse("2026-03-02T08:30:00.123456Z"));
    }

    /// A request to take a settlement back; its key decides its content.
    static Book.Reversing reversing(String settlement, String key) {
        return new Book.Reversing("R-" + key, HOSPITAL, key, ("reverse " + key).getBytes(StandardCharsets.UTF_8),
                settlement, "退费", Instant.parse("2026-03-03T09:00:00Z"));
    }

    static byte[] answer(Undone undone) {
        return ("reversed " + undone.settlement().id() + " " + undone.entries().size())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Books what is booked once more, with another value of a column.
    static String another(String column, String value) {
        var copied = SettlementRows.COLUMNS.replaceFirst("id, public_id", "id + 1, 'x'").replace("key,", "'x',");
        return "insert into settlements (" + SettlementRows.COLUMNS + ") select "
                + (column.isEmpty() ? copied : copied.replace(column, value)) + " from settlements";
    }
}
