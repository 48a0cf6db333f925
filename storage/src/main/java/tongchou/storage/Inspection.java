package tongchou.storage;

import java.security.Provider;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a book is to be verified (核验方式).
///
/// @param most how many findings are collected before it stops
/// @param progress is told how far it has come
/// @param recompute what is wrong with the reply of a settlement, empty when it is what its pack and inputs give
/// @param checkpoints those that were kept outside the book
/// @param keys the public key of a name; a checkpoint whose key is unknown is a finding
/// @param provider who knows the algorithms that Java has not installed; null for nobody
public record Inspection(int most, Progress progress, Recompute recompute,
        List<Checkpoint> checkpoints, Function<String, Optional<PublicKey>> keys, @Nullable Provider provider) {

    /// The first difference, without checkpoints.
    public static final Inspection FIRST_DIFFERENCE = new Inspection(1, (check, done, all) -> { },
            Recompute.NOTHING, List.of(), name -> Optional.empty(), null);

    /// Collects so many findings.
    public Inspection atMost(int findings) {
        return new Inspection(findings, progress, recompute, checkpoints, keys, provider);
    }

    /// Tells somebody how far it has come.
    public Inspection telling(Progress listener) {
        return new Inspection(most, listener, recompute, checkpoints, keys, provider);
    }

    /// Recomputes every reply.
    public Inspection recomputing(Recompute judge) {
        return new Inspection(most, progress, judge, checkpoints, keys, provider);
    }

    /// Knows further algorithms.
    public Inspection knowing(Provider algorithms) {
        return new Inspection(most, progress, recompute, checkpoints, keys, algorithms);
    }

    /// Compares the audit log with checkpoints that were kept outside.
    public Inspection against(List<Checkpoint> kept, Function<String, Optional<PublicKey>> known) {
        return new Inspection(most, progress, recompute, List.copyOf(kept), known, provider);
    }

    /// Is told how far a verification has come.
    @FunctionalInterface
    public interface Progress {
        /// So much of one check is done.
        void at(String check, long done, long all);
    }

    /// Settles again what was settled.
    @FunctionalInterface
    public interface Recompute {
        /// Recomputes nothing.
        Recompute NOTHING = inputs -> Optional.empty();

        /// What does not hold (I10, I12), empty when the stored reply is what its pack and inputs give and a larger
        /// bill would not lower what the funds pay.
        Optional<Finding> differs(Inputs inputs);
    }
}
