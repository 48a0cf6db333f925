package tongchou.api.pack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong while a pack is read, so that a clerk can mend everything in one pass.
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void error(Tree at, String expected, String expectedEn) {
        add(Finding.Severity.ERROR, at.file(), at.line(), at.path(), at.shown(), expected, expectedEn);
    }

    void warning(Tree at, String expected, String expectedEn) {
        add(Finding.Severity.WARNING, at.file(), at.line(), at.path(), at.shown(), expected, expectedEn);
    }

    void error(String file, int line, String key, String read, String expected, String expectedEn) {
        add(Finding.Severity.ERROR, file, line, key, read, expected, expectedEn);
    }

    void warning(String file, int line, String key, String read, String expected, String expectedEn) {
        add(Finding.Severity.WARNING, file, line, key, read, expected, expectedEn);
    }

    private void add(Finding.Severity severity, String file, int line, String key, String read, String expected,
            String expectedEn) {
        add(new Finding(severity, file, line, key, read, expected, expectedEn));
    }

    void addAll(List<Finding> others) {
        others.forEach(this::add);
    }

    private void add(Finding finding) {
        if (!found.contains(finding)) {
            found.add(finding);
        }
    }

    boolean hasErrors() {
        return found.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    /// Errors first; what is wrong with a whole file, such as its encoding, before what follows from it.
    List<Finding> sorted() {
        return found.stream().sorted(Comparator.comparing(Finding::severity)
                .thenComparing(finding -> finding.line() != 0).thenComparing(Finding::file)
                .thenComparingInt(Finding::line)).toList();
    }
}
