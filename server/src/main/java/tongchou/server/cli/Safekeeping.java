package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.server.cli.Entrance.Wrong;
import tongchou.storage.Book;
import tongchou.storage.BookException;
import tongchou.storage.CipherSuite;
import tongchou.storage.IdentitySafe;
import tongchou.storage.MasterKey;

/// Where the master key of identities comes from (证件主密钥选项).
final class Safekeeping {

    /// The environment variable that holds the key itself, where no file is named.
    static final String KEY = "TONGCHOU_IDENTITY_KEY";

    /// The file beside the book that names the place of the key.
    private static final String PLACE = "identity-key.place";

    private static final System.Logger LOG = System.getLogger(Safekeeping.class.getName());

    @Option(names = "--identity-key", paramLabel = "FILE", descriptionKey = "identity-key")
    private @Nullable Path file;

    @Option(names = "--identity-cipher", defaultValue = "aes", paramLabel = "aes|sm4",
            descriptionKey = "identity-cipher")
    private String cipher = "";

    @Option(names = "--identity-rotate", descriptionKey = "identity-rotate")
    private boolean rotate;

    @Option(names = "--identity-new-key", paramLabel = "FILE", descriptionKey = "identity-new-key")
    private @Nullable Path next;

    private boolean created;

    /// Opens the safe of a book; null when the operator names no key.
    ///
    /// @throws Wrong when the key cannot be read, or is not the one of the book
    @Nullable IdentitySafe open(Book book, Surroundings surroundings) throws Wrong {
        var variable = surroundings.environment().get(KEY);
        if (file == null && variable == null) {
            return null;
        }
        var suite = switch (cipher) {
            case "aes" -> CipherSuite.AES;
            case "sm4" -> CipherSuite.SM4;
            default -> throw new Wrong("--identity-cipher 应为 aes 或 sm4。", "--identity-cipher must be aes or sm4.");
        };
        var now = surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            var safe = IdentitySafe.open(book.identities(), master(book, variable, surroundings), suite,
                    surroundings.random(), now);
            if (next != null) {
                var other = Files.exists(next) ? MasterKey.in(next) : created(next, surroundings);
                safe = safe.rewrapped(other, "serve", now);
            }
            if (rotate) {
                safe.rotate(suite, "serve", now);
            }
            return safe;
        } catch (IdentitySafe.WrongMaster wrong) {
            throw new Wrong("证件主密钥不符：账簿需要指纹为 " + wrong.expected() + " 的密钥，给出的是 " + wrong.given()
                    + "。没有原来的密钥，证件号码无法恢复。", "The master key is another: the book needs the one with the fingerprint "
                    + wrong.expected() + ", given was " + wrong.given()
                    + ". Without it the identity numbers cannot be read.");
        } catch (IOException unusable) {
            throw new Wrong("证件主密钥文件不可用：" + unusable, "The file of the master key cannot be used: " + unusable);
        } catch (IllegalArgumentException noKey) {
            throw new Wrong("证件主密钥应为 base64 编码的 32 字节。", "The master key must be 32 bytes in base64.");
        }
    }

    private MasterKey master(Book book, @Nullable String variable, Surroundings surroundings)
            throws IOException, Wrong {
        if (file == null) {
            return MasterKey.of(String.valueOf(variable));
        }
        if (Files.exists(file)) {
            return MasterKey.in(file);
        }
        var keys = book.identities().keys();
        if (!keys.isEmpty()) {
            throw new Wrong("证件主密钥文件 " + file + " 不存在，账簿需要指纹为 " + keys.getLast().master() + " 的密钥。",
                    "There is no file " + file + "; the book needs the master key with the fingerprint "
                            + keys.getLast().master() + ".");
        }
        return created(file, surroundings);
    }

    private MasterKey created(Path place, Surroundings surroundings) throws IOException {
        var key = MasterKey.random(surroundings.random());
        key.writeTo(place);
        created = true;
        return key;
    }

    /// Writes down beside the book where the master key is, so that a backup can say what it does not hold.
    ///
    /// @throws IOException when the folder cannot be written
    void remember(Path data) throws IOException {
        if (next != null || file != null) {
            Files.createDirectories(data);
            Files.writeString(data.resolve(PLACE), place() + "\n");
        }
    }

    /// Where the master key was when the book was served last, as far as is known.
    static Optional<String> remembered(Path data) {
        try {
            return Optional.of(Files.readString(data.resolve(PLACE)).strip());
        } catch (IOException notKnown) {
            return Optional.empty();
        }
    }

    /// What the operator is told at start.
    ///
    /// @param zh whether in Chinese
    String told(@Nullable IdentitySafe safe, boolean zh) {
        if (safe == null) {
            return zh ? "  证件号码：未启用（--identity-key FILE 启用）"
                    : "  identity numbers: closed (--identity-key FILE opens them)";
        }
        var kept = zh ? "  证件号码：加密保存，主密钥指纹 " + safe.fingerprint() + "，当前密钥 " + safe.newest()
                : "  identity numbers: sealed, master key " + safe.fingerprint() + ", newest key " + safe.newest();
        return !created ? kept : kept + (zh
                ? "\n    新建了主密钥文件 " + place() + "：请另行备份。它不在账簿和账簿备份中；丢失后证件号码无法恢复。"
                : "\n    a master key was made in " + place() + ": back it up apart. It is in no copy of the book, and "
                + "without it the numbers cannot be read.");
    }

    private String place() {
        var at = next == null ? file : next;
        return at == null ? KEY : at.toAbsolutePath().normalize().toString();
    }

    /// Seals what older keys sealed by the newest, beside the work of the server.
    static void tend(IdentitySafe safe) {
        Thread.ofPlatform().daemon().name("identities").start(() -> {
            try {
                var all = 0;
                for (var some = safe.catchUp(); some > 0; some = safe.catchUp()) {
                    all += some;
                }
                if (all > 0) {
                    LOG.log(System.Logger.Level.INFO, all + " identities sealed again by " + safe.newest());
                }
            } catch (BookException | IllegalStateException stopped) {
                LOG.log(System.Logger.Level.ERROR, "identities could not all be sealed again", stopped);
            }
        });
    }
}
