package tongchou.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tongchou.api.http.Fault;
import tongchou.api.http.IdentityNumber;
import tongchou.api.http.Problem;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.ReplyWriter;
import tongchou.server.access.Action;
import tongchou.server.access.Turned;
import tongchou.storage.BookException;

/// The one place that every request passes (入口): here refusals, failures and defects become problem details.
///
/// Who may call what is asked here as well, before anything of the request is read.
final class Door {

    private static final System.Logger LOG = System.getLogger(Door.class.getName());

    /// After how many seconds the same request is worth repeating.
    private static final Map<String, String> AGAIN = Map.of(ProblemCode.KEY_RUNNING.name(), "1",
            ProblemCode.SERVER_BUSY.name(), "1", ProblemCode.STORE_UNAVAILABLE.name(), "5");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final Installation here;
    private final Meters meters;
    private final RequestThreads threads = new RequestThreads();

    Door(Installation here, Meters meters) {
        this.here = here;
        this.meters = meters;
    }

    /// A route behind the door.
    ///
    /// @throws IllegalStateException when the route stands at no [Action], so that nobody knows who may call it
    Handler guard(Route route) {
        var action = Action.of(route.method() + " " + route.path()).orElseThrow(
                () -> new IllegalStateException(route.method() + " " + route.path() + " stands at no action"));
        return (request, response) -> {
            if (!isFramed(request)) {
                throw unframed();
            }
            Answer answer;
            try {
                var caller = here.admission().admit(action, request.headers().all(HeaderNames.AUTHORIZATION, List::of));
                var call = new Call(request, caller);
                answer = route.isShort() ? route.handler().answer(call)
                        : apart(route, call.takenIn());
            } catch (Turned turned) {
                turned.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
                answer = problem(List.of(turned.fault()), Call.chinese(request));
            } catch (Refused refused) {
                answer = problem(refused.faults(), Call.chinese(request));
            } catch (BookException failed) {
                answer = unavailable(failed, Call.chinese(request));
            }
            send(request, response, answer);
        };
    }

    private Answer apart(Route route, Call call) {
        return threads.apart(() -> route.handler().answer(call));
    }

    /// Whether nobody between caller and server could see the end of the request elsewhere than the server does.
    private static boolean isFramed(ServerRequest request) {
        var lengths = request.headers().all(HeaderNames.CONTENT_LENGTH, List::of);
        var coding = request.headers().all(HeaderNames.TRANSFER_ENCODING, List::of);
        return lengths.size() <= 1 && (lengths.isEmpty() || LENGTH.matcher(lengths.getFirst()).matches())
                && (coding.isEmpty()
                || lengths.isEmpty() && coding.size() == 1 && coding.getFirst().equalsIgnoreCase("chunked"));
    }

    /// A body that ends nobody knows where.
    static RequestException unframed() {
        return RequestException.builder().type(DirectHandler.EventType.BAD_REQUEST).status(Status.BAD_REQUEST_400)
                .message("no definite length").setKeepAlive(false).build();
    }

    private void send(ServerRequest request, ServerResponse response, Answer answer) {
        meters.answered(answer.status());
        response.status(answer.status());
        response.header(HeaderNames.CONTENT_TYPE, answer.type());
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    private Answer problem(List<Fault> faults, boolean chinese) {
        return problem(Problem.of(faults, chinese));
    }

    private Answer problem(Problem problem) {
        meters.problem(problem.status());
        var again = AGAIN.get(problem.code());
        return new Answer(problem.status(), "application/problem+json", ReplyWriter.bytes(problem),
                again == null ? Map.of() : Map.of("Retry-After", again));
    }

    private Answer unavailable(BookException failed, boolean chinese) {
        LOG.log(System.Logger.Level.ERROR, "the book failed", failed);
        return problem(List.of(Fault.of(ProblemCode.STORE_UNAVAILABLE, "", "", "稍后用同一幂等键重试",
                "the same request with the same key, later")), chinese);
    }

    /// What Helidon itself turned away inside the routing: no such path, a body that cannot be read.
    ///
    /// @param routes every route, to tell a wrong method from a wrong path
    void transport(ServerRequest request, ServerResponse response, HttpException failure, List<Route> routes) {
        var chinese = Call.chinese(request);
        var path = request.path().rawPath();
        if (failure.status().code() == Status.NOT_FOUND_404.code()) {
            var methods = routes.stream().filter(route -> route.covers(path)).flatMap(route -> route.methods().stream())
                    .distinct().toList();
            if (methods.isEmpty() || methods.contains(request.prologue().method().text())) {
                send(request, response, problem(List.of(Fault.of(ProblemCode.NO_SUCH_PATH, "", path, "/openapi 中的路径",
                        "a path listed in /openapi")), chinese));
                return;
            }
            response.header(HeaderNames.ALLOW, String.join(", ", methods));
            send(request, response, problem(List.of(Fault.of(ProblemCode.METHOD_NOT_ALLOWED, "",
                    request.prologue().method().text(), String.join("、", methods), String.join(", ", methods))),
                    chinese));
            return;
        }
        send(request, response, problem(List.of(turnedAway(failure.status().code())), chinese));
    }

    /// The fault for what is turned away below the routing.
    static Fault turnedAway(int status) {
        return status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
                ? Fault.of(ProblemCode.BODY_TOO_LARGE, "", "", "不超过 1,000,000 字节", "at most 1,000,000 bytes")
                : Fault.of(ProblemCode.MALFORMED_REQUEST, "", "", "合法的 HTTP/1.1 请求",
                        "a well-formed HTTP/1.1 request");
    }

    /// A defect: the log gets everything, the caller an id.
    void defect(ServerRequest request, ServerResponse response, Throwable defect) {
        if (defect instanceof UncheckedIOException || defect instanceof DataReader.InsufficientDataAvailableException
                || response.isSent()) {
            LOG.log(System.Logger.Level.DEBUG, "the caller hung up", defect);
            return;
        }
        var id = here.ids().get();
        LOG.log(System.Logger.Level.ERROR, "defect " + id + " at " + request.prologue().method().text() + " "
                + IdentityNumber.hiddenIn(request.path().rawPath().replaceAll("[\\r\\n]", "_")), defect);
        send(request, response, problem(Problem.defect(id, Call.chinese(request))));
    }
}
