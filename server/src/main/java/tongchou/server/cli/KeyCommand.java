package tongchou.server.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tongchou.api.http.Role;
import tongchou.api.http.Words;
import tongchou.server.access.Keyring;
import tongchou.server.access.Scopes;
import tongchou.storage.Book;
import tongchou.storage.BookException;

/// `key`: gives out, lists and revokes keys on the machine that holds the book (本机管理密钥).
///
/// Whoever may write the book's file may do this; it is the way back when the administrator's key is lost.
@Command(name = "key", mixinStandardHelpOptions = true, sortOptions = false)
final class KeyCommand implements Callable<Integer> {

    private static final String BY = "command-line";

    private final Surroundings surroundings;
    private final Texts texts;

    @Spec
    private @Nullable CommandSpec spec;

    KeyCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine.usage(spec, surroundings.err());
        }
        return Tongchou.USAGE;
    }

    @Command(name = "new", mixinStandardHelpOptions = true, sortOptions = false)
    int issue(@Mixin BookPlace place,
            @Option(names = "--role", required = true, paramLabel = "ROLE", descriptionKey = "key-role") String word,
            @Option(names = "--scope", defaultValue = "", paramLabel = "CODE",
                    descriptionKey = "key-scope") String scope,
            @Option(names = "--holder", required = true, paramLabel = "NAME",
            descriptionKey = "key-holder") String holder,
            @Option(names = "--days", defaultValue = "365", paramLabel = "N", descriptionKey = "key-days") int days) {
        var role = Stream.of(Role.values()).filter(one -> Words.of(one).equals(word)).findFirst();
        if (role.isEmpty() || !Scopes.fits(role.get(), scope) || days < 0 || days > 3660 || holder.isBlank()) {
            return complain("角色须为 %s；机构与医联体的范围为其编码，经办、复核与审计为六位区划，系统管理不带范围；天数 0 至 3660。",
                    "The role must be one of %s; the scope is the code of an institution or alliance, six digits for bureau and "
                            + "auditor, nothing for an administrator; 0 to 3660 days.",
                    Stream.of(Role.values()).map(Words::of).collect(Collectors.joining(", ")));
        }
        return with(place, ring -> {
            var issued = ring.issue(new Keyring.Grant(role.get(), scope, holder, ring.today(), ring.today()
                    .plusDays(days), BY));
            surroundings.out().println(issued.text());
            surroundings.err().println(texts.say("密钥只显示这一次；有效至 %s。", "Shown only now; valid until %s.",
                    issued.key().lastDay()));
            return Tongchou.DONE;
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false)
    int list(@Mixin BookPlace place) {
        return with(place, ring -> {
            ring.all().forEach(key -> surroundings.out().println(String.join("\t", key.id(), key.role(), key.scope(),
                    key.firstDay() + ".." + key.lastDay(), key.revocation() == null ? "" : texts.say("已吊销", "revoked"),
                    key.holder())));
            return Tongchou.DONE;
        });
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, sortOptions = false)
    int revoke(@Mixin BookPlace place, @Parameters(paramLabel = "ID", descriptionKey = "key-id") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT",
            descriptionKey = "key-reason") String reason) {
        return with(place, ring -> ring.revoke(id, BY, reason).isPresent() ? Tongchou.DONE
                : complain("没有编号为 %s 的密钥。", "There is no key %s.", id));
    }

    private int with(BookPlace place, ToIntFunction<Keyring> work) {
        if (!place.exists()) {
            return complain("目录 %s 中没有账簿。", "There is no book in %s.", place.data());
        }
        try (Book book = place.open(surroundings)) {
            return work.applyAsInt(new Keyring(book.keys(), surroundings.clock(), surroundings.random()));
        } catch (BookException failed) {
            return complain("账簿打不开：%s", "The book cannot be opened: %s", failed.getMessage());
        }
    }

    private int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }
}
