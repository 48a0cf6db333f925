package tongchou.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command line (命令行): one command after `tongchou`, in Chinese or English; `--help` lists them.
///
/// Exit codes: 0 done; 1 findings, a refusal, or a server that cannot start; 2 wrong usage; 70 a defect.
@Command(name = "tongchou", mixinStandardHelpOptions = true, addMethodSubcommands = false, sortOptions = false)
public final class Tongchou implements Callable<Integer> {

    /// Done.
    public static final int DONE = 0;
    /// Findings, a refusal, or a server that cannot start.
    public static final int REFUSED = 1;
    /// Wrong usage.
    public static final int USAGE = 2;
    /// A defect of the program.
    public static final int DEFECT = 70;
    /// Told by a command whose work goes on in threads of its own; not an exit code.
    public static final int SERVING = -1;

    private final Surroundings surroundings;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Option(names = "--lang", scope = CommandLine.ScopeType.INHERIT, paramLabel = "zh|en")
    private @Nullable Language language;

    /// The languages that can be asked for.
    enum Language { zh, en }

    private Tongchou(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Makes ready beside everything else what the command that the arguments name is going to need.
    public static void makeReady(String... arguments) {
        if (List.of(arguments).contains("serve")) {
            FirstReply.makeReady();
        }
    }

    /// Runs the command that the arguments name and returns its exit code.
    public static int run(Surroundings surroundings, String... arguments) {
        var texts = Texts.of(arguments, surroundings.locale());
        var line = new CommandLine(new Tongchou(surroundings));
        commands(surroundings, texts, arguments).forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setResourceBundle(texts.help());
        line.getCommandSpec().version("tongchou " + surroundings.version());
        line.getSubcommands().values().forEach(
                command -> command.getCommandSpec().version("tongchou " + surroundings.version()));
        // The environment variables stand in for the options; an empty one stands for nothing.
        line.setDefaultValueProvider(argument -> {
            var given = argument instanceof CommandLine.Model.OptionSpec option
                    ? surroundings.environment().get(Serve.ENVIRONMENT.getOrDefault(option.longestName(), "")) : null;
            return given == null || given.isEmpty() ? null : given;
        });
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, given) -> usage(wrong, texts));
        line.setExecutionExceptionHandler((defect, command, parsed) -> {
            defect.printStackTrace(surroundings.err());
            surroundings.err().println(texts.say("程序缺陷：请把以上内容告知维护人员。",
                    "A defect: please send the above to the maintainers."));
            return DEFECT;
        });
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError full) {
            var megabytes = Runtime.getRuntime().maxMemory() >> 20;
            surroundings.err().println(texts.say("内存不够（堆上限 %d MB）：请用环境变量 TONGCHOU_JAVA_OPTS=-Xmx%dm 给得更多，再试一次。",
                    "Not enough memory (a heap of %d MB): give more with the environment variable "
                    + "TONGCHOU_JAVA_OPTS=-Xmx%dm, then try again.", megabytes, 2 * megabytes));
            return REFUSED;
        } catch (LinkageError missing) {
            missing.printStackTrace(surroundings.err());
            surroundings.err().println(texts.say("程序文件不全或混有其他版本：请把发行包重新解压到空目录，再试一次。",
                    "Files of the program are missing or of another version: unpack the distribution again into an empty "
                    + "directory, then try again."));
            return DEFECT;
        }
    }

    /// The commands, in the order in which help lists them: only the one that the arguments name where they name one,
    /// since picocli looks at every field of every command it is given.
    private static Map<String, Supplier<?>> commands(Surroundings surroundings, Texts texts, String... arguments) {
        var all = new LinkedHashMap<String, Supplier<?>>();
        all.put("serve", () -> new Serve(surroundings, texts));
        all.put("settle", () -> new Settle(surroundings, texts));
        all.put("new-pack", () -> new NewPack(surroundings, texts));
        all.put("check-pack", () -> new CheckPack(surroundings, texts));
        all.put("watch", () -> new Watch(surroundings, texts));
        all.put("explain", () -> new Explain(surroundings, texts));
        all.put("diff-pack", () -> new DiffPack(surroundings, texts));
        all.put("sign-pack", () -> new SignPack(surroundings, texts));
        all.put("trust", () -> new TrustCommand(surroundings, texts));
        all.put("publish", () -> new PublishCommand(surroundings, texts));
        all.put("resettle", () -> new Resettle(surroundings, texts));
        all.put("import", () -> new ImportCommand(surroundings, texts));
        all.put("export", () -> new ExportCommand(surroundings, texts));
        all.put("price-effect", () -> new PriceEffect(surroundings, texts));
        all.put("key", () -> new KeyCommand(surroundings, texts));
        all.put("verify", () -> new Verify(surroundings, texts));
        all.put("backup", () -> new Backup(surroundings, texts));
        all.put("restore", () -> new Restore(surroundings, texts));
        all.put("audit", () -> new AuditCommand(surroundings, texts));
        all.put("prepare", () -> new Prepare(surroundings, texts));
        all.put("version", () -> new Version(surroundings));
        for (var argument : arguments) {
            if (all.containsKey(argument)) {
                return Map.of(argument, all.get(argument));
            }
        }
        return all;
    }

    private static int usage(CommandLine.ParameterException wrong, Texts texts) {
        var out = wrong.getCommandLine().getErr();
        var message = switch (wrong) {
            case CommandLine.UnmatchedArgumentException unknown ->
                texts.say("无法识别的参数：%s", "Unknown arguments: %s", String.join(" ", unknown.getUnmatched()));
            case CommandLine.MissingParameterException missing -> texts.say("缺少参数：%s", "Missing: %s",
                    missing.getMissing().stream().map(Tongchou::named).collect(Collectors.joining(" ")));
            default -> texts.chinese() ? "参数不合法：" + read(wrong) : isDay(wrong) ? "This will not do: "
                    + named(wrong.getArgSpec()).split(" ")[0] + " " + wrong.getValue()
                    + ", a day such as 2026-01-01 is wanted" : wrong.getMessage();
        };
        out.println(message);
        out.println(texts.say("用 %s --help 查看用法。", "Try %s --help.",
                wrong.getCommandLine().getCommandSpec().qualifiedName()));
        return USAGE;
    }

    /// The option and what was read for it, where picocli says so in English only.
    private static String read(CommandLine.ParameterException wrong) {
        return wrong.getArgSpec() instanceof CommandLine.Model.OptionSpec option && wrong.getValue() != null
                ? option.longestName() + " 不能是“" + wrong.getValue() + "”"
                + (isDay(wrong) ? "，须写 2026-01-01 这样的日期" : "") : wrong.getMessage();
    }

    private static boolean isDay(CommandLine.ParameterException wrong) {
        return wrong.getValue() != null && wrong.getArgSpec() != null
                && (wrong.getArgSpec().type() == LocalDate.class
                || List.of(wrong.getArgSpec().auxiliaryTypes()).contains(LocalDate.class));
    }

    /// An argument as it is typed: the option with what it takes, or what stands alone.
    private static String named(CommandLine.Model.ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option
                ? option.longestName() + " " + option.paramLabel() : argument.paramLabel();
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(surroundings.err());
        return USAGE;
    }

    /// Says which Tongchou this is.
    @Command(name = "version", mixinStandardHelpOptions = true)
    static final class Version implements Callable<Integer> {

        private final Surroundings surroundings;

        Version(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            surroundings.out().println("tongchou " + surroundings.version());
            return DONE;
        }
    }
}
