package tongchou.server.intake;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.CorrectionsReply;
import tongchou.api.http.Json;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.ReversalReply.PostingBackReply;
import tongchou.api.http.SettlementReply.AmountsReply;
import tongchou.api.http.SettlementReply.ReversalMark;

/// A reply that was stored (存档回复), read in its parts; the bytes stay as they are.
///
/// A part that is not there is a defect of whoever stored it: [IllegalStateException].
public final class StoredReply {

    private static final String BOOKED = "{\"state\":\"booked\"";
    private static final String REVERSED = "{\"state\":\"reversed\"";

    private final byte[] bytes;
    private final Json.Members content;

    /// The reply behind the bytes.
    public StoredReply(byte[] bytes) {
        this.bytes = bytes.clone();
        if (!(Json.parse(bytes, new ArrayList<>()) instanceof Json.Members members)) {
            throw new IllegalStateException("a stored reply is a JSON object");
        }
        this.content = members;
    }

    /// A text of the reply, empty when it is not there.
    public Optional<String> text(String name) {
        return content.fields().get(name) instanceof Json.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    /// The explanation that was stored, sentence by sentence; empty when it was not stored in that language.
    public Optional<List<String>> told(boolean chinese) {
        return members("explanation").fields().get(chinese ? "zh" : "en") instanceof Json.Items(var sentences)
                ? Optional.of(sentences.stream().map(one -> ((Json.Text) one).text()).toList()) : Optional.empty();
    }

    /// The day that bound the settlement to the rules.
    public LocalDate bindingDay() {
        return LocalDate.parse(text("binding_day").orElseThrow(() -> missing("binding_day")));
    }

    /// An amount of the settlement, in fen.
    public long amount(String name) {
        return number(members("amounts").fields(), name);
    }

    /// The amounts with the other sign.
    AmountsReply negativeAmounts() {
        var fields = members("amounts").fields();
        Function<String, Long> negative = name -> -number(fields, name);
        var byPayer = new LinkedHashMap<String, Long>();
        if (fields.get("by_payer_fen") instanceof Json.Members(var payers)) {
            payers.keySet().forEach(payer -> byPayer.put(payer, -number(payers, payer)));
        }
        return new AmountsReply(negative.apply("total_fen"), negative.apply("full_self_pay_fen"),
                negative.apply("over_limit_fen"), negative.apply("pre_pay_fen"), negative.apply("in_scope_fen"),
                negative.apply("deductible_fen"), negative.apply("fund_fen"), negative.apply("account_fen"),
                negative.apply("cash_fen"), negative.apply("hospital_fen"), negative.apply("person_fen"), byPayer);
    }

    /// The amounts under their national names with the other sign, in yuan.
    Map<String, String> negativeYuan() {
        var yuan = new LinkedHashMap<String, String>();
        members("national_yuan").fields().forEach((name, value) -> {
            var text = ((Json.Text) value).text();
            yuan.put(name, text.equals("0.00") ? text : text.startsWith("-") ? text.substring(1) : "-" + text);
        });
        return yuan;
    }

    /// What each layer paid, with the other sign.
    List<PostingBackReply> negativePostings() {
        if (!(content.fields().get("postings") instanceof Json.Items(var items))) {
            throw missing("postings");
        }
        return items.stream().map(item -> {
            var posting = ((Json.Members) item).fields();
            var layer = posting.get("layer") instanceof Json.Members(var names) ? text(names, "name") : null;
            return new PostingBackReply(java.util.Objects.requireNonNull(text(posting, "payer")),
                    -number(posting, "amount_fen"), layer);
        }).toList();
    }

    /// The reply of a settlement with the mark that it was taken back.
    public byte[] marked(ReversalMark mark) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(BOOKED)) {
            throw missing("state");
        }
        return (REVERSED + text.substring(BOOKED.length(), text.length() - 1) + ",\"reversal\":"
                + new String(ReplyWriter.bytes(mark), StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /// The reply with what was booked for the settlement later, at its end.
    public byte[] corrected(CorrectionsReply corrections) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var more = new String(ReplyWriter.bytes(corrections), StandardCharsets.UTF_8);
        return (text.substring(0, text.length() - 1) + "," + more.substring(more.indexOf("\"corrections\"")))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Json.Members members(String name) {
        if (content.fields().get(name) instanceof Json.Members members) {
            return members;
        }
        throw missing(name);
    }

    private static @Nullable String text(Map<String, Json> fields, String name) {
        return fields.get(name) instanceof Json.Text(var text) ? text : null;
    }

    private static long number(Map<String, Json> fields, String name) {
        if (fields.get(name) instanceof Json.Number(var text, var whole) && whole) {
            return Long.parseLong(text);
        }
        throw missing(name);
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("a stored reply without " + name);
    }
}
