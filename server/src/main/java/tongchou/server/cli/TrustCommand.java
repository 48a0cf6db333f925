package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tongchou.server.trust.TrustLog;
import tongchou.server.trust.TrustStore;
import tongchou.storage.Book;
import tongchou.storage.BookException;

/// `trust`: whose signature a pack must bear to be served in production (管理受信任公钥).
@Command(name = "trust", mixinStandardHelpOptions = true, sortOptions = false)
final class TrustCommand implements Callable<Integer> {

    private static final int LONGEST_NAME = 100;

    private final Surroundings surroundings;
    private final Texts texts;

    @Spec
    private @Nullable CommandSpec spec;

    TrustCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    /// Where the trusted keys lie, and the book that tells of them.
    static final class Place {

        @Mixin
        private final BookPlace book = new BookPlace();

        @Option(names = "--trust", paramLabel = "DIR", descriptionKey = "trust")
        private @Nullable Path trust;

        TrustStore store() {
            return new TrustStore(trust == null ? book.data().resolve("trust") : trust);
        }
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine.usage(spec, surroundings.err());
        }
        return Tongchou.USAGE;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, sortOptions = false)
    int add(@Mixin Place place, @Parameters(paramLabel = "FILE", descriptionKey = "trust-file") Path file,
            @Option(names = "--name", required = true, paramLabel = "NAME", descriptionKey = "trust-name") String name,
            @Option(names = "--areas", split = ",", paramLabel = "CODE",
            descriptionKey = "trust-areas") @Nullable List<String> areas) {
        var codes = areas == null ? List.<String>of() : areas;
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)
                || !codes.stream().allMatch(code -> code.matches("[0-9]{2,6}"))) {
            return complain("名称须为一行、不超过 100 字；地区为二至六位区划代码的开头，用逗号分隔。",
                    "The name must be one line of at most 100 characters; areas are the first two to six digits of "
                            + "division codes, separated by commas.");
        }
        try {
            var pem = Files.readString(file);
            if (pem.contains("PRIVATE KEY")) {
                return complain("%s 中有私钥：私钥只留在签名者处，这里用它旁边的 .pub 文件。",
                        "%s holds a private key, which stays with who signs; take the .pub file beside it.", file);
            }
            var added = place.store().add(pem, name.strip(), codes,
                    LocalDate.ofInstant(surroundings.clock().instant(), ZoneId.of("Asia/Shanghai")));
            if (added.isEmpty()) {
                return complain("%s 中没有 Ed25519 或 SM2 公钥（PEM）。", "%s holds no Ed25519 or SM2 public key (PEM).", file);
            }
            tell(added.get());
            return record(place);
        } catch (IOException unreadable) {
            return complain("读写失败：%s", "Cannot be read or written: %s", unreadable);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false)
    int list(@Mixin Place place) {
        try {
            place.store().all().forEach(this::tell);
            return Tongchou.DONE;
        } catch (IOException damaged) {
            return complain("信任库损坏：%s", "The trust store is damaged: %s", damaged.getMessage());
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, sortOptions = false)
    int remove(@Mixin Place place, @Parameters(paramLabel = "ID", descriptionKey = "trust-id") String id) {
        try {
            return place.store().remove(id) ? record(place)
                    : complain("没有编号为 %s 的公钥。", "There is no key %s.", id);
        } catch (IOException unwritable) {
            return complain("读写失败：%s", "Cannot be read or written: %s", unwritable);
        }
    }

    /// Tells the book where there is one; a server tells it otherwise when it starts.
    private int record(Place place) throws IOException {
        if (!place.book.exists()) {
            return Tongchou.DONE;
        }
        try (Book book = place.book.open(surroundings)) {
            TrustLog.record(place.store(), book.oversight().trust(), surroundings.clock(), "command-line");
            return Tongchou.DONE;
        } catch (BookException failed) {
            return complain("信任库已改，账簿未能记录（%s）；服务启动时会补记。",
                    "The trust store is changed, but the book could not say so (%s); the next start does.",
                    failed.getMessage());
        }
    }

    private void tell(TrustStore.Trusted one) {
        surroundings.out().println(String.join("\t", one.key().keyId(), one.key().kind().signature(),
                one.areas().isEmpty() ? texts.say("所有地区", "all areas") : String.join(" ", one.areas()),
                one.added().toString(), one.name()));
    }

    private int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }
}
