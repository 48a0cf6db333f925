package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tongchou.core.policy.Divisions;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Waterfalls;

/// Which area settles the members of a division on which day (管辖).
///
/// Every code belongs to one area of one pack. Another pack gets it only by saying from which day on it replaces which
/// area of which pack; without that both name the code, and the one that comes second is not loaded.
final class Jurisdictions {

    private final Map<String, List<Turn>> byCode = new HashMap<>();
    private final List<Takeover> takeovers = new ArrayList<>();

    /// The area that settles a code from a day on, until the next turn.
    private record Turn(LocalDate from, Waterfalls rules) {

        Policy policy() {
            return rules.policy();
        }
    }

    /// What two codes have in common: the first digits of the wider one.
    static boolean overlap(String one, String other) {
        return stem(one).startsWith(stem(other)) || stem(other).startsWith(stem(one));
    }

    private static String stem(String code) {
        return code.replace("*", "");
    }

    /// The turns that codes of another area have already, the last of each; within a pack the exact code comes before
    /// the one that takes it in, and only the same code twice is too much.
    private Stream<Map.Entry<String, Turn>> taken(String pack, String code) {
        return byCode.entrySet().stream().filter(held -> held.getKey().equals(code) || overlap(held.getKey(), code)
                        && held.getValue().stream().noneMatch(turn -> turn.policy().pack().equals(pack)))
                .map(held -> Map.entry(held.getKey(), held.getValue().getLast()))
                .sorted(Map.Entry.comparingByKey());
    }

    /// Says what of a pack's areas others settle already, and what its `replaces` does not reach.
    ///
    /// @param loaded the pack of an id, where it is loaded
    void check(Pack pack, Function<String, Optional<Pack>> loaded, Findings findings) {
        for (var policy : pack.policies()) {
            for (var code : policy.divisions()) {
                taken(pack.id(), code).filter(held -> !mayTake(pack, held.getValue())).findFirst()
                        .ifPresent(held -> conflict(pack, policy, code, held.getValue(), findings));
            }
        }
        for (var said : pack.replaces()) {
            var other = loaded.apply(said.pack());
            if (other.isEmpty()) {
                findings.warning("pack.yaml", 0, "replaces", said.toString(),
                        "已加载的政策包；" + said.pack() + " 没有加载，" + said.from() + " 之前的费用没有政策包结算",
                        "a loaded pack; " + said.pack() + " is not, so that nothing settles what binds before "
                                + said.from());
            } else if (settles(other.get(), said.area()).noneMatch(held -> pack.policies().stream()
                    .flatMap(policy -> policy.divisions().stream()).anyMatch(code -> overlap(held, code)))) {
                findings.error("pack.yaml", 0, "replaces", said.toString(),
                        "政策包 " + said.pack() + " 中结算本包区划代码的地区",
                        "an area of the pack " + said.pack() + " that settles a code of this pack");
            }
        }
    }

    private static Stream<String> settles(Pack pack, String area) {
        return pack.policies().stream().filter(policy -> policy.area().equals(area))
                .flatMap(policy -> policy.divisions().stream());
    }

    private static boolean mayTake(Pack pack, Turn held) {
        return pack.replaces().stream().anyMatch(said -> said.names(held.policy().pack(), held.policy().area())
                && said.from().isAfter(held.from()));
    }

    private static void conflict(Pack pack, Policy policy, String code, Turn held, Findings findings) {
        var by = held.policy();
        if (by.pack().equals(pack.id())) {
            findings.error("areas/" + policy.area() + "/area.yaml", 0, "divisions", code, "本包其他地区未使用的区划代码",
                    "a division that no other area of the pack settles");
            return;
        }
        var write = new Replacement(by.pack(), by.area(), pack.cover().from());
        var since = held.from().equals(LocalDate.MIN) ? "" : "（自 " + held.from() + " 接管）";
        var sinceEn = held.from().equals(LocalDate.MIN) ? "" : " since " + held.from();
        findings.error("areas/" + policy.area() + "/area.yaml", 0, "divisions", code,
                "未被其他地区使用的区划代码；政策包 " + by.pack() + " 的 " + by.area() + since
                        + " 已有。要接管，在 pack.yaml 写 replaces: [" + write + "]，from 为起始日",
                "a division that no other area settles; " + by.area() + " of pack " + by.pack() + " does" + sinceEn
                        + ". To take it over, write in pack.yaml: replaces: [" + write + "], from being the first day");
    }

    /// Adds a pack without conflicts.
    ///
    /// @param loaded the pack of an id, where it is loaded; what a pack that is not there settled until a day, this one
    ///         does not settle before that day
    void add(Pack pack, List<Waterfalls> compiled, Function<String, Optional<Pack>> loaded) {
        var absent = pack.replaces().stream().filter(said -> loaded.apply(said.pack()).isEmpty())
                .map(Replacement::from).min(Comparator.naturalOrder()).orElse(LocalDate.MIN);
        for (var rules : compiled) {
            var taken = new LinkedHashMap<Replacement, List<String>>();
            for (var code : rules.policy().divisions()) {
                var first = absent;
                for (var held : taken(pack.id(), code).toList()) {
                    var said = pack.replaces().stream().filter(one -> one.names(held.getValue().policy().pack(),
                            held.getValue().policy().area())).findFirst().orElseThrow();
                    taken.computeIfAbsent(said, one -> new ArrayList<>()).add(code);
                    if (stem(code).startsWith(stem(held.getKey()))) {
                        first = said.from();
                    } else {
                        byCode.get(held.getKey()).add(new Turn(said.from(), rules));
                    }
                }
                byCode.computeIfAbsent(code, none -> new ArrayList<>()).add(new Turn(first, rules));
            }
            taken.forEach((said, codes) -> takeovers.add(new Takeover(pack.id(), rules.policy().area(), said.pack(),
                    said.area(), codes.stream().distinct().toList(), said.from())));
        }
    }

    /// The rules for a division, the ones that hold on the day first, before them those that held earlier: of the area
    /// that names its code, else of the one that takes in the whole city or province, else of the one that settles the
    /// codes which came after a withdrawn one.
    List<Waterfalls> on(Divisions changed, String division, LocalDate day) {
        var found = new ArrayList<Waterfalls>(1);
        for (var code : changed.line(division)) {
            for (var key : List.of(code, beginning(code, 4) + "**", beginning(code, 2) + "****")) {
                for (var turn : byCode.getOrDefault(key, List.of()).reversed()) {
                    if (!turn.from().isAfter(day)) {
                        found.add(turn.rules());
                        if (turn.from().equals(LocalDate.MIN)) {
                            return found;
                        }
                    }
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    private static String beginning(String code, int digits) {
        return code.substring(0, Math.min(digits, code.length()));
    }

    /// What passed from one pack to another.
    List<Takeover> takeovers() {
        return takeovers.stream().sorted(Comparator.comparing(Takeover::pack).thenComparing(Takeover::area)).toList();
    }
}
