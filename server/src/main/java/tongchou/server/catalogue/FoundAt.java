package tongchou.server.catalogue;

import tongchou.storage.Catalogue.Place;

/// Where an item stands in the order of a search over packs and imports (检索位置): by rank, by the term under which it
/// was found, what packs state before what was imported, by code or number.
///
/// @param code code of an item of a pack; empty for an imported one
/// @param number number of an imported item; 0 for one of a pack
public record FoundAt(int rank, String term, String code, long number) implements Comparable<FoundAt> {

    /// The place of an item that packs state.
    static FoundAt stated(int rank, String term, String code) {
        return new FoundAt(rank, term, code, 0);
    }

    /// The place of an imported item.
    static FoundAt imported(Place place) {
        return new FoundAt(place.rank(), place.term(), "", place.item());
    }

    /// From where imports go on behind this place.
    Place amongImports() {
        return new Place(rank, term, number);
    }

    @Override
    public int compareTo(FoundAt other) {
        var byRank = Integer.compare(rank, other.rank);
        var byTerm = byRank != 0 ? byRank : byCodePoints(term, other.term);
        var byNumber = byTerm != 0 ? byTerm : Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : byCodePoints(code, other.code);
    }

    /// The order of the stores, which knows no halves of a sign.
    static int byCodePoints(String left, String right) {
        for (var i = 0; i < Math.min(left.length(), right.length()); i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Integer.compare(lifted(left.charAt(i)), lifted(right.charAt(i)));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /// Halves of signs above all whole ones.
    private static int lifted(char sign) {
        return Character.isSurrogate(sign) ? sign + Character.MAX_VALUE : sign;
    }
}
