package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Catalogue.Entry;
import tongchou.storage.Catalogue.Page;
import tongchou.storage.Catalogue.Place;
import tongchou.storage.Catalogue.Question;

/// What the catalogue of every book keeps. The items are made up.
final class CatalogueContract {

    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private CatalogueContract() {
    }

    static void check(Catalogue catalogue) {
        finds(catalogue);
        narrows(catalogue);
        pagesNeitherLoseNorDouble(catalogue);
        supersedes(catalogue);
        leavesNothingOfWhatBroke(catalogue);
    }

    private static void finds(Catalogue catalogue) {
        assertEquals(0, catalogue.version());
        assertEquals(new Catalogue.Imported(1, 6, 0), load(catalogue, List.of(
                drug("XA01", "阿莫西林胶囊", "a mo xi lin jiao nang", "amxljn", PayClass.A, ""),
                drug("XA02", "注射用阿莫西林钠", "zhu she yong a mo xi lin na", "zsyamxln", PayClass.B, "第四批"),
                drug("XA03", "参麦注射液", "shen mai zhu she ye", "smzsy", PayClass.B, ""),
                drug("XA04", "阿司匹林(肠溶)", "a si pi lin chang rong", "asplcr", PayClass.A, ""),
                drug("AMX1", "苯妥英", "ben tuo ying", "bty", null, ""),
                drug("XA05", "Amxl 试剂", "shiji", "amxlsj", PayClass.C, ""))));
        assertEquals(1, catalogue.version());
        // What is asked, and the codes that are found, the best first.
        var table = List.of("XA01: XA01", "xa0: XA01 XA02 XA03 XA04 XA05", "阿莫西林: XA01 XA02", "阿莫: XA01 XA02",
                "阿: XA04 XA01", "amxl: XA05 XA01 XA02", "am: AMX1 XA05 XA01 XA02", "smzsy: XA03", "SMZSY: XA03",
                "canmai: ", "shenmai: XA03", "国药准字XA03: XA03", "注射: XA02 XA03", "肠溶: XA04", "林（肠: XA04",
                "麦射: ", "%: ", "_a: AMX1 XA05 XA01 XA04", "'; drop table: ", "\"阿莫\" OR: ",
                "xilin: XA01 XA02", "xilinj: XA01", "xilinjiaona: XA01",
                "ilin: ", "zhusheye: XA03", "lin: XA01 XA02 XA04", "xilinjiaonaz: ", "ang: ",
                "xa0*: XA01 XA02 XA03 XA04 XA05",
                ": AMX1 XA01 XA02 XA03 XA04 XA05");
        for (var row : table) {
            var asked = row.substring(0, row.indexOf(':'));
            var expected = row.substring(row.indexOf(':') + 2);
            assertEquals(expected, codes(catalogue.search(ask(asked, null, null, null))), asked);
            var single = new ArrayList<String>();
            Place after = null;
            do {
                var page = catalogue.search(new Question(ItemKind.DRUG, asked, null, null, null, 1, after, 1));
                single.addAll(page.entries().stream().map(Entry::code).toList());
                after = page.next();
            } while (after != null);
            assertEquals(expected, String.join(" ", single), asked + " one by one");
        }
        assertEquals("XA01 XA04", codes(catalogue.search(ask("", PayClass.A, null, null))));
        assertEquals("XA02", codes(catalogue.search(ask("阿莫", null, true, null))));
        assertEquals("XA01", codes(catalogue.search(ask("阿莫", null, false, null))));
        assertEquals("", codes(catalogue.search(ask("阿莫", null, null, FIRST.minusDays(1)))));
        assertEquals("XA01 XA02", codes(catalogue.search(ask("阿莫", null, null, FIRST))));
        assertEquals("", codes(catalogue.search(new Question(ItemKind.SERVICE, "阿莫", null, null, null, 1, null, 9))));
        assertEquals(List.of("第四批", "made up\tx y", "[amxljn]"), Stream.of(
                catalogue.history(ItemKind.DRUG, "XA02", 1).getFirst().procurement(),
                catalogue.history(ItemKind.DRUG, "XA01", 1).getFirst().attribute("note"),
                catalogue.history(ItemKind.DRUG, "XA01", 1).getFirst().initials().toString()).toList());
    }

    /// By tier and by codes; an item is found by its national code too, and every hit knows its place.
    private static void narrows(Catalogue catalogue) {
        catalogue.load(ItemKind.CONSUMABLE, "list", NOW, List.of(limited("C1", "导管 1", ""),
                limited("C2", "导管 2", "secondary tertiary"), limited("C3", "导管 3", "tertiary"),
                limited("C4", "针", "primary")).iterator(), taken -> { });
        // What is asked, of which tier, among which codes: what is found.
        var table = List.of("导管|||C1 C2 C3", "导管|PRIMARY||C1", "导管|SECONDARY||C1 C2", "|TERTIARY||C1 C2 C3",
                "|PRIMARY||C1 C4", "导管||C3 C2 C9|C2 C3", "导管|SECONDARY|C3 C2|C2", "|||C1 C2 C3 C4", "||C4|C4",
                "针||C1|", "管3||C1 C3|C3", "nc3|||C3", "NC||C2 C3|C2 C3");
        for (var row : table) {
            var parts = row.split("\\|", -1);
            var tier = parts[1].isEmpty() ? null : Tier.valueOf(parts[1]);
            var codes = parts[2].isEmpty() ? null : Set.of(parts[2].split(" "));
            var version = catalogue.version();
            var single = new ArrayList<String>();
            Place after = null;
            do {
                var page = catalogue.search(new Question(ItemKind.CONSUMABLE, parts[0], null, null, null, tier, codes,
                        version, after, 1));
                for (var hit : page.hits()) {
                    single.add(hit.entry().code());
                    assertEquals(Optional.of(hit.place()),
                            catalogue.place(ItemKind.CONSUMABLE, hit.place().item(), parts[0]), row);
                }
                after = page.next();
            } while (after != null);
            assertEquals(parts[3], String.join(" ", single), row);
        }
        assertEquals("", codes(catalogue.search(new Question(ItemKind.CONSUMABLE, "", null, null, null, null,
                Set.of(), catalogue.version(), null, 9))), "nobody's codes");
        assertEquals(Optional.empty(), catalogue.place(ItemKind.DRUG, 77, ""));
    }

    private static Entry limited(String code, String name, String tiers) {
        var attributes = new TreeMap<String, String>();
        attributes.put(Entry.TIERS, tiers);
        attributes.put(Entry.NATIONAL_CODE, "N" + code);
        return new Entry(ItemKind.CONSUMABLE, code, List.of(name), "", "", null, "", FIRST, null, "", "list",
                attributes, List.of(), List.of());
    }

    private static void pagesNeitherLoseNorDouble(Catalogue catalogue) {
        var many = IntStream.range(0, 2_345).mapToObj(i -> new Entry(ItemKind.DIAGNOSIS, "T%04d".formatted(i),
                List.of("骨折 " + i), "", "", null, "", FIRST, null, "2.0", "list", new TreeMap<>(), List.of("guzhe"),
                List.of("gz"))).toList();
        var told = new ArrayList<Long>();
        var version = catalogue.version() + 1;
        catalogue.load(ItemKind.DIAGNOSIS, "list", NOW, many.iterator(), told::add);
        assertEquals(List.of(2_345L), told);
        for (var asked : List.of("", "骨折", "gz", "折2")) {
            var seen = new ArrayList<String>();
            Place after = null;
            do {
                var page = catalogue.search(new Question(ItemKind.DIAGNOSIS, asked, null, null, null, version, after,
                        500));
                page.entries().forEach(entry -> seen.add(entry.code()));
                after = page.next();
                // Somebody imports between two pages: the reader stays at its version.
                catalogue.load(ItemKind.DIAGNOSIS, "more", NOW, List.of(new Entry(ItemKind.DIAGNOSIS,
                        "T0" + seen.size() + asked, List.of("骨折 新 2"), "", "", null, "", FIRST, null, "2.0", "more",
                        new TreeMap<>(), List.of(), List.of("gz"))).iterator(), taken -> { });
            } while (after != null);
            // 折2 stands in 2, 20-29, 200-299 and 2000-2344.
            assertEquals(asked.equals("折2") ? 1 + 10 + 100 + 345 : 2_345, seen.size(), asked);
            assertEquals(seen.size(), seen.stream().distinct().count(), asked);
        }
    }

    private static void supersedes(Catalogue catalogue) {
        var before = catalogue.version();
        var imported = load(catalogue, List.of(
                drug("XA01", "阿莫西林胶囊", "a mo xi lin jiao nang", "amxljn", PayClass.A, ""),
                drug("XA03", "参麦注射液", "shen mai zhu she ye", "smzsy", PayClass.A, "")));
        assertEquals(new Catalogue.Imported(before + 1, 1, 1), imported);
        assertEquals(PayClass.B, catalogue.history(ItemKind.DRUG, "XA03", before).getFirst().payClass());
        assertEquals(List.of(PayClass.A), catalogue.history(ItemKind.DRUG, "XA03", before + 1).stream()
                .map(Entry::payClass).toList());
    }

    private static void leavesNothingOfWhatBroke(Catalogue catalogue) {
        var before = catalogue.version();
        var broken = new Iterator<Entry>() {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Entry next() {
                if (given++ == 5_100) {
                    throw new IllegalStateException("on purpose");
                }
                return drug("XA" + given, "坏 " + given, "huai", "h", PayClass.A, "");
            }
        };
        assertThrows(IllegalStateException.class, () -> catalogue.load(ItemKind.DRUG, "x", NOW, broken, taken -> { }));
        assertEquals(before, catalogue.version());
        assertEquals("XA01 XA02", codes(catalogue.search(new Question(ItemKind.DRUG, "阿莫", null, null, null, before,
                null, 9))));
        var again = load(catalogue, List.of(drug("XA09", "坏血酸", "huai xue suan", "hxs", PayClass.A, "")));
        assertEquals("XA09", codes(catalogue.search(new Question(ItemKind.DRUG, "坏", null, null, null,
                again.version(), null, 9))));
    }

    private static Catalogue.Imported load(Catalogue catalogue, List<Entry> entries) {
        return catalogue.load(ItemKind.DRUG, "list", NOW, entries.iterator(), taken -> { });
    }

    private static Question ask(String text, @Nullable PayClass payClass, @Nullable Boolean procured,
            @Nullable LocalDate day) {
        return new Question(ItemKind.DRUG, text, payClass, procured, day, 1, null, 9);
    }

    private static String codes(Page page) {
        return page.entries().stream().map(Entry::code).collect(Collectors.joining(" "));
    }

    private static Entry drug(String code, String name, String pinyin, String initials, @Nullable PayClass payClass,
            String procurement) {
        var attributes = new TreeMap<String, String>();
        attributes.put("note", "made up\tx\ny");
        return new Entry(ItemKind.DRUG, code, List.of(name), "", "国药准字" + code, payClass, procurement, FIRST, null,
                "2026", "list", attributes, List.of(pinyin), List.of(initials));
    }
}
