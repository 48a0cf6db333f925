package tongchou.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// Connections of HTTP/1.1 (连接) as Helidon serves them, but read by a [ForgettingReader].
public final class Connections implements ServerConnectionSelector {

    private final Http1ConnectionSelector http1;

    /// Connections with the given settings.
    public Connections(Http1Config config) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
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
        return http1.connection(new Reading(given, new ForgettingReader(() -> received(given))));
    }

    /// What comes next; nothing has been read before, for there is no other protocol to choose.
    private static byte[] received(ConnectionContext given) {
        try {
            return given.serverSocket().get();
        } catch (UncheckedIOException gone) {
            throw new ServerConnectionException("the connection ended while it was read", gone);
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
