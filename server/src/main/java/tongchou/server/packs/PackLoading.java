package tongchou.server.packs;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tongchou.api.pack.Pack;
import tongchou.storage.PackLoads;

/// Loads what lies in the places of packs now beside what serves (在线装载): all of it becomes the new set, or nothing.
public final class PackLoading {

    private final Function<Guard, Packs> source;
    private final Guard guard;
    private final Guard signers;
    private final PackLoads loads;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /// A loading from the places that a server was started with.
    ///
    /// @param source reads everything again, as far as a guard lets it pass
    /// @param guard what packs have to pass
    /// @param signers says who signed what was loaded
    /// @param loads where the book says which versions were worked with
    public PackLoading(Function<Guard, Packs> source, Guard guard, Guard signers, PackLoads loads,
            Clock clock) {
        this.source = source;
        this.guard = guard;
        this.signers = signers;
        this.loads = loads;
        this.clock = clock;
    }

    /// What came of a loading.
    public sealed interface Outcome {

        /// The new set, in which the earlier one stands as a former one.
        ///
        /// @param changed the packs that are new or of another content
        record Loaded(Packs packs, List<Pack> changed) implements Outcome {
        }

        /// Nothing is different.
        record Same() implements Outcome {
        }

        /// A pack that serves could no longer, or all that is new was left out; everything stays as it was.
        ///
        /// @param lost ids of packs that serve and could no longer
        /// @param why what was left out, with its findings
        record Refused(List<String> lost, List<Packs.Left> why) implements Outcome {
        }
    }

    /// Loads.
    ///
    /// @param now what serves
    /// @param allowed ids of packs that may go back to a lower version
    /// @param needed as [Packs#beside] asks
    /// @param by who has it loaded, for the audit log
    public Outcome load(Packs now, Collection<String> allowed, Predicate<Pack> needed, String by) {
        oneAtATime.lock();
        try {
            var order = new VersionOrder(loads, clock, allowed);
            var next = source.apply(guard);
            var lower = order.lower(next);
            if (!lower.isEmpty()) {
                next = source.apply(VersionOrder.without(lower, guard));
            }
            var present = next;
            var known = now.left().stream().map(left -> left.findings()).collect(Collectors.toSet());
            var turned = present.left().stream().filter(left -> !known.contains(left.findings())).toList();
            var lost = now.loaded().stream().map(one -> one.pack().id())
                    .filter(id -> present.pack(id).isEmpty()).toList();
            if (!lost.isEmpty()) {
                return new Outcome.Refused(lost, turned);
            }
            var changed = present.loaded().stream().map(Packs.Loaded::pack).filter(pack -> now.pack(pack.id())
                    .filter(one -> one.pack().hash().equals(pack.hash())).isEmpty()).toList();
            if (changed.isEmpty()) {
                return turned.isEmpty() ? new Outcome.Same() : new Outcome.Refused(lost, turned);
            }
            order.record(present, signers, by);
            return new Outcome.Loaded(present.beside(now, needed), changed);
        } finally {
            oneAtATime.unlock();
        }
    }
}
