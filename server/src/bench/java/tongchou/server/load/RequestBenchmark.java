package tongchou.server.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.alliance.Institution;
import tongchou.core.settlement.Settlement;
import tongchou.core.settlement.YearToDate;
import tongchou.server.demo.DemoCounty;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Replies;
import tongchou.server.intake.ReplyLayout;
import tongchou.server.packs.PackHost;
import tongchou.storage.Person;

/// What the thread of a request does, without HTTP and without a book (请求线程): processor time and memory of each part
/// of a settlement, and a digest of everything that was written, by which two versions are found to say the same.
///
/// Arguments: the directory of packs, how many rounds over the year of the population.
final class RequestBenchmark {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String[] PARTS = {"body read", "content written", "settled", "reply written"};

    private final Population population;
    private final Intake intake;
    private final ReplyLayout layout = new ReplyLayout("0.1.0");
    private final Map<String, Institution> institutions = new HashMap<>();
    private final MessageDigest said = MessageDigest.getInstance("SHA-256");
    private final long[] nanos = new long[PARTS.length];
    private final long[] bytes = new long[PARTS.length];
    private long length;

    private RequestBenchmark(Path packs) throws Exception {
        this.population = Population.of(null, 1);
        this.intake = new Intake(PackHost.load(packs, List.of(), "0.1.0"));
        new DemoCounty().institutions().forEach(one -> institutions.put(one.code(), one));
    }

    /// Prints a line for each round.
    public static void main(String[] arguments) throws Exception {
        var benchmark = new RequestBenchmark(Path.of(arguments[0]));
        for (var round = Integer.parseInt(arguments[1]); round > 0; round--) {
            benchmark.round();
        }
    }

    private void round() {
        Map<String, YearToDate> sums = new HashMap<>();
        Map<Integer, Person> people = new HashMap<>();
        java.util.Arrays.fill(nanos, 0);
        java.util.Arrays.fill(bytes, 0);
        length = 0;
        for (var place = 0; place < population.visits(); place++) {
            var claim = population.claim(0, place);
            var number = Integer.parseInt(claim.member().substring(claim.member().length() - 5));
            settle(claim, people.computeIfAbsent(number, one -> population.person(0, one)), sums);
        }
        for (var part = 0; part < PARTS.length; part++) {
            System.out.printf("%s %d ns %d bytes, ", PARTS[part], nanos[part] / population.visits(),
                    bytes[part] / population.visits());
        }
        System.out.printf("a reply has %d bytes; said %s%n", length / population.visits(),
                HexFormat.of().formatHex(said.digest(), 0, 8));
    }

    private void settle(Population.Claim claim, Person person, Map<String, YearToDate> sums) {
        var before = sums.getOrDefault(claim.member(), YearToDate.NOTHING);
        var meter = new Meter();
        var request = RequestReader.body(claim.body(), SettlementRequest.class);
        intake.check(request, true);
        meter.next();
        var content = ReplyWriter.canonical(request);
        meter.next();
        var institution = Objects.requireNonNull(institutions.get(claim.institution()));
        var settled = intake.settle(request, person, institution,
                institution.code() + "/" + request.key(), before);
        meter.next();
        var settlement = (Settlement) settled.outcome();
        var booking = new Replies.Booking("01a0-" + request.key(), Objects.requireNonNull(request.key()),
                "2026-11-22T00:00:00Z", null);
        var reply = layout.of(settled, settlement, booking, request.member(), request.lines());
        meter.next();
        said.update(content);
        said.update(reply);
        length += reply.length;
        sums.put(claim.member(), before.after(settlement.movements()));
    }

    /// Counts what the parts take, one after the other.
    private final class Meter {

        private int part;
        private long allocated = THREADS.getCurrentThreadAllocatedBytes();
        private long at = THREADS.getCurrentThreadCpuTime();

        void next() {
            nanos[part] += THREADS.getCurrentThreadCpuTime() - at;
            bytes[part++] += THREADS.getCurrentThreadAllocatedBytes() - allocated;
            allocated = THREADS.getCurrentThreadAllocatedBytes();
            at = THREADS.getCurrentThreadCpuTime();
        }
    }
}
