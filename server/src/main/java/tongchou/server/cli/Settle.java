package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.http.Fault;
import tongchou.api.http.Problem;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.RequestReader;
import tongchou.api.http.SettlementRequest;
import tongchou.core.settlement.Refusal;
import tongchou.core.settlement.Settlement;
import tongchou.server.demo.DemoCounty;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Records;
import tongchou.server.intake.Replies;
import tongchou.server.intake.Settled;
import tongchou.storage.BookException;
import tongchou.storage.Books;

/// `settle`: settles one claim from a file without booking it (预结算).
@Command(name = "settle", mixinStandardHelpOptions = true, sortOptions = false)
final class Settle implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("-");

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR")
    private @Nullable Path data;

    @Mixin
    private final PackPlaces places = new PackPlaces();

    Settle(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        byte[] body;
        try {
            body = file.toString().equals("-") ? surroundings.in().readAllBytes() : Files.readAllBytes(file);
        } catch (IOException unreadable) {
            surroundings.err().println(texts.say("文件 %s 读不出来。", "The file %s cannot be read.", file));
            return Tongchou.USAGE;
        }
        if (data != null && !Files.isRegularFile(data.resolve("tongchou.db"))) {
            surroundings.err().println(
                    texts.say("目录 %s 中没有账簿 tongchou.db。", "There is no book tongchou.db in %s.", data));
            return Tongchou.USAGE;
        }
        var packs = places.load(surroundings);
        try {
            var request = RequestReader.body(withoutMark(body), SettlementRequest.class);
            var settled = settle(new Intake(packs), request);
            return switch (settled.outcome()) {
                case Settlement settlement -> tell(settled, settlement, request);
                case Refusal refusal -> throw new Refused(Replies.fault(refusal));
            };
        } catch (Refused refused) {
            return tell(refused);
        } catch (BookException failed) {
            surroundings.err().println(texts.say("账簿打不开：%s（%s）", "The book cannot be opened: %s (%s)",
                    failed.getMessage(), Serve.innermost(failed)));
            return Tongchou.REFUSED;
        }
    }

    /// Without the byte-order mark with which editors on Windows begin a file.
    private static byte[] withoutMark(byte[] body) {
        return body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF
                ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    /// Members and institutions come from the book in the data directory, or from the demonstration county without one.
    private Settled settle(Intake intake, SettlementRequest request) {
        if (data == null) {
            return intake.preview(request, new DemoCounty());
        }
        try (var book = Books.sqlite(data.resolve("tongchou.db"))) {
            return intake.preview(request, Records.of(book));
        }
    }

    private int tell(Settled settled, Settlement settlement, SettlementRequest request) {
        var reply = settled.tell(Replies.of(
                settlement, "preview", null, request.member(), request.lines(), surroundings.version(),
                texts.chinese()));
        surroundings.out().print(json ? ReplyWriter.indented(reply) + "\n" : String.join("\n",
                reply.explanation().told()) + "\n");
        return Tongchou.DONE;
    }

    private int tell(Refused refused) {
        if (json) {
            surroundings.out().println(ReplyWriter.indented(Problem.of(refused.faults(), texts.chinese())));
            return Tongchou.REFUSED;
        }
        for (Fault fault : refused.faults()) {
            surroundings.err().println(texts.say("拒绝 %s（%s） %s  读到“%s”  应为：%s",
                    "refused %s (%s) %s  read \"%s\"  expected: %s", fault.code(),
                    texts.chinese() ? fault.title() : fault.titleEn(), fault.field(), fault.read(),
                    texts.chinese() ? fault.expected() : fault.expectedEn()));
        }
        return Tongchou.REFUSED;
    }
}
