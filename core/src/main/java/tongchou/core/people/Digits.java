package tongchou.core.people;

/// Runs of digits in texts (连续数字), by which a text that could hold an identity number is told from all others.
public final class Digits {

    private Digits() {
    }

    /// Whether at least so many ASCII digits follow each other somewhere in a text.
    public static boolean isRun(String text, int least) {
        var run = 0;
        for (var i = 0; i < text.length() && run < least; i++) {
            var letter = text.charAt(i);
            run = letter >= '0' && letter <= '9' ? run + 1 : 0;
        }
        return run >= least;
    }
}
