package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import tongchou.api.http.Json;

/// Something other than a settlement that a client asks of a server that is about to be killed (断电前的请求).
///
/// What was acknowledged is there afterwards; what was not is there as a whole or not at all; and asked again, it is
/// there once.
abstract class Deed {

    private static final String ALLIANCE = "A99990100001";

    /// Where the budget of [Allotment] stands.
    static final String BUDGET = "crash";

    final String name;
    private boolean acknowledged;

    Deed(String name) {
        this.name = name;
    }

    /// The n-th thing that a client asks.
    static Deed of(String name, int number) {
        return switch (number % 3) {
            case 0 -> new Referral("r-" + name);
            case 1 -> new Listing("F" + name);
            default -> new Allotment("a-" + name);
        };
    }

    /// A server with the keys of who asks it.
    record Desk(ServerProcess server, String hospital, String clerk, String supervisor) {

        String at(String key, String method, String path, String body, String... field) throws IOException {
            var reply = server.send(key, method, path, body);
            Json at = Json.parse(reply.body().getBytes(StandardCharsets.UTF_8), new ArrayList<>());
            for (var step : field) {
                at = at instanceof Json.Members(var fields) ? fields.getOrDefault(step, new Json.Nothing())
                        : new Json.Nothing();
            }
            return reply.status() + " " + (at instanceof Json.Text(var text) ? text : at.shown());
        }
    }

    /// Asks for it.
    ///
    /// @throws IOException when nobody answers
    final void ask(Desk desk) throws IOException {
        asked(desk);
        acknowledged = true;
    }

    final boolean isAcknowledged() {
        return acknowledged;
    }

    /// Looks whether it is there, asks again, and looks once more.
    final void holds(Desk desk) throws IOException {
        var times = there(desk);
        assertTrue(times == 1 || times == 0 && !acknowledged, () -> name + " is there " + times + " times, "
                + (acknowledged ? "acknowledged" : "not acknowledged"));
        ask(desk);
        stays(desk);
    }

    /// Looks whether it is there still.
    final void stays(Desk desk) throws IOException {
        assertEquals(1, there(desk), name + " is there as often");
    }

    abstract void asked(Desk desk) throws IOException;

    /// How often it is there, as a whole.
    abstract int there(Desk desk) throws IOException;

    private static int times(String json, String field, String text) {
        return json.split("\"" + field + "\":\"" + text + "\"", -1).length - 1;
    }

    private static final class Referral extends Deed {

        Referral(String name) {
            super(name);
        }

        @Override
        void asked(Desk desk) throws IOException {
            assertEquals("201 " + name, desk.at(desk.hospital, "POST", "/v1/referrals", """
                    {"id": "%s", "member": "demo-resident-chronic", "receiver": "H99990100011", "episode": "e-1",
                     "issued": "2026-03-09", "last_day": "2026-06-01",
                     "items": [{"item": "X0001", "quantity": "6"}, {"item": "X0002", "quantity": "2.5"}]}"""
                    .formatted(name), "id"));
        }

        @Override
        int there(Desk desk) throws IOException {
            var reply = desk.server.send(desk.hospital, "GET", "/v1/referrals/" + name, null);
            if (reply.status() == 404) {
                return 0;
            }
            assertTrue(reply.body().contains("X0001") && reply.body().contains("X0002"), reply::toString);
            return 1;
        }
    }

    /// Two items on the list of an alliance, both or neither.
    private static final class Listing extends Deed {

        Listing(String name) {
            super(name);
        }

        @Override
        void asked(Desk desk) throws IOException {
            assertEquals("201 " + ALLIANCE, desk.at(desk.clerk, "POST", "/v1/alliances/" + ALLIANCE + "/formulary", """
                    {"entries": [
                      {"item": "%1$s-a", "from": "2026-01-01", "price_fen": 2500, "unit": "盒", "document": "药事会"},
                      {"item": "%1$s-b", "from": "2026-01-01", "price_fen": 100, "unit": "片", "document": "药事会"}]}"""
                    .formatted(name), "alliance"));
        }

        @Override
        int there(Desk desk) throws IOException {
            var list = desk.server.send(desk.clerk, "GET", "/v1/alliances/" + ALLIANCE + "/formulary?date=2026-03-01",
                    null).body();
            var first = times(list, "item", name + "-a");
            assertEquals(first, times(list, "item", name + "-b"), () -> "half of " + name);
            return first;
        }
    }

    /// Money allotted to a budget: one asks, another confirms.
    private static final class Allotment extends Deed {

        private String id = "";

        Allotment(String name) {
            super(name);
        }

        @Override
        void asked(Desk desk) throws IOException {
            var kept = desk.at(desk.clerk, "POST", "/v1/budgets/" + BUDGET + "/allotments", """
                    {"key": "%1$s", "amount_fen": 5, "document": "%1$s", "reason": "追加"}""".formatted(name), "id");
            assertTrue(kept.startsWith("202 ") && (id.isEmpty() || kept.equals("202 " + id)), kept);
            id = kept.substring(4);
            assertEquals("200 done", desk.at(desk.supervisor, "POST", "/v1/approvals/" + id + "/confirm", "{}",
                    "state"));
        }

        @Override
        int there(Desk desk) throws IOException {
            var reply = desk.server.send(desk.clerk, "GET", "/v1/budgets/" + BUDGET, null);
            assertEquals(200, reply.status(), reply::toString);
            return times(reply.body(), "document", name);
        }
    }
}
