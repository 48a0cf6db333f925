package tongchou.server.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import tongchou.api.http.Role;
import tongchou.server.access.Admission;
import tongchou.server.access.Keyring;
import tongchou.server.demo.DemoCounty;
import tongchou.server.http.Connections;
import tongchou.server.http.Installation;
import tongchou.server.http.OrderedIds;
import tongchou.server.http.Site;
import tongchou.server.http.TwoPersons;
import tongchou.server.packs.PackHost;
import tongchou.server.packs.PackSwitch;
import tongchou.storage.Books;

/// The server under load (被测服务): the site as it is served, and on a second port of the same process an echo of bodies.
final class LoadServer {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build()).build();

    private LoadServer() {
    }

    /// The bare echo of JSON on the site's own server: read as JSON and written as JSON, nothing in between.
    private static void echo(HttpRouting.Builder routing) {
        routing.post("/echo", (request, response) -> {
            var body = JSON.readTree(request.content().as(byte[].class));
            response.header(HeaderNames.CONTENT_TYPE, "application/json");
            response.send(JSON.writeValueAsBytes(body));
        });
    }

    /// Arguments: the book's file, the directory of packs. Prints the ports and one key for each institution.
    public static void main(String[] arguments) throws IOException {
        var packs = PackHost.load(Path.of(arguments[1]), List.of(), "0.1.0");
        var book = Books.sqlite(Path.of(arguments[0]));
        new DemoCounty().seed(book);
        var random = new SecureRandom();
        var admission = Admission.of(book.keys(), Clock.systemUTC(), random);
        var site = new Site(new Installation(packs, book, Clock.systemUTC(), new OrderedIds(Clock.systemUTC(), random),
                "0.1.0", admission, null, TwoPersons.USUAL, new PackSwitch(book.oversight().activations(),
                Clock.systemUTC(), false))).start("127.0.0.1", 0, null, Site.MOST_CONNECTIONS, LoadServer::echo);
        var bare = WebServer.builder().host("127.0.0.1").port(0).featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new Connections(Http1Config.create(), Site.MOST_CONNECTIONS))
                .routing(routing ->
                routing.post("/echo", (request, response) -> {
                    response.header(HeaderNames.CONTENT_TYPE, "application/json");
                    response.send(request.content().as(byte[].class));
                })).build().start();
        var keys = admission.keyring();
        for (var institution : book.institutions("", 100)) {
            var issued = keys.issue(new Keyring.Grant(Role.INSTITUTION, institution.code(), "load", keys.today(),
                    keys.today().plusDays(1), "load"));
            System.out.println("KEY " + institution.code() + " " + issued.text());
        }
        System.out.println("READY " + site.port() + " " + bare.port());
        while (System.in.read() >= 0) {
            // The benchmark closes the input when it is done.
            continue;
        }
        site.stop();
        bare.stop();
        book.close();
    }
}
