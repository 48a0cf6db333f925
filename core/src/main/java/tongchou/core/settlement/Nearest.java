package tongchou.core.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tongchou.core.encounter.Claim;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Benefit;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Demand;
import tongchou.core.policy.Row;

/// What a claim lacks of the rule that comes nearest to it (最近的规定): the facts that would have found one, what they are
/// and what rules ask for.
///
/// @param chinese with a semicolon at its end, empty when there is nothing to compare with
/// @param english the same
record Nearest(String chinese, String english) {

    /// Nothing to compare with.
    static final Nearest NONE = new Nearest("", "");

    /// A rule and what the claim does not meet of it.
    private record Near(String label, List<Demand> unmet) {

        Set<Axis> axes() {
            return unmet.stream().map(Demand::axis).collect(Collectors.toSet());
        }
    }

    /// The nearest of the rows that a table has on the day.
    ///
    /// @param stayNumber which stay of the benefit year it is
    static Nearest among(List<? extends Row<?>> rows, Claim claim, LocalDate day, long stayNumber) {
        if (rows.isEmpty()) {
            return new Nearest("该日没有任何一行有效；", "no row is in force on that day; ");
        }
        return nearest(rows.stream().map(row -> new Near(row.label(), unmet(row.when(), claim, day, stayNumber)))
                .toList(), claim, day, stayNumber, "规定", "rule");
    }

    /// The nearest of the benefits of a policy.
    static Nearest benefit(List<Benefit> benefits, Claim claim, LocalDate day) {
        return nearest(benefits.stream().map(one -> new Near(one.name(), unmet(one.applies(), claim, day, 1))).toList(),
                claim, day, 1, "待遇", "benefit");
    }

    private static List<Demand> unmet(Condition when, Claim claim, LocalDate day, long stayNumber) {
        return when.demands().stream().filter(demand -> !demand.holds(claim, day, stayNumber)).toList();
    }

    /// Rules that lack the same facts are told together: what any of them asks for would do.
    private static Nearest nearest(List<Near> rules, Claim claim, LocalDate day, long stayNumber, String what,
            String whatEn) {
        var best = rules.stream().filter(one -> !one.unmet.isEmpty())
                .min(Comparator.comparingInt((Near one) -> one.unmet.size()));
        if (best.isEmpty()) {
            return NONE;
        }
        var alike = rules.stream().filter(one -> one.axes().equals(best.get().axes())).toList();
        var labels = alike.stream().map(Near::label).distinct().limit(4).collect(Collectors.joining("、"));
        var chinese = new ArrayList<String>();
        var english = new ArrayList<String>();
        for (var demand : best.get().unmet) {
            var axis = demand.axis();
            var asked = new LinkedHashSet<String>();
            alike.stream().flatMap(one -> one.unmet.stream()).filter(one -> one.axis() == axis)
                    .forEach(one -> asked.addAll(asked(one)));
            var has = has(axis, claim, day, stayNumber);
            chinese.add(name(axis) + "（" + axis.word() + "）" + (has.isEmpty() ? "没有给出" : "是 " + has) + "，有规定的是 "
                    + String.join("、", asked));
            english.add(axis.word() + (has.isEmpty() ? " is not given" : " is " + has) + ", stated are "
                    + String.join(", ", asked));
        }
        return new Nearest("最近的" + what + "（" + labels + "）差在：" + String.join("；", chinese) + "；",
                "the nearest " + whatEn + " (" + labels + ") differs in: " + String.join("; ", english) + "; ");
    }

    private static List<String> asked(Demand demand) {
        return switch (demand) {
            case Demand.OneOf(var axis, var mask) -> IntStream.range(0, axis.choices().size())
                    .filter(value -> (mask >>> value & 1) != 0).mapToObj(axis.choices()::get).toList();
            case Demand.Within(var axis, var from, var to) -> List.of((from == Long.MIN_VALUE ? "" : number(axis, from))
                    + ".." + (to == Long.MAX_VALUE ? "" : number(axis, to)));
            case Demand.Words(var axis, var words) -> words.stream().sorted().toList();
        };
    }

    /// What the claim says on an axis; empty when it says nothing.
    private static String has(Axis axis, Claim claim, LocalDate day, long stayNumber) {
        if (axis.isWords()) {
            return switch (axis) {
                case PLAN -> claim.standing().plan();
                case DISEASE -> claim.encounter().disease();
                default -> claim.standing().tags().stream().sorted().collect(Collectors.joining(" "));
            };
        }
        var value = axis.read(claim, day, stayNumber);
        if (axis.isListed()) {
            var said = axis.choices().get((int) value);
            return axis == Axis.GRADE && said.equals("none") ? "" : said;
        }
        return value == Axis.UNKNOWN ? "" : number(axis, value);
    }

    private static String number(Axis axis, long value) {
        return switch (axis) {
            case BORN, RETIRED_ON -> Math.abs(value) > 4_000_000 ? "" : LocalDate.ofEpochDay(value).toString();
            case BILL -> Fen.of(value).yuan();
            default -> Long.toString(value);
        };
    }

    private static String name(Axis axis) {
        return switch (axis) {
            case SCHEME -> "险种";
            case STATUS -> "人员类别";
            case RELIEF -> "救助对象";
            case CIVIL_SERVANT -> "公务员";
            case CONTRACT -> "家庭医生签约";
            case DESIGNATED -> "选定机构";
            case CARE -> "医疗类别";
            case TIER -> "医院等级";
            case KIND -> "机构类别";
            case ADMINISTRATION -> "隶属关系";
            case SPECIALTY -> "专科";
            case PLACE -> "就医地";
            case FILING -> "备案";
            case REFERRAL -> "转诊方向";
            case REGISTERED -> "慢特病备案";
            case GRADE -> "等次";
            case CHANNEL -> "就诊渠道";
            case AGE -> "周岁";
            case BORN -> "出生日期";
            case RETIRED_ON -> "退休日期";
            case YEARS_ENROLLED -> "连续参保年数";
            case STAY_NUMBER -> "第几次住院";
            case REFERRAL_DAYS -> "转诊间隔天数";
            case STAY_DAYS -> "住院天数";
            case SUPPLY_WEEKS -> "处方周数";
            case REGISTERED_DISEASES -> "备案病种数";
            case CLAIM_FREE_YEARS -> "零报销年数";
            case BILL -> "总费用";
            case PLAN -> "参保档次";
            case DISEASE -> "病种";
            case TAG -> "人员标识";
        };
    }
}
