package tongchou.server.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tongchou.api.http.Fault;
import tongchou.api.http.PathEffectsRequest;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.core.money.Fen;
import tongchou.server.pricing.Effect;
import tongchou.server.pricing.Effect.OfItem;
import tongchou.server.pricing.Parts;

/// What the members looked at so far come to (累计影响), which the next request brings along: the server keeps nothing,
/// and the last reply has the whole.
///
/// @param question area, first and last day, and the hash of the pack, all of which stay the same
/// @param member the last member; empty before the first
/// @param members how many were looked at
/// @param leftOut how many of them could not be settled again
/// @param effects one for each day, in their order
record EffectsSoFar(List<String> question, String member, long members, long leftOut, List<Effect> effects) {

    /// Sums of money and counts up to here can be added for ever without an overflow.
    private static final long MOST = 1_000_000_000_000_000L;
    private static final int MOST_BYTES = 16_000_000;
    private static final int SHOWN = 40;

    /// Nothing yet.
    static EffectsSoFar nothing(PathEffectsRequest request, String pack, List<LocalDate> days) {
        return new EffectsSoFar(question(request, pack), "", 0, 0, days.stream()
                .map(day -> new Effect(day, 0, new TreeMap<>(), new TreeMap<>())).toList());
    }

    private static List<String> question(PathEffectsRequest request, String pack) {
        LocalDate from = request.from();
        return List.of(request.area(), from.toString(), request.to().toString(), pack);
    }

    /// What a reply gave as `next`.
    ///
    /// @param pack hash of the pack that answers now
    /// @throws Refused when no reply to this question gave it, or another version of the pack did
    static EffectsSoFar of(String text, PathEffectsRequest request, String pack, List<LocalDate> days) {
        EffectsSoFar read;
        try {
            read = read(Base64.getUrlDecoder().decode(text));
        } catch (IOException | IllegalArgumentException | IllegalStateException | ArithmeticException
                | DateTimeException garbled) {
            throw garbled(text);
        }
        var asked = question(request, pack);
        if (!read.question.subList(0, 3).equals(asked.subList(0, 3))) {
            throw garbled(text);
        }
        if (!read.question.equals(asked)) {
            throw new Refused(Fault.of(ProblemCode.CATALOGUE_CHANGED, "after", shown(text), "不带 after 从头重新测算",
                    "begin again without after"));
        }
        if (!read.effects.stream().map(Effect::on).toList().equals(days)) {
            throw garbled(text);
        }
        return read;
    }

    private static Refused garbled(String text) {
        return new Refused(Fault.of(ProblemCode.TEXT_NOT_ALLOWED, "after", shown(text), "上一次 next 的原文，其他字段不变",
                "next of the reply before, exactly, with the same question"));
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /// This and what further members come to.
    EffectsSoFar plus(Effect.Series part) {
        return new EffectsSoFar(question, part.next() == null ? "" : part.next(), members + part.members(),
                leftOut + part.leftOut().size(), IntStream.range(0, effects.size())
                .mapToObj(day -> effects.get(day).plus(part.effects().get(day))).toList());
    }

    /// How a reply gives it as `next`.
    String text() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            for (var word : question) {
                out.writeUTF(word);
            }
            out.writeUTF(member);
            out.writeLong(members);
            out.writeLong(leftOut);
            out.writeInt(effects.size());
            for (var effect : effects) {
                write(effect, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(Effect effect, DataOutputStream out) throws IOException {
        out.writeLong(effect.on().toEpochDay());
        out.writeLong(effect.settlements());
        out.writeInt(effect.institutions().size());
        for (var one : effect.institutions().entrySet()) {
            out.writeUTF(one.getKey());
            out.writeLong(one.getValue().fund().value());
            out.writeLong(one.getValue().patients().value());
            out.writeLong(one.getValue().hospital().value());
        }
        out.writeInt(effect.items().size());
        for (var one : effect.items().entrySet()) {
            out.writeUTF(one.getKey());
            out.writeUTF(one.getValue().name());
            out.writeLong(one.getValue().lines());
            out.writeLong(one.getValue().before().value());
            out.writeLong(one.getValue().after().value());
        }
    }

    private static EffectsSoFar read(byte[] text) throws IOException {
        byte[] bytes;
        try (var in = new InflaterInputStream(new ByteArrayInputStream(text))) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        var question = List.of(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
        var member = in.readUTF();
        var members = number(in);
        var leftOut = number(in);
        var effects = new ArrayList<Effect>();
        for (var left = in.readInt(); left > 0; left--) {
            effects.add(effect(in));
        }
        return new EffectsSoFar(question, member, members, leftOut, effects);
    }

    private static Effect effect(DataInputStream in) throws IOException {
        var on = LocalDate.ofEpochDay(number(in));
        var settlements = number(in);
        var institutions = new TreeMap<String, Parts>();
        for (var left = in.readInt(); left > 0; left--) {
            var code = in.readUTF();
            var fund = Fen.of(number(in));
            var patients = Fen.of(number(in));
            var hospital = Fen.of(number(in));
            institutions.put(code, new Parts(fund.plus(patients).plus(hospital), fund, patients, hospital));
        }
        var items = new TreeMap<String, OfItem>();
        for (var left = in.readInt(); left > 0; left--) {
            items.put(in.readUTF(), new OfItem(in.readUTF(), number(in), Fen.of(number(in)), Fen.of(number(in))));
        }
        return new Effect(on, settlements, institutions, items);
    }

    private static long number(DataInputStream in) throws IOException {
        var number = in.readLong();
        if (number > MOST || number < -MOST) {
            throw new IllegalArgumentException(Long.toString(number));
        }
        return number;
    }
}
