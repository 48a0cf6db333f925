package tongchou.core.settlement;

/// An expected no (拒绝): data that says what was wrong, never an exception.
///
/// @param field the input the refusal is about, in the words of the API, for example `encounter.to`
/// @param read what was read there
/// @param expected what would be accepted, in Chinese
/// @param expectedEn what would be accepted, in English
public record Refusal(RefusalCode code, String field, String read, String expected, String expectedEn)
        implements Outcome {
}
