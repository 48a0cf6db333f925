package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Place;
import tongchou.storage.Catalogue.Question;

/// Both stores find the same items in the same order, page by page, for questions drawn at random over a list drawn at
/// random, with every filter. The items are made up; `-Dtongchou.seed` draws others.
class CatalogueAlikeTest {

    private static final long SEED = Long.getLong("tongchou.seed", 20_261_122L);
    private static final int ITEMS = 600;
    private static final int QUESTIONS = 120;
    private static final int AHEAD = 8;
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

    /// Signs that stores may sort or fold in ways of their own: letters of both cases, ligatures, rare ideographs,
    /// signs of two halves, brackets, Roman numerals.
    private static final List<String> SIGNS = List.of("阿", "莫", "西", "林", "片", "a", "B", "ß", "İ", "é", "𠮷", "Ⅱ",
            "ⅱ", "(", "）", "1", "2", "-", " ", "Ａ", "龘", "%", "_", "*", "'");

    @TempDir
    private Path folder;

    @Test
    void theSameItemsInTheSameOrder() throws SQLException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var entries = IntStream.range(0, ITEMS).mapToObj(number -> entry(number, random)).toList();
        var asked = IntStream.range(0, QUESTIONS).mapToObj(number -> question(entries, random)).toList();
        var url = Postgres.emptyUrl();
        var found = 0;
        try (var file = Books.sqlite(folder.resolve("book.db"));
                var server = Postgres.store(url).open(Writer.Commit.ORDINARY)) {
            for (var book : List.of(file, server)) {
                book.catalogue().load(ItemKind.DRUG, "list", Instant.EPOCH, entries.iterator(), taken -> { });
            }
            for (var question : asked) {
                var expected = pages(file.catalogue(), question);
                assertEquals(expected, pages(server.catalogue(), question), question.toString());
                assertEquals(expected, pages(sieving(file.catalogue()), question), "sieved " + question);
                assertEquals(expected, pages(sieving(server.catalogue()), question), "sieved " + question);
                found += expected.isEmpty() ? 0 : 1;
            }
        } finally {
            Postgres.drop(url);
        }
        System.out.println(found + " of " + QUESTIONS + " questions found something");
        assertEquals(true, found > QUESTIONS / 2);
    }

    /// The same catalogue as if no filter were rare, which looks so few items ahead that it goes on in the index.
    private static Catalogue sieving(Catalogue catalogue) {
        var same = (SqlCatalogue) catalogue;
        return new SqlCatalogue(same.dialect(), same.witness(), same.reader(), -1, AHEAD);
    }

    private static String pages(Catalogue catalogue, Question question) {
        var codes = new ArrayList<String>();
        Place after = null;
        do {
            var page = catalogue.search(new Question(question.kind(), question.text(), question.payClass(),
                    question.procured(), question.day(), question.tier(), question.codes(), 1, after,
                    question.limit()));
            page.entries().forEach(entry -> codes.add(entry.code()));
            after = page.next();
        } while (after != null);
        assertEquals(codes.size(), Set.copyOf(codes).size(), "each once");
        return String.join(" ", codes);
    }

    private static Entry entry(int number, Random random) {
        var attributes = new TreeMap<String, String>();
        attributes.put(Entry.TIERS, List.of("", "", "tertiary", "secondary tertiary", "primary")
                .get(random.nextInt(5)));
        var first = FIRST.plusDays(random.nextInt(400));
        return new Entry(ItemKind.DRUG, "x" + number + "." + text(random, 2), List.of("n" + text(random, 6)),
                random.nextBoolean() ? "" : text(random, 3), random.nextBoolean() ? "" : "国" + text(random, 3),
                random.nextInt(4) == 3 ? null : PayClass.values()[random.nextInt(3)],
                random.nextInt(3) == 0 ? "第一批" : "", first,
                random.nextBoolean() ? null : first.plusDays(random.nextInt(300)), "2025", "list", attributes,
                List.of("a mo xi lin " + (char) ('a' + random.nextInt(3)) + "n "
                + letters(random)), List.of(letters(random), letters(random)));
    }

    private static String text(Random random, int most) {
        return random.ints(1 + random.nextInt(most), 0, SIGNS.size()).mapToObj(SIGNS::get)
                .collect(Collectors.joining());
    }

    private static String letters(Random random) {
        return random.ints(2 + random.nextInt(4), 'a', 'e').mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Question question(List<Entry> entries, Random random) {
        var one = entries.get(random.nextInt(ITEMS));
        var texts = List.of("", one.code(), one.name(), one.generic(), one.approval(), one.initials().getLast(),
                "amox", "xilinan", one.spellings().getFirst().replace(" ", ""), text(random, 2));
        var whole = texts.get(random.nextInt(texts.size()));
        var points = whole.codePoints().toArray();
        var from = points.length == 0 ? 0 : random.nextInt(points.length);
        var length = points.length == 0 ? 0 : 1 + random.nextInt(points.length - from);
        var codes = random.nextInt(4) > 0 ? null : entries.stream().filter(entry -> random.nextInt(20) == 0)
                .map(Entry::code).collect(Collectors.toSet());
        return new Question(ItemKind.DRUG, new String(points, from, length),
                random.nextInt(3) > 0 ? null : PayClass.values()[random.nextInt(3)],
                random.nextInt(3) > 0 ? null : random.nextBoolean(),
                random.nextInt(3) > 0 ? null : FIRST.plusDays(random.nextInt(600)),
                random.nextInt(3) > 0 ? null : Tier.values()[random.nextInt(3)], codes, 1, null,
                5 + random.nextInt(100));
    }
}
