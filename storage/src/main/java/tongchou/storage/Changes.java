package tongchou.storage;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which members changed since when (变更时序), as the one writer of a book knows it.
///
/// Every change has a number. What was read after the change with one number still holds as long as no later change, be
/// it durable or in the transaction under way, concerned the members it rests on. Only the latest changes are
/// remembered; about older ones the answer is no. Only the writer asks for more than the number.
final class Changes {

    private static final int MOST_REMEMBERED = 20_000;

    private final LinkedHashMap<String, Long> latest = new LinkedHashMap<>();
    private final Map<String, Long> underWay = new HashMap<>();
    private long everybody;
    private long number;
    private volatile long durable;
    private volatile long forgotten;
    private long foreign = -1;

    /// The number of the newest durable change.
    long now() {
        return durable;
    }

    /// Whether what was read after the change with a number is still worth asking about.
    boolean mayHold(long since) {
        return since >= forgotten;
    }

    /// A transaction begins.
    ///
    /// @param version changes whenever another process has changed the book
    void begin(long version) {
        restart();
        if (version != foreign) {
            foreign = version;
            forget();
        }
    }

    private void restart() {
        underWay.clear();
        everybody = 0;
    }

    /// A change was made in the transaction under way; one that does not say whom it concerns may concern everybody.
    void made(Session session) {
        session.numbered(++number);
        session.changedMembers().forEach(member -> underWay.put(member, number));
        if (session.hasWritten() && session.changedMembers().isEmpty()) {
            everybody = number;
        }
    }

    /// The transaction is durable. Who is remembered moves to the end and keeps the words it was remembered by: new
    /// ones for every change would grow old and fill the old generation.
    void keep() {
        underWay.forEach(latest::putLast);
        for (var eldest = latest.entrySet().iterator(); latest.size() > MOST_REMEMBERED; eldest.remove()) {
            forgotten = Math.max(forgotten, eldest.next().getValue());
        }
        forgotten = Math.max(forgotten, everybody);
        durable = number;
        restart();
    }

    /// Nobody knows what became of the transaction, or what others did.
    void forget() {
        forgotten = ++number;
        durable = number;
        restart();
    }

    /// Whether none of the members changed since the change with a number.
    boolean spared(long since, Collection<String> members) {
        return since >= forgotten && since >= everybody && members.stream().noneMatch(
                member -> latest.getOrDefault(member, 0L) > since || underWay.getOrDefault(member, 0L) > since);
    }
}
