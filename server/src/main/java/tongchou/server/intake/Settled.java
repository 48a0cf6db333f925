package tongchou.server.intake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            var notes = judgement.charges().get(line.number() - 1).notes().stream().map(this::note).toList();
            lines.add(new SettlementReply.LineReply(line.number(), line.item(), line.name(), line.payClass(),
                    line.amountFen(), line.fullSelfPayFen(), line.overLimitFen(), line.prePayFen(), line.inScopeFen(),
                    notes.isEmpty() ? null : notes));
        }
        var demonstration = judgement.charges().stream().flatMap(charge -> charge.notes().stream())
                .anyMatch(note -> note.origin() != null && documents.containsKey(note.origin().document())
                        && documents.get(note.origin().document()).grade() == Document.Grade.DEMONSTRATION);
        return reply.judged(lines, new SettlementReply.Explanations(
                told(reply.explanation().zh(), true), told(reply.explanation().en(), false)),
                judgement.outsideAverageCost(), demonstration);
    }

    private SettlementReply.NoteReply note(Note note) {
        var origin = note.origin();
        var document = origin == null ? null : documents.get(origin.document());
        return new SettlementReply.NoteReply(Words.of(note.kind()), note.zh(), note.en(), document == null ? null
                : PolicyRows.citation(new Citation(document, origin.article(), origin.level(), "")));
    }

    private List<String> told(List<String> sentences, boolean chinese) {
        var all = new ArrayList<>(sentences);
        var notes = judgement.charges().stream().flatMap(charge -> charge.notes().stream())
                .filter(note -> TOLD.contains(note.kind())).map(note -> chinese ? note.zh() : note.en()).toList();
        if (!notes.isEmpty()) {
            all.add(chinese ? "【目录审定】" : "-- What the catalogue says --");
            all.addAll(notes);
        }
        if (judgement.outsideAverageCost()) {
            all.add(chinese ? "长期处方，不纳入次均费用考核。" : "A long prescription: left out of the check of average costs.");
        }
        return all;
    }
}
