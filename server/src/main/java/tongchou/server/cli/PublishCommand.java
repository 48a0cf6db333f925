package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tongchou.server.repository.Publisher;

/// `publish`: puts signed packs where servers fetch them (发布政策包).
@Command(name = "publish", mixinStandardHelpOptions = true, sortOptions = false)
final class PublishCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Texts texts;

    @Parameters(arity = "1..*", paramLabel = "JAR")
    private List<Path> packs = List.of();

    @Option(names = "--to", required = true, paramLabel = "URL|DIR", descriptionKey = "publish-to")
    private String to = "";

    PublishCommand(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    @Override
    public Integer call() {
        var publisher = Publisher.to(to, surroundings.environment().get(Trusting.TOKEN));
        var today = LocalDate.ofInstant(surroundings.clock().instant(), ZoneId.of("Asia/Shanghai"));
        var exit = Tongchou.DONE;
        for (var pack : packs) {
            try {
                var outcome = publisher.publish(pack, today);
                surroundings.out().println(pack + "  " + told(outcome));
                if (outcome == Publisher.Outcome.TAKEN || outcome == Publisher.Outcome.UNSIGNED) {
                    exit = Tongchou.REFUSED;
                }
            } catch (IOException | IllegalArgumentException failed) {
                surroundings.err().println(texts.say("%s 未发布：%s", "%s was not published: %s", pack,
                        failed.getMessage()));
                return Tongchou.REFUSED;
            }
        }
        return exit;
    }

    private String told(Publisher.Outcome outcome) {
        return switch (outcome) {
            case PUBLISHED -> texts.say("已发布到 %s", "published to %s", to);
            case SAME -> texts.say("此前已发布，内容相同", "was published before, with the same content");
            case TAKEN -> texts.say("未发布：该版本已有不同内容；请提高版本号",
                    "not published: this version is there with other content; raise the version");
            case UNSIGNED -> texts.say("未发布：未签名，或签名后被改动（tongchou sign-pack）",
                    "not published: not signed, or not as it was signed (tongchou sign-pack)");
        };
    }
}
