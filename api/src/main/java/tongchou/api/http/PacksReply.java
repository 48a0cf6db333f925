package tongchou.api.http;

import java.util.List;

/// The packs that are loaded and those that were refused (政策包列表).
public record PacksReply(List<PackReply> packs, List<RefusedPackReply> refused) {

    /// A pack that was refused when the server started (被拒的政策包).
    ///
    /// @param id the id under which `/v1/packs/{id}/findings` shows why
    /// @param origin the folder or jar
    public record RefusedPackReply(String id, String origin, int errors, int warnings) {
    }
}
