package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;

/// The catalogue in the book (目录库): what was imported, version by version, and how it is searched.
///
/// Both stores find the same items in the same order. A version is the number of an import; whoever reads at one
/// version sees the same rows however often others import meanwhile.
public interface Catalogue {

    /// Imports items of one kind. All of them are seen at once when it is done, none before; an import that was
    /// interrupted, even by the end of the process, leaves nothing that is seen. Other changes of the book go on
    /// meanwhile. An item of the same code, edition and first day is replaced when it says something else.
    ///
    /// @param entries of one kind, no code, edition and first day twice; what it throws ends the import
    /// @param progress told how many were taken so far
    /// @throws BookException when the store fails or another import began meanwhile
    Imported load(ItemKind kind, String source, Instant now, Iterator<Entry> entries, LongConsumer progress);

    /// The number of the latest import, 0 before the first.
    long version();

    /// A page of the items that a question finds, the best first.
    ///
    /// Order: beginnings of codes, of approval numbers, of names, of initials, of full pinyin, each shortest spelling
    /// first as letters sort; then texts that hold the question, in the order of their import. An item comes once.
    /// An empty question lists all in the order of their codes.
    Page search(Question question);

    /// Everything the catalogue said about a code, the first day first, as it stands in a version.
    List<Entry> history(ItemKind kind, String code, long version);

    /// An item (目录条目).
    ///
    /// @param code the code, as its list writes it
    /// @param names the leading name first
    /// @param generic generic name (通用名), empty where there is none
    /// @param approval approval or registration number (批准文号), empty where there is none
    /// @param payClass payment class, null where the list has none
    /// @param procurement batch of a centralised procurement, empty where it is in none
    /// @param lastDay null while open
    /// @param edition list and edition, for example `NRDL 2024`
    /// @param attributes everything else, by name
    /// @param spellings full pinyin of the names, without tones and spaces
    /// @param initials pinyin initials of the names, several where a name is read in several ways
    record Entry(ItemKind kind, String code, List<String> names, String generic, String approval,
            @Nullable PayClass payClass, String procurement, LocalDate firstDay, @Nullable LocalDate lastDay,
            String edition, String source, SortedMap<String, String> attributes, List<String> spellings,
            List<String> initials) {

        /// Copies the collections.
        ///
        /// @throws IllegalArgumentException when it has no code or no name
        public Entry {
            names = List.copyOf(names);
            spellings = List.copyOf(spellings);
            initials = List.copyOf(initials);
            attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
            if (code.isBlank() || names.isEmpty() || names.getFirst().isBlank()) {
                throw new IllegalArgumentException("an item has a code and a name");
            }
        }

        /// The leading name.
        public String name() {
            return names.getFirst();
        }

        /// An attribute, empty where there is none.
        public String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /// What is searched.
    ///
    /// @param text part of a code, name, pinyin or approval number; empty for everything
    /// @param payClass only this class
    /// @param procured only items in a procurement, or only others
    /// @param day only what is in force on the day
    /// @param version as the catalogue stood after this import
    /// @param after where the page before ended, null for the first page
    record Question(ItemKind kind, String text, @Nullable PayClass payClass, @Nullable Boolean procured,
            @Nullable LocalDate day, long version, @Nullable Place after, int limit) {
    }

    /// Where a page ends: the rank, the spelling under which the last item was found, and its number.
    record Place(int rank, String term, long item) {
    }

    /// A page.
    ///
    /// @param next where the next one begins, null when this is the last
    record Page(List<Entry> entries, @Nullable Place next) {
    }

    /// What became of an import.
    ///
    /// @param added items that were not there, or said something else
    /// @param unchanged items that were there already
    record Imported(long version, long added, long unchanged) {
    }
}
