package tongchou.server.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.Problem;
import tongchou.api.http.ReplyWriter;
import tongchou.server.catalogue.CatalogueSearch;
import tongchou.server.packs.PackLoading;
import tongchou.server.packs.Packs;
import tongchou.server.resettlement.Resettler;

/// The HTTP server (服务): every route behind the door, the explorer, health and metrics.
public final class Site {

    /// The largest body that is read, in bytes.
    public static final int LARGEST_BODY = 1_000_000;

    /// How long the server waits for the next bytes of a request.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /// How long a connection stays open on which nothing is asked, and how often it is looked for such.
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration IDLE_PERIOD = Duration.ofSeconds(1);

    /// How many connections are open at once; more wait in the queue of the system. Each takes some 18 kB: without a
    /// bound, callers who give up waiting and connect anew take the memory of those who are being answered. When almost
    /// as many are open, those that are not used end after two seconds, so that nobody waits for them.
    public static final int MOST_CONNECTIONS = 2_000;

    /// How many the queue of the system holds, or fewer where it allows fewer. Whom it has no room for, the caller's
    /// system tries again after one second, three, seven and so on.
    private static final int WAITING_CONNECTIONS = 4_096;

    private final Door door;
    private final Meters meters = new Meters();
    private final Explorer explorer = new Explorer();
    private final Resettler resettler;
    private final CatalogueSearch search;
    private final @Nullable PackLoading loading;
    private final List<Route> routes;
    private volatile Wired wired;
    private volatile boolean searchesReady;

    /// What answers by one set of packs. A request in flight ends with the set with which it began.
    private record Wired(Installation here, Approver approver, List<Route> routes) {
    }

    /// A site over an installation whose packs stay; nothing listens yet.
    public Site(Installation here) {
        this(here, null);
    }

    /// A site over an installation; nothing listens yet.
    ///
    /// @param loading loads new versions of packs; null where they stay
    public Site(Installation here, @Nullable PackLoading loading) {
        this.loading = loading;
        this.door = new Door(here, meters);
        this.search = new CatalogueSearch(here.book().catalogue());
        var packs = new AtomicReference<>(here.packs());
        this.resettler = new Resettler(here.book(), packs::get, here.version(), here.clock());
        this.wired = wire(here, packs);
        this.routes = IntStream.range(0, wired.routes.size()).mapToObj(number -> {
            var route = wired.routes.get(number);
            return new Route(route.method(), route.path(),
                    call -> wired.routes.get(number).handler().answer(call), route.isShort());
        }).toList();
    }

    private Wired wire(Installation here, AtomicReference<Packs> packs) {
        var bookings = new Bookings(here);
        var identities = new IdentityRoutes(here);
        var confirmations = new Confirmations(here, resettler);
        var approver = new Approver(here, bookings, confirmations, meters);
        var loads = new PackLoadRoutes(here, loading, next -> {
            packs.set(next);
            wired = wire(here.with(next), packs);
            if (searchesReady) {
                makeSearchesReady(Duration.ZERO);
            }
        });
        return new Wired(here, approver, Stream.of(new Settlements(here, bookings, meters).routes(),
                new Corrections(here, bookings, approver, meters).routes(), new ParkingRoutes(here).routes(),
                new AuditRoutes(here).routes(),
                new Estimates(here, meters).routes(), new Members(here, identities).routes(), identities.routes(),
                new ApprovalRoutes(here, approver).routes(), new AdjustmentRoutes(here, approver).routes(),
                new Institutions(here).routes(), new Alliances(here).routes(),
                new PackRoutes(here).routes(), loads.routes(), new CatalogueRoutes(here, search).routes(),
                new ConvergenceRoutes(here).routes(), new FormularyRoutes(here).routes(),
                new ReferralRoutes(here).routes(),
                new ItemRoutes(here).routes(), new KeyRoutes(here).routes(),
                new ResettlementRoutes(here, resettler, confirmations, approver).routes(),
                new DueRoutes(here).routes(), new BudgetRoutes(here, approver).routes(), explorer.routes())
                .flatMap(List::stream).toList());
    }

    /// Makes ready what every site needs and what takes a while: the registry of metrics.
    ///
    /// @throws LinkageError at every call, when something that it needs is missing
    public static void makeReady() {
        Meters.registry();
    }

    /// Makes the catalogues of the packs ready to be searched beside everything else, now and whenever others serve.
    /// Who searches before that waits for his area alone.
    ///
    /// @param after how long the first requests have the processors to themselves
    public void makeSearchesReady(Duration after) {
        searchesReady = true;
        var packs = wired.here.packs();
        Thread.ofPlatform().daemon().name("catalogue-spelling").priority(Thread.MIN_PRIORITY).start(() -> {
            LockSupport.parkNanos(after.toNanos());
            search.makeReady(packs, () -> wired.here.packs() == packs);
        });
    }

    /// Every route, as openapi.yaml describes them.
    public List<Route> routes() {
        return routes;
    }

    /// Listens.
    ///
    /// @param port the port, 0 for any that is free
    /// @throws UnknownHostException when the host has no address
    public WebServer start(String host, int port) throws UnknownHostException {
        return start(host, port, null);
    }

    /// Listens, over TLS where a context is given, and goes on with re-settlements that were being worked on.
    ///
    /// @throws UnknownHostException when the host has no address
    public WebServer start(String host, int port, @Nullable SSLContext tls) throws UnknownHostException {
        return start(host, port, tls, MOST_CONNECTIONS, none -> { });
    }

    /// The same with more than the site beside it on the same server, which nobody guards: for measurements.
    ///
    /// @param most how many connections are open at once
    public WebServer start(String host, int port, @Nullable SSLContext tls, int most,
            Consumer<HttpRouting.Builder> beside) throws UnknownHostException {
        wired.approver.resume();
        resettler.resume();
        var server = WebServer.builder();
        var connections = new Connections(protocol(), most);
        if (tls != null) {
            server.tls(Tls.builder().sslContext(tls).enabledProtocols(List.of("TLSv1.3", "TLSv1.2")).build());
        }
        server.connectionOptions(SocketOptions.builder().readTimeout(READ_TIMEOUT).build())
                .idleConnectionTimeout(IDLE_TIMEOUT).idleConnectionPeriod(IDLE_PERIOD)
                .maxTcpConnections(most).backlog(WAITING_CONNECTIONS)
                .address(InetAddress.getByName(host)).port(port)
                .featuresDiscoverServices(false).protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .addFeature(observe()).maxPayloadSize(LARGEST_BODY).directHandlers(direct()).shutdownHook(false)
                .routing(routing -> {
                    route(routing, connections);
                    beside.accept(routing);
                });
        // Two that start at once would both change a map of Helidon's metrics that is meant for one.
        synchronized (Site.class) {
            return server.build().start();
        }
    }

    private void route(HttpRouting.Builder routing, Connections connections) {
        routing.addFilter((chain, request, response) -> {
            explorer.secure(request, response);
            var crowded = connections.areCrowded();
            if (crowded) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            chain.proceed();
            if (response.isSent() && (crowded || request.headers().contains(HeaderValues.CONNECTION_CLOSE))) {
                // Helidon would say so and then wait for the next request; who reads to the end would wait with it.
                throw new CloseConnectionException("the caller asked to end it, or others wait for its place");
            }
        });
        for (var route : routes) {
            switch (route.method()) {
                case "GET" -> {
                    routing.get(route.path(), door.guard(route));
                    routing.head(route.path(), door.guard(route));
                }
                case "POST" -> routing.post(route.path(), door.guard(route));
                default -> throw new IllegalArgumentException(route.method());
            }
        }
        routing.get("/observe/metrics", (request, response) -> response
                .header(HeaderNames.CONTENT_TYPE, "text/plain;version=0.0.4;charset=utf-8").send(Meters.shown()));
        explorer.files(routing);
        // What answers an error begins with empty headers.
        routing.error(HttpException.class, (request, response, failure) -> {
            explorer.secure(request, response);
            door.transport(request, response, failure, routes);
        });
        routing.error(Throwable.class, (request, response, defect) -> {
            if (!response.isSent()) {
                explorer.secure(request, response);
            }
            door.defect(request, response, defect);
        });
    }

    /// HTTP/1.1 without the logs of every line, and without a second look at response headers, all of which are written
    /// here and none by a caller.
    private static Http1Config protocol() {
        return Http1Config.builder().receiveLog(false).sendLog(false).validateResponseHeaders(false).build();
    }

    private ObserveFeature observe() {
        makeReady();
        var health = HealthObserver.builder().details(true).useSystemServices(false)
                .addCheck(this::book, HealthCheckType.READINESS, "book")
                .addCheck(this::packs, HealthCheckType.READINESS, "packs").build();
        return ObserveFeature.builder().observersDiscoverServices(false).addObserver(health).build();
    }

    private HealthCheckResponse book() {
        try {
            return HealthCheckResponse.builder().status(true)
                    .detail("audit_rows", wired.here.book().auditSize()).build();
        } catch (RuntimeException failed) {
            return HealthCheckResponse.builder().status(false).build();
        }
    }

    private HealthCheckResponse packs() {
        var packs = wired.here.packs();
        return HealthCheckResponse.builder().status(!packs.loaded().isEmpty()).detail("loaded", packs.loaded().size())
                .detail("refused", packs.left().size()).build();
    }

    /// Answers what never reaches the routing.
    private static DirectHandlers direct() {
        var handlers = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, what, status, headers, message) -> {
                var fault = Call.packed(request.headers()).filter(packed -> status.code() == 400)
                        .orElseGet(() -> Door.turnedAway(status.code()));
                return DirectHandler.TransportResponse.builder().status(io.helidon.http.Status.create(fault.status()))
                        .headers(headers)
                        .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                        .entity(ReplyWriter.bytes(Problem.of(List.of(fault), Call.chinese(request.headers())))).build();
            });
        }
        return handlers.build();
    }
}
