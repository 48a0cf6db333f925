package tongchou.server.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The sentence above a type (类型说明), read from source, where Markdown comments still stand.
final class TypeDoc {

    private static final Pattern TYPE = Pattern.compile("^( *)public (?:(?:static|sealed|non-sealed|final|abstract) )*"
            + "(?:class|interface|@interface|record|enum) (\\w+).*");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private TypeDoc() {
    }

    /// The public types whose sentence is missing, has no full stop, or, at the top of a file, no Chinese term.
    static List<String> findings(String path, String source) {
        var lines = source.lines().toList();
        var found = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var type = TYPE.matcher(lines.get(i));
            if (!type.matches()) {
                continue;
            }
            var place = path + ":" + (i + 1) + ": " + type.group(2) + ": ";
            var text = above(lines, i);
            if (text.isEmpty()) {
                found.add(place + "no sentence");
            } else if (!firstSentence(text).endsWith(".")) {
                found.add(place + "its first sentence has no full stop");
            } else if (type.group(1).isEmpty() && !HAN.matcher(String.join(" ", text)).find()) {
                found.add(place + "no Chinese term");
            }
        }
        return found;
    }

    /// The lines of the comment above a declaration, without their slashes.
    private static List<String> above(List<String> lines, int declaration) {
        var text = new ArrayList<String>();
        for (var i = declaration - 1; i >= 0; i--) {
            var line = lines.get(i).strip();
            if (line.startsWith("///")) {
                text.addFirst(line.substring(3).strip());
            } else if (!line.startsWith("@")) {
                break;
            }
        }
        return text;
    }

    /// What stands before the first empty line or tag, up to its first full stop.
    private static String firstSentence(List<String> text) {
        var paragraph = new StringBuilder();
        for (var line : text) {
            if (line.isEmpty() || line.startsWith("@")) {
                break;
            }
            paragraph.append(line).append(' ');
        }
        var sentence = paragraph.toString().strip();
        var end = sentence.indexOf(". ");
        return end < 0 ? sentence : sentence.substring(0, end + 1);
    }
}
