package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Versions of packs that a server works with from some time on (政策包装载记录).
public record PackLoadsReply(List<PackLoadReply> loads) {

    /// A version that was loaded.
    ///
    /// @param signer id of the key that signed it; left out for what nobody signed
    /// @param forced whether it is lower than the one before it, and somebody wanted that
    /// @param at since when; left out for what is loaded in this answer
    /// @param held whether the server still has it, for what was settled by it
    /// @param inForce whether two persons have put it in force for booking
    public record PackLoadReply(String pack, String version, String hash, @Nullable String signer, boolean forced,
            @Nullable String at, boolean held, boolean inForce) {
    }
}
