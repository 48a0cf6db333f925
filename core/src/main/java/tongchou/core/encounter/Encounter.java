package tongchou.core.encounter;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One contact of a patient with an institution that is settled as a whole (就诊).
public sealed interface Encounter {

    /// What the encounter is settled as.
    Care care();

    /// The first day: the visit or the admission.
    LocalDate from();

    /// The last day: the visit or the discharge.
    LocalDate to();

    /// Where, seen from the insuring area.
    Place place();

    /// The footing of care out of area.
    Filing filing();

    /// How the patient got here; null without a referral.
    @Nullable Referral referral();

    /// Area code of the disease for which a chronic or two-disease entitlement is used, empty otherwise.
    String disease();

    /// The bill, line by line.
    List<ChargeLine> lines();

    /// How patient and institution met.
    default Channel channel() {
        return Channel.COUNTER;
    }

    /// The same encounter with another bill.
    Encounter with(List<ChargeLine> lines);

    /// The days counted for rules on long stays: at least one.
    default long days() {
        return Math.max(1, to().toEpochDay() - from().toEpochDay());
    }

    /// How many months of drugs the prescription supplies: one unless it is a long prescription (长期处方).
    default int supplyMonths() {
        return Math.max(1, (supplyWeeks() + 3) / 4);
    }

    /// How many weeks of drugs the prescription supplies; zero where it does not say.
    default int supplyWeeks() {
        return 0;
    }

    /// An outpatient, emergency or pharmacy contact on one day (门急诊).
    ///
    /// @param day the day of the visit
    /// @param supplyWeeks weeks of drugs supplied; more than four make a long prescription
    record Visit(
            Care care,
            LocalDate day,
            Place place,
            Filing filing,
            @Nullable Referral referral,
            String disease,
            int supplyWeeks,
            Channel channel,
            List<ChargeLine> lines) implements Encounter {

        /// A contact in person.
        public Visit(Care care, LocalDate day, Place place, Filing filing, @Nullable Referral referral, String disease,
                int supplyWeeks, List<ChargeLine> lines) {
            this(care, day, place, filing, referral, disease, supplyWeeks, Channel.COUNTER, lines);
        }

        /// Copies the lines.
        public Visit {
            lines = List.copyOf(lines);
        }

        @Override
        public Visit with(List<ChargeLine> other) {
            return new Visit(care, day, place, filing, referral, disease, supplyWeeks, channel, other);
        }

        @Override
        public LocalDate from() {
            return day;
        }

        @Override
        public LocalDate to() {
            return day;
        }
    }

    /// A stay in hospital, a day surgery or a bed at home (住院).
    ///
    /// @param from day of admission
    /// @param to day of discharge
    record Stay(
            Care care,
            LocalDate from,
            LocalDate to,
            Place place,
            Filing filing,
            @Nullable Referral referral,
            String disease,
            List<ChargeLine> lines) implements Encounter {

        /// Copies the lines.
        ///
        /// @throws IllegalArgumentException when the discharge lies before the admission
        public Stay {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("discharge " + to + " lies before admission " + from);
            }
            lines = List.copyOf(lines);
        }

        @Override
        public Stay with(List<ChargeLine> other) {
            return new Stay(care, from, to, place, filing, referral, disease, other);
        }
    }
}
