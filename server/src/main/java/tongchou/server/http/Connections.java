package tongchou.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections of HTTP/1.1 (连接) as Helidon serves them, but read by a [ForgettingReader], and counted.
public final class Connections implements ServerConnectionSelector {

    private final Http1ConnectionSelector http1;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /// Connections with the given settings.
    ///
    /// @param most how many the server holds open at once
    public Connections(Http1Config config, int most) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.most = most;
    }

    /// Whether others may be waiting to be let in: no more than a sixteenth of the places is free. Then every answer
    /// ends its connection, so that those who use theirs all the time make room for the others as well.
    boolean areCrowded() {
        return open.get() >= most - most / 16;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext given) {
        return new Counted(http1.connection(new Reading(given, new ForgettingReader(() -> received(given)))));
    }

    /// What comes next; nothing has been read before, for there is no other protocol to choose.
    private static byte[] received(ConnectionContext given) {
        try {
            return given.serverSocket().get();
        } catch (UncheckedIOException gone) {
            throw new ServerConnectionException("the connection ended while it was read", gone);
        }
    }

    /// A connection that counts as open while it is served. Where others wait for its place, a second without a request
    /// counts as a minute: callers keep what they do not use, and the server ends it as it ends what is idle.
    private final class Counted implements ServerConnection, InterruptableTask<Void> {

        private final ServerConnection served;

        Counted(ServerConnection served) {
            this.served = served;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.incrementAndGet();
            try {
                served.handle(limit);
            } finally {
                open.decrementAndGet();
            }
        }

        /// As its declaration says, nobody calls this any more.
        @Override
        @Deprecated
        @SuppressWarnings({"deprecation", "removal"})
        public void handle(Semaphore limit) throws InterruptedException {
            handle(FixedLimit.create(limit));
        }

        @Override
        public Duration idleTime() {
            return canInterrupt() && areCrowded() ? served.idleTime().multipliedBy(60) : served.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            served.close(interrupt);
        }

        /// Whether it waits for a request; one that is being answered is left alone.
        @Override
        public boolean canInterrupt() {
            return served instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        @Override
        public Void call() {
            throw new UnsupportedOperationException("a connection is handled");
        }
    }

    /// A connection as it was given, that is read by another reader.
    private record Reading(ConnectionContext given, DataReader dataReader) implements ConnectionContext {

        @Override
        public ListenerContext listenerContext() {
            return given.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return given.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return given.dataWriter();
        }

        @Override
        public Router router() {
            return given.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return given.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return given.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return given.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return given.localPeer();
        }

        @Override
        public boolean isSecure() {
            return given.isSecure();
        }

        @Override
        public String socketId() {
            return given.socketId();
        }

        @Override
        public String childSocketId() {
            return given.childSocketId();
        }
    }
}
