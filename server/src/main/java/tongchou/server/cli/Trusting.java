package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tongchou.server.packs.Fetched;
import tongchou.server.packs.Guard;
import tongchou.server.packs.PackLoading;
import tongchou.server.packs.Packs;
import tongchou.server.packs.VersionOrder;
import tongchou.server.repository.Fetcher;
import tongchou.server.trust.SignatureCheck;
import tongchou.server.trust.TrustLog;
import tongchou.server.trust.TrustStore;
import tongchou.storage.Book;

/// Which packs are trusted (政策包信任选项).
final class Trusting {

    /// The environment variable that holds the bearer token of a repository, which does not belong on a command line.
    static final String TOKEN = "TONGCHOU_REPOSITORY_TOKEN";

    private static final System.Logger LOG = System.getLogger(Trusting.class.getName());

    /// How many broken versions of packs are passed over at a start.
    private static final int ATTEMPTS = 5;

    @Option(names = "--production", descriptionKey = "production")
    private boolean production;

    @Option(names = "--trust", paramLabel = "DIR", descriptionKey = "trust")
    private @Nullable Path store;

    @Option(names = "--allow-lower", paramLabel = "PACK", descriptionKey = "allow-lower")
    private List<String> allowed = List.of();

    @Option(names = "--repository", paramLabel = "URL|DIR", descriptionKey = "repository")
    private List<String> repositories = List.of();

    /// The trusted keys.
    ///
    /// @param data the directory of the book, beside which they lie unless another place is named
    TrustStore store(Path data) {
        return new TrustStore(store == null ? data.resolve("trust") : store);
    }

    boolean production() {
        return production;
    }

    /// What packs have to pass.
    Guard guard(Path data) {
        return production ? new SignatureCheck(store(data), true) : Guard.OPEN;
    }

    /// Which versions may follow which.
    VersionOrder order(Book book, Surroundings surroundings) {
        return new VersionOrder(book.oversight().loads(), surroundings.clock(), allowed);
    }

    /// Reads the packs, those of the repositories included. A fetched version with errors gives way to the one before.
    Packs load(PackPlaces places, Path data, Surroundings surroundings) {
        return loadSound(places, data, surroundings, guard(data));
    }

    private Packs loadSound(PackPlaces places, Path data, Surroundings surroundings, Guard guard) {
        var broken = new ArrayList<Packs.Left>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var fetched = fetch(data, surroundings, broken);
            var read = places.load(surroundings, guard, fetched);
            if (!broken.addAll(fetched.broken(read))) {
                return read;
            }
        }
        return places.load(surroundings, guard, fetch(data, surroundings, broken));
    }

    private Fetched fetch(Path data, Surroundings surroundings, List<Packs.Left> broken) {
        if (repositories.isEmpty()) {
            return Fetched.NOTHING;
        }
        var fetched = new Fetcher(repositories, data.resolve("packs"), new SignatureCheck(store(data), production),
                surroundings.version(), surroundings.environment().get(TOKEN))
                .fetch(broken.stream().map(Packs.Left::origin).toList());
        var left = new ArrayList<>(fetched.left());
        left.addAll(broken);
        return new Fetched(fetched.packs(), left, fetched.guard());
    }

    /// Loads what lies in these places later, while the server goes on.
    PackLoading loading(Book book, PackPlaces places, Path data, Surroundings surroundings) {
        var signers = repositories.isEmpty() ? guard(data) : new SignatureCheck(store(data), production);
        return new PackLoading(guard -> {
            recordTrust(book, data, surroundings);
            return places.load(surroundings, guard, fetch(data, surroundings, List.of()));
        },
                guard(data), signers, book.oversight().loads(), surroundings.clock());
    }

    /// The packs that may be worked with, after the book was asked which versions came before; it then says so.
    Packs admit(Packs packs, Book book, PackPlaces places, Path data, Surroundings surroundings) {
        recordTrust(book, data, surroundings);
        var order = order(book, surroundings);
        var guard = guard(data);
        var lower = order.lower(packs);
        var admitted = lower.isEmpty() ? packs
                : loadSound(places, data, surroundings, VersionOrder.without(lower, guard));
        order.record(admitted, repositories.isEmpty() ? guard : new SignatureCheck(store(data), production),
                "command-line");
        return admitted;
    }

    /// Has the book say whose signatures are accepted, whoever changed it.
    private void recordTrust(Book book, Path data, Surroundings surroundings) {
        try {
            TrustLog.record(store(data), book.oversight().trust(), surroundings.clock(), "serve");
        } catch (IOException damaged) {
            LOG.log(System.Logger.Level.ERROR, "the trust store cannot be read", damaged);
        }
    }

    /// What to do where production finds no pack that it may use; nothing otherwise.
    String advice(boolean chinese) {
        return !production ? "" : chinese ? """
                  生产方式只用受信任公钥签名的政策包：
                    tongchou sign-pack packs/*.jar --key FILE --to DIR（由医保局查看后签署，父包如 national 也要签）
                    tongchou trust add FILE.pub --name 名称，再以 --packs DIR 启动
                """ : """
                  Production takes only packs that a trusted key signed:
                    tongchou sign-pack packs/*.jar --key FILE --to DIR (by the bureau that looked at them, parents such as
                    national too), then tongchou trust add FILE.pub --name NAME, and start with --packs DIR
                """;
    }

    /// The start of what is said about packs: whether only signed ones are served.
    String told(boolean chinese) {
        return !production ? "" : chinese ? "（生产方式：只用受信任公钥签名的政策包）"
                : " (production: only packs signed by a trusted key)";
    }
}
