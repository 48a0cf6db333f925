package tongchou.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataListener;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/// Reads what a connection receives, and keeps nothing that was read (读后即弃).
///
/// Helidon's reader is a chain of buffers, each of which still points to the next after both were read. On a connection
/// that was idle for a while the buffer in front lies in the old generation; from there it keeps all that come later
/// from being collected before the next full collection, which takes a tenth of a second. So a new chain begins
/// whenever everything was read. For the one thread of its connection.
final class ForgettingReader extends DataReader {

    private final Supplier<byte[]> received;
    private DataReader chain;
    private Runnable listening = () -> { };

    /// @param received waits for the next bytes; null when there will be none
    ForgettingReader(Supplier<byte[]> received) {
        super(received);
        this.received = received;
        this.chain = new DataReader(received);
    }

    private DataReader chain() {
        if (chain.available() == 0) {
            chain = new DataReader(received);
            listening.run();
        }
        return chain;
    }

    @Override
    public <T> void listener(DataListener<T> listener, T context) {
        listening = () -> chain.listener(listener, context);
        listening.run();
    }

    @Override
    public int available() {
        return chain.available();
    }

    @Override
    public void pullData() {
        chain().pullData();
    }

    @Override
    public void skip(int bytes) {
        chain().skip(bytes);
    }

    @Override
    public void ensureAvailable() {
        chain().ensureAvailable();
    }

    @Override
    public byte read() {
        return chain().read();
    }

    @Override
    public byte lookup() {
        return chain().lookup();
    }

    @Override
    public boolean startsWithNewLine() {
        return chain().startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] prefix) {
        return chain().startsWith(prefix);
    }

    @Override
    public BufferData readBuffer() {
        return chain().readBuffer();
    }

    @Override
    public BufferData readBuffer(int bytes) {
        return chain().readBuffer(bytes);
    }

    @Override
    public BufferData getBuffer(int bytes) {
        return chain().getBuffer(bytes);
    }

    @Override
    public LazyString readLazyString(Charset charset, int bytes) {
        return chain().readLazyString(charset, bytes);
    }

    @Override
    public String readAsciiString(int bytes) {
        return chain().readAsciiString(bytes);
    }

    @Override
    public byte[] readBytes(int bytes) {
        return chain().readBytes(bytes);
    }

    @Override
    public String readLine() {
        return chain().readLine();
    }

    @Override
    public int findOrNewLine(byte wanted, int most) {
        return chain().findOrNewLine(wanted, most);
    }

    @Override
    public int findNewLine(int most) {
        return chain().findNewLine(most);
    }

    @Override
    public String debugDataHex() {
        return chain.debugDataHex();
    }
}
