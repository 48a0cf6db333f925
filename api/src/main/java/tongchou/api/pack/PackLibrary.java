package tongchou.api.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Divisions;
import tongchou.core.policy.Policy;
import tongchou.core.settlement.Waterfalls;

/// The packs of one installation (政策包库), read in the order in which they build on each other, and compiled.
///
/// A pack that cannot be read is left out with its findings; the others load.
public final class PackLibrary {

    private final List<Reading> readings = new ArrayList<>();
    private final Map<String, Pack> packs = new LinkedHashMap<>();
    private final Map<String, Scope> scopes = new HashMap<>();
    private final Jurisdictions jurisdictions = new Jurisdictions();
    private final List<Waterfalls> policies = new ArrayList<>();
    private Divisions divisions = Divisions.NONE;

    private final Contracts contracts;
    private final Set<String> areas = new HashSet<>();
    private final Set<String> ids = new HashSet<>();

    private PackLibrary(Contracts contracts) {
        this.contracts = contracts;
    }

    /// Reads and compiles packs, parents first, whatever order they come in.
    public static PackLibrary of(Collection<PackFiles> files) {
        return of(files, Contracts.NONE, KeptTrees.NONE);
    }

    /// The same with cases of partners beside the packs: a version that alters one is left out.
    ///
    /// @param kept spares parsing what was parsed before
    public static PackLibrary of(Collection<PackFiles> files, Contracts contracts, KeptTrees kept) {
        var library = new PackLibrary(contracts);
        var waiting = new ArrayList<>(ParsedFiles.of(files, kept).stream().map(Candidate::new).toList());
        while (!waiting.isEmpty()) {
            library.ids.clear();
            waiting.forEach(one -> library.ids.add(one.header.id()));
            if (waiting.stream().noneMatch(library::isReady)) {
                var orphans = waiting.stream().filter(one -> !library.hasParent(one)
                        && !library.ids.contains(one.header.parent())).toList();
                var stuck = orphans.isEmpty() ? List.copyOf(waiting) : orphans;
                stuck.forEach(one -> library.readings.add(one.stuck(library)));
                waiting.removeAll(stuck);
                continue;
            }
            waiting.stream().filter(library::isReady).filter(Candidate::isUnread).toList().parallelStream()
                    .forEach(candidate -> candidate.read(library));
            var next = waiting.stream().filter(library::isReady).findFirst().orElseThrow();
            waiting.remove(next);
            library.add(next);
        }
        return library;
    }

    /// A pack comes after the one that it extends and after those of which it replaces areas, where these are coming.
    private boolean isReady(Candidate candidate) {
        return hasParent(candidate) && candidate.header.replaces().stream().noneMatch(one -> ids.contains(one.pack())
                && !packs.containsKey(one.pack()) && !one.pack().equals(candidate.header.id()));
    }

    private boolean hasParent(Candidate candidate) {
        return candidate.header.parent().isEmpty() || packs.containsKey(candidate.header.parent());
    }

    /// A pack on its way into the library. Those whose parents are loaded are read side by side.
    private static final class Candidate {

        private final ParsedFiles files;
        private final PackReader.Header header;
        private final Findings findings = new Findings();
        private final List<Waterfalls> compiled = new ArrayList<>();
        private @Nullable PackReader reader;
        private @Nullable Reading reading;

        Candidate(ParsedFiles files) {
            this.files = files;
            this.header = PackReader.Header.of(files, new Findings());
        }

        boolean isUnread() {
            return reading == null;
        }

        /// Reads and compiles on top of a library that holds its parent.
        void read(PackLibrary library) {
            reader = library.reader(files, header.parent());
            reading = reader.read(false);
            if (reading.pack() != null) {
                reading.pack().policies().forEach(this::compile);
                partners(reading.pack(), library.contracts);
            }
        }

        /// What was agreed with partners holds before anything is settled.
        private void partners(Pack pack, Contracts beside) {
            var areas = compiled.stream().collect(Collectors.toMap(rules -> rules.policy().area(), rules -> rules));
            var judge = new CaseJudge(findings);
            pack.cases().stream().filter(one -> !one.vendor().isEmpty()).forEach(one -> judge.judge(one, pack, areas));
            beside.judge(pack, areas, findings);
        }

        private void compile(Policy policy) {
            try {
                compiled.add(new Waterfalls(policy));
            } catch (IllegalArgumentException tooMuch) {
                findings.error("areas/" + policy.area(), 0, "", String.valueOf(tooMuch.getMessage()),
                        "可以编译的待遇", "benefits that can be compiled");
            }
        }

        /// A pack whose parent is not there, or which waits for one that waits for it.
        Reading stuck(PackLibrary library) {
            if (library.hasParent(this)) {
                findings.error("pack.yaml", 0, "replaces", header.replaces().toString(),
                        "接管的政策包不反过来依赖本包", "packs that do not wait for this one in turn");
            } else {
                findings.error("pack.yaml", 0, "extends", header.parent(), "一个已加载且无错误的政策包",
                        "a pack that is loaded and free of errors");
            }
            return new Reading(null, files.files().origin(), findings.sorted());
        }
    }

    private void add(Candidate candidate) {
        var reading = Objects.requireNonNull(candidate.reading);
        var pack = reading.pack();
        if (pack != null) {
            pack.policies().forEach(policy -> areas.add(policy.area()));
            contradictions(pack, candidate.findings);
        }
        if (pack == null || candidate.findings.hasErrors()) {
            var all = new ArrayList<>(reading.findings());
            all.addAll(candidate.findings.sorted());
            readings.add(new Reading(null, candidate.files.files().origin(), all));
            return;
        }
        var warnings = new ArrayList<>(reading.findings());
        warnings.addAll(candidate.findings.sorted());
        readings.add(new Reading(pack, reading.origin(), warnings));
        packs.put(pack.id(), pack);
        divisions = divisions.with(pack.divisions());
        scopes.put(pack.id(), Objects.requireNonNull(candidate.reader).scope());
        policies.addAll(candidate.compiled);
        jurisdictions.add(pack, candidate.compiled, this::pack);
    }

    /// What of a pack another pack has already.
    private void contradictions(Pack pack, Findings findings) {
        if (packs.containsKey(pack.id())) {
            findings.error("pack.yaml", 0, "pack", pack.id(), "未被其他包使用的名称", "a name that no other pack uses");
        }
        jurisdictions.check(pack, this::pack, findings);
    }

    /// A reader for a pack on top of what is loaded.
    PackReader reader(ParsedFiles files) {
        return reader(files, PackReader.Header.of(files, new Findings()).parent());
    }

    private PackReader reader(ParsedFiles files, String parent) {
        return new PackReader(files, packs.get(parent), scopes.get(parent));
    }

    /// Reads a pack on top of this library with its worked examples, without adding it.
    public Reading read(PackFiles files) {
        var parsed = ParsedFiles.of(files);
        var orphan = orphan(PackReader.Header.of(parsed, new Findings()).parent());
        return orphan.isEmpty() ? reader(parsed).read(true) : new Reading(null, files.origin(), orphan);
    }

    /// What is wrong with a pack whose parent is not among those that are loaded.
    ///
    /// @param parent id of the pack it extends, empty for the root
    List<Finding> orphan(String parent) {
        return parent.isEmpty() || packs.containsKey(parent) ? List.of() : List.of(new Finding(Finding.Severity.ERROR,
                "pack.yaml", 0, "extends", parent, "一个已加载且无错误的政策包", "a pack that is loaded and free of errors"));
    }

    /// What is wrong with the cases of partners beside the packs, but for what they find in a pack.
    public List<Finding> strayContracts() {
        return contracts.stray(areas);
    }

    /// What became of each pack, in the order they were read.
    public List<Reading> readings() {
        return List.copyOf(readings);
    }

    /// The packs that can be used.
    public List<Pack> packs() {
        return List.copyOf(packs.values());
    }

    /// A usable pack by its id.
    public Optional<Pack> pack(String id) {
        return Optional.ofNullable(packs.get(id));
    }

    /// The compiled rules for members insured in a division, as they are after every takeover.
    public Optional<Waterfalls> policy(String division) {
        return policy(division, LocalDate.MAX);
    }

    /// The compiled rules by which members insured in a division are settled when a day binds their claims.
    public Optional<Waterfalls> policy(String division, LocalDate day) {
        return policies(division, day).stream().findFirst();
    }

    /// The same, and after them the rules that would hold without the last takeover, without the last two, and so on.
    public List<Waterfalls> policies(String division, LocalDate day) {
        return jurisdictions.on(divisions, division, day);
    }

    /// The rules of one pack for members insured in a division, whether another pack has taken over or not.
    public Optional<Waterfalls> policyOf(String pack, String division) {
        return policies(division, LocalDate.MAX).stream().filter(one -> one.policy().pack().equals(pack)).findFirst();
    }

    /// The divisions that passed from one of these packs to another.
    public List<Takeover> takeovers() {
        return jurisdictions.takeovers();
    }

    /// The division codes that changed, as all packs together state them.
    public Divisions divisions() {
        return divisions;
    }

    /// The compiled rules of every area.
    public List<Waterfalls> policies() {
        return List.copyOf(policies);
    }
}
