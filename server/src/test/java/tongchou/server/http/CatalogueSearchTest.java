package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Json;
import tongchou.core.calendar.InForce;
import tongchou.core.catalogue.ItemKind;
import tongchou.server.catalogue.CatalogueImport;
import tongchou.server.catalogue.Readings;
import tongchou.storage.Formularies.Listed;

/// One way to search what packs state and what was imported. The imported list is made up; of the fixture county come
/// X0001 阿莫西林胶囊, X0002 美托洛尔片 and XD0001 恩格列净片.
class CatalogueSearchTest {

    private static final String LIST = """
            编码,药品名称,通用名,批准文号,甲乙类,集采批次,使用级别,开始日期,结束日期
            X0001,阿莫西林胶囊（进口）,,国药准字H1,乙,,,2025-01-01,
            X0003,阿莫西林颗粒,阿莫西林,国药准字H3,甲,第二批,,2025-01-01,
            X0004,注射用阿莫西林钠,阿莫西林,国药准字H4,乙,,二级及以上,2025-01-01,
            X0005,阿莫西林分散片,阿莫西林,国药准字H5,丙,,三级,2025-01-01,2025-12-31
            A18.0+M49/1,阿胶+枣,,,乙,,,2026-05-01,
            """;

    @TempDir
    private static Path folder;
    private static TestSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite(folder);
        imported(LIST, 5);
        site.book.formularies().list(List.of(listed("X0004"), listed("X0002")));
    }

    private static Listed listed(String item) {
        return new Listed("A99990100001", item, InForce.from(LocalDate.of(2026, 1, 1)), null, "", "");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static void imported(String list, long expected) throws Exception {
        var file = Files.writeString(folder.resolve("list.csv"), list);
        assertEquals(expected, new CatalogueImport(file, ItemKind.DRUG, null, "list.csv", "2025", null)
                .take(site.book.catalogue(), new Readings(), Instant.EPOCH, taken -> { }).added());
    }

    private static String encoded(String query) {
        return java.util.Arrays.stream(query.split("&")).map(part -> {
            var equals = part.indexOf('=');
            return part.substring(0, equals + 1)
                    + URLEncoder.encode(part.substring(equals + 1), StandardCharsets.UTF_8);
        }).collect(Collectors.joining("&"));
    }

    private static TestSite.Reply ask(String kind, String query) {
        return site.get("/v1/catalogue/" + kind + "?" + encoded(query));
    }

    private static String text(Json members, String field) {
        return ((Json.Text) ((Json.Members) members).fields().get(field)).text();
    }

    private static List<Json> items(TestSite.Reply reply) {
        assertEquals(200, reply.status(), reply.body());
        return ((Json.Items) ((Json.Members) reply.json()).fields().get("items")).items();
    }

    /// Codes, those of imports in brackets.
    private static String codes(List<Json> items) {
        return items.stream().map(item -> text(item, "in").equals("imports") ? "[" + text(item, "code") + "]"
                : text(item, "code")).collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // What is called so exactly comes first. The pack's own X0001 stands for the imported one of the same code.
        "q=阿莫西林,                          [X0003] [X0004] X0001",
        "q=阿莫西林&in=imports,               [X0003] [X0004] [X0001]",
        "q=阿莫西林&in=packs,                 X0001",
        // By its approval number the pack does not know it.
        "q=国药准字H1,                        [X0001]",
        "q=X000,                             X0001 X0002 [X0003] [X0004]",
        "q=amxl,                             [X0003] [X0004] X0001",
        "q=amoxilinkeli,                     [X0003]",
        "q=西林,                              X0001 [X0003] [X0004]",
        "q=阿莫西林&class=b,                  [X0004] [X0001]",
        "q=阿莫西林&procured=yes,             [X0003]",
        "q=阿莫西林&procured=no,              [X0004] X0001",
        "q=阿莫西林&tier=primary,             [X0003] X0001",
        "q=阿莫西林&alliance=A99990100001,    [X0004]",
        "alliance=A99990100001,               X0002 [X0004]",
        "q=X&tier=secondary&in=packs,        X0001 X0002 XD0001",
        "code=A18.0+M49/1,                   ''",
        "code=X0004,                         [X0004]",
        "code=X0002&class=b,                 X0002"})
    void itemsAreFound(String query, String expected) {
        assertEquals(expected, codes(items(ask("drugs", "area=999901&date=2026-03-10&" + query))));
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource({
        "drug?area=999901,                                 400, UNKNOWN_WORD, kind",
        "drugs?area=110101,                                422, UNKNOWN_AREA, area",
        "drugs?area=999901&in=both,                        400, UNKNOWN_WORD, in",
        "drugs?area=999901&version=7,                      400, OUT_OF_RANGE, version",
        "drugs?area=999901&alliance=A9,                    422, UNKNOWN_ALLIANCE, alliance",
        "drugs?area=999901&after=0,                        400, TEXT_NOT_ALLOWED, after",
        "drugs?area=999901&after=0..20000..77,             409, CATALOGUE_CHANGED, after",
        "drugs?in=imports&after=0..20000..77,              400, TEXT_NOT_ALLOWED, after",
        "drugs?in=imports&after=0..99999999999..77,        400, TEXT_NOT_ALLOWED, after",
        "drugs?area=999901&limit=1001,                     400, OUT_OF_RANGE, limit",
        "drugs/X9,                                         404, UNKNOWN_ITEM, code"})
    void whatCannotBeAsked(String path, int status, String code, String field) {
        var reply = site.get("/v1/catalogue/" + path);
        assertEquals(status, reply.status(), reply.body());
        assertTrue(reply.body().contains("\"" + code + "\"") && reply.body().contains("\"" + field + "\""),
                reply.body());
    }

    @Test
    void theDayIsTodayAndOthersCanBeAskedFor() {
        assertEquals("[X0003] [X0004] X0001", codes(items(ask("drugs", "area=999901&q=阿莫西林"))));
        assertEquals("[X0003] [X0004] [X0005] [X0001]",
                codes(items(ask("drugs", "date=2025-06-01&in=imports&q=阿莫西林"))));
        assertEquals("[A18.0+M49/1]", codes(items(ask("drugs", "in=imports&date=2026-05-01&code=A18.0+M49/1"))));
    }

    /// Bulk download: somebody imports between two pages, and each item still comes once.
    @Test
    void pagesOfOneVersionLoseNothing() throws Exception {
        var before = codes(items(ask("drugs", "area=999901&date=2026-03-10&limit=1000")));
        var seen = new ArrayList<Json>();
        String next = null;
        var turn = 0;
        do {
            var reply = ask("drugs", "area=999901&limit=1" + (next == null ? "&date=2026-03-10" : "&after=" + next));
            seen.addAll(items(reply));
            next = next(reply);
            imported("编码,名称,开始日期\nN" + turn + ",新药,2025-01-01\n", 1);
            turn++;
        } while (next != null);
        assertEquals(before, codes(seen));
        var later = ask("drugs", "area=999901&date=2026-03-10&limit=1000");
        assertNotEquals(before, codes(items(later)));
        assertEquals(before, codes(items(ask("drugs", "area=999901&date=2026-03-10&limit=1000&version=1"))));
    }

    private static @Nullable String next(TestSite.Reply reply) {
        return ((Json.Members) reply.json()).fields().get("next") instanceof Json.Text(var text) ? text : null;
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() {
        var path = "/v1/catalogue/drugs?area=999901&date=2026-03-10&version=1&limit=2";
        var first = site.get(path);
        for (var known : List.of(first.header("ETag"), "\"x\", W/" + first.header("ETag"), "*")) {
            assertEquals(304, site.send("GET", path, null, Map.of("If-None-Match", known)).status(), known);
        }
        assertEquals(200, site.send("GET", path + "&class=a", null, Map.of("If-None-Match", first.header("ETag")))
                .status());
    }

    @Test
    void thePageOfAnImportedItem() {
        var page = site.get("/v1/catalogue/drugs/X0003");
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("\"class\":\"a\"") && page.body().contains("第二批"), page.body());
        assertEquals(404, site.get("/v1/catalogue/services/X0003").status());
        var both = site.get("/v1/catalogue/drugs/X0001?area=999901&date=2026-03-10");
        assertTrue(both.body().contains("阿莫西林胶囊（进口）") && both.body().contains("\"facts\":[{"), both.body());
    }

    /// A stay: above the deductible of 400 at 75%. Class A: 1,000, so (1,000 - 400) x 75% = 450.
    @Test
    void whatAPersonPaysForAnImportedItem() {
        var asked = "/payment?area=999901&scheme=resident&status=adult&date=2026-03-10&care=inpatient"
                + "&institution=H99990100001";
        var reply = site.get("/v1/catalogue/drugs/X0003" + asked + "&amount_fen=100000");
        assertEquals(200, reply.status(), reply.body());
        assertTrue(reply.body().contains("\"fund_fen\":45000,"), reply.body());
        var priceless = site.get("/v1/catalogue/drugs/X0003" + asked);
        assertTrue(priceless.body().contains("MISSING_FIELD"), priceless.body());
    }
}
