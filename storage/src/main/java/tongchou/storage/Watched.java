package tongchou.storage;

import java.time.LocalDate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongchou.storage.Book.Decide;
import tongchou.storage.Book.Decision;
import tongchou.storage.Book.Situation;

/// A decision that remembers the benefit year it counts in (所属年度), for when it turns out that it cannot be booked.
final class Watched implements Decide {

    private final Decide decide;
    private volatile @Nullable LocalDate year;

    Watched(Decide decide) {
        this.decide = decide;
    }

    @Override
    public Decision on(Situation situation) {
        var decision = decide.on(situation);
        if (decision instanceof Decision.Settle(var settlement, var reply)) {
            year = Settlements.benefitYear(settlement);
        }
        return decision;
    }

    /// Tells the benefit year, or another where nothing was to be booked.
    Supplier<@Nullable LocalDate> or(Supplier<@Nullable LocalDate> other) {
        return () -> year == null ? other.get() : year;
    }

    /// The first day of the benefit year; null when nothing was to be booked.
    @Nullable LocalDate year() {
        return year;
    }
}
