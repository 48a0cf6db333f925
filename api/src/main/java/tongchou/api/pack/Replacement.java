package tongchou.api.pack;

import java.time.LocalDate;

/// What a pack says in `pack.yaml` under `replaces` (接管声明): from a day on its own areas settle what an area of another
/// pack settled until then.
///
/// Only the division codes that its own areas name pass over; the other areas of that pack stay with it, and so do the
/// codes of this area that are not named.
///
/// @param pack id of the other pack
/// @param area short name of the area in that pack
/// @param from first binding day on which the pack that says so settles
public record Replacement(String pack, String area, LocalDate from) {

    /// Whether it speaks of an area of a pack.
    boolean names(String otherPack, String otherArea) {
        return pack.equals(otherPack) && area.equals(otherArea);
    }

    @Override
    public String toString() {
        return "{pack: " + pack + ", area: " + area + ", from: " + from + "}";
    }
}
