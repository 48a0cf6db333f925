package tongchou.server.http;

import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Words;
import tongchou.server.access.Admission;
import tongchou.server.access.Caller;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.IdentitySafe;
import tongchou.storage.Seal;

/// What a server works with (装配): its packs, its book, and the only clock and source of ids there are.
///
/// @param ids gives the ids of settlements and defects, never the same twice
/// @param version the version of this Tongchou
/// @param admission lets callers in
/// @param safe opens the identities of members; null where the operator named no master key
/// @param twoPersons what needs two persons
/// @param packSwitch which version of a pack books
/// @param seal what signs the audit log, and where that is kept; null where the operator named no second place
public record Installation(
        Packs packs, Book book, Clock clock, Supplier<String> ids, String version, Admission admission,
        @Nullable IdentitySafe safe, TwoPersons twoPersons, PackSwitch packSwitch, @Nullable Seal seal) {

    /// An installation without a second place for the audit log.
    public Installation(
            Packs packs, Book book, Clock clock, Supplier<String> ids, String version, Admission admission,
            @Nullable IdentitySafe safe, TwoPersons twoPersons, PackSwitch packSwitch) {
        this(packs, book, clock, ids, version, admission, safe, twoPersons, packSwitch, null);
    }

    /// The same with other packs.
    Installation with(Packs others) {
        return new Installation(others, book, clock, ids, version, admission, safe, twoPersons, packSwitch, seal);
    }

    /// The book on behalf of a caller, as its audit log says: what was shown, and its id.
    public Book book(Caller caller) {
        return book.acting(who(caller), clock.instant());
    }

    /// A caller as the audit log names it, for example `key abcdefghijkl`.
    public static String who(Caller caller) {
        return Words.of(caller.by()) + " " + caller.id();
    }
}
