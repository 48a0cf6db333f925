package tongchou.server.packs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackFiles;
import tongchou.api.pack.PackIdentity;
import tongchou.storage.PackLoads;

/// Keeps packs from going back to a lower version unless somebody wants it, and has the book say which were loaded
/// (版本回退检查).
///
/// @param allowed ids of packs that may go back
public record VersionOrder(PackLoads loads, Clock clock, Collection<String> allowed) {

    /// The packs that are lower than the version worked with last and may not be, each with that version.
    public Map<String, String> lower(Packs packs) {
        return packs.loaded().stream().map(Packs.Loaded::pack).filter(pack -> !allowed.contains(pack.id()))
                .flatMap(pack -> loads.latest(pack.id()).stream()
                        .filter(last -> PackSwitch.isLower(pack.version(), last.version())))
                .collect(Collectors.toMap(PackLoads.Load::pack, PackLoads.Load::version));
    }

    /// A guard that also turns such packs away.
    public static Guard without(Map<String, String> lower, Guard guard) {
        return new Guard() {
            @Override
            public Optional<PackFiles> read(Path place, List<Finding> findings) throws IOException {
                return guard.read(place, findings).filter(pack -> passes(pack, findings));
            }

            @Override
            public boolean passes(PackFiles pack, List<Finding> findings) {
                var identity = PackIdentity.of(pack);
                var last = lower.get(identity.id());
                if (last == null) {
                    return true;
                }
                findings.add(new Finding(Finding.Severity.ERROR, "pack.yaml", 0, "version", identity.version(),
                        "不低于上次装载的 " + last + "；确需回退时用 --allow-lower " + identity.id(),
                        "not lower than " + last + ", which was loaded last; --allow-lower " + identity.id()
                                + " goes back"));
                return false;
            }

            @Override
            public String signer(String origin) {
                return guard.signer(origin);
            }
        };
    }

    /// Records every pack that is not the one that was loaded last.
    ///
    /// @param by who had it loaded
    public void record(Packs packs, Guard guard, String by) {
        var others = new ArrayList<PackLoads.Load>();
        for (var loaded : packs.loaded()) {
            var pack = loaded.pack();
            var last = loads.latest(pack.id());
            if (last.filter(one -> one.hash().equals(pack.hash()) && one.version().equals(pack.version())).isEmpty()) {
                var forced = last.filter(one -> PackSwitch.isLower(pack.version(), one.version())).isPresent();
                others.add(new PackLoads.Load(pack.id(), pack.version(), pack.hash(), guard.signer(loaded.origin()),
                        forced, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            }
        }
        if (!others.isEmpty()) {
            loads.add(others, by);
        }
    }
}
