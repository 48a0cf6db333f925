package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is parked, on a relational store (挂起), with who did it in the audit log.
record SqlParkings(ParkingRows rows, Witness witness, SqlKeys.Reader reader) implements Parkings {

    @Override
    public boolean park(String member, @Nullable LocalDate year, String reason, String by, Instant now) {
        return witness.write(session -> rows.park(session, member, year, reason, by, now),
                known -> act("park", member, year, reason, by, now));
    }

    @Override
    public boolean release(String member, @Nullable LocalDate year, String reason, String by, Instant now) {
        if (by.isBlank()) {
            throw new IllegalArgumentException("a person releases a parked member");
        }
        return witness.write(session -> rows.release(session, member, year, reason, by, now),
                open -> act("release", member, year, reason, by, now));
    }

    private static AuditLog.Act act(
            String kind, String member, @Nullable LocalDate year, String reason, String by, Instant now) {
        return new AuditLog.Act(now, by, kind, member, year == null ? List.of("reason", reason)
                : List.of("year", year.toString(), "reason", reason));
    }

    @Override
    public List<Parking> of(String member) {
        return reader.read(session -> rows.of(session, member));
    }

    @Override
    public List<Parking> all() {
        return reader.read(rows::all);
    }
}
