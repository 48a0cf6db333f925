package tongchou.core.calendar;

import java.time.LocalDate;

/// The day as of which the rules are read (知悉日): documents issued later do not count.
///
/// Together with the service date it makes every settlement reproducible: a rule issued in March and in
/// force from 1 January changes what is computed as known on 1 April, never what was known on 1 February.
///
/// @param day the last day whose documents are taken into account
public record KnownOn(LocalDate day) {

    /// Everything the loaded packs know.
    public static final KnownOn LATEST = new KnownOn(LocalDate.MAX);

    /// Whether a document issued on the day given was already known.
    public boolean knows(LocalDate issued) {
        return !issued.isAfter(day);
    }

    @Override
    public String toString() {
        return day.equals(LocalDate.MAX) ? "latest" : day.toString();
    }
}
