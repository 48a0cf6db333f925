package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackChecker;
import tongchou.api.pack.PackSummary;
import tongchou.server.audit.SigningKey;
import tongchou.server.packs.PackHost;
import tongchou.server.trust.PackSigner;

/// `sign-pack`: makes plug-in jars that say who answers for every file in them (签署政策包).
@Command(name = "sign-pack", mixinStandardHelpOptions = true, sortOptions = false)
final class SignPack implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(arity = "1..*", paramLabel = "DIR|JAR")
    private List<Path> packs = List.of();

    @Option(names = "--key", required = true, paramLabel = "FILE", descriptionKey = "sign-key")
    private Path key = Path.of("");

    @Option(names = "--signature", defaultValue = "ED25519", paramLabel = "ed25519|sm2",
            descriptionKey = "sign-signature")
    private SigningKey.Kind kind = SigningKey.Kind.ED25519;

    @Option(names = "--to", paramLabel = "DIR", descriptionKey = "sign-to")
    private @Nullable Path to;

    @Option(names = "--unchecked", descriptionKey = "sign-unchecked")
    private boolean unchecked;

    @Mixin
    private final PackPlaces places = new PackPlaces();

    SignPack(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        for (var pack : packs) {
            if (!unchecked && !isSound(pack)) {
                return complain("%s 有错误，未签署（见上；--unchecked 不检查）。", "%s has errors and was not signed (see above; "
                        + "--unchecked does not look).", pack);
            }
        }
        SigningKey own;
        try {
            own = PackSigner.key(key, kind);
        } catch (IOException unusable) {
            return complain("密钥不可用：%s", "The key cannot be used: %s", unusable.getMessage());
        }
        for (var pack : packs) {
            try {
                var signed = PackSigner.sign(pack, own, surroundings.clock().instant(), requires());
                var name = Files.isDirectory(pack) ? Path.of(signed.fileName()) : pack.getFileName();
                var jar = (to == null ? Path.of("") : to).resolve(name);
                signed.contents().write(jar);
                surroundings.out().println(texts.say("%s：政策包 %s %s，%d 个文件，由 %s（%s）签署", "%s: pack %s %s, %d files, "
                        + "signed by %s (%s)", jar, signed.pack().id(), signed.pack().version(),
                        signed.contents().files().size() - 2, own.keyId(), own.kind().signature()));
            } catch (IOException | RuntimeException unreadable) {
                return complain("%s 未签署：%s", "%s was not signed: %s", pack, unreadable.getMessage());
            }
        }
        surroundings.out().println(texts.say("公钥：%s.pub（交给运行服务的人：tongchou trust add %s.pub --name 名称）",
                "public key: %s.pub (for who runs the server: tongchou trust add %s.pub --name NAME)", key, key));
        return Tongchou.DONE;
    }

    /// Which versions of Tongchou a folder works with: this one and its later corrections.
    private String requires() {
        var numbers = surroundings.version().split("[.-]");
        return ">=" + numbers[0] + "." + numbers[1] + ".0 & <" + numbers[0] + "."
                + (Integer.parseInt(numbers[1]) + 1) + ".0";
    }

    /// Free of errors, and with the files that whoever takes it over needs.
    private boolean isSound(Path pack) {
        var findings = new ArrayList<Finding>();
        var missing = new ArrayList<Finding>();
        PackHost.read(pack, findings).ifPresent(files -> {
            findings.addAll(PackChecker.check(files, places.ancestors(files, surroundings)).findings());
            missing.addAll(PackSummary.missing(files));
        });
        missing.forEach(one -> surroundings.err().println(pack + ": " + one.line(texts.chinese())));
        var errors = findings.stream().filter(one -> one.severity() == Finding.Severity.ERROR).toList();
        errors.forEach(error -> surroundings.err().println(pack + ": " + error.line(texts.chinese())));
        return errors.isEmpty() && missing.isEmpty();
    }

    private int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }
}
