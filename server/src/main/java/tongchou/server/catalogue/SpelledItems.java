package tongchou.server.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tongchou.core.calendar.KnownOn;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Names;
import tongchou.server.pricing.Converging;

/// The items of packs by what people type (条目检索): code, name, approval number, initials and full pinyin, read with
/// the same words as imports are.
public final class SpelledItems {

    private final Readings readings = new Readings();
    private final Map<String, List<Spelled>> byArea = new ConcurrentHashMap<>();

    /// An item with what it is found by.
    ///
    /// @param terms in the order of their rank: codes, approval numbers, names, initials, spellings
    public record Spelled(Item item, List<List<String>> terms, List<String> initials) {
    }

    /// An item that was found (检索命中).
    ///
    /// @param rank 0 to 4 for a beginning in that term, 5 for a text that holds the question
    public record Hit(Spelled spelled, Found<Item> found, int rank, String term) {

        /// By which hits are sorted and pages go on.
        public String key() {
            return rank + "\n" + term + "\n" + spelled.item().code();
        }
    }

    private List<Spelled> spelled(String area, Catalogue catalogue) {
        return byArea.computeIfAbsent(area, name -> Converging.items(catalogue).stream().map(this::spelled).toList());
    }

    private Spelled spelled(Item item) {
        var read = readings.of(item.names());
        return new Spelled(item, Stream.of(List.of(item.code()), List.of(item.attribute("approval")), item.names(),
                read.initials(), read.spellings()).map(terms -> terms.stream().map(SpelledItems::plain)
                .filter(term -> !term.isEmpty()).toList()).toList(), read.initials());
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        Names.plain(text).codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// The items of a kind in force on a day that a question finds, the best first.
    ///
    /// @param area a name of the catalogue that changes when it does
    public List<Hit> find(String area, Catalogue catalogue, ItemKind kind, LocalDate day, String question,
            Predicate<Found<Item>> filter) {
        var asked = plain(question);
        var hits = new ArrayList<Hit>();
        if (asked.isEmpty() && !question.isBlank()) {
            return hits;
        }
        for (var one : spelled(area, catalogue)) {
            if (one.item().kind() == kind) {
                hit(one, asked).flatMap(place -> catalogue.item(one.item().code(), day, KnownOn.LATEST)
                        .filter(filter).map(found -> new Hit(one, found, place.rank(), place.term())))
                        .ifPresent(hits::add);
            }
        }
        hits.sort(Comparator.comparing(Hit::key));
        return hits;
    }

    private record Place(int rank, String term) {
    }

    private static Optional<Place> hit(Spelled one, String asked) {
        for (var rank = 0; rank < one.terms().size(); rank++) {
            var begins = one.terms().get(rank).stream().filter(term -> term.startsWith(asked))
                    .min(Comparator.naturalOrder());
            if (begins.isPresent()) {
                return Optional.of(new Place(rank, begins.get()));
            }
        }
        return Stream.concat(one.terms().get(2).stream(), one.terms().get(3).stream())
                .anyMatch(term -> asked.length() > 1 && term.contains(asked))
                ? Optional.of(new Place(one.terms().size(), "")) : Optional.empty();
    }
}
