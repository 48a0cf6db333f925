package tongchou.core.policy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongchou.core.encounter.Claim;

/// What a condition demands on one axis (条件项).
public sealed interface Demand {

    /// The axis it asks about.
    Axis axis();

    /// Whether the claim meets the demand.
    ///
    /// @param day the day that binds the claim
    /// @param stayNumber which stay of the benefit year this is, from one
    boolean holds(Claim claim, LocalDate day, long stayNumber);

    /// Whether whatever meets this demand meets the other too.
    boolean implies(Demand other);

    /// The demand that both together make, or null when nothing can meet both.
    @Nullable Demand and(Demand other);

    /// One of several values of a listed axis.
    ///
    /// @param mask bit `n` set when the `n`-th value of the axis is accepted
    record OneOf(Axis axis, long mask) implements Demand {
        @Override
        public boolean holds(Claim claim, LocalDate day, long stayNumber) {
            return (mask >>> axis.read(claim, day, stayNumber) & 1) != 0;
        }

        @Override
        public boolean implies(Demand other) {
            return other instanceof OneOf(var its, var wider) && its == axis && (mask & ~wider) == 0;
        }

        @Override
        public @Nullable Demand and(Demand other) {
            var both = mask & ((OneOf) other).mask;
            return both == 0 ? null : new OneOf(axis, both);
        }
    }

    /// A range of a numeric axis, both ends included.
    record Within(Axis axis, long from, long to) implements Demand {
        @Override
        public boolean holds(Claim claim, LocalDate day, long stayNumber) {
            var value = axis.read(claim, day, stayNumber);
            return value != Axis.UNKNOWN && from <= value && value <= to;
        }

        @Override
        public boolean implies(Demand other) {
            return other instanceof Within(var its, var least, var most) && its == axis && least <= from && to <= most;
        }

        @Override
        public @Nullable Demand and(Demand other) {
            var its = (Within) other;
            var least = Math.max(from, its.from);
            var most = Math.min(to, its.to);
            return least > most ? null : new Within(axis, least, most);
        }
    }

    /// One of several words of a text axis.
    record Words(Axis axis, Set<String> words) implements Demand {
        /// Copies the words.
        public Words {
            words = Set.copyOf(words);
        }

        @Override
        public boolean holds(Claim claim, LocalDate day, long stayNumber) {
            return axis.hasWord(claim, words);
        }

        @Override
        public boolean implies(Demand other) {
            return other instanceof Words(var its, var wider) && its == axis && wider.containsAll(words);
        }

        @Override
        public @Nullable Demand and(Demand other) {
            if (axis == Axis.TAG) {
                return this.implies(other) ? this : other;
            }
            var both = new HashSet<>(words);
            both.retainAll(((Words) other).words);
            return both.isEmpty() ? null : new Words(axis, both);
        }
    }
}
