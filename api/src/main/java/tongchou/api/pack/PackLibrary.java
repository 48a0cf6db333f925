package tongchou.api.pack;

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
    private final Map<String, Waterfalls> byDivision = new HashMap<>();
    private final List<Waterfalls> policies = new ArrayList<>();
    private Divisions divisions = Divisions.NONE;

    private final Contracts contracts;
    private final Set<String> areas = new HashSet<>();

    private PackLibrary(Contracts contracts) {
        this.contracts = contracts;
    }

    /// Reads and compiles packs, parents first, whatever order they come in.
    public static PackLibrary of(Collection<PackFiles> files) {
        return of(files, Contracts.NONE);
    }

    /// The same with cases of partners beside the packs: a version that alters one is left out.
    public static PackLibrary of(Collection<PackFiles> files, Contracts contracts) {
        var library = new PackLibrary(contracts);
        var waiting = new ArrayList<>(ParsedFiles.of(files).stream().map(Candidate::new).toList());
        while (!waiting.isEmpty()) {
            if (waiting.stream().noneMatch(library::isReady)) {
                waiting.forEach(orphan -> library.readings.add(orphan.withoutParent()));
                return library;
            }
            waiting.stream().filter(library::isReady).filter(Candidate::isUnread).toList().parallelStream()
                    .forEach(candidate -> candidate.read(library));
            var next = waiting.stream().filter(library::isReady).findFirst().orElseThrow();
            waiting.remove(next);
            library.add(next);
        }
        return library;
    }

    /// The packs that a pack builds on, the nearest first, as far as they are there; nothing else is needed to read it.
    public static List<PackFiles> ancestors(PackFiles pack, Collection<PackFiles> among) {
        var byId = new HashMap<String, PackFiles>();
        among.forEach(one -> byId.putIfAbsent(header(one).id(), one));
        var found = new ArrayList<PackFiles>();
        for (var next = byId.get(header(pack).parent()); next != null && !found.contains(next);
                next = byId.get(header(next).parent())) {
            found.add(next);
        }
        return found;
    }

    private static PackReader.Header header(PackFiles pack) {
        return PackReader.Header.of(ParsedFiles.of(pack), new Findings());
    }

    private boolean isReady(Candidate candidate) {
        return candidate.parent.isEmpty() || packs.containsKey(candidate.parent);
    }

    /// A pack on its way into the library. Those whose parents are loaded are read side by side.
    private static final class Candidate {

        private final ParsedFiles files;
        private final String parent;
        private final Findings findings = new Findings();
        private final List<Waterfalls> compiled = new ArrayList<>();
        private @Nullable PackReader reader;
        private @Nullable Reading reading;

        Candidate(ParsedFiles files) {
            this.files = files;
            this.parent = PackReader.Header.of(files, new Findings()).parent();
        }

        boolean isUnread() {
            return reading == null;
        }

        /// Reads and compiles on top of a library that holds its parent.
        void read(PackLibrary library) {
            reader = library.reader(files, parent);
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

        Reading withoutParent() {
            findings.error("pack.yaml", 0, "extends", parent, "一个已加载且无错误的政策包",
                    "a pack that is loaded and free of errors");
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
        readings.add(reading);
        packs.put(pack.id(), pack);
        divisions = divisions.with(pack.divisions());
        scopes.put(pack.id(), Objects.requireNonNull(candidate.reader).scope());
        policies.addAll(candidate.compiled);
        for (var policy : candidate.compiled) {
            policy.policy().divisions().forEach(division -> byDivision.put(division, policy));
        }
    }

    /// What of a pack another pack has already.
    private void contradictions(Pack pack, Findings findings) {
        if (packs.containsKey(pack.id())) {
            findings.error("pack.yaml", 0, "pack", pack.id(), "未被其他包使用的名称", "a name that no other pack uses");
        }
        for (var policy : pack.policies()) {
            for (var division : policy.divisions()) {
                var taken = byDivision.get(division);
                if (taken != null) {
                    var by = taken.policy().pack();
                    findings.error("areas/" + policy.area() + "/area.yaml", 0, "divisions", division,
                            "未被其他地区使用的区划代码；政策包 " + by + " 已有，--packs 目录中不放它即可",
                            "a division that no other area settles; pack " + by + " does: leave it out of the "
                                    + "directory of --packs");
                }
            }
        }
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
        return reader(ParsedFiles.of(files)).read(true);
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

    /// The compiled rules for members insured in a division: of the area that names its code, else of the one that
    /// takes in the whole city or province, else of the one that settles the codes which came after a withdrawn one.
    public Optional<Waterfalls> policy(String division) {
        for (var code : divisions().line(division)) {
            for (var settled : List.of(code, beginning(code, 4) + "**", beginning(code, 2) + "****")) {
                if (byDivision.containsKey(settled)) {
                    return Optional.of(byDivision.get(settled));
                }
            }
        }
        return Optional.empty();
    }

    private static String beginning(String code, int digits) {
        return code.substring(0, Math.min(digits, code.length()));
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
