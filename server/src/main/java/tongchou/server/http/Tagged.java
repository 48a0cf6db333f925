package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/// Answers that are not sent again while nothing has changed (条件请求): an `ETag` names everything an answer rests on.
final class Tagged {

    private static final int BYTES = 16;

    private Tagged() {
    }

    /// An answer with its tag, or 304 when the caller has it.
    ///
    /// @param rests everything the answer rests on
    static Answer answer(Call call, String rests, Supplier<Answer> answer) {
        var tag = "\"" + HexFormat.of().formatHex(digest(rests), 0, BYTES) + "\"";
        var headers = Map.of("ETag", tag, "Cache-Control", "no-cache");
        if (call.header("If-None-Match").filter(known -> names(known, tag)).isPresent()) {
            return new Answer(304, "application/json", new byte[0], headers);
        }
        var full = answer.get();
        return new Answer(full.status(), full.type(), full.body(), headers);
    }

    private static boolean names(String known, String tag) {
        return Arrays.stream(known.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.replaceFirst("^W/", "").equals(tag));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
