package tongchou.server.http;

import java.time.Duration;

/// What needs two persons on this server (双人复核设置).
///
/// @param reversalsOver fund money in fen; a reversal of more needs two
/// @param activation whether only activated versions of packs book
public record TwoPersons(long reversalsOver, boolean activation) {

    /// What holds where nothing is said: 10,000.00 yuan, and every loaded pack books.
    public static final TwoPersons USUAL = new TwoPersons(1_000_000, false);

    /// How long something waits for the second person.
    static final Duration WAITS = Duration.ofDays(7);
}
