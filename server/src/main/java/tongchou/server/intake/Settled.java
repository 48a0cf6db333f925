package tongchou.server.intake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.SettlementReply;
import tongchou.api.http.Words;
import tongchou.core.judging.Judgement;
import tongchou.core.judging.Note;
import tongchou.core.policy.Citation;
import tongchou.core.policy.Document;
import tongchou.core.settlement.Outcome;
import tongchou.server.packs.PolicyRows;

/// What became of a request (受理结果): the outcome, and what the catalogue made of its lines.
///
/// @param judgement null where the request was refused before its lines were judged
/// @param documents the documents that the catalogue cites, by id
public record Settled(Outcome outcome, @Nullable Judgement judgement, Map<String, Document> documents) {

    /// What a patient is told; the rest stands on the lines alone.
    private static final Set<Note.Kind> TOLD = EnumSet.of(Note.Kind.LIMIT, Note.Kind.SURCHARGE, Note.Kind.QUANTITY,
            Note.Kind.DAYS, Note.Kind.RESTRICTION_NOT_MET, Note.Kind.OTHER_INSURANCE, Note.Kind.NOT_ALONE,
            Note.Kind.EXCLUDED, Note.Kind.NOT_LINKED);

    /// A refusal before any line was looked at.
    static Settled before(Outcome refusal) {
        return new Settled(refusal, null, Map.of());
    }

    /// The reply with the catalogue's reasons on its lines and at the end of its explanation.
    public SettlementReply tell(SettlementReply reply) {
        if (judgement == null || judgement.charges().stream().allMatch(charge -> charge.notes().isEmpty())
                && !judgement.outsideAverageCost()) {
            return reply;
        }
        var lines = new ArrayList<SettlementReply.LineReply>();
        for (var line : reply.lines()) {
            var notes = notes(line.number()).stream().map(this::note).toList();
            lines.add(new SettlementReply.LineReply(line.number(), line.item(), line.name(), line.payClass(),
                    line.amountFen(), line.fullSelfPayFen(), line.overLimitFen(), line.prePayFen(), line.inScopeFen(),
                    notes.isEmpty() ? null : notes));
        }
        var chinese = reply.explanation().zh() != null;
        return reply.judged(lines, SettlementReply.Explanations.of(chinese,
                Stream.concat(reply.explanation().told().stream(), told(chinese).stream()).toList()),
                isOutsideAverageCost(), isDemonstration());
    }

    /// Whether the check of average costs leaves it out.
    boolean isOutsideAverageCost() {
        return judgement != null && judgement.outsideAverageCost();
    }

    /// Whether the catalogue's reasons rest on a value without a document.
    boolean isDemonstration() {
        if (judgement == null) {
            return false;
        }
        for (var charge : judgement.charges()) {
            for (var note : charge.notes()) {
                var document = note.origin() == null ? null : documents.get(note.origin().document());
                if (document != null && document.grade() == Document.Grade.DEMONSTRATION) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The catalogue's reasons for a line.
    ///
    /// @param line its number, from 1
    List<Note> notes(int line) {
        return judgement == null ? List.of() : judgement.charges().get(line - 1).notes();
    }

    /// A reason as it is answered.
    SettlementReply.NoteReply note(Note note) {
        var origin = note.origin();
        var document = origin == null ? null : documents.get(origin.document());
        return new SettlementReply.NoteReply(Words.of(note.kind()), note.zh(), note.en(), document == null ? null
                : PolicyRows.citation(new Citation(document, origin.article(), origin.level(), "")));
    }

    /// What is told at the end of the explanation.
    List<String> told(boolean chinese) {
        var all = new ArrayList<String>();
        if (judgement == null) {
            return all;
        }
        for (var charge : judgement.charges()) {
            for (var note : charge.notes()) {
                if (TOLD.contains(note.kind())) {
                    all.add(chinese ? note.zh() : note.en());
                }
            }
        }
        if (!all.isEmpty()) {
            all.addFirst(chinese ? "【目录审定】" : "-- What the catalogue says --");
        }
        if (judgement.outsideAverageCost()) {
            all.add(chinese ? "长期处方，不纳入次均费用考核。" : "A long prescription: left out of the check of average costs.");
        }
        return all;
    }
}
