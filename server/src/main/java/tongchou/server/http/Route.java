package tongchou.server.http;

import java.util.List;

/// A route (路由): a method on a path, and what answers it.
///
/// @param method `GET` or `POST`
/// @param path the path with its parameters in braces, as in openapi.yaml
/// @param isShort whether it is over soon and comes often, so that no thread is changed for it, see [RequestThreads]
public record Route(String method, String path, Handler handler, boolean isShort) {

    /// What answers a call.
    @FunctionalInterface
    public interface Handler {
        /// Answers; whatever is expected to go wrong is thrown as [tongchou.api.http.Refused].
        Answer answer(Call call);
    }

    static Route get(String path, Handler handler) {
        return new Route("GET", path, handler, false);
    }

    static Route post(String path, Handler handler) {
        return new Route("POST", path, handler, false);
    }

    /// The same route, over soon.
    Route soon() {
        return new Route(method, path, handler, true);
    }

    /// The methods it answers: whoever may GET may ask for the head alone.
    List<String> methods() {
        return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
    }

    /// Whether a path of a request is one of this route's.
    boolean covers(String requested) {
        var own = path.split("/", -1);
        var asked = requested.split("/", -1);
        if (own.length != asked.length) {
            return false;
        }
        for (var i = 0; i < own.length; i++) {
            if (!own[i].startsWith("{") && !own[i].equals(asked[i])) {
                return false;
            }
        }
        return true;
    }
}
