package tongchou.storage;

/// What the next rows of a transaction follow (末行): asked once, then counted, as nobody else writes meanwhile.
///
/// Only where one writes at a time. The changes of one transaction share it; one whose rows may be taken back alone has
/// its own.
final class Tail {

    private long booking = -1;
    private long counter = -1;
    private AuditLog.@org.jspecify.annotations.Nullable Last audit;

    /// The number of the next booking.
    long next(Session session, String ask) {
        booking = booking < 0 ? session.number(ask) : booking + 1;
        return booking;
    }

    /// The number of the next sum of a member.
    long nextCounter(Session session) {
        counter = counter < 0 ? session.number("select coalesce(max(id), 0) + 1 from counters") : counter + 1;
        return counter;
    }

    /// The last row of the audit log.
    AuditLog.Last audit(Session session) {
        var last = audit == null ? AuditLog.last(session) : audit;
        audit = last;
        return last;
    }

    /// A row was added to the audit log.
    void added(AuditLog.Last last) {
        audit = last;
    }
}
