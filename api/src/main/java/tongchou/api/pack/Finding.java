package tongchou.api.pack;

/// Something wrong or doubtful in a pack (检查发现), with its place and the way to mend it.
///
/// @param file the file inside the pack, for example `areas/hangzhou/benefits/employee-inpatient.yaml`
/// @param line line number from one, 0 when it is about the file or pack as a whole
/// @param key the path of keys inside the file, for example `layers[0].bands.rows[2].ratio`
/// @param read what was read there
/// @param expected what would do, in Chinese
/// @param expectedEn what would do, in English
public record Finding(
        Severity severity, String file, int line, String key, String read, String expected, String expectedEn) {

    /// Whether a pack can be used in spite of it.
    public enum Severity {
        /// The pack is refused (错误).
        ERROR,
        /// The pack loads; a person should look (提示).
        WARNING
    }

    /// The finding as one line of a report: place, key, what was read, what would do.
    public String line(boolean chinese) {
        var place = line > 0 ? file + ":" + line : file;
        return chinese
                ? "%s %s  %s  读到“%s”  应为：%s".formatted(severity == Severity.ERROR ? "错误" : "提示", place, key, read,
                        expected)
                : "%s %s  %s  read \"%s\"  expected: %s".formatted(severity, place, key, read, expectedEn);
    }
}
