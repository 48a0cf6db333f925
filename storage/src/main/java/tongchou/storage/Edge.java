package tongchou.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a Merkle tree (RFC 6962), from which it grows: one root for every full subtree, the largest first.
final class Edge {

    private final Fingerprint fingerprint;
    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    Edge(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /// An edge as [#bytes] wrote it.
    Edge(Fingerprint fingerprint, byte[] written) {
        this(fingerprint);
        var bytes = ByteBuffer.wrap(written);
        size = bytes.getLong();
        while (bytes.hasRemaining()) {
            var peak = new byte[Byte.toUnsignedInt(bytes.get())];
            bytes.get(peak);
            peaks.add(peak);
        }
    }

    long size() {
        return size;
    }

    void add(byte[] leaf) {
        peaks.add(leaf);
        for (var full = size++; (full & 1) == 1; full >>= 1) {
            var right = peaks.removeLast();
            peaks.add(fingerprint.node(peaks.removeLast(), right));
        }
    }

    byte[] root() {
        if (peaks.isEmpty()) {
            return fingerprint.of();
        }
        var root = peaks.getLast();
        for (var i = peaks.size() - 2; i >= 0; i--) {
            root = fingerprint.node(peaks.get(i), root);
        }
        return root;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
        for (var peak : peaks) {
            bytes.write(peak.length);
            bytes.writeBytes(peak);
        }
        return bytes.toByteArray();
    }
}
