package tongchou.server.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Book;
import tongchou.storage.Books;
import tongchou.storage.Catalogue;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Question;

/// How long a long list takes to come in, and a question to be answered from it. Prints, and asserts only what is
/// found; `-Dtongchou.rows` says how many rows, `-Dtongchou.seed` another draw.
@Tag("long")
class CatalogueSpeedTest {

    private static final int ROWS = Integer.getInteger("tongchou.rows", 300_000);
    private static final long SEED = Long.getLong("tongchou.seed", 20_261_122L);
    private static final int QUESTIONS = 2_000;

    private static final List<String> SALTS = List.of("", "盐酸", "硫酸", "枸橼酸", "马来酸", "酒石酸", "注射用", "复方", "小儿", "甲磺酸");
    private static final List<String> HEADS = List.of("阿莫", "头孢", "氯吡", "阿托", "瑞舒", "左氧", "氨氯", "厄贝", "二甲", "格列",
            "奥美", "泮托", "布洛", "对乙", "蒙脱", "氨溴", "孟鲁", "沙美", "地塞", "泼尼", "参麦", "丹参", "银杏", "柴胡", "黄芪", "当归");
    private static final List<String> MIDDLES = List.of("西", "呋", "格", "伐", "氟", "地", "沙", "双", "美", "拉", "芬", "酰",
            "石", "索", "司", "替", "米", "坦", "尼", "龙");
    private static final List<String> TAILS = List.of("林", "辛", "雷", "他汀", "沙星", "平", "坦", "胍", "脲", "唑", "芬", "氨基酚",
            "松", "特", "龙", "素", "酮", "苷");
    private static final List<String> FORMS = List.of("片", "胶囊", "注射液", "颗粒", "缓释片", "口服溶液", "软膏", "滴眼液", "肠溶片", "分散片");

    private final PrintStream out = System.out;

    @TempDir
    private Path folder;

    @Test
    void aLongListComesInAndIsSearched() throws IOException {
        out.println("rows " + ROWS + ", seed " + SEED);
        var file = written();
        try (var book = Books.sqlite(folder.resolve("book.db"))) {
            imported(book, file);
            searched(book.catalogue());
        }
    }

    private void imported(Book book, Path file) {
        var what = new CatalogueImport(file, ItemKind.DRUG, null, "list", "2025", null);
        var begun = System.nanoTime();
        var check = what.check(folder.resolve("bad.csv"), false);
        var checked = System.nanoTime();
        assertEquals(new CatalogueImport.Check(ROWS, ROWS, 0, 0, List.of(), 1), check);
        var done = what.take(book.catalogue(), new Readings(), Instant.EPOCH, taken -> { });
        var ended = System.nanoTime();
        assertEquals(new Catalogue.Imported(1, ROWS, 0), done);
        out.printf("import %s ms: checked in %s ms, taken in %s ms%n", milliseconds(ended - begun),
                milliseconds(checked - begun), milliseconds(ended - checked));
        assertEquals(new Catalogue.Imported(2, 0, ROWS),
                what.take(book.catalogue(), new Readings(), Instant.EPOCH, taken -> { }));
        out.printf("the same again %s ms%n", milliseconds(System.nanoTime() - ended));
    }

    /// What people type: parts of a code, a name, initials, pinyin, an approval number, from the beginning or the
    /// middle, some with a filter; one question in ten goes on for two more pages.
    private void searched(Catalogue catalogue) {
        var random = new Random(SEED + 1);
        var asked = IntStream.range(0, QUESTIONS).mapToObj(i -> question(catalogue, random)).toList();
        for (var turn = 0; turn < 2; turn++) {
            var times = new long[QUESTIONS];
            for (var i = 0; i < QUESTIONS; i++) {
                var one = asked.get(i);
                var begun = System.nanoTime();
                var page = catalogue.search(one.question());
                times[i] = System.nanoTime() - begun;
                assertTrue(!page.entries().isEmpty() || one.question().payClass() != null
                        || one.question().after() != null, one.question().text());
            }
            if (turn > 0) {
                told(asked, times);
            }
        }
    }

    private void told(List<Asked> asked, long[] times) {
        for (var kind : asked.stream().map(Asked::kind).distinct().sorted().toList()) {
            told(kind, IntStream.range(0, QUESTIONS).filter(i -> asked.get(i).kind().equals(kind))
                    .mapToLong(i -> times[i]).sorted().toArray());
        }
        var slowest = IntStream.range(0, QUESTIONS).boxed()
                .sorted((left, right) -> Long.compare(times[right], times[left])).limit(5).toList();
        slowest.forEach(i -> out.printf("slow: %s ms %s%n", milliseconds(times[i]), asked.get(i)));
        told("all questions", Arrays.stream(times).sorted().toArray());
    }

    private void told(String what, long[] sorted) {
        out.printf("%s (%d): p50 %s ms, p99 %s ms, longest %s ms%n", what, sorted.length,
                milliseconds(sorted[sorted.length / 2]), milliseconds(sorted[sorted.length * 99 / 100]),
                milliseconds(sorted[sorted.length - 1]));
    }

    private record Asked(String kind, Question question) {
    }

    private Asked question(Catalogue catalogue, Random random) {
        var code = code(random.nextInt(ROWS));
        var entry = catalogue.history(ItemKind.DRUG, code, 1).getFirst();
        var from = List.of("code", "name", "middle of a name", "initials", "middle of initials", "pinyin",
                "syllable", "approval");
        var kind = from.get(random.nextInt(from.size()));
        var text = switch (kind) {
            case "code" -> code.substring(0, 3 + random.nextInt(code.length() - 3));
            case "name" -> entry.name().substring(0, 1 + random.nextInt(entry.name().length() - 1));
            case "middle of a name" -> middle(entry.name(), random);
            case "initials" -> entry.initials().getFirst().substring(0,
                    1 + random.nextInt(entry.initials().getFirst().length() - 1));
            case "middle of initials" -> middle(entry.initials().getFirst(), random);
            case "pinyin" -> begun(entry.spellings().getFirst().replace(" ", ""), random);
            case "syllable" -> syllable(entry.spellings().getFirst(), random);
            default -> entry.approval().substring(0, 5 + random.nextInt(entry.approval().length() - 5));
        };
        var payClass = random.nextInt(5) == 0 ? PayClass.values()[random.nextInt(3)] : null;
        var question = new Question(ItemKind.DRUG, text, payClass, null, null, 1, null, 20);
        for (var page = random.nextInt(10) == 0 ? 2 : 0; page > 0; page--) {
            var next = catalogue.search(question).next();
            question = next == null ? question
                    : new Question(ItemKind.DRUG, text, payClass, null, null, 1, next, 20);
        }
        return new Asked(kind, question);
    }

    private static String begun(String pinyin, Random random) {
        return pinyin.substring(0, Math.min(pinyin.length(), 2 + random.nextInt(Math.max(1, pinyin.length() - 2))));
    }

    /// From a later syllable on.
    private static String syllable(String spelling, Random random) {
        var syllables = spelling.split(" ");
        return begun(String.join("", Arrays.asList(syllables).subList(1 + random.nextInt(syllables.length - 1),
                syllables.length)), random);
    }

    private static String middle(String text, Random random) {
        var from = 1 + random.nextInt(text.length() - 2);
        return text.substring(from, Math.min(text.length(), from + 2 + random.nextInt(3)));
    }

    /// A list as drug lists are: many presentations of a few thousand names, in no order.
    private Path written() throws IOException {
        var random = new Random(SEED);
        var order = new java.util.ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(order, random);
        var file = folder.resolve("list.csv");
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write("编码,药品名称,通用名,批准文号,甲乙类,开始日期,剂型,规格,生产企业\n");
            for (var number : order) {
                row(writer, number, random);
            }
        }
        return file;
    }

    private static void row(Writer writer, int number, Random random) throws IOException {
        var generic = of(HEADS, random) + of(MIDDLES, random) + of(TAILS, random);
        var form = of(FORMS, random);
        writer.write(String.join(",", code(number), of(SALTS, random) + generic + form, generic,
                "国药准字H%08d".formatted(10_000_000 + random.nextInt(20_000_000)), of(List.of("甲", "乙", "乙", "丙"), random),
                "2025-01-01", form, (1 + random.nextInt(50)) * 5 + "mg*" + (1 + random.nextInt(10)) * 6,
                "第" + random.nextInt(3_000) + "制药有限公司") + "\n");
    }

    private static String of(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static String code(int number) {
        return "X%c%02d%09d".formatted('A' + number % 20, number % 17, number);
    }

    private static BigDecimal milliseconds(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(2, RoundingMode.HALF_UP);
    }
}
