package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tongchou.api.http.ReplyWriter;

/// What a route answers (应答).
///
/// @param status HTTP status
/// @param type content type
/// @param headers what is said beside it
public record Answer(int status, String type, byte[] body, Map<String, String> headers) {

    /// An answer that says nothing beside it.
    public Answer(int status, String type, byte[] body) {
        this(status, type, body, Map.of());
    }


    /// 200 with a record as JSON.
    public static Answer ok(Record reply) {
        return json(200, ReplyWriter.bytes(reply));
    }

    /// 201 with a record as JSON.
    public static Answer created(Record reply) {
        return json(201, ReplyWriter.bytes(reply));
    }

    /// JSON that is already written.
    public static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body);
    }

    /// 200 with a text.
    public static Answer text(String type, String text) {
        return new Answer(200, type + ";charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
