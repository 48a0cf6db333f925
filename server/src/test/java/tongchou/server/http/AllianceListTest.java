package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongchou.api.http.Json;
import tongchou.api.http.Role;
import tongchou.server.demo.DemoCounty;

/// One list and one price in the demonstration county: what the lead lists is everybody's, what a referral carries
/// along is dispensed below, and who charges more is found. In the fixture XD0001 is restricted to the secondary tier,
/// and a referral down lifts that.
class AllianceListTest {

    private static final String COUNTY = DemoCounty.COUNTY_HOSPITAL;
    private static final String TOWNSHIP = "H99990100011";
    private static final String VILLAGE = "H99990100031";
    private static final String ALLIANCE = "A99990100001";
    private static final String PATIENT = "demo-resident-chronic";

    @TempDir
    private Path folder;
    private TestSite site;
    private int keys;

    @BeforeEach
    void open() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private TestSite.Reply as(Role role, String scope, String method, String path, String body) {
        return site.send(method, path, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8), Map.of(
                "Content-Type", "application/json", "Authorization", "Bearer " + site.key(role, scope)));
    }

    private static String at(TestSite.Reply reply, String... path) {
        Json at = reply.json();
        for (var name : path) {
            if (at == null || at instanceof Json.Items(var none) && Integer.parseInt(name) >= none.size()) {
                return "-" + reply.body();
            }
            at = at instanceof Json.Items(var items) ? items.get(Integer.parseInt(name))
                    : ((Json.Members) at).fields().get(name);
        }
        return at == null ? "-" : at instanceof Json.Text(var text) ? text : at.shown();
    }

    private TestSite.Reply settle(String institution, String from, String item, int fen, String quantity,
            String referral) {
        return as(Role.INSTITUTION, institution, "POST", "/v1/settlements", """
                {"key": "k-%d", "member": "%s", "institution": "%s", "total_fen": %d,
                 "encounter": {"care": "inpatient", "from": "%s", "to": "%s"%s},
                 "lines": [{"item": "%s", "amount_fen": %d, "quantity": "%s"}]}""".formatted(++keys, PATIENT,
                institution, fen, from, from, referral.isEmpty() ? "" : ", \"referral\": " + referral, item, fen,
                quantity));
    }

    private static String prescription(String id, String episode, String items) {
        return """
                {"direction": "downward", "episode": "%s", "issued": "2026-03-01",
                 "prescription": {"referral": "%s", "items": [%s]}}""".formatted(episode, id, items);
    }

    private void refer() {
        assertEquals(201, as(Role.INSTITUTION, COUNTY, "POST", "/v1/referrals", """
                {"id": "r-1", "member": "%s", "receiver": "%s", "episode": "e-1", "issued": "2026-03-01",
                 "last_day": "2026-05-31", "items": [{"item": "XD0001", "quantity": "28"}]}"""
                .formatted(PATIENT, TOWNSHIP)).status());
    }

    @Test
    void aReferralDownCarriesThePrescriptionAlong() {
        var without = settle(TOWNSHIP, "2026-03-02", "XD0001", 14_000, "28", "");
        assertEquals("14000", at(without, "amounts", "full_self_pay_fen"), without.body());
        refer();
        var with = settle(TOWNSHIP, "2026-03-02", "XD0001", 14_000, "28", prescription("r-1", "e-1", "\"XD0001\""));
        assertEquals("0", at(with, "amounts", "full_self_pay_fen"), with.body());
        assertTrue(with.body().contains("随转诊下转续方"), with.body());
        // The pack lifts it for this drug only; what is not on the referral is not carried along.
        assertEquals("r-1", at(as(Role.INSTITUTION, TOWNSHIP, "GET", "/v1/referrals/r-1", ""), "id"));
        assertEquals(404, as(Role.INSTITUTION, "H99990100012", "GET", "/v1/referrals/r-1", "").status());
        // Who takes an id that another sender took learns nothing about the patient.
        var taken = as(Role.INSTITUTION, "H99990100002", "POST", "/v1/referrals", """
                {"id": "r-1", "member": "demo-resident-adult", "receiver": "%s", "episode": "e-9", "issued": "2026-03-01",
                 "last_day": "2026-05-31", "items": [{"item": "X0001", "quantity": "1"}]}""".formatted(TOWNSHIP));
        assertEquals("ALREADY_REGISTERED", at(taken, "code"), taken.body());
        assertFalse(taken.body().contains(PATIENT), taken.body());
        assertEquals(List.of(), site.book.verify(tongchou.storage.Inspection.FIRST_DIFFERENCE));
    }

    @ParameterizedTest(name = "{0}: {5} at {6}")
    @CsvSource({
        "unknown,      r-9, e-1, XD0001, 28, UNKNOWN_REFERRAL, encounter.referral.prescription.referral",
        "episode,      r-1, e-2, XD0001, 28, REFERRAL_DIFFERS, encounter.referral.episode",
        "other drug,   r-1, e-1, X0001,  1,  REFERRAL_DIFFERS, encounter.referral.prescription.items[0]",
        "too much,     r-1, e-1, XD0001, 29, REFERRAL_DIFFERS, encounter.referral.prescription.items[0]"})
    void whatIsNotOnTheReferralIsTurnedAway(String what, String id, String episode, String item, String quantity,
            String code, String field) {
        refer();
        var reply = settle(TOWNSHIP, "2026-03-02", item, 1_400, quantity,
                prescription(id, episode, "\"" + item + "\""));
        assertEquals(List.of(422, code, field), List.of(reply.status(), at(reply, "code"), at(reply, "field")), what);
    }

    /// 28 are prescribed: 20 are dispensed, so 8 are left, and all 28 again when the 20 are taken back.
    @Test
    void aPrescriptionIsDispensedOnce() {
        refer();
        var prescription = prescription("r-1", "e-1", "\"XD0001\"");
        var first = settle(TOWNSHIP, "2026-03-02", "XD0001", 10_000, "20", prescription);
        assertEquals(201, first.status(), first.body());
        var more = settle(TOWNSHIP, "2026-03-03", "XD0001", 4_500, "9", prescription);
        assertEquals(List.of(422, "REFERRAL_DIFFERS"), List.of(more.status(), at(more, "code")), more.body());
        assertTrue(more.body().contains("连同此前已发 20 不超过所开"), more.body());
        assertEquals(201, settle(TOWNSHIP, "2026-03-03", "XD0001", 4_000, "8", prescription).status());
        assertEquals(422, settle(TOWNSHIP, "2026-03-04", "XD0001", 500, "1", prescription).status());
        assertEquals(201, as(Role.INSTITUTION, TOWNSHIP, "POST", "/v1/settlements/" + at(first, "id") + "/reversal",
                "{\"key\": \"back-1\", \"reason\": \"退药\"}").status());
        assertEquals(201, settle(TOWNSHIP, "2026-03-05", "XD0001", 10_000, "20", prescription).status());
    }

    @Test
    void aVillageClinicDispensesWhatItsCentreReceived() {
        refer();
        var prescription = prescription("r-1", "e-1", "\"XD0001\"");
        assertEquals("institution", at(settle(VILLAGE, "2026-03-02", "XD0001", 14_000, "28", prescription), "field"));
        var centre = "{\"centre\": \"%s\", \"from\": \"2026-01-01\"}";
        var wrong = as(Role.BUREAU_CLERK, "999901", "POST", "/v1/institutions/" + VILLAGE + "/centre",
                centre.formatted(COUNTY));
        assertEquals("FIELDS_CONFLICT", at(wrong, "code"));
        for (var time : List.of("first", "again")) {
            assertEquals(201, as(Role.BUREAU_CLERK, "999901", "POST", "/v1/institutions/" + VILLAGE + "/centre",
                    centre.formatted(TOWNSHIP)).status(), time);
        }
        // Another centre from the same day: the present one is told by its code, in no number of the book.
        var taken = as(Role.BUREAU_CLERK, "999901", "POST", "/v1/institutions/" + VILLAGE + "/centre",
                centre.formatted("H99990100012"));
        assertEquals("409 ALREADY_REGISTERED 与已登记的一致，或不冲突：2026-01-01.. " + TOWNSHIP, taken.status() + " "
                + at(taken, "code") + " " + at(taken, "expected"), taken.body());
        var dispensed = settle(VILLAGE, "2026-03-02", "XD0001", 14_000, "28", prescription);
        assertEquals("0", at(dispensed, "amounts", "full_self_pay_fen"), dispensed.body());
        assertEquals("FIELDS_CONFLICT", at(as(Role.INSTITUTION, TOWNSHIP, "POST", "/v1/referrals", """
                {"id": "r-2", "member": "%s", "receiver": "%s", "episode": "e-1", "issued": "2026-03-01",
                 "last_day": "2026-05-31", "items": [{"item": "XD0001", "quantity": "28"}]}"""
                .formatted(PATIENT, COUNTY)), "code"), "that would be a referral up");
    }

    private void list(String entries) {
        var reply = as(Role.ALLIANCE_LEAD, ALLIANCE, "POST", "/v1/alliances/" + ALLIANCE + "/formulary",
                "{\"entries\": [" + entries + "]}");
        assertEquals(201, reply.status(), reply.body());
    }

    @Test
    void whatAMemberLacksIsToldWithWhomItMattersTo() {
        list("{\"item\": \"XD0001\", \"from\": \"2026-01-01\"}, {\"item\": \"X0001\", \"from\": \"2026-01-01\"}");
        assertEquals(201, as(Role.INSTITUTION, TOWNSHIP, "POST", "/v1/institutions/" + TOWNSHIP + "/stock",
                "{\"entries\": [{\"item\": \"X0001\", \"from\": \"2026-01-01\"}]}").status());
        var dispensed = settle(COUNTY, "2026-02-02", "XD0001", 14_000, "28", "");
        assertEquals(201, dispensed.status(), dispensed.body());
        var gaps = as(Role.ALLIANCE_LEAD, ALLIANCE, "GET", "/v1/alliances/" + ALLIANCE
                + "/formulary/gaps?date=2026-03-10&institution=" + TOWNSHIP, "");
        // The patient is contracted with the township and registered for two chronic diseases.
        assertEquals("""
                {"gaps":[{"institution":"H99990100011","item":"XD0001","name":"恩格列净片","at_centre":false,"patients":[\
                {"member":"demo-resident-chronic","diseases":["M01600","M03900"],"last_day":"2026-02-02",\
                "at":"H99990100001","contracted":true}]}]}""",
                "{" + gaps.body().substring(gaps.body().indexOf("\"gaps\"")), gaps.body());
        // Nobody of the other township had any of it.
        var other = as(Role.ALLIANCE_LEAD, ALLIANCE, "GET", "/v1/alliances/" + ALLIANCE
                + "/formulary/gaps?date=2026-03-10&institution=H99990100012&limit=1", "");
        assertTrue(other.body().contains("\"patients\":[]"), other.body());
        assertEquals("H99990100012/X0001", at(other, "next"));
        assertEquals("XD0001", at(as(Role.ALLIANCE_LEAD, ALLIANCE, "GET", "/v1/alliances/" + ALLIANCE
                + "/formulary/gaps?date=2026-03-10&institution=H99990100012&limit=1&after=H99990100012/X0001", ""),
                "gaps", "0", "item"));
        assertEquals(403, as(Role.ALLIANCE_LEAD, "A-other", "GET", "/v1/alliances/" + ALLIANCE
                + "/formulary/gaps", "").status());
        // Who is no member lacks nothing of the list, which must not read as if all were there.
        assertEquals("UNKNOWN_INSTITUTION", at(as(Role.ALLIANCE_LEAD, ALLIANCE, "GET", "/v1/alliances/" + ALLIANCE
                + "/formulary/gaps?date=2026-03-10&institution=H99990000001", ""), "code"));
    }

    @Test
    void anItemIsListedAnewFromALaterDayAndAllOrNothing() {
        list("{\"item\": \"X0001\", \"from\": \"2026-01-01\", \"price_fen\": 1000}");
        list("{\"item\": \"X0001\", \"from\": \"2026-03-01\", \"price_fen\": 900}");
        list("{\"item\": \"X0001\", \"from\": \"2026-03-01\", \"price_fen\": 900}");
        var path = "/v1/alliances/" + ALLIANCE + "/formulary?date=";
        assertEquals("1000", at(as(Role.AUDITOR, "999901", "GET", path + "2026-02-28", ""), "entries", "0",
                "price_fen"));
        assertEquals("900", at(as(Role.AUDITOR, "999901", "GET", path + "2026-03-01", ""), "entries", "0",
                "price_fen"));
        var reply = as(Role.ALLIANCE_LEAD, ALLIANCE, "POST", "/v1/alliances/" + ALLIANCE + "/formulary", """
                {"entries": [{"item": "X0002", "from": "2026-01-01"}, {"item": "X0001", "from": "2026-02-01"}]}""");
        assertEquals(List.of(409, "entries[1].from"), List.of(reply.status(), at(reply, "field")), reply.body());
        assertTrue(at(as(Role.AUDITOR, "999901", "GET", path + "2026-02-28", ""), "entries", "1").startsWith("-"));
    }

    @Test
    void whoChargesMoreThanTheAllianceOrTheLeadIsFound() {
        list("{\"item\": \"X0001\", \"from\": \"2026-02-01\", \"price_fen\": 1150}");
        // In January nothing was agreed; the lead charges 12.00 a box then.
        var lead = settle(COUNTY, "2026-01-05", "X0001", 2_400, "2", "");
        var above = settle(TOWNSHIP, "2026-01-06", "X0001", 3_900, "3", "");
        settle(TOWNSHIP, "2026-01-07", "X0001", 1_200, "1", "");
        var agreed = settle(TOWNSHIP, "2026-02-06", "X0001", 2_400, "2", "");
        var found = as(Role.ALLIANCE_LEAD, ALLIANCE, "GET", "/v1/alliances/" + ALLIANCE
                + "/price-findings?from=2026-01-01&to=2026-03-31", "");
        assertEquals(List.of("above-lead", at(above, "id"), at(lead, "id"), "13.0000", "12.0000", "300"),
                List.of(at(found, "findings", "0", "kind"), at(found, "findings", "0", "charged", "settlement"),
                        at(found, "findings", "0", "lead", "settlement"),
                        at(found, "findings", "0", "charged", "unit_yuan"),
                        at(found, "findings", "0", "lead", "unit_yuan"), at(found, "findings", "0", "excess_fen")),
                "3 x (13.00 - 12.00) = 3.00: " + found.body());
        assertEquals(List.of("above-alliance-price", at(agreed, "id"), "1150", "100"),
                List.of(at(found, "findings", "1", "kind"), at(found, "findings", "1", "charged", "settlement"),
                        at(found, "findings", "1", "agreed_fen"), at(found, "findings", "1", "excess_fen")),
                "2 x (12.00 - 11.50) = 1.00");
        assertTrue(!found.body().contains("\"next\""), found.body());
    }

    @Test
    void anUnknownCodeIsToldWhatIsNear() {
        var reply = as(Role.ALLIANCE_LEAD, ALLIANCE, "POST", "/v1/alliances/" + ALLIANCE + "/formulary", """
                {"entries": [{"item": "XD00019", "from": "2031-01-01"}]}""");
        assertEquals(201, reply.status(), reply.body());
        assertTrue(reply.body().contains("\"known\":false"), reply.body());
        assertTrue(reply.body().contains("\"near\":[{\"item\":\"XD0001\","), reply.body());
        assertTrue(reply.body().contains("\"looked_in\":[\""), reply.body());
    }
}
