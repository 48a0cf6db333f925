package tongchou.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tongchou.api.http.ClinicalFacts;
import tongchou.api.http.EstimateRequest;
import tongchou.api.http.JsonBytes;
import tongchou.api.http.LineFacts;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.SettlementReply;
import tongchou.core.alliance.Tier;
import tongchou.core.catalogue.PayClass;
import tongchou.core.catalogue.Item;
import tongchou.core.encounter.Care;
import tongchou.core.encounter.Filing;
import tongchou.core.encounter.Place;
import tongchou.core.encounter.Referral;
import tongchou.core.people.Relief;
import tongchou.core.people.Status;
import tongchou.core.policy.Axis;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.Step;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.Packs;

/// The reply of a booked settlement is the same, byte for byte, whether it is laid down straight or written from its
/// record: over all shipped packs and areas, with claims drawn from a printed seed.
class ReplyLayoutTest {

    private static final String[] NAMES = {"床位费", "a \"quoted\" \\ name", "tab\tline\nfeed\u0001", "𠮷字", "x", "é/漢"};

    private final Packs packs = packs();
    private final Intake intake = new Intake(packs);
    private final ReplyLayout layout = new ReplyLayout("0.1.0");
    private final Set<Step.Kind> kinds = EnumSet.noneOf(Step.Kind.class);
    private int settled;
    private int noted;

    private static Packs packs() {
        try (var folders = Files.list(Path.of("../policy-packs"))) {
            return PackHost.load(null, folders.map(folder -> folder.resolve("data")).filter(Files::isDirectory).sorted()
                    .toList(), "0.1.0");
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void aReplyIsTheSameLaidDownAndWritten() {
        var seed = System.nanoTime();
        System.out.println("ReplyLayoutTest seed " + seed);
        var random = new Random(seed);
        var areas = packs.library().policies().stream().flatMap(rules -> rules.policy().divisions().stream()).sorted()
                .toList();
        var items = Stream.concat(Stream.of("S1", "bed"), packs.catalogue("example-county", "example-county").listings()
                .stream().flatMap(listing -> listing instanceof tongchou.core.catalogue.Tables tables
                        ? tables.all(Item.class).map(fact -> fact.value().code()) : Stream.of())).toList();
        for (var i = 0; i < 4_000; i++) {
            compare(drawn(random, i % 2 == 0 ? "999901" : areas.get(random.nextInt(areas.size())), items), random);
        }
        assertTrue(settled > 200, settled + " of 4000 were settled, seed " + seed);
        assertTrue(noted > 20, noted + " had notes of the catalogue, seed " + seed);
        assertTrue(kinds.size() >= 12, "only " + kinds + ", seed " + seed);
    }

    private void compare(EstimateRequest request, Random random) {
        Settled one;
        try {
            one = intake.estimate(request);
        } catch (Refused contradicts) {
            return;
        }
        if (one.outcome() instanceof Settlement settlement) {
            settled++;
            noted += one.notes(1).isEmpty() ? 0 : 1;
            settlement.steps().forEach(step -> kinds.add(step.kind()));
            var booking = new Replies.Booking("id-" + random.nextInt(), NAMES[random.nextInt(NAMES.length)],
                    "2026-03-02T08:30:00.123Z", random.nextBoolean() ? null : "other");
            var member = random.nextInt(9) == 0 ? null : "M1";
            var written = ReplyWriter.bytes(one.tell(Replies.of(settlement, "booked", booking, member, request.lines(),
                    "0.1.0", true)));
            var laid = layout.of(one, settlement, booking, member, request.lines());
            assertEquals(new String(written, StandardCharsets.UTF_8), new String(laid, StandardCharsets.UTF_8));
        }
    }

    private static EstimateRequest drawn(Random random, String area, List<String> items) {
        var lines = new ArrayList<LineFacts>();
        for (var n = 1 + random.nextInt(5); n > 0; n--) {
            var known = area.equals("999901") && random.nextInt(3) == 0;
            var payClass = PayClass.values()[random.nextInt(3)];
            lines.add(new LineFacts(known ? items.get(random.nextInt(items.size())) : "S" + n,
                    random.nextBoolean() ? null : NAMES[random.nextInt(NAMES.length)], 1 + random.nextInt(9_000_000),
                    known ? null : payClass, null, !known && payClass == PayClass.B ? (Long) 1234L : null, null,
                    random.nextBoolean() ? null : "2", null));
        }
        var status = one(random, Status.values());
        var care = one(random, Care.values());
        var date = LocalDate.of(2024 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(28));
        return new EstimateRequest(area, status.scheme(), status, null, maybe(random, Relief.values()), false, null,
                random.nextInt(6), maybe(random, Axis.Contracted.values()), null, List.of(), one(random, Tier.values()),
                null, null, null, null, care, date, null, random.nextInt(4) == 0 ? one(random, Place.values()) : null,
                random.nextInt(4) == 0 ? one(random, Filing.values()) : null,
                random.nextInt(4) == 0 ? one(random, Referral.Direction.values()) : null,
                care == Care.OUTPATIENT && random.nextInt(4) == 0 ? (Integer) 8 : null, null,
                new ClinicalFacts(List.of("E11.900"), null, null, List.of(), List.of()), null, lines, 100_000L,
                random.nextInt(5) == 0 ? date : null, List.of());
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> @Nullable T maybe(Random random, T[] values) {
        return random.nextBoolean() ? null : one(random, values);
    }

    @Test
    void textsAndNumbersAreEscapedAsTheReplyWriterDoes() {
        for (var text : List.of("", "\"\\/\b\f\n\r\t\u0000\u001f\u007f", "éß漢𠮷\ud83d\ude00", "x".repeat(40_000))) {
            assertEquals(new String(ReplyWriter.bytes(new SettlementReply.Name(text, "b")), StandardCharsets.UTF_8),
                    new String(JsonBytes.begun().open('{').field(JsonBytes.name("name")).text(text)
                            .field(JsonBytes.name("name_en")).text("b").close('}').finished(), StandardCharsets.UTF_8));
        }
        var out = JsonBytes.begun().open('[');
        var numbers = List.of(0L, 7L, -7L, 10L, 99L, -100L, Long.MAX_VALUE, Long.MIN_VALUE);
        numbers.forEach(out::value);
        assertEquals(numbers.toString().replace(" ", ""),
                new String(out.value(true).close(']').finished(), StandardCharsets.UTF_8).replace(",true", ""));
    }
}
