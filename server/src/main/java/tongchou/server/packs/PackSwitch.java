package tongchou.server.packs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.policy.Policy;
import tongchou.storage.Activations;
import tongchou.storage.Activations.Activation;

/// Which version of a pack books now (政策包开关): the one place that is asked, before and after versions are loaded.
///
/// What another process activates is seen after five seconds.
public final class PackSwitch {

    private static final long FRESH_MILLIS = 5000;

    private final Activations activations;
    private final Clock clock;
    private final boolean required;
    private volatile @Nullable Held held;

    /// A switch over the activations of a book.
    ///
    /// @param required whether only activated versions book; else every loaded one does
    public PackSwitch(Activations activations, Clock clock, boolean required) {
        this.activations = activations;
        this.clock = clock;
        this.required = required;
    }

    private record Held(List<Activation> all, long at) {
    }

    private List<Activation> all() {
        var present = held;
        var now = clock.millis();
        if (present != null && Math.abs(now - present.at()) < FRESH_MILLIS) {
            return present.all();
        }
        var read = new Held(activations.all(), now);
        held = read;
        return read.all();
    }

    /// Forgets what was read, after an activation.
    public void changed() {
        held = null;
    }

    /// The version of a pack that is in force at a moment: of those effective by then the one confirmed last, and of
    /// those confirmed in the same moment the one recorded last.
    public Optional<Activation> inForce(String pack, Instant at) {
        var order = java.util.Comparator.comparing(Activation::effectiveAt).thenComparing(Activation::confirmedAt);
        return all().stream().filter(one -> one.pack().equals(pack) && !one.effectiveAt().isAfter(at))
                .reduce((earlier, later) -> order.compare(earlier, later) > 0 ? earlier : later);
    }

    /// Whether a policy may book now.
    public boolean books(Policy policy) {
        return !required || isInForce(policy.pack(), policy.version(), policy.hash());
    }

    /// Whether exactly this version is in force now.
    public boolean isInForce(String pack, String version, String hash) {
        return inForce(pack, clock.instant())
                .filter(one -> one.version().equals(version) && one.hash().equals(hash)).isPresent();
    }

    /// Whether a version comes before another: its numbers are compared one after the other.
    public static boolean isLower(String version, String than) {
        var left = version.split("[^0-9]+");
        var right = than.split("[^0-9]+");
        for (var i = 0; i < Math.max(left.length, right.length); i++) {
            var order = new java.math.BigInteger(i < left.length && !left[i].isEmpty() ? left[i] : "0").compareTo(
                    new java.math.BigInteger(i < right.length && !right[i].isEmpty() ? right[i] : "0"));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }
}
