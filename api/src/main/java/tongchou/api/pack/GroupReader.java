package tongchou.api.pack;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import tongchou.core.money.Fen;
import tongchou.core.policy.Axis;
import tongchou.core.policy.Condition;
import tongchou.core.policy.Demand;

/// Reads a region's own words for conditions (分组定义).
final class GroupReader {

    private static final String[] AXES = Stream.of(Axis.values()).map(Axis::word).toArray(String[]::new);

    private final Findings findings;

    GroupReader(Findings findings) {
        this.findings = findings;
    }

    void read(Tree.Mapping file, Scope scope) {
        var groups = Section.of(file, findings, "groups").at("groups");
        if (groups.isPresent() && groups.get() instanceof Tree.Mapping words) {
            words.entries().forEach((word, tree) -> scope.group(word, condition(tree)));
        } else {
            findings.error(file, "groups: 名称: {条件}", "groups: NAME: {condition}");
        }
    }

    private Condition condition(Tree tree) {
        var section = Section.of(tree, findings, AXES);
        var demands = new ArrayList<Demand>();
        for (var axis : Axis.values()) {
            section.at(axis.word()).ifPresent(at -> demand(axis, at, section.words(axis.word()), demands));
        }
        if (demands.isEmpty()) {
            findings.error(tree, "至少一个条件", "at least one condition");
        }
        return new Condition(demands);
    }

    private void demand(Axis axis, Tree at, List<String> words, List<Demand> demands) {
        if (axis.isWords()) {
            demands.add(new Demand.Words(axis, new HashSet<>(words)));
        } else if (axis.isListed()) {
            var mask = 0L;
            for (var word : words) {
                var place = axis.choices().indexOf(word);
                if (place < 0) {
                    var choices = String.join(", ", axis.choices());
                    findings.error(at, "以下之一：" + choices, "one of: " + choices);
                } else {
                    mask |= 1L << place;
                }
            }
            demands.add(new Demand.OneOf(axis, mask));
        } else {
            demands.add(range(axis, at, words));
        }
    }

    private Demand range(Axis axis, Tree at, List<String> words) {
        var text = words.size() == 1 ? words.getFirst() : "";
        var dots = text.indexOf("..");
        var days = axis == Axis.BORN || axis == Axis.RETIRED_ON;
        var money = axis == Axis.BILL;
        try {
            if (dots >= 0 && text.length() > 2) {
                var from = end(text.substring(0, dots), axis, Long.MIN_VALUE + 1);
                var to = end(text.substring(dots + 2), axis, Long.MAX_VALUE);
                if (from <= to) {
                    return new Demand.Within(axis, from, to);
                }
            }
        } catch (NumberFormatException | ArithmeticException | DateTimeException wrong) {
            // reported below with every other unusable range
        }
        findings.error(at, days ? "日期范围，如 \"..1955-12-31\"" : money ? "元的范围，如 \"2000.01..\""
                : "范围，如 \"60..\" 或 \"2..2\"", days ? "a range of days such as \"..1955-12-31\""
                : money ? "a range of yuan such as \"2000.01..\"" : "a range such as \"60..\" or \"2..2\"");
        return new Demand.Within(axis, 0, 0);
    }

    private static long end(String text, Axis axis, long open) {
        if (text.isBlank()) {
            return open;
        }
        return switch (axis) {
            case BORN, RETIRED_ON -> LocalDate.parse(text.strip()).toEpochDay();
            case BILL -> Fen.ofYuan(text.strip()).value();
            default -> Long.parseLong(text.strip());
        };
    }
}
