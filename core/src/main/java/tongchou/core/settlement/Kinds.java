package tongchou.core.settlement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// The claims of a population side by side with those of their kind (同类人群): listed facts and form of the bill alike.
///
/// A claim has a place, where its owner put it, and a row, where it stands among its kind.
///
/// @param facts what the claims of a kind have in common; the kinds stand in the order of the last value, the form
/// @param first the first row of every kind; one more than there are kinds
/// @param rows the row of every place
/// @param places the place of every row
record Kinds(List<byte[]> facts, int[] first, int[] rows, int[] places) {

    /// Lays out claims whose facts are given by place.
    ///
    /// @param forms how many forms there are
    static Kinds of(byte[][] facts, int forms) {
        var found = new LinkedHashMap<Kind, List<Integer>>();
        for (var place = 0; place < facts.length; place++) {
            found.computeIfAbsent(new Kind(facts[place]), added -> new ArrayList<>()).add(place);
        }
        var kinds = new ArrayList<byte[]>();
        var first = new int[found.size() + 1];
        var rows = new int[facts.length];
        var places = new int[facts.length];
        var row = 0;
        for (var form = 0; form < forms; form++) {
            for (var kind : found.entrySet()) {
                if (form(kind.getKey().facts) == form) {
                    first[kinds.size()] = row;
                    kinds.add(kind.getKey().facts);
                    for (var place : kind.getValue()) {
                        places[row] = place;
                        rows[place] = row++;
                    }
                }
            }
        }
        first[kinds.size()] = row;
        return new Kinds(kinds, first, rows, places);
    }

    /// A kind as a key: equal when the facts are.
    private record Kind(byte[] facts) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Kind kind && Arrays.equals(facts, kind.facts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(facts);
        }
    }

    private static int form(byte[] facts) {
        return facts[facts.length - 1];
    }

    /// The first row whose bill has this form or a later one.
    int firstOf(int form) {
        var kind = 0;
        while (kind < facts.size() && form(facts.get(kind)) < form) {
            kind++;
        }
        return first[kind];
    }

    /// How many kinds have an earlier form.
    int before(int form) {
        return (int) facts.stream().filter(kind -> form(kind) < form).count();
    }
}
