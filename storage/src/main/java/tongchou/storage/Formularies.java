package tongchou.storage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.core.calendar.InForce;
import tongchou.core.money.Fen;

/// One list for an alliance (药随病走): what its lead lists, what members have, and prescriptions that go with a
/// referral down.
///
/// Everything is dated: what begins later ends what is open; what shares days in any other way is a conflict. The same
/// again changes nothing. Writing methods return only after the change is durable.
public interface Formularies {

    /// Puts items on the lists of alliances, or ends them: all or none.
    ///
    /// @return what stands in the way, its field after the place in the list
    /// @throws IllegalArgumentException when an alliance is unknown
    Optional<Book.Conflict> list(List<Listed> entries);

    /// The list of an alliance on a day, by item; every version of it without a day.
    List<Listed> listed(String alliance, @Nullable LocalDate day);

    /// Puts items on the shelves of institutions, or ends them: all or none.
    ///
    /// @return what stands in the way, its field after the place in the list
    /// @throws IllegalArgumentException when an institution is unknown
    Optional<Book.Conflict> stock(List<Stocked> entries);

    /// What an institution has on a day, by item.
    List<Stocked> stocked(String institution, LocalDate day);

    /// Records to which township centre a village clinic belongs.
    ///
    /// @throws IllegalArgumentException when one of the two is unknown
    Optional<Book.Conflict> affiliate(Affiliation affiliation);

    /// The village clinics with their centres on a day, by clinic.
    List<Affiliation> affiliations(LocalDate day);

    /// Records a referral with its prescription, once.
    ///
    /// @throws IllegalArgumentException when the member or an institution is unknown
    Optional<Book.Conflict> refer(Carried referral);

    /// A referral by its id.
    Optional<Carried> referral(String id);

    /// An item on the list of an alliance (医联体药品目录).
    ///
    /// @param price what one unit costs at every member; null where none was agreed
    /// @param document the document or meeting behind it, empty where there is none
    record Listed(String alliance, String item, InForce inForce, @Nullable Fen price, String unit, String document) {
    }

    /// An item that an institution has (配备药品).
    record Stocked(String institution, String item, InForce inForce) {
    }

    /// A village clinic of a township centre (村卫生室隶属).
    record Affiliation(String village, String centre, InForce inForce) {
    }

    /// A referral down with what is to go on being taken (下转携带处方).
    ///
    /// @param sender code of the institution that prescribed
    /// @param receiver code of the institution, or of the centre of the clinic, that goes on
    /// @param episode name of the disease episode
    /// @param lastDay the last day on which it may be dispensed
    record Carried(String id, String member, String sender, String receiver, String episode, LocalDate issued,
            LocalDate lastDay, List<Prescribed> items) {

        /// Copies the list.
        public Carried {
            items = List.copyOf(items);
        }
    }

    /// An item of a prescription.
    record Prescribed(String item, BigDecimal quantity) {

        /// Takes the quantity without trailing zeros.
        public Prescribed {
            quantity = quantity.stripTrailingZeros();
        }
    }
}
