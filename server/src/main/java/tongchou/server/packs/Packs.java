package tongchou.server.packs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.pack.Finding;
import tongchou.api.pack.Pack;
import tongchou.api.pack.PackChecker;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackLibrary;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.policy.Document;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Waterfalls;

/// The policy packs of a running server (政策包): those that can be used, and why the others cannot.
public final class Packs {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /// How many sets that served before are kept, besides those somebody needs.
    private static final int KEPT = 4;

    private final PackLibrary library;
    private final List<Loaded> loaded = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private final List<Packs> former;

    /// The packs of a library.
    ///
    /// @param files what the library was made of
    /// @param unread what could not even be read as a pack
    public Packs(PackLibrary library, List<PackFiles> files, List<Left> unread) {
        this(library, files, unread, List.of());
    }

    /// The packs of a library beside sets of former versions, by which nothing new is settled.
    public Packs(PackLibrary library, List<PackFiles> files, List<Left> unread, List<Packs> former) {
        this.library = library;
        this.former = List.copyOf(former);
        unread.forEach(this::leave);
        for (var reading : library.readings()) {
            if (reading.pack() == null) {
                var named = files.stream().filter(one -> one.origin().equals(reading.origin())).findFirst()
                        .map(one -> PackChecker.check(one, library).pack()).filter(name -> ID.matcher(name).matches());
                leave(named.map(name -> new Left(name, reading.origin(), reading.findings()))
                        .orElseGet(() -> Left.of(reading.origin(), reading.findings())));
            } else {
                loaded.add(new Loaded(reading.pack(), reading.origin(), reading.findings()));
            }
        }
    }

    private Packs(Packs present, List<Packs> former) {
        this.library = present.library;
        this.loaded.addAll(present.loaded);
        this.left.addAll(present.left);
        this.former = List.copyOf(former);
    }

    /// These packs with those that served before them among the former ones, as far as they hold other versions.
    ///
    /// @param needed tells of a pack that stays however many came after it, such as one in force
    Packs beside(Packs earlier, Predicate<Pack> needed) {
        var sets = new ArrayList<Packs>(former);
        var before = new ArrayList<Packs>();
        before.add(new Packs(earlier, List.of()));
        before.addAll(earlier.former);
        for (var set : before) {
            var others = set.loaded.stream().map(Loaded::pack)
                    .filter(pack -> version(pack.id(), pack.hash()).isEmpty() && sets.stream()
                            .allMatch(one -> one.version(pack.id(), pack.hash()).isEmpty())).toList();
            if (!others.isEmpty() && (sets.size() < former.size() + KEPT || others.stream().anyMatch(needed))) {
                sets.add(set);
            }
        }
        return new Packs(this, sets);
    }

    /// The rules by which members insured in a division are settled when a day binds their claims. Where only activated
    /// versions book and that of these packs is not in force, the former version of the same pack is taken that is;
    /// a pack of which no version is in force takes over nothing yet.
    public Optional<Waterfalls> serving(String division, LocalDate day, PackSwitch packSwitch) {
        var present = library.policies(division, day);
        for (var rules : present) {
            if (packSwitch.books(rules.policy())) {
                return Optional.of(rules);
            }
            var earlier = former.stream().flatMap(set -> set.library.policyOf(rules.policy().pack(), division).stream())
                    .filter(one -> packSwitch.books(one.policy())).findFirst();
            if (earlier.isPresent()) {
                return earlier;
            }
        }
        return present.stream().findFirst();
    }

    /// The set in which exactly these rules stand.
    public Packs holding(Policy policy) {
        return former.isEmpty() ? this : version(policy.pack(), policy.hash()).orElse(this);
    }

    /// A version of a pack that is here or was before.
    ///
    /// @param hash null for the one that came last
    public Optional<Pack> version(String id, String version, @Nullable String hash) {
        return Stream.concat(Stream.of(this), former.stream()).flatMap(set -> set.loaded.stream()).map(Loaded::pack)
                .filter(pack -> pack.id().equals(id) && pack.version().equals(version)
                        && (hash == null || pack.hash().equals(hash))).findFirst();
    }

    /// Leaves a pack out, under an id that no other pack has.
    private void leave(Left one) {
        var id = one.id();
        for (var number = 2; isTaken(id); number++) {
            id = one.id() + "-" + number;
        }
        left.add(new Left(id, one.origin(), one.findings()));
    }

    private boolean isTaken(String id) {
        return library.pack(id).isPresent() || left.stream().anyMatch(other -> other.id().equals(id));
    }

    /// A usable pack.
    ///
    /// @param origin the folder or jar it was read from
    /// @param findings warnings that do not stand in its way
    public record Loaded(Pack pack, String origin, List<Finding> findings) {
    }

    /// A pack that was left out (被拒的政策包).
    ///
    /// @param id its own name, or the name of its folder or jar where it has none, under which its findings are shown
    public record Left(String id, String origin, List<Finding> findings) {

        /// A pack left out, named after the last part of its origin.
        public static Left of(String origin, List<Finding> findings) {
            var name = origin.replaceAll("[/\\\\]+$", "").replaceAll(".*[/\\\\]", "");
            var id = name.replaceAll("[^A-Za-z0-9._~-]", "_").replaceAll("^[^A-Za-z0-9]+", "");
            return new Left(id.isEmpty() ? "pack" : id, origin, List.copyOf(findings));
        }
    }

    /// The library behind them.
    public PackLibrary library() {
        return library;
    }

    /// The usable packs, parents first.
    public List<Loaded> loaded() {
        return List.copyOf(loaded);
    }

    /// The packs and jars that were left out.
    public List<Left> left() {
        return List.copyOf(left);
    }

    /// The same, those together that were left out for the same reasons, such as a directory of unsigned jars.
    public List<List<Left>> leftByReason() {
        return List.copyOf(left.stream().collect(Collectors.groupingBy(Left::findings, LinkedHashMap::new,
                Collectors.toList())).values());
    }

    /// A usable pack by its id.
    public Optional<Loaded> pack(String id) {
        for (var one : loaded) {
            if (one.pack().id().equals(id)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /// The rules for members insured in a division, as they are after every takeover.
    public Optional<Waterfalls> policy(String division) {
        return library.policy(division);
    }

    /// The rules for members insured in a division when a day binds their claims.
    public Optional<Waterfalls> policy(String division, LocalDate day) {
        return library.policy(division, day);
    }

    /// The packs in which a version of a pack stands: these, or a set of former ones.
    ///
    /// @param hash of the pack, as settlements name it
    public Optional<Packs> version(String pack, String hash) {
        return library.policies().stream().anyMatch(rules -> rules.policy().pack().equals(pack)
                && rules.policy().hash().equals(hash)) ? Optional.of(this)
                : former.stream().flatMap(set -> set.version(pack, hash).stream()).findFirst();
    }

    /// The division codes that are settled, for messages.
    public String divisions() {
        return library.policies().stream().flatMap(rules -> rules.policy().divisions().stream()).distinct().sorted()
                .collect(Collectors.joining(" "));
    }

    /// The catalogue of an area of a pack: its own listing over the pack's and those of the packs it extends.
    public Catalogue catalogue(String pack, String area) {
        return pack(pack).map(loaded -> loaded.pack().listings().of(area)).orElse(Catalogue.EMPTY);
    }

    /// The documents that a pack may cite, by id.
    public Map<String, Document> documents(String pack) {
        return pack(pack).map(loaded -> loaded.pack().documents()).orElse(Map.of());
    }
}
