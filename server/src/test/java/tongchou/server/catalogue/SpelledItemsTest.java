package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
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
import tongchou.core.catalogue.Catalogue;
import tongchou.core.catalogue.Fact;
import tongchou.core.catalogue.Item;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.Origin;
import tongchou.core.catalogue.PayClass;
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
        return items.find(area, catalogue, ItemKind.DRUG, DAY, text, item -> true).stream()
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
            var page = search.page(new Asked(ItemKind.DRUG, "", null, null, null, null, DAY,
                    CatalogueSearch.Area.of(packs, rules), null), null, 20);
            assertTrue(page.orElseThrow().hits().size() > 1);
            assertEquals(once, read.get(), "the question spells nothing");
            search.makeReady(packs(), () -> true);
            assertEquals(once, read.get(), "the same packs, loaded again");
            var none = new CatalogueSearch(book.catalogue(), new SpelledItems(this::count));
            none.makeReady(packs, () -> false);
            assertEquals(once, read.get(), "packs that serve no more are left");
        }
    }

    private static Packs packs() {
        var packs = PackHost.load(new PackHost.Places(null, List.of(FIXTURE), List.of(), Fetched.NOTHING, null),
                "0.1.0", Guard.OPEN);
        assertSame(1, packs.loaded().size());
        return packs;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
