package tongchou.storage;

import java.util.List;
import tongchou.core.alliance.Alliance;
import tongchou.core.alliance.Institution;

/// What is recorded together before anything is settled (名册): the institutions, members and alliances of an area.
///
/// @param people members, those who share an account before those with whom they share it
/// @param alliances alliances of institutions that are known or on the same roll
public record Roll(List<Institution> institutions, List<Person> people, List<Alliance> alliances) {

    /// Keeps copies.
    public Roll {
        institutions = List.copyOf(institutions);
        people = List.copyOf(people);
        alliances = List.copyOf(alliances);
    }
}
