package tongchou.server.cli;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.Role;
import tongchou.core.calendar.InForce;
import tongchou.core.settlement.Settlement;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.Installation;
import tongchou.server.http.Site;
import tongchou.server.http.TwoPersons;
import tongchou.server.intake.Intake;
import tongchou.server.intake.Records;
import tongchou.server.packs.PackSwitch;
import tongchou.server.packs.Packs;
import tongchou.storage.Book;
import tongchou.storage.BookException;
import tongchou.storage.IdentitySafe;
import tongchou.storage.Occupied;
import tongchou.storage.Seal;

/// `serve`: answers HTTP until it is stopped (启动服务).
@Command(name = "serve", mixinStandardHelpOptions = true, addMethodSubcommands = false, sortOptions = false)
final class Serve implements Callable<Integer> {

    /// The environment variable that holds the password of PostgreSQL, which does not belong on a command line.
    static final String PASSWORD = "TONGCHOU_POSTGRES_PASSWORD";

    /// The environment variables that stand in for options nobody gave, by the option.
    static final Map<String, String> ENVIRONMENT = Map.of("--host", "TONGCHOU_HOST", "--port", "TONGCHOU_PORT");

    private static final int DEMO_DAYS = 90;

    /// How long after a start nothing else is made ready beside the requests that waited for it.
    private static final Duration FIRST_REQUESTS = Duration.ofSeconds(2);

    private final Surroundings surroundings;
    private final Texts texts;

    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "HOST")
    private String host = "";

    @Option(names = "--port", defaultValue = "8080", paramLabel = "PORT")
    private int port;

    @Mixin
    private final BookPlace place = new BookPlace();

    @Mixin
    private final PackPlaces places = new PackPlaces();

    @Option(names = "--no-demo")
    private boolean withoutDemo;

    @Mixin
    private final Entrance entrance = new Entrance();

    @Mixin
    private final Oversight oversight = new Oversight();

    @Mixin
    private final Trusting trusting = new Trusting();

    @Mixin
    private final Safekeeping safekeeping = new Safekeeping();

    @Mixin
    private final SecondPlace secondPlace = new SecondPlace();

    /// Held until this process ends, however it ends; null for a database.
    private @Nullable Occupied occupied;

    /// How long reading and compiling the packs took, beside the opening of the book.
    private long packMillis;

    Serve(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            return complain("端口 %d 不合法：应为 0 至 65535。", "Port %d cannot be: 0 to 65535.", port);
        }
        SSLContext tls;
        try {
            var address = InetAddress.getByName(host);
            tls = entrance.tls(host, surroundings);
            new ServerSocket(port, 1, address).close();
        } catch (UnknownHostException unknown) {
            return complain("没有名为 %s 的地址。", "There is no address %s.", host);
        } catch (Entrance.Wrong wrong) {
            return complain(wrong);
        } catch (IOException taken) {
            return taken();
        }
        if (places.given() != null && !Files.isDirectory(places.given())) {
            return complain("政策包目录 %s 不存在。", "There is no packs directory %s.", places.given());
        }
        // The book opens while the packs are read: two processors, two things to do.
        var opening = new FutureTask<>(this::open);
        // It starts the thread that writes the book, and a lowered one cannot start a higher one (decision 0031).
        Thread.ofPlatform().name("book-opening").priority(Thread.MAX_PRIORITY).start(opening);
        var began = System.nanoTime();
        var read = trusting.load(places, place.data(), surroundings);
        packMillis = (System.nanoTime() - began) / 1_000_000;
        Book book;
        try {
            book = opening.get();
        } catch (ExecutionException failed) {
            return notOpened(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Tongchou.REFUSED;
        }
        var packs = trusting.admit(read, book, places, place.data(), surroundings);
        if (packs.loaded().isEmpty()) {
            say("注意：没有可用的政策包（目录 %s），所有结算都会被拒。",
                    "Note: no usable pack (directory %s): every settlement will be refused.",
                    places.directory(surroundings));
            surroundings.out().print(trusting.advice(texts.chinese()));
        }
        try {
            return serve(packs, book, tls, entrance.admission(book.keys(), surroundings),
                    safekeeping.open(book, surroundings), oversight.given());
        } catch (Entrance.Wrong wrong) {
            book.close();
            return complain(wrong);
        } catch (RuntimeException failed) {
            book.close();
            if (isTaken(failed)) {
                return taken();
            }
            throw failed;
        }
    }

    private int notOpened(Throwable why) {
        return switch (why) {
            case Occupied.Taken taken -> complain("账簿 %s 正由另一个服务使用（%s）。请先停止它，或用 --data 另选目录。",
                    "The book %s is served by another server (%s). Stop that one first, or choose another folder with --data.",
                    taken.file(), taken.holder(texts.chinese()));
            case IOException unwritable -> complain("数据目录 %s 不可写：%s", "The data directory %s cannot be written: %s",
                    place.data().toAbsolutePath(), unwritable.getMessage());
            case BookException failed -> complain("账簿打不开：%s（%s）", "The book cannot be opened: %s (%s)",
                    failed.getMessage(), innermost(failed));
            default -> throw new IllegalStateException(why);
        };
    }

    private int taken() {
        return complain("端口 %s:%d 已被占用或不可用：请停止占用它的程序，或用 --port 另选一个。",
                "%s:%d is taken or cannot be used: stop what uses it, or choose another with --port.", host, port);
    }

    private static boolean isTaken(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    static String innermost(Throwable failed) {
        var at = failed;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage()).lines().findFirst().orElse("");
    }

    private Book open() throws IOException {
        if (place.postgres() == null) {
            Files.createDirectories(place.data());
            var probe = Files.createTempFile(place.data(), "writable", ".tmp");
            Files.delete(probe);
            occupied = Occupied.take(place.file());
        }
        return place.open(surroundings, secondPlace.digest());
    }

    private int serve(Packs packs, Book book, @Nullable SSLContext tls, Admission admission,
            @Nullable IdentitySafe safe, TwoPersons two) {
        @Nullable Seal seal;
        try {
            if (safe != null) {
                safekeeping.remember(place.data());
            }
            seal = secondPlace.seal(place.data());
        } catch (IOException unusable) {
            book.close();
            return complain("存证位置不可用：%s", "The second place cannot be used: %s", unusable);
        }
        var demo = new DemoCounty();
        var hasDemo = packs.policy(DemoCounty.DIVISION).isPresent();
        var seeded = !withoutDemo && hasDemo && demo.seed(book);
        WebServer server;
        try {
            var site = new Site(new Installation(packs, book, surroundings.clock(), surroundings.ids(),
                    surroundings.version(), admission, safe, two, new PackSwitch(book.oversight().activations(),
                    surroundings.clock(), two.activation()), seal),
                    trusting.loading(book, places, place.data(), surroundings));
            server = site.start(host, port, tls);
            site.makeSearchesReady(FIRST_REQUESTS);
        } catch (UnknownHostException unknown) {
            throw new IllegalStateException(host + " had an address a moment ago", unknown);
        }
        Runnable end = () -> {
            server.stop();
            book.close();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(end, "tongchou-stop"));
        greet(packs, book, server.port(), seeded, admission.keyring(), safe, two);
        if (safe != null) {
            Safekeeping.tend(safe);
        }
        if (seal != null) {
            say("  审计存证：%s，密钥 %s", "  checkpoints of the audit log: %s, key %s", seal.place(), seal.keyId());
            secondPlace.keep(book, seal, surroundings.clock());
        }
        StartCache.tend(surroundings, places.all(surroundings), end);
        return Tongchou.SERVING;
    }

    private void greet(Packs packs, Book book, int listening, boolean seeded, Keyring keyring,
            @Nullable IdentitySafe safe, TwoPersons two) {
        var address = (entrance.hasTls() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + listening;
        say("统筹 %s 已启动：%s/（接口浏览器）", "Tongchou %s is at %s/ (API explorer)", surroundings.version(), address);
        say("  接口说明 %s/openapi    健康 %s/observe/health    指标 %s/observe/metrics",
                "  interface %s/openapi    health %s/observe/health    metrics %s/observe/metrics", address, address,
                address);
        say("  政策包：%d 个可用，%d 个被拒，%d 毫秒读完（%s/v1/packs）%s",
                "  packs: %d usable, %d refused, read in %d ms (%s/v1/packs)%s",
                packs.loaded().size(), packs.left().size(), packMillis, address, trusting.told(texts.chinese()));
        for (var alike : packs.leftByReason()) {
            var first = alike.getFirst();
            say("    被拒：%s，原因见 %s/v1/packs/%s/findings", "    refused: %s, see %s/v1/packs/%s/findings",
                    alike.size() == 1 ? first.origin() : texts.say("%s 等 %d 个，原因相同",
                    "%s and %d others for the same reason", first.origin(),
                    texts.chinese() ? alike.size() : alike.size() - 1), address, first.id());
            first.findings().stream().limit(1).forEach(why -> say("      %s", "      %s", why.line(texts.chinese())));
        }
        say("  账簿：%s", "  book: %s", place.name());
        surroundings.out().println(safekeeping.told(safe, texts.chinese()));
        surroundings.out().println(Oversight.told(two, texts.chinese()));
        if (seeded) {
            say("  已写入示例县（参保地 %s）：参保人 demo-…，机构见 %s/v1/institutions",
                    "  seeded with a demonstration county (area %s): members demo-..., institutions at %s/v1/institutions",
                    DemoCounty.DIVISION, address);
        }
        keyring.issueFirst().ifPresent(first -> {
            say("  系统管理密钥（只显示这一次，请妥善保存；有效至 %s）：", "  administrator key (shown only now; keep it safe; valid until %s):",
                    first.key().lastDay());
            surroundings.out().println("    " + first.text());
        });
        curl(packs, book, address, seeded ? demoKey(keyring) : null);
        say("按 Ctrl-C 停止。", "Ctrl-C stops it.");
    }

    /// Keys of the demonstration hospital and of a clerk, for who can reach a county that was seeded just now.
    ///
    /// @return the hospital's
    private @Nullable String demoKey(Keyring keyring) {
        if (!Entrance.isLoopback(host)) {
            return null;
        }
        var hospital = demoKey(keyring, Role.INSTITUTION, DemoCounty.COUNTY_HOSPITAL);
        say("  示例密钥（%d 天内有效），上手指南用到：", "  demonstration keys, valid for %d days, for the guides:", DEMO_DAYS);
        surroundings.out().println("    export TONGCHOU_KEY=" + hospital);
        surroundings.out().println("    export TONGCHOU_CLERK="
                + demoKey(keyring, Role.BUREAU_CLERK, DemoCounty.DIVISION));
        return hospital;
    }

    private static String demoKey(Keyring keyring, Role role, String scope) {
        return keyring.issue(new Keyring.Grant(role, scope, "示例 demonstration", keyring.today(),
                keyring.today().plusDays(DEMO_DAYS), "demonstration")).text();
    }

    /// Prints a request that settles, after it has been seen to settle.
    private void curl(Packs packs, Book book, String address, @Nullable String key) {
        var rules = packs.policy(DemoCounty.DIVISION);
        if (rules.isEmpty()) {
            return;
        }
        var today = LocalDate.ofInstant(surroundings.clock().instant(), java.time.ZoneId.of("Asia/Shanghai"));
        var request = DemoCounty.example(within(rules.get().policy().cover(), today));
        if (book.person("demo-resident-contracted").isPresent()
                && new Intake(packs).preview(request, Records.of(book)).outcome() instanceof Settlement) {
            if (key == null) {
                say("试一试（TONGCHOU_KEY 为 %s 的密钥）：", "Try it (TONGCHOU_KEY is a key of %s):",
                        DemoCounty.COUNTY_HOSPITAL);
            } else {
                say("试一试：", "Try it:");
            }
            surroundings.out().println("curl -s " + address + "/v1/settlements -H \"Authorization: Bearer "
                    + (key == null ? "$TONGCHOU_KEY" : key) + "\" -H 'Content-Type: application/json' -d '"
                    + new String(ReplyWriter.bytes(request), StandardCharsets.UTF_8)
                    .replace(",\"year_to_date\":[]", "") + "'");
        }
    }

    private static LocalDate within(InForce cover, LocalDate day) {
        return day.isAfter(cover.to()) ? cover.to() : day.isBefore(cover.from()) ? cover.from() : day;
    }

    private void say(String zh, String en, Object... words) {
        surroundings.out().println(texts.say(zh, en, words));
    }

    private int complain(Entrance.Wrong wrong) {
        surroundings.err().println(wrong.say(texts));
        return Tongchou.REFUSED;
    }

    private int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }
}
