package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.server.catalogue.PackTables;
import tongchou.server.catalogue.Readings;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.Catalogue.Entry;

/// How long a search over HTTP takes in a long list. Prints, and asserts only that all is answered; `-Dtongchou.rows`
/// says how many items, `-Dtongchou.postgres` the JDBC URL of an empty database instead of a file.
@Tag("long")
class CatalogueLoadTest {

    private static final int ROWS = Integer.getInteger("tongchou.rows", 300_000);
    private static final long SEED = Long.getLong("tongchou.seed", 20_261_122L);
    private static final int QUESTIONS = 500;
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

    private static final List<String> HEADS = List.of("盐酸", "硫酸", "枸橼酸", "注射用", "复方", "小儿", "马来酸", "甲磺酸", "");
    private static final List<String> STEMS = List.of("阿莫", "头孢", "氯吡", "阿托", "瑞舒", "左氧", "氨氯", "厄贝", "二甲", "参麦");
    private static final List<String> MIDDLES = List.of("西", "呋", "格", "伐", "氟", "地", "沙", "双", "美", "拉", "芬");
    private static final List<String> TAILS = List.of("林", "辛", "雷", "他汀", "沙星", "平", "坦", "胍", "脲", "唑", "松");
    private static final List<String> FORMS = List.of("片", "胶囊", "注射液", "颗粒", "缓释片", "口服溶液", "软膏", "滴眼液");

    private final PrintStream out = System.out;
    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void aLongListIsSearchedOverHttp() {
        var url = System.getProperty("tongchou.postgres", "");
        if (url.isEmpty()) {
            searched(null);
        } else {
            try (var book = Books.postgresql(url, "postgres", "postgres")) {
                searched(book);
            }
        }
    }

    private void searched(@org.jspecify.annotations.Nullable Book other) {
        try (var site = new TestSite(folder, book -> other == null ? book : other)) {
            var book = other == null ? site.book : other;
            var readings = new Readings();
            var codes = IntStream.range(0, ROWS).mapToObj(number -> entry(number, readings));
            var started = System.nanoTime();
            book.catalogue().load(ItemKind.DRUG, "list", Instant.EPOCH, codes.iterator(), taken -> { });
            out.printf("%d items spelled and loaded in %s ms%n", ROWS, told(System.nanoTime() - started));
            ask(site);
        }
    }

    /// The same list in a pack: read and checked, then searched. `-Dtongchou.keep` names a folder that is to keep the
    /// pack, for `check-pack` and `serve`.
    @Test
    void aLongListInAPackIsSearchedOverHttp() throws IOException {
        var kept = System.getProperty("tongchou.keep", "");
        var pack = kept.isEmpty() ? folder.resolve("pack") : Path.of(kept);
        try (var files = Files.walk(TestSite.FIXTURE)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var copy = pack.resolve(TestSite.FIXTURE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(pack.resolve("sources.yaml"), """
                  - {id: long-list, title: 长目录, number: "", issuer: 无, issued: 2023-11-01, grade: demonstration,
                     checked: ""}
                """, StandardOpenOption.APPEND);
        var readings = new Readings();
        new PackTables(pack.resolve("catalogue"), "long-list", null).write(IntStream.range(0, ROWS)
                .mapToObj(number -> settled(entry(number, readings))).toList());
        var begun = System.nanoTime();
        var site = new TestSite(folder, book -> book, null, 0, TwoPersons.USUAL, List.of(pack));
        try (site) {
            assertEquals(List.of(), site.packs.left());
            out.printf("%d items in a pack: read and checked in %s ms%n", ROWS, told(System.nanoTime() - begun));
            begun = System.nanoTime();
            assertEquals(200, site.get("/v1/catalogue/drugs?area=999901&q=amx").status());
            out.printf("%d items in a pack: spelled in %s ms%n", ROWS, told(System.nanoTime() - begun));
            ask(site);
        }
    }

    /// With a share for class B and a limit price for all.
    private Entry settled(Entry entry) {
        var attributes = new TreeMap<String, String>();
        attributes.put("limit-price", 1 + random.nextInt(999) + ".50");
        if (entry.payClass() == PayClass.B) {
            attributes.put("pre-pay", "10%");
        }
        return new Entry(entry.kind(), entry.code(), entry.names(), entry.generic(), entry.approval(),
                entry.payClass(), "", entry.firstDay(), null, entry.edition(), entry.source(), attributes, List.of(),
                List.of());
    }

    private void ask(TestSite site) {
        var asked = IntStream.range(0, QUESTIONS).mapToObj(number -> question()).toList();
        for (var turn = 0; turn < 2; turn++) {
            var times = asked.stream().mapToLong(question -> {
                var begun = System.nanoTime();
                var reply = site.get("/v1/catalogue/drugs?" + question);
                var taken = System.nanoTime() - begun;
                assertEquals(200, reply.status(), reply.body());
                return taken;
            }).sorted().toArray();
            out.printf("%d items, seed %d, turn %d: p50 %s ms, p99 %s ms, longest %s ms%n", ROWS, SEED, turn,
                    told(times[QUESTIONS / 2]), told(times[QUESTIONS * 99 / 100]),
                    told(Arrays.stream(times).max().orElseThrow()));
        }
    }

    private static BigDecimal told(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(1, RoundingMode.HALF_UP);
    }

    private String of(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private Entry entry(int number, Readings readings) {
        var generic = of(STEMS) + of(MIDDLES) + of(TAILS);
        var name = of(HEADS) + generic + of(FORMS);
        var read = readings.of(List.of(name, generic));
        return new Entry(ItemKind.DRUG, "XL%09d".formatted(number), List.of(name), generic,
                "国药准字H%08d".formatted(random.nextInt(99_999_999)), PayClass.values()[random.nextInt(3)],
                random.nextInt(20) == 0 ? "第四批" : "", FIRST, null, "2025", "list", new TreeMap<>(),
                read.spellings(), read.initials());
    }

    private String question() {
        var texts = List.of("XL%09d".formatted(random.nextInt(ROWS)), of(HEADS) + of(STEMS), of(STEMS) + of(MIDDLES)
                + of(TAILS), of(MIDDLES) + of(TAILS), of(TAILS) + of(FORMS), "国药准字H12", "amx", "zsyam", "tb", "amoxi",
                "xilinpian", "shalinjiaonang", "toubao", "suantoubaoxishaxingjiaonang");
        var text = of(texts);
        return "area=999901&q=" + URLEncoder.encode(text.substring(0, 1 + random.nextInt(text.length())),
                StandardCharsets.UTF_8) + of(List.of("", "", "&class=a", "&class=b", "&tier=primary", "&procured=yes",
                "&in=imports&procured=no"));
    }
}
