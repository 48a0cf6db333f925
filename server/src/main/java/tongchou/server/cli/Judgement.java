package tongchou.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongchou.server.audit.Recomputation;
import tongchou.server.audit.SigningKey;
import tongchou.storage.Checkpoint;
import tongchou.storage.Finding;
import tongchou.storage.Inspection;

/// How commands look at a book and say what they found (核验输出).
final class Judgement {

    private final Surroundings surroundings;
    private final Texts texts;
    private final long[] told = new long[1];

    Judgement(Surroundings surroundings, Texts texts) {
        this.surroundings = surroundings;
        this.texts = texts;
    }

    /// An inspection that tells its progress on standard error.
    ///
    /// @param checkpoints the second place; null where there is none
    /// @throws IOException when the second place cannot be read
    /// @throws IllegalArgumentException when it holds something else
    Inspection inspection(int most, @Nullable Recomputation again, @Nullable Path checkpoints) throws IOException {
        var how = Inspection.FIRST_DIFFERENCE.atMost(most).telling(this::tell).knowing(SigningKey.provider());
        if (again != null) {
            how = how.recomputing(again);
        }
        if (checkpoints != null) {
            how = how.against(Checkpoint.in(checkpoints.resolve(SigningKey.CHECKPOINTS)),
                    name -> SigningKey.published(checkpoints, name));
        }
        return how;
    }

    /// Every check once it is done, and every ten seconds how far it is.
    private void tell(String check, long done, long all) {
        var now = surroundings.clock().millis();
        if (done == all || now - told[0] > 10_000) {
            told[0] = now;
            surroundings.err().println("  " + check + " " + done + "/" + all);
        }
    }

    /// Prints what was found, the first difference first.
    ///
    /// @return the exit code
    int print(List<Finding> findings, @Nullable Recomputation again) {
        findings.forEach(finding -> surroundings.out().println(
                finding.check() + "\t" + finding.subject() + "\t" + finding.what()));
        if (again != null && again.left() > 0) {
            surroundings.err().println(texts.say("注意：%d 笔结算未复算，缺少：%s（用 --pack 给出当时的政策包）。",
                    "Note: %d settlements were not computed again; missing: %s (give the packs of that time with --pack).",
                    again.left(), again.missing()));
        }
        if (!findings.isEmpty()) {
            return Tongchou.REFUSED;
        }
        surroundings.out().println(texts.say("核验通过。%s", "Everything holds.%s", again == null ? "" : texts.say(
                "复算 %d 笔结算。", " %d settlements were computed again.", again.compared())));
        return Tongchou.DONE;
    }

    /// Says what cannot be done.
    int complain(String zh, String en, Object... words) {
        surroundings.err().println(texts.say(zh, en, words));
        return Tongchou.REFUSED;
    }

    /// What went wrong, in one line.
    static String why(Throwable failed) {
        return Optional.ofNullable(failed.getMessage()).orElse("") + (failed.getCause() == null ? ""
                : " (" + Serve.innermost(failed) + ")");
    }
}
