package tongchou.server.packs;

import java.util.List;
import tongchou.api.pack.PackFiles;

/// Packs that came from repositories (取回的政策包). Of a pack that also lies on this machine, the higher version is used.
///
/// @param packs what was fetched and passed
/// @param left what did not
/// @param guard by which they were judged
public record Fetched(List<PackFiles> packs, List<Packs.Left> left, Guard guard) {

    /// Nothing fetched.
    public static final Fetched NOTHING = new Fetched(List.of(), List.of(), Guard.OPEN);

    /// Copies the lists.
    public Fetched {
        packs = List.copyOf(packs);
        left = List.copyOf(left);
    }

    /// Those of them that have errors of their own, as they were found when everything was read.
    public List<Packs.Left> broken(Packs read) {
        return read.left().stream().filter(one -> packs.stream().anyMatch(pack -> pack.origin().equals(one.origin())))
                .filter(one -> one.findings().stream().noneMatch(finding -> finding.key().equals("extends"))).toList();
    }

    /// Those that a further guard lets pass too.
    Fetched through(Guard further) {
        var passed = new java.util.ArrayList<PackFiles>();
        var turned = new java.util.ArrayList<>(left);
        for (var pack : packs) {
            var findings = new java.util.ArrayList<tongchou.api.pack.Finding>();
            if (further.passes(pack, findings)) {
                passed.add(pack);
            } else {
                turned.add(Packs.Left.of(pack.origin(), findings));
            }
        }
        return new Fetched(passed, turned, guard);
    }
}
