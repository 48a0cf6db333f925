package tongchou.server.packs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tongchou.api.pack.Finding;
import tongchou.api.pack.PackFiles;

/// What a pack has to pass before it is read (装载关口).
public interface Guard {

    /// Lets every pack pass.
    Guard OPEN = (place, findings) -> Optional.of(PackFiles.of(place));

    /// Reads a pack from its folder or jar.
    ///
    /// @param findings takes the reasons why it is turned away
    /// @return what is to be used, exactly as it was judged; empty when it is turned away
    /// @throws IOException when nothing can be read there
    Optional<PackFiles> read(Path place, List<Finding> findings) throws IOException;

    /// Whether a pack that was read and judged already passes this one too.
    ///
    /// @param findings takes the reasons when it does not
    default boolean passes(PackFiles pack, List<Finding> findings) {
        return true;
    }

    /// Id of the key that signed a pack which passed; empty where nobody asks for signatures.
    ///
    /// @param origin where it was read
    default String signer(String origin) {
        return "";
    }
}
