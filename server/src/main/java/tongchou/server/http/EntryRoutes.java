package tongchou.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.EntriesQuery;
import tongchou.api.http.EntriesReply;
import tongchou.api.http.Fault;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Refused;
import tongchou.api.http.Words;
import tongchou.core.catalogue.ItemKind;
import tongchou.core.catalogue.PayClass;
import tongchou.storage.Catalogue;

/// The imported catalogue over HTTP (目录检索).
final class EntryRoutes {

    private final Catalogue catalogue;

    EntryRoutes(Installation here) {
        this.catalogue = here.book().catalogue();
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/catalogue/{kind}/entries", this::search));
    }

    private Answer search(Call call) {
        var kind = kind(call.path("kind"));
        var query = call.query(EntriesQuery.class);
        var cursor = query.after() == null ? new Cursor(catalogue.version(), null) : Cursor.of(query.after());
        if (cursor.version() < 0 || cursor.version() > catalogue.version()) {
            throw Cursor.garbled(Objects.requireNonNull(query.after()));
        }
        var tag = "\"" + HexFormat.of().toHexDigits(Objects.hash(kind.word(), query.q(), query.date(), query.limit(),
                query.after(), query.payClass() == null ? "" : query.payClass().name(),
                query.procured() == null ? "" : query.procured().name())) + "-" + cursor.version() + "\"";
        var headers = Map.of("ETag", tag, "Cache-Control", "no-cache");
        if (call.header("If-None-Match").filter(known -> known.contains(tag)).isPresent()) {
            return new Answer(304, "application/json", new byte[0], headers);
        }
        var page = catalogue.search(new Catalogue.Question(kind, query.q() == null ? "" : query.q(),
                query.payClass() == null ? null : PayClass.valueOf(query.payClass().name()),
                query.procured() == null ? null : query.procured() == EntriesQuery.YesNo.YES, query.date(),
                cursor.version(), cursor.place(), Objects.requireNonNullElse(query.limit(), 20)));
        var next = page.next() == null ? null : new Cursor(cursor.version(), page.next()).text();
        var answer = Answer.ok(new EntriesReply(cursor.version(), page.entries().stream().map(EntryRoutes::reply)
                .toList(), next));
        return new Answer(answer.status(), answer.type(), answer.body(), headers);
    }

    /// The kind of items that a path names.
    ///
    /// @throws Refused when there is none
    static ItemKind kind(String word) {
        return Arrays.stream(ItemKind.values()).filter(kind -> kind.word().equals(word)).findFirst()
                .orElseThrow(() -> new Refused(Fault.of(ProblemCode.UNKNOWN_WORD, "kind", word, words("、"),
                        words(", "))));
    }

    private static String words(String between) {
        return Arrays.stream(ItemKind.values()).map(ItemKind::word).collect(Collectors.joining(between));
    }

    static EntriesReply.EntryReply reply(Catalogue.Entry entry) {
        return new EntriesReply.EntryReply(entry.code(), entry.names(), entry.generic(), entry.approval(),
                entry.payClass() == null ? null : Words.of(entry.payClass()), entry.procurement(), entry.firstDay(),
                entry.lastDay(), entry.edition(), entry.source(), entry.initials(),
                entry.attributes().entrySet().stream()
                        .map(one -> new EntriesReply.AttributeReply(one.getKey(), one.getValue())).toList());
    }

    /// Where a page begins, and the version that all pages read.
    private record Cursor(long version, Catalogue.@Nullable Place place) {

        static Cursor of(String text) {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
                if (parts.length == 4) {
                    return new Cursor(Long.parseLong(parts[0]), new Catalogue.Place(rank(parts[1]), parts[3],
                            Long.parseLong(parts[2])));
                }
            } catch (IllegalArgumentException garbled) {
                // refused below with everything else that no page gave
            }
            throw garbled(text);
        }

        static Refused garbled(String text) {
            return new Refused(Fault.of(ProblemCode.TEXT_NOT_ALLOWED, "after", text, "上一页 next 的原文",
                    "next of the page before, exactly"));
        }

        private static int rank(String text) {
            var rank = Integer.parseInt(text);
            if (rank < 0 || rank > 5) {
                throw new IllegalArgumentException(text);
            }
            return rank;
        }

        String text() {
            var at = Objects.requireNonNull(place);
            return Base64.getUrlEncoder().withoutPadding().encodeToString((version + "\n" + at.rank() + "\n" + at.item()
                    + "\n" + at.term()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
