package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.Alias;
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Stated;
import tongchou.core.catalogue.Tables;
import tongchou.core.catalogue.Target;
import tongchou.server.catalogue.CatalogueSearch.Asked;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;
import tongchou.storage.Books;

/// Catalogues of packs are spelled once, ahead of questions or by the first of them.
class SpelledItemsTest {

    private static final Path FIXTURE = Path.of("src/test/resources/packs/fixture");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Tables NATIONAL = tables("national", "A1 阿莫西林", "A2 布洛芬", "A3 氯雷他定");
    private static final Catalogue CATALOGUE = new Catalogue(List.of(NATIONAL));

    private final Readings readings = new Readings();
    private final AtomicInteger read = new AtomicInteger();

    @TempDir
    private Path folder;

    private Readings.Reading count(List<String> names) {
        read.incrementAndGet();
        return readings.of(names);
    }

    private static Tables tables(String level, String... items) {
        return new Tables(level, Stream.of(items).map(item -> item.split(" ")).map(item -> new Fact<>(
                new Target.Code(item[0]), Item.of(ItemKind.DRUG, item[0], item[1], PayClass.A),
                InForce.from(LocalDate.of(2025, 1, 1)), LocalDate.MIN, new Origin("list", "", level))).toList());
    }

    private static List<String> found(SpelledItems items, String area, Catalogue catalogue, String text) {
        return items.find(new SpelledItems.Question(area, catalogue, ItemKind.DRUG, DAY, text, null, false,
                item -> true), null, 20).stream()
                .map(hit -> hit.spelled().item().code()).toList();
    }

    @Test
    void aQuestionThatComesEarlierWaitsAndNothingIsSpelledTwice() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var spellers = Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>());
        var items = new SpelledItems(names -> {
            begun.countDown();
            spellers.add(Thread.currentThread().getName());
            await(goOn);
            return count(names);
        });
        try (var threads = Executors.newFixedThreadPool(3)) {
            var ahead = threads.submit(() -> {
                Thread.currentThread().setName("ahead");
                items.makeReady("area", CATALOGUE);
            });
            await(begun);
            Callable<List<String>> question = () -> found(items, "area", CATALOGUE, "blf");
            var first = threads.submit(question);
            var second = threads.submit(question);
            goOn.countDown();
            assertEquals(List.of("A2"), first.get(1, TimeUnit.MINUTES));
            assertEquals(List.of("A2"), second.get(1, TimeUnit.MINUTES));
            ahead.get(1, TimeUnit.MINUTES);
        }
        assertEquals(List.of("ahead"), List.copyOf(spellers));
        assertEquals(3, read.get(), "three items, each once");
    }

    @Test
    void areasShareWhatTheirPacksShare() {
        var items = new SpelledItems(this::count);
        items.makeReady("one", new Catalogue(List.of(tables("one", "B1 阿司匹林"), NATIONAL)));
        items.makeReady("other", new Catalogue(List.of(tables("other", "A2 布洛芬片"), NATIONAL)));
        assertEquals(3 + 1 + 1, read.get(), "three national items once, one more in each area");
        assertEquals(List.of("B1"), found(items, "one", CATALOGUE.under(tables("one", "B1 阿司匹林")), "aspl"));
        assertEquals(List.of("A2"), found(items, "other", CATALOGUE, "blfp"));
        assertEquals(List.of(), found(items, "one", CATALOGUE, "blfp"));
    }

    @Test
    void whatFailsIsToldAndTriedAgain() {
        var fails = new AtomicBoolean(true);
        var items = new SpelledItems(names -> {
            if (fails.get()) {
                throw new IllegalArgumentException("no such reading");
            }
            return count(names);
        });
        for (var turn = 0; turn < 2; turn++) {
            var told = assertThrows(IllegalStateException.class, () -> items.makeReady("area", CATALOGUE));
            assertEquals("no such reading", told.getCause().getMessage());
        }
        assertEquals("no such reading", assertThrows(IllegalStateException.class,
                () -> found(items, "area", CATALOGUE, "blf")).getCause().getMessage());
        fails.set(false);
        assertEquals(List.of("A2"), found(items, "area", CATALOGUE, "blf"));
    }

    @Test
    void aPackSetIsReadyBeforeAnybodyAsksAndSoIsTheNext() {
        var packs = packs();
        try (var book = Books.sqlite(folder.resolve("book.db"))) {
            var search = new CatalogueSearch(book.catalogue(), new SpelledItems(this::count));
            search.makeReady(packs, () -> true);
            var once = read.get();
            assertTrue(once > 0);
            var rules = packs.library().policies().getFirst().policy();
            var everything = new Asked(ItemKind.DRUG, "", null, null, null, null, DAY,
                    CatalogueSearch.Area.of(packs, rules), null);
            var page = search.page(everything, null, 20);
            assertTrue(page.orElseThrow().hits().size() > 1);
            assertEquals(once, read.get(), "the question spells nothing");
            search.makeReady(packs(), () -> true);
            assertEquals(once, read.get(), "the same packs, loaded again");
            search.makeReady(packs(List.of()), () -> false);
            search.page(everything, null, 20);
            assertEquals(once, read.get(), "packs that serve no more, made ready late, take nothing away");
            var none = new CatalogueSearch(book.catalogue(), new SpelledItems(this::count));
            none.makeReady(packs, () -> false);
            assertEquals(once, read.get(), "packs that serve no more are left");
        }
    }

    /// Many made-up items, some of which change their class; every question gets the same pages with an index and
    /// without.
    @Test
    void anIndexFindsWhatLookingThroughFinds() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var words = List.of("阿莫", "西", "林", "头孢", "复方", "氨", "酸", "素", "片", "B1", "维生素", "安", "\uD840\uDC0B");
        var facts = new ArrayList<Fact<?>>();
        for (var i = 0; i < 400; i++) {
            var code = "C" + random.nextInt(10) + "-" + i;
            var names = Stream.generate(() -> word(words, random) + word(words, random) + word(words, random))
                    .limit(1 + random.nextInt(3)).distinct().toList();
            for (var from : List.of(2025, 2026).subList(0, 1 + random.nextInt(2))) {
                facts.add(fact(code, new Item(ItemKind.DRUG, code, names, "", "",
                        PayClass.values()[random.nextInt(3)], null, List.of(), List.of(),
                        new TreeMap<>(Map.of("approval", "H" + random.nextInt(99)))), from));
            }
            if (random.nextInt(9) == 0) {
                facts.add(fact("N" + code, new Alias("", code), 2025));
            }
        }
        var catalogue = new Catalogue(List.of(new Tables("area", facts)));
        var plain = new SpelledItems(readings::of, Integer.MAX_VALUE);
        var indexed = new SpelledItems(readings::of, 1);
        var found = 0;
        for (var turn = 0; turn < 400; turn++) {
            var text = List.of(word(words, random) + word(words, random), "C" + random.nextInt(10), "amx", "xi", "xil",
                    "lin", "anpian", "s", "su", "H1", "NC", "", "?", "1", "sub1", "an").get(random.nextInt(16));
            var payClass = random.nextBoolean() ? null : PayClass.values()[random.nextInt(3)];
            var question = new SpelledItems.Question("area", catalogue, ItemKind.DRUG,
                    DAY.minusYears(random.nextInt(2)),
                    text, payClass, false, item -> payClass == null || item.value().payClass() == payClass);
            FoundAt after = null;
            for (var page = 0; page < 4; page++) {
                var wanted = plain.find(question, after, 7);
                var at = after;
                assertEquals(wanted.stream().map(SpelledItems.Hit::at).toList(), indexed.find(question, after, 7)
                        .stream().map(SpelledItems.Hit::at).toList(), () -> text + " after " + at + ", seed " + seed);
                found += wanted.size();
                after = wanted.isEmpty() ? after : wanted.getLast().at();
            }
        }
        assertTrue(found > 1_000, "the questions were too strange: " + found);
    }

    private static String word(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static <V extends Stated> Fact<V> fact(String code, V value, int year) {
        return new Fact<>(new Target.Code(code), value, InForce.from(LocalDate.of(year, 1, 1)), LocalDate.MIN,
                new Origin("list", "", "area"));
    }

    private static Packs packs() {
        var packs = packs(List.of(FIXTURE));
        assertSame(1, packs.loaded().size());
        return packs;
    }

    private static Packs packs(List<Path> folders) {
        return PackHost.load(new PackHost.Places(null, folders, List.of(), Fetched.NOTHING), "0.1.0",
                Guard.OPEN);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
