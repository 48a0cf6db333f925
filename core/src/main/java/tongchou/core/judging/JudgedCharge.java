package tongchou.core.judging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tongchou.core.catalogue.Found;
import tongchou.core.catalogue.Item;
import tongchou.core.encounter.ChargeLine;
import tongchou.core.money.Fen;

/// A charge after the catalogue was asked (审定结果): the line as the settlement takes it, and why.
///
/// @param item what the code means; null where no catalogue knows it and the sender's word was taken
/// @param payable the most that was counted for the whole line; null where no limit was worked out
/// @param notes the reasons in their order
public record JudgedCharge(ChargeLine line, @Nullable Found<Item> item, @Nullable Fen payable, List<Note> notes) {

    /// Copies the notes.
    public JudgedCharge {
        notes = List.copyOf(notes);
    }
}
