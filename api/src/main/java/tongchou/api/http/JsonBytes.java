package tongchou.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tongchou.core.settlement.Pen;

/// JSON laid down in UTF-8, piece by piece (逐段写出), for the few replies that are written thousands of times a second;
/// everything else is written by [ReplyWriter], and texts are escaped here as there.
///
/// Whoever writes closes what was opened; the commas come by themselves. What every reply repeats is put in as bytes
/// that stand ready. As a [Pen] it makes a string of every sentence. For one thread at a time; its room is used again.
public final class JsonBytes implements Pen {

    private static final int ROOM = 32 << 10;
    private static final int MOST_ROOM = 256 << 10;
    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_ESCAPE = 6;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final Queue<JsonBytes> IDLE = new ConcurrentLinkedQueue<>();

    private byte[] bytes = new byte[ROOM];
    private int length;

    private JsonBytes() {
    }

    /// An empty page.
    public static JsonBytes begun() {
        var waiting = IDLE.poll();
        return waiting == null ? new JsonBytes() : waiting;
    }

    /// What was written; the page must not be used any more.
    public byte[] finished() {
        var written = Arrays.copyOf(bytes, length);
        if (bytes.length <= MOST_ROOM) {
            length = 0;
            IDLE.add(this);
        }
        return written;
    }

    /// The name of a field, ready to be put in.
    public static byte[] name(String name) {
        return ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
    }

    /// Opens an object or an array as a value.
    ///
    /// @param bracket `{` or `[`
    public JsonBytes open(char bracket) {
        between();
        write(bracket);
        return this;
    }

    /// Closes what was opened.
    ///
    /// @param bracket `}` or `]`
    public JsonBytes close(char bracket) {
        write(bracket);
        return this;
    }

    /// A field's name; its value comes next.
    public JsonBytes field(byte[] name) {
        between();
        return put(name);
    }

    /// A value that stands ready as bytes, or fields of the object that is open.
    public JsonBytes ready(byte[] json) {
        between();
        return put(json);
    }

    /// A text as a value.
    public JsonBytes text(String text) {
        begin();
        write(text);
        end();
        return this;
    }

    /// A whole number as a value.
    public JsonBytes value(long number) {
        between();
        number(number);
        return this;
    }

    /// True or false as a value.
    public JsonBytes value(boolean truth) {
        return ready(truth ? TRUE : FALSE);
    }

    /// A comma where something stands before in the same object or array: after all but brackets and names.
    private void between() {
        var before = length == 0 ? '{' : bytes[length - 1];
        if (before != '{' && before != '[' && before != ':') {
            write(',');
        }
    }

    private JsonBytes put(byte[] ready) {
        room(ready.length);
        System.arraycopy(ready, 0, bytes, length, ready.length);
        length += ready.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    @Override
    public void begin() {
        between();
        write('"');
    }

    @Override
    public void end() {
        write('"');
    }

    @Override
    public void write(char letter) {
        room(1);
        bytes[length++] = (byte) letter;
    }

    @Override
    public void write(String text) {
        room(LONGEST_ESCAPE * text.length());
        var into = bytes;
        var at = length;
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter >= ' ' && letter < 0x80 && letter != '"' && letter != '\\') {
                into[at++] = (byte) letter;
            } else if (letter < 0x80 || Character.isSurrogate(letter)) {
                at = escape(letter, into, at);
            } else if (letter < 0x800) {
                into[at++] = (byte) (0xC0 | letter >> 6);
                into[at++] = (byte) (0x80 | letter & 0x3F);
            } else {
                into[at++] = (byte) (0xE0 | letter >> 12);
                into[at++] = (byte) (0x80 | letter >> 6 & 0x3F);
                into[at++] = (byte) (0x80 | letter & 0x3F);
            }
        }
        length = at;
    }

    private static int escape(char letter, byte[] into, int from) {
        var at = from;
        into[at++] = '\\';
        var brief = switch (letter) {
            case '"', '\\' -> letter;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
        into[at++] = (byte) brief;
        if (brief == 'u') {
            for (var shift = 12; shift >= 0; shift -= 4) {
                into[at++] = HEX[letter >> shift & 0xF];
            }
        }
        return at;
    }

    @Override
    public void number(long number) {
        room(LONGEST_NUMBER);
        if (number == Long.MIN_VALUE) {
            write(Long.toString(number));
            return;
        }
        var rest = Math.abs(number);
        var end = length + (number < 0 ? 1 : 0) + digits(rest);
        if (number < 0) {
            bytes[length] = '-';
        }
        length = end;
        do {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }

    private static int digits(long number) {
        var digits = 1;
        for (var limit = 10L; digits < LONGEST_NUMBER - 1 && number >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }
}
