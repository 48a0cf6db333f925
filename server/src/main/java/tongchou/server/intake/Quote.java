package tongchou.server.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.ReplyWriter;
import tongchou.api.http.SettlementRequest;
import tongchou.api.http.Words;
import tongchou.core.policy.Payer;
import tongchou.core.settlement.Settlement;

/// What a settlement rests on and comes to (预结算报价), so that a booking can be bound to a preview.
///
/// Its text holds the facts themselves, packed, with a digest: nothing is stored, and what changed can be named. It
/// holds no token, no name and no birth; lists of a standing are hashed. It ends when a fact changes, not with time.
public final class Quote {

    private static final String TITLE = "q1.";
    private static final int CHECK = 8;
    private static final int LARGEST = 200_000;
    private static final int MOST_LINES = 100;

    private final Map<String, String> facts;

    private Quote(Map<String, String> facts) {
        this.facts = facts;
    }

    /// The quote of a claim that was settled.
    public static Quote of(Settlement settlement, SettlementRequest request) {
        var facts = new TreeMap<String, String>();
        var policy = settlement.waterfall().policy();
        facts.put("pack", policy.pack() + " " + policy.version() + " " + policy.hash());
        facts.put("request", hash(claimed(request)));
        standing(settlement, facts);
        var claim = settlement.claim();
        var institution = claim.institution();
        facts.put("institution", String.join(" ", institution.division(), Words.of(institution.tier()),
                Words.of(institution.kind()), Words.of(institution.administration()),
                Words.of(institution.specialty()), Words.of(institution.grade()),
                institution.inForce().from().toString()));
        facts.put("account.current_year_fen", "" + claim.purse().currentYear().value());
        facts.put("account.earlier_years_fen", "" + claim.purse().earlierYears().value());
        facts.put("account.family_fen", "" + claim.purse().family().value());
        var keys = settlement.waterfall().keys(claim, settlement.day());
        for (var i = 0; i < keys.size(); i++) {
            facts.put("year_to_date." + keys.get(i).name() + "." + Words.of(keys.get(i).period()),
                    "" + settlement.position().before(i));
        }
        lines(settlement, facts);
        for (var payer : Payer.values()) {
            if (!settlement.amounts().by(payer).isZero()) {
                facts.put("amounts." + payer.word(), "" + settlement.amounts().by(payer).value());
            }
        }
        return new Quote(facts);
    }

    /// The claim as far as the preview and the booking send the same: neither key nor quote.
    private static byte[] claimed(SettlementRequest request) {
        return ReplyWriter.canonical(new SettlementRequest(null, request.member(), null, request.institution(), null,
                request.encounter(), request.totalFen(), request.lines(), request.account(), request.knownOn(),
                List.of(), null));
    }

    private static void standing(Settlement settlement, Map<String, String> facts) {
        var standing = settlement.claim().standing();
        facts.put("standing.area", standing.area());
        facts.put("standing.scheme", Words.of(standing.scheme()));
        facts.put("standing.status", Words.of(standing.status()));
        facts.put("standing.plan", standing.plan());
        facts.put("standing.relief", Words.of(standing.relief()));
        facts.put("standing.civil_servant", "" + standing.civilServant());
        facts.put("standing.claim_free_years", "" + standing.claimFreeYears());
        facts.put("standing.from", standing.inForce().from().toString());
        facts.put("standing.enrolled_since", standing.enrolledSince().toString());
        facts.put("standing.entitled_from", standing.entitledFrom().toString());
        facts.put("standing.retired_on", String.valueOf(standing.retiredOn()));
        facts.put("standing.contract", standing.contract() == null ? "" : standing.contract().institution() + " "
                + standing.contract().inForce().from());
        facts.put("standing.designated", hash(standing.designated()));
        facts.put("standing.diseases", hash(new TreeSet<>(standing.diseases())));
        facts.put("standing.tags", hash(new TreeSet<>(standing.tags())));
    }

    /// What the catalogue and the limit prices made of each line; long bills are compared as a whole.
    private static void lines(Settlement settlement, Map<String, String> facts) {
        var lines = settlement.lines().stream().map(judged -> Words.of(judged.line().payClass()) + " "
                + judged.overLimit().value() + " " + judged.prePay().value() + " " + judged.inScope().value()).toList();
        if (lines.size() > MOST_LINES) {
            facts.put("lines", hash(lines));
            return;
        }
        for (var i = 0; i < lines.size(); i++) {
            facts.put("lines[" + i + "]", lines.get(i));
        }
    }

    private static String hash(Collection<String> words) {
        return words.isEmpty() ? "" : hash(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        return "#" + HexFormat.of().formatHex(digest(bytes), 0, CHECK);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The quote as a caller carries it.
    public String text() {
        var plain = facts.entrySet().stream().map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        var packed = new ByteArrayOutputStream();
        packed.write(digest(plain), 0, CHECK);
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (var out = new DeflaterOutputStream(packed, deflater)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new IllegalStateException("a byte array cannot fail to be written", impossible);
        } finally {
            deflater.end();
        }
        return TITLE + Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    }

    /// The quote that a text carries, empty when it is not one or was damaged.
    public static Optional<Quote> read(String text) {
        try {
            var packed = Base64.getUrlDecoder().decode(text.substring(TITLE.length()));
            var inflater = new java.util.zip.Inflater(true);
            try (var in = new InflaterInputStream(new ByteArrayInputStream(packed, CHECK, packed.length), inflater)) {
                var plain = in.readNBytes(LARGEST);
                if (!MessageDigest.isEqual(java.util.Arrays.copyOf(packed, CHECK),
                        java.util.Arrays.copyOf(digest(plain), CHECK))) {
                    return Optional.empty();
                }
                var facts = new TreeMap<String, String>();
                new String(plain, StandardCharsets.UTF_8).lines().forEach(line -> {
                    var equals = line.indexOf('=');
                    facts.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
                });
                return Optional.of(new Quote(facts));
            } finally {
                inflater.end();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    /// What has changed since this quote was given, the causes before what follows from them; empty when nothing has.
    public List<Fault> changes(Quote now) {
        // What everybody pays follows from the rest and comes last.
        var names = new TreeSet<String>(Comparator.comparing((String name) -> name.startsWith("amounts."))
                .thenComparing(Comparator.naturalOrder()));
        names.addAll(facts.keySet());
        names.addAll(now.facts.keySet());
        var changes = new ArrayList<Fault>();
        for (var name : names) {
            var before = facts.getOrDefault(name, "0");
            var after = now.facts.getOrDefault(name, "0");
            if (!before.equals(after)) {
                changes.add(Fault.of(ProblemCode.QUOTE_CHANGED, name, before, "现在为 " + after + "；请重新预结算",
                        "now " + after + "; preview again"));
            }
        }
        return changes;
    }
}
