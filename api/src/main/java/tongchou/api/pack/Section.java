package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tongchou.core.calendar.InForce;
import tongchou.core.calendar.WrittenDay;
import tongchou.core.money.Fen;
import tongchou.core.money.Ratio;

/// A mapping read key by key with its types (节). What does not fit becomes a finding and is replaced by a
/// harmless value, so that reading goes on and everything is found at once.
final class Section {

    private final Tree.Mapping tree;
    private final Findings findings;

    private Section(Tree.Mapping tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
    }

    /// Opens a mapping; keys outside the list are findings.
    static Section of(Tree tree, Findings findings, String... allowed) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            findings.error(tree, "键: 值 形式的内容", "a mapping of keys to values");
            return new Section(new Tree.Mapping(tree.file(), tree.line(), tree.path(), Map.of()), findings);
        }
        var known = Set.of(allowed);
        mapping.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                var choices = String.join(", ", known.stream().sorted().toList());
                findings.error(value.file(), value.line(), value.path(), key, "以下键之一：" + choices, "one of: " + choices);
            }
        });
        return new Section(mapping, findings);
    }

    /// Opens a mapping of which only known keys were kept.
    static Section ofKnown(Tree.Mapping mapping, Findings findings) {
        return new Section(mapping, findings);
    }

    Tree.Mapping tree() {
        return tree;
    }

    boolean has(String key) {
        return tree.entries().containsKey(key);
    }

    Optional<Tree> at(String key) {
        return Optional.ofNullable(tree.entries().get(key));
    }

    String text(String key) {
        return textAt(key).map(Tree.Text::text).orElseGet(() -> {
            if (!has(key)) {
                findings.error(tree.file(), tree.line(), join(key), "", "必须填写 " + key, key + " is required");
            }
            return "";
        });
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    private Optional<Tree.Text> textAt(String key) {
        var value = tree.entries().get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Tree.Text text) {
            return Optional.of(text);
        }
        findings.error(value, "单个值", "a single value");
        return Optional.empty();
    }

    private String join(String key) {
        return tree.path().isEmpty() ? key : tree.path() + "." + key;
    }

    /// The items of a list; a single value counts as a list of one, an absent key as an empty list.
    List<Tree> list(String key) {
        var value = tree.entries().get(key);
        return switch (value) {
            case null -> List.of();
            case Tree.Sequence sequence -> sequence.items();
            default -> List.of(value);
        };
    }

    List<String> words(String key) {
        var words = new ArrayList<String>();
        for (var item : list(key)) {
            if (item instanceof Tree.Text text) {
                words.add(text.text());
            } else {
                findings.error(item, "文字", "a word");
            }
        }
        return words;
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return switch (text(key)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> {
                complain(key, "yes 或 no", "yes or no");
                yield otherwise;
            }
        };
    }

    int number(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text(key).strip());
        } catch (NumberFormatException wrong) {
            complain(key, "整数", "a whole number");
            return otherwise;
        }
    }

    Fen yuan(String key) {
        var text = text(key);
        if (!has(key)) {
            return Fen.ZERO;
        }
        try {
            var fen = Fen.ofYuan(text);
            if (!fen.isNegative() && fen.value() <= 100_000_000_000L) {
                return fen;
            }
        } catch (NumberFormatException | ArithmeticException wrong) {
            // reported below with every other unusable amount
        }
        complain(key, "不为负、至多两位小数的元金额，如 \"1800.00\"",
                "yuan with at most two decimals, not negative, such as \"1800.00\"");
        return Fen.ZERO;
    }

    Ratio ratio(String key) {
        var text = text(key);
        if (!has(key)) {
            return Ratio.ZERO;
        }
        try {
            var ratio = Ratio.of(text);
            if (text.strip().endsWith("%") && ratio.millionths() >= 0) {
                return ratio;
            }
        } catch (NumberFormatException | ArithmeticException wrong) {
            // reported below with every other unusable share
        }
        complain(key, "百分比，如 \"85%\"", "a percentage such as \"85%\"");
        return Ratio.ZERO;
    }

    /// Percentage points with an optional sign.
    Ratio points(String key) {
        try {
            return Ratio.of(text(key).strip().replaceFirst("^\\+", "").replaceFirst("%$", "") + "%");
        } catch (NumberFormatException | ArithmeticException wrong) {
            complain(key, "百分点，如 \"+3\" 或 \"-10\"", "percentage points such as \"+3\" or \"-10\"");
            return Ratio.ZERO;
        }
    }

    LocalDate day(String key, LocalDate otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return WrittenDay.read(text(key).strip()).orElseGet(() -> {
            complain(key, "日期，如 2024-01-01", "a day such as 2024-01-01");
            return otherwise;
        });
    }

    LocalDate day(String key) {
        if (!has(key)) {
            findings.error(tree.file(), tree.line(), join(key), "", "必须填写日期 " + key, "a day is required: " + key);
        }
        return day(key, LocalDate.EPOCH);
    }

    InForce inForce(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            complain("to", "不早于 from 的日期", "a day not before from");
            return InForce.from(from);
        }
        return new InForce(from, to);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return has(key) ? choice(tree.entries().get(key), text(key), type, otherwise) : otherwise;
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        var first = type.getEnumConstants()[0];
        if (!has(key)) {
            text(key);
            return first;
        }
        return choice(tree.entries().get(key), text(key), type, first);
    }

    private <E extends Enum<E>> E choice(Tree at, String word, Class<E> type, E otherwise) {
        for (var constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        var choices = String.join(", ", Arrays.stream(type.getEnumConstants()).map(Section::word).toList());
        findings.error(at, "以下之一：" + choices, "one of: " + choices);
        return otherwise;
    }

    /// A constant in the words of the format: lower case with hyphens.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reports that a key needs another value.
    void complain(String key, String expected, String expectedEn) {
        findings.error(at(key).orElse(tree), expected, expectedEn);
    }
}
