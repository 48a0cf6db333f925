package tongchou.core.catalogue;

/// That a restriction to certain tiers does not hold against what a referral down carries along (下转续方): a lower tier
/// may go on with it, and it is paid there as where it was begun. Every other condition of the restriction stays.
public record Continuation() implements Stated {

    @Override
    public String slot() {
        return "";
    }
}
