package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// What a pack and those that lie beside it say of the same division codes (相邻政策包), before a server has to choose.
public final class Neighbours {

    private final PackIdentity pack;
    private final List<PackIdentity> others;
    private final Findings findings = new Findings();

    private Neighbours(PackIdentity pack, Collection<PackFiles> beside) {
        this.pack = pack;
        this.others = beside.stream().map(PackIdentity::of).filter(one -> !one.id().equals(pack.id())).toList();
    }

    /// Everything that its author should know of the packs beside it: who settles its codes, and what to write.
    public static List<Finding> of(PackFiles files, Collection<PackFiles> beside) {
        var neighbours = new Neighbours(PackIdentity.of(files), beside);
        if (neighbours.pack.id().isEmpty()) {
            return List.of();
        }
        neighbours.conflicts();
        neighbours.pack.replaces().forEach(neighbours::replaced);
        return neighbours.findings.sorted();
    }

    /// The replacements with which a pack for a division takes over whoever settles it.
    public static List<Replacement> needed(String division, LocalDate from, Collection<PackFiles> beside) {
        return beside.stream().map(PackIdentity::of).flatMap(other -> other.areas().stream()
                .filter(area -> meets(area.divisions(), List.of(division)))
                .map(area -> new Replacement(other.id(), area.name(), from))).distinct().toList();
    }

    private static boolean meets(List<String> some, List<String> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(other -> Jurisdictions.overlap(one, other)));
    }

    private static List<String> common(List<String> own, List<String> others) {
        return own.stream().filter(one -> meets(List.of(one), others)).toList();
    }

    private void conflicts() {
        for (var other : others) {
            for (var theirs : other.areas()) {
                var codes = common(pack.divisions(), theirs.divisions());
                var settled = pack.replaces().stream().anyMatch(one -> one.names(other.id(), theirs.name()))
                        || other.replaces().stream().anyMatch(one -> one.pack().equals(pack.id()));
                // Who takes over from the same area as another is told of the one that took over.
                var taken = pack.replaces().stream().anyMatch(one -> other.replaces().stream()
                        .anyMatch(also -> also.names(one.pack(), one.area())));
                if (!codes.isEmpty() && !settled) {
                    conflict(other, theirs, codes, taken);
                }
            }
        }
    }

    private void conflict(PackIdentity other, PackIdentity.Area theirs, List<String> codes, boolean taken) {
        var write = new Replacement(other.id(), theirs.name(), pack.cover().from());
        var read = String.join(" ", codes);
        if (taken) {
            findings.error("pack.yaml", 0, "replaces", read,
                    "只有一个政策包接管；" + other.id() + " 也接管了同一地区，二者只能加载其一，或写明接管它：" + write,
                    "one pack that takes it over; " + other.id() + " replaces the same area: use one of the two, or "
                            + "take over from that one: " + write);
            return;
        }
        findings.warning("pack.yaml", 0, "divisions", read,
                "与政策包 " + other.id() + "（" + theirs.name() + "）同时使用时写明接管：replaces: [" + write
                        + "]，from 为起始日",
                "beside pack " + other.id() + " (" + theirs.name() + "), which settles them too: replaces: [" + write
                        + "], from being the first day");
    }

    private void replaced(Replacement said) {
        var other = others.stream().filter(one -> one.id().equals(said.pack())).findFirst();
        if (other.isEmpty()) {
            findings.warning("pack.yaml", 0, "replaces", said.toString(),
                    "--packs 目录中的政策包；没有它，" + said.from() + " 之前的费用没有政策包结算",
                    "a pack in the directory of --packs; without it nothing settles what binds before " + said.from());
            return;
        }
        var area = other.get().areas().stream().filter(one -> one.name().equals(said.area())).findFirst();
        if (area.isEmpty() || !meets(area.get().divisions(), pack.divisions())) {
            var names = other.get().areas().stream().filter(one -> meets(one.divisions(), pack.divisions()))
                    .map(PackIdentity.Area::name).collect(Collectors.joining(" "));
            findings.error("pack.yaml", 0, "replaces", said.toString(),
                    "政策包 " + said.pack() + " 中结算本包区划代码的地区" + (names.isEmpty() ? "" : "：" + names),
                    "an area of the pack " + said.pack() + " that settles a code of this pack"
                            + (names.isEmpty() ? "" : ": " + names));
            return;
        }
        var left = new ArrayList<>(area.get().divisions());
        left.removeIf(code -> pack.divisions().stream().anyMatch(own -> own.equals(code)
                || own.endsWith("*") && Jurisdictions.overlap(own, code)));
        if (!left.isEmpty()) {
            findings.warning("pack.yaml", 0, "replaces", said.toString(),
                    "本包未写的区划代码仍由 " + said.pack() + " 结算：" + String.join(" ", left),
                    "what this pack does not name stays with " + said.pack() + ": " + String.join(" ", left));
        }
    }
}
