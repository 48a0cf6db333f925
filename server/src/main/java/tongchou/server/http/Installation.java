package tongchou.server.http;

import java.time.Clock;
import java.util.function.Supplier;
import tongchou.server.access.Admission;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;

/// What a server works with (装配): its packs, its book, and the only clock and source of ids there are.
///
/// @param ids gives the ids of settlements and defects, never the same twice
/// @param version the version of this Tongchou
/// @param admission lets callers in
public record Installation(
        Packs packs, Book book, Clock clock, Supplier<String> ids, String version, Admission admission) {
}
