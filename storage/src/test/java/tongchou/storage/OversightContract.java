package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tongchou.core.money.Fen;
import tongchou.storage.Adjustments.Adjusted;
import tongchou.storage.Adjustments.Change;
import tongchou.storage.Approvals.Asked;
import tongchou.storage.Approvals.Decided;
import tongchou.storage.Approvals.Decision;
import tongchou.storage.Approvals.Kind;
import tongchou.storage.Approvals.Somebody;
import tongchou.storage.Approvals.State;

/// What two persons decide, in every book: asked, decided once by another, carried out once.
abstract class OversightContract extends IdentityContract {

    private static final Instant NOW = Instant.parse("2026-03-10T02:00:00Z");
    private static final Somebody LI = new Somebody("key a", "李 一");
    private static final Somebody WANG = new Somebody("key b", "王二");

    private Approvals approvals() {
        return book.oversight().approvals();
    }

    private static Approvals.Request request(String id, String key, String content) {
        return new Approvals.Request(id, Kind.REVERSAL, "H1", key, "S-1", content.getBytes(StandardCharsets.UTF_8),
                "退费", LI, NOW, NOW.plus(Duration.ofDays(7)));
    }

    private void ask(String id) {
        assertInstanceOf(Asked.Kept.class, approvals().ask(request(id, id, id)));
    }

    private Decided decide(String id, Decision decision, Somebody by) {
        return approvals().decide(id, decision, by, "", NOW);
    }

    @Test
    void whoAskedNeverDecides() {
        ask("a");
        for (var same : List.of(LI, new Somebody("key a", "别人"), new Somebody("key c", "李一"),
                new Somebody("token x", "李　一 "))) {
            assertInstanceOf(Decided.SamePerson.class, decide("a", Decision.CONFIRMED, same), same.toString());
        }
        assertEquals(State.WAITING, approvals().find("a").orElseThrow().state());
        assertInstanceOf(Decided.Done.class, decide("a", Decision.CONFIRMED, WANG));
        assertInstanceOf(Decided.Unknown.class, decide("b", Decision.CONFIRMED, WANG));
    }

    @Test
    void itIsDecidedOnceAndFinishedOnce() {
        ask("a");
        ask("b");
        ask("c");
        assertEquals(List.of("a", "b", "c"), approvals().open(NOW).stream().map(Approvals.Approval::id).toList());
        assertEquals(new Decided.Done(approvals().find("a").orElseThrow(), true).repeated(),
                ((Decided.Done) twice("a", Decision.CONFIRMED)).repeated());
        assertInstanceOf(Decided.NotNow.class, decide("a", Decision.DECLINED, WANG));
        assertInstanceOf(Decided.Done.class, twice("b", Decision.DECLINED));
        assertInstanceOf(Decided.NotNow.class, decide("b", Decision.CONFIRMED, WANG));
        assertInstanceOf(Decided.NotNow.class, approvals().decide("c", Decision.CONFIRMED, WANG, "",
                NOW.plus(Duration.ofDays(7)).plusMillis(1)));
        // Confirmed and not finished stays in the list, however late it is; the one that nobody decided goes.
        assertEquals(List.of("a"), approvals().open(NOW.plus(Duration.ofDays(8))).stream()
                .map(Approvals.Approval::id).toList());
        assertEquals(State.DONE, approvals().finish("a", true, new byte[] {1}, NOW).state());
        assertEquals(State.DONE, approvals().finish("a", false, new byte[] {2}, NOW).state());
        assertEquals(1, approvals().find("a").orElseThrow().outcome()[0]);
        assertEquals(List.of("c"), approvals().open(NOW).stream().map(Approvals.Approval::id).toList());
    }

    private Decided twice(String id, Decision decision) {
        assertInstanceOf(Decided.Done.class, decide(id, decision, WANG));
        return decide(id, decision, WANG);
    }

    @Test
    void aKeyIsAskedForOnce() {
        ask("a");
        var again = assertInstanceOf(Asked.Kept.class, approvals().ask(request("x", "a", "a")));
        assertEquals("a true", again.approval().id() + " " + again.repeated());
        assertInstanceOf(Asked.KeyTaken.class, approvals().ask(request("x", "a", "other")));
        assertEquals(Optional.empty(), approvals().find("x"));
    }

    @Test
    void ofEightWhoConfirmAtOnceOneDecides() throws Exception {
        ask("a");
        var work = new ArrayList<Callable<Decided>>();
        for (var i = 0; i < THREADS; i++) {
            var by = new Somebody("key " + i, "person " + i);
            work.add(() -> decide("a", Decision.CONFIRMED, by));
        }
        var first = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var answer : threads.invokeAll(work)) {
                first += assertInstanceOf(Decided.Done.class, answer.get()).repeated() ? 0 : 1;
            }
        }
        assertEquals(1, first);
    }

    private Adjusted adjust(String id, Change change, String takesBack) {
        return book.oversight().adjustments().book(new Adjustments.Order(id, "P", "330199", change, takesBack, "补登",
                "演医保〔2026〕1号", "key a", NOW));
    }

    private static Change money(long currentYear, long earlierYears) {
        return new Change(Fen.of(currentYear), Fen.of(earlierYears), null, 0);
    }

    @Test
    void anAdjustmentIsBookedBalancedAndTakenBackOnce() {
        book.register(County.person("P", 1_000, 2_000));
        book.settle(County.submission("P", "k"), County.settle("k", 20_000));
        var before = book.person("P").orElseThrow().purse();
        var done = assertInstanceOf(Adjusted.Done.class, adjust("j1", money(500, -100), null));
        assertEquals(0, done.adjustment().entries().stream().mapToLong(entry -> entry.amount().value()).sum());
        assertEquals(2, done.adjustment().entries().size());
        assertEquals(before.currentYear().value() + 500, book.person("P").orElseThrow().purse().currentYear().value());
        assertEquals(true, assertInstanceOf(Adjusted.Done.class, adjust("j1", money(500, -100), null)).repeated());
        // 100 yuan of the 200 filled the deductible; the sum gets 30 more.
        var key = book.yearToDate("P").sums().keySet().stream().filter(one -> one.name().equals("年度起付线")).findFirst()
                .orElseThrow();
        assertEquals(10_000L, book.yearToDate("P").sums().get(key));
        assertInstanceOf(Adjusted.Done.class, adjust("j2", new Change(Fen.ZERO, Fen.ZERO, key, -3_000), null));
        assertEquals(7_000L, book.yearToDate("P").sums().get(key));
        assertEquals("change", assertInstanceOf(Adjusted.Not.class,
                adjust("j3", new Change(Fen.ZERO, Fen.ZERO, key, -7_001), null)).field());
        assertEquals("earlier_years_change_fen", assertInstanceOf(Adjusted.Not.class,
                adjust("j3", money(0, -1_000_000), null)).field());
        assertInstanceOf(Adjusted.Done.class, adjust("j4", Change.NOTHING, "j1"));
        assertInstanceOf(Adjusted.Done.class, adjust("j5", Change.NOTHING, "j2"));
        for (var wrong : List.of("j1", "j4", "nothing")) {
            assertEquals("takes_back", assertInstanceOf(Adjusted.Not.class,
                    adjust("j6", Change.NOTHING, wrong)).field(), wrong);
        }
        assertEquals(before, book.person("P").orElseThrow().purse());
        assertEquals(10_000L, book.yearToDate("P").sums().get(key));
        assertEquals(List.of("j1", "j2", "j4", "j5"), book.oversight().adjustments().of("P").stream()
                .map(Adjustments.Adjustment::id).toList());
        // The settlement can still be reversed, and everything adds up (checked after every test).
        book.reverse(County.reversing("S-P-k", "r"), County::answer);
    }

    @Test
    void whatWasDecidedCannotBeEdited() throws SQLException {
        ask("a");
        decide("a", Decision.CONFIRMED, WANG);
        book.oversight().activations().add(new Activations.Activation("a", "p", "1.0.0", "h", NOW, false, NOW), "t");
        assertEquals(false, book.oversight().activations().add(
                new Activations.Activation("a", "p", "1.0.0", "h", NOW, false, NOW), "t"));
        assertEquals(1, book.oversight().activations().all().size());
        var loads = book.oversight().loads();
        var higher = new PackLoads.Load("p", "1.10.0", "h1", "pack-1", false, NOW);
        var lower = new PackLoads.Load("p", "1.9.0", "h2", "", true, NOW.plusSeconds(1));
        loads.add(List.of(higher, lower), "t");
        assertEquals(List.of(Optional.of(lower), Optional.<PackLoads.Load>empty(), List.of(higher, lower)),
                List.of(loads.latest("p"), loads.latest("q"), loads.all()));
        assertEquals(List.of("version=1.9.0", "hash=h2", "signer=", "forced=true"), book.auditTrail().page(0, 100)
                .stream().filter(row -> row.kind().equals("pack-load")).toList().getLast().facts());
        var trust = book.oversight().trust();
        var wide = new TrustedKeys.Change("pack-1", "Ed25519", "甲局", List.of(), true, NOW);
        var narrow = new TrustedKeys.Change("pack-1", "Ed25519", "甲局", List.of("3301", "3302"), true, NOW);
        var other = new TrustedKeys.Change("pack-2", "SM2", "乙局", List.of("34"), true, NOW);
        var gone = new TrustedKeys.Change("pack-2", "SM2", "乙局", List.of("34"), false, NOW.plusSeconds(1));
        List.of(wide, other, narrow, gone).forEach(change -> trust.add(change, "t"));
        assertEquals(List.of(narrow), trust.trusted());
        assertEquals(List.of("trust-add pack-1 [signature=Ed25519, name=甲局, areas=3301 3302]",
                "trust-remove pack-2 [signature=SM2, name=乙局, areas=34]"), book.auditTrail().page(0, 100).stream()
                .filter(row -> row.kind().startsWith("trust-")).skip(2)
                .map(row -> row.kind() + " " + row.subject() + " " + row.facts()).toList());
        try (var connection = store.connect(); var sql = connection.createStatement()) {
            for (var statement : List.of("update trusted_keys set trusted = 0", "delete from trusted_keys",
                    "update approvals set reason = 'x'", "delete from approvals",
                    "update approval_steps set who = 'x'", "delete from approval_steps",
                    "update activations set version = '2'", "delete from activations",
                    "update pack_loads set version = '2'", "delete from pack_loads")) {
                assertThrows(SQLException.class, () -> sql.execute(statement), statement);
            }
        }
    }
}
