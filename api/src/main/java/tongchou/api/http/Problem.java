package tongchou.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem as it is answered (RFC 9457 problem details, `application/problem+json`).
///
/// @param type a URN that names the code
/// @param title the code in a few words, in the language asked for
/// @param code stable code, listed in `docs/reference/refusals.md`
/// @param field where, see [Fault]
/// @param read what was read
/// @param expected what would do, in the language asked for
/// @param id the id of a defect in the log; only with status 500
/// @param errors every fault, the leading one included, at most [#MOST_ERRORS]; left out when there is only one
public record Problem(
        String type, String title, int status, String code, String field, String read, String expected,
        @Nullable String id, @Nullable List<Entry> errors) {

    /// So many faults are told at once; a body of a million bytes can hold tens of thousands.
    public static final int MOST_ERRORS = 100;

    /// One of several faults.
    public record Entry(String code, String field, String read, String expected) {
    }

    /// The problem made of everything that is wrong.
    public static Problem of(List<Fault> faults, boolean chinese) {
        var first = faults.getFirst();
        var errors = faults.size() == 1 ? null : faults.stream().limit(MOST_ERRORS).map(fault -> new Entry(
                fault.code(), fault.field(), fault.read(), chinese ? fault.expected() : fault.expectedEn())).toList();
        return new Problem(urn(first.code()), chinese ? first.title() : first.titleEn(), first.status(), first.code(),
                first.field(), first.read(), chinese ? first.expected() : first.expectedEn(), null, errors);
    }

    /// The answer to a defect: an id, no inner text.
    public static Problem defect(String id, boolean chinese) {
        var code = ProblemCode.DEFECT;
        return new Problem(urn(code.name()), code.title(chinese), code.status(), code.name(), "", "", "", id, null);
    }

    private static String urn(String code) {
        return "urn:tongchou:problem:" + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
