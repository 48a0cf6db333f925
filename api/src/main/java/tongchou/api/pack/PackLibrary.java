package tongchou.api.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private PackLibrary() {
    }

    /// Reads and compiles packs, parents first, whatever order they come in.
    public static PackLibrary of(Collection<PackFiles> files) {
        var library = new PackLibrary();
        var waiting = new ArrayList<>(ParsedFiles.of(files));
        while (!waiting.isEmpty()) {
            var ready = waiting.stream().filter(candidate -> {
                var parent = parentOf(candidate);
                return parent.isEmpty() || library.packs.containsKey(parent);
            }).findFirst();
            if (ready.isEmpty()) {
                waiting.forEach(orphan -> library.readings.add(withoutParent(orphan)));
                return library;
            }
            waiting.remove(ready.get());
            library.add(ready.get());
        }
        return library;
    }

    private static String parentOf(ParsedFiles files) {
        return PackReader.Header.of(files, new Findings()).parent();
    }

    private static Reading withoutParent(ParsedFiles files) {
        var findings = new Findings();
        var parent = PackReader.Header.of(files, findings).parent();
        findings.error("pack.yaml", 0, "extends", parent, "一个已加载且无错误的政策包", "a pack that is loaded and free of errors");
        return new Reading(null, files.files().origin(), findings.sorted());
    }

    private void add(ParsedFiles files) {
        var reader = reader(files);
        var reading = reader.read(false);
        var findings = new Findings();
        var pack = reading.pack();
        var compiled = new ArrayList<Waterfalls>();
        if (pack != null) {
            if (packs.containsKey(pack.id())) {
                findings.error("pack.yaml", 0, "pack", pack.id(), "未被其他包使用的名称", "a name that no other pack uses");
            }
            for (var policy : pack.policies()) {
                try {
                    compiled.add(new Waterfalls(policy));
                } catch (IllegalArgumentException tooMuch) {
                    findings.error("areas/" + policy.area(), 0, "", String.valueOf(tooMuch.getMessage()),
                            "可以编译的待遇", "benefits that can be compiled");
                }
                for (var division : policy.divisions()) {
                    if (byDivision.containsKey(division)) {
                        findings.error("areas/" + policy.area() + "/area.yaml", 0, "divisions", division,
                                "未被其他地区使用的区划代码", "a division that no other area settles");
                    }
                }
            }
        }
        if (pack == null || findings.hasErrors()) {
            var all = new ArrayList<>(reading.findings());
            all.addAll(findings.sorted());
            readings.add(new Reading(null, files.files().origin(), all));
            return;
        }
        readings.add(reading);
        packs.put(pack.id(), pack);
        scopes.put(pack.id(), reader.scope());
        policies.addAll(compiled);
        for (var policy : compiled) {
            policy.policy().divisions().forEach(division -> byDivision.put(division, policy));
        }
    }

    /// A reader for a pack on top of what is loaded.
    PackReader reader(ParsedFiles files) {
        var parent = parentOf(files);
        return new PackReader(files, packs.get(parent), scopes.get(parent));
    }

    /// Reads a pack on top of this library with its worked examples, without adding it.
    public Reading read(PackFiles files) {
        return reader(ParsedFiles.of(files)).read(true);
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

    /// The compiled rules for members insured in a division.
    public Optional<Waterfalls> policy(String division) {
        return Optional.ofNullable(byDivision.get(division));
    }

    /// The compiled rules of every area.
    public List<Waterfalls> policies() {
        return List.copyOf(policies);
    }
}
