package tongchou.storage;

import java.util.List;
import tongchou.core.people.Member;
import tongchou.core.people.Purse;
import tongchou.core.people.Standing;

/// A member as the book keeps it (参保人档案).
///
/// @param standings in the order of their first days, without overlaps
/// @param purse the account money; `family` is what the sharing relatives' accounts hold together
/// @param sharers tokens of the relatives who share their account with this member, in the order in which it is used
public record Person(Member member, List<Standing> standings, Purse purse, List<String> sharers) {

    /// Copies the lists.
    public Person {
        standings = List.copyOf(standings);
        sharers = List.copyOf(sharers);
    }
}
