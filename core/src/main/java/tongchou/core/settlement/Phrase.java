package tongchou.core.settlement;

/// A sentence with gaps, in both languages (句式), taken apart once.
///
/// A gap is written `%y` for fen shown as yuan, `%r` for millionths shown as a percentage, `%p` for millionths shown as
/// percentage points and `%n` for a number; both languages have the same gaps in the same order.
final class Phrase {

    private final String[] zh;
    private final String[] en;
    private final char[] gaps;

    private Phrase(String[] zh, String[] en, char[] gaps) {
        this.zh = zh;
        this.en = en;
        this.gaps = gaps;
    }

    static Phrase of(String zh, String en) {
        var gaps = gaps(zh);
        if (!gaps.equals(gaps(en))) {
            throw new IllegalArgumentException("other gaps in " + en);
        }
        return new Phrase(zh.split("%[yrpn]", -1), en.split("%[yrpn]", -1), gaps.toCharArray());
    }

    private static String gaps(String text) {
        var gaps = new StringBuilder();
        for (var at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            gaps.append(text.charAt(at + 1));
        }
        return gaps.toString();
    }

    /// Writes it.
    ///
    /// @param numbers what stands in the gaps
    void write(Pen pen, boolean chinese, long... numbers) {
        var parts = chinese ? zh : en;
        for (var i = 0; i < gaps.length; i++) {
            pen.write(parts[i]);
            switch (gaps[i]) {
                case 'y' -> pen.yuan(numbers[i]);
                case 'r' -> pen.percent(numbers[i]);
                case 'p' -> pen.points(numbers[i]);
                default -> pen.number(numbers[i]);
            }
        }
        pen.write(parts[gaps.length]);
    }
}
