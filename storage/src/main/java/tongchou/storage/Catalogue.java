package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
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
    /// first as letters sort; then names and initials that hold the question and full pinyin of which a later syllable
    /// begins with it, in the order of their import. An item comes once.
    /// An empty question lists all in the order of their codes.
    Page search(Question question);

    /// Where an imported item stands in the order of what a text finds, by its number; empty when it is not found.
    Optional<Place> place(ItemKind kind, long item, String text);

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
    /// @param attributes everything else, by name; [#TIERS] and [#NATIONAL_CODE] are understood
    /// @param spellings full pinyin of the names, without tones, a space between syllables
    /// @param initials pinyin initials of the names, several where a name is read in several ways
    record Entry(ItemKind kind, String code, List<String> names, String generic, String approval,
            @Nullable PayClass payClass, String procurement, LocalDate firstDay, @Nullable LocalDate lastDay,
            String edition, String source, SortedMap<String, String> attributes, List<String> spellings,
            List<String> initials) {

        /// The attribute that names the only tiers that may use the item, for example `secondary tertiary`.
        public static final String TIERS = "tiers";

        /// The attribute with the national code of an item whose list has codes of its own (国家编码).
        public static final String NATIONAL_CODE = "national-code";

        /// Copies the collections.
        ///
        /// @throws IllegalArgumentException when it has no code with a letter or digit, or no name
        public Entry {
            names = List.copyOf(names);
            spellings = List.copyOf(spellings);
            initials = List.copyOf(initials);
            attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
            if (SearchTerms.plain(code).isEmpty() || names.isEmpty() || names.getFirst().isBlank()) {
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

        /// The tiers that may use it: those that [#TIERS] names, all where it names none.
        public Set<Tier> tiers() {
            var words = Arrays.asList(attribute(TIERS).split("[ ,;]+"));
            var named = EnumSet.noneOf(Tier.class);
            for (var tier : Tier.values()) {
                if (words.contains(tier.name().toLowerCase(Locale.ROOT))) {
                    named.add(tier);
                }
            }
            return named.isEmpty() ? EnumSet.allOf(Tier.class) : named;
        }
    }

    /// What is searched.
    ///
    /// @param text part of a code, name, pinyin or approval number; empty for everything
    /// @param payClass only this class
    /// @param procured only items in a procurement, or only others
    /// @param day only what is in force on the day
    /// @param tier only what this tier may use
    /// @param codes only items of these codes
    /// @param version as the catalogue stood after this import
    /// @param after where the page before ended, null for the first page
    record Question(ItemKind kind, String text, @Nullable PayClass payClass, @Nullable Boolean procured,
            @Nullable LocalDate day, @Nullable Tier tier, @Nullable Set<String> codes, long version,
            @Nullable Place after, int limit) {

        /// A question for items of every tier and code.
        public Question(ItemKind kind, String text, @Nullable PayClass payClass, @Nullable Boolean procured,
                @Nullable LocalDate day, long version, @Nullable Place after, int limit) {
            this(kind, text, payClass, procured, day, null, null, version, after, limit);
        }

        /// Whether an item passes every filter.
        boolean passes(Entry entry) {
            return (payClass == null || entry.payClass() == payClass)
                    && (procured == null || procured != entry.procurement().isEmpty())
                    && (tier == null || entry.tiers().contains(tier))
                    && (codes == null || codes.contains(entry.code()))
                    && (day == null || !day.isBefore(entry.firstDay())
                    && (entry.lastDay() == null || !day.isAfter(entry.lastDay())));
        }
    }

    /// Where a page ends: the rank, the spelling under which the last item was found, and its number.
    ///
    /// Places sort as pages go: by rank, then by the code points of the term, then by number.
    record Place(int rank, String term, long item) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            var byRank = Integer.compare(rank, other.rank);
            var byTerm = byRank != 0 ? byRank : Arrays.compare(term.codePoints().toArray(),
                    other.term.codePoints().toArray());
            return byTerm != 0 ? byTerm : Long.compare(item, other.item);
        }
    }

    /// A page.
    ///
    /// @param hits the best first
    /// @param next where the next one begins, null when this is the last
    record Page(List<Hit> hits, @Nullable Place next) {

        /// What was found.
        public List<Entry> entries() {
            return hits.stream().map(Hit::entry).toList();
        }
    }

    /// An item that was found, and where it stands in the order.
    record Hit(Entry entry, Place place) {
    }

    /// What became of an import.
    ///
    /// @param added items that were not there, or said something else
    /// @param unchanged items that were there already
    record Imported(long version, long added, long unchanged) {
    }
}
