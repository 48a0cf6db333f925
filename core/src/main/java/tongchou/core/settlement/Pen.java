package tongchou.core.settlement;

/// Takes an explanation down, sentence by sentence and piece by piece (书写): as texts, or straight as the bytes of a
/// reply.
public interface Pen {

    /// Begins a sentence.
    void begin();

    /// Goes on with a text.
    void write(String text);

    /// Goes on with one character of ASCII.
    void write(char letter);

    /// Ends the sentence.
    void end();

    /// A whole number, in digits.
    default void number(long number) {
        if (number < 0) {
            write('-');
        }
        if (number <= -10 || number >= 10) {
            number(Math.abs(number / 10));
        }
        write((char) ('0' + Math.abs(number % 10)));
    }

    /// An amount of fen as people write it: yuan with two decimals and thousands separated, for example `12,345.60`.
    default void yuan(long fen) {
        if (fen < 0) {
            write('-');
        }
        thousands(Math.abs(fen / 100));
        write('.');
        number(Math.abs(fen / 10 % 10));
        number(Math.abs(fen % 10));
    }

    private void thousands(long whole) {
        if (whole < 1000) {
            number(whole);
            return;
        }
        thousands(whole / 1000);
        write(',');
        number(whole / 100 % 10);
        number(whole / 10 % 10);
        number(whole % 10);
    }

    /// A ratio of millionths as a percentage without trailing zeros, for example `96.1%`.
    default void percent(long millionths) {
        points(millionths);
        write('%');
    }

    /// Millionths as percentage points, for example `2.5`.
    default void points(long millionths) {
        if (millionths < 0) {
            write('-');
        }
        number(Math.abs(millionths / 10_000));
        var rest = Math.abs(millionths % 10_000);
        if (rest != 0) {
            write('.');
            for (var place = 1_000; rest != 0; rest %= place, place /= 10) {
                number(rest / place);
            }
        }
    }
}
