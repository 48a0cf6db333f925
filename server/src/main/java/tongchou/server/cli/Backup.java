package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.audit.Recomputation;
import tongchou.server.audit.SigningKey;
import tongchou.storage.BookException;
import tongchou.storage.Books;
import tongchou.storage.Identities;

/// `backup`: copies a book while the server goes on, and opens and verifies the copy (备份).
@Command(name = "backup", mixinStandardHelpOptions = true, sortOptions = false)
final class Backup implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    private Path copy = Path.of("");

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces places = new PackPlaces();

    @Option(names = "--scratch", paramLabel = "URL", descriptionKey = "scratch")
    private @Nullable String scratch;

    Backup(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var judgement = new Judgement(surroundings, texts);
        var again = new Recomputation(places.load(surroundings), surroundings.version());
        try {
            var how = judgement.inspection(1, again, null);
            if (place.postgres() == null) {
                var findings = Books.backup(place.file(), copy, how);
                remind(Books.masterKeys(copy));
                return judgement.print(findings, again);
            }
            var tools = new PostgresTools(surroundings, place.user());
            tools.run(List.of("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=" + copy,
                    "--dbname=" + PostgresTools.address(place.postgres())));
            try (var book = place.open(surroundings)) {
                remind(book.identities().keys().stream().map(Identities.SealedKey::master).distinct().toList());
            }
            if (scratch == null) {
                surroundings.err().println(texts.say("备份已写入，未经核验：用 --scratch 给出一个空数据库，即恢复到其中并核验。",
                        "Written, not verified: name an empty database with --scratch to restore into it and verify."));
                return Tongchou.DONE;
            }
            tools.restore(copy, scratch);
            try (var book = Books.postgresql(scratch, place.user(), tools.password())) {
                return judgement.print(book.verify(how), again);
            }
        } catch (BookException | IOException | IllegalArgumentException failed) {
            return judgement.complain("无法备份：%s", "There is no backup: %s", Judgement.why(failed));
        }
    }

    /// Says which keys the copy does not hold, and where they lie: a copy without them cannot be used in full.
    ///
    /// @param masters fingerprints of the master keys of its identities
    private void remind(List<String> masters) throws IOException {
        if (!masters.isEmpty()) {
            surroundings.err().println(texts.say(
                    "注意：备份中没有证件主密钥（指纹 %s），它在 %s。请另行保存一份；没有它，证件号码无法恢复。",
                    "Note: the copy does not hold the master key of identities (fingerprint %s), which lies in %s. Keep a "
                            + "copy of it elsewhere: without it the identity numbers cannot be read.",
                    String.join(", ", masters), Safekeeping.remembered(place.data()).orElseGet(() -> texts.say(
                            "serve 的 --identity-key 或 TONGCHOU_IDENTITY_KEY 所指之处",
                            "the place that --identity-key or TONGCHOU_IDENTITY_KEY of serve names"))));
        }
        for (var key : SigningKey.files(place.data())) {
            surroundings.err().println(texts.say("注意：备份中没有审计存证的签名密钥 %s，请另行保存。",
                    "Note: the copy does not hold the key that signs the audit log, %s. Keep a copy of it elsewhere.",
                    key.toAbsolutePath().normalize()));
        }
    }
}
