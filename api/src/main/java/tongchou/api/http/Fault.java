package tongchou.api.http;

/// One thing that is wrong with a request (问题): where, what was read there, and what would do.
///
/// @param code name of a [ProblemCode] or of a [tongchou.core.settlement.RefusalCode]
/// @param status HTTP status
/// @param title the code in a few Chinese words
/// @param titleEn the code in a few English words
/// @param field path in the body such as `lines[0].amount_fen`, or the name of a query or path parameter; empty for
///         the request as a whole
/// @param read what was read there, shortened; empty when nothing was there
/// @param expected what would do, in Chinese
/// @param expectedEn what would do, in English
public record Fault(String code, int status, String title, String titleEn, String field, String read,
        String expected, String expectedEn) {

    private static final int LONGEST_READ = 120;

    /// Shortens what was read, and shows no identity number.
    public Fault {
        field = IdentityNumber.hiddenIn(field);
        expected = IdentityNumber.hiddenIn(expected);
        expectedEn = IdentityNumber.hiddenIn(expectedEn);
        read = isAboutIdentity(field) && !read.isEmpty() && !read.contains("**") ? IdentityNumber.HIDDEN
                : IdentityNumber.hiddenIn(read);
        read = read.codePointCount(0, read.length()) > LONGEST_READ
                ? read.substring(0, read.offsetByCodePoints(0, LONGEST_READ)) + "…" : read;
    }

    private static boolean isAboutIdentity(String field) {
        return field.equals("identity") || field.startsWith("identity.") && !field.equals("identity.type");
    }

    /// A fault with the status of its code.
    public static Fault of(ProblemCode code, String field, String read, String expected, String expectedEn) {
        return of(code, code.status(), field, read, expected, expectedEn);
    }

    /// The same fault at another place.
    public Fault at(String place) {
        return new Fault(code, status, title, titleEn, place, read, expected, expectedEn);
    }

    /// A fault with a status of its own.
    public static Fault of(
            ProblemCode code, int status, String field, String read, String expected, String expectedEn) {
        return new Fault(code.name(), status, code.title(true), code.title(false), field, read, expected, expectedEn);
    }
}
