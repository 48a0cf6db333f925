package tongchou.core.catalogue;

import java.util.Locale;

/// How names of items are compared (名称比对): without spaces, with half-width brackets, letters in lower case.
///
/// Roman numerals stay: of one generic name, Ⅰ and Ⅱ are different varieties.
public final class Names {

    private Names() {
    }

    /// A name in the form in which it is compared.
    public static String plain(String name) {
        if (isPlain(name)) {
            return name;
        }
        var plain = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i++) {
            var letter = name.charAt(i);
            if (!Character.isWhitespace(letter) && letter != '\u3000') {
                plain.append(letter >= '\uFF01' && letter <= '\uFF5E' ? (char) (letter - 0xFEE0) : letter);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT).replace("ⅰ", "Ⅰ").replace("ⅱ", "Ⅱ").replace("ⅲ", "Ⅲ");
    }

    /// Most names are compared as they are written.
    private static boolean isPlain(String name) {
        for (var i = 0; i < name.length(); i++) {
            var letter = name.charAt(i);
            var ideograph = letter >= '\u4E00' && letter <= '\u9FA5';
            var sign = letter > ' ' && letter < '\u007F' && (letter < 'A' || letter > 'Z');
            if (!ideograph && !sign) {
                return false;
            }
        }
        return true;
    }
}
