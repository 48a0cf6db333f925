package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.server.audit.SigningKey;
import tongchou.storage.Book;
import tongchou.storage.Fingerprint;
import tongchou.storage.Seal;

/// Where and how the audit log is signed (存证选项): a place that the operator names, best on another machine.
final class SecondPlace {

    private static final System.Logger LOG = System.getLogger(SecondPlace.class.getName());

    @Option(names = "--checkpoint-to", paramLabel = "DIR", descriptionKey = "checkpoint-to")
    private @Nullable Path place;

    @Option(names = "--checkpoint-every", defaultValue = "60", paramLabel = "MINUTES",
            descriptionKey = "checkpoint-every")
    private int minutes;

    @Option(names = "--audit-signature", defaultValue = "ED25519", paramLabel = "ed25519|sm2",
            descriptionKey = "audit-signature")
    private SigningKey.Kind kind = SigningKey.Kind.ED25519;

    @Option(names = "--audit-digest", defaultValue = "SHA256", paramLabel = "sha256|sm3",
            descriptionKey = "audit-digest")
    private Digest digest = Digest.SHA256;

    /// The hashes that can bind the audit log.
    enum Digest {
        /// SHA-256.
        SHA256,
        /// SM3 (国密).
        SM3
    }

    /// The hash for what is added to the audit log.
    Fingerprint digest() {
        return digest == Digest.SM3 ? new Fingerprint("SM3", SigningKey.provider()) : Fingerprint.SHA_256;
    }

    @Nullable Path place() {
        return place;
    }

    /// What signs; null where no place was named.
    ///
    /// @param data the directory in which the key lies
    /// @throws IOException when key or place cannot be read or written
    @Nullable Seal seal(Path data) throws IOException {
        return place == null ? null : SigningKey.in(data, kind).seal(place);
    }

    /// Signs now and from time to time, whenever the log has grown.
    void keep(Book book, Seal seal, Clock clock) {
        var size = new AtomicLong(-1);
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("checkpoints").factory())
                .scheduleWithFixedDelay(() -> {
                    try {
                        if (book.auditSize() != size.get()) {
                            size.set(book.checkpoint(seal, clock.instant()).size());
                        }
                    } catch (RuntimeException failed) {
                        LOG.log(System.Logger.Level.ERROR, "no checkpoint was written; the next attempt in "
                                + Math.max(1, minutes) + " min", failed);
                    }
                }, 0, Math.max(1, minutes), TimeUnit.MINUTES);
    }
}
