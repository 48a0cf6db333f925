package tongchou.core.catalogue;

/// What a fact of a catalogue is about (适用对象): one item, a named group of items, or a range of list numbers.
public sealed interface Target {

    /// One item by its code.
    record Code(String code) implements Target {
        @Override
        public String toString() {
            return code;
        }
    }

    /// Every item of a group that the items name themselves, for example `negotiated`.
    record Group(String name) implements Target {
        @Override
        public String toString() {
            return "group:" + name;
        }
    }

    /// The entries of a section of a drug list whose number lies in a range, both ends included.
    ///
    /// Numbers move from edition to edition, so a range holds for one edition only.
    record Numbers(String edition, ListPlace.Section section, int first, int last) implements Target {

        /// Whether the range holds a place of a list.
        public boolean holds(ListPlace place) {
            return place.edition().equals(edition) && place.section() == section
                    && first <= place.number() && place.number() <= last;
        }

        @Override
        public String toString() {
            return "numbers:%s/%s/%d-%d".formatted(edition, section.word(), first, last);
        }
    }

    /// Reads `X1234`, `group:negotiated` or `numbers:2024/west/279-295`.
    ///
    /// @throws IllegalArgumentException when a range is not written so
    static Target of(String text) {
        if (text.startsWith("group:")) {
            return new Group(text.substring("group:".length()));
        }
        if (!text.startsWith("numbers:")) {
            return new Code(text);
        }
        var parts = text.substring("numbers:".length()).split("[/-]");
        if (parts.length != 4) {
            throw new IllegalArgumentException(text + " is not numbers:EDITION/SECTION/FIRST-LAST");
        }
        return new Numbers(parts[0], ListPlace.Section.of(parts[1]), Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }
}
