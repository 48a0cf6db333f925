package tongchou.core.policy;

import java.util.List;
import tongchou.core.calendar.InForce;

/// The rules of one pooling area as one version of its pack states them (统筹区政策), immutable.
///
/// @param pack id of the pack
/// @param version version of the pack
/// @param hash SHA-256 over the pack's files and those of the packs it extends, in hexadecimal
/// @param area short name of the area in the pack, for example `hangzhou`
/// @param name the area's Chinese name
/// @param nameEn the area's English name
/// @param divisions six-digit division codes whose insured members it settles
/// @param cover the service days that the pack answers for
/// @param demonstration whether the pack may hold demonstration values; every result says so
/// @param benefits what the area promises
public record Policy(
        String pack,
        String version,
        String hash,
        String area,
        String name,
        String nameEn,
        List<String> divisions,
        InForce cover,
        boolean demonstration,
        List<Benefit> benefits) {

    /// Copies the lists.
    public Policy {
        divisions = List.copyOf(divisions);
        benefits = List.copyOf(benefits);
    }
}
