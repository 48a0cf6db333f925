package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeTest {

    /// The tree of RFC 6962 as its section 2.1 defines it.
    private static byte[] tree(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var half = Integer.highestOneBit(leaves.size() - 1);
        return Fingerprint.SHA_256.node(tree(leaves.subList(0, half)), tree(leaves.subList(half, leaves.size())));
    }

    @Test
    void theRootIsThatOfTheWholeTreeWhereverItGrowsFrom() {
        var leaves = new ArrayList<byte[]>();
        var edge = new Edge(Fingerprint.SHA_256);
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(edge.root()));
        for (var i = 0; i < 130; i++) {
            leaves.add(Fingerprint.SHA_256.leaf(new byte[0], new byte[] {(byte) i}));
            edge.add(leaves.getLast());
            edge = new Edge(Fingerprint.SHA_256, edge.bytes());
            assertEquals(i + 1, edge.size());
            assertArrayEquals(tree(leaves), edge.root(), "size " + (i + 1));
        }
    }

    @Test
    void anAlgorithmNobodyKnowsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Fingerprint("SM3", null));
    }
}
