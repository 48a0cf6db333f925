package tongchou.server.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tongchou.core.alliance.Tier;

/// Which tiers may use an item, as lists write it (使用级别): in a column of its own, or within a restriction.
final class TierWords {

    private static final Map<String, Tier> SINGLE = Map.of("一级", Tier.PRIMARY, "一级及以下", Tier.PRIMARY, "基层",
            Tier.PRIMARY, "二级", Tier.SECONDARY, "三级", Tier.TERTIARY);

    private static final Pattern PARTS = Pattern.compile("[\\s,，、;；/]+");
    private static final Pattern LIMITED = Pattern.compile("限(?:于|在)?(基层|一级及以下|二级(?:及|或)?以下|一级|二级|三级)"
            + "(?:(?:及|或|和)?(以上))?");

    private TierWords() {
    }

    /// The tiers that a column names, all where it is empty; nothing where it says something else.
    static Optional<Set<Tier>> named(String cell) {
        var tiers = EnumSet.noneOf(Tier.class);
        for (var word : PARTS.split(cell.replace("医疗机构", "").replace("医院", "").strip())) {
            var found = word.isEmpty() ? EnumSet.allOf(Tier.class) : tiers(word);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            tiers.addAll(found);
        }
        return Optional.of(tiers);
    }

    private static Set<Tier> tiers(String word) {
        for (var tier : Tier.values()) {
            if (tier.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return EnumSet.of(tier);
            }
        }
        var limited = LIMITED.matcher(word.startsWith("限") ? word : "限" + word);
        return limited.matches() ? from(limited.group(1), limited.group(2) != null) : Set.of();
    }

    /// The tiers to which a restriction limits an item, all where it speaks of none.
    static Set<Tier> within(String restriction) {
        var limited = LIMITED.matcher(restriction);
        return limited.find() ? from(limited.group(1), limited.group(2) != null) : EnumSet.allOf(Tier.class);
    }

    private static Set<Tier> from(String word, boolean above) {
        if (word.startsWith("二级") && word.endsWith("以下")) {
            return EnumSet.of(Tier.PRIMARY, Tier.SECONDARY);
        }
        var tier = SINGLE.getOrDefault(word, Tier.PRIMARY);
        return above ? EnumSet.range(tier, Tier.TERTIARY) : EnumSet.of(tier);
    }

    /// The attribute of an item that only some tiers may use; empty for one that all may.
    static String attribute(Set<Tier> tiers) {
        return tiers.size() == Tier.values().length ? "" : List.of(Tier.values()).stream().filter(tiers::contains)
                .map(tier -> tier.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" "));
    }
}
