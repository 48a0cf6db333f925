package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.api.http.*;

/// openapi.yaml is complete and true: every route, every field of every record, and examples that are replayed in their
/// order against a running server. `-Dopenapi.record=FILE` writes what the server answers, to bring examples up to
/// date.
class OpenApiTest {

    private static final Json.Members DOCUMENT = (Json.Members) OpenApi.document();

    private static final List<Class<? extends Record>> RECORDS = List.of(SettlementRequest.class, EstimateRequest.class,
            DuesReply.class, BudgetRequest.class, AllotmentRequest.class, BudgetReply.class, BudgetsReply.class,
            MemberFacts.class, StandingFacts.class, InstitutionFacts.class, AllianceFacts.class, WaitingRequest.class,
            SettlementReply.class, ExplanationReply.class, StandingsReply.class, YearToDateReply.class,
            InstitutionsReply.class, AlliancesReply.class, PacksReply.class, PackReply.class, ParametersReply.class,
            FindingsReply.class, WaitingReply.class, KeyRequest.class, RotateRequest.class, RevokeRequest.class,
            KeyReply.class,
            KeysReply.class, WhoReply.class, ReversalRequest.class, ReversalReply.class, ReplacementRequest.class,
            ReplacementReply.class, ParkingRequest.class, ParkingsReply.class,
            PackLoadRequest.class, PackLoadsReply.class,
            ConvergenceReply.class, PathEffectsRequest.class, PathEffectsReply.class,
            ReferralRequest.class, ReferralReply.class, FormularyRequest.class, FormularyReply.class,
            StockRequest.class, InstitutionListReply.class, CentreRequest.class, CentreReply.class, GapsReply.class,
            PriceFindingsReply.class, ItemsReply.class, ItemPageReply.class,
            AuditReply.class, CheckpointRequest.class, CheckpointReply.class, CheckpointsReply.class,
            VerificationReply.class,
            SearchRequest.class, SearchReply.class,
            UnmaskRequest.class, IdentityChangeRequest.class, IdentityReply.class, ApprovalReply.class,
            ApprovalsReply.class, DecisionRequest.class, AdjustmentRequest.class, AdjustmentReply.class,
            AdjustmentsReply.class, ActivationRequest.class,
            ResettlementRequest.class, MoveRequest.class, ConfirmRequest.class, ResettlementReply.class,
            ResettlementsReply.class, DifferencesReply.class, ObstaclesReply.class, CorrectionsReply.class,
            Problem.class);

    /// An operation as the description holds it.
    private record Operation(String method, String path, Json.Members content) {
        String name() {
            return method + " " + path;
        }
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        members(DOCUMENT, "paths").fields().forEach((path, methods) -> ((Json.Members) methods).fields().forEach(
                (method, content) -> operations.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), path,
                        (Json.Members) content))));
        return operations;
    }

    @Test
    void everyRouteIsDescribedAndNothingElse(@TempDir Path directory) {
        try (var site = new TestSite(directory)) {
            var routes = site.site.routes().stream().map(route -> route.method() + " " + route.path());
            var all = Stream.concat(routes, Stream.of("GET /observe/health", "GET /observe/metrics")).sorted().toList();
            assertEquals(all, operations().stream().map(Operation::name).sorted().toList());
        }
    }

    @Test
    void everyFieldOfEveryRecordIsDescribed() {
        var schemas = members(members(DOCUMENT, "components"), "schemas").fields();
        var seen = new HashSet<Class<?>>();
        RECORDS.forEach(type -> compare(type, schemas, seen));
        assertEquals(schemas.keySet().stream().sorted().toList(),
                seen.stream().map(Class::getSimpleName).sorted().toList());
    }

    private static void compare(Class<?> type, Map<String, Json> schemas, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return;
        }
        var schema = (Json.Members) schemas.get(type.getSimpleName());
        assertTrue(schema != null, "no schema " + type.getSimpleName());
        var properties = members(schema, "properties");
        var names = Stream.of(type.getRecordComponents()).map(RequestReader::name).toList();
        assertEquals(names, List.copyOf(properties.fields().keySet()), type.getSimpleName());
        for (var component : type.getRecordComponents()) {
            var property = (Json.Members) properties.fields().get(RequestReader.name(component));
            compare(component.getGenericType(), property, type.getSimpleName() + "." + component.getName(), schemas,
                    seen);
            var required = schema.fields().get("required") instanceof Json.Items(var items)
                    && items.contains(new Json.Text(RequestReader.name(component)));
            if (isOmissible(component)) {
                assertTrue(!required, type.getSimpleName() + "." + component.getName() + " may be left out");
            } else if (isRequest(type)) {
                assertTrue(required, type.getSimpleName() + "." + component.getName() + " is required");
            }
        }
    }

    private static void compare(Type type, Json.Members property, String where, Map<String, Json> schemas,
            Set<Class<?>> seen) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            assertEquals(new Json.Text("array"), property.fields().get("type"), where);
            compare(list.getActualTypeArguments()[0], members(property, "items"), where, schemas, seen);
        } else if (type instanceof Class<?> kind && kind.isRecord()) {
            assertEquals(new Json.Text("#/components/schemas/" + kind.getSimpleName()), property.fields().get("$ref"),
                    where);
            compare(kind, schemas, seen);
        } else if (type instanceof Class<?> kind && kind.isEnum()) {
            var words = Stream.of(kind.getEnumConstants()).<Json>map(one -> new Json.Text(Words.of((Enum<?>) one)))
                    .toList();
            assertEquals(new Json.Items(words), property.fields().get("enum"), where);
        } else if (type instanceof Class<?> kind) {
            var expected = kind == String.class || kind == java.time.LocalDate.class ? "string"
                    : kind == boolean.class || kind == Boolean.class ? "boolean" : "integer";
            assertEquals(new Json.Text(expected), property.fields().get("type"), where);
        }
    }

    private static boolean isOmissible(RecordComponent component) {
        var field = component.getAnnotation(Field.class);
        return field != null && field.omissible();
    }

    private static boolean isRequest(Class<?> type) {
        return type.getSimpleName().endsWith("Request") || type.getSimpleName().endsWith("Facts");
    }

    @Test
    void theExamplesAreWhatTheServerAnswers(@TempDir Path directory) throws IOException {
        var record = System.getProperty("openapi.record");
        var answers = new LinkedHashMap<String, String>();
        try (var site = new TestSite(directory)) {
            for (var operation : operations()) {
                var example = example(operation);
                if (operation.path.startsWith("/v1/")) {
                    var body = member(operation.content, "requestBody", "content", "application/json", "example");
                    assertTrue(operation.method.equals("GET") || body != null,
                            "no request example for " + operation.name());
                    var path = path(operation);
                    var reply = site.send(operation.method, path, body == null ? null
                            : write(body).getBytes(StandardCharsets.UTF_8),
                            Map.of("Accept", "application/json", "Content-Type", "application/json"));
                    var declared = members(operation.content, "responses").fields().keySet().iterator().next();
                    assertEquals(declared, "" + reply.status(), operation.name() + " " + reply.body());
                    answers.put(operation.name(), reply.body());
                    if (operation.name().equals("POST /v1/budgets")) {
                        // What follows reads the budget, which is there when a second person has confirmed it.
                        assertEquals(200, site.post("/v1/approvals/" + reply.at("id") + "/confirm", "{}").status());
                    }
                    if (record == null) {
                        assertTrue(example != null, "no reply example for " + operation.name());
                        assertEquals(steady(example), steady(reply.json()), operation.name());
                    }
                }
            }
        }
        if (record != null) {
            Files.writeString(Path.of(record), answers.entrySet().stream()
                    .map(answer -> write(new Json.Text(answer.getKey())) + ": " + answer.getValue())
                    .collect(Collectors.joining(",\n", "{", "}")));
        }
    }

    private static Json example(Operation operation) {
        var responses = members(operation.content, "responses");
        var first = (Json.Members) responses.fields().values().iterator().next();
        return member(first, "content", "application/json", "example");
    }

    private static String path(Operation operation) {
        var path = operation.path;
        var query = new ArrayList<String>();
        if (operation.content.fields().get("parameters") instanceof Json.Items(var parameters)) {
            for (var parameter : parameters) {
                var fields = ((Json.Members) parameter).fields();
                var name = ((Json.Text) fields.get("name")).text();
                var example = fields.get("example");
                if (example == null) {
                    continue;
                }
                var value = example instanceof Json.Text(var text) ? text : example.shown();
                if (fields.get("in").equals(new Json.Text("path"))) {
                    path = path.replace("{" + name + "}", value);
                } else {
                    query.add(name + "=" + value);
                }
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /// The value without what changes with every edit of the fixture pack.
    private static String steady(Json json) {
        return write(json).replaceAll("[0-9a-f]{64}", "...")
                .replaceAll("tck_[a-z2-7]{12}_[A-Za-z0-9_-]{43}", "tck_...")
                .replaceAll("\"(quote|key_id|line)\":\"[^\"]+\"", "\"$1\":\"...\"")
                .replaceAll("\"(content|reply)=[\\w-]{43}\"", "\"$1=...\"");
    }

    static String write(Json json) {
        return switch (json) {
            case Json.Members(var fields) -> fields.entrySet().stream()
                    .map(field -> write(new Json.Text(field.getKey())) + ":"
                    + write(field.getValue())).collect(Collectors.joining(",", "{", "}"));
            case Json.Items(var items) -> items.stream().map(OpenApiTest::write)
                    .collect(Collectors.joining(",", "[", "]"));
            case Json.Text(var text) -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                    + "\"";
            default -> json.shown();
        };
    }

    private static Json.Members members(Json.Members whole, String name) {
        return (Json.Members) whole.fields().get(name);
    }

    private static Json member(Json.Members whole, String... path) {
        Json at = whole;
        for (var name : path) {
            at = at instanceof Json.Members(var fields) ? fields.get(name) : null;
        }
        return at;
    }
}
